"""A report for a terminal: frames grouped by rule or by subject, root causes folded, a closing line with counts.

Colour is never the only signal; widths count a 汉字 as two columns; nothing is cut without saying how much. Words from outside are
written with their unseen characters by number: none of them steers a terminal.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import PurePath

from guiju.diagnostics.source import display_width
from guiju.reports.gate import passage_words, passages, taken_words
from guiju.reports.layout.alike import Alike, alike_of
from guiju.reports.layout.escape import one_line, visible
from guiju.reports.layout.head import Head, asked_of, counts_words, first_words, fold_where, head_of, title_words
from guiju.reports.layout.text import cut, place_words, value_at, wrap
from guiju.reports.layout.words import VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report, RuleCard
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["TextStyle", "to_text"]

_COLOURS = {Severity.BLOCKING: "1;31", Severity.MAJOR: "31", Severity.MINOR: "33", Severity.ADVISORY: "36"}
_MOST_FILES = 20
_FAR = 8
_MOST_FOLDS = 12


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How the text is drawn.

    `excerpt` gives the line of an input, if it is a text. `per_rule` caps the frames of one rule; 0 shows all. `details` adds to each
    what was seen, what is required and what would pass. `group` is rule, subject or unit. `show` names verdicts that are listed beyond
    FAIL and ERROR.
    """

    tongue: Tongue
    width: int = 100
    colour: bool = False
    ascii: bool = False
    per_rule: int = 10
    details: bool = False
    group: str = "rule"
    statistics: bool = False
    show: tuple[Verdict, ...] = ()
    excerpt: Callable[[str, int], str | None] = lambda _file, _line: None


def to_text(report: Report, style: TextStyle) -> str:
    """The report as lines of text, ending in a line feed."""
    lines = [*_opening(report, style), ""]
    listed = tuple(
        one
        for one in report.findings
        if one.verdict in (Verdict.FAIL, Verdict.ERROR, *style.show) and not one.waiver and not _is_under(one)
    )
    if style.group == "subject":
        lines += _by_subject(report, listed, style)
    elif style.group == "unit":
        lines += _by_unit(report, listed, style)
    else:
        lines += _by_rule(report, listed, style)
    lines += _between(report, style)
    lines += _folded(report, style)
    if style.statistics:
        lines += _statistics(report, style)
    lines += _closing(report, listed, style)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _paint(text: str, code: str, style: TextStyle) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def _opening(report: Report, style: TextStyle) -> list[str]:
    say, where, head = style.tongue, report.provenance, head_of(report)
    names = {kind.id: kind.name.say(say) for kind in report.kinds}
    taken = taken_words(report)
    counted = counts_words(head).say(say)
    lines = wrap(taken.say(say), style.width) if taken is not None else []
    result = [head.outcome.say(say), counted] if head.outcome is not None else [counted]
    lines += [_paint(line, "1", style) for one in result for line in wrap(one, style.width)]
    lines += [one_line(title_words(one).say(say)) for one in head.titles]
    lines += _first(head, style)
    lines.append(
        f"{Both('规矩', 'Guiju').say(say)} {where.package} · {WORDS['ruleset'].say(say)} {where.ruleset[:12]} · "
        f"{WORDS['registry'].say(say)} {where.registry_date} · {WORDS['as_of'].say(say)} {where.as_of.isoformat()}"
    )
    lines += [
        f"  {one_line(one.file)}  " + ", ".join(f"{names[kind]} {count}" for kind, count in one.subjects)
        for one in report.inputs[:_MOST_FILES]
    ]
    if len(report.inputs) > _MOST_FILES:
        lines.append("  … " + WORDS["more"].say(say).format(n=len(report.inputs) - _MOST_FILES))
    return lines + [f"  {WORDS['unmatched'].say(say)}: {one_line(one.header)}" + _nearest(one.nearest, say) for one in report.unmatched]


