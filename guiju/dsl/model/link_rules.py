"""受 R 限制 and 不受 R 限制 become one edge: the rule that yields knows the ids of the rules that it yields to."""

from dataclasses import replace

from guiju.diagnostics.suggest import nearest
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.model.names.tree import CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.tongue import Both

__all__ = ["link_rules"]


def link_rules(rules: tuple[CheckedRule, ...], found: DiagnosticSink) -> tuple[CheckedRule, ...]:
    """The rules with their edges; rules that yield in a circle are complained of and left without the edge that closes it."""
    by_name: dict[str, dict[str, None]] = {}
    for one in rules:
        for spelled in {one.rule.id, one.rule.id.rpartition(".")[2], fold_name(one.rule.name.zh), fold_name(one.rule.name.en)}:
            by_name.setdefault(spelled, {})[one.rule.id] = None
    edges: dict[str, list[str]] = {}
    for one in rules:
        for part in one.decl.parts:
            if not isinstance(part, syn.Except) or part.kind in ("except", "transition") or part.label is None or not part.label.text:
                continue
            others = by_name.get(fold_name(part.label.text))
            if others is None:
                near = nearest(part.label.text, by_name)
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                found.report("N012", part.label.span, name=part.label.text, help=help)
                continue
            for other in others:
                low, high = (one.rule.id, other) if part.kind == "subject_to" else (other, one.rule.id)
                if low == high or _reaches(edges, high, low):
                    found.report("N019", part.label.span, name=one.rule.name)
                elif high not in edges.setdefault(low, []):
                    edges[low].append(high)
    return tuple(_yielding(one, tuple(sorted(edges.get(one.rule.id, ())))) for one in rules)


def _yielding(one: CheckedRule, to: tuple[str, ...]) -> CheckedRule:
    return one if one.rule.yields_to == to else replace(one, rule=replace(one.rule, yields_to=to))


def _reaches(edges: dict[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            waiting += edges.get(at, [])
    return False
