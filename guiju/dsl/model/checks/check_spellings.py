"""One spelling, one meaning: none leads to two codes of a list, two fields of a shape or two shapes; look-alikes are warned of."""

import unicodedata
from collections.abc import Iterable, Iterator

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.syntax import tree as syn
from guiju.terms.tongue import Both

__all__ = ["check_spellings"]

# Letters of other scripts that look like Latin ones (Unicode TS 39), lower and upper case.
_LOOK = str.maketrans(
    "аеорсухіјѕһԁԛԝьАВЕКМНОРСТУХІЈЅԌαορνικυτΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıℓ",
    "aeopcyxijshdqwbABEKMHOPCTYXIJSGaopvikutABEZHIKMNOPTYXgil",
)
Spelled = tuple[str, str, Span, bool, bool]
"""Whose it is, the spelling, where it stands, whether letter case counts in it, and whether it is a name of which N002 speaks."""


def check_spellings(files: tuple[syn.SyntaxFile, ...], found: DiagnosticSink) -> None:
    """Complain of spellings with two meanings (N026) and warn of letters of another script in names (H020)."""
    shapes: list[Spelled] = []
    for decl in (decl for file in files for decl in file.decls):
        _refuse_twins(_of_codes(decl), found)
        _refuse_twins(_of_fields(decl), found)
        shapes += _of_shape(decl)
        for name in _names(decl):
            _warn(name, found)
    _refuse_twins(shapes, found)


def _of_codes(decl: syn.Decl) -> Iterator[Spelled]:
    labels_only = any(isinstance(part, syn.WordPart) and part.kind == "labels_only" for part in decl.parts)
    for part in decl.parts:
        if isinstance(part, syn.CodeLine):
            if not labels_only:
                yield part.code, part.code, part.code_span, True, False
            for name in (part.zh, part.en):
                yield part.code, name.text, name.span, False, False
            yield from ((part.code, alias, part.span, False, False) for alias in part.aliases)


def _of_fields(decl: syn.Decl) -> Iterator[Spelled]:
    for part in decl.parts:
        if isinstance(part, syn.FieldLine):
            whose = fold_name(part.en.text or part.zh.text)
            yield from ((whose, name.text, name.span, False, True) for name in (part.zh, part.en))
            yield from ((whose, word, flag.span, False, False) for flag in part.flags if flag.kind == "alias" for word in flag.words)


def _of_shape(decl: syn.Decl) -> Iterator[Spelled]:
    if decl.kind not in ("shape", "register"):
        return
    names = [one for one in (decl.head.zh, decl.head.en) if one is not None]
    whose = fold_name(names[-1].text) if names else ""
    yield from ((whose, name.text, name.span, False, True) for name in names)
    for part in decl.parts:
        if isinstance(part, syn.WordPart) and part.kind == "aliases":
            yield from ((whose, word, span, False, False) for word, span in zip(part.words, part.word_spans, strict=True))


def _refuse_twins(spelled: Iterable[Spelled], found: DiagnosticSink) -> None:
    first: dict[str, tuple[str, Span, str | None]] = {}
    for whose, text, span, exact, named in spelled:
        folded = fold_name(text) if exact else fold_name(text).casefold()
        if not folded:
            continue
        # What is declared twice under one name is told as that (N002): one mistake, one message.
        name = fold_name(text) if named else None
        known = first.setdefault(folded, (whose, span, name))
        if known[0] != whose and (name is None or name != known[2]):
            label = Label(known[1], Both("先在这里", "first here"))
            found.report("N026", span, name=text, first=known[0], second=whose, labels=(label,))


def _names(decl: syn.Decl) -> Iterator[syn.Name]:
    yield from (one for one in (decl.head.zh, decl.head.en) if one is not None)
    for part in decl.parts:
        if isinstance(part, syn.FieldLine | syn.CodeLine):
            yield from (part.zh, part.en)


def _warn(name: syn.Name, found: DiagnosticSink) -> None:
    """A name that looks as if it were in plain letters and is not; one that is wholly in another script is left alone."""
    folded = fold_name(name.text)
    plain = folded.translate(_LOOK)
    if plain == folded or not plain.isascii():
        return
    odd = next(one for one, other in zip(folded, plain, strict=True) if one != other)
    found.report("H020", name.span, name=name.text, letter=f"U+{ord(odd):04X} {unicodedata.name(odd, '')}".strip(), plain=plain)
