"""Every name of the rule texts: where it stands, in which role, and which declaration it means."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from guiju.author.translate import KINDS_BY_ROLE
from guiju.diagnostics.span import Span
from guiju.dsl.builtins import aggregate_named, builtin_named
from guiju.dsl.model.names.context import Reference, fold_name
from guiju.dsl.model.names.declared import name_of
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.syntax.tree import CodeLine, Decl, Except, FieldLine, Head, Name, SubjectPart, SyntaxFile

__all__ = ["NameIndex", "Used", "declared_in", "kind_of"]

_FOLDED = {"register": "shape"}

# The role of the names in a part of a node, where it is not that of a path.
_ROLES: Mapping[str, Mapping[str, str]] = {
    "FieldLine": {"zh": "declared", "en": "declared"},
    "CodeLine": {"zh": "declared", "en": "declared"},
    "GateLine": {"zh": "declared", "en": "declared"},
    "TypeName": {"name": "type"},
    "Call": {"name": "function"},
    "Quantifier": {"binder": "binder"},
    "FieldsPart": {"shape": "shape"},
    "NamesPart": {"names": "rule"},
}


@dataclass(frozen=True, slots=True)
class Used:
    """One name as it stands in a text: its span (without 「」), its role, and what it means where that is known."""

    name: Name
    role: str
    to: Reference | None


def kind_of(kind: str) -> str:
    """Registers are shapes to whoever refers to them."""
    return _FOLDED.get(kind, kind)


def declared_in(decl: Decl) -> Iterator[tuple[Reference, tuple[Name, ...]]]:
    """What a declaration declares: itself, its fields or its codes; each with the names as they stand there."""
    named = name_of(decl)
    id = decl.head.code or (named[0] if named is not None else None)
    # Guidance bears the name of the shape that it is for.
    if id is None or decl.kind in ("module", "use", "guidance"):
        return
    yield (kind_of(decl.kind), id), tuple(one for one in (decl.head.zh, decl.head.en) if one is not None)
    for part in decl.parts:
        match part:
            case FieldLine(zh=zh, en=en):
                yield ("field", f"{id}.{fold_name(en.text or zh.text)}"), (zh, en)
            case CodeLine(code=code, zh=zh, en=en):
                yield ("code", f"{id}.{code}"), (zh, en)


class NameIndex:
    """The names of all texts; those of one text are gathered when it is asked about."""

    def __init__(self, model: CheckedModel, trees: Mapping[str, SyntaxFile]) -> None:
        self._model = model
        self._trees = trees
        self._refers = dict(model.refers)
        self._used: dict[str, tuple[Used, ...]] = {}

    @cached_property
    def declarations(self) -> dict[Reference, tuple[Decl, tuple[Name, ...]]]:
        """Each declaration with its names; of several with one id (versions of a rule) the last."""
        return {to: (decl, names) for tree in self._trees.values() for decl in tree.decls for to, names in declared_in(decl)}

    @cached_property
    def by_name(self) -> dict[tuple[str, str], Reference]:
        """Declarations by kind and folded name."""
        found: dict[tuple[str, str], Reference] = {}
        for to, (_, names) in self.declarations.items():
            for name in names:
                found.setdefault((to[0], fold_name(name.text)), to)
            found.setdefault((to[0], to[1]), to)
        return found

    def used_in(self, file: str) -> tuple[Used, ...]:
        """Every name of a text, in its order; a declared one means its own declaration."""
        known = self._used.get(file)
        if known is None:
            known = tuple(sorted(self._gather(self._trees[file]), key=lambda one: one.name.span.start)) if file in self._trees else ()
            self._used[file] = known
        return known

    def at(self, file: str, offset: int) -> Used | None:
        """The name that stands at an offset, or that ends there."""
        names = self.used_in(file)
        at = bisect_right([one.name.span.start for one in names], offset)
        for one in names[max(0, at - 2) : at][::-1]:
            if one.name.span.start <= offset <= one.name.span.end:
                return one
        return None

    def references(self, to: Reference) -> tuple[tuple[str, Used], ...]:
        """Every place at which that declaration is named, its own names among them."""
        return tuple(self._uses.get(to, ()))

    @cached_property
    def _uses(self) -> dict[Reference, list[tuple[str, Used]]]:
        found: dict[Reference, list[tuple[str, Used]]] = {}
        for file in self._trees:
            for one in self.used_in(file):
                if one.to is not None:
                    found.setdefault(one.to, []).append((file, one))
        return found

    def _gather(self, tree: SyntaxFile) -> Iterator[Used]:
        own = {name.span: to for decl in tree.decls for to, names in declared_in(decl) for name in names}
        seen: set[Span] = set()
        for decl in tree.decls:
            for name, said in _names(decl, "path"):
                role = "shape" if said == "declared" and decl.kind == "guidance" else said
                if name.span.end > name.span.start and name.span not in seen:
                    seen.add(name.span)
                    yield Used(name, role, self._meaning(name, role, own))

    def _meaning(self, name: Name, role: str, own: Mapping[Span, Reference]) -> Reference | None:
        if role == "declared":
            return own.get(name.span)
        if (found := self._refers.get(name.span)) is not None:
            return found
        text = fold_name(name.text)
        for kind in KINDS_BY_ROLE.get(role, ()):
            if (found := self.by_name.get((kind_of(kind), text))) is not None:
                return found
        function = builtin_named(text) or aggregate_named(text) if role == "function" else None
        return ("builtin", function.name.en) if function is not None else None


def _names(node: Any, role: str) -> Iterator[tuple[Name, str]]:
    """The names below a node of the tree, each with its role."""
    match node:
        case Name():
            yield node, role
        case Head():
            yield from _below(node, {"zh": "declared", "en": "declared", "subject": "shape"}, role)
        case SubjectPart():
            yield from _below(node, {"shape": "shape", "owner": "shape", "scope": "scope"}, role)
        case Except(kind=kind):
            yield from _below(node, {"label": "exception" if kind == "except" else "rule"}, role)
        case _ if is_dataclass(node):
            yield from _below(node, _ROLES.get(type(node).__name__, {}), role)
        case tuple():
            for one in node:
                yield from _names(one, role)


def _below(node: Any, roles: Mapping[str, str], role: str) -> Iterator[tuple[Name, str]]:
    for one in fields(node):
        inner = getattr(node, one.name)
        if inner is not None and not isinstance(inner, str | Span):
            yield from _names(inner, roles.get(one.name, role))
