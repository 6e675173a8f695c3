"""What `guiju standards gaps|overlaps|review|table` answer: the framework as work to be done.

0 answered · 2 the span of time cannot be read, or no file was named for the table.
"""

import json
import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

from guiju.author.standards_words import LEVELS, MEMORY_ONLY, row_as_plain, row_line, standing
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.standards.registry import Registry
from guiju.standards.upkeep import framework as upkeep
from guiju.terms.tongue import Both, counted

__all__ = ["run_gaps", "run_overlaps", "run_review", "run_table"]

_HEADS = (
    Both("序号", "No."),
    Both("标准体系编号", "Class"),
    Both("类名", "Class name"),
    Both("标准号", "Number"),
    Both("标准名称", "Title"),
    Both("级别", "Level"),
    Both("实施日期", "In force from"),
    Both("状态", "Standing"),
    Both("被代替标准号", "Replaces"),
    Both("备注", "Remark"),
)
_SPAN = re.compile(r"([0-9]{1,4})\s*(d|天|日|w|周|m|个?月|y|年)")


def run_gaps(registry: Registry, *, on: date, as_json: bool) -> int:
    """Classes without a standard."""
    found = upkeep.gaps(registry, on=on)
    if as_json:
        _write(
            [
                {
                    "code": one.cls.code,
                    "title": {"zh": one.cls.title.zh, "en": one.cls.title.en},
                    "others": [row_as_plain(row) for row in one.others],
                    "offered": [row_as_plain(row) for row in one.offered],
                }
                for one in found
            ]
        )
        return 0
    for one in found:
        put(f"{one.cls.code} {one.cls.title.say(TONGUE)}\n", None)
        others = say(f"有 {len(one.others)} 项文件，没有标准", f"{counted(len(one.others), 'document')}, no standard")
        put(f"    {others}\n", None)
        for row in one.offered:
            put(f"    {say('别的类里可用的：', 'of use from other classes: ')}{row_line(row, TONGUE)}\n", None)
        if not one.offered:
            put(f"    {say('登记里没有可以填补的标准', 'the registry holds none that would fill it')}\n", None)
    eprint(say(f"{len(found)} 类没有现行的标准，按 {on} 的情况。", f"{len(found)} classes have no standard in force, as of {on}."))
    return 0


def run_overlaps(registry: Registry, *, on: date, as_json: bool) -> int:
    """Pairs of standards whose titles are alike."""
    found = upkeep.overlaps(registry, on=on)
    if as_json:
        _write([{"first": row_as_plain(one.first), "second": row_as_plain(one.second), "alike": round(one.alike, 2)} for one in found])
        return 0
    for one in found:
        put(f"{one.alike:.2f}  {row_line(one.first, TONGUE)}\n      {row_line(one.second, TONGUE)}\n", None)
    eprint(
        say(
            f"{len(found)} 对标准名称相近；是否重复由人判断。",
            f"{len(found)} pairs have like titles; whether they overlap is for people to say.",
        )
    )
    return 0


def run_review(registry: Registry, *, on: date, within: str | None, as_json: bool) -> int:
    """Standards that are due for review within a span of time."""
    until = _until(on, within or "0d")
    if until is None:
        eprint(say(f"“{within}”不是一段时间；请写成 6m、90d 或者 1年", f"{within!r} is no span of time; write 6m, 90d or 1y"))
        return 2
    found = upkeep.due_for_review(registry, on=on, until=until)
    if as_json:
        _write([{**row_as_plain(one.row), "due": one.due.isoformat()} for one in found])
        return 0
    for one in found:
        late = say("已到期", "due") if one.due <= on else say("将到期", "falls due")
        put(f"{one.due}  {late}  {row_line(one.row, TONGUE)}\n", None)
    eprint(
        say(
            f"{len(found)} 项标准到 {until} 满五年（标准化法第二十九条：一般不超过五年）；登记里没有复审日期，按发布日期算。",
            f"{len(found)} standards are five years old by {until} (Standardization Law art 29: generally within five years); counted from "
            "the day of issue, for the registry holds no day of review.",
        )
    )
    return 0


def run_table(registry: Registry, *, on: date, output: Path | None) -> int:
    """The table of the framework as a workbook, with the columns of GB/T 13016."""
    if output is None or output.suffix != ".xlsx":
        eprint(say("请用 --output 写明要写的 .xlsx 文件。", "Name the .xlsx file to write with --output."))
        return 2
    from guiju.forms.template.to_table import to_table

    heads = tuple(one.say(TONGUE) for one in _HEADS)
    rows = []
    for one in upkeep.table_rows(registry, on=on):
        cells = [str(one.number), one.cls.code, one.cls.title.say(TONGUE)]
        if one.row is None:
            rows.append((*cells, "", say("（本类没有标准）", "(no standard in this class)"), "", "", "", "", ""))
            continue
        edition = one.row.edition
        replaced = ", ".join(prior.label for prior in registry.predecessors(edition))
        unsure = "" if edition.confidence.may_carry_error else MEMORY_ONLY.say(TONGUE)
        rows.append(
            (
                *cells,
                edition.number or "",
                edition.title.say(TONGUE),
                LEVELS[edition.level].say(TONGUE),
                edition.in_force.isoformat() if edition.in_force else "",
                standing(one.row).say(TONGUE),
                replaced,
                unsure,
            )
        )
    put(to_table(say("标准体系明细表", "Framework table"), heads, rows), output)
    eprint(say(f"{len(rows)} 行写到 {output}。", f"{counted(len(rows), 'line')} written to {output}."))
    return 0


def _until(on: date, span: str) -> date | None:
    read = _SPAN.fullmatch(span.strip())
    if read is None:
        return None
    count, unit = int(read[1]), read[2]
    if unit in ("d", "天", "日", "w", "周"):
        return on + timedelta(days=count * (7 if unit in ("w", "周") else 1))
    months = on.month - 1 + count * (12 if unit in ("y", "年") else 1)
    year, month = on.year + months // 12, months % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1])) if year <= date.max.year else None


def _write(value: object) -> None:
    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n", None)