def _first(head: Head, style: TextStyle) -> list[str]:
    """The three things to do first, each with its reason and its place."""
    say = style.tongue
    lines = [first_words(head).say(say)] if head.first else []
    for number, one in enumerate(head.first, 1):
        told = Both(f"{one.what.zh}（{one.why.zh}）", f"{one.what.en} ({one.why.en})").say(say)
        first, *rest = wrap(f"{told}  {one_line(one.where)}", style.width - 5)
        lines += [f"  {number}. {first}", *(f"     {line}" for line in rest)]
    return lines


def _nearest(name: str | None, tongue: Tongue) -> str:
    if not name:
        return ""
    words = WORDS["nearest"].say(tongue).format(name=name)
    return Both(f"（{words}）", f" ({words})").say(tongue)


def _by_rule(report: Report, listed: tuple[Finding, ...], style: TextStyle) -> list[str]:
    asking = {card.id for card in report.rules if card.asks}
    questions = [one for one in listed if one.rule in asking and one.verdict is Verdict.FAIL]
    lines = _unanswered(questions, style)
    others = [one for one in listed if one.rule not in asking or one.verdict is not Verdict.FAIL] if questions else listed
    for (_, id), group in groupby(others, key=lambda one: (one.verdict, one.rule)):
        findings = tuple(group)
        lines += _rule_head(report.rule(id), findings, style)
        told = alike_of(findings)
        shown = told if style.per_rule == 0 else told[: style.per_rule]
        for one in shown:
            lines += _frame(one, (), style)
        lines += [*_left_out(len(findings) - sum(one.count for one in shown), style), ""]
    return lines


def _unanswered(questions: list[Finding], style: TextStyle) -> list[str]:
    """The screening questions without an answer in one block: a line or two each, those first on which most rules hang."""
    if not questions:
        return []
    say = style.tongue
    grave = _paint(f"{Verdict.FAIL.words.say(say)} · {questions[0].severity.words.say(say)}", _COLOURS[questions[0].severity], style)
    lines = [f"{grave}  {_paint(WORDS['questions'].say(say).format(n=len(questions)), '1', style)}"]
    shown = questions if style.per_rule == 0 else questions[: style.per_rule]
    for one in shown:
        where = one_line(place_words(one.places[0]) if one.places else one.subject.name)
        first, *rest = wrap(f"{one.message.say(say)}  {where}", style.width - 4)
        lines += [f"  · {first}", *(f"    {line}" for line in rest)]
    return [*lines, *_left_out(len(questions) - len(shown), style), ""]


def _by_subject(report: Report, listed: tuple[Finding, ...], style: TextStyle) -> list[str]:
    lines: list[str] = []
    kinds = {one.id: one.name.say(style.tongue) for one in report.kinds}
    ordered = sorted(listed, key=lambda one: (one.subject.order, one.subject.kind, one.subject.id))
    for (kind, id), group in groupby(ordered, key=lambda one: (one.subject.kind, one.subject.id)):
        findings = tuple(group)
        name = one_line(findings[0].subject.name)
        told = f"{kinds.get(kind, kind)} {name}" if id == findings[0].subject.name else f"{kinds.get(kind, kind)} {name} [{one_line(id)}]"
        lines.append(f"{_paint(told, '1', style)} × {len(findings)}")
        shown = findings if style.per_rule == 0 else findings[: style.per_rule]
        for finding in shown:
            lines += _frame(Alike((finding,)), tuple(_rule_head(report.rule(finding.rule), (finding,), style)), style)
        lines += [*_left_out(len(findings) - len(shown), style), ""]
    return lines


