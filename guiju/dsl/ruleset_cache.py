"""A sealed ruleset as one machine keeps it between two runs: loaded in half the time of the sealed file, and of no meaning elsewhere.

It is written by `pickle`, whose reader builds values without interpreting a table row by row. That reader is given the classes
of the intermediate form and nothing else: no bytes can name another class or function.
"""

import hashlib
import io
import pickle
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any

from guiju.dsl.ir.encode import ENUMS, field_names, known_classes, makers
from guiju.dsl.ruleset import CLASSES, Ruleset, RulesetFault, from_bytes, to_bytes

__all__ = ["from_cache", "to_cache"]

# What values are made by, besides the classes of the intermediate form.
_ALLOWED = frozenset({(__name__, "_maker"), ("datetime", "date"), ("decimal", "Decimal"), ("fractions", "Fraction")})


def to_cache(ruleset: Ruleset) -> bytes | None:
    """The bytes to keep; None where a rule nests too deeply for the writer."""
    written = io.BytesIO()
    try:
        # Out of the sealed file equal values come as one, and are then written once.
        _Writer(written, 5).dump(from_bytes(to_bytes(ruleset)))
    except RecursionError:
        return None
    return _layout() + written.getvalue()


def from_cache(data: bytes) -> Ruleset:
    """The ruleset; RulesetFault when the bytes are none, or were written by classes with other fields."""
    layout = _layout()
    if not data.startswith(layout):
        raise RulesetFault("no kept ruleset of this version")
    try:
        ruleset = _Reader(io.BytesIO(data[len(layout) :])).load()
    except Exception as fault:  # whatever broken bytes lead to
        raise RulesetFault("no kept ruleset") from fault
    if not isinstance(ruleset, Ruleset):
        raise RulesetFault("no kept ruleset")
    return ruleset


class _Writer(pickle.Pickler):
    """Writes a value of the intermediate form as a token of its class and its fields."""

    def reducer_override(self, obj: Any) -> Any:
        token = _tokens().get(type(obj))
        return NotImplemented if token is None else (token, tuple(getattr(obj, name) for name in _names(type(obj))))


class _Token:
    """Stands for what makes the values of a class; read, it is that."""

    def __init__(self, tag: str) -> None:
        self.tag = tag

    def __call__(self, *values: Any) -> Any:
        return _maker(self.tag)(*values)

    def __reduce__(self) -> tuple[Callable[[str], Callable[..., Any]], tuple[str]]:
        return _maker, (self.tag,)


class _Reader(pickle.Unpickler):
    """Knows no names but those that a ruleset needs."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a ruleset")
        return super().find_class(module, name)


def _names(cls: type) -> tuple[str, ...]:
    return ("value",) if issubclass(cls, Enum) else field_names(cls)


@cache
def _classes() -> dict[str, type]:
    return {**known_classes(CLASSES), **ENUMS}


@cache
def _tokens() -> dict[type, _Token]:
    return {cls: _Token(tag) for tag, cls in _classes().items()}


@cache
def _makers() -> dict[str, Callable[..., Any]]:
    return makers(known_classes(CLASSES))


def _maker(tag: str) -> Callable[..., Any]:
    return _makers()[tag]


@cache
def _layout() -> bytes:
    """A line that is another one as soon as a class has other fields."""
    told = tuple((tag, _names(cls)) for tag, cls in sorted(_classes().items()))
    return hashlib.sha256(repr(told).encode()).hexdigest().encode() + b"\n"
