"""What is shipped, read from its packed form in a few milliseconds: the registry, the calendar, the divisions.

The packed files are made of the YAML records by `python -m guiju.standards.pack`; a test keeps the two the same.
"""

import json
from datetime import date
from functools import cache

from guiju.standards.from_plain import edition_from_plain, framework_from_plain, kinds_from_plain
from guiju.standards.load_tables import TABLES, load_calendar, load_divisions, load_years, packed_tables
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


@cache
def load_registry() -> Registry:
    """The shipped registry; read once in a process, since it is frozen."""
    return registry_from_packed(packed_text())
