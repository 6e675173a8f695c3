"""What every report begins with, before any form: how much could be judged, how much must be mended, and the three things to do first.

Terminal, HTML, workbook, letters and the leaders' page write this one head, each in its way; so none of them says another thing first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.reports.gate import Evidence, evidence, outcome_of, outcome_words
from guiju.reports.layout.columns import shown
from guiju.reports.layout.ranges import ranges_words
from guiju.reports.layout.text import place_words, short_names
from guiju.reports.layout.words import citation_words
from guiju.reports.model import Fold, Report, RuleCard, Title
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["FIRST", "Head", "Step", "asked_of", "counts_words", "first_words", "fold_where", "head_of", "is_duty", "title_words"]

FIRST = 3
_MOST_NAMED = 6
_FAILED = (Verdict.FAIL, Verdict.ERROR)
_FIRST_COLUMN = re.compile(r"\$?A\$?[0-9]")
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do first: what, why it comes before others, where, and how many places it settles; `rule` by id, if it is one."""

    what: Both
    why: Both
    where: str
    count: int
    rule: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a report. A breach over which a waiver lies is in none of its counts.

    `must` are failures of what shall or shall not be, `blocking` those of them that block, `advice` failures of what should be;
    `questions` are screening questions without an answer, `waiting` the verdicts that wait for data, `unread` what could not be read as it stands.
    """

    titles: tuple[Title, ...]
    evidence: Evidence
    outcome: Both | None
    colour: str | None
    must: int
    blocking: int
    advice: int
    questions: int
    waiting: int
    unread: int
    first: tuple[Step, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found amiss in what was read whole, and the gates let it pass."""
        return (
            not (self.must or self.advice or self.questions or self.unread) and self.colour in (None, "green") and self.evidence.judged > 0
        )


def is_duty(finding: Finding) -> bool:
    """Whether a failure must be mended: its rule says shall or shall not, and it is no mere hint."""
    return finding.force.requires and finding.severity is not Severity.ADVISORY


def head_of(report: Report) -> Head:
    """The head of a report."""
    asking = {card.id for card in report.rules if card.asks}
    failed = [one for one in report.findings if shown(one) in _FAILED]
    wrong = [one for one in failed if one.rule not in asking]
    reached = outcome_of(report)
    return Head(
        titles=report.titles,
        evidence=evidence(report.rules),
        outcome=outcome_words(reached) if reached is not None else None,
        colour=reached.outcome.colour if reached is not None else None,
        must=sum(1 for one in wrong if is_duty(one)),
        blocking=sum(1 for one in wrong if is_duty(one) and one.severity is Severity.BLOCKING),
        advice=sum(1 for one in wrong if not is_duty(one)),
        questions=len(failed) - len(wrong),
        waiting=report.count(Verdict.UNDETERMINED),
        unread=sum(1 for one in report.diagnostics if one.level in (Level.ERROR, Level.WARNING)),
        first=_first(report, wrong, [one for one in failed if one.rule in asking]),
    )


def counts_words(head: Head) -> Both:
    """The first line of every report: judged N of M, what must be mended, what is advised, what is not answered or given."""
    zh, en = [head.evidence.words.zh], [head.evidence.words.en]
    if head.must:
        blocking = Both(f"（阻断 {head.blocking}）", f" ({head.blocking} blocking)") if head.blocking else Both("", "")
        zh.append(f"必须整改 {head.must} 处{blocking.zh}")
        en.append(f"{head.must} must be mended{blocking.en}")
    if head.advice:
        zh.append(f"建议 {head.advice} 处")
        en.append(f"{head.advice} advised")
    if head.questions:
        zh.append(f"未回答的筛查问题 {head.questions} 个")
        en.append(f"{head.questions} screening {'question' if head.questions == 1 else 'questions'} unanswered")
    if head.waiting:
        zh.append(f"缺内容未能判定 {head.waiting} 项")
        en.append(f"{head.waiting} {'waits' if head.waiting == 1 else 'wait'} for data")
    if head.unread:
        zh.append(f"有 {head.unread} 处没有读通，没有全部检查")
        en.append(f"{head.unread} {'thing' if head.unread == 1 else 'things'} could not be read: not all was checked")
    if head.is_clean:
        zh.append("没有发现不符合")
        en.append("nothing was found amiss")
    return Both(" · ".join(zh), " · ".join(en))


def first_words(head: Head) -> Both:
    """The heading over the first steps."""
    count = len(head.first)
    zh = {1: "先做这一件：", 2: "先做这两件："}.get(count, "先做这三件：")
    return Both(zh, "First of all:" if count == 1 else f"First, these {'two' if count == 2 else 'three'}:")


def title_words(title: Title) -> Both:
    """A record in one line: what it is, its name, who hands it in, its number."""
    rest = [one for one in (title.unit, title.number) if one]
    tail = "".join(f" · {one}" for one in rest)
    return Both(f"{title.kind.zh}“{title.name}”{tail}", f"{title.kind.en.replace('_', ' ')} “{title.name}”{tail}")


