"""Lists as people write them: as a list, as one text with marks between its items, as mere names of what should be records."""

from typing import Any

from guiju.terms.fact import Fact, Known, Missing, State
from guiju.terms.reading.names import parts_of
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, TextT, Type

__all__ = ["read_as_one", "read_elements"]


def read_elements(raw: Any, type: ListT, vocabulary: Vocabulary, reading: Reading | None) -> Fact:
    """The elements stay raw: each is read by its own type when it is asked for."""
    named = _named_by(type.element, vocabulary) if reading is not None else None
    if isinstance(raw, list | tuple):
        if named is not None and raw and all(isinstance(one, str) for one in raw):
            return Known([{named: one} for one in raw], Both(f"{len(raw)} 个名称", f"{len(raw)} names"))
        return Known(list(raw) if isinstance(raw, tuple) else raw)
    if reading is not None and isinstance(raw, str) and not isinstance(type.element, ListT):
        parts, marks = parts_of(raw)
        if not isinstance(type.element, RecordT):
            return Known(parts, _parted(marks, len(parts)))
        if named is not None and "{" not in raw:
            return Known([{named: part} for part in parts], _parted(marks, len(parts)))
    return Missing(State.UNREADABLE, raw, Both("应是一个列表", "a list is asked for"))


def _named_by(element: Type, vocabulary: Vocabulary) -> str | None:
    """The field that names a record, where elements are records that have one: a list of mere names is a list of such records."""
    named = vocabulary.shape(element.shape).field("name") if isinstance(element, RecordT) else None
    return named.id if named is not None and isinstance(named.type, TextT) else None


def _parted(marks: Both, count: int) -> Both:
    return Both(f"一段文字按{marks.zh}分成 {count} 项", f"one text read as {count} items, parted at its {marks.en}")


def read_as_one(raw: list[Any], held: list[Any], text: bool) -> Fact:
    """A list without a single value, where one value is asked for: nothing, or texts that are joined where a text is asked for."""
    if not held:
        return Missing(State.ABSENT, raw, Both("是空的列表", "an empty list"))
    if text and all(isinstance(one, str) for one in held):
        return Known("、".join(held), Both(f"{len(held)} 项连成一段文本", f"{len(held)} items joined to one text"))
    if len(held) > 1:
        return Missing(State.UNREADABLE, raw, Both(f"应是一个值，这里有 {len(held)} 个", f"one value is asked for, here are {len(held)}"))
    return Missing(State.UNREADABLE, raw, Both("应是一个值，这里是一个列表", "one value is asked for, this is a list"))
