"""Types that decode only the fields that a generated function reads: out of lines of JSON, or out of records in memory.

What does not fit its type is not forced: decoding fails, and the record is read the slow way.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from guiju.terms.types import IntT, ListT, RecordT, TextT, Type
from guiju.validators.engines.generated.region import Slot

__all__ = ["Spelling", "can_spell", "identity", "line_type", "plain_type"]

Spelling = Callable[[str], tuple[dict[str, str], tuple[str, ...]]]
"""How a shape is written in a file: the key of each field id, and the keys that are known to mean no field."""

# Beyond this a number is read the slow way, which also knows how large a number may be.
_Int = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


def can_spell(key: str) -> bool:
    """Whether a decoder takes the key; all others are read the slow way."""
    return key.isprintable() and not set(key) & set('"\\')


def identity(slot: Slot) -> int:
    """By which a slot is told from all others."""
    return id(slot)


def plain_type(slot: Slot) -> Any:
    """The type of a record in memory, whose keys are ids of fields."""
    fields: list[tuple[str, Any, Any]] = []
    rename: dict[str, str] = {}
    for id, child in slot.children.items():
        fields.append((child.attr, _optional(child), None))
        rename[child.attr] = id
    return msgspec.defstruct("Record", fields, rename=rename, gc=False)


def _optional(slot: Slot) -> Any:
    return _type_of(slot, slot.type) | None


def _type_of(slot: Slot, type: Type) -> Any:
    match type:
        case RecordT():
            return plain_type(slot)
        case ListT(element=element):
            assert slot.element is not None
            return list[_type_of(slot.element, element)]  # type: ignore[misc]
        case TextT():
            return str
        case IntT():
            return _Int | str
        case _:
            return Any


def line_type(slot: Slot, spelling: Spelling, cells: frozenset[int] = frozenset()) -> Any:
    """The type of a record in a line of JSON; any key that is not known makes decoding fail, so that nothing is overlooked.

    `cells` are the ids of the slots that are kept as they are written.
    """
    assert isinstance(slot.type, RecordT)
    keys, others = spelling(slot.type.shape)
    fields: list[tuple[str, Any, Any]] = []
    rename: dict[str, str] = {}
    absent: dict[str, Any] = {}
    for id, child in slot.children.items():
        if id not in keys:
            # Nobody wrote it in the sample; who writes it later has an unknown key.
            absent[child.attr] = None
            continue
        # A written null is then bytes too; its cell refuses it, and the line is read the slow way.
        type = msgspec.Raw if identity(child) in cells else _of_line(child, child.type, spelling, cells) | None
        fields.append((child.attr, type, None))
        rename[child.attr] = keys[id]
    unread = [*others, *(key for id, key in keys.items() if id not in slot.children)]
    for number, key in enumerate(dict.fromkeys(unread)):
        fields.append((f"x{number}", msgspec.Raw, None))
        rename[f"x{number}"] = key
    return msgspec.defstruct("Line", fields, rename=rename, namespace=absent, gc=False, forbid_unknown_fields=True)


def _of_line(slot: Slot, type: Type, spelling: Spelling, cells: frozenset[int]) -> Any:
    if identity(slot) in cells:
        return msgspec.Raw
    match type:
        case RecordT():
            return line_type(slot, spelling, cells)
        case ListT(element=element):
            assert slot.element is not None
            return list[_of_line(slot.element, element, spelling, cells)]  # type: ignore[misc]
        case TextT():
            return str
        case _:
            return _Int | str
