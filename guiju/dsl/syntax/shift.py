"""Moves everything that was read at one place of a text to another place: the same tree, other offsets.

Only spans change; nothing is read again.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple, TypeVar

from guiju.diagnostics.span import Span

__all__ = ["shift", "strip_spans"]

_T = TypeVar("_T")

_set: Callable[[object, str, object], None] = object.__setattr__
_new = object.__new__

# Annotations of fields that can hold no span.
_PLAIN = re.compile(r"(str|int|bool|Decimal|date|Tongue|Safety|None|Both|tuple\[(str, \.\.\.)\]|[| \"'])*")


class _Plan(NamedTuple):
    """The fields of a class: those that are spans, those that may hold some, and the rest."""

    spans: tuple[str, ...]
    holders: tuple[str, ...]
    plain: tuple[str, ...]


_PLANS: dict[type, _Plan | None] = {}


def _plan(kind: type) -> _Plan | None:
    """How values of a class are copied, found out once; None for one that is no node."""
    if kind not in _PLANS:
        _PLANS[kind] = _make_plan(kind) if is_dataclass(kind) else None
    return _PLANS[kind]


def _make_plan(kind: type) -> _Plan:
    spans, holders, plain = [], [], []
    for each in fields(kind):
        annotation = each.type if isinstance(each.type, str) else getattr(each.type, "__name__", str(each.type))
        if each.type is Span:
            spans.append(each.name)
        elif _PLAIN.fullmatch(annotation):
            plain.append(each.name)
        else:
            holders.append(each.name)
    return _Plan(tuple(spans), tuple(holders), tuple(plain))


def shift(value: _T, by: int) -> _T:
    """The same value with every span in it moved by so many code points."""
    if by == 0:
        return value
    moved: _T = _walk(value, lambda span: Span(span.file, span.start + by, span.end + by))
    return moved


def strip_spans(value: _T) -> _T:
    """The same value with every span made empty: what is left is what was said, not where."""
    nowhere = Span("", 0, 0)
    stripped: _T = _walk(value, lambda span: nowhere)
    return stripped


def _walk(value: Any, move: Callable[[Span], Span]) -> Any:
    kind = type(value)
    if kind is tuple:
        return tuple([_walk(item, move) for item in value]) if value else value
    if kind is Span:
        return move(value)
    plan = _plan(kind)
    if plan is None:
        return value
    made = _new(kind)
    for name in plan.spans:
        _set(made, name, move(getattr(value, name)))
    for name in plan.holders:
        _set(made, name, _walk(getattr(value, name), move))
    for name in plan.plain:
        _set(made, name, getattr(value, name))
    return made
