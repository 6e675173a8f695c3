"""What can be mended in a file: for each value its place, what stands there and what should; and the mending of texts.

Only ranges that hold just the value are changed, and all else stays byte for byte; nothing here judges.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from guiju.catalog.records.cells import column_number
from guiju.catalog.records.place import Place
from guiju.catalog.trees.located_text import TreeLocator
from guiju.catalog.value_notes import ValueNote
from guiju.diagnostics.source import Source
from guiju.forms.files.csv_fields import csv_rows, quoted
from guiju.terms.blank import fold_width
from guiju.terms.tongue import Both
from guiju.terms.types import DateT

__all__ = ["Edit", "TextEdit", "apply_edits", "difference", "edits_of_csv", "edits_of_tree", "mendable", "new_text"]

_BARE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_PLAIN = re.compile(r"[\w\u3400-\u9fff](?:[\w\u3400-\u9fff .%/()（）、，+-]*[\w\u3400-\u9fff%)）])?")
# Words that YAML would take for something else than text, and numbers.
_TAKEN = re.compile(r"(?:null|true|false|yes|no|on|off|y|n|~|[-+.\d][\d_.,:eExXoO+-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One value to be changed: what was noted of it, and the text that should stand there."""

    note: ValueNote
    new: str
    safe: bool

    @property
    def field(self) -> Both:
        """The name of the field."""
        return self.note.field.name

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.note.record.locator.place(self.note.path)


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A range of a text and what replaces it."""

    start: int
    end: int
    text: str


def mendable(notes: Iterable[ValueNote], *, unsafe: bool) -> Iterator[Edit]:
    """What is to be changed: canonical spellings; with `unsafe` also what drops the time of a day, and nearest names for the unreadable."""
    for one in notes:
        if one.canonical is not None and one.canonical != str(one.raw):
            loses = isinstance(one.field.type, DateT) and ":" in fold_width(str(one.raw))
            if unsafe or not loses:
                yield Edit(note=one, new=one.canonical, safe=not loses)
        elif unsafe and one.nearest is not None:
            yield Edit(note=one, new=one.nearest, safe=False)


def new_text(written: str, mend: Edit) -> str | None:
    """What should stand where that text stands; None where it holds something else than the value that was read."""
    if not mend.note.part:
        return mend.new if written == str(mend.note.raw) else None
    raw = str(mend.note.raw)
    return written.replace(raw, mend.new) if written.count(raw) == 1 else None


def edits_of_tree(source: Source, mends: Sequence[Edit], *, yaml: bool, lines: bool) -> dict[int, TextEdit]:
    """The edits of a YAML or JSON text, by the number of their mend; `lines` tells that each record is a text of its own line."""
    edits: dict[int, TextEdit] = {}
    changed: dict[int, str] = {}
    for number, one in enumerate(mends):
        locator = one.note.record.locator
        path = one.note.path[:-1] if one.note.part else one.note.path
        node = locator.written(path) if isinstance(locator, TreeLocator) else None
        if node is None or node.entries or node.items or not isinstance(locator, TreeLocator):
            continue
        base = source.lines[locator.holder.first_line - 1] if lines else 0
        start, end = base + node.span.start, base + node.span.end
        old = source.text[start:end]
        new = new_text(changed.get(start, str(node.value)), one)
        written = _as_yaml(old, new) if yaml and new is not None else _as_json(old, new) if new is not None else None
        if new is not None and written is not None:
            changed[start] = new
            edits[number] = TextEdit(start, end, written)
    return edits


def _as_json(old: str, new: str) -> str:
    return new if not old.startswith('"') and _BARE.fullmatch(new) else json.dumps(new, ensure_ascii=False)


def _as_yaml(old: str, new: str) -> str | None:
    """In the quotes that were there; None for a block of lines, whose layout would not survive."""
    if old.startswith(("|", ">", "*", "&", "!")) or "\n" in old:
        return None
    if old.startswith("'"):
        return "'" + new.replace("'", "''") + "'"
    if old.startswith('"'):
        return json.dumps(new, ensure_ascii=False)
    is_number = _BARE.fullmatch(new) is not None and fold_width(old)[:1].isdigit()
    return new if is_number or (_PLAIN.fullmatch(new) and not _TAKEN.fullmatch(new)) else json.dumps(new, ensure_ascii=False)


def edits_of_csv(source: Source, mark: str, mends: Sequence[Edit]) -> dict[int, TextEdit]:
    """The edits of a CSV text, by the number of their mend."""
    rows = {row.line: row for row in csv_rows(source.text, mark)}
    edits: dict[int, TextEdit] = {}
    changed: dict[int, str] = {}
    for number, one in enumerate(mends):
        place = one.place
        row = rows.get(place.line or 0)
        column = column_number((place.cell or "").rstrip("0123456789")) if place.cell else -1
        if row is None or not 0 <= column < len(row.fields):
            continue
        field = row.fields[column]
        new = new_text(changed.get(field.start, field.text), one)
        if new is not None:
            changed[field.start] = new
            old = source.text[field.start : field.end]
            always = old.startswith('"')
            edits[number] = TextEdit(field.start, field.end, '"' + new.replace('"', '""') + '"' if always else quoted(new, mark))
    return edits


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with the edits; of two at one place the later one holds, since it was made on top of the earlier."""
    by_place = {(one.start, one.end): one for one in edits}
    out: list[str] = []
    done = 0
    for (start, end), one in sorted(by_place.items()):
        if start < done:
            continue
        out += [text[done:start], one.text]
        done = end
    return "".join([*out, text[done:]])


def difference(name: str, old: str, new: str, colour: Callable[[str], str] = lambda line: line) -> str:
    """What changes in a text, as a unified diff."""
    lines = unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    return "".join(colour(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n") for line in lines)
