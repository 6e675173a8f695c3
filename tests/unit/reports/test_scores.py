"""Scores are weighted shares of judged verdicts, and gains are what they would rise by."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from guiju.reports.model import Provenance, Report, RuleCard
from guiju.reports.scores import Score, gains, overall, rating, score_by_dimension
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

P, F, U, N, W, E = Verdict.PASS, Verdict.FAIL, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE, Verdict.WAIVED, Verdict.ERROR


def _card(id: str, severity: Severity, dimension: str | None = None, **counts: int) -> RuleCard:
    tally = tuple((Verdict[name], count) for name, count in counts.items())
    return RuleCard(
        id=id, version="1", name=Both(id, id), shape="x", force=Force.SHALL, severity=severity, citations=(), dimension=dimension,
        why=None, fix=None, doc="", text="", tally=tally,
    )  # fmt: skip


def _report(*cards: RuleCard) -> Report:
    where = Provenance(package="0", language="1.0", ruleset="", registry_date="", registry="", calendar="", as_of=date(2026, 1, 1))
    return Report(provenance=where, inputs=(), kinds=(), tally=(), rules=cards, findings=(), judged=(), diagnostics=(), unmatched=())


def test_a_blocking_breach_weighs_four_times_an_advisory_one() -> None:
    score = overall(_report(_card("a", Severity.BLOCKING, PASS=1), _card("b", Severity.ADVISORY, FAIL=1)))
    assert score.points == Fraction(80)


def test_what_was_not_judged_counts_for_nothing() -> None:
    judged = _card("a", Severity.MAJOR, PASS=3, FAIL=1)
    unjudged = _card("b", Severity.BLOCKING, UNDETERMINED=9, NOT_APPLICABLE=9, INACTIVE=9)
    assert overall(_report(judged, unjudged)) == overall(_report(judged))


def test_nothing_judged_has_no_points() -> None:
    assert overall(_report(_card("a", Severity.MAJOR, UNDETERMINED=2))).points is None


def test_a_waived_breach_stays_a_breach() -> None:
    assert (
        overall(_report(_card("a", Severity.MINOR, PASS=1, WAIVED=1))).points
        == overall(_report(_card("a", Severity.MINOR, PASS=1, FAIL=1))).points
    )


def test_a_rule_without_a_dimension_is_about_correctness() -> None:
    scores = score_by_dimension(_report(_card("a", Severity.MAJOR, PASS=1), _card("b", Severity.MAJOR, "security", FAIL=1)))
    assert [(one.dimension, one.points) for one in scores] == [("correctness", 100), ("security", 0)]


def test_a_gain_is_what_the_score_rises_by_when_the_breaches_pass() -> None:
    before = _report(_card("a", Severity.BLOCKING, PASS=2, FAIL=3), _card("b", Severity.MINOR, PASS=7, FAIL=1))
    after = replace(before, rules=(_card("a", Severity.BLOCKING, PASS=5), before.rules[1]))
    first = gains(before)[0]
    old, new = overall(before).points, overall(after).points
    assert old is not None and new is not None
    assert (first.card.id, first.breaches, first.points) == ("a", 3, new - old)


def _scored(points: int, gravest: Severity | None = None) -> Score:
    return Score(dimension="overall", met=points, judged=100, verdicts=1, breaches=0, gravest=gravest)


def test_ratings_begin_at_their_least_points() -> None:
    assert [rating(_scored(points)).id for points in (95, 94, 80, 79, 60, 59, 0)] == [
        "excellent", "good", "good", "sufficient", "sufficient", "poor", "poor",
    ]  # fmt: skip


def test_no_number_of_small_merits_makes_up_for_a_grave_breach() -> None:
    assert [rating(_scored(99, gravest)).id for gravest in (Severity.BLOCKING, Severity.MAJOR, Severity.MINOR)] == [
        "poor", "sufficient", "excellent",
    ]  # fmt: skip
