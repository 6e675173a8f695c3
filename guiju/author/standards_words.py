"""The words in which answers about instruments are given, and one line for one edition."""

from guiju.standards.model import Force, InstrumentLevel, Nature, Status
from guiju.standards.queries import CitedStanding, Row, Shown, TreeClass
from guiju.terms.tongue import Both, Tongue

__all__ = ["FORCES", "LEVELS", "MEMORY_ONLY", "cited_lines", "row_as_plain", "row_line", "shown_lines", "standing", "tree_lines"]

FORCES = {
    Force.NOT_YET: Both("尚未施行", "not yet in force"),
    Force.IN_FORCE: Both("现行有效", "in force"),
    Force.ENDED: Both("已失效", "no longer in force"),
    Force.UNKNOWN: Both("效力不明", "standing unknown"),
}
NATURES = {
    Nature.BINDING: Both("有约束力", "binding"),
    Nature.MANDATORY: Both("强制性", "mandatory"),
    Nature.RECOMMENDED: Both("推荐性", "recommended"),
    Nature.GUIDANCE: Both("指导性", "guidance"),
}
LEVELS = {
    InstrumentLevel.LAW: Both("法律", "law"),
    InstrumentLevel.ADMINISTRATIVE_REGULATION: Both("行政法规", "administrative regulation"),
    InstrumentLevel.STATE_COUNCIL_DOCUMENT: Both("国务院文件", "State Council document"),
    InstrumentLevel.MINISTRY_RULE: Both("部门规章", "ministry rule"),
    InstrumentLevel.MINISTRY_DOCUMENT: Both("部门文件", "ministry document"),
    InstrumentLevel.LOCAL_REGULATION: Both("地方性法规", "local regulation"),
    InstrumentLevel.LOCAL_GOVERNMENT_RULE: Both("地方政府规章", "local government rule"),
    InstrumentLevel.LOCAL_DOCUMENT: Both("地方文件", "local document"),
    InstrumentLevel.NATIONAL_STANDARD: Both("国家标准", "national standard"),
    InstrumentLevel.INDUSTRY_STANDARD: Both("行业标准", "industry standard"),
    InstrumentLevel.LOCAL_STANDARD: Both("地方标准", "local standard"),
    InstrumentLevel.GROUP_STANDARD: Both("团体标准", "group standard"),
    InstrumentLevel.INTERNATIONAL_STANDARD: Both("国际标准", "international standard"),
    InstrumentLevel.STANDARD_UNKNOWN: Both("标准（编号未见）", "standard (number not seen)"),
    InstrumentLevel.PRACTICE: Both("做法", "practice"),
}
_FIELDS = {
    "number": Both("编号", "number"),
    "title": Both("名称", "title"),
    "body": Both("发布机构", "issued by"),
    "level": Both("层级", "level"),
    "force": Both("状态", "standing"),
    "issued": Both("发布", "issued"),
    "in_force": Both("施行", "in force from"),
    "until": Both("失效", "in force until"),
    "replaces": Both("代替", "replaces"),
    "replaced_by": Both("被代替于", "replaced by"),
    "siblings": Both("其他版本", "other editions"),
    "category": Both("标准体系", "class of the framework"),
    "applies_to": Both("适用类别", "applies to"),
    "confidence": Both("核实程度", "confidence"),
    "note": Both("附注", "note"),
    "clauses": Both("已登记的条款", "clauses recorded"),
}
MEMORY_ONLY = Both("只凭记忆或者转述，没有核实", "from memory or a retelling only, not verified")
_TASKS_OVER = Both("没有废止，任务已经结束", "not repealed; the tasks that it set are over")
_UNKNOWN_DATE = Both("不详", "not known")
_FROM_MEMORY = Both("（日期未核实）", " (day not verified)")
_NOT_FOUND = Both("登记里没有", "not in the registry")
_NEAR = Both("相近的有：{what}", "near it: {what}")
_INSTEAD = Both("现应引用：{what}", "cite instead: {what}")
_NO_SUCCESSOR = Both("没有登记代替它的文件", "nothing is recorded as its successor")


def row_line(row: Row, tongue: Tongue) -> str:
    """`GB/T 33356-2022 新型智慧城市评价指标 · 国家标准，推荐性 · 现行有效`."""
    one = row.edition
    number = f"{one.number} " if one.number else ""
    comma = "，" if tongue is Tongue.ZH else ", "
    kind = f"{LEVELS[one.level].say(tongue)}{comma}{NATURES[one.nature].say(tongue)}"
    unsure = "" if one.confidence.may_carry_error else f" · {MEMORY_ONLY.say(tongue)}"
    return f"{number}{one.title.say(tongue)} · {kind} · {standing(row).say(tongue)}{_days(row, tongue)}{unsure}"


