"""Lines of text: wrapped by display width, places spelt out, long texts cut."""

import unicodedata
from collections.abc import Iterator

from guiju.catalog.records.place import Place
from guiju.diagnostics.source import display_width
from guiju.reports.layout.escape import visible

__all__ = ["cut", "place_words", "wrap"]

_CLOSERS = "，。；：、）》”!?,.;:)]}"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most that many columns; breaks at blanks and between 汉字, never before closing punctuation."""
    lines: list[str] = []
    for paragraph in visible(text).split("\n"):
        line, columns = "", 0
        for word in _words(paragraph):
            size = display_width(word)
            if line and columns + size > width and word not in _CLOSERS:
                lines.append(line.rstrip())
                line, columns = "", 0
                word = word.lstrip()
                size = display_width(word)
            line += word
            columns += size
        lines.append(line.rstrip())
    return lines


def place_words(place: Place) -> str:
    """A place as people say it: file:line:column, or file 工作表!单元格."""
    if place.heading or place.words:
        page = f"p{place.page}" if place.page else None
        cell = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
        return " ".join(
            one for one in (place.file, page, place.heading, cell, f"¶{place.paragraph}" if place.paragraph and not page else None) if one
        )
    if place.cell:
        return f"{place.file} {place.sheet}!{place.cell}" if place.sheet else f"{place.file} {place.cell}"
    where = place.file
    if place.line is not None:
        where += f":{place.line}" + (f":{place.column}" if place.column else "")
    return where if place.line is not None or not (place.pointer or place.iri) else f"{where} {place.iri or place.pointer}"


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        if wide or char == " ":
            if word:
                yield word
            yield char
            word = ""
        else:
            word += char
    if word:
        yield word


def cut(text: str, width: int) -> str:
    """The text in at most that many columns; what is cut ends in `…`."""
    if display_width(text) <= width:
        return text
    kept, columns = "", 0
    for char in text:
        columns += display_width(char)
        if columns > width - 1:
            break
        kept += char
    return kept + "…"
