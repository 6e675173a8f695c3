"""The name that was most likely meant by what no list has, or silence; never one that loosens, nor another list's word.

Near is in proportion: one slip in four characters, and no other number or unit of time. Of a list whose codes are ordered from the
loosest to the strictest, what is near to several is led to the strictest of them, and what says more than a label is led to none that is
looser than the strictest of all: a qualification (半公开, 无条件开放（需审批）) is not to be lost.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from guiju.terms.blank import fold_code, trim
from guiju.terms.reading.names import code_spellings
from guiju.terms.shape import CodeEntry, CodeList, Vocabulary

__all__ = ["list_of_word", "nearest_label", "nearest_name"]

_NULL = re.compile(r"(?<![A-Za-z])(?:null|none|undefined|nan)(?![A-Za-z])", re.IGNORECASE)
_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NUMBERS = frozenset("0123456789〇零一二两三四五六七八九十百千万半双")
_TOLD_APART = _NUMBERS | frozenset("年季月旬周日天时")
_DOUBLED = re.compile(r"(.)\1+")
_LONGEST = 40
_MOST_NAMES = 2000
_SHORTEST_WORD = 3
_MOST_KEPT = 64
_WORDS: dict[int, tuple[Vocabulary, dict[str, tuple[str, ...]]]] = {}


def nearest_label(text: str, codes: CodeList) -> str | None:
    """The label of the entry that is most likely meant: what is like an alias leads to its entry, for the label is what to write."""
    if len(text) < 2 or len(text) > _LONGEST:
        return None
    if codes.ordered:
        return _strictest(text, codes)
    labels = {label: label for one in codes.entries for label in (one.name.zh, one.name.en) if label}
    by_alias = {alias: one.name.zh or one.name.en for one in codes.entries for alias in one.aliases}
    names = (*labels, *(one for one in by_alias if one not in labels))
    near = _begun(text, labels) or _held(text, names) or nearest_name(text, names)
    if near is None or _denies(near) != _denies(text):
        return None
    return labels.get(near) or by_alias[near]


def _strictest(text: str, codes: CodeList) -> str | None:
    """Of the entries near enough the last, that is the strictest; one that is looser only for a slip in its label that adds nothing.

    Aliases lead to the strictest alone: 安全开放 is one character from 完全开放, which opens everything.
    """
    found: CodeEntry | None = None
    for at, entry in enumerate(codes.entries):
        last = at == len(codes.entries) - 1
        names = (entry.name.zh, entry.name.en, *(entry.aliases if last else ()))
        spellings = [name for name in names if name and _denies(name) == _denies(text)]
        if any(_is_near(text, name) and (last or (len(text) <= len(name) and len(name) >= 4)) for name in spellings):
            found = entry
    return None if found is None else found.name.zh or found.name.en


def _begun(text: str, labels: Iterable[str]) -> str | None:
    """Of the shortest labels that begin with what a program left before its null, the last in the list: 每年 for 每 null null."""
    stem = trim(_NULL.sub("", text))
    begun = [label for label in labels if label.startswith(stem)] if stem and stem != text else []
    return [label for label in begun if len(label) == min(map(len, begun))][-1] if begun else None


def _held(text: str, names: Iterable[str]) -> str | None:
    """The one name that is left when what stands in brackets is left out: 每月 of 每月（15日前）; None where none is."""
    rest = trim(_BRACKET.sub("", text))
    return next((name for name in names if len(name) > 1 and rest == name and rest != text), None)


def _denies(text: str) -> bool:
    """Whether a text says no: 可共享 is written like 不共享 and means the contrary."""
    return any(one in text for one in "不非未禁暂")


def nearest_name(text: str, names: Iterable[str]) -> str | None:
    """The name that is written most like the text; None where none is near enough."""
    return _nearest(text, tuple(names)[:_MOST_NAMES]) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)  # a slip that was filled down a column is looked for once
def _nearest(text: str, names: tuple[str, ...]) -> str | None:
    near = [(_steps(text.casefold(), name.casefold()), at, name) for at, name in enumerate(names) if _is_near(text, name)]
    return min(near)[2] if near else None


def _is_near(text: str, name: str) -> bool:
    """Whether so few slips lie between the two that one is likely meant for the other."""
    text, name = text.casefold(), name.casefold()
    if _DOUBLED.sub(r"\1", text) == _DOUBLED.sub(r"\1", name):
        return _amounts(text, _NUMBERS) == _amounts(name, _NUMBERS)  # 每年年 is a slip, 二二 is none
    allowed = _allowed(min(len(text), len(name)))
    if abs(len(text) - len(name)) > allowed or _amounts(text) != _amounts(name):
        return False
    return text == name or (_steps(text, name) <= allowed and bool(set(text) & set(name)))


def _allowed(length: int) -> int:
    """One slip in four characters; one in three of the shortest, none in two."""
    return 1 if length == _SHORTEST_WORD else length // 4


def _amounts(text: str, of: frozenset[str] = _TOLD_APART) -> list[str]:
    """The digits, numerals and units of time of a text: 每两周 is another thing than 每两年, however near it is written."""
    return [char for char in text if char in of]


def _steps(left: str, right: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two short texts."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, one in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            step = min(last[column] + 1, current[-1] + 1, last[column - 1] + (one != other))
            if row > 1 and column > 1 and one == right[column - 2] and left[row - 2] == other:
                step = min(step, before[column - 2] + 1)
            current.append(step)
        before, last = last, current
    return last[-1]


def list_of_word(text: str, codes: CodeList, vocabulary: Vocabulary) -> CodeList | None:
    """The other list whose word the text is, first that of which it is a label: 无条件共享 is no openness, but a way of sharing."""
    kept = _WORDS.get(id(vocabulary))
    if kept is None or kept[0] is not vocabulary:
        words: dict[str, tuple[str, ...]] = {}
        for one in vocabulary.codes:
            labels = {fold_code(entry.name.zh) for entry in one.entries}
            for word in code_spellings(one):
                if len(word) >= _SHORTEST_WORD and not word.isascii():
                    known = words.get(word, ())
                    words[word] = (one.id, *known) if word in labels else (*known, one.id)
        if len(_WORDS) >= _MOST_KEPT:
            _WORDS.clear()
        _WORDS[id(vocabulary)] = kept = vocabulary, words
    others = [id for id in kept[1].get(fold_code(text), ()) if id != codes.id]
    return vocabulary.code_list(others[0]) if others else None
