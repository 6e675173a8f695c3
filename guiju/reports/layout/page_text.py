"""What the writers take from the machine: the templates shipped beside them, as text, and the folders of fonts in GUIJU_FONTS.

The one file of this room that looks around; every other takes a report and gives text or bytes.
"""

import os
from functools import cache
from importlib.resources import files

__all__ = ["font_folders", "template"]


@cache
def template(name: str) -> str:
    """The template of that name."""
    return files("guiju.reports").joinpath("templates", name).read_text(encoding="utf-8")


def font_folders() -> list[str]:
    """The folders of fonts that the environment names, besides those of the system."""
    return [one for one in os.environ.get("GUIJU_FONTS", "").split(os.pathsep) if one]
