"""The stable JSON form of the intermediate form and of the terms in it, and the digest of what it means.

A value becomes a flat table of rows in which every row speaks only of rows above it, and equal values share one row. So
decoding is one loop, without recursion and without any class that is not on the list below.
"""

import hashlib
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any

import orjson

from guiju.dsl.ir import tree
from guiju.terms import fact, modality, shape, tongue, types
from guiju.terms.time import period

__all__ = [
    "ENUMS",
    "LARGEST_TABLE",
    "DecodeFault",
    "decode",
    "decode_bytes",
    "digest",
    "encode",
    "encode_bytes",
    "field_names",
    "known_classes",
    "makers",
]

LARGEST_TABLE = 5_000_000
_SAFE_INT = 2**53


class DecodeFault(ValueError):
    """The plain form is not one that `encode` makes; the pipeline says so in its own words."""


_TREE = (
    "Act And Arith AsOf Call CellBound CellRange CellSet Citation Collect "
    "Compare Const Contains Corpus Dated Each Exception_ First Fold Framework "
    "GateStep Outcome Profile "
    "Group HasFormat If In Is Judged Match Members Not Or Param ParamValue Parameter Quant Read Rule Several SubjectSpec Table TableRow TableUse Term "  # noqa: E501
    "TermUse Truthy Unique"
)
_TYPES = "BoolT CodeT DateT IntT ListT MoneyT NumberT PercentT PeriodT QuantityT RecordT RefT TextT TruthT"
_SHAPES = "CodeEntry CodeList Field Reading Shape Vocabulary"

_CLASSES: dict[str, type] = {
    **{name: getattr(tree, name) for name in _TREE.split()},
    **{name: getattr(types, name) for name in _TYPES.split()},
    **{name: getattr(shape, name) for name in _SHAPES.split()},
    "Both": tongue.Both,
    "Named": tongue.Named,
    "Period": period.Period,
    "Interval": period.Interval,
}
ENUMS: dict[str, type[Enum]] = {
    "State": fact.State,
    "Force": modality.Force,
    "QuantKind": tree.QuantKind,
    "PeriodKind": period.PeriodKind,
}
"""The closed sets of which values may be written and read, by tag."""


def known_classes(more: dict[str, type] | None = None) -> dict[str, type]:
    """The classes that may be written and read; `more` adds those of a later stage by name."""
    return {**_CLASSES, **(more or {})}


def field_names(cls: type) -> tuple[str, ...]:
    """The fields that a value is made of, in order."""
    return tuple(one.name for one in fields(cls) if one.init)


def encode(obj: Any, more: dict[str, type] | None = None, silent: frozenset[tuple[str, str]] = frozenset()) -> list[Any]:
    """The rows of a value; the last row is the value itself. Fields in `silent` (class, field) are left empty."""
    return _Writer(known_classes(more), silent).write(obj)


class _Writer:
    """Collects rows; a row is a scalar, or a list of a tag and the numbers of earlier rows."""

    def __init__(self, classes: dict[str, type], silent: frozenset[tuple[str, str]]) -> None:
        self.names = {cls: (tag, tuple((one, (tag, one) in silent) for one in field_names(cls))) for tag, cls in classes.items()}
        self.rows: list[Any] = []
        self.seen: dict[Any, int] = {}

    def write(self, obj: Any) -> list[Any]:
        at = self.add(obj)
        if at != len(self.rows) - 1:
            self.rows.append(["=", at])
        return self.rows

    def add(self, obj: Any) -> int:
        """The number of the row that holds the value."""
        if obj is None or isinstance(obj, bool) or (isinstance(obj, str) and not isinstance(obj, Enum)):
            return self._row((type(obj), obj), obj)
        if isinstance(obj, tuple):
            return self._node("()", tuple(self.add(item) for item in obj))
        if type(obj) in self.names:
            tag, names = self.names[type(obj)]
            return self._node(tag, tuple(self.add(None if quiet else getattr(obj, name)) for name, quiet in names))
        return self._scalar(obj)

    def _scalar(self, obj: Any) -> int:
        match obj:
            case Enum():
                return self._node(type(obj).__name__, (self.add(str(obj.value)),))
            case int() if abs(obj) < _SAFE_INT:
                return self._row((int, obj), obj)
            case int():
                return self._node("int", (self.add(str(obj)),))
            case Decimal():
                return self._node("decimal", (self.add(_plain(obj)),))
            case Fraction():
                return self._node("fraction", (self.add(str(obj)),))
            case date():
                return self._node("date", (self.add(obj.isoformat()),))
            case _:
                raise TypeError(f"no plain form for {type(obj).__name__}")

    def _node(self, tag: str, refs: tuple[int, ...]) -> int:
        return self._row((tag, refs), [tag, *refs])

    def _row(self, key: Any, row: Any) -> int:
        at = self.seen.get(key)
        if at is None:
            at = self.seen[key] = len(self.rows)
            self.rows.append(row)
        return at


def _plain(value: Decimal) -> str:
    """One spelling for each number: 1.50 and 1.5 are the same constant."""
    said = format(value, "f")
    if "." in said:
        said = said.rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def makers(classes: dict[str, type]) -> dict[str, Callable[..., Any]]:
    """What makes a value out of its fields in order, by tag; members of the closed sets too."""
    made: dict[str, Callable[..., Any]] = {
        "()": lambda *items: items,
        "=": lambda item: item,
        "int": int,
        "decimal": Decimal,
        "fraction": Fraction,
        "date": date.fromisoformat,
        **ENUMS,
    }
    for tag, cls in classes.items():
        made[tag] = _by_keyword(cls) if any(one.kw_only for one in fields(cls)) else cls
    return made


def _by_keyword(cls: type) -> Callable[..., Any]:
    names = field_names(cls)

    def make(*values: Any) -> Any:
        return cls(**dict(zip(names, values, strict=True)))

    return make


def decode(rows: Any, more: dict[str, type] | None = None) -> Any:
    """The value whose rows these are; DecodeFault for anything that `encode` would not make."""
    if not isinstance(rows, list) or not rows or len(rows) > LARGEST_TABLE:
        raise DecodeFault("no table of rows")
    made_by = makers(known_classes(more))
    nodes: list[Any] = []
    keep = nodes.append
    try:
        for row in rows:
            if type(row) is list:
                keep(made_by[row[0]](*[nodes[at] for at in row[1:]]))
            elif row is None or type(row) in (str, bool, int):
                keep(row)
            else:
                raise DecodeFault(f"no row is a {type(row).__name__}")
    except (KeyError, IndexError, TypeError, ValueError, InvalidOperation) as fault:
        raise DecodeFault(f"row {len(nodes)}: {fault}") from fault
    return nodes[-1]


def encode_bytes(obj: Any, more: dict[str, type] | None = None, silent: frozenset[tuple[str, str]] = frozenset()) -> bytes:
    """The canonical bytes of a value."""
    return orjson.dumps(encode(obj, more, silent))


def decode_bytes(data: bytes, more: dict[str, type] | None = None) -> Any:
    """The value of canonical bytes; DecodeFault when they are none."""
    try:
        rows = orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise DecodeFault("not JSON") from fault
    return decode(rows, more)


def digest(obj: Any, more: dict[str, type] | None = None) -> str:
    """The SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(encode_bytes(obj, more)).hexdigest()