def _by_unit(report: Report, listed: tuple[Finding, ...], style: TextStyle) -> list[str]:
    """Who has to mend what: a line or two for each finding under the unit that it names; those of no unit come last."""
    say = style.tongue
    lines: list[str] = []
    ordered = sorted(listed, key=lambda one: (one.department is None, one.department or ""))
    for unit, group in groupby(ordered, key=lambda one: one.department):
        findings = tuple(group)
        lines.append(_paint(f"{unit or WORDS['no_unit'].say(say)} · {len(findings)}", "1", style))
        for finding in findings:
            lines += _owed(finding, report.rule(finding.rule), style)
        lines.append("")
    return lines


def _owed(finding: Finding, card: RuleCard, style: TextStyle) -> list[str]:
    """What is wrong in the author's own words where he gave any, where, by which clause, and how it is mended."""
    say = style.tongue
    grave = _paint(f"{finding.verdict.words.say(say)} · {card.severity.words.say(say)}", _COLOURS[card.severity], style)
    where = place_words(finding.places[0]) if finding.places else finding.subject.name
    cites = "; ".join(citation_words(one.title, one.clause_text).say(say) for one in card.citations)
    lines = [f"  {grave}  {_paint(card.name.say(say), '1', style)}  {where}"]
    rows = [finding.problem, *([finding.fix] if finding.fix is not None else [])]
    for text in (*(one.say(say) for one in rows), cites):
        lines += [f"      {line}" for line in wrap(text, style.width - 6)] if text else []
    return lines


def _left_out(count: int, style: TextStyle) -> list[str]:
    return ["  … " + WORDS["more"].say(style.tongue).format(n=count)] if count else []


def _rule_head(card: RuleCard, findings: tuple[Finding, ...], style: TextStyle) -> list[str]:
    """The rule, by which clause, and what mends it: once for all its findings."""
    say = style.tongue
    verdict = findings[0].verdict.words.say(say)
    grave = _paint(f"{verdict} · {card.severity.words.say(say)}", _COLOURS[card.severity], style)
    count = f"× {len(findings)}" if len(findings) > 1 else ""
    head = f"{grave}  {_paint(card.name.say(say), '1', style)}  [{card.id}] {count}"
    lines = _told(WORDS["cites"].say(say), findings[0].basis.say(say), style)
    fixes = {one.fix for one in findings}
    fix = fixes.pop() if len(fixes) == 1 else None
    return [head.rstrip(), *lines, *(_told(WORDS["fix"].say(say), fix.say(say), style) if fix is not None else [])]


def _told(label: str, words: str, style: TextStyle) -> list[str]:
    first, *rest = wrap(f"{label}: {words}", style.width - 2)
    blank = " " * (display_width(label) + 4)
    return [f"  {first}", *(f"{blank}{line}" for line in wrap(" ".join(rest), style.width - len(blank)) if rest)]


def _frame(told: Alike, head: tuple[str, ...], style: TextStyle) -> list[str]:
    """One finding, or those that read as one; `head` says which rule it is of, where the frames are not grouped by rules.

    Where it stands, the line with marks under the value, what is wrong, what to write: four or five lines, and details where asked for.
    """
    say, finding = style.tongue, told.first
    corner, bar, foot = ("+-", "|", "`-") if style.ascii else ("┌─", "│", "└─")
    where = one_line(told.where) + (f"  × {told.count}" if told.count > 1 else "")
    lines = [f"  {corner} {line}" if at == 0 else f"  {bar}  {line}" for at, line in enumerate(wrap(where, style.width - 5))]
    lines += [f"  {bar} {line}" for line in head]
    lines += _excerpt(finding, bar, style) if told.count == 1 else []
    lines += [f"  {bar} {line}" for line in wrap(told.wrong.say(say), style.width - 6)]
    rows = list(_details(finding, style)) if style.details else list(_extras(finding, say))
    labels = max((display_width(label) for label, _ in rows), default=0)
    for label, words in rows:
        lines += _row(label, words.say(say), labels, bar, style)
    lines += [f"  {bar} {line}" for line in wrap(finding.action.say(say), style.width - 6)] if finding.action is not None else []
    # The last line closes the frame.
    return [*lines[:-1], lines[-1].replace(f"  {bar}", f"  {foot}", 1)]


