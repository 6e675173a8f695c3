"""Known wrong phrasings and what was meant: a table of slips, and the sentences about what is missing or too much.

A phrasing that is merely unusual but right is no slip; the formatter deals with that.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from guiju.diagnostics.diagnostic import Edit, Fix, Label, Safety
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.lex import Token, unit_end
from guiju.dsl.syntax.phrasings import MEANT_CONNECTIVES, OPERANDS, turned_round
from guiju.dsl.syntax.spoken_amounts import money_meant, period_meant, unit_meant
from guiju.dsl.syntax.tokens import CONNECTIVES, INFIX, PARTS, POSTFIX, spell
from guiju.dsl.syntax.tree_expr import Binary, Expr
from guiju.terms.quantities.units import UNIT_SPELLINGS
from guiju.terms.tongue import Both, Tongue

__all__ = [
    "CHAIN_HELP",
    "OPERATORS",
    "PART_SLIPS",
    "bare_body",
    "date_form",
    "exclamation",
    "keyword_too_deep",
    "mixed",
    "no_name",
    "no_operand",
    "operand",
    "operator",
    "unexpected",
    "unknown_unit",
    "word_missing",
]

# What people write after an operand, and the kind that they mean; True for a kind without a second operand.
OPERATORS: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        "=>": (">=", False),
        "=<": ("<=", False),
        "==": ("=", False),
        "<>": ("!=", False),
        "&&": ("and", False),
        "||": ("or", False),
        "&": ("and", False),
        "大于等于": (">=", False),
        "大于或等于": (">=", False),
        "小于等于": ("<=", False),
        "小于或等于": ("<=", False),
        "不少于": (">=", False),
        "不低于": (">=", False),
        "少于": ("<", False),
        "低于": ("<", False),
        "不超过": ("<=", False),
        "不高于": ("<=", False),
        "超过": (">", False),
        "高于": (">", False),
        "早于等于": ("not_after", False),
        "晚于等于": ("not_before", False),
        "为": ("is", False),
        "不为": ("is_not", False),
        "不多于": ("<=", False),
        "多于": (">", False),
        "至少": (">=", False),
        "最少": (">=", False),
        "至多": ("<=", False),
        "最多": ("<=", False),
        "迟于": ("after", False),
        "不迟于": ("not_after", False),
        "先于": ("before", False),
        "并且": ("and", False),
        "和": ("and", False),
        "以及": ("and", False),
        "同时": ("and", False),
        "而且": ("and", False),
        "或者": ("or", False),
        "为空": ("missing", True),
        "不为空": ("given", True),
        "非空": ("given", True),
        "不得为空": ("given", True),
        "不能为空": ("given", True),
        "不存在": ("missing", True),
        "已填写": ("given", True),
        "未填写": ("missing", True),
        "is null": ("missing", True),
        "is not null": ("given", True),
        "not null": ("given", True),
        "is provided": ("given", True),
        "is not given": ("missing", True),
        "is not missing": ("given", True),
        "equals": ("=", False),
        "greater than": (">", False),
        "less than": ("<", False),
        "is greater than": (">", False),
        "is less than": ("<", False),
        "is at least": (">=", False),
        "is at most": ("<=", False),
    }
)

# Words that begin a part wrongly.
PART_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "必须": "应当", "应": "应当", "须": "应当", "应该": "应当", "需": "应当", "需要": "应当", "禁止": "不得", "严禁": "不得", "不准": "不得", "不许": "不得",
        "应当不": "不得", "应不": "不得", "不应": "不得", "不能": "不得",
        "不可": "不得", "不应当": "不得", "可以": "可", "适宜": "宜", "推荐": "宜", "建议": "宜", "如果": "适用", "若": "适用", "当": "适用",
        "例外": "除外", "除非": "除外", "根据": "依据", "引用": "依据", "要求": "应当", "规定": "应当", "来源": "源自", "修改": "整改", "生效": "自", "must": "shall",
        "must_not": "shall_not", "if": "applies", "when": "applies", "unless": "except", "cite": "cites", "requires": "shall", "fixes": "fix",
    }
)  # fmt: skip

CHAIN_HELP = Both("比较不能连写；请写成两个比较，用“且”相连", "comparisons do not chain; write two of them joined by `and`")
_PART_WORDS = frozenset(word for spelling in PARTS.values() for word in (*spelling.zh, *spelling.en) if " " not in word)
_MARKED = re.compile(r"(?:''|[‘’'`])([^‘’'`\n]*)(?:''|[‘’'`])")
_BRACKET_HELP = Both("每个“(”“{”都要有收尾的括号，且在同一部分里", "each `(` and `{` is closed within its part")
_STATE_HELP = Both("判断有没有填写，用“已提供”或“未提供”", "whether something was filled in is asked with `is given` or `is missing`")

_WHY = {
    "then": Both(
        "“若”引出的表达式写作“若 条件 则 值 否则 值”；规则何时适用，请写在“适用”一行",
        "a conditional is `if … then … else …`; when a rule applies is said by `applies`",
    ),
    "else": Both(
        "表达式总要有值，所以“若…则…”要有“否则”；规则何时适用，请写在“适用”一行",
        "an expression always has a value, so `if … then …` needs its `else`; when a rule applies is said by `applies`",
    ),
    "satisfies": Both("量词写作“每个 清单 满足 (条件)”", "a quantifier is `every list satisfies (condition)`"),
    "when": Both("例外写作“除外 名称 当 条件”", "an exception is `except name when condition`"),
    "limit": Both("写作“受 规则名 限制”", "write `subject_to rule`"),
}


def operator(c: Cursor, span: Span, kind: str, is_postfix: bool) -> None:
    """A wrong operator whose meaning is plain."""
    right = spell(POSTFIX if is_postfix else INFIX, kind, c.tongue)
    help = _STATE_HELP if is_postfix else None
    c.slip("S020", span, written=c.text[span.start : span.end], right=right, fix=c.replace(span, right), help=help)


def operand(c: Cursor) -> None:
    """A wrong word at the beginning of an operand; the right word is put in its place."""
    right = OPERANDS.get(c.token.text)
    if right is None or c.ahead().kind not in ("name", "quoted"):
        return
    if c.ahead().text in OPERATORS or any(
        c.ahead().text in spelling.zh or c.ahead().text in spelling.en[0].split()
        for table in (INFIX, POSTFIX)
        for spelling in table.values()
    ):
        return
    c.hard("S021", c.here, written=c.token.text, right=right, fix=c.replace(c.here, right))


def mixed(c: Cursor, left: Expr, right: Expr, op: Span, joined: Binary) -> None:
    """且 beside 或 without brackets: how it is read, and how it may have been meant."""
    said = [c.text[one.start : one.end] for one in (left.span, op, right.span)]
    first, word, second = (c.text[one.start : one.end] for one in (joined.left.span, joined.op_span, joined.right.span))
    other = said[0] if joined is right else said[2]
    if joined is right:
        here, there = f"{other} {said[1]} ({first} {word} {second})", f"({other} {said[1]} {first}) {word} {second}"
    else:
        here, there = f"({first} {word} {second}) {said[1]} {other}", f"{first} {word} ({second} {said[1]} {other})"
    here, there = " ".join(here.split()), " ".join(there.split())
    span = joined.span
    fix = Fix(Both("加上括号，意思不变", "write the brackets; the meaning stays"), (Edit(span, f"({c.text[span.start : span.end]})"),))
    help = Both(f"现在读作：{here}；若本意是另一种，写作：{there}", f"it is read as: {here}; if the other is meant, write: {there}")
    c.slip("H076", op, help=help, fix=fix)


def exclamation(c: Cursor) -> bool:
    """`!` for 非."""
    right = spell(CONNECTIVES, "not", c.tongue)
    c.slip("S020", c.here, written="!", right=right, fix=c.replace(c.here, right + " "))
    return True


def bare_body(c: Cursor) -> None:
    """The condition after 满足 without brackets."""
    help = Both("括号说明条件到哪里为止", "the brackets say where the condition ends")
    c.slip("S017", c.here, help=help)


def word_missing(c: Cursor, kind: str, opener: Span) -> None:
    """A word that must stand here does not."""
    word = spell(CONNECTIVES, kind, c.tongue)
    token = c.token
    if token.kind == "name" and MEANT_CONNECTIVES.get(token.text) == kind:
        c.hard("S021", c.here, written=token.text, right=word, fix=c.replace(c.here, word))
        return
    if broken(c):
        return
    c.hard("S015", c.here, word=word, found=_found(c), help=_WHY.get(kind))


def _found(c: Cursor) -> Both:
    """What stands here instead, in words."""
    token = c.token
    if token.kind == "end":
        return Both("这里已经结束", "the part ends here")
    written = c.text[token.start : token.end]
    return Both(f"这里是“{written}”", f"`{written}` stands here")


def broken(c: Cursor) -> bool:
    """Complain of a token that could stand nowhere; False for a sound one."""
    token = c.token
    written = c.text[token.start : token.end]
    if token.kind == "open_text":
        c.hard("S008", c.span(token.start, token.start + 1))
    elif token.kind == "open_name":
        c.hard("S009", c.span(token.start, token.start + 1))
    elif token.kind == "bad" and written in "‘’'`":
        c.hard("S022", c.here, written=written, fix=_quoted(c, token))
    elif token.kind == "bad" and unicodedata.category(written[0]) == "Cf":
        named = f"U+{ord(written[0]):04X} {unicodedata.name(written[0], '')}".strip()
        c.hard("S041", c.here, written=named, fix=Fix(Both("删去它", "take it out"), (Edit(c.here, ""),), Safety.SAFE))
    elif token.kind == "bad" and (money := money_meant(c.text[token.start : c.tokens[-1].end])) is not None:
        span = c.span(token.start, token.start + len(money[0]))
        c.hard("S020", span, written=money[0], right=money[1], fix=c.replace(span, money[1]))
    elif token.kind == "bad":
        c.hard("S010", c.here, written=written)
    else:
        return False
    return True


def _quoted(c: Cursor, token: Token) -> Fix | None:
    """The text that stands between marks that are no quotation marks of the language."""
    found = _MARKED.match(c.text, token.start)
    if found is None or '"' in found[1]:
        return None
    span = c.span(token.start, found.end())
    return Fix(Both(f'改为“"{found[1]}"”', f'write "{found[1]}"'), (Edit(span, f'"{found[1]}"'),))


def no_operand(c: Cursor) -> None:
    """An operand should stand here."""
    if broken(c):
        return
    token = c.token
    previous = c.tokens[c.at - 1] if c.at else None
    after = Both(f"“{previous.text}”之后", f"after `{previous.text}`") if previous else Both("这里", "here")
    if token.kind == "symbol" and token.text in ")}" and not (previous and previous.text in ("(", "{", ",")):
        help: Both | None = _BRACKET_HELP
    else:
        help = Both(
            "这里要有一个名称、数、日期、“文本”或带括号的表达式",
            'a name, a number, a date, a "text" or an expression in brackets stands here',
        )
    c.hard("S004", c.here, after=after, help=help)


def no_name(c: Cursor, wanted: Both) -> None:
    """A name should stand here."""
    if not broken(c):
        c.hard(
            "S003",
            c.here,
            wanted=wanted,
            found=_found(c),
            help=Both("名称以文字、数字和下划线写成；其他写法用「…」", "a name is of letters, digits and _; any other is written 「…」"),
        )


def unexpected(c: Cursor, wanted: Both) -> None:
    """Something stands here that cannot; at the end, something is missing."""
    if c.failed or broken(c):
        return
    token = c.token
    previous = c.tokens[c.at - 1] if c.at else None
    if token.kind == "symbol" and token.text in ")}]":
        c.hard("S007", c.here, mark=token.text, help=_BRACKET_HELP)
    elif token.kind == "symbol" and token.text in ".;" and c.ahead().kind == "end":
        c.slip("S026", c.here, written=c.text[token.start : token.end], fix=c.replace(c.here, ""))
        c.at += 1
    elif token.kind == "name" and token.text in ("等", "等等", "etc"):
        c.hard("S024", c.here, written=token.text)
    elif keyword_too_deep(c, token) or _said_otherwise(c, token, previous):
        return
    else:
        label = () if previous is None else (Label(c.span(previous.start, previous.end), Both("到这里还读得通", "understood up to here")),)
        c.hard("S005", c.here, found=_found(c), wanted=wanted, labels=label, help=_neighbour(c, token))


def keyword_too_deep(c: Cursor, token: Token) -> bool:
    """A part's keyword at the start of a deeper line, which so goes on the part before it."""
    if token.kind != "name" or token.text not in _PART_WORDS or not c.at:
        return False
    line = c.text.rfind("\n", 0, token.start) + 1
    if c.text[line : token.start].strip(" \t"):
        return False
    first = c.text.rfind("\n", 0, c.tokens[0].start) + 1
    wanted = c.text[first : first + len(c.text[first:]) - len(c.text[first:].lstrip(" \t"))]
    depth = token.start - line - len(wanted)
    if depth <= 0:
        return False
    fix = Fix(Both("与上面的部分对齐", "align it with the parts above"), (Edit(c.span(line, token.start), wanted),))
    c.hard("S042", c.here, word=token.text, depth=str(depth), fix=fix)
    return True


