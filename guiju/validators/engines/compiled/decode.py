"""Types that decode only the fields that compiled code reads, out of lines of JSON or out of records in memory.

Decoding fails for what does not fit its type, and the general reader reads that record.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.types import IntT, ListT, RecordT, TextT, Type
from guiju.validators.engines.compiled.codegen.region import Slot

__all__ = ["Form", "Spelling", "can_spell", "identity", "is_exact", "line_form", "plain_type"]

Spelling = Callable[[str], tuple[dict[str, str], tuple[str, ...], frozenset[str]]]
"""How a shape is written in a file: the key of each field id, the keys that are known to mean no field, and those of plain values."""

# Beyond this a number is read the slow way, which also knows how large a number may be.
_Int = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


_Plain = _Int | str | bool | None | msgspec.UnsetType


def can_spell(key: str) -> bool:
    """Whether a decoder takes the key; a record with any other key goes to the general reader."""
    return key.isprintable() and not set(key) & set('"\\')


def identity(slot: Slot) -> int:
    """What tells a slot from all others."""
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


@fast_dataclass(frozen=True, slots=True)
class Form:
    """How a record is written in a line: the type that decodes it, and the same for `decode.typed_lines`.

    A node is ("text",), ("whole",), ("plain",), ("any",), ("skip",), ("cell",), ("cells",), ("list", node) or ("record", (class,
    fields)). A field is (key with its quotes, attribute, node), and what the attribute is where the key may be absent.
    """

    type: Any
    node: tuple[Any, ...]


def line_form(slot: Slot, spelling: Spelling, cells: frozenset[int] = frozenset(), needed: frozenset[str] = frozenset()) -> Form:
    """The form of a record in a line of JSON. A key that is not known makes decoding fail, so that nothing is overlooked.

    `cells` are the ids of the slots that are kept as bytes. Of the keys in `needed` none may be missing.
    """
    assert isinstance(slot.type, RecordT)
    keys, others, plain = spelling(slot.type.shape)
    fields: list[tuple[str, str, Form, Any]] = []
    absent: dict[str, Any] = {}
    for id, child in slot.children.items():
        if id not in keys:
            # Nobody wrote it in the sample; who writes it later has an unknown key.
            absent[child.attr] = None
        elif identity(child) in cells:
            # What is kept as bytes may be a written null; all else tells a null from what is not there, so that it can be written again.
            fields.append((child.attr, keys[id], _kept(child), None))
        else:
            found = _of_line(child, child.type, spelling, cells)
            fields.append((child.attr, keys[id], Form(found.type | None | msgspec.UnsetType, found.node), msgspec.UNSET))
    unread = [*others, *(key for id, key in keys.items() if id not in slot.children)]
    for number, key in enumerate(dict.fromkeys(unread)):
        # Decoded and not kept as bytes, for there may be keys in it.
        fields.append((f"x{number}", key, Form(_Plain, ("plain",)) if key in plain else Form(Any, ("any",)), msgspec.UNSET))
    made = msgspec.defstruct(
        "Line",
        [(name, form.type) if key in needed else (name, form.type, default) for name, key, form, default in fields],
        rename={name: key for name, key, _, _ in fields},
        kw_only=True,
        namespace=absent,
        gc=False,
        forbid_unknown_fields=True,
        omit_defaults=True,
    )
    told = [(f'"{key}"'.encode(), name, form.node, *(() if key in needed else (default,))) for name, key, form, default in fields]
    return Form(made, ("record", (made, tuple(told))))


def is_exact(slot: Slot, spelling: Spelling, cells: frozenset[int] = frozenset()) -> bool:
    """Whether a record of `line_form`, encoded again, is never longer than what it was decoded of: it holds no fractions."""
    match slot.type:
        case RecordT(shape=shape):
            keys, others, plain = spelling(shape)
            unread = {*others, *(key for id, key in keys.items() if id not in slot.children)}
            inner = [child for child in slot.children.values() if identity(child) not in cells]
            return unread <= plain and all(is_exact(child, spelling, cells) for child in inner)
        case ListT():
            assert slot.element is not None
            return is_exact(slot.element, spelling, cells)
        case _:
            return True


def _kept(slot: Slot) -> Form:
    return Form(msgspec.Raw, ("cells",) if isinstance(slot.type, ListT) else ("cell",))


def _of_line(slot: Slot, type: Type, spelling: Spelling, cells: frozenset[int]) -> Form:
    if identity(slot) in cells:
        return _kept(slot)
    match type:
        case RecordT():
            return line_form(slot, spelling, cells)
        case ListT(element=element):
            assert slot.element is not None
            inner = _of_line(slot.element, element, spelling, cells)
            return Form(list[inner.type], ("list", inner.node))  # type: ignore[name-defined]
        case TextT():
            return Form(str, ("text",))
        case _:
            return Form(_Int | str, ("whole",))
