"""Notices name what each department has to mend and by when; the page for leaders never hides what blocks."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.reports.layout.letters.letter import Lit, Paragraph, Table
from guiju.reports.layout.letters.notices import notices_of, summary_of
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Tongue
from tests.specimens.floors import ROOT, report_of_file


@pytest.fixture(scope="module")
def report() -> Report:
    """The report of the faulty example catalog."""
    return report_of_file(ROOT / "examples" / "catalog" / "faulty.yaml")


def test_every_breach_is_in_the_notice_of_its_department(report: Report) -> None:
    notices = notices_of(report, Tongue.ZH, calendar=load_calendar(), workdays=10)
    failed = [one for one in report.findings if one.verdict.name in ("FAIL", "ERROR")]
    assert sum(one.findings for one in notices) == len(failed)
    assert {one.department for one in notices} == {one.department or "" for one in failed}


def test_the_deadline_counts_working_days(report: Report) -> None:
    # 2026-03-17 is a Tuesday without a holiday in the two weeks after it.
    notice = notices_of(report, Tongue.ZH, calendar=load_calendar(), workdays=10)[0]
    assert notice.due == date(2026, 3, 31)
    assert any("2026年3月31日" in block.text for block in notice.letter.body if isinstance(block, Paragraph))


def test_a_year_without_a_calendar_leaves_the_deadline_in_words(report: Report) -> None:
    late = replace(report, provenance=replace(report.provenance, as_of=date(2026, 12, 28)))
    notice = notices_of(late, Tongue.ZH, calendar=load_calendar(), workdays=10)[0]
    assert notice.due is None
    assert any("10 个工作日内" in block.text for block in notice.letter.body if isinstance(block, Paragraph))


def test_a_waived_breach_is_not_asked_for(report: Report) -> None:
    waived = replace(report, findings=tuple(replace(one, waiver="W-1") for one in report.findings))
    assert notices_of(waived, Tongue.EN, calendar=load_calendar(), workdays=5) == ()


def test_what_blocks_is_red_whatever_the_score(report: Report) -> None:
    numbers = next(block for block in summary_of(report, Tongue.ZH).body if isinstance(block, Table))
    lit = numbers.rows[0][3]
    assert isinstance(lit, Lit) and lit.light == "red" and "不得发布" in lit.text
    mended = replace(report, findings=())
    shown = next(block for block in summary_of(mended, Tongue.ZH).body if isinstance(block, Table))
    assert shown.rows[0][2] == "0"


def test_the_page_names_five_actions_at_most_and_the_most_gainful_first(report: Report) -> None:
    tables = [block for block in summary_of(report, Tongue.EN).body if isinstance(block, Table)]
    actions = tables[-1].rows
    gains = [float(row[3].removeprefix("+")) for row in actions]
    assert 0 < len(actions) <= 5 and gains == sorted(gains, reverse=True)


def test_what_is_advised_is_not_ordered(report: Report) -> None:
    notice = notices_of(report, Tongue.ZH, calendar=load_calendar(), workdays=10)[0]
    tables = [block for block in notice.letter.body if isinstance(block, Table)]
    assert [len(block.header) for block in tables] == [6, 6]
    advised = {str(row[2]) for row in tables[1].rows}
    assert not advised & {str(row[2]) for row in tables[0].rows}
    assert {row[1] for row in tables[1].rows} <= {"提示", "一般"} and "阻断" in {row[1] for row in tables[0].rows}


def test_many_alike_are_one_row_with_an_annex(report: Report) -> None:
    one = next(one for one in report.findings if one.verdict.name == "FAIL")
    many = tuple(replace(one, subject=replace(one.subject, name=f"条目{at}", id=str(at))) for at in range(6989))
    notice = notices_of(replace(report, findings=many), Tongue.ZH, calendar=load_calendar(), workdays=10)[0]
    [table] = [block for block in notice.letter.body if isinstance(block, Table)]
    assert len(table.rows) == 1 and "6989 处，见附件" in str(table.rows[0][2])
    assert len(notice.listed) == 6989 and notice.letter.attachments


def test_the_page_names_who_and_what(report: Report) -> None:
    letter = summary_of(report, Tongue.ZH)
    assert letter.about and "数据集 4" in letter.about[0]
    actions = [block for block in letter.body if isinstance(block, Table)][-1]
    assert actions.header[:2] == ("谁", "做什么") and {row[0] for row in actions.rows} == {"市交通运输局"}


def test_a_red_page_never_has_every_dimension_excellent(report: Report) -> None:
    dimensions = next(block for block in summary_of(report, Tongue.ZH).body if isinstance(block, Table) and block.header[0] == "维度")
    lit = [row[3] for row in dimensions.rows]
    assert any(isinstance(one, Lit) and one.light != "green" for one in lit)
