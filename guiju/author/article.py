"""One page of prose, lists and code, in one tongue, and its two forms: Markdown, and plain text for a terminal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from guiju.diagnostics.source import display_width
from guiju.terms.visible import visible

__all__ = ["Article", "Block", "Code", "Items", "Prose", "Section", "to_markdown", "to_terminal"]

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
# What a terminal would obey instead of show.


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one line or several."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is shown as it stands."""

    text: str
    language: str = ""


Block: TypeAlias = Prose | Items | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A page; `lead` stands between its title and its first section. Sections without blocks are not written."""

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


def to_markdown(article: Article) -> str:
    """The page as Markdown."""
    parts = [f"# {_line(article.title)}", *map(_block_as_markdown, article.lead)]
    for section in article.sections:
        if section.blocks:
            parts += [f"## {_line(section.title)}", *map(_block_as_markdown, section.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _block_as_markdown(block: Block) -> str:
    match block:
        case Prose(text=text):
            return text.strip()
        case Items(items=items):
            return "\n".join("- " + item.replace("\n", "\n  ") for item in items)
        case Code(text=text, language=language):
            runs = (len(run) for run in re.findall("`{3,}", text))
            fence = "`" * max(3, *(length + 1 for length in (*runs, 2)))
            return f"{fence}{language}\n{text.rstrip()}\n{fence}"
        case _:
            assert_never(block)


def to_terminal(article: Article, *, width: int, colour: bool) -> str:
    """The page for a terminal of that width: headings flush, what stands below them indented."""
    bold, dim, plain = (_BOLD, _DIM, _PLAIN) if colour else ("", "", "")
    lines = [f"{bold}{_shown(article.title)}{plain}"]
    for block in article.lead:
        lines += ["", *_block_lines(block, width, 0, dim, plain)]
    for section in article.sections:
        if not section.blocks:
            continue
        lines += ["", f"{bold}{_shown(section.title)}{plain}"]
        for number, block in enumerate(section.blocks):
            lines += [""] * (number > 0) + _block_lines(block, width, 2, dim, plain)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(text: str) -> str:
    return visible(text.replace("\r", "").replace("**", ""))


def _block_lines(block: Block, width: int, indent: int, dim: str, plain: str) -> list[str]:
    blank = " " * indent
    match block:
        case Prose(text=text):
            return [line for each in _shown(text).split("\n") for line in _wrapped(each, width, blank, blank)]
        case Items(items=items):
            lines: list[str] = []
            for item in items:
                first, *rest = _shown(item).split("\n")
                lines += _wrapped(first, width, f"{blank}- ", f"{blank}  ")
                lines += [line for each in rest for line in _wrapped(each, width, f"{blank}  ", f"{blank}  ")]
            return lines
        case Code(text=text):
            return [f"{blank}{dim}{_shown(line)}{plain if dim else ''}" for line in text.rstrip().split("\n")]
        case _:
            assert_never(block)


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    """Lines no wider than asked where a blank, or a 汉字, allows a break."""
    lines: list[str] = []
    line, used, is_empty = first, display_width(first), True
    for piece in _pieces(text):
        wide = display_width(piece)
        if not is_empty and used + display_width(piece.rstrip()) > width:
            lines.append(line)
            line, used, piece = later, display_width(later), piece.lstrip()
            wide = display_width(piece)
        line, used, is_empty = line + piece, used + wide, False
    return [*lines, line]


def _pieces(text: str) -> Iterable[str]:
    """What is not broken: a word with the blanks after it; a 汉字 with the closing marks after it."""
    return re.findall(
        r"[\u2e80-\u9fff\uff00-\uffef“‘（《「][\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01”’）》」]*|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+",
        text,
    )
