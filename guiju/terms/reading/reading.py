"""The one meaning of written values: a raw value, the type that is asked for, and what it says; never a crash.

Without a reading only the strict grammar holds (docs/language.md §2.2, §2.3). Whatever a reading accepts beyond it leaves a
note and, where there is one, the canonical text. Text is never altered, not even by width folding: only numbers, dates,
booleans and codes are folded. A number written where text is asked is read as its digits, with a note, by a reading that
folds width, and is unreadable otherwise.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, assert_never

from guiju.terms.blank import fold_code, is_blank, trim
from guiju.terms.fact import Fact, Known, Missing, State
from guiju.terms.quantities.numerals import meant_number
from guiju.terms.quantities.quantity import Quantity, exact_decimal, is_measurable, say_decimal
from guiju.terms.quantities.quantity_text import parse_decimal, parse_money, parse_quantity
from guiju.terms.quantities.units import Dimension, unit_of
from guiju.terms.reading.codes import read_code
from guiju.terms.reading.lists import read_as_one, read_elements
from guiju.terms.reading.names import reference_keys
from guiju.terms.reading.nearest import nearest_name
from guiju.terms.reading.ticked import ticked
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.time.dates import SHAPES, beijing_day, parse_iso, read_date
from guiju.terms.time.period import Period, period_of
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import (
    BoolT,
    CodeT,
    DateT,
    IntT,
    ListT,
    MoneyT,
    NumberT,
    PercentT,
    PeriodT,
    QuantityT,
    RecordT,
    RefT,
    TextT,
    TruthT,
    Type,
)

__all__ = ["read_value"]

_PLAIN = re.compile(r"[+-]?[0-9]{1,60}(?:\.[0-9]{1,60})?")
# The words of a reading file (docs/language.md §2.3) and the names of `terms.dates.SHAPES` are both taken.
_DATE_WORDS = {"slash": "slashes", "dot": "dots", "with_time": "datetime", "serial": "excel_serial"}
_DECLARED = {
    "不适用": State.NOT_APPLICABLE,
    "声明不适用": State.NOT_APPLICABLE,
    "not_applicable": State.NOT_APPLICABLE,
    "待定": State.PENDING,
    "pending": State.PENDING,
}


def read_value(
    raw: Any, type: Type, vocabulary: Vocabulary, reading: Reading | None, *, unit: str | None = None, on: date | None = None
) -> Fact:
    """What a raw value says where a value of that type is asked for.

    `unit` is the unit that the field declares for bare numbers; `on` the day on which codes must hold.
    """
    if isinstance(raw, list) and reading is not None and not isinstance(type, ListT | RecordT):
        return _read_listed(raw, type, vocabulary, reading, unit, on)
    if reading is not None and isinstance(raw, str) and isinstance(type, CodeT | BoolT | ListT) and (boxes := ticked(raw)) is not None:
        return _read_ticked(raw, boxes, type, vocabulary, reading, on)
    declared = _declared(raw, reading)
    if isinstance(type, CodeT | BoolT) and isinstance(raw, str | bool | int):
        # A code list may hold 无 as a code, though the reading counts it as blank: the code wins.
        found = _read_scalar(raw, type, vocabulary, reading, unit, on)
        if isinstance(found, Known) or declared is None:
            return found if raw is not None and not (isinstance(raw, str) and is_blank(raw)) else Missing(State.ABSENT, raw)
        return declared
    if declared is not None:
        return declared
    match type:
        case ListT():
            return read_elements(raw, type, vocabulary, reading)
        case RecordT():
            return Known(raw) if isinstance(raw, dict) else _unreadable(raw, Both("应是一组字段", "a group of fields is asked for"))
        case _:
            return _read_scalar(raw, type, vocabulary, reading, unit, on)


def _read_ticked(
    raw: str, boxes: tuple[str, ...], type: CodeT | BoolT | ListT, vocabulary: Vocabulary, reading: Reading, on: date | None
) -> Fact:
    """What was ticked, instead of all that could have been."""
    if not boxes:
        return Missing(State.ABSENT, raw, Both("一个框也没有勾", "no box is ticked"))
    said = "、".join(boxes)
    note = Both(f"勾的是“{said}”", f'"{said}" is ticked')
    if isinstance(type, ListT):
        return Known(list(boxes), note) if not isinstance(type.element, RecordT | ListT) else _unreadable(raw, note)
    if len(boxes) > 1:
        return _unreadable(raw, Both(f"勾了 {len(boxes)} 个框：{said}", f"{len(boxes)} boxes are ticked: {said}"))
    found = read_value(boxes[0], type, vocabulary, reading, on=on)
    return Known(found.value, note) if isinstance(found, Known) else Missing(found.state, raw, found.detail or note, found.nearest)


def _declared(raw: Any, reading: Reading | None) -> Missing | None:
    """Nothing there, or a declaration instead of a value; None when there is something to read."""
    if raw is None or (isinstance(raw, str) and is_blank(raw)):
        return Missing(State.ABSENT, raw)
    if isinstance(raw, dict) and len(raw) == 1:
        [(word, reason)] = raw.items()
        state = _DECLARED.get(word)
        return None if state is None else Missing(state, raw, _same(str(reason)) if reason else None)
    if not isinstance(raw, str) or reading is None:
        return None
    text = fold_code(raw)
    if text in _folded(reading.blank):
        return Missing(State.ABSENT, raw, Both(f"写作“{text}”", f'written "{text}"'))
    if text in _folded(reading.pending):
        return Missing(State.PENDING, raw)
    # NFKC makes the full-width colon a plain one.
    word, colon, reason = text.partition(":")
    if trim(word) in _folded(reading.not_applicable):
        return Missing(State.NOT_APPLICABLE, raw, _same(trim(reason)) if colon and trim(reason) else None)
    return None


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold_code(word) for word in words)


def _read_listed(raw: list[Any], type: Type, vocabulary: Vocabulary, reading: Reading, unit: str | None, on: date | None) -> Fact:
    """A list where one value is asked for: nothing in it is nothing given, one value is that value, and texts are joined to one."""
    held = [one for one in raw if one is not None and not (isinstance(one, str) and is_blank(one))]
    if len(held) == 1 and not isinstance(held[0], list | dict):
        return read_value(held[0], type, vocabulary, reading, unit=unit, on=on)
    return read_as_one(raw, held, isinstance(type, TextT))


def _read_scalar(raw: Any, type: Type, vocabulary: Vocabulary, reading: Reading | None, unit: str | None, on: date | None) -> Fact:
    match type:
        case TextT():
            return _read_text(raw, reading)
        case IntT():
            return _read_int(raw, reading)
        case NumberT():
            return _read_number(raw, reading)
        case MoneyT():
            return _read_amount(raw, Dimension.MONEY, (unit or (reading.money_unit if reading else None)) or "元", reading)
        case QuantityT():
            return _read_amount(raw, Dimension(type.dimension), unit, reading)
        case PercentT():
            return _read_percent(raw, unit, reading)
        case DateT():
            return _read_day(raw, reading)
        case PeriodT():
            return _read_period(raw, unit)
        case BoolT():
            return _read_bool(raw, reading)
        case CodeT():
            number = None if isinstance(raw, str) else _plain_number(raw)
            text = raw if isinstance(raw, str) else None if number is None else say_decimal(number)
            return read_code(raw, text, vocabulary.code_list(type.codes), reading, on, vocabulary)
        case RefT():
            return _read_reference(raw, type, vocabulary, reading)
        case RecordT() | ListT() | TruthT():
            raise TypeError(f"{type} is no scalar")
        case _:
            assert_never(type)


def _read_text(raw: Any, reading: Reading | None) -> Fact:
    if isinstance(raw, str):
        return Known(raw)
    number = _plain_number(raw) if not isinstance(raw, str) else None
    if number is not None and reading is not None and reading.fold_width:
        text = say_decimal(number)
        return Known(text, Both("写成了数，按其数字读作文本", "written as a number, read as the text of its digits"), text)
    return _unreadable(raw, Both("应是文本", "text is asked for"))


def _plain_number(raw: Any) -> Decimal | None:
    """A JSON number or plain decimal text; None for all else, NaN and the infinities included."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) < 10**60 else None
    if isinstance(raw, float):
        raw = Decimal(repr(raw))
    if isinstance(raw, Decimal):
        return raw if is_measurable(raw) else None
    if isinstance(raw, str) and len(raw) <= 200:
        text = trim(raw)
        if _PLAIN.fullmatch(text):
            return Decimal(text)
    return None


