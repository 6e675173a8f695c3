"""Syntax trees become one checked model: the order of the checks, and nothing else."""

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import Judged, Parameter, Profile, Table, Term
from guiju.dsl.model.check_memo import CheckMemo
from guiju.dsl.model.checks.check_citations import Citations
from guiju.dsl.model.checks.check_definitions import Definitions, cites_of
from guiju.dsl.model.checks.check_parts import check_parts
from guiju.dsl.model.checks.check_profiles import Profiles
from guiju.dsl.model.checks.check_rules import Rules, line_of
from guiju.dsl.model.checks.check_spellings import check_spellings
from guiju.dsl.model.checks.check_versions import check_versions
from guiju.dsl.model.checks.collect import collect
from guiju.dsl.model.checks.lints import check_lints
from guiju.dsl.model.expressions.check_types import Checker
from guiju.dsl.model.implicit_rules import implicit_rules
from guiju.dsl.model.link_rules import link_rules
from guiju.dsl.model.messages.check_display_names import check_display_names
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.declared import Collected
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax.tree import Decl, SyntaxFile
from guiju.standards.registry import Registry
from guiju.terms.shape import Shape
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, Type

__all__ = ["check"]


def check(
    files: tuple[SyntaxFile, ...], sources: tuple[Source, ...], registry: Registry, *, memo: CheckMemo | None = None
) -> tuple[CheckedModel, tuple[Diagnostic, ...]]:
    """The model of everything without a fault, and all faults, in the order of files and places.

    With `memo`, rules that are as they were when it was handed in last are not checked again.
    """
    memo = CheckMemo() if memo is None else memo
    memo.begin(files, sources, registry.digest)
    found = DiagnosticSink()
    for file in files:
        for decl in file.decls:
            check_parts(decl, found)
    check_spellings(files, found)
    made = collect(files, found)
    citations = Citations(registry, found)
    _cite_vocabulary(made, citations)
    definitions = Definitions(made, citations, found)
    checker = Checker(made.names, found, definitions.term, definitions.table)
    parameters = definitions.parameters(checker)
    definitions.name_terms()
    terms = tuple(term for id, _, _ in made.waiting.get("term", []) if (term := checker.term(id)) is not None)
    tables = tuple(table for id, _, _ in made.waiting.get("table", []) if (table := checker.table(id)) is not None)
    _report_circles(made, checker, found)
    lines = {source.name: source.lines for source in sources}
    texts = {source.name: source.text for source in sources}
    rules = Rules(made, checker, citations, found, lines, texts)

    def checked(id: str, name: Both, decl: Decl) -> CheckedRule | None:
        key = ("rule", decl.span, decl.docs, texts.get(decl.span.file, "")[decl.span.start : decl.span.end], _line(lines, decl))
        return memo.step(key, made.names, found, lambda: rules.rule(id, name, decl))

    written = tuple(rule for id, name, decl in made.waiting.get("rule", []) if (rule := checked(id, name, decl)) is not None)
    judged = tuple(one for id, name, decl in made.waiting.get("judged", []) if (one := rules.judged(id, name, decl)) is not None)
    subjects = frozenset(one.rule.subject.shape for one in written)
    implied = implicit_rules(made, _roots(made.shapes) | subjects, citations, found, lines)
    linked = link_rules(written, found)
    check_versions(linked, found)
    profiles = Profiles(made, (*linked, *implied), terms, registry, found, lines).all()
    model = _model(made, parameters, terms, tables, (*linked, *implied), judged, profiles)
    check_lints(model, made.names, found, memo)
    check_display_names(files, found)
    order = {file.name: at for at, file in enumerate(files)}
    return model, tuple(sorted(found.all, key=lambda one: (order.get(one.span.file, -1), one.span.start, one.span.end)))


def _cite_vocabulary(made: Collected, citations: Citations) -> None:
    """What code lists, shapes, readings and frameworks cite."""
    for kind in ("codelist", "shape", "register", "reading", "framework"):
        for _, _, decl in made.waiting.get(kind, []):
            citations.cite_all(cites_of(decl), Interval())
            citations.collected(decl)


def _model(
    made: Collected,
    parameters: tuple[Parameter, ...],
    terms: tuple[Term, ...],
    tables: tuple[Table, ...],
    rules: tuple[CheckedRule, ...],
    judged: tuple[Judged, ...],
    profiles: tuple[Profile, ...],
) -> CheckedModel:
    return CheckedModel(
        modules=tuple(made.modules),
        shapes=tuple(made.shapes),
        codes=tuple(made.codes),
        readings=tuple(made.readings),
        parameters=parameters,
        terms=terms,
        tables=tables,
        rules=rules,
        judged=judged,
        frameworks=tuple(made.frameworks),
        profiles=profiles,
        guided=tuple(made.guided),
        declared=tuple(made.declared),
        meant=tuple(made.names.meant.items()),
        refers=tuple(made.names.refers.items()),
    )


def _line(lines: dict[str, tuple[int, ...]], decl: Decl) -> int:
    return line_of(lines, decl.span)[1]


def _report_circles(made: Collected, checker: Checker, found: DiagnosticSink) -> None:
    """Terms and tables that are defined by themselves, or by chains that are too long."""
    for kind in ("term", "table"):
        for id, name, decl in made.waiting.get(kind, []):
            if (kind, id) in checker.circular:
                found.report("N010", decl.keyword_span, name=name)
            elif (kind, id) in checker.too_far:
                found.report("T025", decl.keyword_span)


def _roots(shapes: list[Shape]) -> frozenset[str]:
    """The shapes that no other shape holds: what a submission hands in."""

    def inner(ty: Type) -> str | None:
        match ty:
            case RecordT(shape=shape):
                return shape
            case ListT(element=element):
                return inner(element)
            case _:
                return None

    held = {held for shape in shapes for one in shape.fields if (held := inner(one.type)) is not None}
    return frozenset(one.id for one in shapes if one.id not in held)
