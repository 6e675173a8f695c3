"""Emits lookup joins: rules that look for a record of which they ask more than equal keys.

The condition is split into parts: tests of the found record alone go to the build side, tests of the subject alone to the probe
side, and only the values of residual predicates are kept in both columns. The rule itself is emitted three times: with the lookup
false, unknown and true. What looks is the quantifier over records, or the quantifier over a list whose elements look.
"""

from collections.abc import Callable, Iterator

from guiju.dsl.ir.rewrite import rewrite, rule_with
from guiju.dsl.ir.tree import (
    And,
    Compare,
    Const,
    Corpus,
    Each,
    Expr,
    First,
    Fold,
    Is,
    Members,
    Param,
    Quant,
    QuantKind,
    Read,
    Rule,
    Truthy,
    Unique,
)
from guiju.dsl.ir.typing import type_of
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, PeriodT, RecordT, RefT, TextT, TruthT
from guiju.validators.engines.compiled.codegen.assemble import FunctionAssembler
from guiju.validators.engines.compiled.codegen.emitter import Scope, Unsupported
from guiju.validators.engines.compiled.codegen.module import Draft
from guiju.validators.engines.compiled.codegen.region import Region
from guiju.validators.engines.compiled.codegen.rule_lines import RuleTest, indented
from guiju.validators.engines.joins.specs import BuildSpec, ProbeSpec
from guiju.validators.engines.state import State
from guiju.validators.plan.footprint import children, expressions

__all__ = ["LookupEmitter", "LookupParts", "parts_of"]

_BOOL = BoolT()
_TRUTHS: tuple[Expr, Expr, Expr] = (Truthy(Const(False, _BOOL)), Truthy(Param("?", _BOOL)), Truthy(Const(True, _BOOL)))
"""What is false, unknown and true, whatever is asked about."""
_MIRRORED = {"=": "=", "≠": "≠", "<": ">", "≤": "≥", ">": "<", "≥": "≤"}
_KEYS = TextT | IntT | DateT | CodeT | RefT


@fast_dataclass(frozen=True, slots=True)
class LookupParts:
    """The parts of a lookup: `theirs` tests the record alone, `own` the subject alone, `pairs` (op, side of the record, side of the
    subject) compare both.

    `outer` is the quantifier over a list whose elements look; None where the subject itself does.
    """

    quant: Quant
    source: Corpus
    outer: Quant | None
    theirs: Expr | None
    own: Expr | None
    pairs: tuple[tuple[str, Expr, Expr], ...]

    @property
    def keyed(self) -> bool:
        """Whether only one key is asked for."""
        return self.theirs is None and not self.pairs and len(self.source.keys) == 1

    def form(self, rule: int) -> ProbeSpec:
        """The spec of the probe side."""
        kind, count = (self.outer.kind, self.outer.count) if self.outer is not None else (QuantKind.SOME, 0)
        return ProbeSpec(
            rule,
            self.source.shape,
            tuple(key for key, _ in self.source.keys),
            tuple(op for op, _, _ in self.pairs),
            kind,
            count,
            self.quant.kind is QuantKind.NO,
            self.keyed,
        )

    def answered(self, rule: Rule) -> tuple[Rule, Rule, Rule]:
        """The rule with its lookup false, unknown and true."""
        false, unknown, true = (rule_with(rule, _swapped(self.outer or self.quant, truth)) for truth in _TRUTHS)
        return false, unknown, true

    def counted_only(self, rule: Rule) -> Rule:
        """The rule where no lookup of an element can change the verdict."""
        return rule_with(rule, _swapped(self.quant, _TRUTHS[0]))

    def bodies(self, outer: Quant) -> tuple[Expr, Expr, Expr]:
        """The body of the quantifier over elements, with the lookup false, unknown and true."""
        false, unknown, true = (_swapped(self.quant, truth)(outer.body) for truth in _TRUTHS)
        return false, unknown, true


