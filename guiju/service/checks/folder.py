"""Everything that a check writes, it writes here: into a folder that is its own and goes with it, never half."""

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from guiju.catalog.documents.spots import WritingLocator
from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.reports.model import Report
from guiju.service.checks.task import FOUND
from guiju.terms.fact import Path as Fields

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
    submission, report = found
    kept = replace(submission, records=tuple(map(_settled, submission.records)))
    with (folder / FOUND).open("wb") as file:
        pickle.dump((kept, report), file, protocol=pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True, slots=True)
class _Begins:
    """Where a record begins, which is all that is asked of it once every finding has its places."""

    at: Place

    def place(self, path: Fields) -> Place:
        """The place of the record, whatever the path."""
        return self.at


def _settled(record: Record) -> Record:
    """The record without the text or table in which its locator looks for places on demand; a document's own knows them all."""
    if isinstance(record.locator, WritingLocator):
        return record
    return replace(record, locator=_Begins(record.locator.place(())))


def load(folder: Path) -> tuple[Submission, Report]:
    """What a check of this service found: it wrote the file itself, into a folder that is nobody else's."""
    with (folder / FOUND).open("rb") as file:
        found: tuple[Any, Any] = pickle.load(file)
    return found[0], found[1]
