"""Everything that a check writes, it writes here: into a folder that is its own and goes with it, never half."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from guiju.catalog.records.model import Submission
from guiju.reports.model import Report
from guiju.service.checks.task import FOUND

__all__ = ["create", "in_place", "load", "put", "store"]


def put(file: Path, data: bytes) -> None:
    """The data in the file, whole or not at all; folders above it are made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(data)
    os.replace(part, file)


def create(file: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """A file that was not there before, filled as it comes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        fill(out)


def in_place(part: Path, file: Path) -> None:
    """What was written beside a file takes its place."""
    os.replace(part, file)


def store(folder: Path, found: tuple[Submission, Report]) -> None:
    """What a check found, for the forms that are written of it later."""
    with (folder / FOUND).open("wb") as file:
        pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)


def load(folder: Path) -> tuple[Submission, Report]:
    """What a check of this service found: it wrote the file itself, into a folder that is nobody else's."""
    with (folder / FOUND).open("rb") as file:
        found: tuple[Any, Any] = pickle.load(file)
    return found[0], found[1]
