"""What may be written at a place. The grammar says which words and which kinds of names; the model says which names there are."""

from collections.abc import Iterable, Iterator
from functools import partial

from lsprotocol import types as lsp

from guiju.author.grammar.published import logical_text, spellings_of, terminals_after
from guiju.diagnostics.span import Span
from guiju.dsl.builtins import AGGREGATES, BUILTINS
from guiju.dsl.syntax.lex import fold, is_plain_name
from guiju.dsl.syntax.tokens import DECLARATIONS, INFIX, PARTS, WORDS, kinds_by_word, spell
from guiju.language_server.citations import citation_items
from guiju.language_server.positions import range_of
from guiju.language_server.scope import CursorContext, asked_type, cursor_at, field_of, path_before, shape_of, shapes_in_scope
from guiju.language_server.workspace import Snapshot
from guiju.terms.formats.formats import FORMATS
from guiju.terms.quantities.units import UNITS, Dimension
from guiju.terms.shape import CodeList, Field, Shape
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, TextT

__all__ = ["complete"]

_PARTS = kinds_by_word(PARTS)
_FORMAT_WORDS = kinds_by_word({kind: INFIX[kind] for kind in ("has_format", "lacks_format", "contains_format")})
# Parts of which the words are a closed vocabulary, by the name of the vocabulary.
_CLOSED = frozenset(WORDS)
_SNIPPETS = {
    Tongue.ZH: (
        "规则 ${1:名称} / ${2:english_name}\n  依据     ${3:文件 第一条}\n  对象     ${4:项目方案}\n  应当     $0\n  整改     ${5:怎样改}\n"
    ),
    Tongue.EN: (
        "rule ${1:english_name}\n"
        "  cites     ${2:instrument Article 1}\n"
        "  subject   ${3:project}\n"
        "  shall     $0\n"
        "  fix       ${4:how to mend it}\n"
    ),
}
_RULE = Both("一条规则的骨架", "the frame of a rule")


def complete(snapshot: Snapshot, file: str, offset: int) -> list[lsp.CompletionItem]:
    """The items for an offset of a text, best first."""
    source = snapshot.sources[file]
    cursor = cursor_at(source, offset)
    cites = cursor.cites
    if cites is not None:
        start = offset - len(cursor.line) + cursor.line.rfind(cites) if cites else offset
        written = source.text[start:offset]
        return list(citation_items(snapshot.registry, written, range_of(source, Span(file, start, offset)), cursor.tongue))
    terminals = _terminals(cursor)
    made = [*_names(snapshot, file, offset, cursor, terminals), *_words(cursor, terminals), *_vocabulary(cursor, terminals)]
    if "DECL_RULE" in terminals:
        made.insert(0, _snippet(cursor.tongue))
    return list({one.label: one for one in reversed(made)}.values())[::-1]


def _terminals(cursor: CursorContext) -> frozenset[str]:
    text = logical_text(cursor.before)
    last = cursor.before.rpartition("\n")[2]
    if "\n" in cursor.before and not last.strip():
        text = text.rstrip("\n") + ("\n  " if last else "\n")
    else:
        text = text.rstrip("\n")
        if cursor.before[-1:] in (" ", "\t"):
            text += " "
    return terminals_after(text)


# ---- words of the language ---------------------------------------------------------------------------------------


def _words(cursor: CursorContext, terminals: frozenset[str]) -> Iterator[lsp.CompletionItem]:
    for terminal in sorted(terminals):
        for word in spellings_of(terminal, cursor.tongue):
            kind = lsp.CompletionItemKind.Keyword if terminal.startswith(("DECL", "PART")) else lsp.CompletionItemKind.Operator
            yield lsp.CompletionItem(label=word, kind=kind, sort_text=f"5{word}", insert_text=_with_blank(word, terminal))


def _with_blank(word: str, terminal: str) -> str:
    return f"{word} " if terminal.startswith(("DECL", "PART", "CONN", "COMPARE", "QUANT")) or terminal in ("AND", "OR", "IN") else word


def _vocabulary(cursor: CursorContext, terminals: frozenset[str]) -> Iterator[lsp.CompletionItem]:
    """Units after a number; the words of a closed vocabulary after its part."""
    if "UNIT" in terminals and cursor.tokens and cursor.tokens[-1].kind == "number":
        spans = len(cursor.tokens) > 1 and cursor.tokens[-2].text in ("+", "-")
        for unit in UNITS.values():
            # What is added is a span of time more often than anything else.
            rank = "0" if spans and unit.dimension in (Dimension.TIME, Dimension.WORKDAYS, Dimension.MONTHS) else "1"
            yield lsp.CompletionItem(
                label=unit.say(cursor.tongue),
                kind=lsp.CompletionItemKind.Unit,
                detail=unit.dimension.value,
                sort_text=rank + unit.say(cursor.tongue),
            )
    if "WORDS" in terminals:
        first = cursor.line.split()[0] if cursor.line.split() else ""
        kind = _PARTS.get(first, ("", cursor.tongue))[0]
        if kind in _CLOSED:
            for word, spelling in WORDS[kind].items():
                label = spelling.all(cursor.tongue)[0]
                yield lsp.CompletionItem(label=label, kind=lsp.CompletionItemKind.EnumMember, detail=word, sort_text=f"1{label}")


def _snippet(tongue: Tongue) -> lsp.CompletionItem:
    return lsp.CompletionItem(
        label=spell(DECLARATIONS, "rule", tongue),
        kind=lsp.CompletionItemKind.Snippet,
        detail=_RULE.say(tongue),
        insert_text=_SNIPPETS[tongue],
        insert_text_format=lsp.InsertTextFormat.Snippet,
        sort_text="0",
    )


