"""One rule on every floor, as text: what a specimen's blocks hold. The only code of specimens that knows our stages."""

import json
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from guiju.catalog.read import read
from guiju.catalog.records.model import Record, Submission
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ir.print import print_rule
from guiju.dsl.ruleset import Ruleset
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.print.file import print_file
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.reports.layout.plain import report_as_plain
from guiju.reports.model import Report
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.tongue import Tongue
from guiju.validators.engines.compiled.codegen.from_plan import write
from guiju.validators.engines.compiled.count import VerdictCounter
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.engines.joins.lookup_join import probe
from guiju.validators.engines.joins.operators import CrossRecordState
from guiju.validators.engines.joins.specs import BuildSpec, CrossRecordSpec, ProbeSpec
from guiju.validators.engines.state import State
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import Traced, trace
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.print import print_plan
from guiju.validators.plan.tree import Plan

__all__ = ["FLOORS", "ROOT", "Blocks", "blocks_of", "lookup_of", "recompute", "report_of_file"]

ROOT = Path(__file__).parents[2]
Blocks = list[tuple[str, str]]
_BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"<!-- as of (\d{4}-\d\d-\d\d) -->")


def blocks_of(page: str) -> Blocks:
    """The fenced blocks of a page: (language, text) in order."""
    return [(found[1], found[2]) for found in _BLOCK.finditer(page)]


def recompute(page: str) -> str:
    """The page with every block that a floor computes made anew from the last `gj` and `yaml` blocks above it."""
    given: dict[str, str] = {}
    day = _DAY.search(page)
    on = date.fromisoformat(day[1]) if day else date(2026, 3, 2)

    def made(found: re.Match[str]) -> str:
        if found[1] in ("gj", "yaml"):
            given[found[1]] = found[2]
        floor = FLOORS.get(found[1])
        return found[0] if floor is None else f"```{found[1]}\n{floor(given['gj'], given.get('yaml', ''), on)}```"

    return _BLOCK.sub(made, page)


def report_of_file(path: Path) -> Report:
    """The report of one file under the shipped rules."""
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    submission = read([str(path)], ruleset.vocabulary)
    day = submission.submitted or date(2026, 3, 17)
    return check_submission(ruleset, submission, as_of=day, calendar=load_calendar())


def _ruleset(text: str) -> Ruleset:
    ruleset, found = compile_rules((Source("specimen.gj", text),), load_registry())
    assert ruleset is not None, [one.headline(Tongue.EN) for one in found]
    return ruleset


def _tree(text: str, _given: str, _on: date) -> str:
    tree, _ = parse(Source("specimen.gj", text))
    decl = next(one for one in tree.decls if one.kind == "rule")
    lines = [f"rule {decl.head.zh.text if decl.head.zh else ''} / {decl.head.en.text if decl.head.en else ''}"]
    for part in decl.parts:
        kind = getattr(part, "kind", type(part).__name__.lower())
        lines.append(f"  {kind:<10} {type(part).__name__:<13} {part.span.start}–{part.span.end}")
    return "\n".join(lines) + "\n"


def _english(text: str, _given: str, _on: date) -> str:
    tree, _ = parse(Source("specimen.gj", text))
    return print_file(tree, tongue=Tongue.EN)


def _ir(text: str, _given: str, _on: date) -> str:
    return "\n".join(print_rule(one).rstrip() for one in _ruleset(text).rules if not one.implicit) + "\n"


def _plan(text: str, _given: str, on: date) -> str:
    return print_plan(plan(_ruleset(text), as_of=on), Tongue.EN).rstrip() + "\n"


def _generated(text: str, _given: str, on: date) -> str:
    module = write(plan(_ruleset(text), as_of=on), load_calendar())
    return module.source.rstrip() + "\n"


def _submission(ruleset: Ruleset, given: str) -> Submission:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "given.yaml").write_text(given, encoding="utf-8")
        return read([str(Path(folder) / "given.yaml")], ruleset.vocabulary)


def _report(text: str, given: str, on: date) -> Report:
    ruleset = _ruleset(text)
    return check_submission(ruleset, _submission(ruleset, given), as_of=on, calendar=load_calendar())


def _records(text: str, given: str, _on: date) -> str:
    lines = []
    for record in _submission(_ruleset(text), given).records:
        lines.append(f"{record.number}  {record.shape}")
        for field, value in record.value.items():
            place = record.locator.place((field,))
            lines.append(f"   {field:<12} {value!r:<14} line {place.line}, column {place.column}")
    return "\n".join(lines) + "\n"


def _truths(text: str, given: str, on: date) -> str:
    """The first rule of the text on every subject: its conditions with their truths, and the verdict."""
    ruleset = _ruleset(text)
    runner = Runner(RecordStore(plan(ruleset, as_of=on), _submission(ruleset, given).records, load_calendar()))
    namer = SubjectNamer(runner.world)
    at = next(at for at, one in enumerate(runner.world.plan.rules) if not one.rule.implicit)
    lines = []
    for observation in runner.of_rule(at):
        found = trace(observation, runner, namer)
        lines.append(f"{found.subject.name}: {found.verdict.words.en}")
        lines += _traced("applies", found.applies) if found.applies is not None else []
        lines += _traced("shall", found.requirement)
    return "\n".join(lines) + "\n"