def _folded_number(raw: Any, reading: Reading | None) -> tuple[Decimal, bool] | None:
    """The number, and whether it was written canonically."""
    plain = _plain_number(raw)
    if plain is not None:
        return plain, True
    if reading is None or not isinstance(raw, str):
        return None
    if not reading.fold_width and not raw.isascii():
        return None
    loose = parse_decimal(raw)
    return None if loose is None else (loose, False)


def _noted(value: Any, canonical: str, note: Both | None = None) -> Known:
    return Known(value, note or Both(f"读作 {canonical}", f"read as {canonical}"), canonical)


def _read_number(raw: Any, reading: Reading | None) -> Fact:
    found = _folded_number(raw, reading)
    if found is None:
        return _unreadable(raw, Both("应是一个数", "a number is asked for"), meant_number(raw))
    number, canonical = found
    return Known(number) if canonical else _noted(number, say_decimal(number))


def _read_int(raw: Any, reading: Reading | None) -> Fact:
    found = _folded_number(raw, reading)
    if found is None and reading is not None and isinstance(raw, str):
        quantity = parse_quantity(raw)
        if isinstance(quantity, Quantity) and quantity.dimension is Dimension.COUNT and quantity.amount.denominator == 1:
            return _noted(int(quantity.amount), str(quantity.amount))
    if found is None:
        return _unreadable(raw, Both("应是一个整数", "a whole number is asked for"), meant_number(raw))
    number, canonical = found
    if number != number.to_integral_value():
        return _unreadable(raw, Both("应是整数，这里有小数", "a whole number is asked for, this has a fraction"))
    return Known(int(number)) if canonical else _noted(int(number), str(int(number)))


