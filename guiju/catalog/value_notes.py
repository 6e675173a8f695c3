"""What was made of written values: each value that was read though it was not written canonically, or that could not be read.

It mends nothing: it says what the canonical text would have been, where there is one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, assert_never

from guiju.catalog.records.cells import LOST
from guiju.catalog.records.model import Record
from guiju.terms.blank import fold_code
from guiju.terms.fact import Fact, Known, Missing, Path, State
from guiju.terms.reading.codes import entry_of
from guiju.terms.reading.names import code_spellings
from guiju.terms.reading.reading import read_value
from guiju.terms.reading.ticked import ticked
from guiju.terms.shape import CodeList, Field, Reading, Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, ListT, RecordT, Type

__all__ = ["ValueNote", "notes_of", "values_of"]

_DEEPEST = 16
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueNote:
    """One value of one record: its field, what was written, and what was read.

    `canonical` is the text that would have needed no note; for a value that cannot be read, the `nearest` that could be.
    `part` tells that `raw` is one item of a list that was written as one text.
    """

    record: Record
    path: Path
    field: Field
    raw: Any
    canonical: str | None
    nearest: str | None
    note: Both
    part: bool = False


def notes_of(records: Iterable[Record], vocabulary: Vocabulary, *, on: date | None = None) -> Iterator[ValueNote]:
    """The notes of all values of some records, in reading order; codes must hold on that day, if one is given."""
    walk = _Walk(vocabulary, on)
    for record in records:
        yield from walk.record(record, record.value, vocabulary.shape(record.shape), (), None)


def values_of(record: Record, vocabulary: Vocabulary) -> Iterator[tuple[Path, Any]]:
    """What each value of a record means, or its state where it means nothing, by path; two records that say the same agree in all."""
    yield from _values(record.value, vocabulary.shape(record.shape), (), None, vocabulary)


def _values(value: dict[str, Any], shape: Shape, path: Path, outer: Reading | None, vocabulary: Vocabulary) -> Iterator[tuple[Path, Any]]:
    reading = vocabulary.reading(shape) or outer
    for one in shape.fields:
        if one.id in value and len(path) <= _DEEPEST:
            yield from _value_at(value[one.id], one.type, (*path, one.id), one.unit, reading, vocabulary)


def _value_at(
    raw: Any, type: Type, path: Path, unit: str | None, reading: Reading | None, vocabulary: Vocabulary
) -> Iterator[tuple[Path, Any]]:
    fact = read_value(raw, type, vocabulary, reading, unit=unit)
    match type:
        case RecordT(shape=id) if isinstance(fact, Known):
            yield from _values(fact.value, vocabulary.shape(id), path, reading, vocabulary)
        case ListT(element=element) if isinstance(fact, Known):
            for at, part in enumerate(fact.value):
                yield from _value_at(part, element, (*path, at), unit, reading, vocabulary)
        case _:
            yield path, fact.value if isinstance(fact, Known) else (fact.state, str(raw))


class _Walk:
    def __init__(self, vocabulary: Vocabulary, on: date | None) -> None:
        self.vocabulary, self.on = vocabulary, on
        # What was found of texts that were met before: in a table the same few words stand in thousands of rows.
        self._met: dict[tuple[int, int, str], tuple[str | None, str | None, Both] | None] = {}

    def record(self, record: Record, value: dict[str, Any], shape: Shape, path: Path, outer: Reading | None) -> Iterator[ValueNote]:
        if len(path) > _DEEPEST:
            return
        reading = self.vocabulary.reading(shape) or outer
        for one in shape.fields:
            if one.id in value:
                yield from self._value(record, value[one.id], one, one.type, (*path, one.id), reading)

    def _value(self, record: Record, raw: Any, field: Field, type: Type, path: Path, reading: Reading | None) -> Iterator[ValueNote]:
        met = (
            (id(field), id(reading), raw) if isinstance(raw, str) and type is field.type and not isinstance(type, RecordT | ListT) else None
        )
        if met is not None and met in self._met:
            if (known := self._met[met]) is not None:
                canonical, nearest, note = known
                yield ValueNote(record=record, path=path, field=field, raw=raw, canonical=canonical, nearest=nearest, note=note)
            return
        fact = read_value(raw, type, self.vocabulary, reading, unit=field.unit, on=self.on)
        if isinstance(fact, Known) and isinstance(type, RecordT):
            yield from self.record(record, fact.value, self.vocabulary.shape(type.shape), path, reading)
        elif isinstance(fact, Known) and isinstance(type, ListT):
            if not isinstance(raw, list) and fact.note is not None and len(fact.value) > 1:
                yield ValueNote(record=record, path=path, field=field, raw=raw, canonical=None, nearest=None, note=fact.note)
            for at, element in enumerate(fact.value):
                for one in self._value(record, element, field, type.element, (*path, at), reading):
                    yield replace(one, part=True) if not isinstance(raw, list) else one
        else:
            found = self._note(record, raw, field, type, path, fact, reading)
            if met is not None and len(self._met) < _REMEMBERED:
                self._met[met] = None if found is None else (found.canonical, found.nearest, found.note)
            if found is not None:
                yield found

    def _note(
        self, record: Record, raw: Any, field: Field, type: Type, path: Path, fact: Fact, reading: Reading | None
    ) -> ValueNote | None:
        note, canonical, nearest = None, None, None
        match fact:
            case Known() if isinstance(type, CodeT | BoolT) and (fact.note is None or fact.canonical is not None):
                canonical = self._canonical_word(raw, fact.value, type, reading)
                note = Both(f"读作“{canonical}”", f"read as `{canonical}`") if canonical is not None else None
            case Known():
                # An amount written as it would be said is not worth a word.
                note = None if fact.canonical is None and fact.note is not None and fact.note.zh == f"读作 {raw}" else fact.note
                canonical = fact.canonical
            case Missing(state=State.UNREADABLE):
                note, nearest = fact.detail or _UNREADABLE, self._nearest(fact.nearest, type)
            case Missing():
                note = _as_nothing(fact.detail) if isinstance(raw, str) and raw.strip() and fact.state is State.ABSENT else None
            case _:
                assert_never(fact)
        if note is None:
            return None
        if isinstance(raw, dict) and LOST in raw:
            raw, note = raw[LOST], _LOST_DIGITS
        return ValueNote(record=record, path=path, field=field, raw=raw, canonical=canonical, nearest=nearest, note=note)

    def _nearest(self, near: str | None, type: Type) -> str | None:
        """The nearest name, in the spelling of the list where it is an alias."""
        if near is None or not isinstance(type, CodeT):
            return near
        codes = self.vocabulary.code_list(type.codes)
        entry = code_spellings(codes).get(fold_code(near))
        return near if entry is None else _canonical_code(near, entry.code, codes) or near

    def _canonical_word(self, raw: Any, value: Any, type: CodeT | BoolT, reading: Reading | None) -> str | None:
        if not isinstance(raw, str):
            return None
        if isinstance(type, CodeT):
            return _canonical_code(raw, value, self.vocabulary.code_list(type.codes))
        # 是 and 否 are as good as true and false; only their width and the blanks about them are worth a word.
        words = (("true", "false") + (reading.true + reading.false if reading is not None else ())) if isinstance(value, bool) else ()
        return None if raw in words else next((word for word in words if fold_code(word) == fold_code(raw)), None)


def _as_nothing(detail: Both | None) -> Both | None:
    return None if detail is None else Both(f"{detail.zh}，按没有填读", f"{detail.en}: read as not given")


_LOST_DIGITS = Both("表格软件把长数字丢了末几位，无法复原", "the spreadsheet lost the last digits of a long number for good")
_UNREADABLE = Both("读不出", "cannot be read")


def _canonical_code(raw: str, code: str, codes: CodeList) -> str | None:
    """The spelling of the list for a code that was written in another; None where it is written as the list writes it."""
    entry = entry_of((ticked(raw) or (raw,))[0], codes)
    assert entry is not None  # that is how the code was read
    names = [entry.name.zh, entry.name.en, entry.id] if codes.labels_only else [entry.code, entry.name.zh, entry.name.en, entry.id]
    if raw in names:
        return None
    folded = fold_code(raw)
    return next((name for name in names if name and fold_code(name) == folded), entry.name.zh or entry.name.en or code)
