"""The templates that are shipped beside the writers, as text; the one file of this room that reads files."""

from functools import cache
from importlib.resources import files

__all__ = ["template"]


@cache
def template(name: str) -> str:
    """The template of that name."""
    return files("guiju.reports").joinpath("templates", name).read_text(encoding="utf-8")
