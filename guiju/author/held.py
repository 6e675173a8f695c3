"""Rules held against the articles that they cite: what of a rule is not in its article, as far as the registry holds the article.

A number, a period or a day that the article does not name stands in the rule's reason (理由) too, in figures or in words; a rule
that says 应当 where the article has no word that binds, or eases (原则上, 一般), says why.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from guiju.dsl.ir.tree import Arith, Citation, Const, Expr, In, Judged, Rule
from guiju.dsl.ir.typing import children
from guiju.dsl.ruleset import Ruleset
from guiju.standards.articles.held import Article, Held, NoPlace, place_in
from guiju.standards.articles.text import PlaceFacts, measures_in
from guiju.standards.registry import Registry
from guiju.terms.clause import ClauseLevel, ClauseRef
from guiju.terms.clause_text import parse_clause
from guiju.terms.quantities.units import Dimension
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, PeriodT, QuantityT

__all__ = ["Fault", "Unlike", "changed_since", "cited_articles", "citing", "held_against", "untested"]


class Fault(StrEnum):
    """In what a rule and its article are unlike."""

    NO_ARTICLE = "no_article"
    NO_PLACE = "no_place"
    NUMBER = "number"
    NOT_BINDING = "not_binding"
    EASED = "eased"
    WEAKER = "weaker"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Unlike:
    """One unlikeness of one rule, with what it is about."""

    rule: str
    edition: str
    citation: str
    fault: Fault
    about: str = ""

    @property
    def words(self) -> Both:
        """What is unlike, as a reader sees it."""
        return Both(
            f"{self.rule}：{self.citation}，{_WORDS[self.fault].zh.format(about=self.about)}",
            f"{self.rule}: {self.citation}: {_WORDS[self.fault].en.format(about=self.about)}",
        )


_WORDS = {
    Fault.NO_ARTICLE: Both("文件里没有这一条", "the instrument has no such article"),
    Fault.NO_PLACE: Both("这一条里没有所引的款或者项（有 {about}）", "the article has no such paragraph or item (it has {about})"),
    Fault.NUMBER: Both(
        "规则写的 {about} 条文里没有，理由也没有说从哪里来", "{about} is not in the article, and no reason says where it is from"
    ),
    Fault.NOT_BINDING: Both(
        "规则说必须，条文没有这样的用语，理由也没有说明", "the rule binds where the article does not, and no reason says why"
    ),
    Fault.EASED: Both(
        "条文说到 {about} 用的是原则上、一般、可以一类的用语，规则说必须", "the article eases what it says of {about}; the rule does not"
    ),
    Fault.WEAKER: Both("条文用的是应当，规则只是建议，理由没有说明", "the article binds, the rule only advises, and no reason says why"),
    Fault.UNTESTED: Both(
        "说明或者整改里写着 {about}，规则没有检查，理由也没有说明",
        "the rule speaks of {about} and does not test it, and no reason says why",
    ),
}

_NUMERAL = "[0-9零〇一二三四五六七八九十]+"
_CALENDAR = re.compile(
    rf"{_NUMERAL[:-1]}{{4}}年(?:{_NUMERAL}月)?(?:{_NUMERAL}日|底)?|{_NUMERAL}月(?:{_NUMERAL}日|底)?(?!内)|前[一1]日{_NUMERAL}时|前[一1]日"
)
# Of a dimension the units in which clauses speak, the widest first, each with its size in the base unit.
_DIMENSIONS: dict[str, tuple[tuple[str, int], ...]] = {
    Dimension.MONTHS: (("year", 12), ("month", 1)),
    Dimension.TIME: (("day", 86_400_000_000), ("hour", 3_600_000_000)),
    Dimension.WORKDAYS: (("workday", 1),),
    Dimension.MASS: (("kilogram", 1000),),
}
_PERIODS = {
    PeriodKind.DAYS: "day",
    PeriodKind.WORKDAYS: "workday",
    PeriodKind.MONTHS: "month",
    PeriodKind.YEARS: "year",
    PeriodKind.WEEKS: "week",
}


def held_against(ruleset: Ruleset, held: Mapping[str, Held], registry: Registry) -> tuple[Unlike, ...]:
    """Whatever is unlike between the rules and the articles that they cite, in the order of the rules."""
    found: list[Unlike] = []
    for rule in ruleset.rules:
        if not rule.implicit:
            found += _of_rule(rule, held, registry)
            found += [Unlike(rule.id, *_first(rule), Fault.UNTESTED, limit) for limit in untested(rule) if rule.citations]
    for judged in ruleset.judged:
        found += [fault for _, fault in _places(judged, held) if fault is not None]
    return tuple(dict.fromkeys(found))


def _of_rule(rule: Rule, held: Mapping[str, Held], registry: Registry) -> Iterator[Unlike]:
    places = tuple(_places(rule, held))
    yield from (fault for _, fault in places if fault is not None)
    facts = tuple(one for one, _ in places if one is not None)
    # Where one of the citations is of a text that was not at hand, that one may say what the others do not.
    if not facts or len(facts) < sum(not one.clause.startswith("n") for one in rule.citations):
        return
    edition, said = _first(rule)
    why = rule.why.zh if rule.why is not None else ""
    named = {measure for one in facts for measure in one.measures} | measures_in(why)
    starts = {cited.in_force for one in rule.citations if (cited := registry.get(one.instrument)) is not None}
    for measure in sorted(_measures(rule)):
        if measure in named or measure in {str(day) for day in starts}:
            continue
        if f"{measure}~" in named:
            if rule.force.requires and "条文" not in why:
                yield Unlike(rule.id, edition, said, Fault.EASED, measure)
        else:
            yield Unlike(rule.id, edition, said, Fault.NUMBER, measure)
    if rule.force.requires and not any(one.binds for one in facts) and "条文" not in why:
        yield Unlike(rule.id, edition, said, Fault.NOT_BINDING)
    if not rule.force.requires and all(one.binds and not one.eases for one in facts) and not why:
        yield Unlike(rule.id, edition, said, Fault.WEAKER)


def _first(rule: Rule) -> tuple[str, str]:
    """The instrument that the rule cites first, and the place as it is said."""
    cited = rule.citations[0]
    return cited.instrument, f"{cited.title.zh}{cited.clause_text.zh}"


def untested(rule: Rule) -> tuple[str, ...]:
    """The limits of which a rule speaks, in its sentence or in its advice, that it neither tests nor gives a reason for.

    Days of the calendar (八月三十一日) and years say when, not how much.
    """
    spoken = {one.removesuffix("~") for one in measures_in(_CALENDAR.sub("", f"{rule.doc}\n{rule.fix.zh if rule.fix is not None else ''}"))}
    why = measures_in(rule.why.zh) if rule.why is not None else frozenset()
    tested = {one.removesuffix("~").partition(" ")[0] for one in (*_measures(rule), *why)} | _counts(rule)
    limits = {one for one in spoken if not one.endswith((" count", " age")) and one not in ("1 year", "1 day", "100 percent")}
    return tuple(sorted(one for one in limits if one.partition(" ")[0] not in tested))


def _counts(rule: Rule) -> frozenset[str]:
    """Whole numbers that stand in the rule without a unit."""
    return frozenset(str(at.value) for at in _below(rule) if isinstance(at, Const) and isinstance(at.type, IntT | NumberT))


def _places(one: Rule | Judged, held: Mapping[str, Held]) -> Iterator[tuple[PlaceFacts | None, Unlike | None]]:
    for citation, ref, article in _cited(one, held):
        said = f"{citation.title.zh}{citation.clause_text.zh}"
        if article is None:
            yield None, Unlike(one.id, citation.instrument, said, Fault.NO_ARTICLE)
            continue
        place = place_in(article, ref)
        if isinstance(place, NoPlace):
            yield None, Unlike(one.id, citation.instrument, said, Fault.NO_PLACE, str(place.there))
        else:
            yield place, None


def _cited(one: Rule | Judged, held: Mapping[str, Held]) -> Iterator[tuple[Citation, ClauseRef, Article | None]]:
    citations = list(one.citations)
    if isinstance(one, Rule):
        citations += [cited for each in one.exceptions for cited in each.citations]
    for citation in citations:
        ref = parse_clause(citation.clause_text.zh)
        if citation.instrument in held and isinstance(ref, ClauseRef) and ref.steps[0].level is ClauseLevel.ARTICLE:
            yield citation, ref, held[citation.instrument].articles.get(ref.steps[0].number)


def _below(rule: Rule) -> Iterator[Expr]:
    waiting: list[Expr] = [rule.requirement, *([rule.applies] if rule.applies is not None else [])]
    waiting += [part for one in rule.exceptions for part in (one.when, one.instead) if part is not None]
    while waiting:
        at = waiting.pop()
        yield at
        if isinstance(at, In):
            yield from at.options
        waiting += children(at)


def _measures(rule: Rule) -> frozenset[str]:
    """The numbers with units, the periods and the days that the rule writes."""
    found: set[str] = set()
    for at in _below(rule):
        if isinstance(at, Const):
            found |= _measure(at)
        elif isinstance(at, Arith) and at.op == "*" and isinstance(at.right, Const) and isinstance(at.right.value, Decimal):
            value = at.right.value
            found.add(_said((value - 1 if value > 1 else value) * 100, "percent"))
    return frozenset(found)


def _measure(literal: Const) -> frozenset[str]:
    value = literal.value
    match literal.type:
        case PeriodT() if isinstance(value, Period) and value.count > 0:
            return frozenset({f"{value.count} {_PERIODS[value.kind]}"})
        case DateT():
            return frozenset({value.isoformat()})
        case MoneyT() if value != 0:
            return frozenset({_said(value, "yuan")})
        case PercentT() if value not in (0, 1):
            return frozenset({_said(value * 100, "percent")})
        case QuantityT(dimension=dimension) if value != 0 and dimension in _DIMENSIONS:
            units = _DIMENSIONS[dimension]
            unit, size = next((one for one in units if value % one[1] == 0), units[-1])
            return frozenset({_said(value / size, unit)})
        case _:
            return frozenset()


def _said(value: Decimal, unit: str) -> str:
    number = f"{value:f}"
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}"


def _citing(ruleset: Ruleset) -> Iterator[Rule | Judged]:
    yield from (rule for rule in ruleset.rules if not rule.implicit)
    yield from ruleset.judged


def citing(ruleset: Ruleset, held: Mapping[str, Held]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The ids of the rules and judgements that cite each article, by edition and number of the article."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in _citing(ruleset):
        for citation, ref, _ in _cited(one, held):
            found.setdefault((citation.instrument, ref.steps[0].number), {})[one.id] = None
    return {place: tuple(ids) for place, ids in found.items()}


def cited_articles(ruleset: Ruleset, held: Mapping[str, Held]) -> dict[str, dict[str, str]]:
    """The digest of each article that a rule or a judgement cites, by edition and number of the article."""
    found: dict[str, dict[str, str]] = {}
    for one in _citing(ruleset):
        for citation, _, article in _cited(one, held):
            if article is not None:
                found.setdefault(citation.instrument, {})[article.number] = article.digest
    return {
        edition: dict(sorted(articles.items(), key=lambda item: (int(item[0].partition("-")[0]), item[0])))
        for edition, articles in sorted(found.items())
    }


def changed_since(read: Mapping[str, Mapping[str, str]], held: Mapping[str, Held]) -> dict[str, tuple[str, ...]]:
    """By edition the articles whose digest is another than when the rules were written from them."""
    found: dict[str, tuple[str, ...]] = {}
    for edition, articles in read.items():
        now = held[edition].articles if edition in held else {}
        changed = tuple(number for number, digest in articles.items() if number not in now or now[number].digest != digest)
        if changed and edition in held:
            found[edition] = changed
    return found
