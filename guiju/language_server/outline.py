"""The structure of a text: its symbols, what can be folded, what a selection grows to, and the meaning of its words as colours."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.model.names.declared import name_of, name_span
from guiju.dsl.syntax.lex import fold, lex
from guiju.dsl.syntax.tree import Cite, CodeLine, Decl, FieldLine, FreeText, SyntaxFile
from guiju.language_server.positions import position_of, range_of
from guiju.language_server.scope import cursor_at, shapes_in_scope
from guiju.language_server.to_protocol import uri_of
from guiju.language_server.tree_walk import spans_around
from guiju.language_server.workspace import Snapshot
from guiju.terms.tongue import Tongue

__all__ = ["LEGEND", "document_symbols", "folding_ranges", "inlay_hints", "selection_ranges", "semantic_tokens", "workspace_symbols"]

_KINDS = {
    "rule": lsp.SymbolKind.Function,
    "judged": lsp.SymbolKind.Event,
    "shape": lsp.SymbolKind.Class,
    "register": lsp.SymbolKind.Array,
    "codelist": lsp.SymbolKind.Enum,
    "reading": lsp.SymbolKind.Interface,
    "parameter": lsp.SymbolKind.Constant,
    "term": lsp.SymbolKind.Variable,
    "table": lsp.SymbolKind.Struct,
    "framework": lsp.SymbolKind.Namespace,
    "profile": lsp.SymbolKind.Package,
    "module": lsp.SymbolKind.Module,
    "guidance": lsp.SymbolKind.Key,
}
_MOST_SYMBOLS = 500


def document_symbols(snapshot: Snapshot, file: str) -> list[lsp.DocumentSymbol]:
    """The declarations of a text, fields and codes below them."""
    tree, source = snapshot.trees.get(file), snapshot.sources[file]
    return [_symbol(one, source) for one in (tree.decls if tree is not None else ()) if one.kind in _KINDS]


def _symbol(decl: Decl, source: Source) -> lsp.DocumentSymbol:
    named = name_of(decl)
    inner = [
        lsp.DocumentSymbol(
            name=part.zh.text or part.en.text or "…",
            kind=lsp.SymbolKind.Field if isinstance(part, FieldLine) else lsp.SymbolKind.EnumMember,
            range=range_of(source, part.span),
            selection_range=range_of(source, part.zh.span if part.zh.text else part.span),
            detail=part.en.text,
        )
        for part in decl.parts
        if isinstance(part, FieldLine | CodeLine)
    ]
    return lsp.DocumentSymbol(
        name=(named[1].say(decl.tongue) if named is not None else source.slice(decl.keyword_span)) or "…",
        kind=_KINDS[decl.kind],
        range=range_of(source, decl.span),
        selection_range=range_of(source, name_span(decl)),
        detail=named[1].say(decl.tongue.other) if named is not None else None,
        children=inner or None,
    )


def workspace_symbols(snapshot: Snapshot, query: str) -> list[lsp.WorkspaceSymbol]:
    """The declarations whose names hold the words, in either tongue; the author's own first."""
    wanted = fold(query).lower()
    found: list[lsp.WorkspaceSymbol] = []
    for one in sorted(snapshot.model.declared, key=lambda one: one.span.file not in snapshot.own):
        if wanted and not any(wanted in fold(name).lower() for name in (one.name.zh, one.name.en, one.id)):
            continue
        source = snapshot.sources[one.span.file]
        place = lsp.Location(uri_of(one.span.file), range_of(source, one.span))
        found.append(lsp.WorkspaceSymbol(name=one.name.say(one.tongue), kind=_KINDS[one.kind], location=place, container_name=one.id))
        if len(found) >= _MOST_SYMBOLS:
            break
    return found


def folding_ranges(snapshot: Snapshot, file: str) -> list[lsp.FoldingRange]:
    """Each declaration of several lines, and each run of comment lines."""
    tree, source = snapshot.trees.get(file), snapshot.sources[file]
    found: list[lsp.FoldingRange] = []
    for decl in tree.decls if tree is not None else ():
        first, last = (position_of(source, at).line for at in (decl.span.start, decl.span.end))
        if last > first:
            found.append(lsp.FoldingRange(first, last, kind=lsp.FoldingRangeKind.Region))
    start: int | None = None
    for number in range(len(source.lines) + 1):
        is_comment = number < len(source.lines) and source.line_text(number + 1).lstrip().startswith("#")
        if is_comment and start is None:
            start = number
        elif not is_comment and start is not None:
            if number - start > 1:
                found.append(lsp.FoldingRange(start, number - 1, kind=lsp.FoldingRangeKind.Comment))
            start = None
    return found


