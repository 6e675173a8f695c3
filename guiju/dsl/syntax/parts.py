"""The parts of rules, terms, parameters, tables, readings and frameworks: lines led by a keyword to nodes of the tree.

Fields, codes and rows of registers are read in `entries`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.block import Block, join_pieces, split_words
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.expressions.literals import path
from guiju.dsl.syntax.expressions.parse import expression
from guiju.dsl.syntax.profile_parts import read_fields_part, read_gate, read_names_part, read_paths_part
from guiju.dsl.syntax.tokens import CONNECTIVES, PARTS, translate_word
from guiju.dsl.syntax.tree import (
    Cite,
    CollectLine,
    Except,
    Expr,
    FreeText,
    Hole,
    IntervalPart,
    Name,
    Part,
    Requirement,
    SubjectPart,
    WordPart,
)
from guiju.dsl.syntax.values import finish, group_key, inline_cite, interval_ends
from guiju.terms.tongue import Both, Tongue

__all__ = ["ALLOWED", "read_keyword_part"]

_COMMON = ("cites", "about", "version", "status", "force", "until", "why")
_REQUIREMENTS = ("applies", "shall", "shall_not", "should", "should_not", "may")

# The parts that each declaration may have, in the order of the specification.
ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "module": ("about",),
        "use": ("about",),
        "shape": ("aliases", "reading", "cites", "about"),
        "register": ("aliases", "reading", "cites", "about", "row"),
        "codelist": ("cites", "labels_only", "ordered", "about", "aliases"),
        "reading": (
            "blank",
            "not_applicable_words",
            "pending_words",
            "dates",
            "true_words",
            "false_words",
            "money_unit",
            "fold_width",
            "about",
            "cites",
        ),
        "parameter": ("cites", "about"),
        "term": ("subject", "cites", "means", "about"),
        "table": ("input", "gives", "cites", "about"),
        "rule": (
            *("cites", "derives", "subject", "act_day", "looks_back", "applies"),
            *("except", "transition", "subject_to", "notwithstanding"),
            *_REQUIREMENTS[1:],
            *("because", "stages", "fix", "says", "why", "allows", "severity", "dimension"),
            *("version", "force", "until", "submitted", "status", "empty_passes", "about"),
        ),
        "judged": ("derives", "subject", "because", "by", "severity", "dimension", "says", *_COMMON),
        "framework": ("collects", *_COMMON),
        "guidance": ("row",),
        "profile": ("place", "stages", "kinds", "takes_in", "leaves_out", "screening", "expects", "gate", "about"),
    }
)

_WHEN, _THEN, _LIMIT, _OWNER, _SCOPE, _GROUP, _FOR = (
    tuple(word for word in (*CONNECTIVES[kind].zh, *CONNECTIVES[kind].en) if word)
    for kind in ("when", "then", "limit", "owner", "scope", "group", "for")
)
_CITES = (*PARTS["cites"].zh, *PARTS["cites"].en)


def read_keyword_part(kind: str, word: str, block: Block) -> list[Part]:
    """The part of a kind, its keyword passed."""
    reader = _READERS.get(kind)
    if reader is not None:
        return [reader(kind, block)]
    if kind in ("true_words", "false_words"):
        return _truths(kind, block)
    return [_words(kind, word, block)]


# ---- running text and raw words ----------------------------------------------------------------------------------


def _empty(block: Block) -> None:
    """Nothing follows the keyword."""
    c = block.cursor()
    keyword = block.span(block.group.start, max(block.group.start + 1, block.trim(block.group.start, block.content)[1]))
    c.hard("S031", keyword, word=block.text[keyword.start : keyword.end].rstrip(":："))


def _running(kind: str, block: Block) -> Part:
    pieces = block.pieces(block.content, running=True)
    if not pieces:
        _empty(block)
        point = block.span(block.group.end, block.group.end)
        text, where = "", point
    else:
        text, where = join_pieces(block, pieces), block.span(pieces[0][0], pieces[-1][1])
    common = (block.whole, tuple(block.comments), block.trailing, block.tongue)
    if kind == "cites":
        return Cite(text=text, text_span=where, span=common[0], comments=common[1], trailing=common[2], tongue=common[3])
    return FreeText(kind=kind, text=text, text_span=where, span=common[0], comments=common[1], trailing=common[2], tongue=common[3])


_WORDLESS = frozenset({"empty_passes", "labels_only", "ordered", "fold_width"})
_COMMA_LISTS = frozenset(
    {"stages", "aliases", "reading", "blank", "not_applicable_words", "pending_words", "dates", "true_words", "false_words"}
)


def _words(kind: str, word: str, block: Block) -> Part:
    if kind in ("input", "gives"):
        return _typed(kind, block)
    pieces = block.pieces(block.content, running=False)
    found = list(split_words(block, pieces, "," if kind in _COMMA_LISTS else " "))
    if kind in _WORDLESS:
        if found:
            extra = block.span(found[0][1][0], found[-1][1][1])
            block.cursor().hard("S030", extra, word=block.text[extra.start : extra.end])
            found = []
    elif not found:
        _empty(block)
    return WordPart(
        kind=kind,
        # A known word in the other tongue is that word: 维度 security is 维度 安全性.
        words=tuple(translate_word(kind, text, block.tongue) for text, _ in found),
        word_spans=tuple(block.span(*where) for _, where in found),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _truths(kind: str, block: Block) -> list[Part]:
    """`真 是, 有   假 否`: one line may hold both."""
    c = block.cursor()
    other_words = PARTS["false_words" if kind == "true_words" else "true_words"]
    others = (*other_words.zh, *other_words.en)
    cut = next(
        (
            t
            for p, t in zip(c.tokens, c.tokens[1:], strict=False)
            if t.kind == "name" and t.text in others and p.text != "," and p.end < t.start
        ),
        None,
    )
    block.comments = block.comments[: len(block.group.before)]
    pieces = block.pieces(block.content, running=False)
    if cut is None:
        halves = [(kind, block.group.start, pieces)]
    else:
        first = [(start, min(end, cut.start)) for start, end in pieces if start < cut.start]
        second = [(max(start, cut.end), end) for start, end in pieces if end > cut.end]
        other = "false_words" if kind == "true_words" else "true_words"
        halves = [(kind, block.group.start, first), (other, cut.start, second)]
    parts: list[Part] = []
    for number, (each, start, stretch) in enumerate(halves):
        found = list(split_words(block, [block.trim(*piece) for piece in stretch]))
        end = found[-1][1][1] if found else start + 1
        if not found:
            c.hard("S031", block.span(start, start + 1), word=block.text[start : start + 1])
        parts.append(
            WordPart(
                kind=each,
                words=tuple(text for text, _ in found),
                word_spans=tuple(block.span(*where) for _, where in found),
                span=block.span(start, end),
                comments=tuple(block.comments) if number == 0 else (),
                trailing=block.trailing if number == len(halves) - 1 else None,
                tongue=block.tongue,
            )
        )
    return parts


def _typed(kind: str, block: Block) -> Part:
    """`条件 name type [unit]`: its words by blanks, names without their 「」."""
    c = block.cursor()
    words: list[str] = []
    spans = []
    while not c.done:
        name = c.name()
        if name is not None:
            words.append(name.text)
            spans.append(name.span)
            continue
        start = c.token.start
        while not c.done and c.token.kind not in ("name", "quoted") and (c.token.start == start or c.token.start == c.tokens[c.at - 1].end):
            c.at += 1
        end = c.tokens[c.at - 1].end
        words.append(block.text[start:end])
        spans.append(block.span(start, end))
    if len(words) < 2:
        recovery.no_name(c, Both("名称和类型", "a name and a type"))
    return WordPart(
        kind=kind,
        words=tuple(words),
        word_spans=tuple(spans),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _collect(kind: str, block: Block) -> Part:
    """`收录 GB/T 40994-2021 适用于 智慧灯杆类项目, …`."""
    pieces = block.pieces(block.content, running=False)
    if not pieces:
        _empty(block)
        pieces = [(block.group.end, block.group.end)]
    start, end = pieces[0]
    cut = min((at for word in _FOR if (at := block.folded.find(f" {word} ", start, end)) >= 0), default=-1)
    kinds: tuple[str, ...] = ()
    if cut >= 0:
        after = block.folded.index(" ", cut + 1)
        kinds = tuple(word for word, _ in split_words(block, [(after, end), *pieces[1:]]))
        end = cut
    start, end = block.trim(start, end)
    return CollectLine(
        number=block.text[start:end],
        number_span=block.span(start, end),
        kinds=kinds,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


# ---- expressions and names ---------------------------------------------------------------------------------------


def _requirement(kind: str, block: Block) -> Part:
    c = block.cursor()
    if c.done:
        _empty(block)
        expr: Expr = Hole(c.gap)
    else:
        expr = expression(c)
        finish(c)
    return Requirement(kind=kind, expr=expr, span=block.whole, comments=tuple(block.comments), trailing=block.trailing, tongue=block.tongue)


def _interval(kind: str, block: Block) -> Part:
    if kind in ("force", "until"):
        block.content = block.group.start
    c = block.cursor()
    start, end = interval_ends(c)
    if start is None and end is None and not c.failed:
        c.hard("S029", c.here, word=c.tokens[0].text or block.text[block.group.start : block.content].strip())
    finish(c)
    return IntervalPart(
        kind="submitted" if kind == "submitted" else "force",
        start=start,
        end=end,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _subject(kind: str, block: Block) -> Part:
    c = block.cursor()
    shape = path(c, Both("对象的名称", "the name of a shape"))
    owner: Name | None = None
    scope: Name | None = None
    group: list[Expr] = []
    while not c.failed and not c.done:
        if c.word(_OWNER):
            owner = _needed_name(c, Both("所属对象的名称", "the name of the owner's shape"))
        elif c.word(_SCOPE):
            scope = _needed_name(c, Both("范围的名称", "the name of the scope"))
        elif c.word(_GROUP):
            group.append(group_key(c))
            while not c.failed and c.symbol(","):
                group.append(group_key(c))
        else:
            recovery.unexpected(c, Both("“在”“于”“按”或这一行的末尾", "`in`, `of`, `by` or the line's end"))
            break
    return SubjectPart(
        shape=shape,
        owner=owner,
        scope=scope,
        group=tuple(group),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _needed_name(c: Cursor, wanted: Both) -> Name | None:
    name = c.name()
    if name is None:
        recovery.no_name(c, wanted)
    return name


def _except(kind: str, block: Block) -> Part:
    """除外 L 当 E [则 E] [依据 …], and 过渡 L [当 E] 则 E [依据 …]"""
    c = block.cursor()
    label: Name | None = None
    instead: Expr | None = None
    cite: Cite | None = None
    if c.at_word(_WHEN) and not (c.ahead().kind == "name" and c.ahead().text in _WHEN):
        recovery.no_name(c, Both("例外的名称", "the exception's name"))
    else:
        label = _needed_name(c, Both("例外的名称", "the exception's name"))
    when: Expr | None = Hole(c.gap)
    if not c.failed:
        if c.word(_WHEN):
            when = expression(c)
        elif kind == "except":
            recovery.word_missing(c, "when", c.here)
        else:
            when = None
    if not c.failed and c.word(_THEN):
        instead = expression(c)
    elif not c.failed and kind == "transition":
        recovery.word_missing(c, "then", c.here)
    if not c.failed and c.at_word(_CITES):
        cite = inline_cite(c, block)
    finish(c)
    return Except(
        kind=kind,
        label=label,
        when=when,
        instead=instead,
        cite=cite,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _other_rule(kind: str, block: Block) -> Part:
    """受 R 限制"""
    c = block.cursor()
    label = _needed_name(c, Both("另一条规则的名称", "the name of the other rule"))
    if not c.failed and not c.word(_LIMIT) and block.tongue is Tongue.ZH:
        recovery.word_missing(c, "limit", c.here)
    finish(c)
    return Except(
        kind=kind,
        label=label,
        when=None,
        instead=None,
        cite=None,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


_Reader = Callable[[str, Block], Part]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        **dict.fromkeys(("cites", "fix", "says", "why", "allows", "because", "looks_back", "by", "about"), _running),
        **dict.fromkeys((*_REQUIREMENTS, "means"), _requirement),
        **dict.fromkeys(("force", "until", "submitted"), _interval),
        "subject": _subject,
        "except": _except,
        "transition": _except,
        "act_day": read_paths_part,
        "subject_to": _other_rule,
        "notwithstanding": _other_rule,
        "collects": _collect,
        **dict.fromkeys(("kinds", "takes_in", "leaves_out"), read_names_part),
        **dict.fromkeys(("screening", "expects"), read_fields_part),
        "gate": read_gate,
    }
)
