"""What is seen of rules beside their verdicts: gaps in tables, rules that no profile reaches, days of change, local beside national."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.encoding.asking import Scope
from guiju.proofs.encoding.bounds import expressions_of
from guiju.proofs.encoding.collections import elements
from guiju.proofs.encoding.days import Days
from guiju.proofs.encoding.expressions import Encoder
from guiju.proofs.encoding.logic import Formula, all_of
from guiju.proofs.encoding.rules import RuleEncoder, SubjectTerm
from guiju.proofs.questions import Setting, Witness, confirm, find_near, prepared
from guiju.proofs.solver import Answer
from guiju.terms.modality import Force
from guiju.terms.places import COUNTRY, holds_in
from guiju.validators.plan.footprint import fields_read
from guiju.validators.plan.profiles import is_inside

__all__ = ["Below", "TableFault", "days_of_change", "falls_below", "local_pairs", "table_faults", "unreached"]

_DAY = timedelta(days=1)
# What sets a limit to a value; that it is there, or can be read, is none.
_LIMITS = (ir.Compare, ir.Contains, ir.HasFormat, ir.In, ir.Match, ir.Truthy)


@dataclass(frozen=True, slots=True)
class TableFault:
    """A table of a rule: inputs for which it has no row (`row` is 0), or a row that those above it cover."""

    rule: str
    row: int
    answer: Answer
    witness: Witness | None = None


def table_faults(rule: ir.Rule, setting: Setting) -> tuple[TableFault, ...]:
    """Gaps and covered rows of the tables that a rule uses. Raises Unencodable."""
    if not any(isinstance(one, ir.Call) and one.fn == "no_row" for expr in expressions_of(rule) for one in _all(expr)):
        return ()
    ready = prepared(rule, setting)
    found: list[TableFault] = []
    for subject, _ in ready.subjects[:1]:
        encoder = Encoder(ready.world, Days(setting.calendar), subject.scope, rule.subject, subject.members)
        for expr in expressions_of(ready.rule):
            for conditions, args, scope in _tables(expr, subject.scope, encoder):
                tests = [encoder.holds(one, scope) for one in conditions]
                known = all_of(subject.there, *(encoder.operand(one, scope).has for one in args))
                # A table is not asked where the rule does not apply; its rows are read from above wherever they stand.
                asked = (
                    encoder.holds(ready.rule.applies, subject.scope).t if expr is not ready.rule.applies and ready.rule.applies else known
                )
                wishes = [(0, all_of(known, asked, *(one.f for one in tests)))]
                wishes += [(row, all_of(known, one.t, *(other.f for other in tests[: row - 1]))) for row, one in enumerate(tests, 1)]
                for row, wish in wishes:
                    answer, documents = find_near(ready.solver, [wish], setting)
                    if (row == 0) is (answer.answer is Answer.YES):
                        witness = confirm(documents, subject, None, ready, setting) if documents is not None else None
                        found.append(TableFault(rule.id, row, answer.answer, witness))
    return tuple(dict.fromkeys(found)) if all(one.witness is None for one in found) else tuple(found)


def _where_asked(rule: ir.Rule, expr: ir.Expr, subject: SubjectTerm, encoder: Encoder) -> Formula:
    """That the rule applies, for what is asked only then."""
    if rule.applies is None or expr is rule.applies or (rule.act is not None and expr is rule.act.within):
        return all_of()
    return encoder.holds(rule.applies, subject.scope).t


def _all(expr: ir.Expr) -> Iterator[ir.Expr]:
    yield expr
    for one in children(expr):
        yield from _all(one)


def _tables(expr: ir.Expr, scope: Scope, encoder: Encoder) -> Iterator[tuple[list[ir.Expr], tuple[ir.Expr, ...], Scope]]:
    """The tables in an expression: their rows' conditions, their inputs, and where they stand."""
    if isinstance(expr, ir.If):
        conditions: list[ir.Expr] = []
        below: ir.Expr = expr
        while isinstance(below, ir.If) and isinstance(below.then, ir.Const):
            conditions.append(below.cond)
            below = below.other
        if isinstance(below, ir.Call) and below.fn == "no_row" and conditions:
            yield conditions, below.args, scope
            return
    inner = scope
    if isinstance(expr, ir.Quant | ir.Fold):
        held = elements(encoder, expr.source, scope)
        if not held.nodes:
            return
        inner = {**scope, expr.var: held.nodes[0][0]}
    for one in children(expr):
        yield from _tables(one, inner, encoder)


