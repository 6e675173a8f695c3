"""Compile: source texts to a sealed ruleset, by parsing, checking, lowering and sealing in a row. It knows no files."""

import hashlib

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.check_degrees import check_degrees
from guiju.dsl.ir.passes import run_passes
from guiju.dsl.model.check_memo import CheckMemo
from guiju.dsl.model.checks.check_lost import assert_none_lost
from guiju.dsl.model.from_syntax import check
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.model.profile_rules import question_rules
from guiju.dsl.ruleset import LANGUAGE_VERSION, Ruleset, TermDoc, seal
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.tree import SyntaxFile
from guiju.standards.registry import Registry

__all__ = ["Memo", "compile_model", "compile_rules"]

Memo = dict[tuple[str, str], tuple[SyntaxFile, tuple[Diagnostic, ...]]]
"""Parsed files by (name, sha256 of the text); kept by a caller who compiles again and again."""


def _sha256(source: Source) -> str:
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def compile_model(
    sources: tuple[Source, ...], registry: Registry, *, memo: Memo | None = None, checked: CheckMemo | None = None
) -> tuple[CheckedModel, tuple[SyntaxFile, ...], tuple[Diagnostic, ...]]:
    """The checked model of everything without a fault, the syntax trees, and all faults of all files.

    With `checked` only those rules are checked that are not as they were when it was handed in last.
    """
    known: Memo = {} if memo is None else memo
    files: list[SyntaxFile] = []
    faults: list[Diagnostic] = []
    for source in sources:
        key = (source.name, _sha256(source))
        if key not in known:
            known[key] = parse(source)
        file, found = known[key]
        files.append(file)
        faults += found
    model, found = check(tuple(files), sources, registry, memo=checked)
    found = (*found, *check_degrees(model, checked))
    if not any(one.level is Level.ERROR for one in (*faults, *found)):
        assert_none_lost(tuple(files), model)
    order = {source.name: at for at, source in enumerate(sources)}
    kept = _not_caused(found, tuple(faults), tuple(files), sources)
    everything = sorted((*faults, *kept), key=lambda one: (order.get(one.span.file, -1), one.span.start, one.span.end))
    return model, tuple(files), tuple(everything)


# What is missing only because the line that held it could not be read.
_OF_A_MISSING_PART = frozenset({"T019", "C007"})
# Faults of a line whose keyword was not understood: any part may have stood there.
_LOSE_A_PART = frozenset({"S042", "S044", "S001", "S002", "S003", "S018", "S019", "S023", "S030", "S031"})


def _not_caused(
    found: tuple[Diagnostic, ...], faults: tuple[Diagnostic, ...], files: tuple[SyntaxFile, ...], sources: tuple[Source, ...]
) -> tuple[Diagnostic, ...]:
    """What was found, without what a wording error on the same line, or in the same declaration, already explains."""
    by_name = {source.name: source for source in sources}
    found = _without_echoes(found, by_name)
    errors = [one.span for one in faults if one.level is Level.ERROR]
    if not errors:
        return found
    lines = {(span.file, by_name[span.file].line_column(span.start)[0]) for span in errors}
    lost = [one.span for one in faults if one.level is Level.ERROR and one.code in _LOSE_A_PART]
    broken = [decl.span for file in files for decl in file.decls if any(decl.span.contains(span) for span in lost)]
    return tuple(
        one
        for one in found
        if (one.span.file, by_name[one.span.file].line_column(one.span.start)[0]) not in lines
        and not (one.code in _OF_A_MISSING_PART and any(span.contains(one.span) for span in broken))
    )


# Habits that only say in other words what an error on the same line says.
_ECHOES = frozenset({"H077", "H078"})


def _without_echoes(found: tuple[Diagnostic, ...], sources: dict[str, Source]) -> tuple[Diagnostic, ...]:
    def line(one: Diagnostic) -> tuple[str, int]:
        return one.span.file, sources[one.span.file].line_column(one.span.start)[0]

    if not any(one.code in _ECHOES for one in found):
        return found
    wrong = {line(one) for one in found if one.level is Level.ERROR}
    return tuple(one for one in found if one.code not in _ECHOES or line(one) not in wrong)


def compile_rules(
    sources: tuple[Source, ...], registry: Registry, *, memo: Memo | None = None
) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """The sealed ruleset, None when there are errors, and all diagnostics in the order of the texts."""
    model, _, found = compile_model(sources, registry, memo=memo)
    if any(one.level is Level.ERROR for one in found):
        return None, found
    shapes = {one.id: one for one in model.shapes}
    asked = tuple(rule for profile in model.profiles for rule in question_rules(profile, shapes))
    rules = run_passes((*(one.rule for one in model.rules), *asked), model.terms, model.tables, model.parameters)
    ruleset = Ruleset(
        rules=rules,
        judged=model.judged,
        parameters=model.parameters,
        vocabulary=model.vocabulary,
        frameworks=model.frameworks,
        profiles=model.profiles,
        terms=tuple(TermDoc(id=one.id, name=one.name, doc=one.doc, citations=one.citations) for one in model.terms),
        language_version=LANGUAGE_VERSION,
        registry_date=registry.as_of,
        registry_digest=registry.digest,
        sources=tuple((source.name, _sha256(source)) for source in sources),
    )
    return seal(ruleset), found
