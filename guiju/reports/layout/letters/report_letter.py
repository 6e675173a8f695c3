"""A whole report as an official letter: the conclusion first, then duties, then advice, then what it rests on and where it ends."""

from collections.abc import Iterable

from guiju.reports.gate import evidence_words, passage_words, passages, taken_words
from guiju.reports.layout.columns import shown, waiver_words
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.head import Head, counts_words, head_of, is_duty
from guiju.reports.layout.letters.finding_rows import RuleFindings, by_rule, questions_table, spoken_place
from guiju.reports.layout.letters.letter import Block, Heading, Letter, Paragraph, Table, day_words, numbered
from guiju.reports.layout.text import short_names
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report
from guiju.reports.scores import overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["about_words", "first_table", "letter_of"]

_MOST_PER_RULE = 8
_MOST_ROWS = 400
_BOX = "□"


def letter_of(report: Report, tongue: Tongue) -> Letter:
    """The letter of a whole report."""
    head = head_of(report)
    body = [
        *_conclusion(report, head, tongue),
        *_problems(report, head, tongue),
        *_waived(report, tongue),
        *_for_people(report, tongue),
        *_basis(report, tongue),
        *_limits(report, tongue),
    ]
    where = report.provenance
    return Letter(
        tongue=tongue,
        title=Both("规则符合性检查报告", "Report of a check against the rules").say(tongue),
        addressee="",
        notice=PRECHECK.say(tongue),
        body=numbered(body, tongue),
        attachments=(Both("检查发现清单（同名 xlsx、json）", "the list of findings (xlsx, json of the same name)").say(tongue),),
        day=day_words(report, tongue),
        footer=Both(
            f"guiju {where.package} · 语言 {where.language} · 规则集 {where.ruleset[:16]} · 登记库 {where.registry_date} · 日历 {where.calendar[:8]}",
            f"guiju {where.package} · language {where.language} · ruleset {where.ruleset[:16]} · registry {where.registry_date} · calendar {where.calendar[:8]}",
        ).say(tongue),
        contents=True,
        about=about_words(report, tongue),
    )


def about_words(report: Report, tongue: Tongue) -> tuple[str, ...]:
    """What a letter is about: the record, the unit that hands it in, its number; else the inputs."""
    lines: list[str] = []
    colon = Both("：", ": ").say(tongue)
    for one in report.titles:
        lines.append(one_line(f"{one.kind.say(tongue)}{colon}{one.name}"))
        lines += [one_line(f"{Both('单位', 'unit').say(tongue)}{colon}{one.unit}")] if one.unit else []
        lines += [one_line(f"{Both('编号', 'number').say(tongue)}{colon}{one.number}")] if one.number else []
    if not lines:
        names = list(short_names(one.file for one in report.inputs).values())
        said = WORDS["comma"].say(tongue).join(names[:3]) + (" …" if len(names) > 3 else "")
        counts = WORDS["comma"].say(tongue).join(f"{one.name.say(tongue)} {one.count}" for one in report.kinds)
        lines = [one_line(f"{said} · {counts}" if counts else said)]
    return tuple(lines)


def first_table(report: Report, head: Head, tongue: Tongue) -> list[Block]:
    """The things to do first, as a table."""
    short = list(short_names(one.file for one in report.inputs).values())
    file = short[0] if len(short) == 1 else ""
    if not head.first:
        return []
    heads = (Both("序", "No."), Both("先做什么", "What first"), Both("为什么", "Why"), Both("在哪里", "Where"))
    rows = tuple(
        (str(at), one_line(one.what.say(tongue)), one_line(one.why.say(tongue)), spoken_place(one.where, file, tongue))
        for at, one in enumerate(head.first, 1)
    )
    return [Table(tuple(one.say(tongue) for one in heads), rows, (7, 45, 28, 20))]


def _conclusion(report: Report, head: Head, tongue: Tongue) -> list[Block]:
    stop = Both("。", ". ").say(tongue)
    outcome = f"{head.outcome.say(tongue)}{stop}" if head.outcome is not None else ""
    return [
        Heading(1, Both("结论", "Conclusion").say(tongue)),
        Paragraph(f"{outcome}{counts_words(head).say(tongue)}{stop}{_score_words(report, tongue)}".strip()),
        *first_table(report, head, tongue),
    ]


def _score_words(report: Report, tongue: Tongue) -> str:
    whole = overall(report)
    if whole.points is None:
        return ""
    points, step = points_words(whole.points), rating(whole).name
    return Both(f"总评分 {points} 分，评级“{step.zh}”。", f"The overall score is {points}, rated {step.en}.").say(tongue)


