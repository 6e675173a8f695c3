"""How units fare from month to month, as one offline page: a line a unit, and the numbers in a table below."""

from collections.abc import Iterable

from guiju.reports.layout.pages.plain_page import cells_table, page_of, section
from guiju.reports.layout.pages.svg_lines import MOST_LINES, Line, lines_svg
from guiju.terms.tongue import Both, Tongue

__all__ = ["to_html"]

Row = tuple[str, str, int, int, int]
"""Month, unit (empty where none is named), and the counts of failures, waived and undetermined."""

_TITLE = Both("各单位走势", "Trend by unit")
_HEADS = (Both("单位", "unit"), Both("月份", "month"), Both("不符合", "fail"), Both("豁免", "waived"), Both("无法判定", "undetermined"))
_NOBODY = Both("（未标明）", "(not named)")
_FAILURES = Both("不符合，按月", "failures, by month")
_NUMBERS = Both("各月的数", "the numbers")
_NONE = Both("台账里还没有可画的。", "There is nothing in the store to draw yet.")


def to_html(found: Iterable[Row], tongue: Tongue) -> str:
    """The page; of many units the lines of those with most failures are drawn, and all stand in the table."""
    rows = sorted(found, key=lambda one: (one[1], one[0]))
    months = sorted({month for month, *_ in rows})
    held = {(unit, month): fail for month, unit, fail, _, _ in rows}
    units = sorted({unit for _, unit, *_ in rows}, key=lambda one: (-sum(held.get((one, month), 0) for month in months), one))
    lines = [Line(unit or _NOBODY.say(tongue), tuple(held.get((unit, month)) for month in months)) for unit in units]
    title = _TITLE.say(tongue)
    if not rows:
        return page_of(title, section(_FAILURES.say(tongue), f"<p>{_NONE.say(tongue)}</p>"), tongue)
    more = len(lines) - MOST_LINES
    words = Both(
        f"画出不符合最多的 {MOST_LINES} 家，另有 {more} 家见下表。",
        f"The {MOST_LINES} units with most failures are drawn; {more} more stand below.",
    )
    said = f"<p>{words.say(tongue)}</p>" if more > 0 else ""
    table = [[one.say(tongue) for one in _HEADS]]
    table += [[unit or _NOBODY.say(tongue), month, str(fail), str(waived), str(open_)] for month, unit, fail, waived, open_ in rows]
    body = section(_FAILURES.say(tongue), lines_svg(months, lines, title) + said) + section(_NUMBERS.say(tongue), cells_table(table))
    return page_of(title, body, tongue)
