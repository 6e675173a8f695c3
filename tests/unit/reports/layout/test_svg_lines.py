"""Lines within a page: every value has its point, names are words and nothing more, and a trend shows all units in its table."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from guiju.reports.layout.pages.svg_lines import MOST_LINES, Line, lines_svg
from guiju.reports.writers.compared.to_trend import to_html
from guiju.terms.tongue import Tongue


def _points(svg: str) -> list[int]:
    found = ElementTree.fromstring(svg).iter("polyline")
    return [len((one.get("points") or "").split()) for one in found]


def test_each_value_has_its_point_and_a_gap_has_none() -> None:
    svg = lines_svg(("一月", "二月", "三月"), (Line("甲", (3, 0, 9)), Line("乙", (None, 4, None))), "走势")
    assert _points(svg) == [3, 1]


def test_nothing_is_drawn_of_nothing() -> None:
    assert lines_svg((), (Line("甲", ()),), "走势") == "" == lines_svg(("一月",), (Line("甲", (None,)),), "走势")


def test_names_are_words_and_nothing_more() -> None:
    svg = lines_svg(("<b>", "&"), (Line("<script>甲</script>", (1, 2)),), '"x"')
    assert "<script>" not in svg and _points(svg) == [2]


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    svg = lines_svg(("一月", "二月"), tuple(Line(f"单位{at}", (5, 5)) for at in range(MOST_LINES)), "走势")
    heights = sorted(float(y) for y in re.findall(r'<text class="s\d" x="[\d.]+" y="([\d.]+)"', svg))
    assert len(heights) == MOST_LINES
    assert all(after - before >= 15 for before, after in pairwise(heights))


def test_a_trend_draws_the_worst_units_and_lists_all() -> None:
    rows = [(f"2026-0{month}", f"单位{at:02d}", at + month, 0, 1) for at in range(MOST_LINES + 3) for month in (1, 2)]
    page = to_html(rows, Tongue.ZH)
    assert page.count("<polyline") == MOST_LINES and all(f"<td>单位{at:02d}</td>" in page for at in range(MOST_LINES + 3))
    assert "<script" not in page and "另有 3 家见下表" in page