def _problems(report: Report, head: Head, tongue: Tongue) -> list[Block]:
    asking = {card.id for card in report.rules if card.asks}
    every = [one for one in report.findings if shown(one) in (Verdict.FAIL, Verdict.ERROR)]
    failed = [one for one in every if one.rule not in asking]
    blocks = _questions(report, [one for one in every if one.rule in asking], tongue)
    blocks.append(Heading(1, Both("须整改的事项", "What must be mended").say(tongue)))
    duties = [one for one in failed if is_duty(one)]
    if head.is_clean:
        blocks.append(Paragraph(WORDS["clean"].say(tongue)))
    elif not duties:
        blocks.append(Paragraph(WORDS["no_duties"].say(tongue)))
    for severity in reversed(Severity):
        found = [one for one in duties if one.severity is severity]
        if found:
            blocks.append(Heading(2, severity.words.say(tongue) + Both(f"（{len(found)} 处）", f" ({len(found)})").say(tongue)))
            blocks += _table(by_rule(report, found), tongue)
    advice = [one for one in failed if not is_duty(one)]
    if advice:
        blocks += [
            Heading(1, Both(f"建议（{len(advice)} 处）", f"Advice ({len(advice)})").say(tongue)),
            Paragraph(WORDS["advice"].say(tongue)),
            *_table(by_rule(report, advice), tongue),
        ]
    return blocks


def _questions(report: Report, unanswered: list[Finding], tongue: Tongue) -> list[Block]:
    """The screening questions without an answer, before all else: they decide what else is asked."""
    if not unanswered:
        return []
    title = Both(f"没有回答的筛查问题（{len(unanswered)} 个）", f"Screening questions unanswered ({len(unanswered)})")
    return [Heading(1, title.say(tongue)), questions_table(by_rule(report, unanswered), tongue)]


def _table(rules: Iterable[RuleFindings], tongue: Tongue) -> list[Block]:
    """One table: what is asked and by which clause, how it stands, what to do, and where; of many alike the number."""
    heads = (Both("事项和依据", "Rule and basis"), Both("现状", "As it is"), Both("要求", "To do"), Both("出处", "Place"))
    rows: list[tuple[str, ...]] = []
    left: list[str] = []
    for one in rules:
        count = Both(f"（{len(one.findings)} 处）", f" ({len(one.findings)})").say(tongue) if len(one.findings) > 1 else ""
        what = one_line(f"{one.card.name.say(tongue)}{count} — {one.basis(tongue)}")
        for at, told in enumerate(one.told[:_MOST_PER_RULE]):
            rows.append((what if at == 0 else "", one.wrong(told, tongue), one.fix(told, tongue), one.where(told, tongue)))
        rest = len(one.findings) - sum(told.count for told in one.told[:_MOST_PER_RULE])
        if rest:
            left.append(Both(f"“{one.card.name.zh}”另 {rest} 处", f"{rest} more of {one.card.name.en}").say(tongue))
    blocks: list[Block] = [Table(tuple(one.say(tongue) for one in heads), tuple(rows), (26, 34, 25, 15))]
    if left:
        said = WORDS["comma"].say(tongue).join(left)
        blocks.append(Paragraph(one_line(Both(f"{said}，见附件。", f"{said}: see the attachment.").say(tongue))))
    return blocks


def _waived(report: Report, tongue: Tongue) -> list[Block]:
    """The breaches over which a waiver lies, each with who approved it, under which number, why, and until when."""
    waived = [one for one in report.findings if one.waiver]
    if not waived:
        return []
    words = waiver_words(report)
    heads = (Both("对象", "Subject"), Both("问题", "What is wrong"), Both("豁免", "Waiver"))
    count = Both(f"下列 {len(waived)} 处不符合已获豁免，判定不变：", f"{len(waived)} breaches are waived; their verdict stays:")
    blocks: list[Block] = [
        Heading(1, Both("已获豁免", "Waived").say(tongue)),
        Paragraph(count.say(tongue)),
        Table(tuple(one.say(tongue) for one in heads), tuple(_waiver_row(one, words, tongue) for one in waived[:_MOST_ROWS]), (22, 42, 36)),
    ]
    return [*blocks, *_rest(len(waived) - _MOST_ROWS, tongue)]


def _waiver_row(one: Finding, words: dict[str, str], tongue: Tongue) -> tuple[str, ...]:
    waiver = f"{one.waiver} {words.get(one.waiver or '', '')}"
    return one_line(one.subject.name), one_line(one.message.say(tongue)), one_line(waiver)


def _rest(count: int, tongue: Tongue) -> list[Block]:
    """What a table left out, said below it."""
    return [Paragraph(Both(f"另 {count} 项见附件。", f"The other {count} are in the attachment.").say(tongue))] if count > 0 else []


