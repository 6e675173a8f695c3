"""Codes as they are written: a code, its label or an alias; by a reading also a label with another of its names in brackets."""

import re
from datetime import date
from typing import Any

from guiju.terms.blank import fold_code, trim
from guiju.terms.display import spelled
from guiju.terms.fact import Fact, Known, Missing, State
from guiju.terms.reading.names import code_spellings
from guiju.terms.reading.nearest import list_of_word, nearest_label
from guiju.terms.shape import CodeEntry, CodeList, Reading, Vocabulary
from guiju.terms.tongue import Both, Named

__all__ = ["entry_of", "read_code"]

_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f])[ \t\u00a0]+|[ \t\u00a0]+(?=[^\x00-\x7f])")
_PARTED = re.compile("[、,;/|+\n和及与]")
_LONGEST = 60


def read_code(
    raw: Any, text: str | None, codes: CodeList, reading: Reading | None, on: date | None, vocabulary: Vocabulary | None = None
) -> Fact:
    """The code that a text names, where it is one that holds on that day; without a text there is none."""
    if text is None:
        return _unreadable(raw, Both(f"应是{codes.name.zh}的一个代码", f"a code of {_in_english(codes)} is asked for"))
    text = fold_code(text)
    entry = entry_of(text, codes) if reading is not None else code_spellings(codes).get(text)
    if entry is None and codes.labels_only and text.isdecimal():
        said = Both("是数字代码，各平台的互不相同；要写标签", "a number that means something else on each platform; a label is asked for")
        return _unreadable(raw, said)
    other = list_of_word(text, codes, vocabulary) if entry is None and vocabulary is not None else None
    if other is not None:
        said = Both(f"“{text}”是{other.name.zh}的写法，不是{codes.name.zh}", f"`{text}` is a word of {_en(other)}, not of {_en(codes)}")
        return _unreadable(raw, said)
    if entry is None and (several := _several(text, codes)):
        zh, en = ("、".join(one.name.zh or one.code for one in several), ", ".join(one.name.en or one.code for one in several))
        count = len(several)
        said = Both(f"写了 {count} 个{codes.name.zh}：{zh}，这里只能有一个", f"{count} of {_en(codes)}: {en}; one is asked for")
        return _unreadable(raw, said)
    if entry is None:
        said = Both(f"不是{codes.name.zh}的代码或名称", f"no code or name of {codes.name.en.replace('_', ' ')}")
        return _unreadable(raw, said, nearest_label(text, codes))
    if on is not None and not ((entry.start is None or entry.start <= on) and (entry.end is None or on <= entry.end)):
        return _unreadable(raw, Both(f"{on} 这一天没有这个代码", f"this code does not hold on {on}"))
    return Known(entry.code)


def _en(codes: CodeList) -> str:
    return codes.name.en.replace("_", " ")


def entry_of(text: str, codes: CodeList) -> CodeEntry | None:
    """The entry that a text names, alone or twice: 有条件自动驾驶（L3）, where what stands in the brackets is a name of the same entry."""
    spellings = code_spellings(codes)
    folded = fold_code(text)
    # 每 3 月 is 每3月: blanks beside 汉字 part nothing.
    entry = spellings.get(folded) or spellings.get(_INNER_BLANK.sub("", folded))
    if entry is not None or len(folded) > _LONGEST:
        return entry
    twice = _BRACKETED.fullmatch(folded)
    outer, inner = (spellings.get(trim(part)) for part in twice.groups()) if twice is not None else (None, None)
    return outer if outer is not None and outer is inner else None


def _several(text: str, codes: CodeList) -> tuple[CodeEntry, ...]:
    """The entries that a text names one after another, each once; none where a part of it names none, or all name one."""
    parts = [part for part in _PARTED.split(text) if trim(part)] if len(text) <= _LONGEST * 4 else []
    found = [entry_of(part, codes) for part in parts]
    several = tuple(dict.fromkeys(one for one in found if one is not None))
    return several if len(several) > 1 and None not in found else ()


def _unreadable(raw: Any, detail: Both, nearest: str | None = None) -> Missing:
    return Missing(State.UNREADABLE, raw, detail, nearest)


def _in_english(codes: CodeList) -> str:
    """The list as an English sentence calls it."""
    return codes.name.title if isinstance(codes.name, Named) and codes.name.title else spelled(codes.name.en)
