"""What has been collected so far, and how the plain parts of a declaration are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Names, fold_name
from guiju.dsl.model.names.tree import Declared, Module
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import CodeList, Reading, Shape
from guiju.terms.tongue import Both, Named, Tongue

__all__ = ["Collected", "doc_of", "name_of", "name_span", "named", "parts_of", "said", "word_of"]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was declared, in order, with the declarations that are still to be checked by kind."""

    names: Names = field(default_factory=Names)
    declared: list[Declared] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    codes: list[CodeList] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    frameworks: list[ir.Framework] = field(default_factory=list)
    guided: list[tuple[str, str]] = field(default_factory=list)
    """The ids of the shapes for which there is guidance."""
    waiting: dict[str, list[tuple[str, Both, syn.Decl]]] = field(default_factory=dict)
    shape_decls: dict[str, syn.Decl] = field(default_factory=dict)
    spelled: dict[tuple[str, str], Declared] = field(default_factory=dict)
    by_id: dict[tuple[str, str], tuple[Both, syn.Decl]] = field(default_factory=dict)


def name_of(decl: syn.Decl) -> tuple[str, Both] | None:
    """The id and the two names of a declaration; a thing with one name has it as its id and in both tongues."""
    zh, en = decl.head.zh, decl.head.en
    if zh is not None and not zh.text:
        zh = None
    if en is not None and not en.text:
        en = None
    if zh is None and en is None:
        return None
    one = fold_name((en or zh).text)  # type: ignore[union-attr]  # one of the two is a name
    # One of the two is a name.
    return one, named(zh.text if zh else en.text, en.text if en else zh.text, decl.head.title)  # type: ignore[union-attr]


def named(zh: str, en: str, title: str | None) -> Both:
    """Both names, with the display name where there is one."""
    return Both(zh, en) if title is None else Named(zh, en, title)


def name_span(decl: syn.Decl) -> Span:
    """The names of a declaration; its keyword where it has none."""
    spans = [one.span for one in (decl.head.zh, decl.head.en) if one is not None]
    return spans[0].join(spans[-1]) if spans else decl.keyword_span


def parts_of(decl: syn.Decl, kind: str) -> Iterator[syn.WordPart]:
    """The word parts of that kind."""
    return (part for part in decl.parts if isinstance(part, syn.WordPart) and part.kind == kind)


def word_of(decl: syn.Decl, kind: str) -> tuple[str, ...] | None:
    """The words of the first part of that kind; None without one."""
    return next((part.words for part in parts_of(decl, kind)), None)


def said(decl: syn.Decl, kind: str) -> Both | None:
    """The running text of that kind in the tongues in which it is written; None without one."""
    texts = {Tongue.ZH: "", Tongue.EN: ""}
    for part in decl.parts:
        if isinstance(part, syn.FreeText) and part.kind == kind:
            texts[part.tongue] = f"{texts[part.tongue]}\n{part.text}".strip()
    return Both(texts[Tongue.ZH], texts[Tongue.EN]) if any(texts.values()) else None


def doc_of(decl: syn.Decl) -> Both | None:
    """The doc comment, in the tongue of the declaration."""
    text = "\n".join(decl.docs).strip()
    if not text:
        return None
    return Both(text, "") if decl.tongue is Tongue.ZH else Both("", text)
