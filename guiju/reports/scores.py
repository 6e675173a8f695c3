"""Scores of a report by dimension, and what each fix would gain; exact, and the same on every machine (docs/scores.md).

A score is the weighted share of judged verdicts that are met: PASS ÷ (PASS + FAIL + ERROR), each rule weighing by its
severity. A rule that judged nothing weighs nothing. Waived breaches stay breaches here: a score describes the subject.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from guiju.reports.gate import is_conclusive
from guiju.reports.model import Report, RuleCard
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

__all__ = ["DEFAULT_DIMENSION", "Gain", "Rating", "Score", "gains", "overall", "points_words", "rating", "score_by_dimension"]

DEFAULT_DIMENSION = "correctness"
_WEIGHTS = {Severity.BLOCKING: 4, Severity.MAJOR: 3, Severity.MINOR: 2, Severity.ADVISORY: 1}
_MOST_WITH: dict[Severity, int] = {Severity.BLOCKING: 0, Severity.MAJOR: 60}
"""On which step, by its points, a breach of that severity leaves a score at most."""
_BREACHES = (Verdict.FAIL, Verdict.ERROR, Verdict.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`met` of `judged` weighted verdicts of one dimension; `points` are 0 to 100, None where nothing was judged.

    `gravest` is the severity of its gravest breach that no waiver covers; `withheld` where the profile lets nobody conclude.
    """

    dimension: str
    met: int
    judged: int
    verdicts: int
    breaches: int
    gravest: Severity | None = None
    withheld: bool = False

    @property
    def points(self) -> Fraction | None:
        """100 times the share that is met; None too where too little could be judged for a score to mean anything."""
        return Fraction(100 * self.met, self.judged) if self.judged and not self.withheld else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A step of the scale: from so many points on."""

    id: str
    name: Both
    least: int


_RATINGS = (
    Rating(id="excellent", name=Both("优", "excellent"), least=95),
    Rating(id="good", name=Both("良", "good"), least=80),
    Rating(id="sufficient", name=Both("中", "sufficient"), least=60),
    Rating(id="poor", name=Both("差", "poor"), least=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the overall score would gain if every breach of one rule were mended."""

    card: RuleCard
    breaches: int
    points: Fraction


def score_by_dimension(report: Report) -> tuple[Score, ...]:
    """One score for each dimension that some rule of the run belongs to, by its id."""
    groups: dict[str, list[RuleCard]] = {}
    for card in report.rules:
        groups.setdefault(card.dimension or DEFAULT_DIMENSION, []).append(card)
    withheld = not is_conclusive(report)
    return tuple(_score(id, groups[id], withheld=withheld) for id in sorted(groups))


def overall(report: Report) -> Score:
    """The score of all rules together."""
    return _score("overall", report.rules, withheld=not is_conclusive(report))


def rating(score: Score) -> Rating:
    """The step of the scale on which the points stand; a blocking breach is rated poor and a major one at most sufficient.

    No number of small merits makes up for a grave breach. A score without points has no rating: AssertionError.
    """
    points = score.points
    assert points is not None
    most = Fraction(100 if score.gravest is None else _MOST_WITH.get(score.gravest, 100))
    return next(step for step in _RATINGS if min(points, most) >= step.least)


def points_words(points: Fraction) -> str:
    """Points to one decimal, half up, from the exact fraction: no float decides a digit of a score."""
    tenths = int(points * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def gains(report: Report) -> tuple[Gain, ...]:
    """The fixes, the most gainful first; rules without breaches gain nothing and are left out."""
    whole = overall(report).judged
    found = []
    for card in report.rules:
        breaches = sum(dict(card.tally).get(verdict, 0) for verdict in _BREACHES)
        if breaches:
            found.append(Gain(card=card, breaches=breaches, points=Fraction(100 * breaches * _WEIGHTS[card.severity], whole)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.card.id)))


def _score(id: str, cards: Iterable[RuleCard], *, withheld: bool) -> Score:
    met = judged = verdicts = breaches = 0
    grave: list[Severity] = []
    for card in cards:
        counts = dict(card.tally)
        passed, failed = counts.get(Verdict.PASS, 0), sum(counts.get(one, 0) for one in _BREACHES)
        met += passed * _WEIGHTS[card.severity]
        judged += (passed + failed) * _WEIGHTS[card.severity]
        verdicts += passed + failed
        breaches += failed
        if counts.get(Verdict.FAIL, 0) + counts.get(Verdict.ERROR, 0):
            grave.append(card.severity)
    return Score(
        dimension=id,
        met=met,
        judged=judged,
        verdicts=verdicts,
        breaches=breaches,
        gravest=max(grave, default=None),
        withheld=withheld,
    )