def standing(row: Row) -> Both:
    """How an edition stands on the day asked about; one whose tasks are over says so."""
    if row.force is Force.IN_FORCE and row.edition.status is Status.TASK_ENDED:
        return _TASKS_OVER
    return FORCES[row.force]


def _days(row: Row, tongue: Tongue) -> str:
    one = row.edition
    if row.force is Force.ENDED and one.until is not None:
        return f"（至 {one.until}）" if tongue is Tongue.ZH else f" (until {one.until})"
    if row.force is Force.NOT_YET and one.in_force is not None:
        return f"（自 {one.in_force}）" if tongue is Tongue.ZH else f" (from {one.in_force})"
    return ""


def shown_lines(shown: Shown, tongue: Tongue) -> list[str]:
    """Everything about one edition, a line a fact; what is not known says so."""
    one = shown.row.edition
    facts: list[tuple[str, str]] = [
        ("number", one.number or _UNKNOWN_DATE.say(tongue)),
        ("title", one.title.say(tongue)),
        ("body", one.body.say(tongue)),
        ("level", f"{LEVELS[one.level].say(tongue)} · {NATURES[one.nature].say(tongue)}"),
        ("force", standing(shown.row).say(tongue)),
        *((day, _day(shown, day, tongue)) for day in ("issued", "in_force")),
        *([("until", _day(shown, "until", tongue))] if one.until is not None or shown.row.force is Force.ENDED else []),
        *(("replaces", row_line(row, tongue)) for row in shown.predecessors),
        *(("replaced_by", row_line(row, tongue)) for row in shown.successors),
        *(("siblings", row_line(row, tongue)) for row in shown.siblings if row not in (*shown.predecessors, *shown.successors)),
    ]
    if shown.category is not None:
        facts.append(("category", f"{shown.category.code} {shown.category.title.say(tongue)}"))
    if one.applies_to:
        facts.append(("applies_to", ", ".join(one.applies_to)))
    facts.append(("confidence", one.confidence.value))
    if one.note.say(tongue):
        facts.append(("note", one.note.say(tongue)))
    colon = "：" if tongue is Tongue.ZH else ": "
    lines = [f"{_FIELDS[name].say(tongue)}{colon}{said}" for name, said in facts]
    if one.clauses:
        lines.append(f"{_FIELDS['clauses'].say(tongue)}{colon}")
        lines += [f"  {clause.ref.say(tongue)}  {said.says.say(tongue)}" for clause in one.clauses for said in clause.provisions]
    return lines


def _day(shown: Shown, name: str, tongue: Tongue) -> str:
    one = shown.row.edition
    day = {"issued": one.issued, "in_force": one.in_force, "until": one.until}[name]
    if day is None:
        return dict(one.written).get(name) or _UNKNOWN_DATE.say(tongue)
    return day.isoformat() + ("" if one.confidence_of(name).may_carry_error else _FROM_MEMORY.say(tongue))


def tree_lines(classes: tuple[TreeClass, ...], tongue: Tongue, *, deep: bool, indent: int = 0) -> list[str]:
    """The classes with how many editions each holds; with `deep`, the editions too."""
    lines: list[str] = []
    for one in classes:
        lines.append(f"{'  ' * indent}{one.code} {one.title.say(tongue)} ({one.count})")
        if deep:
            lines += [f"{'  ' * (indent + 1)}{row_line(row, tongue)}" for row in one.rows]
        lines += tree_lines(one.subclasses, tongue, deep=deep, indent=indent + 1)
    return lines


def cited_lines(standing: CitedStanding, line: int | None, tongue: Tongue) -> list[str]:
    """How one cited name stands, and what to cite instead."""
    where = f"{line}: " if line is not None else ""
    if standing.row is None:
        near = [f"    {_NEAR.say(tongue).format(what=', '.join(standing.near))}"] if standing.near else []
        return [f"{where}{standing.text} · {_NOT_FOUND.say(tongue)}", *near]
    # The name may be an older spelling; what it was taken for is said.
    lines = [f"{where}{row_line(standing.row, tongue)}"]
    if standing.row.force is Force.ENDED:
        said = [_INSTEAD.say(tongue).format(what=row_line(row, tongue)) for row in standing.instead] or [_NO_SUCCESSOR.say(tongue)]
        lines += [f"    {one}" for one in said]
    return lines


def row_as_plain(row: Row) -> dict[str, object]:
    """One edition for a script."""
    one = row.edition
    return {
        "id": one.id,
        "number": one.number,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "level": one.level.value,
        "nature": one.nature.value,
        "must": row.must,
        "force": row.force.value,
        "issued": one.issued.isoformat() if one.issued else None,
        "in_force": one.in_force.isoformat() if one.in_force else None,
        "until": one.until.isoformat() if one.until else None,
        "replaced_by": list(one.replaced_by),
        "category": one.category,
        "confidence": one.confidence.value,
    }
