"""A report as an official letter, before any format: title, numbered headings, paragraphs, tables, closing; words only.

The layout is that of GB/T 9704-2012 where a writer can keep it. Number, seal and issuer are left empty: a check is not a
document of any office until an office makes it one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from guiju.reports.gate import evidence_words, outcome_of, passage_words, passages, taken_words
from guiju.reports.layout.columns import shown, waiver_words
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report, RuleCard
from guiju.reports.scores import gains, overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["Block", "Cell", "Heading", "Letter", "Lit", "Paragraph", "Table", "day_words", "leads_in", "letter_of", "numbered"]

_MOST_PER_RULE = 8
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、), 2 (（一）), 3 (1.) or 4 ((1))."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Lit:
    """Words in a cell with a light before them: green, amber or red. The words say the colour too."""

    text: str
    light: str


Cell: TypeAlias = str | Lit


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header that is repeated on each page; widths are shares of the text's width, in percent."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


Block: TypeAlias = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that a writer sets; `attachments` are named after the body, `day` is the day of judgement.

    `contents` asks for a page of contents where a form has pages of its own. Without a `day` nobody signs it.
    """

    tongue: Tongue
    title: str
    addressee: str
    notice: str
    body: tuple[Block, ...]
    attachments: tuple[str, ...]
    day: str
    footer: str
    contents: bool = False


def leads_in(body: tuple[Block, ...], at: int) -> bool:
    """Whether that block belongs to what follows it, so that no page ends between them: a heading, or words before a table."""
    block = body[at]
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and at + 1 < len(body) and isinstance(body[at + 1], Table))


def numbered(blocks: Iterable[Block], tongue: Tongue) -> tuple[Block, ...]:
    """The blocks with the numbers of GB/T 9704-2012 before their headings: 一、 （一） 1. (1)."""
    counts = [0, 0, 0, 0]
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            block = Heading(block.level, _number(block.level, counts[block.level - 1], tongue) + block.text)
        out.append(block)
    return tuple(out)


def letter_of(report: Report, tongue: Tongue) -> Letter:
    """The letter of a whole report."""
    body = [
        *_scope(report, tongue),
        *_state(report, tongue),
        *_problems(report, tongue),
        *_limits(report, tongue),
        *_provenance(report, tongue),
    ]
    return Letter(
        tongue=tongue,
        title=Both("规则符合性检查报告", "Report of a check against the rules").say(tongue),
        addressee="",
        notice=PRECHECK.say(tongue),
        body=numbered(body, tongue),
        attachments=(Both("检查发现清单（同名 xlsx、json）", "the list of findings (xlsx, json of the same name)").say(tongue),),
        day=day_words(report, tongue),
        footer=_footer(report, tongue),
        contents=True,
    )


def day_words(report: Report, tongue: Tongue) -> str:
    """The day of judgement as a letter writes it."""
    day = report.provenance.as_of
    return f"{day.year}年{day.month}月{day.day}日" if tongue is Tongue.ZH else day.isoformat()


def _number(level: int, count: int, tongue: Tongue) -> str:
    if tongue is Tongue.EN:
        letter = chr(ord("a") + count - 1) if count <= 26 else str(count)
        return (f"{count}. ", f"({count}) ", f"{letter}. ", f"({letter}) ")[level - 1]
    chinese = _chinese(count)
    return (f"{chinese}、", f"（{chinese}）", f"{count}. ", f"（{count}）")[level - 1]


def _chinese(count: int) -> str:
    digits = "零一二三四五六七八九"
    if count < 10:
        return digits[count]
    tens, ones = divmod(count, 10)
    if tens >= 10:
        return str(count)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _scope(report: Report, tongue: Tongue) -> list[Block]:
    names = {kind.id: kind.name.say(tongue) for kind in report.kinds}
    rows = tuple(
        (one_line(one.file), Both("、", ", ").say(tongue).join(f"{names[kind]} {count}" for kind, count in one.subjects), one.sha256[:12])
        for one in report.inputs
    )
    total = sum(kind.count for kind in report.kinds)
    words = Both(
        f"按 {report.provenance.as_of.isoformat()} 有效的规则，对 {len(report.inputs)} 份材料中的 {total} 个对象作了检查，适用规则 {len(report.rules)} 条。",
        f"By the rules in force on {report.provenance.as_of.isoformat()}, {total} subjects in {len(report.inputs)} inputs were checked against {len(report.rules)} rules.",
    )
    header = tuple(
        one.say(tongue) for one in (Both("材料", "Input"), Both("对象", "Subjects"), Both("SHA-256（前 12 位）", "SHA-256 (first 12)"))
    )
    return [
        Heading(1, Both("检查范围与依据", "Scope and basis").say(tongue)),
        Paragraph(words.say(tongue)),
        Table(header, rows[:_MOST_ROWS], (44, 28, 28)),
        *_rest(len(rows) - _MOST_ROWS, tongue),
    ]


