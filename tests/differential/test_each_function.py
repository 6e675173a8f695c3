"""Each builtin, operator and aggregate once by hand: on known values it gives what it should, and with any of them unknown it is open.

What is drawn at random meets each of them seldom; here none can be forgotten.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.dsl.builtins import AGGREGATES, BUILTINS, Builtin, Sort
from guiju.dsl.ir import tree as ir
from guiju.standards.load import load_calendar
from guiju.terms.fact import Path
from guiju.terms.modality import Force
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, PeriodT, RecordT, TextT, Type
from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner, run
from guiju.validators.engines.interpreter.values import Has
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from tests.differential.strategies import ARITHMETIC, AS_OF, SORTS, TIME, Drawn

PART = {"text": "甲", "whole": 2, "number": 1}
GIVEN: dict[str, Any] = {
    "text": "12.5",
    "word": "甲",
    "whole": 2,
    "number": Decimal("-2.25"),
    "day": "2026-03-02",
    "later": "2026-03-20",
    "money": 3,
    "percent": Decimal("0.6"),
    "period": "10个工作日",
    "maker": {"text": "乙", "whole": 3, "number": Decimal("1.5"), "day": "2026-04-01"},
    "parts": [PART, {"text": "乙", "whole": 3, "number": Decimal("2.5")}, {"text": "乙", "whole": 4, "number": Decimal("2.5")}],
}
# Where values of each type are read: the first, and another.
READS: dict[Type, tuple[ir.Expr, ...]] = {
    TextT(): (ir.Read(0, ("text",), TextT()), ir.Read(0, ("maker", "text"), TextT())),
    IntT(): (ir.Read(0, ("whole",), IntT()), ir.Read(0, ("maker", "whole"), IntT())),
    NumberT(): (ir.Read(0, ("number",), NumberT()), ir.Read(0, ("maker", "number"), NumberT())),
    DateT(): (ir.Read(0, ("day",), DateT()), ir.Read(0, ("later",), DateT())),
    MoneyT(): (ir.Read(0, ("money",), MoneyT()),),
    PeriodT(): (ir.Read(0, ("period",), PeriodT()),),
    TIME: (ir.Arith("-", ir.Read(0, ("later",), DateT()), ir.Read(0, ("day",), DateT()), TIME),),
}


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="by hand")


def cases() -> Iterator[tuple[str, ir.Expr]]:
    """Every way to compute, with its operands read."""
    for fn, builtin in BUILTINS.items():
        if fn != "no_row":
            yield fn, _call(builtin)
    for op, left, right, made in ARITHMETIC:
        yield f"{left} {op} {right}", ir.Arith(op, READS[left][0], READS[right][-1], made)
    source = ir.Each(0, ("parts",), RecordT("part"), True)
    large = ir.Compare("≥", ir.Read(1, ("number",), NumberT()), ir.Const(Decimal("2.5"), NumberT()))
    for fn in AGGREGATES:
        type: Type = IntT() if fn in ("count", "distinct") else PercentT() if fn == "share" else NumberT()
        item = (
            None if fn in ("count", "share") else ir.Read(1, ("text",), TextT()) if fn == "distinct" else ir.Read(1, ("number",), NumberT())
        )
        yield fn, ir.Fold(fn, 1, source, item, large if fn in ("share", "count") else None, None, type)


def _call(builtin: Builtin) -> ir.Expr:
    types = [NumberT() if sort is Sort.AMOUNT else SORTS[sort][0] for sort in builtin.takes]
    arguments = [READS[type][min(types[:at].count(type), len(READS[type]) - 1)] for at, type in enumerate(types)]
    return ir.Call(builtin.id, tuple(arguments), NumberT() if builtin.gives is Sort.AMOUNT else SORTS[builtin.gives][0])


def planned(expr: ir.Expr, other: ir.Expr, op: str, submitted: Any = AS_OF) -> Plan:
    """One rule: what is computed, compared."""
    return plan(
        Drawn(
            (
                ir.Rule(
                    id="r", name=Both("r", "r"), version="1", subject=ir.SubjectSpec(shape="thing"), applies=None, exceptions=(), yields_to=(),
                    force=Force.SHALL, requirement=ir.Compare(op, expr, other), citations=(), severity="major", fix=None, says=None, why=None,
                    doc="", start=None, end=None, submitted=(None, None), status="active", empty_passes=False, dimension=None, derives=(),
                    implicit=False, source=("by hand", 1), text="",
                ),
            )
        ),
        as_of=AS_OF,
        submitted=submitted,
    )  # fmt: skip


def documents() -> Iterator[tuple[str, tuple[Record, ...]]]:
    """All that is given, and that without one value, at a time."""
    for gone in ("", "text", "word", "whole", "number", "day", "later", "money", "period", "parts", "maker"):
        yield gone, (_record({name: value for name, value in GIVEN.items() if name != gone}),)
    yield "a part", (_record({**GIVEN, "parts": [*GIVEN["parts"], {"whole": 1}]}),)
    yield "every part", (_record({**GIVEN, "parts": []}),)


def _record(value: dict[str, Any]) -> Record:
    return Record(shape="thing", value=value, locator=_Nowhere(), number=0)


def observed(made: Plan, found: tuple[Record, ...]) -> list[Observation]:
    return list(run(made, found, load_calendar()))


@cache
def probes() -> tuple[tuple[str, str, Plan, tuple[Record, ...], list[Observation]], ...]:
    """Each way to compute, compared with what it gives, on each document (called by what it lacks), with what the interpreter observes."""
    found = []
    for name, expr in cases():
        for op, other in compared(name, expr):
            for submitted in (AS_OF, None) if name == "submission_day" else (AS_OF,):
                made = planned(expr, other, op, submitted)
                found += [(name, gone, made, given, observed(made, given)) for gone, given in documents()]
    return tuple(found)


def compared(name: str, expr: ir.Expr) -> tuple[tuple[str, ir.Expr], ...]:
    """The value that it gives, and the same with an order where it has one."""
    if name == "share":
        return ("≥", ir.Const(Decimal("0.66"), PercentT())), ("≤", ir.Const(Decimal("0.67"), PercentT()))
    assert isinstance(expr, ir.Call | ir.Arith | ir.Fold)
    return (("=", ir.Const(_value(expr), expr.type)),)


def _value(expr: ir.Expr) -> Any:
    """What the reference computes of all that is given."""
    [(_, found), *_] = documents()
    runner = Runner(RecordStore(planned(expr, expr, "="), found, load_calendar()))
    [subject] = runner.world.subjects(ir.SubjectSpec(shape="thing"))
    evaluator = runner.evaluator(0, subject)
    value = evaluator.operand(expr, evaluator.scope)
    assert isinstance(value, Has), value
    return value.value


@pytest.mark.parametrize("name", [name for name, _ in cases()])
def test_the_engines_compute_the_same(name: str) -> None:
    verdicts = set()
    for how, gone, made, found, expected in probes():
        if how == name:
            assert list(CompiledEngine().run(made, found, load_calendar())) == expected, f"without {gone}"
            verdicts |= {expected[0].verdict} if not gone else set()
    assert Verdict.PASS in verdicts, "what it gives is not what it should"


def test_a_sum_of_what_is_read_and_one_of_what_is_counted_stand_in_one_rule() -> None:
    latest = ir.Fold("max", 1, ir.Each(0, ("days",), DateT(), True), ir.Read(1, (), DateT()), None, None, DateT())
    period = READS[PeriodT()][0]
    sums = [ir.Arith("+", one, period, DateT()) for one in (latest, READS[DateT()][0])]
    found = (_record({**GIVEN, "days": ["2026-03-02", "2026-02-01"]}),)
    for left, right in (sums, sums[::-1]):
        made = planned(left, right, "=")
        assert [one.verdict for one in observed(made, found)] == [Verdict.PASS]
        assert list(CompiledEngine().run(made, found, load_calendar())) == observed(made, found)
