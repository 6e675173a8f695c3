"""Expressions as canonical text: brackets where meaning needs them, words of one tongue, long ones broken at 且 and 或.

What it writes reads back as the same tree.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from guiju.diagnostics.source import Source, display_width
from guiju.dsl.syntax.expressions.operators import ADD, AND, COMPARE, MINUS, NOT, OR, POWER, continues
from guiju.dsl.syntax.from_text import parse_expression
from guiju.dsl.syntax.lex import is_plain_name
from guiju.dsl.syntax.shift import strip_spans
from guiju.dsl.syntax.tokens import CHECKLISTS, CONNECTIVES, INFIX, PARTS, POSTFIX, QUANTIFIERS, spell
from guiju.dsl.syntax.tree import (
    Argument,
    Binary,
    Call,
    Conditional,
    DateLiteral,
    Expr,
    Hole,
    Name,
    Negation,
    Number,
    Path,
    Postfix,
    Quantifier,
    SetLiteral,
    Several,
    TextLiteral,
)
from guiju.terms.quantities.units import UNIT_SPELLINGS
from guiju.terms.tongue import Tongue

__all__ = ["WIDTH", "ExprPrinter", "Rename", "print_expr", "print_unit", "print_word"]

WIDTH = 120

Rename = Callable[[Name, str], str]
"""What a name becomes, by its role: path function binder shape type field rule exception scope module reading citation input."""

_PRIMARY = 9
_WORDS = {
    word.split()[0]
    for table in (CHECKLISTS, CONNECTIVES, INFIX, POSTFIX, QUANTIFIERS)
    for spelling in table.values()
    for word in (*spelling.zh, *spelling.en)
    if word and word[0].isalpha()
}
# Behind other words these begin a citation at the end of a line.
_CITES = re.compile(rf"(?<=\s)(?:{'|'.join((*PARTS['cites'].zh, *PARTS['cites'].en))})(?!\w)")
_WORDS |= {*PARTS["cites"].zh, *PARTS["cites"].en}
_FIRST = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})(?!\w)")
_IS_WORD = re.compile("[a-z]{3}")
_TIGHT_UNITS = frozenset({"%", "‰"})


def print_expr(expr: Expr, tongue: Tongue, rename: Rename | None = None) -> str:
    """One line of canonical text."""
    return ExprPrinter(tongue, tongue, rename).settled(expr).flat(expr, 0)


def print_word(text: str, *, quoted: bool) -> str:
    """A name, in 「」 where it was so written or cannot stand without."""
    # What holds a 」 was never written within them.
    return f"「{text}」" if "」" not in text and (quoted or (text and not is_plain_name(text))) else text


def print_unit(unit: str, tongue: Tongue, source: Tongue, *, one: bool = False) -> str:
    """A unit as written; in another tongue as that tongue writes it, where it is a word and was written canonically.

    Symbols (km², kW) belong to no tongue and stay, and so does a rare spelling: both are understood everywhere.
    """
    known = UNIT_SPELLINGS.get(unit)
    if tongue is source or known is None or known.say(source, one=one) != unit or not _IS_WORD.search(known.en):
        return unit
    said = known.say(tongue, one=one)
    back = UNIT_SPELLINGS.get(said)
    return said if back is not None and back.id == known.id else unit


def power(expr: Expr) -> int:
    """How tightly the outermost operator of an expression binds."""
    match expr:
        case Binary(op=op):
            return POWER[op]
        case Postfix():
            return COMPARE
        case Negation(op=op):
            return NOT if op == "not" else MINUS
        case Conditional():
            return 0
        case _:
            return _PRIMARY


@dataclass(frozen=True, slots=True)
class ExprPrinter:
    """Writes in `tongue` what was written in `source`; names as `rename` says."""

    tongue: Tongue
    source: Tongue
    rename: Rename | None = None
    careful: bool = False
    """Whether names that are words of expressions stand in brackets, which leave no trace in the tree."""

    def settled(self, expr: Expr) -> "ExprPrinter":
        """This printer, or the careful one where a name that is also a word (包含, not, 若) would be read as the word."""
        other = replace(self, careful=True)
        plain, safe = self.flat(expr, 0), other.flat(expr, 0)
        if plain == safe:
            return self
        if _CITES.search(plain):
            return other
        read, meant = (parse_expression(Source("", text), self.tongue) for text in (plain, safe))
        return self if not read[1] and strip_spans(read[0]) == strip_spans(meant[0]) else other

    def name(self, name: Name, role: str) -> str:
        """A name in its role."""
        if self.rename is None:
            return print_word(name.text, quoted=name.quoted)
        renamed = self.rename(name, role)
        # Brackets that the name did not need stay, so that a translation reads back as it was.
        return print_word(renamed, quoted=name.quoted and (renamed == name.text or is_plain_name(name.text)))

    def path(self, path: Path, role: str = "path") -> str:
        """Its names with dots between."""
        return ".".join(self.name(name, role) for name in path.names)

    def word(self, kind: str) -> str:
        """A connective."""
        return spell(CONNECTIVES, kind, self.tongue)

    def flat(self, expr: Expr, floor: int) -> str:
        """An expression on one line, in brackets where its operator binds more loosely than `floor`."""
        text = self._flat(expr)
        bare = self.careful and isinstance(expr, Path | Call) and _FIRST.match(text) is not None
        return f"({text})" if power(expr) < floor or bare else text

    def _flat(self, expr: Expr) -> str:
        match expr:
            case Hole():
                return ""
            case Path():
                return self.path(expr)
            case Number():
                return self.number(expr)
            case TextLiteral(value=value):
                return quote(value)
            case DateLiteral(value=value):
                return value.isoformat()
            case SetLiteral(items=items):
                return "{" + ", ".join(self.flat(item, ADD) for item in items) + "}"
            case Negation(op=op, arg=arg):
                return f"{self.word('not')} {self.flat(arg, NOT)}" if op == "not" else f"-{self.flat(arg, MINUS)}"
            case Binary():
                return self.binary(expr)
            case Postfix(op=op, operand=operand):
                return f"{self.flat(operand, ADD)} {spell(POSTFIX, op, self.tongue)}"
            case Conditional(cond=cond, then=then, other=other):
                parts = ((self.word("if"), cond), (self.word("then"), then), (self.word("else"), other))
                return " ".join(f"{word} {self.flat(each, 0)}" for word, each in parts)
            case Quantifier(body=body):
                return f"{self.quantifier(expr)} ({self.flat(body, 0)})"
            case Several(items=items):
                return f"{self.checklist(expr)} {{" + ", ".join(self.flat(item, ADD) for item in items) + "}"
            case Call(name=name, args=args):
                return self.name(name, "function") + "(" + ", ".join(self.argument(each) for each in args) + ")"
            case _:
                assert_never(expr)

    def number(self, number: Number) -> str:
        """A number with its unit, a blank between them but before %."""
        written = format(number.value, "f")
        if number.unit is None:
            return written
        unit = print_unit(number.unit, self.tongue, self.source, one=number.value == 1)
        return written + ("" if unit in _TIGHT_UNITS else " ") + unit

    def binary(self, expr: Binary) -> str:
        """Left, operator, right."""
        op = spell(INFIX, expr.op, self.tongue)
        own = POWER[expr.op]
        left = self.inner(expr.left, own + 1 if own == COMPARE else own, own)
        return f"{left} {op} {self.right(expr, op)}"

    def inner(self, expr: Expr, floor: int, own: int) -> str:
        """An operand; 且 beside 或 has its brackets, though it binds more tightly."""
        return self.flat(expr, _floor(expr, "or" if own == OR else "", floor))

    def right(self, expr: Binary, op: str) -> str:
        """The right operand, in brackets too where its first word would make another operator of this one."""
        text = self.inner(expr.right, POWER[expr.op] + 1, POWER[expr.op])
        return f"({text})" if continues(op, text) else text

    def checklist(self, expr: Several) -> str:
        """What stands before the braces of a checklist."""
        if expr.count is None:
            return spell(CHECKLISTS, expr.kind, self.tongue)
        count = self.flat(expr.count, 0) if isinstance(expr.count, Number | Path) else f"({self.flat(expr.count, 0)})"
        return f"{spell(QUANTIFIERS, expr.kind, self.tongue)} {count} {self.word('item')}"

    def quantifier(self, expr: Quantifier) -> str:
        """Everything before the condition."""
        words = [spell(QUANTIFIERS, expr.kind, self.tongue)]
        if expr.count is not None:
            is_simple = isinstance(expr.count, Number | Path)
            words.append(self.flat(expr.count, 0) if is_simple else f"({self.flat(expr.count, 0)})")
            words.append(self.word("counter"))
        if expr.binder is not None:
            words += [self.name(expr.binder, "binder"), self.word("among")]
        words += [self.path(expr.source), self.word("satisfies")]
        return " ".join(word for word in words if word)

    def argument(self, arg: Argument) -> str:
        """A value with its filter."""
        text = self.flat(arg.value, 0)
        if arg.where is not None:
            text += f" {self.word('where')} {self.flat(arg.where, 0)}"
        return f"{text} {self.word('ignoring')}" if arg.ignoring else text

    # ---- long expressions ----

    def lay(self, expr: Expr, floor: int, column: int, indent: int) -> list[str]:
        """The lines of an expression that begins at a column; later lines carry their indentation."""
        flat = self.flat(expr, floor)
        if column + display_width(flat) <= WIDTH:
            return [flat]
        bracketed = power(expr) < floor
        if bracketed:
            lines = self.lay(expr, 0, column + 1, indent + 1)
            return _wrap("(", lines, ")")
        match expr:
            case Binary(op="and" | "or" as op):
                return self.chain(expr, op, column, indent)
            case Quantifier(body=body):
                head = self.quantifier(expr)
                return _wrap(f"{head} (", self.lay(body, 0, column + display_width(head) + 2, indent + 2), ")")
            case Negation(op="not", arg=arg):
                head = self.word("not") + " "
                return _wrap(head, self.lay(arg, NOT, column + display_width(head), indent + 2), "")
            case _:
                return [flat]

    def chain(self, expr: Binary, op: str, column: int, indent: int) -> list[str]:
        """`a`, then `且 b` on a line of its own, and so on."""
        own = AND if op == "and" else OR
        operands: list[Expr] = []
        left: Expr = expr
        while isinstance(left, Binary) and left.op == op:
            operands.append(left.right)
            left = left.left
        word = spell(INFIX, op, self.tongue) + " "
        lines = self.lay(left, _floor(left, op, own), column, indent + 2)
        for operand in reversed(operands):
            more = self.lay(operand, _floor(operand, op, own + 1), indent + display_width(word), indent + 2)
            lines += _wrap(" " * indent + word, more, "")
        return lines


def _floor(expr: Expr, op: str, floor: int) -> int:
    return AND + 1 if op == "or" and isinstance(expr, Binary) and expr.op == "and" else floor


def _wrap(before: str, lines: list[str], after: str) -> list[str]:
    wrapped = [before + lines[0], *lines[1:]]
    wrapped[-1] += after
    return wrapped


def quote(value: str) -> str:
    """A text in quotation marks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
