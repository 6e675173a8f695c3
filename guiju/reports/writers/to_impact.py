"""The impact of new rules as text, JSON, an HTML page or a workbook, out of the plain data that JSON writes."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from guiju.reports.layout.escape import cell_text
from guiju.reports.layout.pages.plain_page import cells_table, numbers, page_of, section
from guiju.terms.tongue import Both, Tongue

__all__ = ["IMPACT_FORMS", "impact_html", "impact_json", "impact_text", "impact_xlsx"]

IMPACT_FORMS = ("text", "json", "html", "xlsx")
_WORDS = {
    "title": Both("新规则的影响", "the impact of new rules"),
    "rule": Both("规则", "rule"),
    "before": Both("旧", "old"),
    "after": Both("新", "new"),
    "count": Both("数", "count"),
    "proof": Both("证明", "proof"),
    "unit": Both("单位", "unit"),
    "district": Both("区", "district"),
    "subject": Both("对象", "subject"),
    "old_said": Both("旧规则说", "the old rules say"),
    "new_said": Both("新规则说", "the new rules say"),
    "failing": Both("新的不符合", "newly failing"),
    "passing": Both("不再不符合", "newly passing"),
    "opened": Both("新的无法判定", "newly undetermined"),
    "settled": Both("不再无法判定", "no longer undetermined"),
    "records": Both("记录", "records"),
    "rules": Both("各规则", "by rule"),
    "units": Both("各单位", "by unit"),
    "districts": Both("各区", "by district"),
    "samples": Both("例子", "samples"),
    "none": Both("（未标明）", "(not named)"),
    "met": Both("无事", "nothing to do"),
    "FAIL": Both("不符合", "fail"),
    "UNDETERMINED": Both("无法判定", "undetermined"),
}
_FIGURES = ("failing", "passing", "opened", "settled", "records")


def _say(key: str, tongue: Tongue) -> str:
    return _WORDS[key].say(tongue) if key in _WORDS else key


def _tables(plain: dict[str, Any], tongue: Tongue) -> list[tuple[str, list[list[str]]]]:
    """Title and rows of each table, the first row its head."""
    head = [_say(one, tongue) for one in ("rule", "before", "after", "count", "proof")]
    rules = [
        [one["rule"], _say(one["before"], tongue), _say(one["after"], tongue), str(one["count"]), one["proof"] or ""]
        for one in plain["transitions"]
    ]
    tables = [(_say("rules", tongue), [head, *rules])]
    for key, column in (("units", "unit"), ("districts", "district")):
        rows = [
            [name or _say("none", tongue), one["rule"], _say(one["before"], tongue), _say(one["after"], tongue), str(count)]
            for one in plain["transitions"]
            for name, count in one[key]
        ]
        titles = [_say(one, tongue) for one in (column, "rule", "before", "after", "count")]
        tables.append((_say(key, tongue), [titles, *sorted(rows)]))
    samples = [
        [one["rule"], one["unit"], one["subject"], one["old"] or _say("met", tongue), one["new"] or _say("met", tongue)]
        for one in plain["samples"]
    ]
    titles = [_say(one, tongue) for one in ("rule", "unit", "subject", "old_said", "new_said")]
    tables.append((_say("samples", tongue), [titles, *samples]))
    return tables


def impact_text(plain: dict[str, Any], tongue: Tongue) -> str:
    """Lines for a terminal."""
    lines = ["  ".join(f"{_say(one, tongue)} {plain[one]}" for one in _FIGURES)]
    for one in plain["transitions"]:
        step = f"{_say(one['before'], tongue)} → {_say(one['after'], tongue)}"
        lines.append(f"{one['count']:>8}  {step}  {one['rule']}" + (f"  [{one['proof']}]" if one["proof"] else ""))
    for one in plain["samples"][:10]:
        lines += [f"\n{one['rule']}  {one['subject']}", f"  {_say('old_said', tongue)}: {one['old'] or _say('met', tongue)}"]
        lines.append(f"  {_say('new_said', tongue)}: {one['new'] or _say('met', tongue)}")
    return "\n".join(lines) + "\n"


def impact_html(plain: dict[str, Any], tongue: Tongue) -> str:
    """A page that stands alone."""
    body = section(_say("count", tongue), numbers(tuple((_say(one, tongue), plain[one]) for one in _FIGURES)))
    body += "".join(section(title, cells_table(rows)) for title, rows in _tables(plain, tongue) if len(rows) > 1)
    return page_of(_say("title", tongue), body, tongue)


def impact_xlsx(plain: dict[str, Any], tongue: Tongue) -> bytes:
    """A workbook: the figures, then each table on a sheet of its own; no text is a formula."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _stamp(plain)})
    bold = book.add_format({"bold": True})
    tables = [(_say("count", tongue), [[_say(one, tongue), str(plain[one])] for one in _FIGURES]), *_tables(plain, tongue)]
    for at, (title, rows) in enumerate(tables):
        sheet = book.add_worksheet(title[:31])
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = bold if at and number == 0 else None
                if cell.isdigit():
                    sheet.write_number(number, column, int(cell), style)
                else:
                    sheet.write_string(number, column, cell_text(cell), style)
        sheet.set_column(0, 5, 24)
    book.close()
    return out.getvalue()


def _stamp(plain: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(plain["day"])


def impact_json(plain: dict[str, Any]) -> str:
    """The plain data itself."""
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
