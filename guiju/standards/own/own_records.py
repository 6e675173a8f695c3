"""Records of a bureau's own: which folder of YAML files stands beside the shipped registry in this process.

They have the schema and pass the checks of the shipped ones; `load` puts the two together.
"""

import os
from contextvars import ContextVar
from pathlib import Path

__all__ = ["own_records", "records_folder", "use_records"]

_FOLDER: ContextVar[Path | None] = ContextVar("records", default=None)


def use_records(folder: Path | None) -> None:
    """From now on the records of this folder stand beside the shipped ones; None for the shipped ones alone."""
    _FOLDER.set(folder)


def records_folder() -> Path | None:
    """The folder that is used; None where there is none."""
    return _FOLDER.get()


def own_records() -> tuple[str, ...]:
    """The files of the folder and of those below it, in a fixed order.

    Raises OSError for a folder that cannot be read.
    """
    folder = _FOLDER.get()
    if folder is None:
        return ()
    found = [os.path.join(at, name) for at, _, names in os.walk(folder, onerror=_raise) for name in names if name.endswith(".yaml")]
    return tuple(sorted(found, key=lambda name: name.split(os.sep)))


def _raise(error: OSError) -> None:
    raise error