def _for_people(report: Report, tongue: Tongue) -> list[Block]:
    """What no machine judges, with a box for each answer."""
    if not report.judged:
        return []
    count = len(report.judged)
    words = Both(f"下列 {count} 项需人工核查，逐项勾选：", f"For people to judge, {count} provisions, each to be ticked:")
    heads = (Both("事项", "Provision"), Both("依据", "Basis"), Both("由谁判断", "By whom"), Both("结果", "Outcome"))
    boxes = Both(f"{_BOX}符合 {_BOX}不符合 {_BOX}不涉及", f"{_BOX} met {_BOX} not met {_BOX} n/a").say(tongue)
    rows = tuple(
        (
            one.name.say(tongue),
            WORDS["semicolon"].say(tongue).join(citation_words(cite.title, cite.clause_text).say(tongue) for cite in one.citations),
            one.who.say(tongue),
            boxes,
        )
        for one in report.judged[:_MOST_ROWS]
    )
    return [
        Heading(1, WORDS["for_people"].say(tongue)),
        Paragraph(words.say(tongue)),
        Table(tuple(one.say(tongue) for one in heads), rows, (26, 34, 22, 18)),
        *_rest(count - _MOST_ROWS, tongue),
    ]


def _basis(report: Report, tongue: Tongue) -> list[Block]:
    names = {kind.id: kind.name.say(tongue) for kind in report.kinds}
    comma = Both("、", ", ").say(tongue)
    rows = tuple(
        (one_line(one.file), comma.join(f"{names[kind]} {count}" for kind, count in one.subjects), one.sha256[:12]) for one in report.inputs
    )
    total = sum(kind.count for kind in report.kinds)
    day = report.provenance.as_of.isoformat()
    words = Both(
        f"按 {day} 有效的规则，对 {len(report.inputs)} 份材料中的 {total} 个对象作了检查，适用规则 {len(report.rules)} 条。",
        f"By the rules in force on {day}, {total} subjects in {len(report.inputs)} inputs were checked against {len(report.rules)} rules. ",
    ).say(tongue)
    counts = Both("，", ", ").say(tongue).join(f"{one.words.say(tongue)} {report.count(one)}" for one in VERDICT_ORDER if report.count(one))
    verdicts = sum(count for _, count in report.tally)
    words += Both(f"共作出判定 {verdicts} 项：{counts}。", f"{verdicts} verdicts: {counts}. ").say(tongue)
    heads = (Both("材料", "Input"), Both("对象", "Subjects"), Both("SHA-256（前 12 位）", "SHA-256 (first 12)"))
    return [
        Heading(1, Both("检查范围与依据", "Scope and basis").say(tongue)),
        Paragraph(words + _evidence(report, tongue)),
        Table(tuple(one.say(tongue) for one in heads), rows[:_MOST_ROWS], (44, 28, 28)),
        *_rest(len(rows) - _MOST_ROWS, tongue),
        *_dimensions(report, tongue),
    ]


def _dimensions(report: Report, tongue: Tongue) -> list[Block]:
    rows = tuple(
        (DIMENSIONS[one.dimension].say(tongue), points_words(one.points), rating(one).name.say(tongue), f"{one.breaches} / {one.verdicts}")
        for one in score_by_dimension(report)
        if one.points is not None
    )
    heads = (Both("维度", "Dimension"), Both("得分", "Score"), Both("评级", "Rating"), Both("不符合 / 已判定", "failed / judged"))
    return [Table(tuple(one.say(tongue) for one in heads), rows, (30, 20, 20, 30))] if rows else []


def _evidence(report: Report, tongue: Tongue) -> str:
    """The profile, the share judged, and the outcome of each profile."""
    said = [taken_words(report), evidence_words(report), *(passage_words(one) for one in passages(report))]
    return Both("；", "; ").say(tongue).join(one.say(tongue) for one in said if one is not None) + Both("。", ".").say(tongue)


def _limits(report: Report, tongue: Tongue) -> list[Block]:
    blocks: list[Block] = [Heading(1, Both("检查的限度", "Limits of this check").say(tongue))]
    unknown = report.count(Verdict.UNDETERMINED)
    if unknown:
        words = Both(f"有 {unknown} 项因材料没有提供所需内容而无法判定。", f"{unknown} verdicts could not be reached for want of data.")
        blocks.append(Paragraph(words.say(tongue)))
    if report.diagnostics or report.unmatched:
        words = Both(
            f"读入时有 {len(report.diagnostics)} 处问题，{len(report.unmatched)} 个表头未认出，所涉内容没有检查。",
            f"{len(report.diagnostics)} things could not be read and {len(report.unmatched)} headers were not recognised; they were not checked.",
        )
        blocks.append(Paragraph(words.say(tongue)))
    return [*blocks, Paragraph(PRECHECK.say(tongue) + Both("。", ".").say(tongue))]
