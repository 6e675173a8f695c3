"""Lines drawn as SVG within a page: one line a series, its name at its end, its numbers in a table below for whoever sees no picture.

Colours come from the page's style by class; names tell the lines apart without them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from guiju.reports.layout.escape import one_line
from guiju.reports.layout.text import cut

__all__ = ["MOST_LINES", "Line", "lines_svg"]

MOST_LINES = 8
_WIDTH, _HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 190, 16, 32
_APART = 16
_NAME = 24
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its name and its value at each label of the axis; None where there is none."""

    name: str
    values: tuple[int | None, ...]


def lines_svg(labels: Sequence[str], lines: Sequence[Line], title: str) -> str:
    """The picture of at most `MOST_LINES` lines over the labels; nothing where there is nothing to draw."""
    drawn = [one for one in lines[:MOST_LINES] if any(value is not None for value in one.values)]
    if not labels or not drawn:
        return ""
    most = max(value for one in drawn for value in one.values if value is not None)
    step = _step(most)
    top = max(step, -(-most // step) * step)
    parts = [_grid(top, step), _axis(labels)]
    ends = _parted([_y(next(value for value in reversed(one.values) if value is not None), top) for one in drawn])
    for at, (one, end) in enumerate(zip(drawn, ends, strict=True)):
        parts.append(_line(one, at, len(labels), top, end))
    return f'<div class="scroll"><svg class="lines" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(one_line(title))}">{"".join(parts)}</svg></div>'


def _step(most: int) -> int:
    """The distance of the lines of the grid: 1, 2 or 5 times a power of ten, about four to the height."""
    power = 1
    while True:
        for one in _STEPS:
            if one * power * 4 >= most:
                return one * power
        power *= 10


def _x(at: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (at / (count - 1) if count > 1 else 0.5)


def _y(value: int, top: int) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / top)


def _parted(ends: list[float]) -> list[float]:
    """Heights for the names at the ends of lines, moved down until none covers another."""
    found = dict.fromkeys(range(len(ends)), 0.0)
    last = -_APART * 2.0
    for at in sorted(range(len(ends)), key=lambda one: ends[one]):
        last = found[at] = max(ends[at], last + _APART)
    return [found[at] for at in range(len(ends))]


def _grid(top: int, step: int) -> str:
    rows = range(0, top + 1, step)
    return "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(row, top):.1f}" y2="{_y(row, top):.1f}"/>'
        f'<text class="mark" x="{_LEFT - 8}" y="{_y(row, top) + 4:.1f}" text-anchor="end">{row:,}</text>'
        for row in rows
    )


def _axis(labels: Sequence[str]) -> str:
    # Of many labels only so many are written that none covers another.
    every = -(-len(labels) // 8)
    return "".join(
        f'<text class="mark" x="{_x(at, len(labels)):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(cut(one_line(label), 14))}</text>'
        for at, label in enumerate(labels)
        if at % every == 0 or at == len(labels) - 1
    )


def _line(one: Line, at: int, count: int, top: int, end: float) -> str:
    points = [(_x(number, count), _y(value, top)) for number, value in enumerate(one.values) if value is not None]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="s{at}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    name = escape(cut(one_line(one.name), _NAME))
    return f'<polyline class="s{at}" points="{path}"/>{dots}<text class="s{at}" x="{_WIDTH - _RIGHT + 10}" y="{end + 4:.1f}">{name}</text>'
