"""A rule file in the other tongue, without loss: keywords, units and closed words by their tables, names by what they mean.

Only a name that is one of the two names of its thing is written in the other tongue. An alias, a code, the name of a binder and
running text stay as they are: nothing else would lead back to the same text. Every translation is held to that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.builtins import aggregate_named, builtin_named
from guiju.dsl.compile import Memo, compile_model, compile_rules
from guiju.dsl.model.names.context import fold_name
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.syntax.print.file import print_file
from guiju.dsl.syntax.tree import Name, SyntaxFile
from guiju.standards.registry import CitedPlace, Registry
from guiju.terms.formats.formats import FORMAT_NAMES
from guiju.terms.tongue import Both, Tongue

__all__ = ["KINDS_BY_ROLE", "Renaming", "Translation", "citation_in", "reading_copies", "translate"]

Compiled = tuple[CheckedModel, tuple[SyntaxFile, ...], tuple[Diagnostic, ...]]

# Names that stand for themselves: nobody declares a second name for them.
_KEPT = frozenset({"declared", "binder", "exception", "input", "level"})
# Which kinds of declarations a name in that role may mean.
KINDS_BY_ROLE: Mapping[str, tuple[str, ...]] = {
    "type": ("shape", "register", "codelist"),
    "shape": ("shape", "register"),
    "scope": ("shape", "register"),
    "reading": ("reading",),
    "rule": ("rule",),
    "function": ("table",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What came of translating some files: their new texts in the same order, or nothing where one of them has an error.

    `mixed` are the files that were not wholly in the other tongue before and so do not come back byte for byte; `changed` those
    whose meaning would not be kept, which must not be written.
    """

    texts: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    mixed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def translate(files: tuple[Source, ...], around: tuple[Source, ...], registry: Registry, to: Tongue) -> Translation:
    """The files in that tongue; `around` are the other files that declare what they speak of."""
    work = _Work(around, registry, {})
    names = {one.name for one in files}
    origin, found = work.write(files, None)
    grave = tuple(one for one in found if one.level is Level.ERROR and one.span.file in names)
    if grave:
        return Translation(diagnostics=grave)
    there = work.translated(files, to)
    back = work.translated(there, to.other)
    again = work.translated(back, to)
    _, _, faults = work.model(there)
    broken = {one.span.file for one in faults if one.level is Level.ERROR}
    lost = broken | {one.name for one, other in zip(there, again, strict=True) if one.text != other.text}
    if not lost and not _same_meaning(files, there, around, registry, work.memo):
        lost = names
    return Translation(
        texts=tuple(one.text for one in there),
        mixed=tuple(one.name for one, other in zip(origin, back, strict=True) if one.text != other.text),
        changed=tuple(name for name in (one.name for one in files) if name in lost),
    )


def reading_copies(files: tuple[Source, ...], registry: Registry, to: Tongue) -> tuple[str, ...]:
    """All files of a ruleset in that tongue, to be read and not to be compiled: that they lead back is not held to."""
    return tuple(one.text for one in _Work((), registry, {}).translated(files, to))


@dataclass(frozen=True, slots=True)
class _Work:
    """What every step of one translation needs."""

    around: tuple[Source, ...]
    registry: Registry
    memo: Memo
    models: dict[tuple[str, ...], Compiled] = field(default_factory=dict)

    def model(self, files: tuple[Source, ...]) -> Compiled:
        """The checked model of the files among the others, made once for each text."""
        key = tuple(one.text for one in files)
        if key not in self.models:
            self.models[key] = compile_model((*self.around, *files), self.registry, memo=self.memo)
        return self.models[key]

    def write(
        self, files: tuple[Source, ...], to: Tongue | None, kept: frozenset[Span] = frozenset()
    ) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
        """The files in that tongue, in their own where none is given, and everything said about all files."""
        model, trees, found = self.model(files)
        mine = trees[len(self.around) :]
        rename = None if to is None else Renaming(model, self.registry, to, mine, kept)
        return tuple(Source(tree.name, print_file(tree, to, rename)) for tree in mine), found

    def translated(self, files: tuple[Source, ...], to: Tongue) -> tuple[Source, ...]:
        """The files in that tongue, but for names that would stray."""
        there, _ = self.write(files, to)
        kept = self._strayed(files, there, to)
        return self.write(files, to, kept)[0] if kept else there

    def _strayed(self, files: tuple[Source, ...], there: tuple[Source, ...], to: Tongue) -> frozenset[Span]:
        """The names whose translation would be read as another thing's name, and that therefore stay as they are.

        Any name is understood in either tongue, so keeping one does no harm.
        """
        first, second = self._names(files, to), self._names(there, to.other)
        if len(first) != len(second):
            return frozenset()  # it does not read back, which is told of the file
        return frozenset(span for (span, text, said), (_, _, back) in zip(first, second, strict=True) if said != text and back != text)

    def _names(self, files: tuple[Source, ...], to: Tongue) -> list[tuple[Span, str, str]]:
        """Every name of the files in the order of the text, and what it becomes."""
        model, trees, _ = self.model(files)
        mine = trees[len(self.around) :]
        rename = Renaming(model, self.registry, to, mine, frozenset())
        for tree in mine:
            print_file(tree, to, rename)
        order = {one.name: at for at, one in enumerate(files)}
        return sorted(
            ((span, text, said) for span, (text, said) in rename.seen.items()),
            key=lambda one: (order[one[0].file], one[0].start, one[0].end),
        )


