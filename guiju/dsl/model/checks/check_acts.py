"""行为日: on which day the act falls that a rule judges, from when on the rule binds it, and what 过渡 and 溯及 make of earlier ones.

The law that binds an act is that of the act's own day. Everything becomes conditions on that day, which every engine knows.
"""

from dataclasses import dataclass, replace
from datetime import date

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.checks.check_citations import Cited
from guiju.dsl.model.expressions.check_types import Checker
from guiju.dsl.model.names.context import Scope
from guiju.dsl.model.names.declared import said
from guiju.dsl.syntax import tree as syn
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, DateT

__all__ = ["ALWAYS", "FirstDays", "act_of", "first_days"]

_DATE = DateT()
ALWAYS = ir.Truthy(ir.Const(True, BoolT()))
"""The condition of a transition that is for all earlier acts."""


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The first day on which a rule is in force, and the day on which what it cites was published; None where not known.

    Without a day of its own it begins with the last of the instruments that it cites, for on its first day all must be in force.
    """

    in_force: date | None
    published: date | None


def first_days(cited: tuple[Cited, ...], interval: Interval) -> FirstDays:
    """The days of a rule with these citations and its own interval."""
    begun = [one.edition.in_force or one.edition.issued for one in cited]
    issued = [one.edition.issued for one in cited]
    known = interval.start or (max(day for day in begun if day is not None) if begun and None not in begun else None)
    published = max(day for day in issued if day is not None) if issued and None not in issued else None
    return FirstDays(known, published)


def act_of(
    checker: Checker,
    decl: syn.Decl,
    scope: Scope,
    days: FirstDays,
    end: date | None,
    exceptions: tuple[ir.Exception_ | None, ...],
) -> tuple[ir.Act | None, tuple[ir.Exception_ | None, ...]]:
    """The act of a rule, and its exceptions, of which the transitions now hold of earlier acts only. What is wrong has been said."""
    named = _days(checker, decl, scope)
    looks_back = said(decl, "looks_back")
    written = [part for part in decl.parts if isinstance(part, syn.Except) and part.kind == "transition"]
    first = days.in_force
    for part in written:
        if not any(isinstance(one, syn.PathsPart) for one in decl.parts) or first is None:
            checker.found.report("T073", part.span, help=_TRANSITION_HELP)
        elif looks_back is not None:
            other = next(text for text in decl.parts if isinstance(text, syn.FreeText) and text.kind == "looks_back")
            checker.found.report("T074", part.span, labels=(Label(other.span, Both("这里说溯及", "it looks back, as is said here")),))
    if not named:
        return (ir.Act(days=(), within=None, looks_back=looks_back) if looks_back is not None else None), exceptions
    if first is None:
        if looks_back is None and any(isinstance(part, syn.Cite) for part in decl.parts):
            day = next(one for one in decl.parts if isinstance(one, syn.PathsPart))
            checker.found.report("C020", day.span, help=_FIRST_HELP)
        return ir.Act(days=named, within=_until(named, end), looks_back=looks_back, published=days.published), exceptions
    earlier = tuple(ir.Compare("<", day, ir.Const(first, _DATE)) for day in named)
    settled = tuple(_earlier_only(one, earlier) if one is not None and one.transition else one for one in exceptions)
    bound = [ir.Compare("≥", day, ir.Const(first, _DATE)) for day in named] if looks_back is None else []
    provided = [one.when for one in settled if one is not None and one.transition] if bound else []
    within = _joined(ir.And, [*([_joined(ir.Or, [*bound, *provided])] if bound else []), *_parts(_until(named, end))])
    return ir.Act(days=named, within=within, looks_back=looks_back, published=days.published), settled


def _days(checker: Checker, decl: syn.Decl, scope: Scope) -> tuple[ir.Expr, ...]:
    """The days that the rule names, each a date of its subject."""
    found: list[ir.Expr] = []
    for part in decl.parts:
        for path in part.paths if isinstance(part, syn.PathsPart) else ():
            day = checker.operand(path, scope)
            if day is None:
                continue
            if type_of(day) != _DATE or not isinstance(day, ir.Read | ir.TermUse):
                name = ".".join(name.text for name in path.names)
                checker.found.report("T070", path.span, name=name, found=checker.words(type_of(day)), help=_DAY_HELP)
                continue
            found.append(day)
    return tuple(dict.fromkeys(found))


def _earlier_only(one: ir.Exception_, earlier: tuple[ir.Expr, ...]) -> ir.Exception_:
    own = () if one.when == ALWAYS else (one.when,)
    return replace(one, when=_joined(ir.And, [*earlier, *own]) or one.when)


def _until(days: tuple[ir.Expr, ...], end: date | None) -> ir.Expr | None:
    return _joined(ir.And, [ir.Compare("≤", day, ir.Const(end, _DATE)) for day in days]) if end is not None else None


def _parts(expr: ir.Expr | None) -> tuple[ir.Expr, ...]:
    return () if expr is None else expr.args if isinstance(expr, ir.And) else (expr,)


def _joined(kind: type[ir.And | ir.Or], parts: "list[ir.Expr | None]") -> ir.Expr | None:
    args = tuple(one for one in parts if one is not None)
    return kind(args) if len(args) > 1 else args[0] if args else None


_DAY_HELP = Both("行为日是对象的日期字段，例如 交付日期", "the day of an act is a date of the subject, such as `delivered`")
_FIRST_HELP = Both("写上“自 …”，从哪一天起管这种行为", "write `from …`: the day from which on it binds such acts")
_TRANSITION_HELP = Both(
    "先写“行为日 …”；施行日取自“自 …”或所引文件", "write `act_day …` first; the first day is that of `from …` or of what is cited"
)
