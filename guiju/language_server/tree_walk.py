"""What stands below a node of the syntax tree, whatever node it is."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from guiju.diagnostics.span import Span
from guiju.dsl.syntax.tree import DateLiteral, Number

__all__ = ["below", "literals_in", "spans_around"]


def below(node: Any) -> Iterator[Any]:
    """Every node of the tree below a node, itself first."""
    if isinstance(node, tuple):
        for one in node:
            yield from below(one)
    elif is_dataclass(node) and not isinstance(node, Span):
        yield node
        for one in fields(node):
            yield from below(getattr(node, one.name))


def literals_in(node: Any) -> Iterator[Number | DateLiteral]:
    """The numbers and dates below a node."""
    return (one for one in below(node) if isinstance(one, Number | DateLiteral))


def spans_around(node: Any, offset: int) -> list[Span]:
    """The spans of the nodes that hold an offset, widest first, each once."""
    found = [one.span for one in below(node) if isinstance(getattr(one, "span", None), Span)]
    around = {span for span in found if span.start <= offset <= span.end and span.end > span.start}
    return sorted(around, key=lambda span: (span.start - span.end, span.start))
