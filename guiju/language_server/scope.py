"""What may be named at a place: the declaration around it, the shapes in scope there, innermost first, and where a path leads."""

from dataclasses import dataclass

from guiju.diagnostics.source import Source
from guiju.dsl.model.names.context import fold_name
from guiju.dsl.model.names.resolve_names import find_field
from guiju.dsl.syntax.lex import Token, fold, lex
from guiju.dsl.syntax.lines import split_chunks
from guiju.dsl.syntax.tokens import CONNECTIVES, DECLARATIONS, INFIX, PARTS, kinds_by_word
from guiju.dsl.syntax.tree import Decl, SubjectPart
from guiju.language_server.workspace import Snapshot
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Tongue
from guiju.terms.types import ListT, RecordT, Type

__all__ = ["CursorContext", "asked_type", "cursor_at", "decl_at", "field_of", "path_before", "shape_named", "shape_of", "shapes_in_scope"]

_SATISFIES, _WHERE, _OF = (
    frozenset(word for word in (*CONNECTIVES[kind].zh, *CONNECTIVES[kind].en) if word) for kind in ("satisfies", "where", "of")
)
_INFIX = kinds_by_word({kind: one for kind, one in INFIX.items() if kind not in ("+", "-", "*", "/", "or", "and")})
_DECLARATIONS = kinds_by_word(DECLARATIONS)
_CITES = frozenset((*PARTS["cites"].zh, *PARTS["cites"].en))


@dataclass(frozen=True, slots=True)
class CursorContext:
    """A place in a text: the text of its declaration up to it, the word begun there, the tokens before that word, and the line."""

    before: str
    word: str
    tokens: tuple[Token, ...]
    line: str
    tongue: Tongue

    @property
    def cites(self) -> str | None:
        """What stands after 依据 on this line up to the place; None on another line."""
        for word in _CITES:
            at = self.line.find(word)
            if at >= 0 and not self.line[:at].strip() and self.line[at + len(word) : at + len(word) + 1] in (" ", "\t"):
                return self.line[at + len(word) :].strip()
            inner = self.line.rfind(f" {word} ")
            if inner >= 0:
                return self.line[inner + len(word) + 2 :].strip()
        return None


def cursor_at(source: Source, offset: int) -> CursorContext:
    """The place of an offset."""
    folded = fold(source.text)
    chunks, _ = split_chunks(folded)
    start = max((chunk.start for chunk in chunks if chunk.start <= offset), default=0)
    begun = offset
    while begun > start and (folded[begun - 1].isalnum() or folded[begun - 1] == "_"):
        begun -= 1
    if folded[begun:offset][:1].isdigit():
        begun = offset
    tokens, _ = lex(source.text, folded, start, begun)
    line = folded.rfind("\n", 0, offset) + 1
    first = next((token.text for token in tokens if token.kind == "name"), "")
    tongue = _DECLARATIONS.get(first, ("", Tongue.ZH if not source.text.isascii() or not source.text.strip() else Tongue.EN))[1]
    return CursorContext(source.text[start:begun], source.text[begun:offset], tuple(tokens[:-1]), folded[line:offset], tongue)


def decl_at(snapshot: Snapshot, file: str, offset: int) -> Decl | None:
    """The declaration that holds an offset, or the last that begins before it."""
    tree = snapshot.trees.get(file)
    return next((one for one in reversed(tree.decls if tree else ()) if one.span.start <= offset), None)


def shape_named(snapshot: Snapshot, text: str) -> Shape | None:
    """The shape of that name or alias."""
    wanted = fold_name(text)
    for one in snapshot.model.shapes:
        if wanted in (one.id, fold_name(one.name.zh), fold_name(one.name.en), *map(fold_name, one.aliases)):
            return one
    return None