def _details(finding: Finding, style: TextStyle) -> Iterator[tuple[str, Both]]:
    """Everything else that is known of a finding."""
    say = style.tongue
    if finding.says is not None:
        yield WORDS["problem"].say(say), finding.message
    yield WORDS["seen"].say(say), finding.seen
    yield WORDS["required"].say(say), finding.required
    for key, words in (("flips", finding.flips), ("fix", finding.fix)):
        if words is not None:
            yield WORDS[key].say(say), words
    yield from _extras(finding, say)
    if len(finding.places) > 1:
        also = ", ".join(place_words(one) for one in finding.places[1:6])
        rest = len(finding.places) - 6
        also += " … " + WORDS["more"].say(say).format(n=rest) if rest > 0 else ""
        yield WORDS["also"].say(say), Both(also, also)


def _extras(finding: Finding, tongue: Tongue) -> Iterator[tuple[str, Both]]:
    if finding.members:
        # Members of one name are told apart by their ids.
        alike = len({one.name for one in finding.members}) < len(finding.members)
        names = WORDS["comma"].say(tongue).join(one.id if alike else one.name for one in finding.members[:5])
        total = len(finding.members)
        yield (
            WORDS["members"].say(tongue),
            Both(f"{names} 等 {total} 个" if total > 5 else names, f"{names} and others, {total} in all" if total > 5 else names),
        )


def _excerpt(finding: Finding, bar: str, style: TextStyle) -> list[str]:
    place = finding.places[0] if finding.places else None
    if place is None or place.line is None or place.cell is not None:
        return []
    text = style.excerpt(place.file, place.line)
    if text is None:
        return []
    number = f"{place.line:>4} "
    room = max(style.width - len(number) - 6, 20)
    shown, at = _window(text, (place.column or 1) - 1, room)
    lines = [f"  {bar} {number}{shown}"]
    if not place.column:
        return lines
    marks = max(1, min(display_width(visible(value_at(text, place.column - 1)).expandtabs(2)), display_width(shown) - at))
    return [*lines, f"  {bar} {' ' * (len(number) + at)}{'^' * marks}"]


def _window(text: str, at: int, width: int) -> tuple[str, int]:
    """As much of a line as fits, the place in it well inside; and how many columns before it are shown."""
    # A portal may hand out its whole catalog on one line: nothing beyond this can be shown, nor need be measured.
    far = _FAR * width
    before, after = visible(text[max(at - far, 0) : at].expandtabs(2)), visible(text[at : at + far].expandtabs(2))
    if display_width(before) > width * 2 // 3:
        kept = ""
        for char in reversed(before):
            if display_width(kept) + display_width(char) > width // 3:
                break
            kept = char + kept
        before = "…" + kept
    return before + cut(after, width - display_width(before)), display_width(before)


def _row(label: str, words: str, labels: int, bar: str, style: TextStyle) -> list[str]:
    pad = " " * (labels - display_width(label))
    first, *rest = wrap(words, style.width - labels - 8)
    blank = " " * (labels + 2)
    return [f"  {bar} {label}{pad}  {first}"] + [f"  {bar} {blank}{line}" for line in rest]


def _between(report: Report, style: TextStyle) -> list[str]:
    """What is waived, by waiver, and how the findings stand to the baseline."""
    say, lines = style.tongue, []
    waived = Counter(one.waiver for one in report.findings if one.waiver)
    for use in report.waivers.uses if report.waivers is not None else ():
        if waived[use.waiver.id]:
            one = use.waiver
            said = WORDS["waived_by"].say(say)
            lines += wrap(
                said.format(n=waived[one.id], id=one.id, by=one.approver, number=one.number, end=one.end.isoformat()), style.width
            )
    if report.baseline is not None:
        told = "baseline_new_only" if report.baseline.new_only else "baseline"
        lines.append(WORDS[told].say(say).format(new=report.baseline.new, known=report.baseline.known, gone=report.baseline.gone))
    return [*lines, ""] if lines else []


