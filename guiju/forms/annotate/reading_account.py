"""An account of a reading: which table is what, which header is which field, how sure, which values were read how, what was left out.

As text for people and as plain data for machines; it decides nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guiju.catalog.explain import InputReading
from guiju.catalog.records.model import HeaderMatch, SheetReading
from guiju.catalog.records.place import Place
from guiju.catalog.value_notes import ValueNote
from guiju.diagnostics.source import display_width
from guiju.forms.files.words import WORDS
from guiju.reports.layout.escape import one_line
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import as_compared

__all__ = ["NoteCount", "count_notes", "reading_data", "reading_text", "spot"]

_MOST_VALUES = 200
_WIDEST = 44
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCount:
    """One way of writing a value of a field: what was made of it, how often it occurs, and where first."""

    field: Both
    raw: str
    note: Both
    canonical: str | None
    nearest: str | None
    count: int
    first: Place


def count_notes(notes: Iterable[ValueNote]) -> tuple[NoteCount, ...]:
    """The notes, alike ones together, in the order in which they were first met."""
    firsts: dict[tuple[str, str, str, str], ValueNote] = {}
    counts: dict[tuple[str, str, str, str], int] = {}
    for one in notes:
        key = (one.record.shape, one.field.id, str(one.raw), one.note.en)
        firsts.setdefault(key, one)
        counts[key] = counts.get(key, 0) + 1
    return tuple(
        NoteCount(
            field=one.field.name,
            raw=as_compared(str(one.raw), _LONGEST_SHOWN),
            note=one.note,
            canonical=one.canonical,
            nearest=one.nearest,
            count=counts[key],
            first=one.record.locator.place(one.path),
        )
        for key, one in firsts.items()
    )


def spot(place: Place) -> str:
    """A place within its file: sheet and cell, line and column, or pointer."""
    if place.heading:
        cell = f" {place.sheet}!{place.cell}" if place.cell else ""
        return f"{place.heading}{cell}"
    if place.cell is not None and place.line is None:
        return f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    if place.line is not None:
        return f"{place.line}:{place.column}" if place.column else str(place.line)
    return place.pointer or ""


def reading_text(readings: Iterable[InputReading], notes: tuple[NoteCount, ...], vocabulary: Vocabulary, tongue: Tongue) -> str:
    """The account as lines of text, ending in a line feed."""
    lines: list[str] = []
    for one in readings:
        lines += [*_input(one, vocabulary, tongue), ""]
    if notes:
        lines += [WORDS["values"].say(tongue), *_notes(notes, tongue), "", WORDS["not_repaired"].say(tongue)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _input(one: InputReading, vocabulary: Vocabulary, tongue: Tongue) -> Iterator[str]:
    given = one.input
    about = ""
    if given is not None:
        parts = [given.format, given.encoding or "", f"{given.size:,} B"]
        kinds = "，".join(f"{vocabulary.shape(id).name.say(tongue)} {count}" for id, count in given.subjects)
        about = f"（{'，'.join(part for part in parts if part)}）  {kinds or WORDS['no_subjects'].say(tongue)}"
    yield one_line(one.file) + (about if tongue is Tongue.ZH else about.replace("（", " (").replace("）", ")").replace("，", ", "))
    for sheet in one.sheets:
        yield "  " + _sheet(sheet, vocabulary, tongue)
    shapes = dict.fromkeys(header.shape for header in one.headers)
    for id in shapes:
        matched = [header for header in one.headers if header.shape == id and header.field is not None]
        yield from _table(matched, vocabulary, tongue)
    if one.unmatched:
        yield f"  {WORDS['unmatched'].say(tongue)}"
        for header in one.unmatched:
            near = WORDS["nearest"].say(tongue).format(name=header.nearest) if header.nearest else ""
            yield f"    {spot(header.place)}  {_line(header.header)}  {near}".rstrip()
    if one.left_out:
        yield f"  {WORDS['left_out'].say(tongue)}"
        for left in one.left_out[:_MOST_VALUES]:
            yield f"    {spot(left.place)}  {left.what.say(tongue)}  {_line(left.seen)}".rstrip()
        if len(left_over := one.left_out[_MOST_VALUES:]):
            yield "    " + WORDS["more"].say(tongue).format(n=len(left_over))


def _line(text: str) -> str:
    """What stood in several lines of a cell, in one."""
    return as_compared(re.sub(r"[^\S\r\n]*\r?\n[ \t]*", "⏎", text), _LONGEST_SHOWN)


def _sheet(sheet: SheetReading, vocabulary: Vocabulary, tongue: Tongue) -> str:
    name = vocabulary.shape(sheet.shape).name.say(tongue) if sheet.shape else "—"
    where = spot(sheet.place)
    parts = [
        WORDS["read_as"].say(tongue).format(shape=name),
        WORDS["records"].say(tongue).format(n=sheet.records),
        sheet.how.say(tongue),
        WORDS["sure"].say(tongue).format(sure=sheet.sure),
    ]
    return (f"{where}  " if where else "") + ("，" if tongue is Tongue.ZH else ", ").join(parts)


def _table(headers: list[HeaderMatch], vocabulary: Vocabulary, tongue: Tongue) -> Iterator[str]:
    if not headers:
        return
    rows = [tuple(WORDS[key].say(tongue) for key in ("where", "header", "field", "how", "how_sure"))]
    for one in headers:
        name = field_name(vocabulary, one.shape, one.field or "").say(tongue)
        called = name if name == one.field else f"{name} {one.field}"
        rows.append((spot(one.place), _line(one.header), called, one.how.say(tongue), f"{one.sure}%"))
    widths = [min(max(display_width(row[at]) for row in rows), _WIDEST) for at in range(4)]
    for row in rows:
        cells = [text + " " * max(0, width - display_width(text)) for text, width in zip(row, widths, strict=False)]
        yield "    " + "  ".join([*cells, row[4]])


def field_name(vocabulary: Vocabulary, shape: str, path: str) -> Both:
    """The names of the fields on a dotted path of ids."""
    zh, en, here = [], [], vocabulary.shape(shape)
    for id in path.split("."):
        one = here.field(id)
        if one is None:
            return Both(path, path)
        zh.append(one.name.zh)
        en.append(one.name.en)
        inner = getattr(one.type, "shape", None) or getattr(getattr(one.type, "element", None), "shape", None)
        if inner is None:
            break
        here = vocabulary.shape(inner)
    return Both(" / ".join(zh), " / ".join(en))


def _notes(notes: tuple[NoteCount, ...], tongue: Tongue) -> Iterator[str]:
    for one in notes[:_MOST_VALUES]:
        seen = WORDS["value_seen"].say(tongue).format(field=one.field.say(tongue), raw=one.raw)
        near = " " + WORDS["nearest"].say(tongue).format(name=one.nearest) if one.nearest else ""
        times = WORDS["times"].say(tongue).format(n=one.count, where=spot(one.first))
        yield f"  {seen} → {one.note.say(tongue)}{near}  ({times})"
    if len(notes) > _MOST_VALUES:
        yield "  " + WORDS["more"].say(tongue).format(n=len(notes) - _MOST_VALUES)


def reading_data(readings: Iterable[InputReading], notes: tuple[NoteCount, ...], tongue: Tongue) -> dict[str, Any]:
    """The account as plain data, in the order in which things were met."""
    return {
        "inputs": [_input_data(one, tongue) for one in readings],
        "values": [
            {
                "field": one.field.say(tongue),
                "raw": one.raw,
                "note": one.note.say(tongue),
                "canonical": one.canonical,
                "nearest": one.nearest,
                "count": one.count,
                "first": spot(one.first),
            }
            for one in notes
        ],
    }


def _input_data(one: InputReading, tongue: Tongue) -> dict[str, Any]:
    given = one.input
    return {
        "file": one.file,
        "format": given.format if given else None,
        "encoding": given.encoding if given else None,
        "sha256": given.sha256 if given else None,
        "subjects": dict(given.subjects) if given else {},
        "sheets": [
            {"shape": s.shape, "where": spot(s.place), "how": s.how.say(tongue), "sure": s.sure, "records": s.records} for s in one.sheets
        ],
        "headers": [
            {
                "shape": h.shape,
                "header": h.header,
                "field": h.field,
                "where": spot(h.place),
                "how": h.how.say(tongue),
                "sure": h.sure,
                "unit": h.unit,
                "nearest": h.nearest,
            }
            for h in one.headers
        ],
        "left_out": [{"where": spot(left.place), "what": left.what.say(tongue), "seen": left.seen} for left in one.left_out],
        "diagnostics": [{"code": d.code, "level": d.level.value, "message": d.headline(tongue)} for d in one.diagnostics],
    }
