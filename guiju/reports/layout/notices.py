"""Letters that follow from a report: a notice to each department of what it has to mend, and one page for leaders; words only.

A notice is a draft: its number, seal and issuer are empty, and the days that it grants are the office's own choice, never
said to be the law's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from guiju.reports.gate import evidence_words, outcome_of, passage_words, taken_words
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.letter import Block, Cell, Heading, Letter, Lit, Paragraph, Table, day_words, numbered
from guiju.reports.layout.page_height import PAGE, height_of
from guiju.reports.layout.text import cut, place_words
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, WORDS, citation_words
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
    """The notice to one department; `due` is None where no calendar says which day it is."""

    department: str
    findings: int
    due: date | None
    letter: Letter


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
    blocking = sum(1 for one in report.findings if one.verdict is Verdict.FAIL and one.severity is Severity.BLOCKING and not one.waiver)
    whole = overall(report)
    shown = "–" if whole.points is None else points_words(whole.points)
    light = _whole(report, blocking, tongue)
    numbers = Table(
        tuple(
            one.say(tongue)
            for one in (Both("总评分", "Score"), Both("不符合", "Failed"), Both("其中阻断", "Blocking"), Both("结论", "In short"))
        ),
        ((shown, str(report.count(Verdict.FAIL)), str(blocking), light),),
        (20, 20, 20, 40),
    )
    dimensions = Table(
        tuple(one.say(tongue) for one in (Both("维度", "Dimension"), Both("得分", "Score"), Both("评级", "Rating"), Both("灯", "Light"))),
        tuple(
            (
                DIMENSIONS[one.dimension].say(tongue),
                points_words(one.points),
                rating(one).name.say(tongue),
                _named(one, tongue),
            )
            for one in score_by_dimension(report)
            if one.points is not None
        ),
        (34, 22, 22, 22),
    )
    actions = tuple(
        (str(at), cut((one.card.fix or one.card.name).say(tongue), most), str(one.breaches), f"+{points_words(one.points)}")
        for at, one in enumerate(gains(report)[:5], 1)
    )
    header = tuple(
        one.say(tongue) for one in (Both("序", "No."), Both("做什么", "Action"), Both("处数", "Places"), Both("评分可升", "Gain"))
    )
    body: list[Block] = [
        Heading(1, Both("三个数", "Three numbers").say(tongue)),
        numbers,
        Heading(1, Both("各维度", "By dimension").say(tongue)),
        dimensions,
        Heading(1, Both("最值得做的五件事", "The five most valuable actions").say(tongue)),
        Table(header, actions, (8, 62, 12, 18)) if actions else Paragraph(WORDS["no_actions"].say(tongue)),
        Paragraph(_unsettled(report, tongue)),
    ]
    letter = _letter(report, tongue, Both("检查情况一页纸", "The check on one page"), "", body)
    # Nobody signs it, so its day stands at the top, where it takes no room of its own.
    return replace(letter, notice=f"{letter.notice}　{letter.day}", day="")


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
    taken, said = taken_words(report), evidence_words(report)
    head = f"{taken.say(tongue)}。" if taken is not None else ""
    return f"{head}{said.say(tongue)}。" + Both(
        f"另有 {unknown} 项因缺少材料无法判定，{judged} 项须由人判断。",
        f"{unknown} verdicts wait for data and {judged} provisions for people.",
    ).say(tongue)


def _notice(report: Report, department: str, findings: Sequence[Finding], tongue: Tongue, workdays: int, due: date | None) -> Notice:
    named = department or Both("（未写明单位）", "(no unit stated)").say(tongue)
    until = (
        Both(f"请于{due.year}年{due.month}月{due.day}日前", f"Please, by {due.isoformat()},").say(tongue)
        if due is not None
        else Both(f"请于收到之日起 {workdays} 个工作日内", f"Please, within {workdays} working days of receipt,").say(tongue)
    )
    opening = Both(
        f"经按 {report.provenance.as_of.isoformat()} 有效的规则检查，你单位报送的材料有 {len(findings)} 处不符合。{until}（{workdays} 个工作日，由本机关确定）完成整改并回复。",
        f"By the rules in force on {report.provenance.as_of.isoformat()}, {len(findings)} places in what you submitted fall short. {until} mend them and reply ({workdays} working days, set by this office).",
    )
    rows = tuple(_row(at, one, tongue) for at, one in enumerate(findings[:_MOST_ROWS], 1))
    header = tuple(
        one.say(tongue)
        for one in (Both("序", "No."), Both("问题", "What is wrong"), Both("依据", "Basis"), Both("整改", "To mend"), Both("出处", "Place"))
    )
    body: list[Block] = [
        Paragraph(opening.say(tongue)),
        Heading(1, Both("须整改的事项", "What is to be mended").say(tongue)),
        Table(header, rows, (7, 33, 21, 22, 17)),
    ]
    if len(findings) > len(rows):
        words = Both(
            f"共 {len(findings)} 处，表中列出前 {len(rows)} 处。", f"{len(findings)} in all, of which the first {len(rows)} are listed."
        )
        body.append(Paragraph(words.say(tongue)))
    body += [
        Heading(1, Both("回复要求", "How to reply").say(tongue)),
        Paragraph(
            Both(
                "逐项写明整改结果；认为判定有误的，写明理由并附材料。",
                "State the outcome of each; where you hold a finding to be wrong, say why and attach evidence.",
            ).say(tongue)
        ),
    ]
    letter = _letter(report, tongue, Both("整改通知书", "Notice to mend"), f"{named}：" if tongue is Tongue.ZH else f"{named}:", body)
    return Notice(department=department, findings=len(findings), due=due, letter=letter)


def _row(at: int, one: Finding, tongue: Tongue) -> tuple[str, ...]:
    cites = WORDS["semicolon"].say(tongue).join(
        citation_words(cite.title, cite.clause_text).say(tongue) for cite in one.citations
    ) or WORDS["no_citation"].say(tongue)
    fix = one.fix.say(tongue) if one.fix else one.required.say(tongue)
    place = place_words(one.places[0]) if one.places else ""
    return str(at), one_line(one.message.say(tongue)), cites, fix, one_line(place)


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
