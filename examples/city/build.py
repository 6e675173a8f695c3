"""Builds a year of the whole city's papers on Proposal No. 2: every unit's plan and reports, with some late, missing or wrong.

Run it as `python examples/city/build.py`; it takes no arguments, reads the shipped registers and writes plans.yaml, reports.yaml
and city.yaml beside itself. Nothing in it is drawn by lot, and all but the units, the tasks and the days set by the document is invented.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache

__all__ = ["FAULTS", "build", "main"]

HERE = Path(__file__).resolve().parent
BUREAU = "市政务服务和大数据管理局"
OFFICE = "领导小组办公室"
SITES_UNIT = "市经济和信息化局"

# What is wrong on purpose: the unit, what it did, and the rules that say so. A test holds the findings to this table.
FAULTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("江夏区人民政府", "plan late", ("plan_filed_in_time",)),
    ("新洲区人民政府", "no plan", ("plan_filed",)),
    ("市司法局", "plan gives the wrong role", ("role_as_assigned",)),
    ("黄陂区人民政府", "plan leaves a task out", ("plan_covers_its_tasks",)),
    ("中国联通武汉分公司", "a task has no measures", ("plan_task_has_measures",)),
    ("市商务局", "plan sent elsewhere", ("plan_goes_to_the_office",)),
    ("市园林和林业局", "interim summary late", ("interim_summary_in_time",)),
    ("武汉长江新城管委会", "no interim summary", ("interim_summary_filed",)),
    ("青山区人民政府", "annual summary late", ("annual_summary_in_time",)),
    ("武汉新港管委会", "no annual summary", ("annual_summary_filed",)),
)
# What the city as a whole left out: the milestone, and the rule that says so.
CITY_FAULTS: tuple[tuple[str, str], ...] = (
    ("2020年7月调度", "dispatch_and_bulletin_kept"),
    ("2020年第三季度通报", "dispatch_and_bulletin_kept"),
)

_SITES = {5: 9000, 6: 11000, 7: 13000, 8: 15000, 9: 17000, 10: 18500, 11: 19500, 12: 20300}
# What the bureau's annual summary tells of the plan, the data and the standards.
_ACHIEVED: dict[str, Any] = {
    "规划已印发": "是",
    "规划文号": "示例文号",
    "规划印发日期": "2020-11-12",
    "归集数据集数": 320,
    "接入单位数": 45,
    "标准成果": [{"编号": "示例计划1号", "名称": "示例标准", "状态": "起草", "框架编号": "WH-0202"}],
}
_MEASURES = {"牵头单位": "制订实施安排，按月调度，协调责任单位", "责任单位": "明确专人，配合牵头单位，按时报送进展"}


def main() -> None:
    """Writes the three files."""
    for name, papers in build().items():
        text = yaml.safe_dump(papers, allow_unicode=True, sort_keys=False, width=120)
        (HERE / name).write_text(f"# 由 build.py 生成，不要手改；除单位、任务和文件规定的日子外都是虚构的\n{text}", encoding="utf-8")


def build() -> dict[str, dict[str, Any]]:
    """The papers by the names of their files."""
    compiled = read_rules([shipped_rules()], Cache(None)).ruleset
    assert compiled is not None
    borne = _borne(compiled)
    plans = [_plan(at, unit, tasks) for at, (unit, tasks) in enumerate(borne.items()) if not _did(unit, "no plan")]
    return {
        "plans.yaml": {"提交日期": "2020-12-31", "工作方案": plans},
        "reports.yaml": {"提交日期": "2020-12-31", "进展报告": [*_summaries(compiled, borne), *_dispatches(), *_city_summaries()]},
        "city.yaml": {"提交日期": "2020-12-31", "领导小组": _group(borne), "办理活动": _activities()},
    }


def _rows(ruleset: Ruleset, register: str) -> list[dict[str, Any]]:
    shape = next(one for one in ruleset.vocabulary.shapes if one.id == register)
    names = [one.name.zh for one in shape.fields]
    return [dict(zip(names, entry, strict=False)) for entry in shape.rows]


def _borne(ruleset: Ruleset) -> dict[str, list[tuple[str, str]]]:
    """Each unit with the tasks that it bears and its role in each, as the registers have it."""
    assigned = _rows(ruleset, "task_assignment")
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in _rows(ruleset, "responsible_unit"):
        called = {one.strip() for one in unit["分工称谓"].split(",")}
        borne = [(row["任务"], row["角色"]) for row in assigned if row["承担者"] in called]
        # A unit of the leading group without a task of its own owes no papers.
        if borne:
            found[unit["名称"]] = borne
    return found


def _did(unit: str, what: str) -> bool:
    return any(one == unit and done == what for one, done, _ in FAULTS)


def _plan(at: int, unit: str, tasks: list[tuple[str, str]]) -> dict[str, Any]:
    filed = date(2020, 5, 6) if _did(unit, "plan late") else date(2020, 4, 30) - timedelta(days=at % 3)
    kept = tasks[:-1] if _did(unit, "plan leaves a task out") else tasks
    rows = [_task(unit, first, *one) for first, one in zip([True] + [False] * len(kept), kept, strict=False)]
    return {
        "名称": f"{unit}办理2号建议案工作方案",
        "报送单位": unit,
        "备案日期": filed.isoformat(),
        "接收单位": "市发展改革委" if _did(unit, "plan sent elsewhere") else OFFICE,
        "任务": rows,
    }


def _task(unit: str, first: bool, task: str, role: str) -> dict[str, Any]:
    row = {"任务": task, "角色": role, "措施": _MEASURES[role], "责任处室": "综合处", "完成时间": "2020-11-30"}
    if first and _did(unit, "plan gives the wrong role"):
        row["角色"] = "牵头单位" if role == "责任单位" else "责任单位"
    if first and _did(unit, "a task has no measures"):
        del row["措施"]
    return row


def _summaries(ruleset: Ruleset, borne: dict[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    outputs = _rows(ruleset, "task_output")
    found = []
    for at, unit in enumerate(borne):
        for kind, last, late, wanting in (
            ("年度小结", date(2020, 8, 31), "interim summary late", "no interim summary"),
            ("年度总结", date(2020, 11, 30), "annual summary late", "no annual summary"),
        ):
            if _did(unit, wanting):
                continue
            filed = last + timedelta(days=4) if _did(unit, late) else last - timedelta(days=at % 5)
            made = [one["名称"] for one in outputs if one["牵头单位"] == unit]
            row: dict[str, Any] = {
                "名称": f"{unit}{kind}",
                "报送单位": unit,
                "类别": kind,
                "报送日期": filed.isoformat(),
                "所属月份": last.isoformat(),
            }
            if kind == "年度总结" and made:
                row["成果"] = made
            if kind == "年度总结" and unit == BUREAU:
                row |= _ACHIEVED
            found.append(row)
    return found


def _dispatches() -> list[dict[str, Any]]:
    """The monthly dispatches with the sites built so far, and the quarterly bulletins."""
    left_out = {name for name, _ in CITY_FAULTS}
    found = []
    for month, sites in _SITES.items():
        last = date(2020, month + 1, 1) - timedelta(days=1) if month < 12 else date(2020, 12, 31)
        if f"2020年{month}月调度" not in left_out:
            row = {"名称": f"{month}月调度", "报送单位": SITES_UNIT, "类别": "月调度"}
            found.append({**row, "报送日期": last.isoformat(), "所属月份": last.isoformat(), "基站累计数": f"{sites}个"})
    for name, day in (("第二季度", "2020-06-30"), ("第三季度", "2020-09-30"), ("第四季度", "2020-11-30")):
        if f"2020年{name}通报" not in left_out:
            found.append({"名称": f"{name}通报", "报送单位": BUREAU, "类别": "季通报", "报送日期": day, "所属月份": day})
    return found


def _city_summaries() -> list[dict[str, Any]]:
    both = ["市政协提案委", "市人民政府督查室"]
    return [
        {"名称": "全市书面总结材料", "报送单位": BUREAU, "类别": "全市小结", "报送日期": "2020-09-18", "接收单位": both},
        {"名称": "全市总结材料", "报送单位": BUREAU, "类别": "全市总结", "报送日期": "2020-11-30"},
    ]


def _group(borne: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
    return {
        "名称": "2号建议案办理工作领导小组",
        "成立日期": "2020-04-28",
        "组长职务": "市人民政府分管副市长",
        "副组长职务": ["市人民政府分管副秘书长", f"{BUREAU}局长"],
        "成员单位": list(borne),
        "办公室所在单位": BUREAU,
    }


def _activities() -> list[dict[str, Any]]:
    held = (("专题部署会", "2020-04-29"), ("带队检查", "2020-10-15"), ("视察和测评", "2020-11-20"), ("向社会公开", "2020-11-25"))
    return [{"名称": kind, "类别": kind, "日期": day} for kind, day in held]


if __name__ == "__main__":
    main()
