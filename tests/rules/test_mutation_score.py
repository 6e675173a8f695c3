"""Changes every shipped rule a little, in every way there is, and asks whether one of its cases objects."""

import re
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from guiju.diagnostics.source import Source
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.validators.testing.cases import read_cases
from guiju.validators.testing.coverage import Proof, prove
from guiju.validators.testing.mutants import Mutant

RULES = Path(__file__).resolve().parents[2] / "guiju" / "rules"
LEAST = Fraction("0.95")
LEAST_OF_ONE = Fraction("0.9")
_DUE = re.compile(r"“(\d{4}-\d\d-\d\d)后 (\d+)个工作日”")


@cache
def proofs() -> tuple[Proof, ...]:
    """Every file of cases, weighed against the shipped rules."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    calendar = load_calendar()
    files = [read_cases(Source(path.as_posix(), path.read_text(encoding="utf-8")))[0] for path in sorted(RULES.rglob("*.cases.yaml"))]
    return tuple(prove(file, ruleset, calendar) for file in files if file is not None)


def test_the_shipped_rules_score_nineteen_of_twenty_and_more() -> None:
    killed, tried = sum(one.killed for one in proofs()), sum(len(one.tried) for one in proofs())
    assert tried > 3000
    assert killed >= LEAST * tried, f"{killed} of {tried}"


def test_no_shipped_rule_scores_less() -> None:
    low = []
    for one in proofs():
        alive = [mutant for mutant in one.survivors if not means_the_same(mutant)]
        if one.rule is not None and len(alive) > (1 - LEAST_OF_ONE) * len(one.tried):
            low.append(f"{one.rule.id} {one.killed}/{len(one.tried)}: {alive[0].words.zh}")
    assert low == []


def means_the_same(mutant: Mutant) -> bool:
    """Whether both sides are one day by the calendar: working days counted from a Friday and from the Saturday after it end alike."""
    sides = _DUE.findall(mutant.words.zh)
    if len(sides) != 2 or len(_DUE.sub("", mutant.words.zh)) > len("应当：改成"):
        return False
    first, second = (load_calendar().add_workdays(date.fromisoformat(day), int(count)) for day, count in sides)
    return isinstance(first, date) and first == second


def test_a_mutant_that_means_the_same_is_told_by_the_calendar() -> None:
    same = [mutant.words.zh for one in proofs() for mutant in one.survivors if means_the_same(mutant)]
    assert len(same) == 2 and all("2025-03-01后 30个工作日" in words for words in same)


def test_every_file_of_cases_speaks_of_a_rule() -> None:
    assert [one.file for one in proofs() if one.rule is None] == []
