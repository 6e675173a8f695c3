"""The page of a profile says what the profile says: each of its fields, its rules by severity, and each line of its gate."""

from datetime import date

import pytest

from guiju.author.article import to_markdown
from guiju.author.explain import article_of, title_of
from guiju.author.explain_rule import Ground
from guiju.author.lookup import find, near
from guiju.dsl.ir.tree import Profile
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_registry
from guiju.store.cache import Cache
from guiju.terms.tongue import Tongue


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


@pytest.mark.parametrize("tongue", list(Tongue))
def test_every_shipped_profile_has_its_page(ruleset: Ruleset, tongue: Tongue) -> None:
    ground = Ground(ruleset=ruleset, registry=load_registry(), on=date(2026, 6, 30), tongue=tongue)
    for profile in ruleset.profiles:
        article = article_of(profile, ground, page="", examples=(), cases="", with_plan=False)
        text = to_markdown(article)
        assert profile.id in title_of(profile, ground) and profile.doc in text
        for id, names in (*profile.screening, *profile.expects):
            for name in names:
                field = ruleset.vocabulary.shape(id).field(name)
                assert field is not None and field.name.say(tongue) in text
        for step in profile.gate:
            assert f"{step.outcome.name.say(tongue)} (" in text and f", {step.outcome.exit})" in text


def test_a_profile_is_found_by_either_name_and_offered_when_it_is_near(ruleset: Ruleset) -> None:
    for name in ("项目申报", "project_filing"):
        (found,) = [one for one in find(name, ruleset) if isinstance(one, Profile)]
        assert found.id == "project_filing"
    assert "公共数据开放目录" in near("公共数据开放目", ruleset) or "opening_catalog" in near("opening_catalogs", ruleset)
