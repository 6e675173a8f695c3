"""Breaks the compiled engine one function at a time, and tells which tests notice: a mutant that lives is a test that is wanting.

    python -m tests.tools.mutate_engine [--only WORD]

Each mutant runs in a fork: first the conformance cases, judged by the compiled engine as by the interpreter, then rules
and records drawn at random. 0 all mutants died · 1 some lived.
"""

import argparse
import ast
import inspect
import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guiju.catalog.records.model import Record
from guiju.dsl.builtins import AGGREGATES, BUILTINS
from guiju.dsl.ir.tree import Fold
from guiju.terms.time.period import Period
from guiju.validators.engines.compiled.codegen import operands
from guiju.validators.engines.compiled.codegen.emitter import Value
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.interpreter.runner import run
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.tree import Plan
from tests.conformance.test_conformance import DAY, _of, submission
from tests.differential.strategies import COMPUTING, Drawn, records, rulesets
from tests.differential.test_compiled import hold
from tests.differential.test_each_function import probes
from tests.engines import _calendar

OPERANDS = operands.OperandEmitter


def main() -> int:
    """Tries each mutant; prints who noticed it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    cases = list(_cases())
    broken = _in_fork(lambda: None, cases, "")
    if broken is not None:
        print(f"the engine itself fails: {broken}")
        return 1
    lived = 0
    for name, mutate in _mutants():
        if asked.only in name:
            began = time.monotonic()
            noticed = _in_fork(mutate, cases, name.partition(":")[0])
            lived += noticed is None
            print(f"{'lived' if noticed is None else 'died '}  {name:<60} {noticed or ''}  {time.monotonic() - began:.1f} s", flush=True)
    print(f"{lived} lived")
    return 1 if lived else 0


def _cases() -> Iterator[tuple[str, Plan, tuple[Any, ...], list[Any]]]:
    """The plans and records of conformance and of what is computed by hand, with what the interpreter observes."""
    for one in _of("judged"):
        file, case = one.values
        ruleset, found, submitted = submission(file, case)
        made = plan(ruleset, as_of=date.fromisoformat(case.get("as_of", DAY)), submitted=submitted)
        yield f"conformance, {one.id}", made, found, list(run(made, found, _calendar()))
    for how, gone, made, found, expected in probes():
        yield f"by hand, {how}{' without ' if gone else ''}{gone}", made, found, expected


def _noticed(mutate: Callable[[], None], cases: list[Any], first: str = "") -> str | None:
    """The first test that fails under the mutant; None where none does. What is computed by `first` is drawn before all else."""
    mutate()
    for name, made, found, expected in cases:
        if not _is_equal(made, found, expected):
            return str(name)
    for how in sorted(COMPUTING, key=lambda how: how != first):
        if not _holds(rulesets(computing=COMPUTING[how]), 12):
            return f"differential, {how}"
    return None if _holds(st.one_of(rulesets(), rulesets(size=1, looking=True)), 100) else "differential"


def _holds(rules: st.SearchStrategy[Drawn], examples: int) -> bool:
    """As tests/differential/test_compiled.py, without making a smaller example of one that fails."""

    @given(rules, records())
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def drawn(rules: Drawn, found: tuple[Record, ...]) -> None:
        hold(rules, found)

    try:
        drawn()
    # A mutant may break whatever it likes; the engine itself does not raise.
    except Exception:
        return False
    return True


def _is_equal(made: Plan, found: tuple[Any, ...], expected: list[Any]) -> bool:
    try:
        return list(CompiledEngine().run(made, found, _calendar())) == expected
    # A mutant may break whatever it likes; the engine itself does not raise.
    except Exception:
        return False


def _in_fork(mutate: Callable[[], None], cases: list[Any], first: str) -> str | None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        said = _noticed(mutate, cases, first)
        os.write(writer, (said or "").encode()[:4000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    return said or (None if status == 0 else f"ended with {status}")


# ---- mutants ------------------------------------------------------------------------------------------------------------------


def _mutants() -> Iterator[tuple[str, Callable[[], None]]]:
    for fn in (*(one for one in BUILTINS if one != "no_row"), *"+-*/"):
        yield f"{fn}: gives something else", lambda fn=fn: _spoil_call(fn)
        yield f"{fn}: is always known", lambda fn=fn: _forget_gaps(fn)
    for fn in AGGREGATES:
        yield f"{fn}: gives something else", lambda fn=fn: _spoil_fold(fn)
    for name, method in vars(OPERANDS).items():
        if inspect.isfunction(method) and name not in ("truth", "code"):
            yield from _changed(name, method)


def wrong(value: Any) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case str():
            return value + "x"
        case date():
            return value - timedelta(1) if value > date.min else value + timedelta(1)
        case Period():
            return replace(value, count=value.count + 1)
        case _:
            return value if value is None else type(value)(value) + 1 if hasattr(value, "numerator") else value


def _spoil_call(fn: str) -> None:
    called = OPERANDS._called

    def spoilt(self: Any, name: str, *rest: Any) -> str:
        text = called(self, name, *rest)
        return f"{self.given(wrong, 'g', 'wrong')}({text})" if name == fn else text

    OPERANDS._called = spoilt  # type: ignore[method-assign]


def _forget_gaps(fn: str) -> None:
    strict = OPERANDS._strict

    def spoilt(self: Any, name: str, args: Any, type: object, scope: Any, here: Any) -> Value:
        made = strict(self, name, args, type, scope, here)
        return replace(made, text=f"(0 if {made.text} is None else {made.text})") if name == fn else made

    OPERANDS._strict = spoilt  # type: ignore[method-assign]


def _spoil_fold(fn: str) -> None:
    fold_in = OPERANDS._fold_in

    def spoilt(self: Any, expr: Fold, *rest: Any, **more: Any) -> Value:
        made = fold_in(self, expr, *rest, **more)
        return replace(made, text=f"{self.given(wrong, 'g', 'wrong')}({made.text})") if expr.fn == fn else made

    OPERANDS._fold_in = spoilt  # type: ignore[method-assign]


_WORDS = {
    "None": "0",
    "EMPTY": "None",
    "pass": "None",
    " or ": " and ",
    " and ": " or ",
    "elif": "if",
    "=": "≠",
    "count": "sum",
    "sum": "count",
}


def _changed(name: str, method: Any) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each condition turned, each word of written code changed, each truth of what is said of a value turned."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    for at, node in enumerate(ast.walk(tree)):
        match node:
            case ast.If() | ast.IfExp() | ast.While():
                what = f"if {ast.unparse(node.test)[:34]}"
            # The other way about, a value that is always there is also asked whether it is: slower, and the same.
            case ast.Constant(value=True):
                what = f"True at line {node.lineno}"
            case ast.Constant(value=str() as text) if any(word in text for word in _WORDS):
                what = f"{text[:30]!r} at line {node.lineno}"
            case _:
                continue
        yield f"{name}: {what}", lambda at=at: _install(name, method, at)


def _install(name: str, method: Any, at: int) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    node = list(ast.walk(tree))[at]
    match node:
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=str() as text):
            word = next(word for word in _WORDS if word in text)
            node.value = text.replace(word, _WORDS[word], 1)
    made: dict[str, Any] = {}
    exec(compile(ast.fix_missing_locations(tree), operands.__file__, "exec"), vars(operands), made)
    setattr(OPERANDS, name, made[name])


if __name__ == "__main__":
    sys.exit(main())
