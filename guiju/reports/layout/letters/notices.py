"""Letters that follow from a report: a notice to each department of what it has to mend, and one page for leaders; words only.

A notice is a draft: its number, seal and issuer are empty, and the days that it grants are the office's own choice, never
said to be the law's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from guiju.reports.gate import evidence_words, outcome_of, passage_words, taken_words
from guiju.reports.layout.alike import todo_of
from guiju.reports.layout.columns import shown
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.head import Head, head_of, is_duty
from guiju.reports.layout.letters.finding_rows import RuleFindings, by_rule, questions_table, subjects_words
from guiju.reports.layout.letters.letter import Block, Cell, Heading, Letter, Lit, Paragraph, Table, day_words, numbered
from guiju.reports.layout.letters.page_height import PAGE, height_of
from guiju.reports.layout.letters.report_letter import about_words
from guiju.reports.layout.text import cut
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, WORDS
from guiju.reports.model import Report
from guiju.reports.scores import Score, gains, overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.time.calendar import Calendar, CalendarUnknown
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["Notice", "notices_of", "summary_of"]

_MOST_ROWS = 300
# A page for leaders must stay one page, so long words about an action are cut; the whole report has them.
_MOST_WORDS, _FEWEST_WORDS = 84, 20
_MOST_ABOUT, _MOST_WHO, _MOST_UNITS, _MOST_ACTIONS = 50, 18, 3, 5


@dataclass(frozen=True, slots=True)
class _Light:
    """A light: from so many points on, its colour, what it is called, and what it says of the whole."""

    least: int
    id: str
    name: Both
    verdict: Both


_LIGHTS = (
    _Light(95, "green", Both("绿灯", "green"), Both("可以报送", "ready to submit")),
    _Light(80, "amber", Both("黄灯", "amber"), Both("改后报送", "mend, then submit")),
    _Light(0, "red", Both("红灯", "red"), Both("暂缓报送", "not yet")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The notice to one department; `due` is None where no calendar says which day it is.

    `listed` are the findings of its annex, where a row of the letter stands for several; without an annex there are none.
    """

    department: str
    findings: int
    due: date | None
    letter: Letter
    listed: tuple[Finding, ...] = ()


def notices_of(report: Report, tongue: Tongue, *, calendar: Calendar, workdays: int) -> tuple[Notice, ...]:
    """One notice for each department that has something to mend, by its name; those without a department come last."""
    groups: dict[str, list[Finding]] = {}
    for one in report.findings:
        if one.verdict in (Verdict.FAIL, Verdict.ERROR) and not one.waiver:
            groups.setdefault(one.department or "", []).append(one)
    due = calendar.add_workdays(report.provenance.as_of, workdays)
    day = None if isinstance(due, CalendarUnknown) else due
    return tuple(_notice(report, name, groups[name], tongue, workdays, day) for name in sorted(groups, key=lambda one: (not one, one)))


def summary_of(report: Report, tongue: Tongue) -> Letter:
    """One page for leaders: three numbers, lights with words, and the five most valuable actions.

    Of long words as many are kept as the page holds.
    """
    made = (_summary(report, tongue, most) for most in range(_MOST_WORDS, _FEWEST_WORDS, -4))
    return next((letter for letter in made if height_of(letter) <= PAGE), None) or _summary(report, tongue, _FEWEST_WORDS)


