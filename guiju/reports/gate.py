"""Which outcome a report has under the gates of its profiles; the one function wherever an outcome, a light or a score is shown."""

from collections.abc import Iterable
from fractions import Fraction

from guiju.dsl.ir.tree import GateStep, Outcome, Profile
from guiju.reports.model import Report, RuleCard
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.places import place_words
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

__all__ = [
    "Evidence",
    "Passage",
    "evidence",
    "evidence_words",
    "is_conclusive",
    "least_share",
    "outcome_of",
    "outcome_words",
    "passage_of",
    "passage_words",
    "passages",
    "taken_words",
]

_COLOURS = ("red", "grey", "yellow", "green")
_COLOUR_WORDS = {"red": Both("红", "red"), "grey": Both("灰", "grey"), "yellow": Both("黄", "yellow"), "green": Both("绿", "green")}
_DECIDED = (Verdict.PASS, Verdict.FAIL, Verdict.WAIVED)
_BREACHED = (Verdict.FAIL, Verdict.WAIVED)
_ANSWERED = (Verdict.PASS,)
_OPEN = (Verdict.UNDETERMINED, Verdict.ERROR)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How many judgements were to be made, and how many could be."""

    expected: int
    judged: int

    @property
    def share(self) -> Fraction | None:
        """The share that could be made; None where none was to be."""
        return Fraction(self.judged, self.expected) if self.expected else None

    @property
    def words(self) -> Both:
        """As every summary says it."""
        return Both(f"应判定 {self.expected} 项，已判定 {self.judged} 项", f"{self.judged} of {self.expected} judgements could be made")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The outcome that one profile gives, by which line of its gate, on what evidence."""

    profile: Profile
    outcome: Outcome
    step: int
    evidence: Evidence


def evidence(cards: Iterable[RuleCard]) -> Evidence:
    """What could be judged of what is inside and applies, or may apply."""
    judged = left = 0
    for card in cards:
        counts = dict(card.tally)
        # A question that was not answered is no judgement, though it is a breach.
        decided, open_ = (_ANSWERED, (*_OPEN, *_BREACHED)) if card.asks else (_DECIDED, _OPEN)
        judged += sum(counts.get(one, 0) for one in decided)
        left += sum(counts.get(one, 0) for one in open_)
    return Evidence(expected=judged + left, judged=judged)


def passages(report: Report) -> tuple[Passage, ...]:
    """One for each profile taken, in the order of their names."""
    shapes: dict[str, set[str]] = {}
    for shape, profile in report.taken.by_shape:
        shapes.setdefault(profile.id, set()).add(shape)
    return tuple(
        passage_of(profile, tuple(card for card in report.rules if card.shape in shapes[profile.id]))
        for profile in sorted(report.taken.profiles, key=lambda one: one.id)
    )


def passage_of(profile: Profile, cards: tuple[RuleCard, ...]) -> Passage:
    """What the gate of a profile says of these tallies."""
    known = evidence(cards)
    at = next(number for number, step in enumerate(profile.gate) if _is_taken(step, cards, known))
    return Passage(profile=profile, outcome=profile.gate[at].outcome, step=at, evidence=known)


def outcome_of(report: Report) -> Passage | None:
    """The gravest outcome of the profiles taken; None where none was."""
    return min(passages(report), key=lambda one: (_COLOURS.index(one.outcome.colour), -one.outcome.exit, one.profile.id), default=None)


def outcome_words(one: Passage) -> Both:
    """The outcome of a profile with its colour."""
    colour, name, outcome = _COLOUR_WORDS[one.outcome.colour], one.profile.name, one.outcome.name
    return Both(f"{name.zh}：{colour.zh} · {outcome.zh}", f"{_plain(name.en)}: {colour.en} · {_plain(outcome.en)}")


def _plain(id: str) -> str:
    """An id as words."""
    return id.replace("_", " ")


def passage_words(one: Passage) -> Both:
    """The outcome of a profile with its colour and its evidence, in one line."""
    told, said = outcome_words(one), one.evidence.words
    return Both(f"{told.zh} · {said.zh}", f"{told.en} · {said.en}")


def least_share(profile: Profile) -> Fraction:
    """The share below which the profile draws no conclusion; nought where it does not say."""
    return max((step.below for step in profile.gate if step.below is not None), default=Fraction(0))


def is_conclusive(report: Report) -> bool:
    """Whether enough could be judged for a score, by what each profile taken asks."""
    return all(one.evidence.share is not None and one.evidence.share >= least_share(one.profile) for one in passages(report))


def evidence_words(report: Report) -> Both:
    """What share of the expected judgements could be made, over the whole report."""
    return evidence(report.rules).words


def taken_words(report: Report) -> Both | None:
    """Which profile was taken, how, and by which law: the first thing that every output says; None where there is none."""
    taken = report.taken
    if not taken.profiles:
        return None
    zh = "、".join(f"“{one.name.zh}”（{place_words(one.place).zh}）" for one in taken.profiles)
    en = ", ".join(f"`{one.name.en}` ({place_words(one.place).en})" for one in taken.profiles)
    how = Both("", "") if taken.given else Both("，由材料认出", ", inferred from the material")
    tied = Both("", "")
    if taken.tied:
        tied = Both(
            "；同样符合的还有" + "、".join(f"“{one.name.zh}”" for one in taken.tied),
            "; fitting equally: " + ", ".join(f"`{one.name.en}`" for one in taken.tied),
        )
    day = report.provenance.as_of.isoformat()
    return Both(f"场景 {zh}{how.zh}{tied.zh} · 按 {day} 的法", f"profile {en}{how.en}{tied.en} · by the law of {day}")


def _is_taken(step: GateStep, cards: tuple[RuleCard, ...], known: Evidence) -> bool:
    if step.below is not None:
        return known.share is None or known.share < step.below
    if step.verdict is None:
        return True
    verdict = Verdict(step.verdict)
    return any(
        dict(card.tally).get(verdict, 0)
        for card in cards
        if step.severity in (None, card.severity.id) and step.force in (None, card.force.value)
    )
