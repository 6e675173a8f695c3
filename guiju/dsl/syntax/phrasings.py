"""Wrong words of clauses and the right ones; phrasings that say in another order what a rule can say: 介于 甲 和 乙, 以 … 开头."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from guiju.diagnostics.span import Span
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.lex import Token

__all__ = ["MEANT_CONNECTIVES", "OPERANDS", "turned_round"]

# Words that begin an operand wrongly, and the right word.
OPERANDS: Mapping[str, str] = MappingProxyType(
    {
        "如果": "若",
        "假如": "若",
        "如": "若",
        "所有": "每个",
        "任何": "每个",
        "全部": "每个",
        "至少一个": "存在",
        "任一": "存在",
        "all": "every",
        "each": "every",
        "any": "some",
        "exists": "some",
        "none": "no",
    }
)

# Words that join wrongly, and the kind that they mean.
MEANT_CONNECTIVES: Mapping[str, str] = MappingProxyType(
    {
        "那么": "then",
        "就": "then",
        "否则就": "else",
        "不然": "else",
        "其它": "otherwise",
        "otherwise": "else",
        "满足条件": "satisfies",
        "where": "satisfies",
        "such": "satisfies",
    }
)

# Verbs that a clause puts before what is to be filled in.
_FILLED_IN = frozenset({"有", "具有", "填写", "填报", "提供", "写明", "注明", "载明", "提交"})
_PART_OF = re.compile(r".*?(?P<tie>的)(?P<share>[0-9]+(?:\.[0-9]+)?)")
_BETWEEN = re.compile(
    r"(?:介于|在)\s*(?P<least>[^\s,，和与至到]+(?: ?[^\s,，和与至到\d]+)?)\s*[和与至到~～—-]\s*"
    r"(?P<most>[0-9][^\s,，]*(?: ?(?!之间)[^\s,，\d]+)?)(?:\s*之间)?"
)
_AFFIX = re.compile(r"以\s*(?P<text>\"[^\"\n]*\"|“[^”\n]*”|[^\s]+?)\s*(?:为|作为)?\s*(?P<side>开头|结尾)")


def turned_round(c: Cursor, token: Token, previous: Token) -> tuple[Span, str] | None:
    """A phrasing that says in another order what a rule can say: the words, and how a rule writes them."""
    rest = c.text[token.start : c.tokens[-1].end].split("\n")[0]
    if token.text == "%" and (share := _PART_OF.fullmatch(previous.text)) is not None:
        return c.span(previous.start + share.start("tie"), token.end), f" × {share['share']}%"
    if token.text == "的" and c.ahead().kind == "number":
        return c.here, "×"
    if token.text == "倍" and previous.kind == "number":
        return c.here, "×"
    if (affix := _AFFIX.match(rest)) is not None:
        return c.span(token.start, token.start + affix.end()), f"{affix['side']}是 {affix['text']}"
    if previous.kind == "name" and (between := _BETWEEN.match(rest)) is not None:
        return c.span(token.start, token.start + between.end()), f"≥ {between['least']} 且 {previous.text} ≤ {between['most']}"
    if previous.text in _FILLED_IN and token.kind == "name":
        return c.span(previous.start, token.end), f"{token.text} 已提供"
    follows = c.ahead()
    if token.text in (",", "，", "、", ";", "；") and follows.kind in ("name", "quoted") and previous.kind == "name":
        return c.here, " 且 "
    return None
