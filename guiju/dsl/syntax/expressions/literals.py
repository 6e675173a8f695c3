"""Operands without operators: names with dots, numbers with their units, dates and texts.

A unit is what follows a number and is spelled as one; whether it fits is not asked here.
"""

from decimal import Decimal

from guiju.diagnostics.span import Span
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.lex import Token, read_date, unescape, unit_end
from guiju.dsl.syntax.tree import DateLiteral, Expr, Hole, Name, Number, Path, TextLiteral
from guiju.terms.tongue import Both

__all__ = ["literal", "missing", "path", "plain_decimal"]

_LONGEST_NUMBER = 40
_BACKSLASH = Both("文本里的反斜杠写作 \\\\", "a backslash in a text is written \\\\")
_ESCAPES = {
    "\\d": Both("样式里的数字写作 [0-9]", "a digit of a pattern is written [0-9]"),
    "\\w": Both("样式里的字母、数字写作 [A-Za-z0-9_]", "a letter or digit of a pattern is written [A-Za-z0-9_]"),
    "\\s": Both("样式里的空白写出来，例如 [ 　]", "a blank of a pattern is written out, as in [ ]"),
    "\\.": Both("样式里的点写作 [.]", "a dot of a pattern is written [.]"),
    "\\p": Both("样式里的汉字写作 \\\\p汉字", "any Chinese character of a pattern is written \\\\p汉字"),
}


def missing(cursor: Cursor) -> Hole:
    """A hole at this place, and why there is one."""
    recovery.no_operand(cursor)
    return Hole(cursor.gap)


def path(cursor: Cursor, wanted: Both) -> Path:
    """`a.b`, `a 的 b`; an empty name where there is none."""
    c = cursor
    first = c.name()
    if first is None:
        recovery.no_name(c, wanted)
        point = c.gap
        return Path((Name("", point),), point)
    names = [first]
    while c.token.kind in ("symbol", "name"):
        following = c.ahead()
        is_dot = c.token.kind == "symbol" and c.token.text == "."
        if not (is_dot or c.token.text == "的") or following.kind not in ("name", "quoted"):
            break
        c.at += 1
        name = c.name()
        assert name is not None
        names.append(name)
    return Path(tuple(names), c.since(first.span.start))


def plain_decimal(cursor: Cursor, token: Token) -> Decimal:
    """The value of a number token."""
    if len(token.text) > _LONGEST_NUMBER:
        cursor.hard("S039", cursor.span(token.start, token.end), limit=str(_LONGEST_NUMBER))
        return Decimal(0)
    return Decimal(token.text.replace(",", ""))


def literal(cursor: Cursor) -> Expr:
    """A number with its unit, a date or a text; a hole where the token is broken."""
    c = cursor
    token = c.next()
    span = c.span(token.start, token.end)
    match token.kind:
        case "number":
            return _number(c, token, span)
        case "date":
            day = read_date(token.text)
            if day is None:
                c.hard("S011", span, written=token.text)
                return Hole(span)
            recovery.date_form(c, token, day)
            return DateLiteral(day, span)
        case "text":
            value, bad = unescape(token.text)
            if bad is not None:
                escape = token.text[bad : bad + 2]
                c.slip("S040", c.span(token.start + 1 + bad, token.start + 3 + bad), escape=escape, help=_ESCAPES.get(escape, _BACKSLASH))
            return TextLiteral(value, span)
        case "open_text":
            c.hard("S008", c.span(token.start, token.start + 1))
            return TextLiteral(token.text, span)
        case "open_name":
            c.hard("S009", c.span(token.start, token.start + 1))
            return Hole(span)
        case _:
            c.at -= 1 if token.kind != "end" else 0
            return missing(c)


def _number(c: Cursor, token: Token, span: Span) -> Expr:
    value = plain_decimal(c, token)
    found = unit_end(c.folded, token.end, c.tokens[-1].end)
    if found is None:
        recovery.unknown_unit(c, token)
        return Number(value, None, span)
    start, end = found
    while not c.done and c.token.start < end:
        c.at += 1
    unit = " ".join(c.folded[start:end].split())
    return Number(value, unit, c.span(token.start, end), c.span(start, end))
