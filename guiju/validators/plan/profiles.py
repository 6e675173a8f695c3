"""Which profile a run takes for each kind of record, and whether a rule is inside it: cheap, and before any field is asked.

A profile is given by name, or inferred from the kinds, the places that the material names, and the fields that it has.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from guiju.dsl.ir.tree import Profile, Rule
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.places import ANYWHERE, COUNTRY, holds_in
from guiju.terms.tongue import Both

__all__ = ["SAMPLE", "STAGES", "UNTAKEN", "Taken", "is_inside", "outside_words", "profile_named", "take"]

SAMPLE = 200
"""So many of the first records are looked at."""

STAGES = {
    "planning": Both("计划", "planning"),
    "filing": Both("申报", "filing"),
    "design": Both("初步设计", "design"),
    "building": Both("建设", "building"),
    "change": Both("变更", "change"),
    "acceptance": Both("验收", "acceptance"),
    "operation": Both("运行", "operation"),
}
# Of two stages that fit alike the one of the submission proper, then those after it: a plan must show itself to be one.
_ORDER = (*[one for one in STAGES if one != "planning"], "planning")
_HAN = re.compile("[\u4e00-\u9fff]")
_HERE = {"CN-4201": re.compile("武汉|江岸|江汉区|硚口|汉阳|武昌|青山区|洪山|蔡甸|江夏|黄陂|新洲|东湖"), "CN-42": re.compile("湖北|鄂")}
_ELSEWHERE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    "内蒙古|广西|西藏|宁夏|新疆|香港|澳门|杭州|南京|苏州|无锡|宁波|温州|广州|深圳|佛山|东莞|珠海|成都|济南|青岛|郑州|长沙|合肥|福州|厦门|"
    "南昌|昆明|贵阳|西安|兰州|太原|石家庄|沈阳|大连|哈尔滨|长春|海口|南宁|威海|烟台|潍坊|常州|绍兴|嘉兴|金华|台州"
)


class Seen(Protocol):
    """What of a record is looked at."""

    @property
    def shape(self) -> str: ...
    @property
    def value(self) -> Mapping[str, Any]: ...


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The profile of each kind, whether it was given by name, and the other profiles that would fit equally.

    Kinds without one are judged by all rules.
    """

    by_shape: tuple[tuple[str, Profile], ...] = ()
    given: bool = False
    tied: tuple[Profile, ...] = ()

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles taken, each once."""
        return tuple({one.id: one for _, one in self.by_shape}.values())

    def of(self, shape: str) -> Profile | None:
        """The profile of a kind."""
        return dict(self.by_shape).get(shape)

    def knows(self, rule: Rule) -> bool:
        """Whether the rule may be asked at all: a screening question is one of its own profile only."""
        if not rule.of_profile:
            return True
        profile = self.of(rule.subject.shape)
        return profile is not None and profile.id == rule.of_profile

    def outside(self, rule: Rule) -> Profile | None:
        """The profile that leaves the rule outside; None where it is inside, or where its kind has no profile."""
        profile = self.of(rule.subject.shape)
        if profile is not None:
            return None if is_inside(rule, profile) else profile
        return self.profiles[0] if self.given and self.profiles else None


UNTAKEN = Taken()
"""No profile at all: every rule is asked."""


def profile_named(name: str, profiles: Iterable[Profile]) -> Profile | None:
    """The profile of that id, or of that name in either tongue."""
    return next((one for one in profiles if name.strip() in (one.id, one.name.zh, one.name.en)), None)


def take(
    profiles: Sequence[Profile],
    records: Iterable[Seen],
    shapes: Iterable[str],
    registers: Iterable[str] = (),
    name: str | None = None,
) -> Taken:
    """The profile named, for all its kinds; else for each of the shapes the one that fits best. KeyError for a name that none bears."""
    if name is not None:
        given = profile_named(name, profiles)
        if given is None:
            raise KeyError(name)
        return Taken(by_shape=tuple((shape, given) for shape in given.shapes), given=True)
    if not profiles:
        return Taken()
    by_shape: dict[str, list[Mapping[str, Any]]] = {shape: [] for shape in shapes}
    for record in islice(records, SAMPLE):
        by_shape.setdefault(record.shape, []).append(record.value)
    place = _place_of([value for values in by_shape.values() for value in values])
    fits = {
        shape: [(_fit(one, shape, values, place), one) for one in profiles if shape in one.shapes] for shape, values in by_shape.items()
    }
    chosen: dict[str, Profile] = {}
    tied: dict[str, Profile] = {}
    # Kinds of one profile alone choose first, then those that tell most of theirs; the others follow them where they can.
    for shape in sorted((one for one in fits if fits[one]), key=lambda one: (len(fits[one]) > 1, min(fit for fit, _ in fits[one]), one)):
        held = {one.id for one in chosen.values()}
        # Of two that fit alike that one is meant of which less is wanting.
        ranks = ((fit[:2], one.id not in held, (len(set(one.shapes) - set(by_shape)), *fit[2:]), one.id, one) for fit, one in fits[shape])
        ranked = sorted(ranks, key=lambda rank: rank[:4])
        chosen[shape] = ranked[0][4]
        tied |= {rank[4].id: rank[4] for rank in ranked[1:] if rank[:3] == ranked[0][:3]}
    for shape in registers:
        holder = next((one for one in chosen.values() if shape in one.shapes), None) or next(iter(chosen.values()), None)
        if holder is not None:
            chosen.setdefault(shape, holder)
    return Taken(by_shape=tuple(sorted(chosen.items())), tied=tuple(tied.values()))


def _fit(profile: Profile, shape: str, values: list[Mapping[str, Any]], place: str | None) -> tuple[int, int, int, int]:
    """The less the better: the place, the marks that are there, the stage, the marks that are not there."""
    marks = {field for held, fields in (*profile.screening, *profile.expects) if held == shape for field in fields}
    there = sum(1 for field in marks if any(value.get(field) not in (None, "", [], {}) for value in values))
    stage = min((_ORDER.index(one) for one in profile.stages), default=0)
    return _place_rank(profile.place, place), -there, stage, len(marks) - there


def _place_rank(of_profile: str, of_material: str | None) -> int:
    """Nearest first: the very place, a wider one, none at all; last a place that the material is not of."""
    if of_material is None:
        return 1 if of_profile == ANYWHERE else 0
    if of_profile == ANYWHERE:
        return 5
    return 6 if not holds_in(of_profile, of_material) and not holds_in(of_material, of_profile) else 0 if of_profile == of_material else 1


def _place_of(values: list[Mapping[str, Any]]) -> str | None:
    """The place of which the material speaks: one that the patterns know, `CN-?` for any other in China, `?` abroad, None for none."""
    text = "\n".join(_texts(values))
    if not _HAN.search(text):
        return "?" if text.strip() else None
    for code, names in _HERE.items():
        if names.search(text):
            return code
    return f"{COUNTRY}-?" if _ELSEWHERE.search(text) else None


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value[:60]
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value[:5]:
            yield from _texts(one)


def is_inside(rule: Rule, profile: Profile) -> bool:
    """Whether kind, stage, instruments and place of a rule belong to the profile."""
    if rule.subject.shape not in profile.shapes or rule.id in profile.no_rules or _is_of_another_stage(rule, profile):
        return False
    if rule.id in profile.rules:
        return True
    cited = rule.citations
    if not cited:
        return True
    if all(one.instrument in profile.no_instruments for one in cited):
        return False
    if (profile.instruments or profile.rules) and not any(one.instrument in profile.instruments for one in cited):
        return False
    return any(holds_in(one.place, profile.place) for one in cited)


def _is_of_another_stage(rule: Rule, profile: Profile) -> bool:
    return bool(rule.stages and profile.stages) and not set(rule.stages) & set(profile.stages)


def outside_words(rule: Rule, profile: Profile) -> Both:
    """Why the rule is outside, and where it is a matter of the stage, at which stage it will be asked."""
    zh, en = profile.name.zh, profile.name.en
    if rule.subject.shape in profile.shapes and _is_of_another_stage(rule, profile):
        when = Both("、".join(STAGES[one].zh for one in rule.stages), ", ".join(STAGES[one].en for one in rule.stages))
        return Both(f"不在场景“{zh}”内：到{when.zh}时才问", f"not in the profile `{en}`: it is asked at the stage {when.en}")
    return Both(f"不在场景“{zh}”内", f"not in the profile `{en}`")
