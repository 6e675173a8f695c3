"""The page of a profile: what is handed in for it, what it asks first and expects, which rules it takes in, and what becomes of it."""

from collections import Counter
from collections.abc import Iterable

from guiju.author.article import Article, Items, Prose, Section
from guiju.author.explain_rule import Ground
from guiju.author.words import W
from guiju.dsl.ir.tree import GateStep, Profile
from guiju.terms.modality import Force
from guiju.terms.places import place_words
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.plan.profiles import STAGES, is_inside

__all__ = ["profile_article", "profile_title"]

_COLOURS = {
    "red": Both("红", "red"),
    "yellow": Both("黄", "yellow"),
    "green": Both("绿", "green"),
    "grey": Both("灰", "grey"),
}
_MOST_INSTRUMENTS = 20


def profile_title(profile: Profile, ground: Ground) -> str:
    """One line that names the profile."""
    return f"{profile.id} · {profile.name.zh or profile.name.en} · {ground.say(W.PROFILE)}"


def profile_article(profile: Profile, ground: Ground) -> Article:
    """The page of a profile."""
    stages = _listed(ground, [STAGES[one].say(ground.tongue) for one in profile.stages]) or ground.say(W.ALL_STAGES)
    shapes = ground.ruleset.vocabulary.shape
    facts = (
        ground.say(W.PLACE, what=place_words(profile.place).say(ground.tongue)),
        ground.say(W.STAGES, what=stages),
        ground.say(W.KINDS, what=_listed(ground, [shapes(one).name.say(ground.tongue) for one in profile.shapes])),
    )
    sections = (
        Section(ground.say(W.FACTS), (Items(facts),)),
        Section(ground.say(W.SCREENING), _fields(profile.screening, ground)),
        Section(ground.say(W.EXPECTS), _fields(profile.expects, ground)),
        Section(ground.say(W.INSIDE), (Items(_rules(profile, ground)),)),
        Section(ground.say(W.GATE), (Items(tuple(_step(one, ground) for one in profile.gate)),)),
    )
    return Article(profile_title(profile, ground), (Prose(profile.doc),) if profile.doc else (), sections)


def _listed(ground: Ground, words: Iterable[str]) -> str:
    return ("、" if ground.tongue is Tongue.ZH else ", ").join(words)


def _fields(held: tuple[tuple[str, tuple[str, ...]], ...], ground: Ground) -> tuple[Items, ...]:
    lines = []
    for id, names in held:
        shape = ground.ruleset.vocabulary.shape(id)
        fields = (field for name in names if (field := shape.field(name)) is not None)
        lines.append(f"{shape.name.say(ground.tongue)}: {_listed(ground, [one.name.say(ground.tongue) for one in fields])}")
    return (Items(tuple(lines)),) if lines else ()


def _rules(profile: Profile, ground: Ground) -> tuple[str, ...]:
    """How many rules it takes in, of each severity, and of which instruments most."""
    inside = {one.id: one for one in ground.ruleset.rules if not one.of_profile and is_inside(one, profile)}.values()
    severities = Counter(Severity[one.severity.upper()] for one in inside)
    graded = (f"{one.words.say(ground.tongue)} {severities[one]}" for one in sorted(severities, reverse=True))
    cited = Counter(cite.title.say(ground.tongue) for rule in inside for cite in rule.citations[:1])
    most = sorted(cited.items(), key=lambda one: (-one[1], one[0]))
    lines = [ground.say(W.RULES_INSIDE, count=str(len(inside)), graded=_listed(ground, graded))]
    lines += [f"{title} {count}" for title, count in most[:_MOST_INSTRUMENTS]]
    return (*lines, *([ground.say(W.MORE, count=str(len(most) - _MOST_INSTRUMENTS))] if len(most) > _MOST_INSTRUMENTS else []))


def _step(step: GateStep, ground: Ground) -> str:
    """One line of the gate: what is asked, and the outcome with its colour and exit code."""
    tongue = ground.tongue
    asked = []
    if step.below is not None:
        asked.append(ground.say(W.BELOW, share=f"{step.below * 100}%"))
    if step.severity is not None:
        asked.append(Severity[step.severity.upper()].words.say(tongue))
    if step.force is not None:
        asked.append(Force(step.force).words.say(tongue))
    if step.verdict is not None:
        asked.append(Verdict(step.verdict).words.say(tongue))
    when = " ".join(asked) or ground.say(W.ELSE)
    outcome = step.outcome
    return f"{when} → {outcome.name.say(tongue)} ({_COLOURS[outcome.colour].say(tongue)}, {outcome.exit})"
