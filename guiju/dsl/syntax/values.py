"""Dated values and rows of tables: lines made of several short things, each of which may be missing.

Running text and the parts that hold one expression are read in `parts`.
"""

from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.block import Block, join_pieces, read_interval_end
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.expressions.literals import path
from guiju.dsl.syntax.expressions.operators import ADD, PRIMARY
from guiju.dsl.syntax.expressions.parse import expression, operand_at
from guiju.dsl.syntax.tokens import CONNECTIVES, INFIX, PARTS, kinds_by_word
from guiju.dsl.syntax.tree import Between, Cell, Cite, DateLiteral, Expr, Hole, Part, RowLine, TableRow, ValueLine
from guiju.terms.tongue import Both, Tongue

__all__ = ["finish", "group_key", "inline_cite", "interval_ends", "read_row", "read_table_row", "read_value"]

_FROM, _TO = (kinds_by_word({"x": CONNECTIVES[kind]}) for kind in ("from", "to"))
_CITES = (*PARTS["cites"].zh, *PARTS["cites"].en)
_ANY = tuple(word for kind in ("any", "otherwise") for word in (*CONNECTIVES[kind].zh, *CONNECTIVES[kind].en))
_AND = (*INFIX["and"].zh, *INFIX["and"].en)
_COMPARE = kinds_by_word({kind: INFIX[kind] for kind in ("=", "!=", "<", "<=", ">", ">=", "before", "after", "not_before", "not_after")})


def finish(c: Cursor) -> None:
    """Nothing may be left."""
    if not c.failed and not c.done:
        recovery.unexpected(c, Both("一个运算符或这一行的末尾", "an operator or the line's end"))
        if not c.failed and not c.done:
            recovery.unexpected(c, Both("这一行的末尾", "the line's end"))


def interval_ends(c: Cursor) -> tuple[DateLiteral | None, DateLiteral | None]:
    """自 … 至 …, as far as they stand here."""
    start: DateLiteral | None = None
    end: DateLiteral | None = None
    while not c.failed and c.token.kind == "name" and (c.token.text in _FROM or c.token.text in _TO):
        word = c.next()
        day = read_interval_end(c, word)
        if word.text in _FROM:
            start = day
        else:
            end = day
    return start, end


def inline_cite(c: Cursor, block: Block) -> Cite:
    """依据 … inside a line: to the line's end, or to an interval."""
    word = c.next()
    first = c.token
    while not c.done:
        follows_date = c.ahead().kind == "date"
        if c.token.kind == "name" and follows_date and (c.token.text in _FROM or c.token.text in _TO):
            break
        c.at += 1
    last = c.tokens[c.at - 1]
    if last is word:
        c.hard("S031", c.span(word.start, word.end), word=word.text)
        first = last
        return Cite(text="", text_span=c.span(word.end, word.end), span=c.span(word.start, word.end), tongue=block.tongue)
    stretches = [
        block.trim(max(line.first, first.start), min(line.end, last.end))
        for line in block.group.lines
        if not line.comment and line.end > first.start and line.start < last.end
    ]
    tongue = Tongue.ZH if word.text in PARTS["cites"].zh else Tongue.EN
    text = join_pieces(block, stretches)
    return Cite(text=text, text_span=c.span(first.start, last.end), span=c.span(word.start, last.end), tongue=tongue)


def read_value(c: Cursor, block: Block, start: int) -> Part:
    """`= literal [自 …] [至 …] [依据 …]`, the cursor at the `=`; the parts of the line that follow may stand in any order."""
    c.symbol("=")
    value = expression(c)
    first: DateLiteral | None = None
    last: DateLiteral | None = None
    cite: Cite | None = None
    while not c.failed and not c.done:
        before = c.at
        if c.at_word(_CITES):
            cite = inline_cite(c, block)
        else:
            opening, closing = interval_ends(c)
            first, last = opening or first, closing or last
        if c.at == before:
            finish(c)
            break
    return ValueLine(value=value, start=first, end=last, cite=cite, span=c.since(start), tongue=block.tongue)


def read_table_row(block: Block) -> Part:
    """`cell | cell → result`."""
    c = block.cursor()
    cells: list[Cell] = [_cell(c)]
    while not c.failed and c.symbol("|"):
        cells.append(_cell(c))
    result: Expr = Hole(c.gap)
    if not c.failed:
        if c.symbol("→", "->", "=>"):
            result = expression(c)
        elif not recovery.broken(c):
            c.hard("S037", c.here, help=Both("几个条件之间用“|”隔开", "several cells are parted by `|`"))
    finish(c)
    return TableRow(
        cells=tuple(cells), result=result, span=block.whole, comments=tuple(block.comments), trailing=block.trailing, tongue=block.tongue
    )


def _cell(c: Cursor) -> Cell:
    after = c.ahead()
    if c.at_word(_ANY) and after.kind == "symbol" and after.text in ("|", "→", "->", "=>"):
        c.at += 1
        return None
    token = c.token
    if (
        token.kind in ("symbol", "name")
        and token.text in _COMPARE
        and not (after.kind == "symbol" and after.text in ("|", "→", "->", "=>"))
    ):
        c.at += 1
        low = _COMPARE[token.text][0], operand_at(c, ADD)
        if c.failed or c.ahead().text not in _COMPARE or not c.word(_AND):
            return low
        op = _COMPARE[c.next().text][0]
        return Between(low, (op, operand_at(c, ADD)), c.since(token.start))
    return operand_at(c, ADD)


def read_row(block: Block) -> Part:
    """`条目 a | b | c`; an empty cell counts."""
    pieces = block.pieces(block.content, running=False)
    cells: list[tuple[int, int]] = []
    for start, end in pieces:
        at = start
        while at <= end:
            stop = block.folded.find("|", at, end)
            stop = end if stop < 0 else stop
            cells.append(block.trim(at, stop))
            at = stop + 1
    if not cells:
        c = block.cursor()
        span = block.span(block.group.start, block.group.end)
        c.hard("S031", span, word=block.text[span.start : span.end])
    return RowLine(
        cells=tuple(block.text[start:end] for start, end in cells),
        cell_spans=tuple(block.span(start, end) for start, end in cells),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


_KEY_HELP = Both(
    "“按”后面写字段、术语或算出来的值，如 年(日期)，几个用逗号分开",
    "after `by` stand fields, terms or what is computed of them, year(date), parted by commas",
)


def group_key(c: Cursor) -> Expr:
    """What a group is formed by: a field, a term, or what is computed of them."""
    if c.token.kind in ("number", "text", "date") or (c.token.kind == "symbol" and c.token.text == "{"):
        word = c.token.text
        c.hard("S005", c.here, found=Both(f"这里是“{word}”", f"`{word}` stands here"), wanted=Both("一个字段", "a field"), help=_KEY_HELP)
    return path(c, Both("分组的字段", "the field to group by")) if c.done else operand_at(c, PRIMARY)
