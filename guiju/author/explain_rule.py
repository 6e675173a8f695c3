"""A rule on one page: its clause, its reason, its words and text, its cases, the way to mend a breach, its parameters and versions.

It tells what the rule says and rests on; whether a subject keeps it is the business of a check.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guiju.author.article import Article, Block, Code, Items, Prose, Section
from guiju.author.lookup import Versions
from guiju.author.words import W, sure
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.model.names.type_words import words_of
from guiju.dsl.ruleset import Ruleset
from guiju.dsl.syntax.tokens import WORDS, spell
from guiju.standards.load_tables import load_calendar
from guiju.standards.registry import Registry
from guiju.terms.clause_text import clause_from_key
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import ListT, RecordT
from guiju.validators.engines.compiled.codegen.print import print_plan as print_code
from guiju.validators.explain.phrases import Names, phrase
from guiju.validators.explain.values import say_value
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.print import print_plan
from guiju.validators.plan.tree import Plan, Planned
from guiju.validators.testing.cases import CaseResult

__all__ = ["Ground", "citations", "judged_article", "names_in", "parameter_lines", "rule_article", "rule_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every page rests on: the rules, the registry, the day, the tongue."""

    ruleset: Ruleset
    registry: Registry
    on: date
    tongue: Tongue

    def say(self, words: Both, **values: str) -> str:
        """Words in the tongue of the page, with values in their places."""
        return words.say(self.tongue).format(**values) if values else words.say(self.tongue)


def rule_article(versions: Versions, examples: tuple[CaseResult, ...], cases_text: str, ground: Ground, *, with_plan: bool) -> Article:
    """The page of a rule; `cases_text` is the text of its cases as written."""
    rule = _version_on(versions, ground.on)
    say = ground.say
    sections = [
        Section(say(W.CLAUSE), citations(rule.citations, ground)),
        Section(say(W.IN_WORDS), (Prose(_in_words(_on_the_day(rule, ground), ground)),)),
        Section(say(W.WHY), _prose(rule.why, ground)),
        Section(say(W.TEXT), (Prose(say(W.IMPLICIT)),) if rule.implicit else (Code(rule.text, "gj"),)),
        Section(say(W.EXAMPLES), _examples(rule, examples, cases_text, ground)),
        Section(say(W.FIX), (*_prose(rule.fix, ground), *_prose(rule.says, ground))),
        Section(say(W.FACTS), (Items(tuple(_facts(rule, ground))),)),
        Section(say(W.PARAMETERS), _parameters(rule, ground)),
        Section(say(W.HISTORY), _history(versions, ground)),
        *_costs(rule, ground, with_plan=with_plan),
    ]
    doc = (Prose(rule.doc),) if rule.doc else ()
    return Article(rule_name(rule.name, rule.id, ground.tongue), doc, tuple(sections))


def judged_article(judged: ir.Judged, ground: Ground) -> Article:
    """The page of a provision that people judge."""
    say = ground.say
    sections = (
        Section(say(W.CLAUSE), citations(judged.citations, ground)),
        Section(say(W.WHY), _prose(judged.why, ground)),
        Section(say(W.BY), _prose(judged.who, ground)),
    )
    return Article(rule_name(judged.name, judged.id, ground.tongue), (Prose(say(W.JUDGED)),), sections)


def rule_name(name: Both, id: str, tongue: Tongue) -> str:
    """The name of a rule with its id: `数据级别三者之一 · DSL.21.1.data_are_graded`."""
    said = name.zh if tongue is Tongue.ZH and name.zh else name.en.replace("_", " ")
    return f"{said} · {id}"


def _version_on(versions: Versions, on: date) -> ir.Rule:
    in_force = [one for one in versions.rules if Interval(one.start, one.end).contains(on)]
    return in_force[-1] if in_force else versions.newest


def _prose(words: Both | None, ground: Ground) -> tuple[Block, ...]:
    if words is None:
        return ()
    said = words.say(ground.tongue) or words.zh or words.en
    return (Prose(said),) if said else ()


# ---- the clause ------------------------------------------------------------------------------------------------------


def citations(cited: tuple[ir.Citation, ...], ground: Ground) -> tuple[Block, ...]:
    """Each citation with what the registry says of the place, and how surely."""
    if not cited:
        return (Prose(ground.say(W.NO_CITATION)),)
    return (Items(tuple(_citation(one, ground) for one in cited)),)


