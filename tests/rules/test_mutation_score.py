"""Changes every shipped rule a little, in every way there is, and asks whether one of its cases objects."""

from functools import cache
from pathlib import Path

from guiju.diagnostics.source import Source
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.store.memo import Memo
from guiju.validators.cases import read_cases
from guiju.validators.coverage import Proof, prove

RULES = Path(__file__).resolve().parents[2] / "guiju" / "rules"
LEAST = 0.9
# A single rule may hold a mutant or two that mean the same as the rule (a Friday and the Saturday after it begin the same
# working days), and a small one is told apart by one mutant more or less; the sum of all rules holds those.
LEAST_OF_ONE = 0.8
SMALL = 8


@cache
def proofs() -> tuple[Proof, ...]:
    """Every file of cases, weighed against the shipped rules."""
    ruleset = read_rules([shipped_rules()], Memo(None)).ruleset
    assert ruleset is not None
    calendar = load_calendar()
    files = [read_cases(Source(path.as_posix(), path.read_text(encoding="utf-8")))[0] for path in sorted(RULES.rglob("*.cases.yaml"))]
    return tuple(prove(file, ruleset, calendar) for file in files if file is not None)


def test_the_shipped_rules_score_nine_tenths_and_more() -> None:
    killed, tried = sum(one.killed for one in proofs()), sum(len(one.tried) for one in proofs())
    assert tried > 3000
    assert killed >= LEAST * tried, f"{killed} of {tried}"


def test_no_shipped_rule_falls_far_behind() -> None:
    low = [
        f"{one.rule.id} {one.killed}/{len(one.tried)}: {one.survivors[0].words.zh}"
        for one in proofs()
        if one.rule is not None and len(one.tried) >= SMALL and one.killed < LEAST_OF_ONE * len(one.tried)
    ]
    assert low == []


def test_every_file_of_cases_speaks_of_a_rule() -> None:
    assert [one.file for one in proofs() if one.rule is None] == []