def _summary(report: Report, tongue: Tongue, most: int) -> Letter:
    head = head_of(report)
    whole = overall(report)
    score = "–" if whole.points is None else points_words(whole.points)
    light = _whole(report, head.blocking, tongue)
    heads = (Both("总评分", "Score"), Both("必须整改", "To mend"), Both("其中阻断", "Blocking"), Both("结论", "In short"))
    numbers = Table(tuple(one.say(tongue) for one in heads), ((score, str(head.must), str(head.blocking), light),), (20, 20, 20, 40))
    body: list[Block] = [
        numbers,
        Heading(1, Both("各维度", "By dimension").say(tongue)),
        _dimensions(report, tongue),
        *_units(report, tongue),
        Heading(1, Both("最值得做的五件事", "The five most valuable actions").say(tongue)),
        _actions(report, head, tongue, most),
        Paragraph(_unsettled(report, tongue)),
    ]
    letter = _letter(report, tongue, Both("检查情况一页纸", "The check on one page"), "", body)
    # Nobody signs it, so its day stands at the top, where it takes no room of its own.
    taken = taken_words(report)
    footer = f"{taken.say(tongue)} · {letter.footer}" if taken is not None else letter.footer
    return replace(
        letter, notice=f"{letter.notice}　{letter.day}", day="", about=(cut(_about(report, tongue), _MOST_ABOUT),), footer=footer
    )


def _about(report: Report, tongue: Tongue) -> str:
    """What the page is about in one line: each record with its unit and its number, else the inputs."""
    said = [" · ".join(part for part in (one.name, one.unit, one.number) if part) for one in report.titles]
    return one_line(WORDS["semicolon"].say(tongue).join(said)) if said else about_words(report, tongue)[0]


def _dimensions(report: Report, tongue: Tongue) -> Block:
    heads = (Both("维度", "Dimension"), Both("得分", "Score"), Both("评级", "Rating"), Both("灯", "Light"))
    rows = tuple(
        (DIMENSIONS[one.dimension].say(tongue), points_words(one.points), rating(one).name.say(tongue), _named(one, tongue))
        for one in score_by_dimension(report)
        if one.points is not None
    )
    if not rows:
        return Paragraph(WORDS["unrated"].say(tongue))
    return Table(tuple(one.say(tongue) for one in heads), rows, (34, 22, 22, 22))


def _units(report: Report, tongue: Tongue) -> list[Block]:
    """The units with most to mend, where there are several."""
    duties = [one for one in report.findings if shown(one) in (Verdict.FAIL, Verdict.ERROR) and is_duty(one)]
    counts = Counter(one.department for one in duties if one.department)
    if len(counts) < 2:
        return []
    blocking = Counter(one.department for one in duties if one.department and one.severity is Severity.BLOCKING)
    order = sorted(counts, key=lambda name: (-blocking[name], -counts[name], name))[:_MOST_UNITS]
    heads = (Both("单位", "Unit"), Both("必须整改", "To mend"), Both("其中阻断", "Blocking"))
    rows = tuple((one_line(name), str(counts[name]), str(blocking[name])) for name in order)
    title = Both(f"问题最多的单位（共 {len(counts)} 家）", f"The units with most to mend (of {len(counts)})")
    return [Heading(1, title.say(tongue)), Table(tuple(one.say(tongue) for one in heads), rows, (60, 20, 20))]


def _actions(report: Report, head: Head, tongue: Tongue, most: int) -> Block:
    whose: dict[str, Counter[str]] = {}
    for one in report.findings:
        if shown(one) in (Verdict.FAIL, Verdict.ERROR) and one.department:
            whose.setdefault(one.rule, Counter())[one.department] += 1
    actions = tuple(
        (
            _who(whose.get(one.card.id, Counter()), tongue),
            cut((one.card.fix or one.card.name).say(tongue), most),
            str(one.breaches),
            f"+{points_words(one.points)}",
        )
        for one in gains(report)[:_MOST_ACTIONS]
    )
    heads = (Both("谁", "Who"), Both("做什么", "Action"), Both("处数", "Places"), Both("评分可升", "Gain"))
    if overall(report).points is None:
        # Without a score nothing raises it: what settles most comes first, the questions as one thing to do.
        actions = tuple(
            (Both("报送单位", "whoever submits").say(tongue), cut(one.what.say(tongue), most), str(one.count), "–") for one in head.first
        )
    if actions:
        return Table(tuple(one.say(tongue) for one in heads), actions, (20, 50, 12, 18))
    return Paragraph(WORDS["clean" if head.is_clean else "no_actions"].say(tongue))


