"""Draws a diagnostic as text; the only file that knows of boxes, carets and colours.

It decides no word of its own: the sentence comes from the table of codes, the labels and the help from the diagnostic. What it draws
is safe to send to a terminal, whatever the text of the applicant holds.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic, Label
from guiju.diagnostics.source import Source, display_width
from guiju.diagnostics.span import Span
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import visible

__all__ = ["draw", "draw_all", "tally_line"]

_HELP = Both("帮助", "help")
_FIX = Both("改法", "fix")
_SEPARATOR = Both("：", ": ")
_LEVELS: dict[Level, Both] = {
    Level.ERROR: Both("", ""),
    Level.WARNING: Both("〔提醒〕", "(warning) "),
    Level.HINT: Both("〔提示〕", "(hint) "),
}
_COUNTS: dict[Level, tuple[Both, Both]] = {
    Level.ERROR: (Both("{n} 处错误", "{n} error"), Both("{n} 处错误", "{n} errors")),
    Level.WARNING: (Both("{n} 处提醒", "{n} warning"), Both("{n} 处提醒", "{n} warnings")),
    Level.HINT: (Both("{n} 处提示", "{n} hint"), Both("{n} 处提示", "{n} hints")),
}
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.HINT: "36"}

_TAB = "    "
_BROKEN = re.compile("[\n\ue000-\uf8ff]")
# A line of data may be a megabyte long; a reader wants the neighbourhood.
_NARROWEST = 40


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """How to draw: which tongue, which signs, whether in colour, how wide."""

    tongue: Tongue
    colour: bool
    ascii_only: bool
    width: int

    def sign(self, boxed: str, plain: str) -> str:
        return plain if self.ascii_only else boxed

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


@fast_dataclass(frozen=True, slots=True)
class _Mark:
    """A range of one line, in columns of the screen, and what is said of it."""

    start: int
    end: int
    text: str
    main: bool


Sources = Source | Mapping[str, Source] | Iterable[Source] | None


def draw(
    diagnostic: Diagnostic, sources: Sources, *, tongue: Tongue, colour: bool = False, ascii_only: bool = False, width: int = 100
) -> str:
    """One diagnostic, drawn; lines are parted by LF and the last one has no LF. A source that is not given is not shown."""
    pen = _Pen(tongue=tongue, colour=colour, ascii_only=ascii_only, width=max(width, _NARROWEST))
    known = _by_name(sources)
    colour_code = _COLOURS[diagnostic.level]
    level = _LEVELS[diagnostic.level].say(tongue)
    lines = [f"{pen.paint(diagnostic.code, '1;' + colour_code)}  {level}{pen.paint(_safe(diagnostic.headline(tongue)), '1')}"]
    margin = _margin(diagnostic, known)
    for number, file in enumerate(_files(diagnostic)):
        lines += _frame(diagnostic, file, known.get(file), margin=margin, first=number == 0, pen=pen)
    notes = [(_HELP, diagnostic.help)] if diagnostic.help is not None else []
    if diagnostic.fix is not None:
        notes.append((_FIX, diagnostic.fix.title))
    for word, text in notes:
        lines.append(f"{' ' * (margin + 2)}= {word.say(tongue)}{_SEPARATOR.say(tongue)}{_safe(text.say(tongue))}")
    return "\n".join(line.rstrip() for line in lines)


def draw_all(
    diagnostics: Iterable[Diagnostic],
    sources: Sources,
    *,
    tongue: Tongue | Callable[[Diagnostic], Tongue],
    colour: bool = False,
    ascii_only: bool = False,
    width: int = 100,
) -> str:
    """Many diagnostics in the order of file, place and code, parted by an empty line, then one line that counts them.

    `tongue` may say of each in which it is drawn; they are then counted in that of the first.
    """
    ordered = sorted(diagnostics, key=lambda one: (one.span.file, one.span.start, one.code, one.span.end))
    known = _by_name(sources)
    tongues = [tongue if isinstance(tongue, Tongue) else tongue(one) for one in ordered]
    drawn = [
        draw(one, known, tongue=said, colour=colour, ascii_only=ascii_only, width=width) for one, said in zip(ordered, tongues, strict=True)
    ]
    return "\n\n".join([*drawn, tally_line(ordered, tongues[0])]) if drawn else ""


def tally_line(diagnostics: Iterable[Diagnostic], tongue: Tongue) -> str:
    """How many errors, warnings and hints there are; levels without any are left out."""
    levels = [one.level for one in diagnostics]
    counts = [(level, levels.count(level)) for level in Level]
    parts = [_COUNTS[level][count > 1].say(tongue).format(n=count) for level, count in counts if count]
    return ("、" if tongue is Tongue.ZH else ", ").join(parts)


def _by_name(sources: Sources) -> dict[str, Source]:
    if sources is None:
        return {}
    if isinstance(sources, Source):
        return {sources.name: sources}
    if isinstance(sources, Mapping):
        return dict(sources)
    return {source.name: source for source in sources}


def _files(diagnostic: Diagnostic) -> list[str]:
    """The file of the diagnostic first, then those of its labels as they come."""
    return list(dict.fromkeys([diagnostic.span.file, *(label.span.file for label in diagnostic.labels)]))


def _margin(diagnostic: Diagnostic, known: Mapping[str, Source]) -> int:
    """The width of the widest line number shown."""
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    lines = [known[span.file].line_column(_inside(known[span.file], span.start))[0] for span in spans if span.file in known]
    return len(str(max(lines, default=1)))


def _inside(source: Source, offset: int) -> int:
    return max(0, min(offset, len(source.text)))


def _frame(diagnostic: Diagnostic, file: str, source: Source | None, *, margin: int, first: bool, pen: _Pen) -> list[str]:
    """One file of the diagnostic: where, then each line that bears a mark."""
    labels = [label for label in diagnostic.labels if label.span.file == file]
    lead = " " * (margin + 2)
    corner = pen.paint(pen.sign("┌─" if first else "├─", "-->"), "34")
    if source is None:
        return [f"{lead}{corner} {_safe(file)}"]
    anchor = diagnostic.span if first else labels[0].span
    line, column = source.line_column(_inside(source, anchor.start))
    lines = [f"{lead}{corner} {_safe(file)}:{line}:{column}"]
    marked: dict[int, list[Label | None]] = {}
    if first:
        marked.setdefault(line, []).append(None)
    for label in labels:
        marked.setdefault(source.line_column(_inside(source, label.span.start))[0], []).append(label)
    before = 0
    for number in sorted(marked):
        if before and number > before + 1:
            lines.append(pen.paint(" " * margin + pen.sign(" ⋮", " :"), "34"))
        lines += _line(diagnostic, source, number, marked[number], margin=margin, pen=pen)
        before = number
    return lines


def _line(diagnostic: Diagnostic, source: Source, number: int, labels: list[Label | None], *, margin: int, pen: _Pen) -> list[str]:
    """One line of the text with its marks below it."""
    bar = pen.paint(pen.sign("│", "|"), "34")
    text = source.line_text(number)
    start = source.lines[number - 1]
    spans = [(diagnostic.span, "", True)] if None in labels else []
    for label in labels:
        if label is None:
            continue
        words = _safe(label.text.say(pen.tongue))
        if label.span == diagnostic.span and spans:
            spans[0] = (diagnostic.span, words, True)
        else:
            spans.append((label.span, words, False))
    focus = min(span.start for span, _, _ in spans) - start, max(span.end for span, _, _ in spans) - start
    shown, cut, lead = _crop(text, focus, pen)
    marks = [_mark(shown, span, start + cut - lead, words, main) for span, words, main in spans]
    head = f" {number:>{margin}} {bar} "
    blank = f" {' ' * margin} {bar} "
    colour = _COLOURS[diagnostic.level]
    return [head + _safe(shown), *(blank + row for row in _rows(marks, colour, pen))]


def _crop(text: str, focus: tuple[int, int], pen: _Pen) -> tuple[str, int, int]:
    """The part of a line that fits, how many code points were cut before it, and how many signs stand for them."""
    room = pen.width - 12
    if len(text) <= 4 * room and display_width(_safe(text)) <= room:
        return text, 0, 0
    dots = pen.sign("…", "...")
    start = max(0, min(focus[0], len(text)) - room // 4)
    piece, width = "", 0
    for char in text[start:]:
        width += display_width(_safe(char))
        if width > room - 2 * len(dots):
            break
        piece += char
    lead = dots if start else ""
    tail = dots if start + len(piece) < len(text) else ""
    return lead + piece + tail, start, len(lead)


def _mark(shown: str, span: Span, line_start: int, words: str, main: bool) -> _Mark:
    """Where a span begins and ends on the screen; at least one column, at most to the end of the line."""
    start = max(0, min(span.start - line_start, len(shown)))
    end = max(start, min(span.end - line_start, len(shown)))
    left = display_width(_safe(shown[:start]))
    right = left + display_width(_safe(shown[start:end]))
    return _Mark(left, max(right, left + 1), words, main)


def _rows(marks: list[_Mark], colour: str, pen: _Pen) -> list[str]:
    """The row of carets, with the words of the rightmost mark beside it, then one row for the words of each other mark."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end, not mark.main))
    rightmost = max(ordered, key=lambda mark: (mark.end, mark.start, mark.main))
    row, at = "", 0
    signs = [" "] * max(mark.end for mark in ordered)
    for mark in sorted(ordered, key=lambda mark: mark.main):
        sign = "^" if mark.main else pen.sign("─", "-")
        signs[mark.start : mark.end] = [sign] * (mark.end - mark.start)
    while at < len(signs):
        end = at
        while end < len(signs) and signs[end] == signs[at]:
            end += 1
        run = "".join(signs[at:end])
        row += run if signs[at] == " " else pen.paint(run, colour if signs[at] == "^" else "34")
        at = end
    if rightmost.text:
        row += " " + rightmost.text
    others = [mark for mark in reversed(ordered) if mark is not rightmost and mark.text]
    return [row, *(" " * mark.start + mark.text for mark in others)]


def _safe(text: str) -> str:
    """The text without anything that moves a cursor or turns the direction of reading; what cannot be seen by its number."""
    return _BROKEN.sub("\ufffd", visible(text).replace("\t", _TAB)) if not (text.isascii() and text.isprintable()) else text
