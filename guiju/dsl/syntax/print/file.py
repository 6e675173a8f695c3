"""A syntax tree as canonical text: the formatter, and the same file in the other tongue.

Comments are kept, nothing is reordered. A tree with holes should not be written back over its text.
"""

from dataclasses import dataclass
from typing import assert_never

from guiju.diagnostics.source import display_width
from guiju.dsl.syntax.expressions.operators import PRIMARY
from guiju.dsl.syntax.lex import fold, unit_end
from guiju.dsl.syntax.print.columns import flag_text, row_text
from guiju.dsl.syntax.print.expr import ExprPrinter, Rename, print_expr, print_unit, quote
from guiju.dsl.syntax.print.lines import cells, comment, pad, raw, with_trailing, written_code
from guiju.dsl.syntax.print.profile import gate_lines, names_of
from guiju.dsl.syntax.tokens import (
    COLLECTIVES,
    CONNECTIVES,
    DECLARATIONS,
    FLAGS,
    PARTS,
    TYPES,
    kinds_by_word,
    spell,
    translate_word,
)
from guiju.dsl.syntax.tree import (
    Cite,
    CodeLine,
    CollectLine,
    DateLiteral,
    Decl,
    Except,
    Expr,
    FieldLine,
    FieldsPart,
    Flag,
    FreeText,
    GatePart,
    IntervalPart,
    Name,
    NamesPart,
    Part,
    PathsPart,
    Requirement,
    RowLine,
    SubjectPart,
    SyntaxFile,
    TableRow,
    TypeName,
    ValueLine,
    WordPart,
)
from guiju.terms.tongue import Tongue

__all__ = ["print_decl", "print_expr", "print_file"]


_INDENT = 2
_COLLECTIVE_WORDS = kinds_by_word(COLLECTIVES)
_COLUMN = 8
_LONGEST_NAMES = 44
_TRUTHS = frozenset(word for kind in ("true_words", "false_words") for word in (*PARTS[kind].zh, *PARTS[kind].en))
_COMMA_LISTS = frozenset({"stages", "aliases", "blank", "not_applicable_words", "pending_words", "dates", "true_words", "false_words"})
_TYPE_WORDS = kinds_by_word(TYPES)
_KEYWORDS: dict[type, str] = {SubjectPart: "subject", RowLine: "row", GatePart: "gate", CollectLine: "collects"}


def print_file(tree: SyntaxFile, tongue: Tongue | None = None, rename: Rename | None = None) -> str:
    """The whole file; with a tongue, in that tongue, names as `rename` says."""
    blocks = ["\n".join(_decl_lines(decl, tongue, rename)) for decl in tree.decls]
    if tree.closing:
        blocks.append("\n".join(comment(text) for text in tree.closing))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def print_decl(decl: Decl, tongue: Tongue | None = None, rename: Rename | None = None) -> str:
    """One declaration with its comments, no line end after it."""
    return "\n".join(_decl_lines(decl, tongue, rename))


def _decl_lines(decl: Decl, tongue: Tongue | None, rename: Rename | None) -> list[str]:
    printer = _DeclPrinter(decl, tongue, rename)
    lines = [comment(text) for text in decl.comments]
    lines += [f"## {text}".rstrip() for text in decl.docs]
    inline = _inline_value(decl)
    head = printer.head()
    if inline is not None:
        head += " " + printer.value(inline)
    lines += with_trailing([head], decl.trailing)
    for part in decl.parts:
        if part is inline:
            continue
        lines += [" " * _INDENT + comment(text) for text in part.comments]
        body = printer.part(part)
        body[0] = " " * _INDENT + body[0]
        lines += with_trailing([line.rstrip() for line in body], part.trailing)
    return lines