def _citation(cited: ir.Citation, ground: Ground) -> str:
    edition = ground.registry.get(cited.instrument)
    number = f" ({edition.number})" if edition is not None and edition.number else ""
    head = f"{cited.title.say(ground.tongue)}{number} {cited.clause_text.say(ground.tongue)}".rstrip()
    lines = [f"{head} — {sure(cited.confidence).say(ground.tongue)}"]
    ref = clause_from_key(cited.clause) if cited.clause else None
    if edition is not None and ref is not None:
        says = [one.says.say(ground.tongue) for clause in ground.registry.clauses_at(edition, ref)[:3] for one in clause.provisions]
        lines += list(dict.fromkeys(says)) or [ground.say(W.NOT_RECORDED)]
    return "\n".join(lines)


# ---- what it asks ----------------------------------------------------------------------------------------------------


def names_in(rule: ir.Rule, vocabulary: Vocabulary) -> Names:
    """The names of the subject and its owners, innermost first."""
    owners: list[str | None] = [rule.subject.shape]
    shape: Shape | None = vocabulary.shape(rule.subject.shape)
    for step in rule.subject.path:
        field = shape.field(step) if shape is not None else None
        type = field.type if field is not None else None
        element = type.element if isinstance(type, ListT) else type
        id = element.shape if isinstance(element, RecordT) else None
        shape = vocabulary.shape(id) if id is not None else None
        if isinstance(type, ListT):
            owners.append(id)
    return Names(vocabulary, dict(enumerate(reversed(owners))))


def _in_words(rule: ir.Rule, ground: Ground) -> str:
    said = phrase(rule.requirement, names_in(rule, ground.ruleset.vocabulary), ground.tongue)
    force = rule.force.words.say(ground.tongue)
    return f"{force}：{said}。" if ground.tongue is Tongue.ZH else f"{force}: {said}."


def _facts(rule: ir.Rule, ground: Ground) -> Iterator[str]:
    say, tongue, vocabulary = ground.say, ground.tongue, ground.ruleset.vocabulary
    names = names_in(rule, vocabulary)
    yield say(W.SUBJECT, what=_subject(rule.subject, names, ground))
    yield say(W.APPLIES, what=phrase(rule.applies, names, tongue)) if rule.applies is not None else say(W.APPLIES_ALWAYS)
    if rule.act is not None and rule.act.days:
        days = Interval(None if rule.act.looks_back is not None else rule.start, rule.end).say(tongue)
        mark = "、" if tongue is Tongue.ZH else ", "
        yield say(W.ACT_DAY, what=mark.join(phrase(one, names, tongue) for one in rule.act.days), days=days)
    if rule.act is not None and rule.act.looks_back is not None:
        yield say(W.LOOKS_BACK, what=rule.act.looks_back.say(tongue))
    for one in rule.exceptions:
        label, what = one.label.say(tongue), phrase(one.when, names, tongue)
        if one.instead is None:
            yield say(W.EXCEPT, label=label, what=what)
        else:
            yield say(W.TRANSITION if one.transition else W.EXCEPT_THEN, label=label, what=what, instead=phrase(one.instead, names, tongue))
    for other in rule.yields_to:
        yield say(W.YIELDS, what=other)
    yield say(W.SEVERITY, what=_word("severity", rule.severity, tongue))
    if rule.dimension is not None:
        yield say(W.DIMENSION, what=_word("dimension", rule.dimension, tongue))
    yield say(W.STATUS, what=_word("status", rule.status, tongue))
    yield say(W.IN_FORCE, what=Interval(rule.start, rule.end).say(tongue))
    if rule.submitted != (None, None):
        yield say(W.SUBMITTED, what=Interval(*rule.submitted).say(tongue))
    if rule.derives:
        yield say(W.DERIVES, what=", ".join(id for id, _ in rule.derives))


def _word(part: str, kind: str, tongue: Tongue) -> str:
    return spell(WORDS[part], kind, tongue) if kind in WORDS[part] else kind


def _subject(spec: ir.SubjectSpec, names: Names, ground: Ground) -> str:
    tongue = ground.tongue
    outer = names.shape_name(spec.shape, tongue)
    if spec.group is not None:
        mark = "、" if tongue is Tongue.ZH else ", "
        return ground.say(W.SUBJECT_GROUP, shape=outer, keys=mark.join(phrase(key, names, tongue) for key in spec.group.keys))
    if not spec.path:
        return outer
    inner = names.shapes.get(0)
    said = names.shape_name(inner, tongue) if inner is not None else ground.ruleset.vocabulary.shape(spec.shape).field(spec.path[-1])
    if isinstance(said, str):
        return ground.say(W.SUBJECT_IN, outer=outer, inner=said)
    return ground.say(W.SUBJECT_IN, outer=outer, inner=said.name.say(tongue) if said is not None else spec.path[-1])


