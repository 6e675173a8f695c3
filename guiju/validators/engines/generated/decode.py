"""Types that decode only the fields that a generated function reads: out of lines of JSON, or out of records in memory.

What does not fit its type is not forced: decoding fails, and the record is read the slow way.
"""

from typing import Annotated, Any

import msgspec

from guiju.terms.types import IntT, ListT, RecordT, TextT, Type
from guiju.validators.engines.generated.region import Slot

__all__ = ["plain_type"]

# Beyond this a number is read the slow way, which also knows how large a number may be.
_Int = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


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
