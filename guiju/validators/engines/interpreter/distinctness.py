"""唯一 and 首次出现: a value among the known values of its scope, which are gathered once for all subjects."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, assert_never

from guiju.dsl.ir.tree import Each, Expr, First, SubjectSpec, Unique
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import FieldRef
from guiju.validators.engines.interpreter.comparisons import hashable, ids_of
from guiju.validators.engines.interpreter.records import Node, RecordStore
from guiju.validators.engines.interpreter.values import Empty, Fault, Has, Holds, Operand, Outcome, Unknown

__all__ = ["Distinctness", "Scope"]

Scope = dict[int, Node]


class Distinctness(ABC):
    """Tests of a value among its fellows, for an evaluator that knows the value of every operand."""

    world: RecordStore
    spec: SubjectSpec
    memo: dict[Any, Any]

    @abstractmethod
    def operand(self, expr: Expr, scope: Scope) -> Operand:
        """The value of an operand, or why it has none."""

    def distinct(self, expr: Unique | First, scope: Scope) -> Outcome:
        """唯一 and 首次出现: this value among the known values of the scope; an unknown value is compared with nobody."""
        value = self.operand(expr.operand, scope)
        match value:
            case Fault():
                return value
            case Unknown(spots):
                return Holds(Truth.U, spots)
            case Empty():
                return Holds(Truth.V)
            case Has():
                pass
            case _:
                assert_never(value)
        twins = self.twins(expr, scope)
        if isinstance(expr, Unique):
            return Holds(Truth.of(len(twins) <= 1))
        return Holds(Truth.of(not twins or twins[0] == self._own_node(expr, scope).spot))

    def twins(self, expr: Unique | First, scope: Scope) -> list[FieldRef]:
        """The spots of all elements or subjects in scope that have this same known value, in reading order."""
        value = self.operand(expr.operand, scope)
        assert isinstance(value, Has)
        return self._values(expr, scope).get(hashable(value.value), [])

    def _own_node(self, expr: Unique | First, scope: Scope) -> Node:
        return scope[0] if expr.within is None else scope[self._element_var(expr.within, scope)]

    def _element_var(self, within: Each, scope: Scope) -> int:
        """The variable whose node is an element of that list."""
        owner = scope[within.var]
        found = [
            var
            for var, node in scope.items()
            if var != within.var and node.record == owner.record and ids_of(node.path) == ids_of(owner.path) + within.path
        ]
        if not found:
            raise TypeError("唯一 within a list needs a variable bound to its element")
        return max(found) if within.var == 0 else min(found, key=lambda var: abs(var - within.var))

    def _values(self, expr: Unique | First, scope: Scope) -> dict[Any, list[FieldRef]]:
        owner = None if expr.within is None else scope[expr.within.var].spot
        key = ("distinct", id(expr), owner)
        found: dict[Any, list[FieldRef]] | None = self.memo.get(key)
        if found is not None:
            return found
        found = {}
        for spot, inner in self._peers(expr, scope):
            value = self.operand(expr.operand, inner)
            if isinstance(value, Has):
                found.setdefault(hashable(value.value), []).append(spot)
        self.memo[key] = found
        return found

    def _peers(self, expr: Unique | First, scope: Scope) -> Iterable[tuple[FieldRef, Scope]]:
        if expr.within is None:
            for subject in self.world.subjects(self.spec):
                inner = self.world.scope(self.spec, subject)
                yield inner[0].spot, inner
            return
        var = self._element_var(expr.within, scope)
        for node in self.world.elements(scope[expr.within.var], expr.within.path).sure:
            yield node.spot, {**scope, var: node}