# ---- reach -------------------------------------------------------------------------------------------------------------------


def unreached(ruleset: Ruleset) -> tuple[ir.Rule, ...]:
    """The rules that no profile takes in: a check that takes a profile for their kind never asks them."""
    if not ruleset.profiles:
        return ()
    kinds = {shape for profile in ruleset.profiles for shape in profile.shapes}
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    return tuple(
        rule
        for rule in ruleset.rules
        if not rule.of_profile
        and rule.subject.shape not in registers
        and (rule.subject.shape not in kinds or not any(is_inside(rule, profile) for profile in ruleset.profiles))
    )


def days_of_change(ruleset: Ruleset) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The days on which answers may change, with the rules that begin, end, or read something that does."""
    found: dict[date, set[str]] = {}
    for rule in ruleset.rules:
        for day in (rule.start, rule.end + _DAY if rule.end is not None and rule.end < date.max else None):
            if day is not None:
                found.setdefault(day, set()).add(rule.id)
    dated = {one.id: one for one in ruleset.parameters}
    for rule in ruleset.rules:
        used = {node.id for expr in expressions_of(rule) for node in _all(expr) if isinstance(node, ir.Param)}
        for id in used & dated.keys():
            for value in dated[id].values:
                for day in (value.start, value.end + _DAY if value.end is not None else None):
                    if day is not None:
                        found.setdefault(day, set()).add(rule.id)
    return tuple((day, tuple(sorted(rules))) for day, rules in sorted(found.items()))


# ---- local beside national ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Below:
    """A document that a local rule lets pass and a mandatory national rule on the same facts does not.

    YES only where there is none the other way round: a local rule that sets another limit to the same facts falls below nothing.
    """

    local: ir.Rule
    national: ir.Rule
    answer: Answer
    witness: Witness | None = None


def local_pairs(rules: Sequence[ir.Rule], ruleset: Ruleset) -> Iterator[tuple[ir.Rule, ir.Rule]]:
    """Local rules beside mandatory national ones whose requirements set limits to the very same fields of one subject."""
    by_place: dict[bool, list[tuple[ir.Rule, frozenset[object]]]] = {True: [], False: []}
    for rule in rules:
        if not rule.citations or rule.implicit or rule.force not in (Force.SHALL, Force.SHALL_NOT, Force.SHOULD, Force.SHOULD_NOT):
            continue
        bare = replace(rule, applies=None, exceptions=())
        fields: frozenset[object] = frozenset(fields_read(bare, ruleset.vocabulary))
        local = all(one.place != COUNTRY and holds_in(COUNTRY, one.place) for one in rule.citations)
        national = any(one.place == COUNTRY for one in rule.citations) and rule.force in (Force.SHALL, Force.SHALL_NOT)
        if (local or national) and any(isinstance(one, _LIMITS) for one in _all(rule.requirement)):
            by_place[local].append((rule, fields))
    for local_rule, fields in by_place[True]:
        for national_rule, others in by_place[False]:
            if local_rule.subject == national_rule.subject and fields and fields == others:
                yield local_rule, national_rule


def falls_below(local: ir.Rule, national: ir.Rule, setting: Setting) -> Below:
    """Whether the local rule passes a document that the national one does not, and never the other way round. Raises Unencodable."""
    first = prepared(local, setting, rules=(local, national))
    position = first.plan.position(national.id)
    assert position is not None
    encoder = RuleEncoder(first.world, Days(setting.calendar), first.plan)
    for subject, verdicts in first.subjects[:1]:
        other = encoder.verdicts(first.plan.rules[position].rule, subject)
        wish: Formula = all_of(verdicts.passed, other.failed)
        found, documents = find_near(first.solver, [wish], setting)
        if found.answer is Answer.NO:
            continue
        beyond = first.solver.check([all_of(other.passed, verdicts.failed)]).answer
        if beyond is Answer.UNKNOWN:
            return Below(local, national, beyond)
        if beyond is Answer.NO:
            witness = confirm(documents, subject, None, first, setting) if documents is not None else None
            return Below(local, national, found.answer, witness)
    return Below(local, national, Answer.NO)
