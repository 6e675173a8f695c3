"""Monotone in information: leaving a field of a document out never makes it look better (docs/language.md §10, ADR 0022).

Deleting a field never turns FAIL into PASS or NOT_APPLICABLE, never makes an outcome green that was not, and never raises the share
judged. The rules that ask for absence are the exception, those whose clause speaks of presence in its condition, and the implicit ones
on the form of what is written (readable, units), which say nothing of what is not there. A share may rise where what must be stated
fails for being left out, and where rows go with their list.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.dsl.ir.tree import AsOf, Is, Rule
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.reports.gate import evidence, outcome_of
from guiju.reports.layout.head import head_of
from guiju.reports.layout.letters.letter import Table
from guiju.reports.layout.letters.notices import summary_of
from guiju.reports.model import Report
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.fact import State
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.plan.footprint import expressions, walk

EXAMPLES = (
    "examples/lamp-poles/clean.yaml",
    "examples/lamp-poles/faulty.yaml",
    "examples/request/faulty.yaml",
    "examples/catalog/faulty.yaml",
    "examples/work-plan/faulty.yaml",
    "examples/projects/lamp-poles.yaml",
)
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


def judged(ruleset: Ruleset, submission: Submission, profile: str | None) -> Report:
    return check_submission(ruleset, submission, as_of=DAY, calendar=load_calendar(), show_passed=True, profile=profile)


def _asks_for_absence(rule: Rule) -> bool:
    """Whether the rule itself says what silence means: it asks for absence, or runs a deadline to the day of judgement."""
    return any(
        isinstance(node, AsOf) or (isinstance(node, Is) and State.ABSENT in node.states and State.VALUE not in node.states)
        for root in expressions(rule)
        for node in walk(root)
    )


def _speaks_of_presence(rule: Rule) -> bool:
    """Whether the condition of the rule rests on something being there, as its clause says (因为)."""
    return rule.applies is not None and any(isinstance(node, Is) and State.VALUE in node.states for node in walk(rule.applies))


def _share(report: Report) -> Fraction:
    """The share of the expected judgements that could be made."""
    return evidence(report.rules).share or Fraction(0)


def _without(submission: Submission, field: str) -> Submission:
    def cut(value: dict[str, Any]) -> dict[str, Any]:
        return {key: one for key, one in value.items() if key != field}

    return replace(submission, records=tuple(replace(one, value=cut(one.value)) for one in submission.records))


@pytest.mark.parametrize("example", EXAMPLES)
def test_leaving_a_field_out_never_makes_a_document_look_better(ruleset: Ruleset, root: Path, example: str) -> None:
    submission = read((str(root / example),), ruleset.vocabulary)
    before = judged(ruleset, submission, None)
    (profile,) = {one.id for _, one in before.taken.by_shape}
    whole = judged(ruleset, submission, profile)
    rules = {one.id: one for one in ruleset.rules}
    kept = {(one.rule, one.subject.id): one.verdict for one in whole.findings}
    kept_failed = {key for key, verdict in kept.items() if verdict is Verdict.FAIL}
    green = outcome_of(whole)
    assert green is not None
    for field in sorted({key for one in submission.records for key in one.value}):
        less = judged(ruleset, _without(submission, field), profile)
        for one in less.findings:
            if one.verdict is Verdict.PASS and kept.get((one.rule, one.subject.id)) is Verdict.FAIL:
                assert rules[one.rule].implicit or _asks_for_absence(rules[one.rule]), (field, one.rule)
            if one.verdict is Verdict.NOT_APPLICABLE and kept.get((one.rule, one.subject.id)) is Verdict.FAIL:
                rule = rules[one.rule]
                assert _asks_for_absence(rule) or _speaks_of_presence(rule), (field, one.rule)
        fewer = {(one.rule, one.subject.id) for one in whole.findings} - {(one.rule, one.subject.id) for one in less.findings}
        failed = {(one.rule, one.subject.id) for one in less.findings if one.verdict is Verdict.FAIL} - kept_failed
        if not fewer and not failed:
            # Rows that go with their list are the submitter's word; what must be stated fails when it is left out, and is judged.
            assert _share(less) <= _share(whole), field
        reached = outcome_of(less)
        assert reached is not None
        if green.outcome.colour != "green" and reached.outcome.colour == "green":
            # What a guard lets go turns red into green: listed, and to shrink with guards.txt.
            gone = {key for key, verdict in kept.items() if verdict is Verdict.FAIL} - {
                (one.rule, one.subject.id) for one in less.findings if one.verdict is Verdict.FAIL
            }
            assert gone and all(rules[rule].applies is not None for rule, _ in gone), (field, gone)


def test_an_empty_proposal_is_grey_and_not_green(ruleset: Ruleset, shared: Path) -> None:
    submission = read((str(shared / "cases" / "silence" / "empty-project.xlsx"),), ruleset.vocabulary)
    reached = outcome_of(judged(ruleset, submission, None))
    assert reached is not None
    assert (reached.profile.id, reached.outcome.colour, reached.outcome.exit) == ("project_filing", "grey", 1)


def test_the_page_for_leaders_promises_no_points_where_there_is_no_score(ruleset: Ruleset, shared: Path) -> None:
    submission = read((str(shared / "cases" / "silence" / "empty-project.xlsx"),), ruleset.vocabulary)
    tables = [one for one in summary_of(judged(ruleset, submission, None), Tongue.ZH).body if isinstance(one, Table)]
    rows = [row for one in tables if "做什么" in one.header for row in one.rows]
    assert str(rows[0][1]).startswith("回答筛查问题：") and {row[-1] for row in rows} == {"–"}


def test_a_question_left_out_of_two_records_is_named_once(ruleset: Ruleset, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("项目方案:\n  - {编号: 一, 名称: 甲}\n  - {编号: 二, 名称: 乙}\n", encoding="utf-8")
    report = judged(ruleset, read((str(tmp_path / "two.yaml"),), ruleset.vocabulary), "purchase_intention")
    assert head_of(report).first[0].what.zh == "回答筛查问题：项目类型"


def test_two_kinds_of_project_are_told_as_two(ruleset: Ruleset, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("项目方案:\n  - {编号: 一, 名称: 甲, 项目类型: [智慧灯杆, 智慧社区]}\n", encoding="utf-8")
    report = judged(ruleset, read((str(tmp_path / "two.yaml"),), ruleset.vocabulary), None)
    (told,) = [one for one in report.findings if one.rule == "project.readable" and one.verdict is Verdict.FAIL]
    assert "项目类型写作“智慧灯杆、智慧社区”" in told.message.zh and "应是一个值，这里有 2 个" in told.message.zh
    assert any(one.what.zh == "把“项目类型”写成认得出的一个值" for one in head_of(report).first)


def test_a_declaration_without_its_reason_is_told_at_the_answer(ruleset: Ruleset, tmp_path: Path) -> None:
    text = "项目方案:\n  - {编号: 一, 名称: 甲, 关键信息基础设施: 不适用, 涉密: 不适用：没有涉密内容}\n"
    (tmp_path / "bare.yaml").write_text(text, encoding="utf-8")
    report = judged(ruleset, read((str(tmp_path / "bare.yaml"),), ruleset.vocabulary), "project_filing")
    said = {one.rule.partition(".")[2]: one for one in report.findings if one.rule.endswith("_answered")}
    assert said["classified_answered"].verdict is Verdict.PASS
    (bare,) = [one.message.zh for one in said.values() if "没有写原因" in one.message.zh]
    assert bare.startswith("“关键信息基础设施”答了不适用，没有写原因")
