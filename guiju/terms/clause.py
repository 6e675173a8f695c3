"""A numbered place in an instrument: read in Chinese or English, said in both, compared by containment.

It knows nothing of what is said at the place. A law is numbered 条款项目, a standard 5.2.1 b), a plan 一(一)1; each
is a path of steps from the widest to the narrowest. Keys are ASCII and stable, for ids and file names:

    第十五条第二款第(三)项   art 15 para 2 item 3   15.2.3
    第九条第三项             art 9 item 3           9.item3      (a skipped level is named)
    第二十三条之一           art 23-1               23-1
    第二章                   chapter 2              ch2
    二(三)2                  heading 2(3)2          h2-3-2
    5.2.1 b)                 5.2.1 b)               s5.2.1.b
    附录A.2                  annex A.2              annexA.2
    表2                      table 2                table2
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from guiju.terms.tongue import Tongue

__all__ = ["LARGEST_NUMBER", "ClauseLevel", "ClauseRef", "ClauseStep", "chinese_number"]

LARGEST_NUMBER = 999


class ClauseLevel(StrEnum):
    """What kind of place a step goes to."""

    CHAPTER = "chapter"  # 章 of a law
    DIVISION = "division"  # 节 of a law
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款
    ITEM = "item"  # 项
    SUBITEM = "subitem"  # 目
    HEADING = "heading"  # 一(一)1(1) of a plan or a circular
    SECTION = "section"  # 5.2.1 of a standard
    LIST = "list"  # b) and 2) of a standard
    ANNEX = "annex"
    TABLE = "table"
    FIGURE = "figure"
    NAMED = "named"  # a place that has a name and no number


_BELOW_ARTICLE = (ClauseLevel.ARTICLE, ClauseLevel.PARAGRAPH, ClauseLevel.ITEM, ClauseLevel.SUBITEM)
_ZH_WORD = {
    ClauseLevel.CHAPTER: "章",
    ClauseLevel.DIVISION: "节",
    ClauseLevel.ARTICLE: "条",
    ClauseLevel.PARAGRAPH: "款",
    ClauseLevel.ITEM: "项",
    ClauseLevel.SUBITEM: "目",
}
_EN_WORD = {
    ClauseLevel.CHAPTER: "chapter",
    ClauseLevel.DIVISION: "division",
    ClauseLevel.ARTICLE: "art",
    ClauseLevel.PARAGRAPH: "para",
    ClauseLevel.ITEM: "item",
    ClauseLevel.SUBITEM: "subitem",
}
_KEY_WORD = {
    ClauseLevel.CHAPTER: "ch",
    ClauseLevel.DIVISION: "div",
    ClauseLevel.ARTICLE: "art",
    ClauseLevel.PARAGRAPH: "para",
    ClauseLevel.ITEM: "item",
    ClauseLevel.SUBITEM: "subitem",
}
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """A number from 1 to 999 as an article number is written: 十, 二十三, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class ClauseStep:
    """One step down: its level, and its number as text (`15`, `23-1` for 第二十三条之一, `b`, `A`)."""

    level: ClauseLevel
    number: str


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """A path of steps, widest first; build it with `of`, `named`, or `parse_clause` of `guiju.terms.clause_text`."""

    steps: tuple[ClauseStep, ...]

    @classmethod
    def of(cls, steps: Iterable[ClauseStep]) -> "ClauseRef":
        """The reference with these steps, in the one form that each place has.

        Articles are numbered through a law, so a chapter before an article says nothing and is left out.
        """
        path = tuple(steps)
        for at, step in enumerate(path):
            if step.level is ClauseLevel.ARTICLE:
                path = path[at:]
                break
        return cls(path)

    @classmethod
    def named(cls, name: str) -> "ClauseRef":
        """A place that the instrument calls by a name alone."""
        return cls((ClauseStep(ClauseLevel.NAMED, name.strip()),))

    def contains(self, other: "ClauseRef") -> bool:
        """Whether the other place is this one or lies inside it: article 15 contains article 15 paragraph 2."""
        return other.steps[: len(self.steps)] == self.steps

    @property
    def parent(self) -> "ClauseRef | None":
        """The next wider place; None for a place at the top."""
        return ClauseRef(self.steps[:-1]) if len(self.steps) > 1 else None

    @property
    def key(self) -> str:
        """ASCII, stable, and different for different places of one instrument."""
        return _key(self.steps)

    def say(self, tongue: Tongue) -> str:
        """The reference as a citation is written in that tongue."""
        if self.steps[0].level in _ZH_WORD:
            return _say_articles(self.steps, tongue)
        if self.steps[0].level is ClauseLevel.HEADING:
            return _say_headings(self.steps, tongue)
        return _say_sections(self.steps, tongue)


def _say_articles(steps: tuple[ClauseStep, ...], tongue: Tongue) -> str:
    if tongue is Tongue.EN:
        return " ".join(f"{_EN_WORD[step.level]} {step.number}" for step in steps)
    said = ""
    for step in steps:
        number, _, inserted = step.number.partition("-")
        said += f"第{chinese_number(int(number))}{_ZH_WORD[step.level]}"
        said += f"之{chinese_number(int(inserted))}" if inserted else ""
    return said


def _say_headings(steps: tuple[ClauseStep, ...], tongue: Tongue) -> str:
    said = ""
    for depth, step in enumerate(steps):
        zh = tongue is Tongue.ZH and depth < 2
        number = chinese_number(int(step.number)) if zh else step.number
        said += f"({number})" if depth % 2 else number
    return said if tongue is Tongue.ZH else f"heading {said}"


def _say_sections(steps: tuple[ClauseStep, ...], tongue: Tongue) -> str:
    first, rest = steps[0], steps[1:]
    zh = tongue is Tongue.ZH
    match first.level:
        case ClauseLevel.NAMED:
            return first.number
        case ClauseLevel.ANNEX:
            said = f"附录{first.number}" if zh else f"annex {first.number}"
        case ClauseLevel.TABLE:
            said = f"表{first.number}" if zh else f"table {first.number}"
        case ClauseLevel.FIGURE:
            said = f"图{first.number}" if zh else f"figure {first.number}"
        case _:
            alone = not any(step.level is ClauseLevel.SECTION for step in rest)
            said = first.number
            if alone:
                said = f"第{first.number}章" if zh else f"clause {first.number}"
    for step in rest:
        said += f".{step.number}" if step.level is ClauseLevel.SECTION else f" {step.number})"
    return said


def _key(steps: tuple[ClauseStep, ...]) -> str:
    first = steps[0]
    match first.level:
        case ClauseLevel.NAMED:
            # A name may be in any script; a digest keeps the key ASCII and stable.
            return "n" + hashlib.sha256(first.number.encode()).hexdigest()[:8]
        case ClauseLevel.HEADING:
            return "h" + "-".join(step.number for step in steps)
        case ClauseLevel.SECTION:
            return "s" + ".".join(step.number for step in steps)
        case ClauseLevel.ANNEX | ClauseLevel.TABLE | ClauseLevel.FIGURE:
            return first.level.value + ".".join(step.number for step in steps)
        case _:
            return ".".join(_key_parts(steps))


def _key_parts(steps: tuple[ClauseStep, ...]) -> Iterable[str]:
    due = ClauseLevel.ARTICLE
    for step in steps:
        yield step.number if step.level is due else _KEY_WORD[step.level] + step.number
        if step.level in _BELOW_ARTICLE[:-1]:
            due = _BELOW_ARTICLE[_BELOW_ARTICLE.index(step.level) + 1]
