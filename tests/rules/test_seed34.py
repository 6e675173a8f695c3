"""Holds the rules on 武政办〔2020〕34号 to their facts, and the example of the whole city to its table of faults.

Every task, phase, measure and derived check of the fact base is accounted for here by the rules that answer for it.
"""

import importlib.util
import re
import sys
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from guiju.catalog.read import read
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load import load_calendar, load_registry
from guiju.store.cache import Cache
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "examples" / "city"
FACTS = ROOT.parent / "shared" / "facts" / "seed-tasks.yaml"
DISTRICTS = "各区人民政府"

# The rules that answer for each phase and measure.
PARTS: dict[str, tuple[str, ...]] = {
    "三(一)": ("deployment_meeting_held", "group_formed_in_april", "group_has_its_posts", "plan_lists_tasks"),
    "三(二)": ("interim_summary_filed", "interim_summary_in_time", "city_summary_formed", "city_summary_goes_to_both"),
    "三(三)": ("inspection_held",),
    "三(四)": (
        "annual_summary_filed",
        "annual_summary_in_time",
        "city_annual_summary_formed",
        "visit_and_survey_held",
        "lead_reports_its_outputs",
    ),
    "四(一)": ("group_has_its_posts", "office_sits_in_the_bureau"),
    "四(二)": ("plan_filed", "plan_filed_in_time", "plan_goes_to_the_office", "plan_task_has_measures", "plan_covers_its_tasks"),
    "四(三)": ("dispatch_and_bulletin_kept", "results_published"),
}
CHECKS: dict[str, tuple[str, ...]] = {
    "SEED-C01": ("project.readable",),
    "SEED-C02": ("applicant_belongs_to_the_task",),
    "SEED-C03": ("sites_and_poles_are_listed", "sites_by_district_add_up"),
    "SEED-C04": ("plan_filed", "plan_filed_in_time"),
    "SEED-C05": ("interim_summary_filed", "interim_summary_in_time", "annual_summary_filed", "annual_summary_in_time"),
    "SEED-C06": ("dispatch_and_bulletin_kept",),
    "SEED-C07": ("plan_names_its_unit",),
    "SEED-C08": ("twenty_thousand_sites", "site_count_never_falls"),
}
# The rules of their own for what single tasks ask; all tasks have those of TASK_RULES.
TASK_RULES = ("role_as_assigned", "plan_covers_its_tasks", "applicant_belongs_to_the_task", "task_standards_cited")
TARGETS: dict[str, tuple[str, ...]] = {
    "T01": ("lead_reports_its_outputs",),
    "T02": ("lead_reports_its_outputs",),
    "T03": ("twenty_thousand_sites",),
    "T14": ("lead_reports_its_outputs",),
    "T15": ("lead_reports_its_outputs",),
}


@cache
def facts() -> dict[str, Any]:
    """The seed's tasks and schedule."""
    if not FACTS.is_file():
        pytest.skip("../shared is not here")
    found = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@cache
