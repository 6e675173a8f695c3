"""What the checks of one rule gave, kept for the next check of nearly the same files.

A rule means what its own text, its place and the declarations that are no rules say. Whoever checks again and again, an editor
above all, hands in one `CheckMemo`; a rule whose text and surroundings are unchanged is then not checked again. What is remembered
includes what a check does on the side: what it complained of, and which names it used and resolved.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.model.names.context import DiagnosticSink, Names
from guiju.dsl.syntax.tree import Decl, SyntaxFile

__all__ = ["CheckMemo"]

_T = TypeVar("_T")
_USED = ("used_terms", "used_parameters", "used_tables", "read_fields")
_RESOLVED = ("meant", "refers")
# Kinds of declarations on which no rule rests.
_APART = frozenset({"rule", "judged", "framework", "profile", "module", "use"})


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a step gave, what it said, and what it noted in the names; `about` is held so that no other object gets its address."""

    about: object
    gave: Any
    said: tuple[Diagnostic, ...] = ()
    noted: tuple[Any, ...] = ()


class CheckMemo:
    """Steps by what they rest on; steps of the last check but one are forgotten."""

    __slots__ = ("before", "now", "surroundings")

    def __init__(self) -> None:
        self.before: dict[tuple[Any, ...], _Remembered] = {}
        self.now: dict[tuple[Any, ...], _Remembered] = {}
        self.surroundings = b""

    def begin(self, files: tuple[SyntaxFile, ...], sources: tuple[Source, ...], registry: str) -> None:
        """A check of these files begins; without the declarations of the last one nothing of it holds."""
        texts = {one.name: one.text for one in sources}
        digest = hashlib.blake2b(registry.encode(), digest_size=16)
        for file in files:
            for decl in file.decls:
                if decl.kind not in _APART:
                    digest.update(f"\0{file.name}\0{decl.span.start}\0{decl.docs}\0{_text(texts, decl)}".encode("utf-8", "surrogatepass"))
        self.before, self.now = self.now, {}
        if digest.digest() != self.surroundings:
            self.before = {}
        self.surroundings = digest.digest()

    def step(self, key: tuple[Any, ...], names: Names, found: DiagnosticSink, work: Callable[[], _T]) -> _T:
        """What the work gives, from memory where it was done for this key; its complaints and notes are made in either case."""
        return self._told(key, None, names, found, work)

    def step_on(self, what: str, about: object, names: Names, found: DiagnosticSink, work: Callable[[], _T]) -> _T:
        """Like `step`, for work on a very object: an equal one, made anew, is another."""
        return self._told((what, id(about)), about, names, found, work)

    def value_on(self, what: str, about: object, work: Callable[[], _T]) -> _T:
        """What a computation on a very object gives that says and notes nothing."""
        key = what, id(about)
        known = self.before.get(key) or self.now.get(key) or _Remembered(about, work())
        self.now[key] = known
        gave: _T = known.gave
        return gave

    def _told(self, key: tuple[Any, ...], about: object, names: Names, found: DiagnosticSink, work: Callable[[], _T]) -> _T:
        known = self.before.get(key) or self.now.get(key) or _observed(about, names, found, work)
        self.now[key] = known
        found.say_again(known.said)
        for id, noted in zip((*_USED, *_RESOLVED), known.noted, strict=True):
            getattr(names, id).update(noted)
        gave: _T = known.gave
        return gave


def _observed(about: object, names: Names, found: DiagnosticSink, work: Callable[[], Any]) -> _Remembered:
    """The work done on empty notes, so that what it adds can be told."""
    held = {id: getattr(names, id) for id in (*_USED, *_RESOLVED)}
    for id in _USED:
        setattr(names, id, set())
    for id in _RESOLVED:
        setattr(names, id, {})
    with found.apart() as said:
        gave = work()
    noted = tuple(getattr(names, id) for id in (*_USED, *_RESOLVED))
    for id, one in held.items():
        setattr(names, id, one)
    return _Remembered(about, gave, tuple(said), noted)


def _text(texts: dict[str, str], decl: Decl) -> str:
    return texts.get(decl.span.file, "")[decl.span.start : decl.span.end]