def selection_ranges(snapshot: Snapshot, file: str, offsets: list[int]) -> list[lsp.SelectionRange]:
    """For each offset the nodes around it, each within the next."""
    source, tree = snapshot.sources[file], snapshot.trees.get(file)
    made: list[lsp.SelectionRange] = []
    for offset in offsets:
        spans = [Span(file, 0, len(source.text)), *(spans_around(tree.decls, offset) if tree is not None else [])]
        kept: list[Span] = []
        for span in spans:
            if not kept or (kept[-1].contains(span) and span != kept[-1]):
                kept.append(span)
        around: lsp.SelectionRange | None = None
        for span in kept:
            around = lsp.SelectionRange(range_of(source, span), around)
        assert around is not None
        made.append(around)
    return made


# ---- colours -----------------------------------------------------------------------------------------------------

_TYPES = (
    "keyword",
    "operator",
    "class",
    "property",
    "enumMember",
    "parameter",
    "variable",
    "function",
    "type",
    "number",
    "string",
    "comment",
)
LEGEND = lsp.SemanticTokensLegend(token_types=list(_TYPES), token_modifiers=["declaration", "defaultLibrary"])
_OF_KIND = {
    "shape": "class",
    "field": "property",
    "code": "enumMember",
    "codelist": "type",
    "parameter": "parameter",
    "term": "variable",
    "table": "function",
    "builtin": "function",
    "rule": "function",
    "reading": "type",
}


def semantic_tokens(snapshot: Snapshot, file: str) -> lsp.SemanticTokens:
    """The words of a text by what they mean; a token over several lines is one for each line."""
    source, tree = snapshot.sources[file], snapshot.trees.get(file)
    found = dict(_tokens_of(snapshot, file, tree)) if tree is not None else {}
    data: list[int] = []
    line = column = 0
    for span in sorted(found, key=lambda span: (span.start, span.end)):
        kind, modifiers = found[span]
        for part in _by_line(source, span):
            at, end = position_of(source, part.start), position_of(source, part.end)
            if at.line == line and at.character < column:
                continue
            data += [
                at.line - line,
                at.character - (column if at.line == line else 0),
                end.character - at.character,
                _TYPES.index(kind),
                modifiers,
            ]
            line, column = at.line, at.character
    return lsp.SemanticTokens(data)


def _by_line(source: Source, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        stop = source.text.find("\n", start, span.end)
        stop = span.end if stop < 0 else stop
        if stop > start:
            yield Span(span.file, start, stop)
        start = stop + 1


def _tokens_of(snapshot: Snapshot, file: str, tree: SyntaxFile) -> Iterator[tuple[Span, tuple[str, int]]]:
    names = {one.name.span: one for one in snapshot.names.used_in(file)}
    taken = sorted((span.start, span.end) for span in names)
    for span, one in names.items():
        kind = "type" if one.role == "type" and one.to is None else _OF_KIND.get(one.to[0] if one.to is not None else "", "variable")
        modifiers = (1 if one.role == "declared" else 0) | (2 if one.to is not None and one.to[0] == "builtin" else 0)
        yield span, (kind, modifiers)
    running = [part.text_span for decl in tree.decls for part in decl.parts if isinstance(part, FreeText | Cite)]
    for span in running:
        yield span, ("string", 0)
        taken.append((span.start, span.end))
    source = snapshot.sources[file]
    folded = fold(source.text)
    for decl in tree.decls:
        yield decl.keyword_span, ("keyword", 0)
        tokens, comments = lex(source.text, folded, decl.keyword_span.end, decl.span.end)
        for token in (*tokens, *comments):
            if token.end > token.start and not any(start < token.end and token.start < end for start, end in taken):
                yield Span(file, token.start, token.end), (_LEXICAL.get(token.kind, "operator"), 0)


_LEXICAL = {"name": "keyword", "number": "number", "date": "number", "text": "string", "open_text": "string", "comment": "comment"}


def inlay_hints(snapshot: Snapshot, file: str, start: int, end: int) -> list[lsp.InlayHint]:
    """What is not written and yet meant: whose field a bare name is where several could be meant."""
    source = snapshot.sources[file]
    shapes = {one.id: one for one in snapshot.model.shapes}
    tree = snapshot.trees.get(file)
    tongue = tree.tongue if tree is not None else Tongue.ZH
    hints: list[lsp.InlayHint] = []
    for one in snapshot.names.used_in(file):
        if one.role != "path" or one.to is None or one.to[0] != "field" or not start <= one.name.span.start < end:
            continue
        owner, _, field = one.to[1].partition(".")
        rivals = [id for id in _named_in(snapshot, file, one.name.span.start) if id != owner and id in shapes and shapes[id].field(field)]
        if rivals and owner in shapes and source.text[one.name.span.start - 1 : one.name.span.start] != ".":
            label = f"{shapes[owner].name.say(tongue)}."
            hints.append(lsp.InlayHint(position_of(source, one.name.span.start), label, lsp.InlayHintKind.Type))
    return hints


def _named_in(snapshot: Snapshot, file: str, offset: int) -> list[str]:
    cursor = cursor_at(snapshot.sources[file], offset)
    return [one.id for one in shapes_in_scope(snapshot, file, offset, cursor.tokens)]
