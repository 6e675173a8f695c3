"""Parts that are lists of names: those of 场景 with its gate, and the days of an act."""

from collections.abc import Mapping

from guiju.diagnostics.span import Span
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.block import Block, split_words
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.entries import read_names
from guiju.dsl.syntax.expressions.literals import path
from guiju.dsl.syntax.expressions.operators import ADD
from guiju.dsl.syntax.expressions.parse import operand_at
from guiju.dsl.syntax.tokens import CONNECTIVES, PARTS, WORDS, kinds_by_word
from guiju.dsl.syntax.tree import FieldsPart, GateLine, GatePart, Name, NamesPart, Number, PathsPart
from guiju.dsl.syntax.values import finish
from guiju.terms.tongue import Both, Tongue

__all__ = ["read_fields_part", "read_gate", "read_names_part", "read_paths_part"]

_FORCES = kinds_by_word({kind: PARTS[kind] for kind in ("shall", "shall_not", "should", "should_not", "may")})
_SEVERITIES = kinds_by_word(WORDS["severity"])
_VERDICTS = kinds_by_word(WORDS["verdicts"])
_COLOURS = kinds_by_word(WORDS["colours"])
_JUDGED, _OTHERWISE = ((*CONNECTIVES[kind].zh, *CONNECTIVES[kind].en) for kind in ("judged", "otherwise"))

_ASKED = Both("“不符合”“无法判定”“错误”、“已判定 < …%”或“其他”", "`fail`, `undetermined`, `error`, `judged < …%` or `else`")


def read_names_part(kind: str, block: Block) -> NamesPart:
    """Names parted by commas, with whatever signs an instrument has in its name."""
    found = list(split_words(block, block.pieces(block.content, running=False)))
    if not found:
        _empty(block)
    return NamesPart(
        kind=kind,
        names=tuple(Name(text, block.span(*where)) for text, where in found),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def read_paths_part(kind: str, block: Block) -> PathsPart:
    """`行为日 交付日期, 合同.签订日期`."""
    c = block.cursor()
    wanted = Both("行为发生之日的字段", "the field of the day of the act")
    paths = [path(c, wanted)]
    while not c.failed and c.symbol(","):
        paths.append(path(c, wanted))
    finish(c)
    return PathsPart(
        kind=kind, paths=tuple(paths), span=block.whole, comments=tuple(block.comments), trailing=block.trailing, tongue=block.tongue
    )


def read_fields_part(kind: str, block: Block) -> FieldsPart:
    """`筛查 项目方案  项目类型, 关键信息基础设施`."""
    c = block.cursor()
    shape = _named(c, Both("对象的名称", "the name of a shape"))
    fields: list[Name] = []
    while not c.failed:
        fields.append(_named(c, Both("字段的名称", "the name of a field")))
        if not c.symbol(","):
            break
    finish(c)
    return FieldsPart(
        kind=kind,
        shape=shape,
        fields=tuple(fields),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def read_gate(kind: str, block: Block) -> GatePart:
    """`门槛 阻断 不符合 → 不予受理 / refused  红 1`, and more such lines under the first."""
    c = block.cursor()
    lines: list[GateLine] = []
    while not c.failed and not c.done:
        lines.append(_line(c))
    if not lines:
        _empty(block)
    return GatePart(lines=tuple(lines), span=block.whole, comments=tuple(block.comments), trailing=block.trailing, tongue=block.tongue)


def _line(c: Cursor) -> GateLine:
    start = c.token.start
    asked: dict[str, str] = {}
    below: Number | None = None
    if c.word(_JUDGED):
        below = _share(c)
    elif not c.word(_OTHERWISE):
        for part, words in (("severity", _SEVERITIES), ("force", _FORCES), ("verdict", _VERDICTS)):
            word = _one_of(c, words)
            if word is not None:
                asked[part] = word
        if "verdict" not in asked:
            recovery.unexpected(c, _ASKED)
    if not c.failed and not c.symbol("→", "->", "=>"):
        recovery.unexpected(c, Both("“→”和结果的名称", "`→` and the name of an outcome"))
    zh, en = read_names(c, Both("结果的名称", "the name of an outcome")) if not c.failed else (None, None)
    colour = _one_of(c, _COLOURS) if not c.failed else None
    if colour is None and not c.failed:
        recovery.unexpected(c, Both("颜色：红、黄、绿、灰", "a colour: red, yellow, green, grey"))
    code = _whole(c)
    here = Span(c.file, start, start)
    return GateLine(
        severity=asked.get("severity"),
        force=asked.get("force"),
        verdict=asked.get("verdict"),
        below=below,
        zh=zh or en or Name("", here),
        en=en or zh or Name("", here),
        colour=colour or "",
        exit=code,
        span=c.since(start),
    )


def _named(c: Cursor, wanted: Both) -> Name:
    name = c.name()
    if name is None:
        recovery.no_name(c, wanted)
        return Name("", c.gap)
    return name


def _one_of(c: Cursor, words: Mapping[str, tuple[str, Tongue]]) -> str | None:
    """The kind of the longest of these phrases that stands here, passed."""
    for phrase in sorted(words, key=len, reverse=True):
        if c.word((phrase,)):
            return words[phrase][0]
    return None


def _share(c: Cursor) -> Number | None:
    if c.symbol("<"):
        value = operand_at(c, ADD)
        if isinstance(value, Number) and value.unit == "%":
            return value
    recovery.unexpected(c, Both("“< 80%”这样的份额", "a share such as `< 80%`"))
    return None


def _whole(c: Cursor) -> int:
    if c.failed:
        return 0
    token = c.token
    if token.kind == "number" and token.text in ("0", "1", "2"):
        c.at += 1
        return int(token.text)
    recovery.unexpected(c, Both("退出码 0、1 或 2", "an exit code 0, 1 or 2"))
    return 0


def _empty(block: Block) -> None:
    c = block.cursor()
    keyword = block.span(block.group.start, max(block.group.start + 1, block.trim(block.group.start, block.content)[1]))
    c.hard("S031", keyword, word=block.text[keyword.start : keyword.end].rstrip(":："))
