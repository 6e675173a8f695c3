"""What a sentence speaks of: this project, or how things were, how others do it, and what limits there are."""

import re
from collections.abc import Sequence
from functools import cache

from guiju.catalog.documents.model import Piece

__all__ = ["is_bound", "is_elsewhere", "is_past"]

_PAST = re.compile(r"现状|存在(?:的)?(?:主要)?问题|主要问题|案例|借鉴|国内外|建设背景|项目背景")
_BEFORE = re.compile(r"以前|此前|原有|曾|当时|(?:19|20)\d\d年(?:以前|之前|底前)|一期(?!投资估算)|上一轮|既往|过去")
_OTHERS = re.compile(
    r"借鉴|案例|同类|其他城市|外地|外省|兄弟城市|参照.{0,12}做法|参考.{0,12}(?:做法|经验|模式)|已建成|邻近|相邻|其他项目|他项目"
)
_BOUND = re.compile(r"不低于|不少于|不高于|低于|高于|超过|不超过|限额|门槛|上限|下限|至少|最多|达到")
_BOUND_AFTER = re.compile(r"\s*(?:[（(]?含\w*[）)]?)?\s*(?:及)?(?:以上|以下|以内|的项目|的，|限额|标准|左右的)")


def is_past(piece: Piece) -> bool:
    """Whether the piece stands in a chapter on how things are now, or on others."""
    return any(_PAST.search(one) for one in piece.heading[-2:])


def is_elsewhere(sentence: str, at: int, cities: Sequence[str] = ()) -> bool:
    """Whether the clause at that position speaks of earlier days, or the sentence of others or of another city."""
    begin = max(sentence.rfind(sign, 0, at) for sign in "，：:（(") + 1
    if _BEFORE.search(sentence, begin, at) or _OTHERS.search(sentence):
        return True
    return bool(cities) and _any_of(tuple(cities)).search(sentence) is not None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def is_bound(sentence: str, start: int, end: int) -> bool:
    """Whether what stands there is a limit and no value."""
    begin = max(sentence.rfind(sign, 0, start) for sign in "，：:、") + 1
    return _BOUND.search(sentence, begin, end) is not None or _BOUND_AFTER.match(sentence, end) is not None
