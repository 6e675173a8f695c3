"""Two sets of rules beside each other: each rule with what it has become, and what the new set is to the old one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.questions import Setting, ask_rule
from guiju.proofs.relations import Change, Relation, compare_rules, merged_vocabulary, same_meaning
from guiju.proofs.solver import Answer

__all__ = ["SetChange", "compare_sets", "compare_some", "of_all"]


@dataclass(frozen=True, slots=True)
class SetChange:
    """What the set has become, and each rule that is not the same: its kind is changed, new, gone or reworded."""

    relation: Relation
    changes: tuple[tuple[str, Change], ...]
    same: int


def compare_sets(old: Ruleset, new: Ruleset, setting: Setting) -> SetChange:
    """The rules of two sets on one day, by id; rules that mean the same under the same words are only counted."""
    before, after = _in_force(old, setting), _in_force(new, setting)
    same_words = old.vocabulary == new.vocabulary and old.parameters == new.parameters
    found: list[tuple[str, Change]] = []
    same = 0
    for id in sorted(before.keys() | after.keys()):
        one, other = before.get(id), after.get(id)
        if one is None:
            assert other is not None
            found.append(("new", _alone(other, replace(setting, ruleset=new), Relation.STRICTER)))
        elif other is None:
            found.append(("gone", _alone(one, replace(setting, ruleset=old), Relation.LOOSER)))
        elif _without_place(one) == _without_place(other) and same_words:
            same += 1
        elif same_meaning(one, other) and same_words:
            found.append(("reworded", Change(id, Relation.EQUAL)))
        else:
            change = compare_rules(one, other, old, new, _wide(setting, old, new))
            if change.relation is Relation.EQUAL and same_meaning(one, other):
                same += 1
            else:
                found.append(("changed", change))
    return SetChange(of_all(change.relation for _, change in found), tuple(found), same)


def _without_place(rule: Rule) -> Rule:
    return replace(rule, source=("", 0))


def compare_some(ids: Iterable[str], old: Ruleset, new: Ruleset, setting: Setting) -> dict[str, str]:
    """What the proof says of some rules, by id; of a rule that one side alone has, which side it is."""
    before, after = _in_force(old, setting), _in_force(new, setting)
    found: dict[str, str] = {}
    for id in sorted(ids):
        if id not in before or id not in after:
            found[id] = "new" if id not in before else "gone"
        else:
            found[id] = compare_rules(before[id], after[id], old, new, _wide(setting, old, new)).relation.value
    return found


def _wide(setting: Setting, old: Ruleset, new: Ruleset) -> Setting:
    return replace(setting, ruleset=replace(new, vocabulary=merged_vocabulary(old.vocabulary, new.vocabulary)))


def _in_force(ruleset: Ruleset, setting: Setting) -> dict[str, Rule]:
    """By id the version of the day, else the one that comes nearest."""
    day = setting.as_of
    found: dict[str, Rule] = {}
    for rule in ruleset.rules:
        on = (rule.start is None or rule.start <= day) and (rule.end is None or day <= rule.end)
        if on or rule.id not in found:
            found[rule.id] = rule
    return found


def _alone(rule: Rule, setting: Setting, relation: Relation) -> Change:
    """A rule that only one side has: it matters where it can fail, or leave something open."""
    answers = ask_rule(rule, setting)
    if answers.sampled:
        return Change(rule.id, Relation.SAMPLED, why=answers.sampled)
    asked = [one for one in (answers.answer("fail"), answers.answer("undetermined")) if one is not None]
    shown = next((one.witness for one in asked if one.witness is not None), None)
    if shown is None:
        unknown = any(one.answer is Answer.UNKNOWN for one in asked)
        return Change(rule.id, Relation.UNKNOWN if unknown else Relation.EQUAL)
    worse = relation is Relation.STRICTER
    return Change(rule.id, relation, worse=shown if worse else None, better=None if worse else shown)


def of_all(relations: Iterable[Relation]) -> Relation:
    """What the whole is, where its parts are so."""
    seen = {one for one in relations if one is not Relation.EQUAL}
    if not seen:
        return Relation.EQUAL
    if Relation.UNKNOWN in seen or Relation.SAMPLED in seen:
        return Relation.UNKNOWN if not {Relation.STRICTER, Relation.LOOSER} <= seen else Relation.INCOMPARABLE
    if seen == {Relation.REASONED}:
        return Relation.REASONED
    seen -= {Relation.REASONED}
    return next(iter(seen)) if len(seen) == 1 else Relation.INCOMPARABLE