def _who(units: Counter[str], tongue: Tongue) -> str:
    """The unit with most of it, and how many there are."""
    if not units:
        return Both("报送单位", "whoever submits").say(tongue)
    first = min(units, key=lambda name: (-units[name], name))
    name = cut(one_line(first), _MOST_WHO)
    return name if len(units) == 1 else Both(f"{name} 等 {len(units)} 家", f"{name} and {len(units) - 1} more").say(tongue)


def _light(points: Fraction) -> _Light:
    return next(one for one in _LIGHTS if points >= one.least)


def _named(score: Score, tongue: Tongue) -> Lit:
    """The light of a dimension: that of its points, and no better than its gravest breach allows."""
    assert score.points is not None
    light = _light(score.points)
    if score.gravest is Severity.BLOCKING:
        light = _LIGHTS[-1]
    elif score.gravest is Severity.MAJOR and light is _LIGHTS[0]:
        light = _LIGHTS[1]
    return Lit(light.name.say(tongue), light.id)


def _whole(report: Report, blocking: int, tongue: Tongue) -> Cell:
    """The light of the whole: what the gates say; without a profile, that of the points."""
    reached = outcome_of(report)
    if reached is not None:
        return Lit(passage_words(reached).say(tongue), _LIGHT_OF[reached.outcome.colour])
    points = overall(report).points
    return "–" if points is None else _verdict(_LIGHTS[-1] if blocking else _light(points), tongue)


_LIGHT_OF = {"green": "green", "yellow": "amber", "red": "red", "grey": "grey"}


def _verdict(light: _Light, tongue: Tongue) -> Lit:
    # A breach that blocks is red whatever the score: no number of small merits makes up for it.
    return Lit(Both(f"{light.name.zh}：{light.verdict.zh}", f"{light.name.en}: {light.verdict.en}").say(tongue), light.id)


def _unsettled(report: Report, tongue: Tongue) -> str:
    unknown, judged = report.count(Verdict.UNDETERMINED), len(report.judged)
    return f"{evidence_words(report).say(tongue)}{Both('。', '. ').say(tongue)}" + Both(
        f"{unknown} 项因缺少材料无法判定，{judged} 项须由人判断。",
        f"{unknown} verdicts wait for data and {judged} provisions for people.",
    ).say(tongue)


def _notice(report: Report, department: str, findings: Sequence[Finding], tongue: Tongue, workdays: int, due: date | None) -> Notice:
    named = department or Both("（未写明单位）", "(no unit stated)").say(tongue)
    until = (
        Both(f"请于{due.year}年{due.month}月{due.day}日前", f"Please, by {due.isoformat()},").say(tongue)
        if due is not None
        else Both(f"请于收到之日起 {workdays} 个工作日内", f"Please, within {workdays} working days of receipt,").say(tongue)
    )
    asking = {card.id for card in report.rules if card.asks}
    unanswered = [one for one in findings if one.rule in asking]
    duties = [one for one in findings if is_duty(one) and one.rule not in asking]
    advice = [one for one in findings if not is_duty(one) and one.rule not in asking]
    day = report.provenance.as_of.isoformat()
    if duties:
        blocking = sum(1 for one in duties if one.severity is Severity.BLOCKING)
        grave = Both(f"，其中阻断 {blocking} 处", f", {blocking} of them blocking") if blocking else Both("", "")
        opening = Both(
            f"经按 {day} 有效的规则检查，你单位报送的材料有 {len(duties)} 处不符合{grave.zh}。{until}（{workdays} 个工作日，由本机关确定）完成整改并回复。",
            f"By the rules in force on {day}, {len(duties)} places in what you submitted fall short{grave.en}. {until} mend them and reply ({workdays} working days, set by this office).",
        )
    else:
        opening = Both(
            f"经按 {day} 有效的规则检查，你单位报送的材料没有必须整改的事项，另有建议如下。",
            f"By the rules in force on {day}, nothing in what you submitted must be mended; there is advice below.",
        )
    body: list[Block] = [Paragraph(opening.say(tongue))]
    if unanswered:
        title = Both("请先回答的问题", "Questions to answer first").say(tongue)
        body += [Heading(1, title), questions_table(by_rule(report, unanswered), tongue)]
    body += _owed(report, duties, Both("须整改的事项", "What must be mended"), tongue)
    if advice:
        body += _owed(report, advice, Both("建议", "Advice"), tongue, WORDS["advice"].say(tongue))
    body += _reply(tongue) if duties else []
    letter = _letter(report, tongue, Both("整改通知书", "Notice to mend"), f"{named}：" if tongue is Tongue.ZH else f"{named}:", body)
    annex = (
        ()
        if not _needs_annex(report, findings)
        else (Both("问题清单（同名 xlsx）", "the list of findings (xlsx of the same name)").say(tongue),)
    )
    return Notice(
        department=department,
        findings=len(findings),
        due=due,
        letter=replace(letter, attachments=annex),
        listed=tuple(findings) if annex else (),
    )


