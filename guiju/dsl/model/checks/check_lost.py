"""No declaration is dropped in silence: where no error was told, the checked model holds each declaration of the trees."""

from collections import Counter

from guiju.dsl.model.names.declared import name_of
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.syntax.tree import Decl, SyntaxFile
from guiju.terms.tongue import Both

__all__ = ["assert_none_lost"]


def assert_none_lost(files: tuple[SyntaxFile, ...], model: CheckedModel) -> None:
    """AssertionError, with the declaration's name, where the model lacks one of the trees; asked only where no error was found.

    Every check that makes nothing of a declaration says why: what is lost without a word is our mistake, not the author's.
    """
    kept = _kept(model)
    for file in files:
        # 使用 asks that another module be there, which is all there is to it.
        for decl in (one for one in file.decls if one.kind != "use"):
            key = _key(decl)
            kept[key] -= 1
            if kept[key] < 0:
                raise AssertionError(f"{file.name}: the declaration {key[0]} {key[1]} was dropped and no error says why")


def _key(decl: Decl) -> tuple[str, str]:
    """The kind and the name as they are counted on both sides; what is known by its place is counted by it, since ids hold citations."""
    if decl.kind == "rule":
        return decl.kind, f"{decl.span.file}:{decl.span.start}"
    if decl.kind == "judged":
        return decl.kind, decl.span.file
    if decl.kind == "framework":
        return decl.kind, decl.head.code or ""
    named = name_of(decl)
    id, name = named if named is not None else ("", Both("", ""))
    return ("shape" if decl.kind == "register" else decl.kind), name.en if decl.kind == "module" else id


def _kept(model: CheckedModel) -> Counter[tuple[str, str]]:
    """How often the model holds each."""
    kept: Counter[tuple[str, str]] = Counter()
    for kind, things in (
        ("shape", model.shapes),
        ("codelist", model.codes),
        ("reading", model.readings),
        ("parameter", model.parameters),
        ("term", model.terms),
        ("table", model.tables),
        ("profile", model.profiles),
    ):
        kept.update((kind, one.id) for one in things)
    kept.update(("guidance", id) for _, id in model.guided)
    kept.update(("framework", one.code) for one in model.frameworks)
    kept.update(("module", one.name.en) for one in model.modules)
    kept.update(("rule", f"{one.span.file}:{one.span.start}") for one in model.rules if not one.rule.implicit)
    kept.update(("judged", one.source[0]) for one in model.judged)
    return kept