def asked_of(report: Report) -> frozenset[Both]:
    """The names of the fields that unanswered screening questions ask for: what waits for them is told with the question."""
    asking = {card.id for card in report.rules if card.asks}
    return frozenset(_asked(one) for one in report.findings if one.rule in asking and one.verdict is Verdict.FAIL)


def _first(report: Report, wrong: list[Finding], unanswered: list[Finding]) -> tuple[Step, ...]:
    short = short_names(one.file for one in report.inputs)
    steps = [_mend(card, found, short) for card, found in _mending(report, wrong)]
    asked = [_answering(unanswered, short)] if unanswered else []
    # What a question asks for is not asked for twice.
    answered = {_asked(one) for one in unanswered}
    missing = [_filling(one, short) for one in report.folds if one.verdicts > 1 and one.field not in answered]
    known = evidence(report.rules).share
    if known is not None and known < _HALF:
        # Where little could be judged, what is found wrong is little of what will be.
        return tuple([*asked, *missing[:1], *steps, *missing[1:]][:FIRST])
    return tuple([*steps[: FIRST - len(asked)], *asked, *steps[FIRST - len(asked) :], *missing][:FIRST])


def _mending(report: Report, wrong: list[Finding]) -> Iterator[tuple[RuleCard, list[Finding]]]:
    """Rules with failures, the gravest first, then those that settle most; what lies under another failure is told with it."""
    by_rule: dict[str, list[Finding]] = {}
    for one in wrong:
        if one.cause is None:
            by_rule.setdefault(one.rule, []).append(one)
    cards = {card.id: card for card in report.rules}
    order = sorted(by_rule, key=lambda id: (not is_duty(by_rule[id][0]), -int(cards[id].severity), -len(by_rule[id]), id))
    for id in order:
        yield cards[id], by_rule[id]


def _mend(card: RuleCard, found: list[Finding], short: dict[str, str]) -> Step:
    one = found[0]
    told = (one.todo if len(found) == 1 else None) or one.fix or card.fix or one.message
    cites = citation_words(card.citations[0].title, card.citations[0].clause_text) if card.citations else None
    grave = card.severity.words
    why = Both(f"{grave.zh}；{cites.zh}", f"{grave.en}; {cites.en}") if cites is not None else grave
    count = Both(f"，{len(found)} 处", f", {len(found)} places") if len(found) > 1 else Both("", "")
    return Step(
        what=Both(f"{card.name.zh}：{told.zh}", f"{card.name.en.replace('_', ' ')}: {told.en}"),
        why=Both(why.zh + count.zh, why.en + count.en),
        where=_places(found, short),
        count=len(found),
        rule=card.id,
        severity=card.severity,
    )


def _places(found: list[Finding], short: dict[str, str]) -> str:
    places = [one.places[0] for one in found if one.places]
    if not places:
        return found[0].subject.name
    cells = [one.cell for one in places if one.cell and (one.file, one.sheet) == (places[0].file, places[0].sheet)]
    if len(cells) > 1:
        return f"{places[0].sheet}!{ranges_words(cells)}" if places[0].sheet else ranges_words(cells)
    return _short(places[0], short)


def _short(place: Place, short: dict[str, str]) -> str:
    return place_words(replace(place, file=short.get(place.file, place.file)))


def _answering(unanswered: list[Finding], short: dict[str, str]) -> Step:
    names = list(dict.fromkeys(_asked(one) for one in unanswered))
    more = len(names) > _MOST_NAMED
    zh = "、".join(one.zh for one in names[:_MOST_NAMED]) + (f" 等 {len(names)} 个" if more else "")
    en = ", ".join(one.en for one in names[:_MOST_NAMED]) + (f" … ({len(names)} in all)" if more else "")
    return Step(
        what=Both(f"回答筛查问题：{zh}", f"answer the screening questions: {en}"),
        why=Both("答了才知道哪些规则适用", "the answers decide which rules apply"),
        where=_places(unanswered, short),
        count=len(unanswered),
    )


def _asked(one: Finding) -> Both:
    return one.evidence[0].field if one.evidence else one.rule_name


def fold_where(fold: Fold) -> str:
    """Where something is wanting: the cells of a sheet as ranges, else the first place."""
    place = fold.place
    # Where there is no such column, rows are known by their first cell.
    if len(fold.cells) < 2 or place.sheet is None or all(_FIRST_COLUMN.match(cell) for cell in fold.cells):
        return place_words(place)
    return f"{place.file} {place.sheet}!{ranges_words(fold.cells)}"


def _filling(fold: Fold, short: dict[str, str]) -> Step:
    what = Both(f"补上“{fold.field.zh}”", f"give {fold.field.en}")
    if fold.level == "values":
        what = Both(f"把“{fold.field.zh}”写成认得出的一个值", f"write {fold.field.en} as one value that can be read")
    return Step(
        what=what,
        why=Both(f"{fold.verdicts} 项判定等它", f"{fold.verdicts} verdicts wait for it"),
        where=fold_where(replace(fold, place=replace(fold.place, file=short.get(fold.place.file, fold.place.file)))),
        count=fold.records,
    )
