"""An official letter, before any format: title, numbered headings, paragraphs, tables, closing; words only.

The layout is that of GB/T 9704-2012 where a writer can keep it. Number, seal and issuer are left empty: a check is not a
document of any office until an office makes it one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["Block", "Cell", "Heading", "Letter", "Lit", "Paragraph", "Table", "day_words", "leads_in", "numbered"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、), 2 (（一）), 3 (1.) or 4 ((1))."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Lit:
    """Words in a cell with a light before them: green, amber or red. The words say the colour too."""

    text: str
    light: str


Cell: TypeAlias = str | Lit


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header that is repeated on each page; widths are shares of the text's width, in percent."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


Block: TypeAlias = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that a writer sets; `attachments` are named after the body, `day` is the day of judgement.

    `about` are lines below the title: what it is about, whose, under which number. `contents` asks for a table of contents where a
    form has pages of its own. Without a `day` nobody signs it.
    """

    tongue: Tongue
    title: str
    addressee: str
    notice: str
    body: tuple[Block, ...]
    attachments: tuple[str, ...]
    day: str
    footer: str
    contents: bool = False
    about: tuple[str, ...] = ()


def leads_in(body: tuple[Block, ...], at: int) -> bool:
    """Whether that block belongs to what follows it, so that no page ends between them: a heading, or words before a table."""
    block = body[at]
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and at + 1 < len(body) and isinstance(body[at + 1], Table))


def numbered(blocks: Iterable[Block], tongue: Tongue) -> tuple[Block, ...]:
    """The blocks with the numbers of GB/T 9704-2012 before their headings: 一、 （一） 1. (1)."""
    counts = [0, 0, 0, 0]
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            block = Heading(block.level, _number(block.level, counts[block.level - 1], tongue) + block.text)
        out.append(block)
    return tuple(out)


def day_words(report: Report, tongue: Tongue) -> str:
    """The day of judgement as a letter writes it."""
    day = report.provenance.as_of
    return f"{day.year}年{day.month}月{day.day}日" if tongue is Tongue.ZH else day.isoformat()


def _number(level: int, count: int, tongue: Tongue) -> str:
    if tongue is Tongue.EN:
        letter = chr(ord("a") + count - 1) if count <= 26 else str(count)
        return (f"{count}. ", f"({count}) ", f"{letter}. ", f"({letter}) ")[level - 1]
    chinese = _chinese(count)
    return (f"{chinese}、", f"（{chinese}）", f"{count}. ", f"（{count}）")[level - 1]


def _chinese(count: int) -> str:
    digits = "零一二三四五六七八九"
    if count < 10:
        return digits[count]
    tens, ones = divmod(count, 10)
    if tens >= 10:
        return str(count)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