def _rest(count: int, tongue: Tongue) -> list[Block]:
    """What a table left out, said below it."""
    return [Paragraph(Both(f"另 {count} 项见附件。", f"The other {count} are in the attachment.").say(tongue))] if count > 0 else []


def _state(report: Report, tongue: Tongue) -> list[Block]:
    counts = Both("，", ", ").say(tongue).join(f"{one.words.say(tongue)} {report.count(one)}" for one in VERDICT_ORDER if report.count(one))
    score = f"{_evidence(report, tongue)}{_score_words(report, tongue)}"
    rows = tuple(
        (
            DIMENSIONS[one.dimension].say(tongue),
            points_words(one.points),
            rating(one).name.say(tongue),
            f"{one.breaches} / {one.verdicts}",
        )
        for one in score_by_dimension(report)
        if one.points is not None
    )
    header = tuple(
        one.say(tongue)
        for one in (Both("维度", "Dimension"), Both("得分", "Score"), Both("评级", "Rating"), Both("不符合 / 已判定", "failed / judged"))
    )
    return [
        Heading(1, Both("总体情况", "Overall").say(tongue)),
        Paragraph(
            Both(
                f"共作出判定 {sum(n for _, n in report.tally)} 项：{counts}。", f"{sum(n for _, n in report.tally)} verdicts: {counts}. "
            ).say(tongue)
            + score
        ),
        Table(header, rows, (30, 20, 20, 30)),
    ]


def _score_words(report: Report, tongue: Tongue) -> str:
    whole = overall(report)
    if whole.points is None:
        return ""
    points, step = points_words(whole.points), rating(whole).name
    return Both(f"总评分 {points} 分，评级“{step.zh}”。", f" The overall score is {points}, rated {step.en}.").say(tongue)


def _evidence(report: Report, tongue: Tongue) -> str:
    """The profile, the share judged, and the outcome of each profile."""
    said = [taken_words(report), evidence_words(report), *(passage_words(one) for one in passages(report))]
    return Both("；", "; ").say(tongue).join(one.say(tongue) for one in said if one is not None) + Both("。", ".").say(tongue)


def _problems(report: Report, tongue: Tongue) -> list[Block]:
    failed = [one for one in report.findings if shown(one) in (Verdict.FAIL, Verdict.ERROR)]
    blocks: list[Block] = [Heading(1, Both("发现的问题", "What was found").say(tongue))]
    reached = outcome_of(report)
    if not failed and (reached is None or reached.outcome.colour == "green"):
        blocks.append(Paragraph(WORDS["clean"].say(tongue)))
    for severity in reversed(Severity):
        cards = [card for card in report.rules if card.severity is severity and any(one.rule == card.id for one in failed)]
        if cards:
            count = sum(1 for one in failed if one.severity is severity)
            blocks.append(Heading(2, f"{severity.words.say(tongue)}" + Both(f"（{count} 处）", f" ({count})").say(tongue)))
        for card in cards:
            blocks += _of_rule(card, [one for one in failed if one.rule == card.id], tongue)
    return [*blocks, *_waived(report, tongue)]


def _waived(report: Report, tongue: Tongue) -> list[Block]:
    """The breaches over which a waiver lies, each with who approved it, under which number, why, and until when."""
    waived = [one for one in report.findings if one.waiver]
    if not waived:
        return []
    words = waiver_words(report)
    header = tuple(one.say(tongue) for one in (Both("对象", "Subject"), Both("问题", "What is wrong"), Both("豁免", "Waiver")))
    rows = tuple(
        (one_line(one.subject.name), one_line(one.message.say(tongue)), one_line(f"{one.waiver} {words.get(one.waiver or '', '')}"))
        for one in waived[:_MOST_ROWS]
    )
    count = Both(f"下列 {len(waived)} 处不符合已获豁免，判定不变：", f"{len(waived)} breaches are waived; their verdict stays:")
    blocks: list[Block] = [
        Heading(2, Both("已获豁免", "Waived").say(tongue)),
        Paragraph(count.say(tongue)),
        Table(header, rows, (22, 42, 36)),
    ]
    return [*blocks, *_rest(len(waived) - len(rows), tongue)]


