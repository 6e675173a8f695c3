"""One spelling for the names of instruments, so that what people write finds what we recorded.

Width, case, spaces, book-title marks, quotation marks, kinds of brackets and dashes say nothing; neither does the slash of `GB/T`.
"""

import re
import unicodedata

__all__ = ["fold", "loose_names"]

_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000《》〈〉「」『』“”\"'‘’/_∕⁄"))
_SAME = {**_DROPPED, **{ord(char): "(" for char in "〔[【{"}, **{ord(char): ")" for char in "〕]】}"}}
_SAME |= {ord(char): "-" for char in "–—―‐‑‒−:"} | {ord("﹣"): "-"}
_ORDER_NUMBER = re.compile(r"令第(?=[0-9])")
_YEAR = re.compile(r"[-:](?:19|20)[0-9]{2}$")
_TAIL = re.compile(r"[(（][^()（）]*[)）]$")
_STATE = "中华人民共和国"


def fold(text: str) -> str:
    """The text in the one spelling in which names are compared."""
    return _ORDER_NUMBER.sub("令", unicodedata.normalize("NFKC", text).translate(_SAME).casefold())


def loose_names(*, number: str | None, titles: tuple[str, ...]) -> tuple[str, ...]:
    """Shorter names that people use: a number without its year, a title without the state's name or its last brackets."""
    found: list[str] = []
    if number and _YEAR.search(number):
        found.append(_YEAR.sub("", number))
    for title in titles:
        for shorter in (title, _TAIL.sub("", title)):
            found += [shorter, shorter.removeprefix(_STATE)]
    return tuple(dict.fromkeys(name for name in found if len(name) > 2))