def _read_amount(raw: Any, dimension: Dimension, unit: str | None, reading: Reading | None) -> Fact:
    """Money and quantities, in the base unit of the dimension; a bare number is in the unit of the field."""
    words = dimension.words
    found = _folded_number(raw, reading)
    if found is not None:
        measure = unit_of(unit) if unit else None
        if measure is None or measure.dimension is not dimension:
            return _unreadable(raw, Both(f"有数而没有单位，应是{words.zh}", f"a number without a unit; {words.en} is asked for"))
        number, canonical = found
        value = exact_decimal(Fraction(number) * measure.factor)
        assert value is not None  # every factor in a base unit is a whole number or a hundredth
        bare_in_other_unit = reading is not None and dimension is Dimension.MONEY and measure.factor != 1
        if canonical and not bare_in_other_unit:
            return Known(value)
        said = Quantity(number, measure)
        return _noted(value, say_decimal(number) if not bare_in_other_unit else said.say(Tongue.ZH), _both_of(said))
    if reading is None or not isinstance(raw, str):
        return _unreadable(raw, Both(f"应是{words.zh}", f"{words.en} is asked for"))
    quantity = parse_money(raw) if dimension is Dimension.MONEY else parse_quantity(raw)
    if not isinstance(quantity, Quantity):
        return _unreadable(raw, Both(f"应是{words.zh}：{quantity.words.zh}", f"{words.en} is asked for: {quantity.words.en}"))
    if quantity.dimension is not dimension:
        other = quantity.dimension.words
        return _unreadable(raw, Both(f"应是{words.zh},这里是{other.zh}", f"{words.en} is asked for, this is {other.en}"))
    value = exact_decimal(quantity.amount)
    if value is None:
        return _unreadable(raw, Both("这个量没有有限小数", "this amount has no finite decimal"))
    return Known(value, _both_of(quantity), _canonical_amount(quantity, unit))


def _both_of(quantity: Quantity) -> Both:
    return Both(f"读作 {quantity.say(Tongue.ZH)}", f"read as {quantity.say(Tongue.EN)}")


def _canonical_amount(quantity: Quantity, unit: str | None) -> str | None:
    """The amount as a bare number in the unit of the field.

    None where that would say less: money under a reading whose bare numbers are not yuan is best left with its unit.
    """
    measure = unit_of(unit) if unit else None
    if measure is None or measure.dimension is not quantity.dimension:
        return None
    if measure.dimension is Dimension.MONEY and measure.factor != 1:
        return None
    value = exact_decimal(quantity.amount / measure.factor)
    return None if value is None else say_decimal(value)


def _read_percent(raw: Any, unit: str | None, reading: Reading | None) -> Fact:
    """60% is 0.6; a bare number is a share, unless the field says that its unit is %."""
    found = _folded_number(raw, reading)
    if found is not None:
        number, canonical = found
        measure = unit_of(unit) if unit else None
        if measure is not None and measure.dimension is Dimension.SHARE:
            number = exact_decimal(Fraction(number) * measure.factor) or Decimal(0)
        return Known(number) if canonical else _noted(number, say_decimal(number))
    quantity = parse_quantity(raw) if isinstance(raw, str) else None
    if not isinstance(quantity, Quantity) or quantity.dimension is not Dimension.SHARE:
        return _unreadable(raw, Both("应是百分比，如 60%", "a percentage such as 60% is asked for"))
    value = exact_decimal(quantity.amount) or Decimal(0)
    if isinstance(raw, str) and raw.endswith("%") and _PLAIN.fullmatch(raw[:-1]):
        return Known(value)
    if reading is None:
        return _unreadable(raw, Both("应是百分比，如 60%", "a percentage such as 60% is asked for"))
    return _noted(value, f"{say_decimal(quantity.value)}%" if quantity.unit.id == "percent" else say_decimal(value))