def _said_otherwise(c: Cursor, token: Token, previous: Token | None) -> bool:
    """Phrasings of clauses: 在…之后 n 个工作日内, a number without ×, a unit that is spelled otherwise."""
    for start in (token.start, previous.start if previous is not None else token.start):
        told = period_meant(c.text[start : c.tokens[-1].end].split("\n")[0])
        if told is not None:
            span = c.span(start, start + len(told[0]))
            c.hard("S020", span, written=told[0], right=told[1], fix=c.replace(span, told[1], Safety.UNSAFE))
            return True
    if previous is None:
        return False
    turned = turned_round(c, token, previous)
    if turned is not None:
        span, right = turned
        c.hard("S020", span, written=c.text[span.start : span.end], right=right, fix=c.replace(span, right, Safety.UNSAFE))
        return True
    if token.kind == "number" and (previous.kind in ("name", "quoted") or previous.text == ")"):
        c.hard(
            "S043",
            c.here,
            written=token.text,
            fix=Fix(Both("写上“×”", "write `*`"), (Edit(c.span(token.start, token.start), "× "),), Safety.UNSAFE),
        )
        return True
    unit = unit_meant(token.text) if previous.kind == "number" and token.kind == "name" else None
    if unit is not None:
        c.hard("S013", c.here, written=token.text, help=Both(f"是不是“{unit}”？", f"is `{unit}` meant?"), fix=c.replace(c.here, unit))
        return True
    return False


