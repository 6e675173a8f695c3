"""One rule on one document beside it: the verdict of each subject, and each part of the rule with its value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.language_server.workspace import Snapshot
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import Judge
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import Traced, trace
from guiju.validators.plan.from_ruleset import plan

__all__ = ["Evaluated", "evaluate"]

_MARKS = {Truth.T: "✓", Truth.F: "✗", Truth.U: "?", Truth.V: "○"}
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What came of a rule on a document: a line for each subject, and below it the evaluated tree, indented."""

    subject: str
    verdict: str
    message: str
    lines: tuple[str, ...]


def evaluate(snapshot: Snapshot, file: str, rule_id: str, document: Path, tongue: Tongue, on: date) -> tuple[Evaluated, ...] | str:
    """The rule on every subject of a document, at most fifty; a sentence where there is nothing to judge."""
    rules = snapshot.rules_of(frozenset({file}))
    wanted = next((one for one in rules.rules if rule_id in (one.id, one.id.rpartition(".")[2])), None)
    if wanted is None:
        return Both("这条规则还有错误，不能求值", "the rule still has errors").say(tongue)
    submission = read([str(document)], rules.vocabulary)
    if not submission.records:
        said = "；".join(one.headline(tongue) for one in submission.diagnostics[:3])
        return Both("没有读到可以检查的对象", "there was nothing to check").say(tongue) + (f"（{said}）" if said else "")
    shapes = {one.shape for one in submission.records} | {one.id for one in rules.vocabulary.shapes if one.register}
    made = plan(rules, as_of=on, submitted=submission.submitted, shapes=frozenset(shapes))
    runner = Runner(RecordStore(made, submission.records, load_calendar()))
    position = made.position(wanted.id)
    found = () if position is None else tuple(_evaluated(runner, position, tongue))
    return found or Both("文件里没有这条规则的对象", "the document holds no subject of the rule").say(tongue)


def _evaluated(runner: Runner, position: int, tongue: Tongue) -> Iterator[Evaluated]:
    namer = SubjectNamer(runner.world)
    for number, observation in enumerate(runner.of_rule(position)):
        if number >= _MOST:
            return
        finding = Judge(runner).finding(observation)
        seen = trace(observation, runner, namer)
        lines = [*(_drawn(seen.applies, 0, tongue) if seen.applies is not None else ()), *_drawn(seen.requirement, 0, tongue)]
        yield Evaluated(
            subject=f"{seen.subject.name} ({seen.subject.id})",
            verdict=observation.verdict.value,
            message=finding.message.say(tongue),
            lines=tuple(lines),
        )


def _drawn(traced: Traced, depth: int, tongue: Tongue) -> Iterator[str]:
    mark = _MARKS[traced.truth] if traced.truth is not None else "·"
    yield "  " * depth + f"{mark} {traced.says.say(tongue)} = {traced.result.say(tongue)}"
    for part in traced.parts:
        if part.places or part.parts or part.says != part.result:
            yield from _drawn(part, depth + 1, tongue)
