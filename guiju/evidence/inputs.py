"""The inputs of a pack: gathered from disk under names that do not depend on where they lay, and read from memory.

Only `gather` touches files.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guiju.catalog.formats import suffix_format
from guiju.catalog.read import read
from guiju.catalog.records.limits import USUAL
from guiju.catalog.records.model import Record, Submission
from guiju.evidence.archive import is_safe_name
from guiju.evidence.model import InputFile, PackFault
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["MOST_BYTES", "digest", "gather", "read_inputs"]

MOST_BYTES = 1024 * 1024 * 1024
"""All inputs of one pack together."""


def digest(data: bytes) -> str:
    """The SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def gather(paths: Sequence[str]) -> tuple[InputFile, ...]:
    """The files, and the readable ones in folders, by their names within what was named; PackFault where one cannot be had."""
    found: dict[str, InputFile] = {}
    size = 0
    for path in paths:
        for name, file in _files(Path(path)):
            size += _size(file)
            if size > MOST_BYTES or len(found) >= USUAL.files:
                raise PackFault(Both(f"文件太多或太大：{name}", f"too many files, or too large: {name}"))
            name = _free(name, found)
            if not is_safe_name(name):
                raise PackFault(Both(f"文件名不能装入证据包：{name!a}", f"this name cannot go into a pack: {name!a}"))
            found[name] = InputFile(name=name, data=_read(file))
    if not found:
        raise PackFault(Both("没有可以封存的文件", "there is no file to pack"))
    return tuple(found.values())


def read_inputs(files: Sequence[InputFile], vocabulary: Vocabulary, *, kind: str | None, encoding: str | None) -> Submission:
    """What is in the files together, as if they had been read from disk by these names."""
    parts = [read(["-"], vocabulary, encoding=encoding, kind=kind, stdin=file.data, stdin_name=file.name) for file in files]
    records: list[Record] = []
    for part in parts:
        records += [replace(one, number=len(records) + at) for at, one in enumerate(part.records)]
    return Submission(
        records=tuple(records),
        inputs=tuple(one for part in parts for one in part.inputs),
        submitted=next((part.submitted for part in parts if part.submitted is not None), None),
        headers=tuple(one for part in parts for one in part.headers),
        diagnostics=tuple(one for part in parts for one in part.diagnostics),
        sheets=tuple(one for part in parts for one in part.sheets),
        left_out=tuple(one for part in parts for one in part.left_out),
        sources=tuple(one for part in parts for one in part.sources),
    )


def _files(path: Path) -> list[tuple[str, Path]]:
    if not path.is_dir():
        return [(path.name, path)]
    inside = sorted((file.relative_to(path), file) for file in path.rglob("*") if file.is_file() and not file.is_symlink())
    return [
        (part.as_posix(), file)
        for part, file in inside
        if suffix_format(part.name) is not None and not any(step.startswith((".", "~$")) for step in part.parts)
    ]


def _free(name: str, taken: dict[str, InputFile]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{number}/{name}" in taken:
        number += 1
    return f"{number}/{name}"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:
        return 0


def _read(file: Path) -> bytes:
    try:
        if file.exists() and not file.is_file():
            raise PackFault(Both(f"{file} 不是普通文件", f"{file} is no plain file"))
        return file.read_bytes()
    except OSError as error:
        raise PackFault(Both(f"打不开 {file}：{error.strerror}", f"cannot open {file}: {error.strerror}")) from None
