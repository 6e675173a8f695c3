"""Expressions of the syntax tree: what was written in a condition or a value, and where; never judged here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from guiju.diagnostics.span import Span

__all__ = [
    "Argument",
    "Binary",
    "Call",
    "Conditional",
    "DateLiteral",
    "Expr",
    "Hole",
    "Name",
    "Negation",
    "Number",
    "Path",
    "Postfix",
    "Quantifier",
    "SetLiteral",
    "Several",
    "TextLiteral",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; `quoted` when it stood in 「」 (the brackets are not part of `text`)."""

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """Where an expression should be and none could be read."""

    span: Span


@dataclass(frozen=True, slots=True)
class Path:
    """`提供单位.名称`, `提供单位 的 名称`, `provider.name`: one name or several."""

    names: tuple[Name, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal with the unit that followed it; `%` is a unit. `unit_span` is None without a unit."""

    value: Decimal
    unit: str | None
    span: Span
    unit_span: Span | None = None


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """A quoted text, escapes resolved."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """A civil day."""

    value: date
    span: Span


@dataclass(frozen=True, slots=True)
class SetLiteral:
    """`{a, b, c}`."""

    items: tuple["Expr", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Negation:
    """`op` is not or minus."""

    op: str
    arg: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`op` is the kind of the operator (see docs/language.md): or and = != < <= > >= is is_not in not_in before after
    not_before not_after matches not_matches contains not_contains contains_match starts_with ends_with has_format
    lacks_format contains_format + - * /."""

    op: str
    left: "Expr"
    right: "Expr"
    op_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Postfix:
    """`op` is given missing declared_na pending unreadable readable unique first uniform odd even."""

    op: str
    operand: "Expr"
    op_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    """若 … 则 … 否则 …"""

    cond: "Expr"
    then: "Expr"
    other: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Quantifier:
    """`kind` is every some no at_least at_most exactly; `count` is None for the first three."""

    kind: str
    count: "Expr | None"
    binder: Name | None
    source: Path
    body: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Several:
    """A checklist, of which a test is then said: `至少 1 项 {甲, 乙} 是 是`. `kind` and `count` as those of a quantifier."""

    kind: str
    count: "Expr | None"
    items: tuple["Expr", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call, with its filter `其中 …` if any; `ignoring` for 忽略未提供 after it."""

    value: "Expr"
    where: "Expr | None"
    span: Span
    ignoring: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function or decision table applied: `长度(名称)`."""

    name: Name
    args: tuple[Argument, ...]
    span: Span


Expr: TypeAlias = (
    Hole | Path | Number | TextLiteral | DateLiteral | SetLiteral | Negation | Binary | Postfix | Conditional | Quantifier | Several | Call
)
