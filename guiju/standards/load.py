"""The shipped registry, read from its packed form in a few milliseconds.

The packed form is made of the YAML records by `python -m guiju.standards.pack`; a test keeps the two the same.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

from guiju.standards.from_plain import edition_from_plain, framework_from_plain
from guiju.standards.registry import Registry

__all__ = ["PACKED", "load_registry", "packed_text", "registry_from_packed"]

PACKED = "registry.json"


def packed_text() -> str:
    """The packed registry as it was shipped."""
    return Path(__file__).with_name(PACKED).read_text(encoding="utf-8")


def registry_from_packed(text: str) -> Registry:
    """The registry of a packed text that our own packer wrote; such a text needs no checking."""
    packed = json.loads(text)
    return Registry.of(
        as_of=date.fromisoformat(packed["as_of"]),
        digest=packed["digest"],
        framework=framework_from_plain(packed["framework"]),
        editions=(edition_from_plain(record)[0] for record in packed["editions"]),
    )


@cache
def load_registry() -> Registry:
    """The shipped registry; read once in a process, since it is frozen."""
    return registry_from_packed(packed_text())