# ---- names -------------------------------------------------------------------------------------------------------


def _names(snapshot: Snapshot, file: str, offset: int, cursor: CursorContext, terminals: frozenset[str]) -> Iterable[lsp.CompletionItem]:
    if "NAME" not in terminals and not (cursor.tokens and cursor.tokens[-1].text == "."):
        return
    tongue = cursor.tongue
    first = _PARTS.get(cursor.line.split()[0] if cursor.line.split() else "", ("", tongue))[0]
    scope = shapes_in_scope(snapshot, file, offset, cursor.tokens)
    last = cursor.tokens[-1].text if cursor.tokens else ""
    if last == ".":
        yield from _after_dot(snapshot, scope, cursor)
    elif "TYPE" in terminals:
        yield from (_named(one.name, lsp.CompletionItemKind.Class, tongue, "1", one.doc) for one in snapshot.model.shapes)
        yield from (_named(one.name, lsp.CompletionItemKind.Enum, tongue, "1", one.doc) for one in snapshot.model.codes)
    elif first in ("subject", "screening", "expects", "kinds") and len(cursor.line.split()) <= 1:
        yield from (_named(one.name, lsp.CompletionItemKind.Class, tongue, "1", one.doc) for one in snapshot.model.shapes)
    elif first in ("subject_to", "notwithstanding"):
        yield from (_named(one.rule.name, lsp.CompletionItemKind.Function, tongue, "1", None) for one in snapshot.model.rules)
    elif any(" ".join(token.text for token in cursor.tokens[-count:]) in _FORMAT_WORDS for count in (1, 2)):
        yield from (_named(Both(one.zh, one.id), lsp.CompletionItemKind.Constant, tongue, "1", one.description) for one in FORMATS.values())
    else:
        yield from _expected(snapshot, scope, cursor)
        yield from _in_scope(snapshot, scope, tongue)


def _after_dot(snapshot: Snapshot, scope: list[Shape], cursor: CursorContext) -> Iterator[lsp.CompletionItem]:
    path = path_before(cursor.tokens, len(cursor.tokens) - 1)
    found = field_of(snapshot, scope, path)
    inner = shape_of(snapshot, found[1].type) if found is not None else None
    if inner is not None:
        yield from map(partial(_field, inner, cursor.tongue, "1"), inner.fields)


def _expected(snapshot: Snapshot, scope: list[Shape], cursor: CursorContext) -> Iterator[lsp.CompletionItem]:
    """The values that what stands on the left may take."""
    type = asked_type(snapshot, scope, cursor.tokens)
    if isinstance(type, CodeT):
        codes = next((one for one in snapshot.model.codes if one.id == type.codes), None)
        yield from _codes(codes, cursor.tongue) if codes is not None else ()
    elif isinstance(type, BoolT):
        for word in (Both("是", "yes"), Both("否", "no")):
            yield lsp.CompletionItem(label=word.say(cursor.tongue), kind=lsp.CompletionItemKind.EnumMember, sort_text="0" + word.en)
    elif isinstance(type, TextT):
        yield lsp.CompletionItem(
            label='""', kind=lsp.CompletionItemKind.Text, insert_text='"$0"', insert_text_format=lsp.InsertTextFormat.Snippet, sort_text="0"
        )


def _codes(codes: CodeList, tongue: Tongue) -> Iterator[lsp.CompletionItem]:
    for one in codes.entries:
        item = _named(one.name, lsp.CompletionItemKind.EnumMember, tongue, "0", None)
        item.detail = f"{codes.name.say(tongue)} {one.code}"
        yield item


def _in_scope(snapshot: Snapshot, scope: list[Shape], tongue: Tongue) -> Iterator[lsp.CompletionItem]:
    for depth, shape in enumerate(scope):
        yield from map(partial(_field, shape, tongue, str(1 + min(depth, 2))), shape.fields)
    shapes = {one.id for one in scope}
    for term in snapshot.model.terms:
        if term.shape is None or term.shape in shapes:
            yield _named(term.name, lsp.CompletionItemKind.Variable, tongue, "3", None)
    for parameter in snapshot.model.parameters:
        yield _named(parameter.name, lsp.CompletionItemKind.Constant, tongue, "3", None)
    for table in snapshot.model.tables:
        yield _called(table.name, None, tongue)
    for builtin in BUILTINS.values():
        if not builtin.hidden:
            yield _called(builtin.name, builtin.doc, tongue)
    for aggregate in AGGREGATES.values():
        yield _called(aggregate.name, aggregate.doc, tongue)


def _field(shape: Shape, tongue: Tongue, rank: str, one: Field) -> lsp.CompletionItem:
    item = _named(one.name, lsp.CompletionItemKind.Field, tongue, rank, one.doc)
    item.detail = shape.name.say(tongue)
    return item


def _called(name: Both, doc: Both | None, tongue: Tongue) -> lsp.CompletionItem:
    item = _named(name, lsp.CompletionItemKind.Function, tongue, "4", doc)
    item.insert_text, item.insert_text_format = f"{name.say(tongue)}($0)", lsp.InsertTextFormat.Snippet
    return item


def _named(name: Both, kind: lsp.CompletionItemKind, tongue: Tongue, rank: str, doc: Both | None) -> lsp.CompletionItem:
    label = name.say(tongue) or name.say(tongue.other)
    other = name.say(tongue.other)
    return lsp.CompletionItem(
        label=label,
        kind=kind,
        label_details=lsp.CompletionItemLabelDetails(description=other) if other and other != label else None,
        documentation=(doc.say(tongue) or doc.say(tongue.other)) if doc is not None else None,
        insert_text=label if is_plain_name(fold(label)) else f"「{label}」",
        sort_text=rank + label,
    )