def _read_day(raw: Any, reading: Reading | None) -> Fact:
    if isinstance(raw, datetime):
        day = beijing_day(raw)
        return Known(day) if day is not None else _unreadable(raw, Both("没有这一天", "there is no such day"))
    if isinstance(raw, date):
        return Known(raw)
    asked = Both("应是日期，如 2025-08-01", "a date such as 2025-08-01 is asked for")
    serial = isinstance(raw, int | Decimal) and not isinstance(raw, bool)
    number = _plain_number(raw) if serial else None
    text = raw if isinstance(raw, str) else (None if number is None else say_decimal(number))
    if text is None:
        return _unreadable(raw, asked)
    strict = parse_iso(trim(text))
    if strict is not None:
        return Known(strict)
    day, shape = read_date(text)
    if shape is None:
        return _unreadable(raw, asked)
    name = SHAPES[shape]
    if day is None:
        if shape in ("year", "year_month"):
            return _unreadable(raw, Both(f"不是完整的日期：{name.zh}", f"no full date: {name.en}"))
        return _unreadable(raw, Both("没有这一天", "there is no such day"))
    accepted = {_DATE_WORDS.get(word, word) for word in reading.dates} if reading else set()
    if accepted:
        accepted |= {"iso", "loose_dashes"}
    if shape not in accepted:
        return _unreadable(raw, asked, nearest=day.isoformat())
    # Without the example in brackets, which would stand beside the day that was written as if it were another reading of it.
    said = Both(name.zh.partition("(")[0], name.en.partition(" (")[0])
    return _noted(day, day.isoformat(), Both(f"{said.zh},读作 {day}", f"{said.en}, read as {day}"))


def _read_period(raw: Any, unit: str | None) -> Fact:
    text = raw
    number = _plain_number(raw)
    if number is not None and unit:
        text = f"{say_decimal(number)}{unit}"
    quantity = parse_quantity(text) if isinstance(text, str) else None
    period = period_of(quantity) if isinstance(quantity, Quantity) else None
    if period is None:
        return _unreadable(raw, Both("应是期限，如 10个工作日", "a period such as 10 working days is asked for"))
    return Known(period) if _is_canonical_period(raw, period, number) else _noted(period, period.say(Tongue.ZH))


def _is_canonical_period(raw: Any, period: Period, number: Decimal | None) -> bool:
    if number is not None:
        return True
    written = "".join(trim(str(raw)).split())
    return written in {"".join(period.say(tongue).split()) for tongue in Tongue}


def _read_bool(raw: Any, reading: Reading | None) -> Fact:
    if isinstance(raw, bool):
        return Known(raw)
    if isinstance(raw, str):
        text = trim(raw)
        if text in ("true", "false"):
            return Known(text == "true")
        folded = fold_code(raw)
        if reading is not None and folded in _folded(reading.true):
            return _noted(True, "true")
        if reading is not None and folded in _folded(reading.false):
            return _noted(False, "false")
    return _unreadable(raw, Both("应是“是”或“否”", "yes or no (true or false) is asked for"))


def _read_reference(raw: Any, type: RefT, vocabulary: Vocabulary, reading: Reading | None) -> Fact:
    text = _read_text(raw, reading)
    if isinstance(text, Missing):
        return text
    written = fold_code(text.value)
    shape = vocabulary.shape(type.shape)
    if not shape.register or not shape.rows:
        return Known(written, text.note, text.canonical)
    keys = reference_keys(shape)
    key = keys.get(written)
    if key is None:
        nearest = nearest_name(written, keys)
        return _unreadable(raw, Both(f"{shape.name.zh}里没有它", f"it is none of the list {shape.name.shown.en}"), nearest)
    return Known(key) if key == written else _noted(key, key)


def _unreadable(raw: Any, detail: Both, nearest: str | None = None) -> Missing:
    return Missing(State.UNREADABLE, raw, detail, nearest)


def _same(text: str) -> Both:
    return Both(text, text)
