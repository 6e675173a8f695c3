"""What a rule asks, in sentences short enough to read; and the author's own sentence with its placeholders filled."""

import re

from guiju.dsl.ir.tree import And, Expr, Match, Or, Rule
from guiju.dsl.ir.typing import children
from guiju.terms.tongue import Both, Tongue
from guiju.validators.engines.interpreter.expr import Evaluator
from guiju.validators.engines.interpreter.values import Has
from guiju.validators.explain.phrases import phrase
from guiju.validators.explain.values import bilingual, say_value
from guiju.validators.explain.wording.names import Names
from guiju.validators.explain.wording.parts import type_of, unit_hint, without_presence

__all__ = ["LONGEST", "authors_sentence", "in_sentences", "longest_sentence", "required_words"]

LONGEST = {Tongue.ZH: 80, Tongue.EN: 160}
"""No sentence that is made of a rule is longer."""

_ZH = Tongue.ZH
_EASY = {Tongue.ZH: 40, Tongue.EN: 90}
_END = {Tongue.ZH: re.compile(r"[。；？！\n]"), Tongue.EN: re.compile(r"(?:[.;?!](?=\s|$))|\n")}
_UNITS = Both("金额和数量按所写的单位是通常的大小", "amounts and quantities are of a usual size in the unit in which they are written")
_BRACES = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_UNKNOWN = Both("未提供", "not given")


def longest_sentence(text: str, tongue: Tongue) -> int:
    """How many characters the longest sentence has."""
    return max(len(one.strip()) for one in _END[tongue].split(text))


def required_words(rule: Rule, names: Names, requirement: Expr | None = None) -> Both:
    """The requirement with the force with which the rule states it; of one that nobody could read, its name."""
    force = rule.force.words
    if rule.implicit and rule.id.endswith(".units"):
        # It is a disjunction over every amount of the shape, which nobody could read.
        return Both(f"{force.zh}：{_UNITS.zh}", f"{force.en}: {_UNITS.en}")
    return bilingual(lambda tongue: _asked(rule, requirement or rule.requirement, names, tongue))


def in_sentences(expr: Expr, names: Names, tongue: Tongue) -> str:
    """A condition in words; of a long conjunction its parts, each a sentence."""
    expr = without_presence(expr)
    said = phrase(expr, names, tongue)
    parts = _in_parts(expr, names, tongue, forbids=False) if len(said) > _EASY[tongue] else None
    if parts is not None:
        return parts.removeprefix("：").removeprefix(": ")
    return said if len(said) <= LONGEST[tongue] - _EASY[tongue] else said.replace("，", "；").replace(", ", "; ")


def _asked(rule: Rule, expr: Expr, names: Names, tongue: Tongue) -> str:
    zh = tongue is _ZH
    force, mark = rule.force.words.say(tongue), "：" if zh else ": "
    if not _is_told_apart(expr, names):
        said = phrase(expr, names, tongue)
        if len(said) <= _EASY[tongue]:
            return force + mark + said
        parts = _in_parts(expr, names, tongue, forbids=rule.force.forbids)
        for whole in (*([force + parts] if parts is not None else []), force + mark + said):
            if longest_sentence(whole, tongue) <= LONGEST[tongue]:
                return whole
    # What it asks is in its name, as its author put it; the words of the rule are one question away.
    name = rule.name.shown.say(tongue)
    return name[:1].upper() + name[1:]


def _is_told_apart(expr: Expr, names: Names) -> bool:
    """Whether a pattern that has no name decides: what it asks cannot be said without it."""
    if expr in names.defined:
        return False
    return (isinstance(expr, Match) and expr.words is None) or any(_is_told_apart(one, names) for one in children(expr))


def _in_parts(expr: Expr, names: Names, tongue: Tongue, *, forbids: bool) -> str | None:
    """（1）…；（2）…: several things are told one by one; what is not joined has no parts."""
    if not isinstance(expr, And | Or) or expr in names.defined:
        return None
    zh = tongue is _ZH
    head = {
        (True, False): Both("：", ": "),
        (True, True): Both("同时有：", " at once: "),
        (False, False): Both("做到下列之一：", " one of these: "),
        (False, True): Both("有下列之一：", " any of these: "),
    }[isinstance(expr, And), forbids].say(tongue)
    said = [phrase(one, names, tongue) for one in expr.args]
    numbered = [f"（{at}）{one}" if zh else f"({at}) {one}" for at, one in enumerate(said, start=1)]
    return head + ("；" if zh else "; ").join(numbered)


def authors_sentence(rule: Rule, names: Names, evaluator: Evaluator) -> Both | None:
    """The author's sentence about this subject; None where the rule has none."""
    says = rule.says
    if says is None or ("{" not in says.zh and "{" not in says.en):
        return says
    fills = dict(rule.fills)

    def told(text: str, tongue: Tongue) -> str:
        return _BRACES.sub(lambda hole: _filled(hole.group(), fills, names, evaluator, tongue), text)

    return Both(told(says.zh, Tongue.ZH), told(says.en, Tongue.EN))


def _filled(written: str, fills: dict[str, Expr], names: Names, evaluator: Evaluator, tongue: Tongue) -> str:
    """The value of a placeholder; a brace that is none was written twice."""
    expr = fills.get(written)
    return written[:1] if expr is None else _value(expr, names, evaluator, tongue)


def _value(expr: Expr, names: Names, evaluator: Evaluator, tongue: Tongue) -> str:
    """A value as it stands in a sentence of somebody else: without quotation marks, which are the author's."""
    found = evaluator.operand(expr, evaluator.scope)
    if not isinstance(found, Has):
        return _UNKNOWN.say(tongue)
    said = say_value(found.value, type_of(expr), evaluator.world.plan.vocabulary, tongue, unit_hint(names, expr))
    return said.strip("“”") if tongue is _ZH else said.strip('"')
