"""What is shipped, read from its packed form in a few milliseconds: the registry, the calendar, the divisions.

Records of a bureau's own are joined to the registry where there are any.

The packed files are made of the YAML records by `python -m guiju.standards.pack`; a test keeps the two the same.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

from guiju.diagnostics.decoding import decode_bytes
from guiju.standards.from_plain import edition_from_plain, framework_from_plain, kinds_from_plain
from guiju.standards.load_tables import TABLES, load_calendar, load_divisions, load_years, packed_tables
from guiju.standards.own.own_records import own_records
from guiju.standards.packed import PACKED, packed_text
from guiju.standards.registry import Registry

__all__ = [
    "PACKED",
    "TABLES",
    "load_calendar",
    "load_divisions",
    "load_registry",
    "load_years",
    "packed_tables",
    "packed_text",
    "registry_from_packed",
    "shipped_registry",
]


def registry_from_packed(text: str) -> Registry:
    """The registry of a packed text that our own packer wrote; such a text needs no checking."""
    packed = json.loads(text)
    return Registry.of(
        as_of=date.fromisoformat(packed["as_of"]),
        digest=packed["digest"],
        framework=framework_from_plain(packed["framework"]),
        kinds=kinds_from_plain(packed["kinds"]),
        editions=(edition_from_plain(record)[0] for record in packed["editions"]),
    )


def load_registry() -> Registry:
    """The shipped registry, with the records of this process's own (`own_records`); read once, since it is frozen.

    Raises RecordsFault where a record of its own is not as it must be, OSError where one cannot be read.
    """
    files = own_records()
    return _joined(tuple((name, Path(name).read_bytes()) for name in files)) if files else shipped_registry()


@cache
def shipped_registry() -> Registry:
    """The shipped registry alone."""
    return registry_from_packed(packed_text())


@cache
def _joined(files: tuple[tuple[str, bytes], ...]) -> Registry:
    # Only who has records of his own waits for the schema to be loaded.
    from guiju.standards.own.join_records import RecordsFault, join_records

    decoded = [decode_bytes(data, name) for name, data in files]
    faults = tuple(fault for _, _, found in decoded for fault in found)
    sources = tuple(source for source, _, _ in decoded if source is not None)
    if len(sources) < len(files):
        raise RecordsFault(faults, sources)
    return join_records(shipped_registry(), sources)
