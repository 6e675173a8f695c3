"""Two headers for one code: platforms write the code as a number of their own and, beside it, as a label that people read.

The label is what counts, whichever of the two comes first: numbers of one platform mean nothing on another.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guiju.catalog.mapping.headers import fold
from guiju.terms.blank import trim
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.types import CodeT

__all__ = ["is_bare", "labelled", "rank", "weigh"]

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


def rank(one: Field | None, header: str, value: Any, shape: Shape, vocabulary: Vocabulary) -> tuple[bool, bool]:
    """How well a header and its value serve the field: its exact name goes before an alias, then what can be read before what cannot."""
    if one is None:
        return False, False
    exact = fold(header) in (fold(one.name.zh), fold(one.name.en), fold(one.id))
    return exact, isinstance(read_value(value, one.type, vocabulary, vocabulary.reading(shape), unit=one.unit), Known)


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