def _folded(report: Report, style: TextStyle) -> list[str]:
    if Verdict.UNDETERMINED in style.show:
        return []
    lines = []
    under = sum(1 for one in report.findings if _is_under(one))
    if under:
        lines.append(WORDS["same_fault"].say(style.tongue).format(n=under))
    asked = asked_of(report)
    told = [one for one in report.folds if one.field not in asked]
    for one in told[:_MOST_FOLDS]:
        lines += wrap(f"{fold_where(one)}  {one.words.say(style.tongue)}", style.width)
    if len(told) > _MOST_FOLDS:
        lines.append(WORDS["more"].say(style.tongue).format(n=len(told) - _MOST_FOLDS))
    unknown = report.count(Verdict.UNDETERMINED) - sum(one.verdicts for one in report.folds)
    if unknown > 0:
        lines.append(WORDS["undetermined"].say(style.tongue).format(n=unknown))
    return [*lines, ""] if lines else []


def _is_under(one: Finding) -> bool:
    """Whether a failure is told by another finding at the same place."""
    return one.verdict is Verdict.FAIL and one.cause is not None


def _statistics(report: Report, style: TextStyle) -> list[str]:
    say = style.tongue
    rows = [(sum(dict(card.tally).get(one, 0) for one in (Verdict.FAIL, Verdict.ERROR)), card) for card in report.rules]
    lines = [WORDS["statistics"].say(say)]
    grave = max(display_width(one.words.say(say)) for one in Severity)
    for count, card in sorted(rows, key=lambda row: (-row[0], row[1].id)):
        if count:
            words = card.severity.words.say(say)
            lines.append(f"  {count:>7}  {words}{' ' * (grave - display_width(words))}  {card.id}  {card.name.say(say)}")
    return [*lines, ""]


def _closing(report: Report, listed: tuple[Finding, ...], style: TextStyle) -> list[str]:
    say = style.tongue
    total = sum(count for _, count in report.tally)
    subjects = sum(kind.count for kind in report.kinds)
    lines = []
    if report.judged:
        names = WORDS["semicolon"].say(say).join(one.name.say(say) for one in report.judged[:4])
        more = " … " + WORDS["more"].say(say).format(n=len(report.judged) - 4) if len(report.judged) > 4 else ""
        lines += wrap(WORDS["judged"].say(say).format(n=len(report.judged)) + names + more, style.width)
    for one in passages(report):
        lines += wrap(passage_words(one).say(say), style.width)
    lines.append(WORDS["told"].say(say).format(n=report.told) if report.told else "")
    lines.append(WORDS["subjects"].say(say).format(rules=len(report.rules), subjects=subjects, verdicts=total))
    lines.append(
        "  " + " · ".join(f"{verdict.words.say(say)} {report.count(verdict)}" for verdict in VERDICT_ORDER if report.count(verdict))
    )
    grave = Counter(one.severity for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR) and not one.waiver)
    if grave:
        counts = " · ".join(f"{one.words.say(say)} {grave[one]}" for one in reversed(Severity) if grave[one])
        lines.append(WORDS["by_severity"].say(say).format(counts=counts))
    if listed:
        lines.append(WORDS["next_explain"].say(say).format(rule=listed[0].rule))
        if report.inputs:
            file = one_line(report.inputs[0].file)
            lines.append(WORDS["next_annotate"].say(say).format(file=file, suffix=_given_back_as(file)))
    return lines


def _given_back_as(file: str) -> str:
    """The suffix of a marked copy: documents come back as documents, the rest as a workbook."""
    suffix = PurePath(file).suffix.lower()
    return suffix if suffix in (".docx", ".pdf") else ".docx" if suffix in (".doc", ".wps", ".odt", ".rtf") else ".xlsx"