# ---- cases, parameters, versions, cost -------------------------------------------------------------------------------


def _examples(rule: ir.Rule, examples: tuple[CaseResult, ...], text: str, ground: Ground) -> tuple[Block, ...]:
    if not examples:
        return () if rule.implicit else (Prose(ground.say(W.NO_CASES)),)
    blocks: tuple[Block, ...] = (Items(tuple(_example(one, ground) for one in examples)),)
    return (*blocks, Code(text, "yaml")) if text else blocks


def _example(one: CaseResult, ground: Ground) -> str:
    wanted = one.case.want.words.say(ground.tongue) if one.case.want is not None else "?"
    head = ground.say(W.WANTED, verdict=wanted, name=one.case.name)
    if one.got is not None and not one.ok:
        head += ground.say(W.GOT_OTHER, verdict=one.got.words.say(ground.tongue))
    told = one.problem or (one.finding.message if one.finding is not None else None)
    return head if told is None else f"{head}\n{told.say(ground.tongue)}"


def _below(rule: ir.Rule) -> Iterator[ir.Expr]:
    waiting = [rule.requirement, *([rule.applies] if rule.applies is not None else [])]
    waiting += [part for one in rule.exceptions for part in (one.when, one.instead) if part is not None]
    while waiting:
        at = waiting.pop(0)
        yield at
        waiting += children(at)


def _parameters(rule: ir.Rule, ground: Ground) -> tuple[Block, ...]:
    wanted = dict.fromkeys(one.id for one in _below(rule) if isinstance(one, ir.Param))
    found = [one for one in ground.ruleset.parameters if one.id in wanted]
    return (Items(tuple(parameter_lines(one, ground) for one in found)),) if found else ()


def parameter_lines(one: ir.Parameter, ground: Ground) -> str:
    """A parameter and each of its values with the days of each."""
    tongue = ground.tongue
    lines = [f"{one.name.say(tongue)} ({one.id}, {words_of(one.type).say(tongue)})"]
    for value in one.values:
        cited = "; ".join(f"{each.title.say(tongue)} {each.clause_text.say(tongue)}".rstrip() for each in value.citations)
        days = Interval(value.start, value.end).say(tongue)
        lines.append(f"{say_value(value.value, one.type, ground.ruleset.vocabulary, tongue)} · {days}" + (f" · {cited}" if cited else ""))
    return "\n".join(lines)


def _history(versions: Versions, ground: Ground) -> tuple[Block, ...]:
    lines = []
    for one in versions.rules:
        days = Interval(one.start, one.end).say(ground.tongue)
        lines.append(f"{ground.say(W.VERSION, version=one.version, days=days)} · {one.source[0]}:{one.source[1]}")
    return (Items(tuple(lines)),)


def _planned(rule: ir.Rule, ground: Ground) -> Planned | None:
    whole = plan(ground.ruleset, as_of=ground.on, shapes=frozenset({rule.subject.shape}))
    at = whole.position(rule.id)
    return whole.rules[at] if at is not None else None


def _on_the_day(rule: ir.Rule, ground: Ground) -> ir.Rule:
    """The rule with the values that its parameters have on the day."""
    one = _planned(rule, ground)
    return one.rule if one is not None and one.rule.version == rule.version else rule


def _costs(rule: ir.Rule, ground: Ground, *, with_plan: bool) -> list[Section]:
    one = _planned(rule, ground)
    if one is None:
        return []
    names = Names(ground.ruleset.vocabulary, {})
    lines = [one.cost.words.say(ground.tongue)]
    lines += [ground.say(W.READS, shape=names.shape_name(shape, ground.tongue), fields=", ".join(fields)) for shape, fields in one.reads]
    sections = [Section(ground.say(W.COST), (Items(tuple(lines)),))]
    if with_plan:
        alone = _only(rule, ground)
        sections.append(Section(ground.say(W.PLAN), (Code(print_plan(alone, ground.tongue)),)))
        code = print_code(alone, load_calendar(), rule.id)
        sections.append(Section(ground.say(W.CODE), (Prose(ground.say(W.NO_CODE)) if code is None else Code(code, "python"),)))
    return sections


def _only(rule: ir.Rule, ground: Ground) -> Plan:
    """The plan of this rule and nothing else."""
    alone = replace(ground.ruleset, rules=tuple(one for one in ground.ruleset.rules if one.id == rule.id))
    return plan(alone, as_of=ground.on)
