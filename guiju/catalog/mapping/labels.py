"""Two headers for one code: platforms write the code as a number of their own and, beside it, as a label that people read.

The label is what counts, whichever of the two comes first: numbers of one platform mean nothing on another.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guiju.catalog.mapping.headers import HeaderIndex, Match, fold
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.span import Span
from guiju.terms.blank import trim
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.types import CodeT

__all__ = ["is_bare", "is_readable", "labelled", "rank", "says_more", "two_headers", "weigh"]

_NOTHING: tuple[Any, ...] = (None, "", [], {})


def is_bare(value: Any) -> bool:
    """Whether a value is nothing but a number, as the codes of a platform are; an empty value is no label either."""
    if isinstance(value, str):
        return not (text := trim(value)) or text.isdecimal()
    return value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool))


def labelled(shape: Shape, path: tuple[str, ...], values: Mapping[str, Any]) -> str | None:
    """Of several headers for the code at a path, the first that holds a label where another holds a bare number; else None."""
    one = shape.field(path[0]) if len(path) == 1 else None
    if one is None or not isinstance(one.type, CodeT) or not any(is_bare(value) for value in values.values()):
        return None
    return next((header for header, value in values.items() if isinstance(value, str) and not is_bare(value)), None)


def rank(one: Field | None, header: str, value: Any, shape: Shape, vocabulary: Vocabulary) -> tuple[bool, bool, int]:
    """How well a header and its value serve the field: its exact name, then what can be read, then the alias that is declared before."""
    if one is None:
        return False, False, 0
    name = fold(header)
    exact = name in (fold(one.name.zh), fold(one.name.en), fold(one.id))
    before = next((-at for at, alias in enumerate(one.aliases) if fold(alias) == name), -len(one.aliases))
    return exact, is_readable(one, value, shape, vocabulary), before


def is_readable(one: Field, value: Any, shape: Shape, vocabulary: Vocabulary) -> bool:
    """Whether the value is one of the field."""
    return isinstance(read_value(value, one.type, vocabulary, vocabulary.reading(shape), unit=one.unit), Known)


def says_more(index: HeaderIndex, vocabulary: Vocabulary, header: str, values: Mapping[str, Any]) -> Match | None:
    """The field of a second header of a code where its value is no code but says more of it, and no other header names that field."""
    match, told = index.find(header), index.described(header)
    held = index.shape.field(match.path[0]) if match is not None and match.path else None
    if told is None or held is None or not isinstance(values[header], str) or is_readable(held, values[header], index.shape, vocabulary):
        return None
    others = (index.find(one) for one in values)
    return None if any(one is not None and one.path == told.path for one in others) else told


def two_headers(shape: Shape, path: tuple[str, ...], headers: tuple[str, str], label: str | None, span: Span) -> Diagnostic:
    """That of two headers of one field the first is read; or, with `label`, that the number beside it is not."""
    one = shape.field(path[0])
    field = one.name if one is not None else ".".join(path)
    first, second = headers
    if label is None:
        return complain("D050", span, first=first, second=second, field=field)
    return complain("D099", span, label=label, number=first if label == second else second, field=field)


def weigh(
    shape: Shape, vocabulary: Vocabulary, path: tuple[str, ...], first: tuple[str, Any], second: tuple[str, Any], label: str | None
) -> tuple[str, bool]:
    """Which of two headers of one field is read, and whether that is to be told: not where one of them says nothing of its own."""
    if label is None and (first[1] == second[1] or second[1] in _NOTHING):
        return first[0], False
    if label is None and first[1] in _NOTHING:
        return second[0], False
    if label is not None:
        return (second if label == second[0] else first)[0], True
    one = shape.field(path[0]) if len(path) == 1 else None
    better = rank(one, *second, shape, vocabulary) > rank(one, *first, shape, vocabulary)
    return (second if better else first)[0], True
