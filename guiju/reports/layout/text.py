"""Lines of text: wrapped by display width, places spelt out, long texts cut."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from guiju.catalog.records.place import Place
from guiju.diagnostics.source import display_width
from guiju.reports.layout.escape import visible

__all__ = ["cut", "place_words", "short_names", "value_at", "wrap"]

_LONGEST_VALUE = 4096
_END = re.compile(r"\s#")
_FLOWING_END = re.compile(r"[,\]}]|\s#")
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


def short_names(files: Iterable[str]) -> dict[str, str]:
    """For each file its name without its folders, where no other is called so."""
    listed = list(dict.fromkeys(files))
    names = [one.replace("\\", "/").rsplit("/", 1)[-1] for one in listed]
    return {file: name if names.count(name) == 1 and name else file for file, name in zip(listed, names, strict=True)}


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


def value_at(line: str, at: int) -> str:
    """The written value that begins at a position of a line of YAML, JSON or CSV: to its closing quote, its comma or its comment."""
    rest = line[at : at + _LONGEST_VALUE]
    if rest[:1] in ("'", '"'):
        end = rest.find(rest[0], 1)
        while end > 0 and rest[end - 1] == "\\":
            end = rest.find(rest[0], end + 1)
        return rest if end < 0 else rest[: end + 1]
    before = line[max(at - _LONGEST_VALUE, 0) : at]
    flowing = before.count("{") + before.count("[") > before.count("}") + before.count("]")
    found = _FLOWING_END.search(rest) if flowing else _END.search(rest)
    return (rest[: found.start()] if found else rest).rstrip()
