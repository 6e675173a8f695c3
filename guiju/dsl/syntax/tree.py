"""The syntax tree of rule text: what was written, where, and with which comments; never judged here.

Keywords of both tongues are one thing: a node holds the *kind* of a keyword (its English spelling), and a file knows the
tongue in which each declaration was written. Comments stand on the declaration or part before which they were written,
or at the end of its line.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from guiju.diagnostics.span import Span
from guiju.dsl.syntax.tree_expr import (
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
from guiju.terms.tongue import Tongue

__all__ = [
    "Argument",
    "Between",
    "Binary",
    "Call",
    "Cell",
    "Cite",
    "CodeLine",
    "CollectLine",
    "Conditional",
    "DateLiteral",
    "Decl",
    "Except",
    "Expr",
    "FieldLine",
    "FieldsPart",
    "Flag",
    "FreeText",
    "GateLine",
    "GatePart",
    "Head",
    "Hole",
    "IntervalPart",
    "Name",
    "NamesPart",
    "Negation",
    "Number",
    "Part",
    "Path",
    "PathsPart",
    "Postfix",
    "Quantifier",
    "Requirement",
    "RowLine",
    "SetLiteral",
    "Several",
    "SubjectPart",
    "SyntaxFile",
    "TableRow",
    "TextLiteral",
    "TypeName",
    "ValueLine",
    "WordPart",
]


# ---- parts of declarations ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What every part has: its span, the comment lines before it, the comment at its end, and the tongue of its keyword."""

    span: Span
    comments: tuple[str, ...] = ()
    trailing: str | None = None
    tongue: Tongue = Tongue.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite(_Line):
    """依据: the raw citation text."""

    text: str
    text_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText(_Line):
    """A part whose content is running text: `kind` is fix says why allows because looks_back by about.

    The keyword's tongue is the text's.
    """

    kind: str
    text: str
    text_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPart(_Line):
    """A part with raw words: `kind` is severity status version dimension derives empty_passes aliases labels_only ordered
    module blank not_applicable_words pending_words dates true_words false_words money_unit fold_width for_kind about_shape gives input
    reading (input is 条件 of a table; its words, like those of gives, are name, type and unit)."""

    kind: str
    words: tuple[str, ...]
    word_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalPart(_Line):
    """`kind` is force (自 … 至 …) or submitted (提交 自 … 至 …); open ends are None."""

    kind: str
    start: DateLiteral | None
    end: DateLiteral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectPart(_Line):
    """对象 A [于 B] [在 C] [按 path, path]."""

    shape: Path
    owner: Name | None
    scope: Name | None
    group: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(_Line):
    """A part that holds an expression: `kind` is applies shall shall_not should should_not may means."""

    kind: str
    expr: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Except(_Line):
    """除外 label 当 expr [则 expr] [依据 …]; `kind` is except, or transition for 过渡 label [当 expr] 则 expr.

    Also 受 R 限制 (subject_to) and 不受 R 限制 (notwithstanding): then `label` is the other rule and `when` and `instead` are None.
    """

    kind: str
    label: Name | None
    when: Expr | None
    instead: Expr | None
    cite: Cite | None


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as written: `many` for 若干, `reference` for 引用, `name` the type or shape or list, `unit` after 数量."""

    name: Name
    many: bool
    reference: bool
    unit: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Flag:
    """`kind` is required optional key complete incomplete alias sensitive usual cite; `words` for those that carry some.

    `bounds` are the two amounts of 通常 … 至 …, nothing for the others and where they could not be read.
    """

    kind: str
    words: tuple[str, ...]
    span: Span
    bounds: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine(_Line):
    """One field of a shape."""

    zh: Name
    en: Name
    type: TypeName
    flags: tuple[Flag, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine(_Line):
    """One entry of a code list."""

    code: str
    code_span: Span
    zh: Name
    en: Name
    aliases: tuple[str, ...]
    start: DateLiteral | None
    end: DateLiteral | None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine(_Line):
    """条目 a | b | c: one subject of a register, or the guidance for one field; cells as written."""

    cells: tuple[str, ...]
    cell_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectLine(_Line):
    """收录 GB/T … [适用于 类别]: one standard collected by a framework class."""

    number: str
    number_span: Span
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine(_Line):
    """= literal [自 …] [至 …] [依据 …]: one dated value of a parameter."""

    value: Expr
    start: DateLiteral | None
    end: DateLiteral | None
    cite: Cite | None


@dataclass(frozen=True, slots=True)
class Between:
    """A cell with two bounds, `≥ 1 且 ≤ 5`, each as (op, literal)."""

    low: tuple[str, Expr]
    high: tuple[str, Expr]
    span: Span


Cell: TypeAlias = Expr | tuple[str, Expr] | Between | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow(_Line):
    """cell | cell → result. A cell is None for 任意 or 其他, else a set of literals, a one-sided comparison as (op, literal), or two."""

    cells: tuple[Cell, ...]
    result: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPart(_Line):
    """A part of names parted by commas: `kind` is kinds takes_in leaves_out."""

    kind: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsPart(_Line):
    """Fields of one shape: `kind` is screening expects."""

    kind: str
    shape: Name
    fields: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsPart(_Line):
    """A part of fields parted by commas: `kind` is act_day."""

    kind: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """[severity] [force] verdict → outcome, or 已判定 < share → outcome, or 其他 → outcome; words by their kinds."""

    severity: str | None
    force: str | None
    verdict: str | None
    below: Number | None
    zh: Name
    en: Name
    colour: str
    exit: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePart(_Line):
    """门槛: the lines in their order."""

    lines: tuple[GateLine, ...]


Part: TypeAlias = (
    Cite
    | FreeText
    | WordPart
    | IntervalPart
    | SubjectPart
    | Requirement
    | Except
    | FieldLine
    | CodeLine
    | RowLine
    | CollectLine
    | ValueLine
    | TableRow
    | NamesPart
    | FieldsPart
    | PathsPart
    | GatePart
)


# ---- declarations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Everything on the first line of a declaration after its keyword.

    `zh / en` names, and `title`, the English display name; `code` of a framework class; `version` of a module.
    """

    zh: Name | None
    en: Name | None
    code: str | None = None
    version: str | None = None
    subject: Name | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decl(_Line):
    """One declaration: `kind` is module use framework codelist shape register parameter term rule table reading judged
    profile guidance.

    `docs` are the texts of its `##` lines, without the marks.
    """

    kind: str
    keyword_span: Span
    head: Head
    docs: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SyntaxFile:
    """One rule file: its declarations in order and the comments after the last."""

    name: str
    tongue: Tongue
    decls: tuple[Decl, ...]
    closing: tuple[str, ...] = field(default=())
