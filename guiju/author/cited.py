"""The instruments that a text names: standard numbers, numbers of documents, titles in 《》; where each stands first.

It finds what looks like a name; whether an instrument bears it is the registry's to say. Digits and signs may be of either width.
"""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Cited", "names_in"]

_MOST = 2_000
_LETTERS = r"(?:GB|GA|GM|YD|SJ|JT|JR|HJ|CJJ?|JGJ|MH|LD|DB ?\d{2,4}|T/[A-Z]{2,12}|ISO(?:/IEC)?|IEC|ITU-T|IEEE|[A-Z]{2})"
# GB/T 33356-2022, GB 50348—2018, DB4201/T 600-2020, T/CESA 1100-2020, ISO 37120:2018
_STANDARD = re.compile(rf"(?<![A-Za-z0-9]){_LETTERS}(?:/[TZ])? ?[A-Z]{{0,2}}\.?\d{{1,6}}(?:\.\d{{1,3}})*(?: ?[-:] ?(?:19|20)\d\d)(?!\d)")
# 国办发〔2019〕57号
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[【(]\d{4}[〕\]】)](?:第)?\d{1,4}号")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")


@dataclass(frozen=True, slots=True)
class Cited:
    """A name as written, and the line on which it stands first."""

    text: str
    line: int


def names_in(text: str) -> tuple[Cited, ...]:
    """Every name once, in the order of the text; at most 2,000. A title followed by its number counts as one name, the number."""
    found: dict[str, Cited] = {}
    for number, line in enumerate(text.split("\n"), 1):
        plain = re.sub("[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", line))
        hits = [(match.start(), match.group().strip()) for pattern in (_STANDARD, _DOCUMENT) for match in pattern.finditer(plain)]
        hits += [(match.start(), match.group(1).strip()) for match in _TITLE.finditer(plain) if not _is_numbered(plain, match)]
        for _, name in sorted(hits):
            if len(found) < _MOST:
                found.setdefault(" ".join(name.split()), Cited(name, number))
    return tuple(found.values())


def _is_numbered(line: str, match: re.Match[str]) -> bool:
    """Whether the number of what the title names stands right beside it."""
    after, before = line[match.end() : match.end() + 40].lstrip(" (,、"), line[: match.start()].rstrip()
    if _STANDARD.match(after) or _DOCUMENT.match(after):
        return True
    return any(one.end() == len(before) for one in _STANDARD.finditer(before))
