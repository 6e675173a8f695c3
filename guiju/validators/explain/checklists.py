"""What a finding says of a checklist, and of fields that were left blank and have an answer all the same."""

from collections.abc import Iterator

from guiju.dsl.ir.tree import Const, Expr, If, QuantKind, Several
from guiju.dsl.ir.typing import children
from guiju.terms.fact import State
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Truth
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.values import Holds
from guiju.validators.explain.phrases import assumed_read, negated, phrase
from guiju.validators.explain.provenance import ResponsibleTest
from guiju.validators.explain.values import bilingual

__all__ = ["blank_notes", "counted_checklist"]

_NONE = Both("无", "none")


def counted_checklist(test: Several, found: ResponsibleTest, evaluator: Evaluator) -> tuple[Both, Both, tuple[Expr, ...]]:
    """How many hold with those that are not as they would have to be by name, what is required, and those themselves."""
    truths = [_truth_of(one, found, evaluator) for one in test.args]
    met = tuple(one for one, truth in zip(test.args, truths, strict=True) if truth is Truth.T)
    unmet = tuple(one for one, truth in zip(test.args, truths, strict=True) if truth is Truth.F)
    too_many = test.kind in (QuantKind.NO, QuantKind.AT_MOST) or (test.kind is QuantKind.EXACTLY and len(met) > test.count)
    guilty = met if too_many is found.wanted else unmet
    word = Both("成立的", "that hold") if guilty is met else Both("不成立的", "that do not")
    required = bilingual(lambda tongue: phrase(test if found.wanted else negated(test), found.names, tongue))
    named = bilingual(lambda tongue: _listed([phrase(one, found.names, tongue) for one in guilty], tongue))
    n, total = len(met), len(test.args)
    seen = Both(f"{total} 项中 {n} 项成立，{word.zh}：{named.zh}", f"{n} of {total} hold; those {word.en}: {named.en}")
    return seen, required, guilty


def _truth_of(expr: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Truth | None:
    outcome = evaluator.holds(expr, found.scope)
    return outcome.truth if isinstance(outcome, Holds) else None


def _listed(words: list[str], tongue: Tongue) -> str:
    return ("、" if tongue is Tongue.ZH else ", ").join(words) or _NONE.say(tongue)


def blank_notes(expr: Expr, found: ResponsibleTest, evaluator: Evaluator) -> Iterator[Both]:
    """The fields under an expression that were left blank and have an answer all the same."""
    read = assumed_read(expr)
    if read is None:
        for one in children(expr):
            yield from blank_notes(one, found, evaluator)
    elif read.var in found.scope and evaluator.node(read, found.scope).fact.state is State.ABSENT:
        assert isinstance(expr, If) and isinstance(expr.then, Const)
        name = bilingual(lambda tongue: found.names.say_read(read, tongue))
        yes = bool(expr.then.value)
        yield Both(f"{name.zh}未填，视为“{'是' if yes else '否'}”", f"{name.en} was left blank, which means {'yes' if yes else 'no'}")