def shapes_in_scope(snapshot: Snapshot, file: str, offset: int, tokens: tuple[Token, ...]) -> list[Shape]:
    """The shapes whose fields may be named by a bare name: of binders and filters first, then of the subject and its owner."""
    found: list[Shape] = []
    decl = decl_at(snapshot, file, offset)
    if decl is not None:
        named = [decl.head.subject] if decl.head.subject is not None else []
        for part in decl.parts:
            if isinstance(part, SubjectPart):
                named += [*part.shape.names[:1], *([part.owner] if part.owner is not None else [])]
        found = [shape for name in named if (shape := shape_named(snapshot, name.text)) is not None]
    for path in _opened(tokens):
        inner = element_of(snapshot, found, path)
        if inner is not None:
            found.insert(0, inner)
    return found


def _opened(tokens: tuple[Token, ...]) -> list[tuple[str, ...]]:
    """The lists that are ranged over at the end of the tokens: of quantifiers whose body is open, and of open filters."""
    stack: list[tuple[str, ...] | None] = []
    for at, token in enumerate(tokens):
        if token.kind != "symbol":
            if token.kind == "name" and token.text in _WHERE and stack:
                opened = max((i for i in range(at) if tokens[i].kind == "symbol" and tokens[i].text == "("), default=-1)
                stack[-1] = _path_from(tokens, opened + 1)
            continue
        if token.text == "(":
            is_body = at > 0 and tokens[at - 1].text in _SATISFIES
            stack.append(path_before(tokens, at - 1) if is_body else None)
        elif token.text == ")" and stack:
            stack.pop()
    return [one for one in stack if one]


def path_before(tokens: tuple[Token, ...], end: int) -> tuple[str, ...]:
    """The names of the path that ends before a token."""
    names: list[str] = []
    at = end - 1
    while at >= 0 and tokens[at].kind in ("name", "quoted"):
        names.insert(0, tokens[at].text)
        if at < 2 or not (tokens[at - 1].text == "." or tokens[at - 1].text in _OF):
            break
        at -= 2
    return tuple(names)


def _path_from(tokens: tuple[Token, ...], start: int) -> tuple[str, ...]:
    names: list[str] = []
    at = start
    while at < len(tokens) and tokens[at].kind in ("name", "quoted"):
        names.append(tokens[at].text)
        if at + 1 >= len(tokens) or tokens[at + 1].text != ".":
            break
        at += 2
    return tuple(names)


def field_of(snapshot: Snapshot, scope: list[Shape], path: tuple[str, ...]) -> tuple[Shape, Field] | None:
    """The field to which a path leads from what is in scope, and the shape that has it; lists are walked into."""
    for shape in scope:
        at: Shape | None = shape
        found: tuple[Shape, Field] | None = None
        for name in path:
            one = find_field(at, name) if at is not None else None
            if at is None or one is None:
                found = None
                break
            found = at, one
            at = shape_of(snapshot, one.type)
        if found is not None:
            return found
    return None


def shape_of(snapshot: Snapshot, type: Type) -> Shape | None:
    """The shape of a record, or of the records of a list."""
    inner = type.element if isinstance(type, ListT) else type
    return next((one for one in snapshot.model.shapes if one.id == inner.shape), None) if isinstance(inner, RecordT) else None


def element_of(snapshot: Snapshot, scope: list[Shape], path: tuple[str, ...]) -> Shape | None:
    """The shape of the elements of the list to which a path leads, or of all records of a shape."""
    found = field_of(snapshot, scope, path)
    if found is not None:
        return shape_of(snapshot, found[1].type)
    return shape_named(snapshot, path[0]) if len(path) == 1 else None


def asked_type(snapshot: Snapshot, scope: list[Shape], tokens: tuple[Token, ...]) -> Type | None:
    """The type of what stands before the comparison at the end of the tokens, a set begun after it passed over."""
    at = len(tokens) - 1
    if any(token.text == "{" for token in tokens[-40:]):
        while at >= 0 and tokens[at].text != "{":
            if tokens[at].text == "}":
                return None
            at -= 1
        at -= 1
    for count in (3, 2, 1):
        phrase = " ".join(token.text for token in tokens[max(0, at - count + 1) : at + 1])
        if at - count + 1 > 0 and phrase in _INFIX:
            found = field_of(snapshot, scope, path_before(tokens, at - count + 1))
            return found[1].type if found is not None else None
    return None
