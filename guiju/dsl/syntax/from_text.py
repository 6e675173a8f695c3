"""Rule text to syntax tree, declaration by declaration: a tree always exists, and every fault is confined to its part.

Declarations whose text has not changed are taken from a memo, moved to where they now stand. Nothing is judged here.
"""

import hashlib
import re
from collections.abc import MutableMapping
from dataclasses import dataclass, replace

from guiju.diagnostics.diagnostic import Diagnostic, Edit, Fix, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.block import Block, comment_text
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.entries import is_field_line, read_code, read_field, read_names, read_title
from guiju.dsl.syntax.expressions.parse import expression
from guiju.dsl.syntax.lex import fold, lex
from guiju.dsl.syntax.lines import RUNNING, Chunk, Group, Line, first_word, group_lines, split_chunks
from guiju.dsl.syntax.parts import ALLOWED, read_keyword_part
from guiju.dsl.syntax.shift import shift
from guiju.dsl.syntax.tokens import CONNECTIVES, DECLARATIONS, PARTS, kinds_by_word
from guiju.dsl.syntax.tree import Decl, Expr, Head, Name, Part, SyntaxFile
from guiju.dsl.syntax.values import finish, read_row, read_table_row, read_value
from guiju.terms.tongue import Both, Tongue

__all__ = ["BLANK_LINE", "MAX_SIZE", "Memo", "Remembered", "parse", "parse_cached", "parse_expression"]

MAX_SIZE = 4_000_000

BLANK_LINE = "\n"
"""Stands among the comments before a declaration for a blank line between two comments."""