def parts_of(rule: Rule, vocabulary: Vocabulary) -> LookupParts | None:
    """The parts of a rule; None where it looks for nothing, for several things, or cannot be split."""
    looks = [(node, within) for root in expressions(rule) for node, within in _nodes(root) if _looks(node, vocabulary)]
    if len(set(looks)) != 1 or len(looks[0][1]) > 1:
        return None
    quant, outer = looks[0][0], next(iter(looks[0][1]), None)
    if not isinstance(quant, Quant) or quant.kind not in (QuantKind.SOME, QuantKind.NO) or not isinstance(quant.source, Corpus):
        return None
    if outer is not None and not (isinstance(outer, Quant) and isinstance(outer.source, Each)):
        return None
    if not quant.source.keys or any(isinstance(node, Unique | First) for node, _ in _nodes(quant)):
        return None
    return _apart(quant, quant.source, outer if isinstance(outer, Quant) else None)


def _looks(node: Expr, vocabulary: Vocabulary) -> bool:
    return isinstance(node, Quant | Fold) and isinstance(node.source, Corpus) and not vocabulary.shape(node.source.shape).register


def _nodes(expr: Expr, within: tuple[Expr, ...] = ()) -> Iterator[tuple[Expr, tuple[Expr, ...]]]:
    """Each node with the quantifiers and aggregates around it."""
    yield expr, within
    inner = (*within, expr) if isinstance(expr, Quant | Fold) else within
    for one in children(expr):
        yield from _nodes(one, inner)


def _apart(quant: Quant, source: Corpus, outer: Quant | None) -> LookupParts | None:
    theirs: list[Expr] = []
    own: list[Expr] = []
    pairs: list[tuple[str, Expr, Expr]] = []
    for one in quant.body.args if isinstance(quant.body, And) else (quant.body,):
        free = _free(one)
        if one == _TRUTHS[2]:
            continue
        if quant.var not in free:
            own.append(one)
        elif free == {quant.var}:
            theirs.append(one)
        elif isinstance(one, Compare) and (pair := _pair(one, quant.var)) is not None:
            pairs.append(pair)
        else:
            return None
    return LookupParts(quant, source, outer, _all(theirs), _all(own), tuple(pairs))


def _pair(test: Compare, var: int) -> tuple[str, Expr, Expr] | None:
    """The comparison with the record's side first; None where one side reads both, or orders in a way of its own."""
    if isinstance(type_of(test.left), PeriodT | RecordT | ListT | TruthT):
        return None
    match _free(test.left) == {var}, _free(test.right) == {var}:
        case True, False if var not in _free(test.right):
            return test.op, test.left, test.right
        case False, True if var not in _free(test.left):
            return _MIRRORED[test.op], test.right, test.left
        case _:
            return None


def _all(parts: list[Expr]) -> Expr | None:
    return None if not parts else parts[0] if len(parts) == 1 else And(tuple(parts))


def _free(expr: Expr) -> set[int]:
    """The variables that an expression takes from outside."""
    match expr:
        case Read():
            return {expr.var}
        case Is():
            return {expr.operand.var}
    found = {var for one in children(expr) for var in _free(one)}
    if isinstance(expr, Quant | Fold):
        found.discard(expr.var)
        match expr.source:
            case Each():
                found.add(expr.source.var)
            case Members():
                found.add(-1)
    return found


def _swapped(old: Expr, new: Expr) -> Callable[[Expr], Expr]:
    """Puts one expression in the place of another."""

    def change(expr: Expr) -> Expr:
        return new if expr == old else rewrite(expr, change)

    return change