def _same_meaning(
    before: tuple[Source, ...], after: tuple[Source, ...], around: tuple[Source, ...], registry: Registry, memo: Memo
) -> bool:
    """Whether both are sealed under one digest; a ruleset that cannot be sealed (for a fault around) is not compared."""
    old, _ = compile_rules((*around, *before), registry, memo=memo)
    new, _ = compile_rules((*around, *after), registry, memo=memo)
    return old is None or (new is not None and new.digest == old.digest)


class Renaming:
    """What each name of these files becomes in a tongue, by where it stands and in which role; remembers what it was asked."""

    __slots__ = ("_kept", "_known", "_meant", "_registry", "_to", "seen")

    def __init__(self, model: CheckedModel, registry: Registry, to: Tongue, files: tuple[SyntaxFile, ...], kept: frozenset[Span]) -> None:
        mine = {one.name for one in files}
        self._meant: dict[Span, Both] = {span: both for span, both in model.meant if span.file in mine}
        self._known: dict[tuple[str, str], Both] = {}
        for one in model.declared:
            for spelled in (one.name.zh, one.name.en):
                self._known.setdefault((one.kind, fold_name(spelled)), one.name)
        self._registry = registry
        self._to = to
        self._kept = kept
        self.seen: dict[Span, tuple[str, str]] = {}

    def __call__(self, name: Name, role: str) -> str:
        said = name.text if role in _KEPT or name.span in self._kept else self._renamed(name, role)
        if role != "citation":
            self.seen[name.span] = (name.text, said)
        return said

    def _renamed(self, name: Name, role: str) -> str:
        if role == "citation":
            return citation_in(name.text, self._registry, self._to)
        text = fold_name(name.text)
        both = self._meant.get(name.span)
        both = both or next((self._known[kind, text] for kind in KINDS_BY_ROLE.get(role, ()) if (kind, text) in self._known), None)
        if both is None:
            both = _builtin(text) if role == "function" else _format(text) if role == "path" else None
        return name.text if both is None else _said(name.text, both, self._to)


def _said(text: str, both: Both, to: Tongue) -> str:
    """The name in that tongue, if the text is that thing's name in the other, sign for sign."""
    return both.say(to) if text == both.say(to.other) and both.say(to) else text


def _builtin(text: str) -> Both | None:
    found = builtin_named(text) or aggregate_named(text)
    return found.name if found is not None else None


def _format(text: str) -> Both | None:
    found = FORMAT_NAMES.get(text)
    return Both(found.zh, found.id) if found is not None else None


def citation_in(text: str, registry: Registry, to: Tongue) -> str:
    """A citation in that tongue, where title and place are written as the registry writes them; else as it is.

    The other text must be found to mean the same place, and must lead back.
    """
    place = registry.split_citation(text)
    if not isinstance(place, CitedPlace):
        return text
    for heads in _heads(place, text, to.other):
        if text == _cited(heads, place, to.other):
            said = _cited(heads, place, to)
            return said if registry.split_citation(said) == place else text
    return text


def _heads(place: CitedPlace, text: str, written: Tongue) -> Iterator[Both]:
    """The ways to name the instrument: its title in both tongues, else whatever stands before the clause, in either."""
    edition = place.edition
    if edition.title.zh and edition.title.en and not edition.known_by_reference:
        yield edition.title
    tail = f" {place.clause.say(written)}" if place.clause is not None else ""
    if tail and text.endswith(tail):
        yield Both(text.removesuffix(tail), text.removesuffix(tail))


def _cited(head: Both, place: CitedPlace, tongue: Tongue) -> str:
    clause = f" {place.clause.say(tongue)}" if place.clause is not None else ""
    return f"{head.say(tongue)}{clause}"
