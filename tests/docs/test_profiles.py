"""docs/profiles.md lists the shipped profiles as they are: places, stages, kinds, what they ask and expect, and their gates."""

import os
from pathlib import Path

import pytest

from guiju.dsl.ir.tree import GateStep, Profile
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.places import place_words
from guiju.validators.plan.profiles import STAGES, is_inside

HEAD = """# The shipped profiles · 随附的场景

Written by `tests/docs/test_profiles.py` from `guiju/rules/profiles/`. What a profile is: `docs/language.md` §10. `guiju check --profile NAME` takes one; without it, the one that fits the material best is taken and named in the first line.
"""


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def written(ruleset: Ruleset) -> str:
    return HEAD + "".join(_section(one, ruleset) for one in ruleset.profiles)


def _section(one: Profile, ruleset: Ruleset) -> str:
    shapes = [ruleset.vocabulary.shape(id) for id in one.shapes]
    fields = {
        title: "; ".join(
            f"{ruleset.vocabulary.shape(id).name.zh}: " + ", ".join(ruleset.vocabulary.shape(id).field(name).name.zh for name in names)  # type: ignore[union-attr]
            for id, names in held
        )
        for title, held in (("screening", one.screening), ("expects", one.expects))
        if held
    }
    inside = sum(1 for rule in ruleset.rules if not rule.of_profile and is_inside(rule, one))
    lines = [
        f"## {one.name.zh} · {one.id}",
        "",
        one.doc,
        "",
        f"- place: {place_words(one.place).zh}",
        f"- stages: {', '.join(STAGES[stage].zh for stage in one.stages) or 'all'}",
        f"- kinds: {', '.join(shape.name.zh for shape in shapes)}",
        *(f"- {title}: {said}" for title, said in fields.items()),
        f"- rules inside: {inside}",
        "",
        "| when | outcome | colour | exit |",
        "|---|---|---|---|",
        *(
            f"| {_when(step)} | {step.outcome.name.zh} / {step.outcome.id} | {step.outcome.colour} | {step.outcome.exit} |"
            for step in one.gate
        ),
    ]
    return "\n" + "\n".join(lines) + "\n"


def _when(step: GateStep) -> str:
    if step.below is not None:
        return f"judged < {step.below * 100}%"
    return " ".join(word for word in (step.severity, step.force, step.verdict) if word) or "else"


def test_the_page_of_profiles_is_what_they_are(ruleset: Ruleset, root: Path) -> None:
    page = root / "docs" / "profiles.md"
    if os.environ.get("GUIJU_ACCEPT"):
        page.write_text(written(ruleset), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == written(ruleset)


def test_every_profile_asks_for_evidence_before_it_is_green(ruleset: Ruleset) -> None:
    for one in ruleset.profiles:
        assert any(step.below for step in one.gate), one.id
        assert {step.outcome.exit for step in one.gate if step.outcome.colour == "green"} == {0}
        assert 0 not in {step.outcome.exit for step in one.gate if step.outcome.colour in ("red", "grey")}


def test_every_kind_that_is_handed_in_has_a_profile(ruleset: Ruleset) -> None:
    held = {shape for one in ruleset.profiles for shape in one.shapes}
    judged = {rule.subject.shape for rule in ruleset.rules if not rule.implicit}
    assert judged <= held | {"platform_user"}, judged - held