def _inline_value(decl: Decl) -> ValueLine | None:
    """The one value of a parameter, if it can stand in the head."""
    values = [part for part in decl.parts if isinstance(part, ValueLine)]
    if len(values) != 1 or values[0] is not decl.parts[0] or values[0].comments or values[0].trailing is not None:
        return None
    return values[0]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of the columns of a declaration."""

    keyword: int
    first: int
    second: int
    third: int


class _DeclPrinter:
    """Writes the lines of one declaration."""

    __slots__ = ("columns", "decl", "rename", "target")

    def __init__(self, decl: Decl, target: Tongue | None, rename: Rename | None) -> None:
        self.decl = decl
        self.target = target
        self.rename = rename
        self.columns = self.measure()

    def tongue(self, written: Tongue) -> Tongue:
        """The tongue in which something is written that stood in another."""
        return self.target or written

    def exprs(self, written: Tongue) -> ExprPrinter:
        return ExprPrinter(self.tongue(written), written, self.rename)

    def name(self, name: Name, role: str) -> str:
        return self.exprs(self.decl.tongue).name(name, role)

    def keyword(self, kind: str, written: Tongue) -> str:
        return spell(PARTS, kind, self.tongue(written))

    def measure(self) -> _Columns:
        keyword = _COLUMN
        first = second = third = 0
        for part in self.decl.parts:
            match part:
                case FieldLine():
                    zh, en = self.field_names(part)
                    first, second = max(first, display_width(zh)), max(second, min(display_width(en), _LONGEST_NAMES))
                    third = max(third, display_width(self.type(part.type)))
                case CodeLine():
                    zh, en = self.field_names(part)
                    first, second = max(first, display_width(written_code(part.code))), max(second, display_width(zh))
                case WordPart(words=()):
                    continue
                case _:
                    keyword = max(keyword, display_width(self.lead(part)))
        return _Columns(keyword, first, second, third)

    # ---- heads ----

    def head(self) -> str:
        """Keyword, names, and what else stands in the first line."""
        decl, head = self.decl, self.decl.head
        tongue = self.tongue(decl.tongue)
        words = [spell(DECLARATIONS, decl.kind, tongue)]
        if head.code is not None:
            words.append(head.code)
        role = "module" if decl.kind == "use" else "declared"
        names = [self.name(name, role) for name in (head.zh, head.en) if name is not None]
        words.append(" / ".join(names))
        words += [quote(head.title)] if head.title is not None else []
        if head.version is not None:
            words += [spell(CONNECTIVES, "version", tongue), head.version]
        line = " ".join(word for word in words if word)
        if head.subject is not None:
            line += f"  {spell(CONNECTIVES, 'subject', tongue)} {self.name(head.subject, 'shape')}"
        return line

    # ---- parts ----

    def lead(self, part: Part) -> str:
        """The keyword of a part."""
        match part:
            case Cite():
                return self.keyword("cites", part.tongue)
            case FreeText():
                # The keyword's tongue is the text's, so it is never translated.
                return spell(PARTS, part.kind, part.tongue)
            case WordPart() | Requirement() | NamesPart() | FieldsPart() | PathsPart():
                return self.keyword(part.kind, part.tongue)
            case Except():
                return self.keyword(part.kind, part.tongue)
            case IntervalPart():
                kind = "submitted" if part.kind == "submitted" else "force" if part.start is not None else "until"
                return self.keyword(kind, part.tongue)
            case SubjectPart() | RowLine() | GatePart() | CollectLine():
                return self.keyword(_KEYWORDS[type(part)], part.tongue)
            case FieldLine() | CodeLine() | ValueLine() | TableRow():
                return ""
            case _:
                assert_never(part)

    def part(self, part: Part) -> list[str]:
        """The lines of a part, the first without its indentation."""
        lead = self.lead(part)
        column = self.columns.keyword + 1
        head = pad(lead, column) if lead else ""
        match part:
            case Cite():
                return [head + self.citation(part)]
            case FreeText():
                return [head + part.text]
            case WordPart():
                return [head + self.words(part)]
            case IntervalPart():
                return [head + self.interval_after(part)]
            case SubjectPart():
                return [head + self.subject(part)]
            case Requirement():
                return self.requirement(part, head)
            case Except():
                return self.exception(part, head)
            case FieldLine():
                return [self.field(part)]
            case CodeLine():
                return [self.code_line(part)]
            case RowLine():
                return [head + cells(part.cells)]
            case CollectLine():
                return [head + self.collected(part)]
            case ValueLine():
                return [self.value(part)]
            case TableRow():
                return [self.row(part)]
            case PathsPart(paths=paths):
                return [head + ", ".join(self.exprs(part.tongue).path(path) for path in paths)]
            case NamesPart() | FieldsPart():
                return [head + names_of(part, self.name)]
            case GatePart():
                return gate_lines(part, head, _INDENT, self.tongue(part.tongue), self.name)
            case _:
                assert_never(part)

    def citation(self, cite: Cite) -> str:
        return cite.text if self.rename is None else self.rename(Name(cite.text, cite.text_span), "citation")

    def words(self, part: WordPart) -> str:
        tongue = self.tongue(part.tongue)
        if part.kind in ("input", "gives"):
            return self.typed(part)
        if part.kind == "reading":
            return ", ".join(self.name(Name(*each), "reading") for each in zip(part.words, part.word_spans, strict=True))
        said = part.words if self.target is None else tuple(translate_word(part.kind, word, tongue) for word in part.words)
        mark = "," if part.kind in _COMMA_LISTS else " "
        # The words of 真 and 假 may share a line.
        keywords = _TRUTHS if part.kind in ("true_words", "false_words") else frozenset[str]()
        return ("," if mark == "," else "").join(("" if place == 0 else " ") + raw(word, mark, keywords) for place, word in enumerate(said))

    def typed(self, part: WordPart) -> str:
        """`name type [unit]`."""
        said = []
        for place, (word, span) in enumerate(zip(part.words, part.word_spans, strict=True)):
            is_unit = place > 1 and unit_end(fold(word), 0, len(word)) is not None
            if place == 0:
                said.append(self.name(Name(word, span), "input"))
            elif is_unit:
                said.append(print_unit(word, self.tongue(part.tongue), part.tongue))
            else:
                said.append(self.type_word(Name(word, span), part.tongue))
        return " ".join(said)

    def interval_after(self, part: IntervalPart) -> str:
        """The dates of an interval whose keyword is its first word."""
        if part.kind == "submitted":
            return self.interval(part.start, part.end, part.tongue)
        if part.start is None:
            return part.end.value.isoformat() if part.end is not None else ""
        end = f" {spell(CONNECTIVES, 'to', self.tongue(part.tongue))} {part.end.value.isoformat()}" if part.end is not None else ""
        return part.start.value.isoformat() + end

    def interval(self, start: DateLiteral | None, end: DateLiteral | None, written: Tongue) -> str:
        """`自 … 至 …`, as far as it is given."""
        tongue = self.tongue(written)
        words = [
            f"{spell(CONNECTIVES, kind, tongue)} {day.value.isoformat()}" for kind, day in (("from", start), ("to", end)) if day is not None
        ]
        return " ".join(words)

    def subject(self, part: SubjectPart) -> str:
        exprs, tongue = self.exprs(part.tongue), self.tongue(part.tongue)
        words = [exprs.path(part.shape, "shape")]
        if part.owner is not None:
            words += [spell(CONNECTIVES, "owner", tongue), exprs.name(part.owner, "shape")]
        if part.scope is not None:
            words += [spell(CONNECTIVES, "scope", tongue), exprs.name(part.scope, "scope")]
        if part.group:
            words += [spell(CONNECTIVES, "group", tongue), ", ".join(exprs.flat(key, PRIMARY) for key in part.group)]
        return " ".join(words)

    def requirement(self, part: Requirement, head: str) -> list[str]:
        exprs = self.exprs(part.tongue)
        column = _INDENT + display_width(head)
        lines = exprs.settled(part.expr).lay(part.expr, 0, column, column)
        # `shall not` is the prohibition, so a negated requirement keeps its brackets.
        if part.kind in ("shall", "should") and exprs.tongue is Tongue.EN and lines[0].startswith("not "):
            lines = [f"({lines[0]}", *lines[1:]]
            lines[-1] += ")"
        return [head + lines[0], *lines[1:]]

    def exception(self, part: Except, head: str) -> list[str]:
        exprs, tongue = self.exprs(part.tongue), self.tongue(part.tongue)
        if part.kind not in ("except", "transition"):
            limit = spell(CONNECTIVES, "limit", tongue)
            return [f"{head}{exprs.name(part.label, 'rule') if part.label else ''} {limit}".rstrip()]
        label = exprs.name(part.label, "exception") + " " if part.label else ""
        lines = [f"{head}{label}{spell(CONNECTIVES, 'when', tongue)} " if part.when is not None else f"{head}{label}".rstrip()]
        lines = self.extend(lines, exprs, part.when)
        if part.instead is not None:
            lines[-1] += f" {spell(CONNECTIVES, 'then', tongue)} "
            lines = self.extend(lines, exprs, part.instead)
        if part.cite is not None:
            lines[-1] += f"  {spell(PARTS, 'cites', self.tongue(part.cite.tongue))} {self.citation(part.cite)}"
        return lines

    def extend(self, lines: list[str], exprs: ExprPrinter, expr: Expr | None) -> list[str]:
        """The lines with an expression laid out at the end of the last."""
        if expr is None:
            return lines
        column = display_width(lines[-1]) + (_INDENT if len(lines) == 1 else 0)
        more = exprs.settled(expr).lay(expr, 0, column, _INDENT + self.columns.keyword + 1)
        return [*lines[:-1], lines[-1] + more[0], *more[1:]]

    # ---- fields, codes, values, rows ----

    def field_names(self, part: FieldLine | CodeLine) -> tuple[str, str]:
        """Both names; the second empty where there is only one."""
        zh = self.name(part.zh, "declared")
        if part.en.span == part.zh.span:
            return zh if part.title is None else f"{zh} {quote(part.title)}", ""
        en = self.name(part.en, "declared")
        en = f"「{en}」" if en in _COLLECTIVE_WORDS else en
        return zh, en if part.title is None else f"{en} {quote(part.title)}"

    def type(self, type_: TypeName) -> str:
        tongue = self.tongue(self.decl.tongue)
        words = [spell(COLLECTIVES, kind, tongue) for kind, holds in (("many", type_.many), ("reference", type_.reference)) if holds]
        words.append(self.type_word(type_.name, self.decl.tongue))
        if type_.unit is not None:
            words.append(print_unit(type_.unit, tongue, self.decl.tongue))
        return " ".join(words)

    def type_word(self, name: Name, written: Tongue) -> str:
        """A built-in type in the tongue asked for, or a name."""
        known = None if name.quoted or self.target is None else _TYPE_WORDS.get(name.text)
        return self.name(name, "type") if known is None else spell(TYPES, known[0], self.tongue(written))

    def field(self, part: FieldLine) -> str:
        zh, en = self.field_names(part)
        widths = self.columns
        columns = [pad(zh, widths.first)]
        if widths.second:
            columns.append(pad(en, widths.second))
        columns.append(pad(self.type(part.type), widths.third))
        return "  ".join([*columns, *(self.flag(flag) for flag in part.flags)]).rstrip()

    def flag(self, flag: Flag) -> str:
        return flag_text(flag, self.tongue(self.decl.tongue), self.exprs(self.decl.tongue))

    def code_line(self, part: CodeLine) -> str:
        zh, en = self.field_names(part)
        tongue = self.tongue(part.tongue)
        names = f"{pad(zh, self.columns.second)} / {en}" if en else zh
        columns = [pad(written_code(part.code), self.columns.first), names]
        if part.start is not None or part.end is not None:
            columns.append(self.interval(part.start, part.end, part.tongue))
        if part.aliases:
            columns.append(f"{spell(FLAGS, 'alias', tongue)} " + ", ".join(raw(each, ",") for each in part.aliases))
        return "  ".join(columns)

    def collected(self, part: CollectLine) -> str:
        if not part.kinds:
            return part.number
        return f"{part.number}  {spell(CONNECTIVES, 'for', self.tongue(part.tongue))} " + ", ".join(raw(kind, ",") for kind in part.kinds)

    def value(self, part: ValueLine) -> str:
        columns = ["= " + self.exprs(part.tongue).flat(part.value, 0)]
        if part.start is not None or part.end is not None:
            columns.append(self.interval(part.start, part.end, part.tongue))
        if part.cite is not None:
            columns.append(f"{spell(PARTS, 'cites', self.tongue(part.cite.tongue))} {self.citation(part.cite)}")
        return "  ".join(columns)

    def row(self, part: TableRow) -> str:
        return row_text(part, self.tongue(part.tongue), self.exprs(part.tongue))