_DECLARATION_WORDS = kinds_by_word(DECLARATIONS)
_PART_KINDS = {kind: kinds_by_word({part: PARTS[part] for part in parts}) for kind, parts in ALLOWED.items()}
_FIRST_WORDS = {kind: frozenset(word.split(" ")[0] for word in words) for kind, words in _PART_KINDS.items()}
_RUNNING_WORDS = {kind: frozenset(word for word, (part, _) in words.items() if part in RUNNING) for kind, words in _PART_KINDS.items()}
_NUMBERING = re.compile(
    r"(?:第[零一二三四五六七八九十百0-9]+[条款项目]|[①-⑳㈠-㈩⑴-⒇]|[(\[]?(?:[0-9]+|[零一二三四五六七八九十]+)[)\].、,:]?)[ \t]*(?=[^\W\d])"
)
_ALL_PART_WORDS = kinds_by_word(PARTS)
_AFTER_KEYWORD = re.compile(r"[ \t]*:?[ \t]*")
_WORD = re.compile(r"\w+")
_VERSION = (*CONNECTIVES["version"].zh, *CONNECTIVES["version"].en)
_SUBJECT = (*CONNECTIVES["subject"].zh, *CONNECTIVES["subject"].en)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a chunk of text once gave, and where it stood."""

    start: int
    decl: Decl | None
    found: tuple[Diagnostic, ...]


Memo = MutableMapping[bytes, Remembered]
"""What was parsed before, by the digest of file name and text."""


def parse(source: Source) -> tuple[SyntaxFile, tuple[Diagnostic, ...]]:
    """The tree of a rule file and everything wrong with its wording."""
    return parse_cached(source, {})


def parse_cached(source: Source, memo: Memo) -> tuple[SyntaxFile, tuple[Diagnostic, ...]]:
    """Like `parse`; the memo afterwards holds exactly the declarations of this text."""
    text = source.text
    if len(text) > MAX_SIZE:
        fault = complain("S034", Span(source.name, 0, 0), size=str(len(text)), limit=str(MAX_SIZE))
        return SyntaxFile(source.name, Tongue.ZH, ()), (fault,)
    folded = fold(text)
    chunks, closing = split_chunks(folded)
    decls: list[Decl] = []
    found: list[Diagnostic] = []
    fresh: dict[bytes, Remembered] = {}
    for chunk in chunks:
        start, end = chunk.start, chunk.end
        key = hashlib.blake2b(f"{source.name}\0{text[start:end]}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = memo.get(key)
        if known is None:
            known = Remembered(start, *_ChunkReader(source.name, text, folded, chunk).read())
        elif known.start != start:
            by = start - known.start
            known = Remembered(start, shift(known.decl, by), tuple(shift(each, by) for each in known.found))
        fresh[key] = known
        found.extend(known.found)
        if known.decl is not None:
            decls.append(known.decl)
    memo.clear()
    memo.update(fresh)
    found.extend(_module_faults(decls))
    tongue = decls[0].tongue if decls else Tongue.ZH
    found.sort(key=lambda each: (each.span.start, each.code))
    closing_comments = _comments(text, closing)
    if closing_comments and closing_comments[-1] == BLANK_LINE:
        closing_comments = closing_comments[:-1]
    return SyntaxFile(source.name, tongue, tuple(decls), closing_comments), tuple(found)


def parse_expression(source: Source, tongue: Tongue = Tongue.ZH) -> tuple[Expr, tuple[Diagnostic, ...]]:
    """One expression, as tools ask for it."""
    folded = fold(source.text)
    tokens, _ = lex(source.text, folded, 0, len(folded))
    cursor = Cursor(source.name, source.text, folded, tokens, tongue)
    expr = expression(cursor)
    finish(cursor)
    return expr, tuple(cursor.found)


def _module_faults(decls: list[Decl]) -> list[Diagnostic]:
    return [complain("S032", decl.keyword_span) for place, decl in enumerate(decls) if decl.kind == "module" and place > 0]


def _comments(text: str, lead: list[Line | None]) -> tuple[str, ...]:
    """The comments of lines, runs of blank lines between them as one."""
    made: list[str] = []
    for line in lead:
        if line is not None:
            made.append(comment_text(text[line.first : line.end]))
        elif made and made[-1] != BLANK_LINE:
            made.append(BLANK_LINE)
    return tuple(made)


class _ChunkReader:
    """Reads one declaration."""

    __slots__ = ("chunk", "file", "folded", "found", "kind", "text", "tongue")

    def __init__(self, file: str, text: str, folded: str, chunk: Chunk) -> None:
        self.file = file
        self.text = text
        self.folded = folded
        self.chunk = chunk
        self.found: list[Diagnostic] = []
        self.kind = ""
        self.tongue = Tongue.ZH

    def read(self) -> tuple[Decl | None, tuple[Diagnostic, ...]]:
        """The declaration, None where its first word is no keyword, and its faults."""
        first = self.chunk.lines[0]
        word = first_word(self.folded, first)
        known = _DECLARATION_WORDS.get(word)
        if known is None or first.indent:
            known = self.no_declaration(first, word)
            if known is None:
                return None, tuple(self.found)
        self.kind, self.tongue = known
        keyword = Span(self.file, first.first, first.first + len(word))
        self.tabs()
        groups = group_lines(self.folded, self.chunk, _FIRST_WORDS[self.kind], _RUNNING_WORDS[self.kind])
        head_block = self.block(groups[0])
        head_block.content = self.after_keyword(keyword.end, first.end)
        head, parts = self.head(head_block)
        for group in groups[1:]:
            parts.extend(self.part(group))
        lead = self.chunk.lead
        docs = tuple(self.text[line.first + 2 : line.end].strip() for line in lead if line and self.is_doc(line))
        comments = _comments(self.text, [line for line in lead if line is None or not self.is_doc(line)])
        decl = Decl(
            kind=self.kind,
            keyword_span=keyword,
            head=head,
            docs=docs,
            parts=tuple(parts),
            span=Span(self.file, first.first, self.chunk.end),
            comments=(*comments, *head_block.comments),
            trailing=head_block.trailing,
            tongue=self.tongue,
        )
        return decl, tuple(self.found)

    def is_doc(self, line: Line) -> bool:
        """Whether a comment line is a doc comment."""
        return self.folded.startswith("##", line.first)

    def block(self, group: Group) -> Block:
        return Block(self.file, self.text, self.folded, group, self.tongue, self.found)

    def after_keyword(self, at: int, end: int) -> int:
        """Where the content after a keyword begins; a colon may part them."""
        match = _AFTER_KEYWORD.match(self.folded, at, end)
        return match.end() if match else at

    # ---- faults of whole lines ----

    def no_declaration(self, line: Line, word: str) -> tuple[str, Tongue] | None:
        """The kind that was meant by a first word that is no keyword, if that is plain; the complaint in any case."""
        span = Span(self.file, line.first, line.first + max(len(word), 1))
        written = self.text[span.start : span.end]
        known = _DECLARATION_WORDS.get(word)
        if known is not None:
            indent = Span(self.file, line.start, line.first)
            fix = Fix(Both("去掉缩进", "take the indentation away"), (Edit(indent, ""),))
            self.found.append(complain("S019", span, word=word, fix=fix))
            return known
        near = nearest(word, _DECLARATION_WORDS) if word and not line.indent else None
        if near:
            fix = Fix(Both(f"改为“{near}”", f"write `{near}`"), (Edit(span, near),))
            help = Both(f"是不是“{near}”？", f"is `{near}` meant?")
            self.found.append(complain("S001", span, word=written, help=help, fix=fix))
            return _DECLARATION_WORDS[near]
        help = Both(
            "顶格的一行以“规则”“对象”“词表”“参数”等词开头；部分要缩进",
            "a line that is not indented begins with `rule`, `shape`, `codelist`, `parameter` …; parts are indented",
        )
        self.found.append(complain("S001", span, word=written, help=help))
        return None

    def tabs(self) -> None:
        """One complaint a declaration of tabs in the indentation."""
        for line in self.chunk.lines:
            if line.first > line.start and "\t" in self.text[line.start : line.first]:
                span = Span(self.file, line.start, line.first)
                edit = Edit(span, " " * line.indent)
                self.found.append(complain("S025", span, fix=Fix(Both("改为空格", "use blanks"), (edit,))))
                return

    # ---- heads ----

    def head(self, block: Block) -> tuple[Head, list[Part]]:
        """The names and what else stands in the first line."""
        code: str | None = None
        if self.kind == "framework":
            code, block.content = self.framework_code(block)
        c = block.cursor()
        words = Both(DECLARATIONS[self.kind].zh[0] + "的名称", f"the name of the {DECLARATIONS[self.kind].en[0]}")
        zh, en = read_names(c, words)
        title = read_title(c)
        version: str | None = None
        subject: Name | None = None
        parts: list[Part] = []
        while not c.failed and not c.done:
            if self.kind in ("module", "use") and c.word(_VERSION):
                version = self.version(c)
            elif self.kind == "term" and c.word(_SUBJECT):
                subject = c.name()
                if subject is None:
                    recovery.no_name(c, Both("对象的名称", "the name of a shape"))
            elif self.kind == "parameter" and c.token.kind == "symbol" and c.token.text == "=":
                parts.append(read_value(c, block, c.token.start))
            elif not recovery.broken(c):
                help = Both("名称里有空格或其他符号时写「…」", "a name with blanks or other signs is written 「…」")
                c.hard("S030", c.here, word=self.text[c.token.start : c.token.end], help=help)
        return Head(zh, en, code, version, subject, title), parts

    def version(self, c: Cursor) -> str | None:
        start = c.token.start
        if c.done:
            word = c.tokens[c.at - 1]
            c.hard("S031", c.span(word.start, word.end), word=word.text)
            return None
        c.at += 1
        while not c.done and c.token.start == c.tokens[c.at - 1].end:
            c.at += 1
        return self.folded[start : c.tokens[c.at - 1].end]

    def framework_code(self, block: Block) -> tuple[str | None, int]:
        """`WH-0202` before the names; none where the first word is a name."""
        end = block.group.lines[0].end
        stop = block.content
        while stop < end and self.folded[stop] not in " \t":
            stop += 1
        written = self.folded[block.content : stop]
        if not written.isascii() or not any(char.isdigit() for char in written):
            return None, block.content
        return self.text[block.content : stop], stop

    # ---- parts ----

    def part(self, group: Group) -> list[Part]:
        """The part or parts of a group of lines."""
        block = self.block(group)
        first = group.lines[0]
        if first.indent == 0:
            self.unindented(first)
        if self.kind == "parameter" and self.folded[group.start] == "=":
            value = read_value(c := block.cursor(), block, group.start)
            finish(c)
            return [_with_line(value, block)]
        known = self.keyword(group)
        if known is not None and not self.is_entry(known[0], block):
            kind, tongue, end = known
            block.tongue = tongue
            word = self.text[group.start : end]
            block.content = self.after_keyword(end, first.end)
            return [read_row(block)] if kind == "row" else read_keyword_part(kind, word, block)
        return self.entry(block)

    def keyword(self, group: Group) -> tuple[str, Tongue, int] | None:
        """The kind and tongue of a part's keyword, and where it ends; two words before one."""
        words = _PART_KINDS[self.kind]
        match = _WORD.match(self.folded, group.start, group.lines[0].end)
        if match is None:
            return None
        first = match.group()
        if first not in _FIRST_WORDS[self.kind]:
            return None
        second = _WORD.match(self.folded, match.end() + 1, group.lines[0].end)
        if second is not None and f"{first} {second.group()}" in words:
            # `subject to` is a subject named `to` where nothing follows.
            if self.folded[second.end() : group.lines[0].end].strip() or first in ("empty", "labels", "fold"):
                return *words[f"{first} {second.group()}"], second.end()
        return (*words[first], match.end()) if first in words else None

    def is_entry(self, kind_and_tongue: str, block: Block) -> bool:
        """Whether a line that begins with a keyword is yet a field or a row."""
        if self.kind in ("shape", "register"):
            kept = list(block.comments), block.trailing
            is_field = is_field_line(block.cursor())
            block.comments, block.trailing = kept
            return is_field and kind_and_tongue != "row"
        if self.kind == "table":
            kept = list(block.comments), block.trailing
            second = block.cursor().ahead()
            block.comments, block.trailing = kept
            return second.kind == "symbol" and second.text in ("→", "->", "|")
        return False

    def entry(self, block: Block) -> list[Part]:
        """A line without a keyword."""
        match self.kind:
            case "shape" | "register":
                return [read_field(block)]
            case "codelist":
                return [read_code(block)]
            case "table":
                return [read_table_row(block)]
            case _:
                return self.unknown_part(block)

    def unindented(self, line: Line) -> None:
        word = first_word(self.folded, line)
        span = Span(self.file, line.first, line.first + max(1, len(word)))
        fix = Fix(Both("缩进两格", "indent by two"), (Edit(Span(self.file, line.first, line.first), "  "),))
        self.found.append(complain("S018", span, word=self.text[span.start : span.end], fix=fix))

    def unknown_part(self, block: Block) -> list[Part]:
        """A complaint about the first word, and the part that was meant where that is plain."""
        line = block.group.lines[0]
        word = first_word(self.folded, line)
        span = Span(self.file, line.first, line.first + max(1, len(word)))
        words = _PART_KINDS[self.kind]
        numbered = self.numbered(block, line)
        if numbered is not None:
            return numbered
        slip = recovery.PART_SLIPS.get(word)
        stuck = recovery.stuck_keyword(word, words)
        if slip is not None and slip in words:
            fix = Fix(Both(f"改为“{slip}”", f"write `{slip}`"), (Edit(span, slip),))
            self.found.append(complain("S021", span, written=word, right=slip, fix=fix))
            return self.meant(block, slip, span.end)
        if stuck is not None and word not in _ALL_PART_WORDS:
            end = span.start + len(stuck)
            fix = Fix(Both("加一个空格", "put a blank"), (Edit(Span(self.file, end, end), " "),))
            self.found.append(complain("S023", Span(self.file, span.start, end), word=stuck, fix=fix))
            return self.meant(block, stuck, end)
        written = self.text[span.start : span.end]
        names = Both(DECLARATIONS[self.kind].zh[0], DECLARATIONS[self.kind].en[0])
        near = None if word in _ALL_PART_WORDS or not word else nearest(word, words)
        help = Both(f"是不是“{near}”？", f"is `{near}` meant?") if near else None
        near_fix = Fix(Both(f"改为“{near}”", f"write `{near}`"), (Edit(span, near),)) if near else None
        self.found.append(complain("S002", span, word=written, decl=names, help=help, fix=near_fix))
        return self.meant(block, near, span.end) if near else []

    def numbered(self, block: Block, line: Line) -> list[Part] | None:
        """（一）应当 …: a part behind a number, as clauses have them; None for any other line."""
        number = _NUMBERING.match(self.folded[line.first : line.end])
        rest = line._replace(first=line.first + number.end()) if number is not None else line
        word = first_word(self.folded, rest)
        if number is None or word not in _PART_KINDS[self.kind]:
            return None
        span = Span(self.file, line.first, rest.first)
        fix = Fix(Both("删去编号", "take the number out"), (Edit(span, ""),))
        self.found.append(complain("S044", span, written=self.text[span.start : span.end].strip(), fix=fix))
        block.group.lines[0] = rest
        return self.meant(block, word, rest.first + len(word))

    def meant(self, block: Block, word: str, end: int) -> list[Part]:
        """The part read as if its keyword had been right."""
        kind, block.tongue = _PART_KINDS[self.kind][word]
        block.content = self.after_keyword(end, block.group.lines[0].end)
        return [read_row(block)] if kind == "row" else read_keyword_part(kind, word, block)


def _with_line(part: Part, block: Block) -> Part:
    """The part with the comments of its lines."""
    return replace(part, span=block.whole, comments=tuple(block.comments), trailing=block.trailing)