def ruleset() -> Ruleset:
    """The shipped rules, compiled."""
    compiled = read_rules([shipped_rules()], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset


@cache
def names() -> frozenset[str]:
    """The last parts of the ids of the shipped rules, and the whole ids of the implicit ones."""
    return frozenset(one.id if one.id.count(".") == 1 else one.id.rsplit(".", 1)[-1] for one in ruleset().rules)


def rows(register: str) -> list[dict[str, str]]:
    """The subjects of a register as written."""
    shape = next(one for one in ruleset().vocabulary.shapes if one.id == register)
    fields = [one.name.zh for one in shape.fields]
    return [dict(zip(fields, (str(cell) for cell in row), strict=False)) for row in shape.rows]


def unknown(accounts: Iterable[tuple[str, ...]]) -> set[str]:
    """The rules named in an account that are not shipped."""
    return {name for account in accounts for name in account} - names()


def test_every_rule_named_in_the_accounts_is_shipped() -> None:
    assert unknown((*PARTS.values(), *CHECKS.values(), TASK_RULES, *TARGETS.values())) == set()


def test_every_phase_and_measure_has_its_rules() -> None:
    assert sorted(PARTS) == sorted(one["id"] for one in (*facts()["schedule"], *facts()["measures"]))


def test_every_derived_check_has_its_rules() -> None:
    assert sorted(CHECKS) == sorted(one["id"] for one in facts()["derived_checks"])


def test_every_rule_on_the_document_is_accounted_for() -> None:
    answered = {name for account in (*PARTS.values(), *CHECKS.values(), TASK_RULES) for name in account}
    declared = set()
    for path in (ROOT / "guiju" / "rules" / "seed34").glob("*.gj"):
        declared |= set(re.findall(r"^规则\s+\S+\s*/\s*([a-z0-9_]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    account = yaml.safe_load((ROOT / "guiju" / "rules" / "accounting-tasks.yaml").read_text(encoding="utf-8"))["requirements"]
    answered |= {name for one in account.values() for name in one.get("rules", ())}
    assert declared - answered == set()


def test_the_code_list_has_the_seventeen_tasks_with_their_places() -> None:
    codes = next(one for one in ruleset().vocabulary.codes if one.id == "seed_task")
    assert {one.code: one.name.zh for one in codes.entries} == {one["key"]: one["title_zh"] for one in facts()["tasks"]}


def test_each_task_is_led_and_borne_by_exactly_the_units_of_the_document() -> None:
    said = {(one["key"], role, unit) for one in facts()["tasks"] for role, units in roles(one) for unit in units}
    assert {(one["任务"], one["角色"], one["承担者"]) for one in rows("task_assignment")} == said


def roles(task: dict[str, Any]) -> tuple[tuple[str, list[str]], ...]:
    """The roles of a task with their units."""
    return ("牵头单位", task["lead_units"]), ("责任单位", task["responsible_units"])


def test_every_unit_of_a_task_is_a_unit_of_the_register() -> None:
    called = {part.strip() for one in rows("responsible_unit") for part in one["分工称谓"].split(",")}
    # 市物流局 sits in the leading group and bears no task.
    assert {one["承担者"] for one in rows("task_assignment")} == called - {"市物流局"}


def test_every_spelling_of_a_unit_leads_to_it() -> None:
    units = rows("responsible_unit")
    said = {(name.strip(), one["名称"]) for one in units for name in (one["名称"], *one["简称"].split(","))}
    assert {(one["写法"], one["单位"]) for one in rows("unit_spelling")} == said


def test_the_districts_are_fifteen_with_the_zones_and_the_scenic_area() -> None:
    districts = {one["名称"] for one in rows("responsible_unit") if DISTRICTS in one["分工称谓"]}
    assert len(districts) == 15
    assert {"市东湖生态旅游风景区管委会", "武汉东湖新技术开发区管委会"} < districts
    assert not {"武汉新港管委会", "武汉长江新城管委会"} & districts


def test_each_output_stands_with_its_task_and_its_lead_unit() -> None:
    said = {(unit, one["key"], one["lead_units"][0]) for one in facts()["tasks"] for unit in one["outputs"]}
    assert {(one["名称"], one["任务"], one["牵头单位"]) for one in rows("task_output")} == said


def test_every_target_has_its_rule() -> None:
    assert sorted(TARGETS) == [one["key"] for one in facts()["tasks"] if one["targets"]]


def test_each_demonstration_area_is_named_by_a_rule() -> None:
    text = (ROOT / "guiju" / "rules" / "seed34" / "2_3_2_demonstration_area.gj").read_text(encoding="utf-8")
    areas = [area for one in facts()["tasks"] for area in one["demonstration_areas"]]
    assert areas and [area for area in areas if f'"{area}"' not in text] == []


def test_each_task_has_its_standards_but_those_without_a_number() -> None:
    said = {(number, one["key"]) for one in facts()["tasks"] for number in one["typical_standards"]}
    missing = said - {(one["编号"], one["任务"]) for one in rows("task_standard")}
    assert missing == {("AII 二级节点建设导则(2021年)", "T16")}
    assert len(rows("task_standard")) == len(said) - 1


def test_the_days_of_the_standards_are_those_of_the_registry() -> None:
    known = {one.number: one for one in load_registry().editions if one.number}
    wrong = [one["编号"] for one in rows("task_standard") if one.get("施行日期", "") != str(known[one["编号"]].in_force or "")]
    # The register has no last days: none of these standards has one. Where one gets one, the rule has to ask for it.
    ended = [one["编号"] for one in rows("task_standard") if known[one["编号"]].until is not None]
    assert (wrong, ended) == ([], [])


def test_each_month_and_quarter_of_the_work_is_a_milestone() -> None:
    stones = rows("milestone")
    months = sorted((one["自"], one["至"]) for one in stones if one["类别"] == "月调度")
    assert [since[:7] for since, _ in months] == [f"2020-{month:02d}" for month in range(5, 12)]
    last = {one["id"]: one["end"] for one in facts()["schedule"]}
    ends = {one["类别"]: one["至"] for one in stones}
    assert (ends["专题部署会"], ends["带队检查"], ends["视察和测评"]) == (last["三(一)"], last["三(三)"], last["三(四)"])
    assert (ends["全市小结"], ends["全市总结"]) == (last["三(二)"], last["三(四)"])


def test_no_person_of_the_document_is_named() -> None:
    group = facts()["leading_group"]
    people = [one["name"] for part in ("leader", "deputy", "members") for one in group[part]]
    # Two letters may be a word; the posts tell of the rest.
    people = [name for name in people if len(name) > 2]
    places = [*(ROOT / "guiju" / "rules").rglob("*.*"), *(ROOT / "examples").rglob("*.yaml")]
    texts = "\n".join(path.read_text(encoding="utf-8") for path in places if path.suffix in (".gj", ".yaml"))
    assert [name for name in people if name in texts] == []


# ---- the example of the whole city ----


@cache
def builder() -> ModuleType:
    """examples/city/build.py."""
    spec = importlib.util.spec_from_file_location("city_build", CITY / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def city() -> tuple[tuple[str, str, Verdict], ...]:
    """What the shipped rules find in the papers of the city: the rule, the subject or its owner, the verdict."""
    submission = read(sorted(CITY.glob("*.yaml")), ruleset().vocabulary)
    assert submission.diagnostics == ()
    assert submission.submitted is not None
    report = check_submission(ruleset(), submission, as_of=submission.submitted, calendar=load_calendar(), show_passed=True)
    return tuple((one.rule.rsplit(".", 1)[-1], str(one.subject), one.verdict) for one in report.findings)


def test_the_city_files_are_what_their_builder_makes() -> None:
    for name, papers in builder().build().items():
        assert yaml.safe_load((CITY / name).read_text(encoding="utf-8")) == papers, name


def test_every_fault_of_the_city_is_found_at_its_unit_and_nothing_else() -> None:
    expected = [(rule, unit) for unit, _, rules in builder().FAULTS for rule in rules]
    expected += [(rule, milestone) for milestone, rule in builder().CITY_FAULTS]
    bad = [(rule, subject) for rule, subject, verdict in city() if verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED)]
    assert len(bad) == len(expected)
    assert [one for one in expected if not any(rule == one[0] and one[1] in subject for rule, subject in bad)] == []


def test_every_unit_is_asked_for_its_plan_and_both_summaries() -> None:
    for rule in ("plan_filed", "interim_summary_filed", "annual_summary_filed"):
        asked = [subject for name, subject, verdict in city() if name == rule and verdict in (Verdict.PASS, Verdict.FAIL)]
        assert len(asked) == len(rows("responsible_unit")) - 1, rule


def test_by_units_the_report_says_which_unit_owes_what() -> None:
    submission = read(sorted(CITY.glob("*.yaml")), ruleset().vocabulary)
    report = check_submission(ruleset(), submission, as_of=submission.submitted or date.max, calendar=load_calendar())
    text = to_text(report, TextStyle(tongue=Tongue.ZH, group="unit"))
    units = [line.rsplit(" · ", 1)[0] for line in text.splitlines() if re.fullmatch(r"\S+ · \d+", line)]
    late = {unit for unit, _, _ in builder().FAULTS}
    # What the city as a whole left out is with the bureau that collects it.
    assert sorted(units) == sorted(late | {"市政务服务和大数据管理局"})
    assert "没有收到这个单位的年度总结；应在2020年11月报送。" in text


def test_a_unit_that_hands_in_its_own_papers_is_not_asked_for_those_of_others(tmp_path: Path) -> None:
    plan = next(one for one in builder().build()["plans.yaml"]["工作方案"] if one["报送单位"] == "市教育局")
    paper = tmp_path / "plan.yaml"
    paper.write_text(yaml.safe_dump({"提交日期": "2020-12-01", "工作方案": [plan]}, allow_unicode=True), encoding="utf-8")
    submission = read([paper], ruleset().vocabulary)
    report = check_submission(ruleset(), submission, as_of=date(2020, 12, 1), calendar=load_calendar(), show_passed=True)
    assert [one.rule for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED)] == []
    assert any(one.rule.endswith("plan_names_its_unit") and one.verdict is Verdict.PASS for one in report.findings)