def _of_rule(card: RuleCard, findings: list[Finding], tongue: Tongue) -> list[Block]:
    cites = WORDS["semicolon"].say(tongue).join(citation_words(one.title, one.clause_text).say(tongue) for one in card.citations) or WORDS[
        "no_citation"
    ].say(tongue)
    words = Both(f"依据：{cites}。", f"Basis: {cites}.").say(tongue)
    if card.fix is not None:
        words += Both(f"整改：{card.fix.zh}", f" To mend: {card.fix.en}").say(tongue)
    rows = tuple(
        (one_line(one.subject.name), one_line(one.message.say(tongue)), one_line(place_words(one.places[0])) if one.places else "")
        for one in findings[:_MOST_PER_RULE]
    )
    header = tuple(one.say(tongue) for one in (Both("对象", "Subject"), Both("问题", "What is wrong"), Both("出处", "Place")))
    blocks: list[Block] = [Heading(3, card.name.say(tongue)), Paragraph(words), Table(header, rows, (22, 52, 26))]
    rest = len(findings) - len(rows)
    if rest:
        blocks.append(
            Paragraph(
                Both(
                    f"本项共 {len(findings)} 处，另 {rest} 处见附件。", f"{len(findings)} in all; the other {rest} are in the attachment."
                ).say(tongue)
            )
        )
    return blocks


def _limits(report: Report, tongue: Tongue) -> list[Block]:
    blocks: list[Block] = [Heading(1, Both("检查的限度", "Limits of this check").say(tongue))]
    unknown = report.count(Verdict.UNDETERMINED)
    if unknown:
        blocks.append(
            Paragraph(
                Both(
                    f"有 {unknown} 项因材料没有提供所需内容而无法判定。", f"{unknown} verdicts could not be reached for want of data."
                ).say(tongue)
            )
        )
    if report.judged:
        blocks.append(
            Paragraph(
                Both(f"下列 {len(report.judged)} 项需人工核查：", f"For people to judge, {len(report.judged)} provisions:").say(tongue)
            )
        )
        header = tuple(one.say(tongue) for one in (Both("事项", "Provision"), Both("依据", "Basis"), Both("由谁判断", "By whom")))
        rows = tuple(
            (
                one.name.say(tongue),
                WORDS["semicolon"].say(tongue).join(citation_words(cite.title, cite.clause_text).say(tongue) for cite in one.citations),
                one.who.say(tongue),
            )
            for one in report.judged
        )
        blocks += [Table(header, rows[:_MOST_ROWS], (36, 40, 24)), *_rest(len(rows) - _MOST_ROWS, tongue)]
    if report.diagnostics or report.unmatched:
        words = Both(
            f"读入时有 {len(report.diagnostics)} 处问题，{len(report.unmatched)} 个表头未认出，所涉内容没有检查。",
            f"{len(report.diagnostics)} things could not be read and {len(report.unmatched)} headers were not recognised; they were not checked.",
        )
        blocks.append(Paragraph(words.say(tongue)))
    return [*blocks, Paragraph(PRECHECK.say(tongue) + Both("。", ".").say(tongue))]


def _provenance(report: Report, tongue: Tongue) -> list[Block]:
    first = gains(report)[:5]
    blocks: list[Block] = []
    if first:
        blocks.append(Heading(1, Both("整改建议", "What to mend first").say(tongue)))
        rows = tuple((one.card.name.say(tongue), str(one.breaches), f"+{points_words(one.points)}") for one in first)
        header = tuple(one.say(tongue) for one in (Both("事项", "Rule"), Both("处数", "Places"), Both("评分可升", "Score would rise by")))
        blocks.append(Table(header, rows, (60, 18, 22)))
    return blocks


def _footer(report: Report, tongue: Tongue) -> str:
    where = report.provenance
    return Both(
        f"guiju {where.package} · 语言 {where.language} · 规则集 {where.ruleset[:16]} · 登记库 {where.registry_date} · 日历 {where.calendar[:8]}",
        f"guiju {where.package} · language {where.language} · ruleset {where.ruleset[:16]} · registry {where.registry_date} · calendar {where.calendar[:8]}",
    ).say(tongue)
