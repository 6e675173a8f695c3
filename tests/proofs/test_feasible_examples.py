"""The documents of examples/feasible meet everything that their profile asks on their day."""

from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.verdict import Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import Taken

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "feasible"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    found = read_rules([shipped_rules()], Cache(None)).ruleset
    assert found is not None
    return found


@pytest.mark.parametrize("day", sorted(one.name for one in FOLDER.iterdir() if one.is_dir()))
def test_every_kind_can_pass_everything(ruleset: Ruleset, day: str) -> None:
    held = {one.name.removesuffix(".yaml") for one in (FOLDER / day).glob("*.yaml")}
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    wanted = {f"{one.id}.{shape}" for one in ruleset.profiles for shape in one.shapes if shape not in registers}
    assert held == wanted, "python examples/feasible/build.py writes what is wanting"
    wrong = []
    for file in sorted((FOLDER / day).glob("*.yaml")):
        profile_id, kind = file.name.removesuffix(".yaml").split(".")
        [profile] = [one for one in ruleset.profiles if one.id == profile_id]
        taken = Taken(by_shape=tuple((shape, profile) for shape in profile.shapes), given=True)
        on = date.fromisoformat(day)
        made = plan(ruleset, as_of=on, submitted=on, shapes=frozenset({kind}), taken=taken)
        records = read([file], ruleset.vocabulary).records
        runner = Runner(RecordStore(made, records, load_calendar()), quick=True)
        seen = [one for at in range(len(made.rules)) for one in runner.of_rule(at)]
        wrong += [f"{file.name}: {made.rules[one.rule].rule.id} {one.verdict}" for one in seen if one.verdict not in _GOOD]
        assert seen, file
    assert wrong == [], "python examples/feasible/build.py --all writes them anew"


_GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.INACTIVE)