def _traced(word: str, node: Traced, depth: int = 1) -> list[str]:
    said = f"{'  ' * depth}{node.truth.name} " if node.truth is not None else f"{'  ' * depth}· "
    shown = node.says.en + (f" = {node.result.en}" if node.truth is None else "")
    lines = [f"{said}{word}: {shown}" if word else said + shown]
    for part in node.parts:
        # A literal says nothing that its test has not said.
        if part.places or part.parts or part.says != part.result:
            lines += _traced("", part, depth + 1)
    return lines


_Columns = list[tuple[str, tuple[CrossRecordSpec, ...], tuple[list[Any], ...]]]


def _operated(made: Plan, records: tuple[Record, ...]) -> tuple[CrossRecordState, _Columns, dict[str, int]]:
    """The operators across records after all records: their state, the columns by shape, and the number of records of each shape."""
    counter = VerdictCounter(made, load_calendar())
    state, store = CrossRecordState(counter.columns), RecordStore(made, records, load_calendar())
    found: _Columns = []
    shapes: dict[str, int] = {}
    for unit in counter.module.units:
        batch = [msgspec.convert(one.value, counter.types[unit.shape]) for one in store.of_shape(unit.shape)]
        start = next(one.number for one in store.of_shape(unit.shape))
        _, columns = counter.checks[unit.shape](batch, start, lambda _: None)
        state.add(unit.columns, columns, start)
        found.append((unit.shape, unit.columns, columns))
        shapes[unit.shape] = len(batch)
    return state, found, shapes


def _joins(text: str, given: str, on: date) -> str:
    """What compiled code puts into the columns of operators across records, and what the operators make of them."""
    ruleset = _ruleset(text)
    made, records = plan(ruleset, as_of=on), _submission(ruleset, given).records
    state, columns, shapes = _operated(made, records)
    lines = []
    for shape, specs, values in columns:
        for spec, column in zip(specs, values, strict=True):
            name = made.rules[spec.rule].rule.name.en
            lines.append(f"{name}: {type(spec).__name__} over {shape}")
            lines += [f"   {one!r}" for one in column]
    lines.append("results")
    for result in state.finish(shapes):
        counts = ", ".join(f"{verdict} {count}" for verdict, count in sorted(result.counts.items()) if count)
        marks = ", ".join(f"{State(mark[1]).name} at record {mark[2]}" for mark in result.marks)
        lines.append(f"   {made.rules[result.rule].rule.name.en}: {counts or 'nothing counted'}; {marks or 'no marks'}")
    return "\n".join(lines) + "\n"


def _findings(text: str, given: str, on: date) -> str:
    plain = report_as_plain(_report(text, given, on), Tongue.EN)
    for finding in plain["findings"]:
        for place in finding["places"]:
            place["file"] = "given.yaml"
    kept = ("rule", "verdict", "severity", "force", "subject", "places", "seen", "required", "flips", "cause")
    return "".join(json.dumps({key: one[key] for key in kept}, ensure_ascii=False, indent=1) + "\n" for one in plain["findings"])


def _text(text: str, given: str, on: date) -> str:
    drawn = to_text(_report(text, given, on), TextStyle(tongue=Tongue.ZH, width=100))
    # Where the file was read from is not part of the specimen; nor is the digest, which the version of the language moves.
    lines = [re.sub(r"\S*given\.yaml", "given.yaml", line) for line in drawn.splitlines()]
    return "\n".join(lines[1:]).strip("\n") + "\n"


def lookup_of(text: str, given: str, on: date = date(2026, 3, 2)) -> tuple[list[tuple[str, str | None]], list[tuple[str, int]], list[int]]:
    """The lookup join of a text: probes as (name of the subject, key), the build side as (key, code), and the answer to each probe."""
    ruleset = _ruleset(text)
    made, records = plan(ruleset, as_of=on), _submission(ruleset, given).records
    state, columns, _ = _operated(made, records)
    looks: list[tuple[str, Any, Any]] = []
    build: list[tuple[str, int]] = []
    for _, specs, values in columns:
        for spec, column in zip(specs, values, strict=True):
            if isinstance(spec, ProbeSpec):
                looks += [(str(records[number].value["code"]), *asked[1][0][:2]) for asked, number, _ in column]
            elif isinstance(spec, BuildSpec):
                build += [(key[0], code) for _, code, key, _ in column]
    (join,) = state.lookups.values()
    answers = [probe(join.form, key, own, join.build, empty=not build) for _, key, own in looks]
    return [(name, key[0]) for name, key, _ in looks], build, answers


FLOORS: dict[str, Callable[[str, str, date], str]] = {
    "tree": _tree,
    "english": _english,
    "ir": _ir,
    "plan": _plan,
    "python-generated": _generated,
    "findings": _findings,
    "report": _text,
    "records": _records,
    "truths": _truths,
    "joins": _joins,
}
