"""Moves everything that was read at one place of a text to another place: the same tree, other offsets.

Only spans change; nothing is read again.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from guiju.diagnostics.span import Span

__all__ = ["shift", "strip_spans"]

_T = TypeVar("_T")

# For each class of nodes, the fields that may hold spans; found out once.
_HOLDERS: dict[type, tuple[str, ...]] = {}
_ATOMS = (str, bytes, int, bool, float, type(None))
_set: Callable[[object, str, object], None] = object.__setattr__


def shift(value: _T, by: int) -> _T:
    """The same value with every span in it moved by so many code points."""
    return value if by == 0 else _shift(value, by)


def _shift(value: Any, by: int) -> Any:
    kind = type(value)
    if kind is Span:
        return Span(value.file, value.start + by, value.end + by)
    if kind is tuple:
        return tuple([_shift(item, by) for item in value]) if value else value
    if kind in _ATOMS:
        return value
    names = _HOLDERS.get(kind)
    if names is None:
        names = _HOLDERS[kind] = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
    if not names:
        return value
    made: Any = object.__new__(kind)
    for name in names:
        _set(made, name, _shift(getattr(value, name), by))
    return made


def strip_spans(value: _T) -> _T:
    """The same value with every span made empty: what is left is what was said, not where."""
    return _strip(value)


def _strip(value: Any) -> Any:
    kind = type(value)
    if kind is Span:
        return Span("", 0, 0)
    if kind is tuple:
        return tuple([_strip(item) for item in value])
    if kind in _ATOMS or not is_dataclass(kind):
        return value
    made: Any = object.__new__(kind)
    for each in fields(kind):
        _set(made, each.name, _strip(getattr(value, each.name)))
    return made