def _neighbour(c: Cursor, token: Token) -> Both | None:
    """The operator that a misspelt word was meant to be."""
    if token.kind != "name":
        return None
    words = [word for table in (INFIX, POSTFIX) for spelling in table.values() for word in (*spelling.zh, *spelling.en)]
    for word in words:
        if len(word) > 1 and token.text != word and token.text.startswith(word) and not word.isascii():
            return Both(f"“{word}”后面要空一格", f"a blank is wanting after `{word}`")
    if token.text in ("到", "until", "till"):
        return Both("写到哪一天用“至”", "the last day follows `to`")
    near = nearest(token.text, words)
    return Both(f"是不是“{near}”？", f"is `{near}` meant?") if near else None


def unknown_unit(c: Cursor, token: Token) -> None:
    """A word close behind a number that is no unit."""
    after = c.token
    if after.kind not in ("name", "bad") or after.start != token.end:
        return
    near = nearest(after.text, UNIT_SPELLINGS)
    help = Both(f"是不是“{near}”？", f"is `{near}` meant?") if near else None
    span = c.span(after.start, after.end)
    c.hard("S013", span, written=after.text, help=help, fix=c.replace(span, near) if near else None)


def date_form(c: Cursor, token: Token, day: date) -> None:
    """A date that can be read but is not written as dates are."""
    canonical = day.isoformat()
    if token.text == canonical or "年" in token.text:
        return
    span = c.span(token.start, token.end)
    c.slip("S012", span, written=token.text, right=canonical, fix=c.replace(span, canonical))


def unit_word_follows(c: Cursor) -> bool:
    """Whether a unit stands right at the reader's place."""
    return unit_end(c.folded, c.token.start, c.tokens[-1].end) is not None


def stuck_keyword(word: str, keywords: Mapping[str, tuple[str, Tongue]]) -> str | None:
    """The keyword with which a word begins when the blank after it is missing; Chinese only."""
    found = [keyword for keyword in keywords if not keyword.isascii() and word.startswith(keyword) and word != keyword]
    return max(found, key=len) if found else None