class LookupEmitter(FunctionAssembler):
    """Emits the columns of lookup joins."""

    def _test_of(self, at: int, rule: Rule, scope: Scope, draft: Draft) -> RuleTest:
        raise NotImplementedError

    def _seek(self, at: int, rule: Rule, scope: Scope, draft: Draft, way: str) -> None:
        """Emits the probes of a rule. Raises Unsupported and TooDeep where it cannot be stated."""
        parts = parts_of(rule, self.vocabulary)
        if parts is None or rule.subject.group is not None:
            raise Unsupported
        here = scope[0].region
        names = [self.fresh("w") for _ in _TRUTHS]
        counters: dict[tuple[int, str], None] = {}
        lines: list[str] = []
        for name, answered in zip(names, parts.answered(rule), strict=True):
            lines += self._stated(name, self._test_of(at, answered, scope, draft), counters)
        if parts.outer is None:
            asks, base = f"(({self._ask(parts, scope, here)}, (0, 1, 2)),)", "(0, 0, 0, False)"
        else:
            asks, base = self._list_looks(parts, parts.outer, rule, scope)
            counted_only = self._test_of(at, parts.counted_only(rule), scope, draft)
            told = [*self._stated(names[0], counted_only, counters), f"{names[1]} = {names[2]} = {names[0]}"]
            lines = [f"if {asks}:", *indented(lines), "else:", *indented(told)]
            asks = f"tuple({asks})"
        column = f"col{len(draft.columns)}(((({', '.join(names)}), {asks}, {base}), number, ({way})))"
        told = [f"if {names[0]} == {state}: {name} += 1" for state, name in counters]
        one = f"{names[0]} == {names[1]} == {names[2]} and {names[0]} not in ({int(State.FAIL)}, {int(State.UNDETERMINED)})"
        here.tests.extend([*lines, f"if {one}:", *indented(told or ["pass"]), f"else: {column}"])
        draft.columns.append(parts.form(at))

    def _stated(self, name: str, test: RuleTest, counters: dict[tuple[int, str], None]) -> list[str]:
        """Lines that put the state of a rule into a local."""
        counters |= dict.fromkeys(test.counters)
        return [f"{name} = 0", *test.written(lambda state: [f"{name} = {state}"], lambda _: "pass", (), True)]

    def _ask(self, parts: LookupParts, scope: Scope, here: Region) -> str:
        """The (key, own values) of one probe."""
        keys = [self._bare(operand, scope, here, keys=True) for _, operand in parts.source.keys]
        values = [self._bare(operand, scope, here) for _, _, operand in parts.pairs]
        return f"{_tuple(keys)}, {_tuple([self._whether(parts.own, scope, here), *values])}"

    def _whether(self, test: Expr | None, scope: Scope, here: Region) -> str:
        """The code of a test; that of true without a test."""
        if test is None:
            return "2"
        found = self.code(test, scope, here)
        self.place(here, [found])
        if found.hollow:
            raise Unsupported
        return found.text

    def _bare(self, operand: Expr, scope: Scope, here: Region, *, keys: bool = False) -> str:
        value = self.operand(operand, scope, here)
        self.place(here, [value])
        if value.hollow or (keys and not isinstance(type_of(operand), _KEYS)):
            raise Unsupported
        return value.text

    def _list_looks(self, parts: LookupParts, outer: Quant, rule: Rule, scope: Scope) -> tuple[str, str]:
        """Emits the probes of the elements of a list, and the counts of the other elements."""
        if rule.subject.path or not isinstance(outer.source, Each):
            raise Unsupported
        cursor, gap = self.loop(outer.source, scope, scope[0].region, shared=True)
        inner, home = cursor.region, cursor.region.owner
        assert home is not None
        within = {**scope, outer.var: cursor}
        first, second, third = (self._whether(body, within, inner) for body in parts.bodies(outer))
        ask = self._ask(parts, within, inner)
        asks, true, false, unknown = self.fresh("l"), self.fresh("t"), self.fresh("t"), self.fresh("t")
        home.pre.extend([f"{asks} = []", f"{true} = {false} = {unknown} = 0"])
        lines = [
            f"if {first} == {second} == {third}:",
            f"    if {first} == 2: {true} += 1",
            f"    elif {first} == 0: {false} += 1",
            f"    else: {unknown} += 1",
            f"else: {asks}.append(({ask}, ({first}, {second}, {third})))",
        ]
        inner.tests.extend(lines)
        return asks, f"({true}, {false}, {unknown}, {gap})"

    def _emit_build(self, at: int, parts: LookupParts, draft: Draft) -> None:
        """Emits the build side of a rule. Raises Unsupported and TooDeep where it cannot be stated."""
        scope, top = {parts.quant.var: draft.root}, draft.top
        keys = [self._key(draft.root, path, self.node({0: draft.root}, 0, path).type) for path, _ in parts.source.keys]
        values = [self._bare(operand, scope, top) for _, operand, _ in parts.pairs]
        code = self._whether(parts.theirs, scope, top)
        column = f"col{len(draft.columns)}((number, {code}, {_tuple(keys)}, {_tuple(values)}))"
        top.tests.append(column if code == "2" else f"if {code}: {column}")
        draft.columns.append(BuildSpec(at, parts.source.shape))


def _tuple(texts: list[str]) -> str:
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"
