"""Whether a rule's own sentence tells what the rule reads, alike in both tongues, and whether a rule is asked to have one."""

from collections.abc import Iterable, Iterator

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, sources_of
from guiju.dsl.model.messages.placeholders import placeholders
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both, Tongue

__all__ = ["check_sentences", "why_asked"]

_MOST_THINGS = 2
_WHY = {
    "pattern": Both("要对样式", "tests a pattern"),
    "table": Both("要查表", "looks up a table"),
    "nested": Both("在清单里又查清单", "looks through a list within a list"),
    "many": Both("要看的事多于两件", "tests more than two things"),
}
# A field by which a subject is named may always be told, and one that says what took its place.
_NAMES = frozenset({"name", "title", "label", "code", "id", "number", "task", "fact", "replaced_by"})


def check_sentences(model: CheckedModel, rules: Iterable[CheckedRule], found: DiagnosticSink) -> None:
    """Hints and warnings on 提示: what it tells that the rule does not read, what one tongue tells alone, and where it is wanting."""
    terms = {one.id: one for one in model.terms}
    for one in rules:
        parts = [part for part in one.decl.parts if isinstance(part, syn.FreeText) and part.kind == "says"]
        if parts:
            _fills(model, one, parts, terms, found)
        elif one.rule.status != "draft" and (why := why_asked(one.rule, terms)) is not None:
            found.report("H052", one.decl.keyword_span, name=one.rule.name, what=_WHY[why])


def _fills(model: CheckedModel, one: CheckedRule, parts: list[syn.FreeText], terms: dict[str, ir.Term], found: DiagnosticSink) -> None:
    known = dict(one.rule.fills)
    read = {step for root in _roots(one.rule) for node in _below(root, terms) for step in _steps(node)}
    told: dict[Tongue, set[ir.Expr]] = {part.tongue: set() for part in parts}
    for part in parts:
        for hole in placeholders(part):
            expr = known.get(hole.written)
            if expr is None:
                continue
            told[part.tongue].add(expr)
            idle = [step for node in _below(expr, terms) for step in _steps(node) if step not in read | _NAMES and not _is_key(model, step)]
            if idle:
                found.report("H050", hole.span, written=hole.written, field=_field_name(model, idle[0]))
    if len(told) == len(Tongue) and told[Tongue.ZH] != told[Tongue.EN]:
        odd = told[Tongue.ZH] ^ told[Tongue.EN]
        written = ", ".join(text for text, expr in one.rule.fills if expr in odd)
        found.report("H051", parts[0].text_span, written=written)


def why_asked(rule: ir.Rule, terms: dict[str, ir.Term]) -> str | None:
    """Why the sentence made of a rule would read badly; None where it reads well."""
    requirement = rule.requirement
    nodes = list(_below(requirement, terms))
    if any(isinstance(one, ir.Match) and one.words is None for one in nodes):
        return "pattern"
    if any(isinstance(one, ir.TableUse) for one in nodes):
        return "table"
    if any(isinstance(one, ir.Quant) and any(isinstance(inner, ir.Quant) for inner in _below(one.body, terms)) for one in nodes):
        return "nested"
    # Fields that must be stated are told in one breath, however many they are.
    things = [one for one in _leaves(requirement) if not isinstance(one, ir.Is)]
    return "many" if len(things) > _MOST_THINGS else None


def _leaves(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The tests that the reader of a rule must keep in mind; a term is one, whatever it stands for."""
    match expr:
        case ir.And() | ir.Or() | ir.Not() | ir.If():
            for one in children(expr):
                yield from _leaves(one)
        case ir.Quant():
            yield from _leaves(expr.body)
        case _:
            yield expr


def _roots(rule: ir.Rule) -> Iterator[ir.Expr]:
    yield from (one for one in (rule.applies, rule.requirement) if one is not None)
    yield from (part for one in rule.exceptions for part in (one.when, one.instead) if part is not None)


def _below(expr: ir.Expr, terms: dict[str, ir.Term]) -> Iterator[ir.Expr]:
    yield expr
    for one in children(expr):
        yield from _below(one, terms)
    if isinstance(expr, ir.TermUse) and expr.term in terms:
        yield from _below(terms[expr.term].body, terms)


def _steps(node: ir.Expr) -> Iterator[str]:
    if isinstance(node, ir.Read):
        yield from node.path
    for source in sources_of(node):
        if isinstance(source, ir.Each):
            yield from source.path


def _is_key(model: CheckedModel, step: str) -> bool:
    return any(shape.key is not None and shape.key.id == step for shape in model.shapes)


def _field_name(model: CheckedModel, step: str) -> Both:
    shapes: tuple[Shape, ...] = model.shapes
    return next((field.name for shape in shapes if (field := shape.field(step)) is not None), Both(step, step))
