"""Emits the columns of unique, foreign key and group by operators.

Every other rule across records is left to lookup joins or to the interpreter. `joins.operators` computes the results.
"""

from typing import Any

from guiju.dsl.ir.tree import Compare, Const, Corpus, Expr, Fold, Members, Quant, QuantKind, Read, Rule, SubjectSpec, Truthy, Unique
from guiju.terms.modality import Force
from guiju.terms.types import BoolT, CodeT, DateT, IntT, RefT, TextT, Type
from guiju.validators.engines.compiled.codegen.emitter import Scope, Unsupported, Value
from guiju.validators.engines.compiled.codegen.predicates import PredicateEmitter
from guiju.validators.engines.compiled.codegen.region import Cursor
from guiju.validators.engines.joins.specs import CrossRecordSpec, ForeignKeySpec, GroupSizeSpec, GroupSpec, UniqueSpec

__all__ = ["CrossRecordEmitter"]


class CrossRecordEmitter(PredicateEmitter):
    """Emits such columns."""

    def wide(self, at: int, rule: Rule, root: Cursor, scope: Scope | None) -> tuple[CrossRecordSpec, str]:
        """The spec of the rule, and the expression of its column on each subject. Raises Unsupported for all other rules."""
        if (
            rule.applies is not None
            or rule.act is not None
            or rule.exceptions
            or rule.yields_to
            or rule.force.forbids
            or rule.force is Force.MAY
        ):
            raise Unsupported
        match rule.requirement:
            case Unique(operand=Read(var=0, path=path, type=type), within=None) if not rule.subject.path and rule.subject.group is None:
                return UniqueSpec(at, rule.subject.shape, path), self._key(root, path, type)
            case Quant(kind=QuantKind.SOME, source=Corpus(shape=shape, keys=((path, operand),)), body=body) if scope and _always(body):
                return ForeignKeySpec(at, shape, path), self._reference(operand, shape, path, scope)
            case Compare(op=op, left=Fold() as fold, right=Const(value=bound)) if rule.subject.group is not None:
                return self._grouped(at, rule.subject, fold, op, bound, root, swapped=False)
            case Compare(op=op, left=Const(value=bound), right=Fold() as fold) if rule.subject.group is not None:
                return self._grouped(at, rule.subject, fold, op, bound, root, swapped=True)
            case _:
                raise Unsupported

    def key(self, root: Cursor, path: tuple[str, ...]) -> str:
        """The field by which other records find this one."""
        cursor = self.node({0: root}, 0, path)
        return self._key(root, path, cursor.type)

    def _key(self, root: Cursor, path: tuple[str, ...], type: Type) -> str:
        cursor = self.node({0: root}, 0, path, type)
        if not isinstance(cursor.type, TextT | IntT | DateT | CodeT | RefT) or type != cursor.type:
            raise Unsupported
        return self.read(cursor).text

    def _reference(self, operand: Expr, shape: str, path: tuple[str, ...], scope: Scope) -> str:
        declared = self.vocabulary.shape(shape)
        if declared.register or not isinstance(operand, Read) or len(path) != 1:
            raise Unsupported
        field = declared.field(path[0])
        cursor = self.node(scope, operand.var, operand.path, operand.type)
        if field is None or not isinstance(field.type, TextT | CodeT | RefT) or not isinstance(cursor.type, TextT | CodeT | RefT):
            raise Unsupported
        return self.read(cursor).text

    def _grouped(
        self, at: int, spec: SubjectSpec, fold: Fold, op: str, bound: Any, root: Cursor, *, swapped: bool
    ) -> tuple[CrossRecordSpec, str]:
        if not isinstance(fold.source, Members) or fold.fn not in ("distinct", "share", "count", "sum") or spec.group is None:
            raise Unsupported
        reads = spec.group.reads
        if reads is None:
            raise Unsupported
        keys = tuple(key.path for key in reads)
        names = [self._key(root, key.path, key.type) for key in reads]
        if fold.fn == "count" and fold.item is fold.where is fold.among is None:
            key = names[0] if len(names) == 1 else f"None if {' or '.join(f'{name} is None' for name in names)} else ({', '.join(names)})"
            return GroupSizeSpec(at, spec.shape, keys, fold.type, op, bound, swapped), key
        missing = " or ".join(f"{name} is None" for name in names)
        key = self.emit(root.region, False, f"None if {missing} else ({', '.join(names)},)", "p")
        scope: Scope = {fold.var: root, 0: root}
        item = self._member(fold, scope, root)
        return GroupSpec(at, spec.shape, keys, fold.fn, fold.type, op, bound, swapped), f"({key}, {item})"

    def _member(self, fold: Fold, scope: Scope, root: Cursor) -> str:
        """What one member brings: a value, SKIP, or OPEN; the last where it leaves the aggregate unknown."""
        asked: list[Value] = []
        text = self._brought(fold, scope, root, asked)
        _, deep = self.place(root.region, list(asked))
        return self.emit(root.region, deep, text, "p")

    def _brought(self, fold: Fold, scope: Scope, root: Cursor, asked: list[Value]) -> str:
        text = ""
        for condition in (fold.among, None if fold.fn == "share" else fold.where):
            if condition is not None:
                asked.append(self.code(condition, scope, root.region))
                code = asked[-1].text
                text += f"SKIP if {code} == 0 or {code} == 3 else OPEN if {code} == 1 else "
        if fold.fn == "share" and fold.where is not None:
            asked.append(self.code(fold.where, scope, root.region))
            code = asked[-1].text
            return text + f"SKIP if {code} == 3 else OPEN if {code} == 1 else {code} >> 1"
        if fold.item is None:
            return text + "1"
        value = self.operand(fold.item, scope, root.region)
        asked.append(value)
        text += f"OPEN if {value.text} is None else " if value.open else ""
        text += f"SKIP if {value.text} is EMPTY else " if value.hollow else ""
        return text + value.text


def _always(body: Expr) -> bool:
    return (
        isinstance(body, Truthy) and isinstance(body.operand, Const) and body.operand.value is True and isinstance(body.operand.type, BoolT)
    )
