"""A zip whose bytes depend on its contents alone, and a reading of such a zip that no hostile one can turn against us.

Files are stored and not deflated: two versions of a compressor need not agree to the byte.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["USUAL", "ArchiveFault", "ArchiveLimits", "is_safe_name", "read_archive", "write_archive"]

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class ArchiveFault(ValueError):
    """The bytes are no archive that we open; `kind` is broken, too_many, too_large, bad_name, twice or packed_otherwise."""

    def __init__(self, kind: str, what: str = "") -> None:
        super().__init__(kind, what)
        self.kind = kind
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much an archive from outside may ask of us."""

    files: int = 20_000
    bytes: int = 2 * 1024 * 1024 * 1024
    ratio: int = 200
    name: int = 1_000


USUAL = ArchiveLimits()
"""The limits that hold unless a caller says otherwise."""


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """The files in the order of their names, at the first day that a zip knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, strict_timestamps=True) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.external_attr = _PLAIN_FILE
            entry.create_system = _UNIX
            archive.writestr(entry, files[name], zipfile.ZIP_STORED)
    return out.getvalue()


def read_archive(data: bytes, limits: ArchiveLimits = USUAL) -> dict[str, bytes]:
    """The files by name; ArchiveFault for whatever is not a plain, small enough archive of plain files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries, limits, len(data))
            return {entry.filename: _content(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, UnicodeError, ValueError) as error:
        if isinstance(error, ArchiveFault):
            raise
        raise ArchiveFault("broken", str(error)[:200]) from None


def is_safe_name(name: str, limits: ArchiveLimits = USUAL) -> bool:
    """Whether a name stays below the folder in which it is put, and is printable."""
    parts = name.split("/")
    return (
        0 < len(name) <= limits.name
        and "\\" not in name
        and ":" not in parts[0]
        and all(part not in ("", ".", "..") for part in parts)
        and name.isprintable()
    )


def _check(entries: list[zipfile.ZipInfo], limits: ArchiveLimits, size: int) -> None:
    if len(entries) > limits.files:
        raise ArchiveFault("too_many", str(len(entries)))
    if sum(entry.file_size for entry in entries) > min(limits.bytes, max(size, 1) * limits.ratio):
        raise ArchiveFault("too_large", str(sum(entry.file_size for entry in entries)))
    seen: set[str] = set()
    for entry in entries:
        if not is_safe_name(entry.filename, limits):
            raise ArchiveFault("bad_name", ascii(entry.filename)[:80])
        if entry.filename in seen:
            raise ArchiveFault("twice", entry.filename)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 0x1:
            raise ArchiveFault("packed_otherwise", entry.filename)
        seen.add(entry.filename)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # What a header claims is not believed: no more is ever taken than it said.
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise ArchiveFault("broken", entry.filename)
    return data
