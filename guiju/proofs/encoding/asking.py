"""What the parts of the encoder ask of one another."""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from guiju.dsl.ir.tree import Expr, SubjectSpec
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.documents import Node, World
from guiju.proofs.encoding.logic import Formula, Truth3, Value

__all__ = ["Asking", "Scope"]

Scope: TypeAlias = dict[int, Node]
"""The node of each variable."""


class Asking(Protocol):
    """An encoder of one rule about one subject; `members` are those of a group, each with when it belongs to it."""

    world: World
    days: Days
    spec: SubjectSpec
    members: tuple[tuple[Node, Formula], ...]

    def holds(self, expr: Expr, scope: Scope) -> Truth3: ...
    def operand(self, expr: Expr, scope: Scope) -> Value: ...
    def as_operand(self, truth: Truth3) -> Value: ...
    def value(self, node: Node) -> Value: ...
    def compared(self, op: str, sort: str, left: Any, right: Any) -> tuple[Formula, Formula]: ...
    def strict(self, values: tuple[Value, ...], sort: str, then: Callable[..., tuple[Any, Formula, Formula]]) -> Value: ...