def _needs_annex(report: Report, findings: Sequence[Finding]) -> bool:
    return any(len(one.findings) > 1 for one in by_rule(report, findings))


def _owed(report: Report, findings: Sequence[Finding], title: Both, tongue: Tongue, words: str = "") -> list[Block]:
    """A heading and a table with one row for each rule: how grave, what is wrong, what to do, by which clause, and where."""
    if not findings:
        return []
    heads = (
        Both("序", "No."),
        Both("程度", "Grave"),
        Both("问题", "What is wrong"),
        Both("整改", "To mend"),
        Both("依据", "Basis"),
        Both("出处", "Place"),
    )
    found = by_rule(report, findings)
    rows = tuple(_row(at, one, tongue) for at, one in enumerate(found[:_MOST_ROWS], 1))
    table = Table(tuple(one.say(tongue) for one in heads), rows, (6, 8, 31, 27, 16, 12))
    lead = [Paragraph(words)] if words else []
    more = len(found) - len(rows)
    rest = [Paragraph(Both(f"另有 {more} 项见附件。", f"{more} more are in the attachment.").say(tongue))] if more else []
    return [Heading(1, title.say(tongue)), *lead, table, *rest]


def _row(at: int, one: RuleFindings, tongue: Tongue) -> tuple[str, ...]:
    told = one.told[0]
    if len(one.findings) == 1:
        wrong, place, fix = one.wrong(told, tongue), one.where(told, tongue), one.fix(told, tongue)
    else:
        count = Both(
            f"{one.card.name.zh}：{len(one.findings)} 处，见附件。", f"{one.card.name.en}: {len(one.findings)}, see the attachment. "
        )
        example = Both(f"如{subjects_words(one.findings[:1], tongue)}：", f"Such as {subjects_words(one.findings[:1], tongue)}: ").say(
            tongue
        )
        wrong = one_line(count.say(tongue) + example + one.findings[0].seen.say(tongue))
        place = one.wheres(tongue)
        fix = one_line((one.findings[0].fix or todo_of(one.findings[0])).say(tongue))
    return str(at), one.card.severity.words.say(tongue), wrong, fix, one.basis(tongue), place


def _reply(tongue: Tongue) -> list[Block]:
    words = Both(
        "逐项写明整改结果；认为判定有误的，写明理由并附材料。",
        "State the outcome of each; where you hold a finding to be wrong, say why and attach evidence.",
    )
    return [Heading(1, Both("回复要求", "How to reply").say(tongue)), Paragraph(words.say(tongue))]


def _letter(report: Report, tongue: Tongue, title: Both, addressee: str, body: Sequence[Block]) -> Letter:
    where = report.provenance
    return Letter(
        tongue=tongue,
        title=title.say(tongue),
        addressee=one_line(addressee),
        notice=PRECHECK.say(tongue),
        body=numbered(body, tongue),
        attachments=(),
        day=day_words(report, tongue),
        footer=f"guiju {where.package} · {where.ruleset[:16]}",
    )
