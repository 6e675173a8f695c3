"""Finds the header of a table: below titles, in one row or two, by what fits the fields of a shape.

It reads the first rows only, and decides nothing about the rows below the header.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiju.catalog.mapping import words
from guiju.catalog.mapping.headers import unit_in, units_in
from guiju.catalog.mapping.kinds import Choice, Kinds, is_kind_key
from guiju.catalog.records.cells import text_of
from guiju.catalog.tables.grid import Grid, Header
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["find_header", "kind_column"]

_LOOKED_AT = 40
_LONGEST_LABEL = 80
_TELLING = 3
_CLASS, _LEVELS = "信息资源分类", ("类", "项", "目", "细目")


@dataclass(frozen=True, slots=True)
class _Try:
    """A row, or two, taken as the header of a shape."""

    weight: float
    matched: int
    first: int
    last: int
    labels: tuple[str, ...]
    shape: Shape


def find_header(grid: Grid, kinds: Kinds, *, shape: Shape | None, how: Both | None) -> tuple[Header | None, Choice | None, tuple[str, ...]]:
    """The header, the shapes that tie for it if there are several, and the likeliest labels that were seen."""
    candidates = _candidates(grid)
    if shape is not None:
        best = _best(candidates, kinds, shape)
        if best is None:
            return None, None, _likeliest(candidates)
        return _finish(grid, best, how or words.BY_KEY, 100), None, ()
    for shapes in (kinds.root_shapes, kinds.inner_shapes):
        tries = [one for each in shapes if (one := _best(candidates, kinds, each)) is not None]
        enough = [one for one in tries if _is_enough(one)]
        if not enough:
            continue
        most = max(one.weight for one in enough)
        tied = [one for one in enough if one.weight == most]
        if len(tied) > 1:
            choice = Choice(shape=None, how=words.NO_FIELD, sure=0, tied=tuple(one.shape for one in tied))
            return _finish(grid, tied[0], words.NO_FIELD, 0), choice, tied[0].labels
        best = tied[0]
        total = len([label for label in best.labels if label])
        return _finish(grid, best, words.by_score(best.matched, total), min(95, 100 * best.matched // max(1, total))), None, ()
    return None, None, _likeliest(candidates)


def _is_enough(one: _Try) -> bool:
    """Whether so many labels fit that the table is known by them: three, or half of them; 序号 and 名称 head tables of all kinds."""
    given = len([label for label in one.labels if label])
    stated = any(is_kind_key(label) for label in one.labels)
    return one.matched >= (2 if stated else _TELLING) or (one.matched >= 2 and 2 * one.matched >= given) or given == 1


def kind_column(labels: Sequence[str], rows: Sequence[list[Any]], start: int, kinds: Kinds) -> int | None:
    """The column that states the kind of each row; None where no column is headed so or its cells name no shape."""
    for at, label in enumerate(labels):
        if label and is_kind_key(label):
            said = [text_of(row[at]) for row in rows[start : start + _LOOKED_AT] if at < len(row) and text_of(row[at])]
            if said and any(kinds.named(word) is not None for word in said):
                return at
    return None


def _candidates(grid: Grid) -> list[tuple[int, int, tuple[str, ...]]]:
    """Rows that may be a header, each alone and with the row below it."""
    texts = [tuple(_label(cell) for cell in row) for row in grid.rows[:_LOOKED_AT]]
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for at, row in enumerate(texts):
        if not any(row):
            continue
        row = _grouped(row)
        found.append((at, at, row))
        if at + 1 < len(texts) and any(texts[at + 1]):
            found.append((at, at + 1, _joined(grid, at, row, texts[at + 1])))
    return found


def _grouped(row: tuple[str, ...]) -> tuple[str, ...]:
    """The four levels of a class beside one another are a group, though no cell above says so; each alone means other things."""
    for at in range(len(row) - len(_LEVELS) + 1):
        if row[at : at + len(_LEVELS)] == _LEVELS:
            return (*row[:at], *(f"{_CLASS}.{one}" for one in _LEVELS), *row[at + len(_LEVELS) :])
    return row


def _label(cell: Any) -> str:
    text = text_of(cell) if cell != "" else ""
    return text if len(text) <= _LONGEST_LABEL else ""


def _joined(grid: Grid, at: int, upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of two rows, group and part: a group reaches over the columns that are merged, or else over the blanks right of it."""
    width = max(len(upper), len(lower))
    groups = [*upper, *[""] * (width - len(upper))]
    parts = [*lower, *[""] * (width - len(lower))]
    row, spans = at + grid.top, {}
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            spans.update({column - grid.left: left - grid.left for column in range(left, min(right, left + width) + 1)})
    labels, group = [], ""
    for column in range(width):
        if column in spans and 0 <= spans[column] < width:
            group = groups[spans[column]]
        elif groups[column] or grid.merged:
            group = groups[column]
        labels.append(f"{group}.{parts[column]}" if group and parts[column] and group != parts[column] else parts[column] or groups[column])
    return tuple(labels)


def _best(candidates: list[tuple[int, int, tuple[str, ...]]], kinds: Kinds, shape: Shape) -> _Try | None:
    best: _Try | None = None
    for first, last, labels in candidates:
        resolved = tuple(_resolve(label, kinds, shape) for label in labels) if last > first else labels
        weight, matched = kinds.score(shape, [label for label in resolved if label])
        # Two rows are a header only if together they say more than any row alone; among equals the first stands.
        simpler = best is not None and weight == best.weight and first == last and best.first != best.last
        if matched and (best is None or weight > best.weight or simpler):
            best = _Try(weight, matched, first, last, resolved, shape)
    return best


def _resolve(label: str, kinds: Kinds, shape: Shape) -> str:
    """Of `group.part` whatever the shape knows: both, or the part, or the group alone."""
    group, dot, part = label.partition(".")
    if not dot or not (kinds.may_mean(label) or kinds.may_mean(part)):
        return label
    index = kinds.index(shape)
    if index.find(label) is not None:
        return label
    if index.find(part) is None:
        return label
    # A unit that the group states holds for its parts: 投资（万元） over 总投资.
    stated = units_in(group)
    return f"{part}({stated[0]})" if stated and not units_in(part) else part


def _likeliest(candidates: list[tuple[int, int, tuple[str, ...]]]) -> tuple[str, ...]:
    single = [tuple(label for label in labels if label) for first, last, labels in candidates if first == last]
    return max(single, key=len, default=())


def _finish(grid: Grid, best: _Try, how: Both, sure: int) -> Header:
    unit = None
    for row in grid.rows[: best.first]:
        unit = next((found for cell in row if isinstance(cell, str) and (found := unit_in(cell))), unit)
    return Header(first=best.first, last=best.last, labels=best.labels, shape=best.shape, how=how, sure=sure, unit=unit, weight=best.weight)
