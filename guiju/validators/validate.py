"""Arrows 7 to 9 in a row: plan, run, judge; every rule on every subject is counted exactly once, whatever is listed."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from guiju.catalog.records.model import Submission
from guiju.diagnostics.collector import collector_resting
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.progress import Progress, Work, telling
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Counting, Engine, Observation
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import Judge
from guiju.validators.findings.model import Finding, Tally
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.plan.profiles import Taken, take
from guiju.validators.plan.tree import Plan

__all__ = ["LISTED", "Outcome", "tally_of", "validate"]

LISTED = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ERROR)
"""The verdicts that somebody should see; the others are counted, and listed on request."""


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run found.

    `findings` are in reading order of their subjects, and for one subject in the order of the rules. `left_off` says how
    many were not listed because of a limit; the tally counts all. `subjects` are the numbers of subjects of each shape.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    tally: Tally
    subjects: tuple[tuple[str, int], ...]
    left_off: int = 0
    taken: Taken = Taken()


def validate(
    ruleset: Rules,
    submission: Submission,
    *,
    as_of: date,
    calendar: Calendar,
    show_passed: bool = False,
    limit: int | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
    profile: str | None = None,
) -> Outcome:
    """Judges a submission on a day, under the profile named or the one that fits it best.

    With `show_passed` all findings are listed, with `limit` at most so many.
    """
    taken = take(ruleset.profiles, submission.records, {one.shape for one in submission.records}, sorted(_registers(ruleset)), profile)
    made = plan(ruleset, as_of=as_of, submitted=submission.submitted, shapes=_shapes_of(ruleset, submission), taken=taken)
    runner = Runner(RecordStore(made, submission.records, calendar), quick=True)
    judging = partial(progress, Work.JUDGE) if progress is not None else None
    counts, kept = _observed(made, runner, submission, calendar, engine, tuple(Verdict) if show_passed else LISTED, judging)
    _count_again(made, runner, counts)
    kept.sort(key=lambda one: (one.subject.order, one.rule))
    judge = Judge(runner)
    shown = kept if limit is None else kept[:limit]
    with collector_resting():
        judge.learn(kept)
        telling_all = telling(shown, partial(progress, Work.EXPLAIN) if progress is not None else None)
        findings = tuple(judge.finding(one) for one in telling_all)
    return Outcome(
        plan=made,
        findings=findings,
        tally=tally_of(made, counts),
        subjects=tuple((shape.id, len(found)) for shape in made.vocabulary.shapes if (found := runner.world.of_shape(shape.id))),
        left_off=len(kept) - len(shown),
        taken=taken,
    )


def _shapes_of(ruleset: Rules, submission: Submission) -> frozenset[str]:
    """The shapes that have subjects: those of the records, and the registers that the ruleset lists."""
    return frozenset(_registers(ruleset) | {record.shape for record in submission.records})


def _registers(ruleset: Rules) -> set[str]:
    return {shape.id for shape in ruleset.vocabulary.shapes if shape.register}


def _observed(
    made: Plan,
    runner: Runner,
    submission: Submission,
    calendar: Calendar,
    engine: Engine | None,
    listed: tuple[Verdict, ...],
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Counter[Verdict]], list[Observation]]:
    """The counts of all verdicts by rule, and the observations with one of the verdicts that are listed."""
    if isinstance(engine, Counting) and listed == LISTED:
        told = engine.tell(made, submission.records, calendar, progress)
        return [Counter(one) for one in told.counts], list(told.kept)
    counts: list[Counter[Verdict]] = [Counter() for _ in made.rules]
    kept: list[Observation] = []
    rule = -1
    for observation in _observations(made, runner, submission, calendar, engine):
        if progress is not None and observation.rule != rule:
            progress(rule := observation.rule, len(made.rules))
        counts[observation.rule][observation.verdict] += 1
        if observation.verdict in listed:
            kept.append(observation)
    return counts, kept


def _observations(made: Plan, runner: Runner, submission: Submission, calendar: Calendar, engine: Engine | None) -> Iterable[Observation]:
    if engine is not None:
        yield from engine.run(made, submission.records, calendar)
        return
    for at in range(len(made.rules)):
        yield from runner.of_rule(at)


def _count_again(made: Plan, runner: Runner, counts: list[Counter[Verdict]]) -> None:
    """INVARIANT: the verdicts of a rule are as many as its subjects, counted apart from the run."""
    for spec, positions in made.scans:
        expected = sum(1 for _ in runner.world.subjects(spec))
        for at in positions:
            if counts[at].total() != expected:
                raise AssertionError(f"{made.rules[at].rule.id}: {counts[at].total()} verdicts for {expected} subjects")


def tally_of(made: Plan, counts: list[Counter[Verdict]]) -> Tally:
    """The exact counts, every verdict in the order in which `Verdict` names them; those that are nought are left out."""
    total: Counter[Verdict] = Counter()
    for one in counts:
        total.update(one)
    return Tally(
        total=_in_order(total), by_rule=tuple((planned.rule.id, _in_order(one)) for planned, one in zip(made.rules, counts, strict=True))
    )


def _in_order(counts: Counter[Verdict]) -> tuple[tuple[Verdict, int], ...]:
    return tuple((verdict, counts[verdict]) for verdict in Verdict if counts[verdict])
