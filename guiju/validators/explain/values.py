"""Says values in both languages: codes by their labels, amounts with their units, text in quotation marks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.terms.quantities.amounts_in_words import say_amount, say_plain
from guiju.terms.quantities.units import Dimension
from guiju.terms.shape import Vocabulary
from guiju.terms.time.period import Period
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import CodeT, MoneyT, PercentT, QuantityT, Type
from guiju.terms.visible import as_compared

__all__ = ["bilingual", "clip", "quote", "say_value"]

_LONGEST = 40
_ZH = Tongue.ZH


def bilingual(words: Callable[[Tongue], str]) -> Both:
    """The words of a function of the tongue, in both."""
    return Both(words(Tongue.ZH), words(Tongue.EN))


def clip(text: str) -> str:
    """The text in one line, as it was compared, and not longer than a sentence can bear."""
    return as_compared(text, _LONGEST)


def say_value(value: Any, type: Type | None, vocabulary: Vocabulary, tongue: Tongue, unit: str | None = None) -> str:
    """A value as a clause writes it: codes by their labels, amounts with their units, text in quotation marks."""
    match value:
        case bool():
            return ("“是”" if value else "“否”") if tongue is _ZH else ("yes" if value else "no")
        case date():
            return value.isoformat()
        case Period():
            return value.say(tongue)
        case str():
            return quote(_label(value, type, vocabulary, tongue), tongue)
        case int() | Decimal() | Fraction():
            return _say_number(Fraction(value), type, tongue, unit)
        case list() | tuple():
            return f"{len(value)} 项" if tongue is _ZH else f"{len(value)} item{'' if len(value) == 1 else 's'}"
        case dict():
            return "一组字段" if tongue is _ZH else "a group of fields"
        case _:
            return clip(str(value))


def quote(text: str, tongue: Tongue) -> str:
    """The text in the quotation marks of the tongue."""
    return f"“{clip(text)}”" if tongue is _ZH else f'"{clip(text)}"'


def _label(value: str, type: Type | None, vocabulary: Vocabulary, tongue: Tongue) -> str:
    if isinstance(type, CodeT):
        for entry in vocabulary.code_list(type.codes).entries:
            if entry.code == value:
                return entry.name.shown.say(tongue)
    return value


def _say_number(number: Fraction, type: Type | None, tongue: Tongue, unit: str | None) -> str:
    match type:
        case PercentT():
            return say_plain(number * 100, tongue) + "%"
        case MoneyT():
            return say_amount(number, Dimension.MONEY, tongue, None)
        case QuantityT():
            return say_amount(number, Dimension(type.dimension), tongue, unit)
        case _:
            return say_plain(number, tongue)
