"""A report as Markdown, for a merge request, an issue or a chat: counts, a table for each rule that is not met, what people judge.

Every value stands in a table cell or after a label, never at the beginning of a line, so none of them can be markup.
"""

from collections.abc import Iterable
from itertools import groupby

from guiju.reports.gate import outcome_of, passage_words, passages, taken_words
from guiju.reports.layout.columns import baseline_words, cites_words, complaints_of, shown, waiver_words
from guiju.reports.layout.escape import markdown
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import PRECHECK, VERDICT_ORDER, WORDS
from guiju.reports.model import Report
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["to_markdown"]

_LISTED = (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED, Verdict.WAIVED)


def to_markdown(report: Report, tongue: Tongue) -> str:
    """The whole report; undetermined verdicts that follow from a listed one are only counted."""
    lines = [f"# {WORDS['title'].say(tongue)}", "", f"> {PRECHECK.say(tongue)}", "", *_summary(report, tongue)]
    waivers = waiver_words(report)
    listed = [one for one in report.findings if shown(one) in _LISTED and not one.cause]
    for _, group in groupby(listed, key=lambda one: (shown(one), one.rule)):
        lines += _of_rule(tuple(group), waivers, tongue)
    caused = sum(1 for one in report.findings if shown(one) in _LISTED and one.cause)
    if caused:
        lines += [WORDS["folded"].say(tongue).format(n=caused), ""]
    reached = outcome_of(report)
    is_green = reached is None or reached.outcome.colour == "green"
    if is_green and not any(shown(one) in (Verdict.FAIL, Verdict.ERROR) for one in listed):
        lines += [WORDS["clean"].say(tongue), ""]
    lines += _judged(report, tongue)
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(report: Report, tongue: Tongue) -> list[str]:
    where = report.provenance
    names = {kind.id: kind.name.say(tongue) for kind in report.kinds}
    head = (
        f"Guiju {where.package} · {WORDS['ruleset'].say(tongue)} `{where.ruleset[:12]}` · "
        f"{WORDS['registry'].say(tongue)} {where.registry_date} · {WORDS['as_of'].say(tongue)} {where.as_of.isoformat()}"
    )
    taken = taken_words(report)
    said = [passage_words(one).say(tongue) for one in passages(report)]
    files = [
        f"- {WORDS['input'].say(tongue)} {markdown(one.file)}: "
        + ", ".join(f"{markdown(names[kind])} {count}" for kind, count in one.subjects)
        for one in report.inputs
    ]
    notes = [f"- {WORDS['unread'].say(tongue)}: {one.code} {markdown(one.headline(tongue))}" for one in complaints_of(report)]
    notes += [f"- {WORDS['unmatched'].say(tongue)}: {markdown(one.header)}" for one in report.unmatched]
    verdicts = [verdict for verdict in VERDICT_ORDER if report.count(verdict)]
    counts = _table([verdict.words.say(tongue) for verdict in verdicts], [[str(report.count(verdict)) for verdict in verdicts]])
    between = baseline_words(report, tongue)
    opening = [markdown(taken.say(tongue)), "", head] if taken is not None else [head]
    return [*opening, "", *(f"- {markdown(one)}" for one in said), *files, *notes, "", *counts, "", *([between, ""] if between else [])]


def _of_rule(findings: tuple[Finding, ...], waivers: dict[str, str], tongue: Tongue) -> list[str]:
    first = findings[0]
    grave = f"{shown(first).words.say(tongue)} · {first.severity.words.say(tongue)}"
    cites = markdown(cites_words(first, tongue)) or WORDS["no_citation"].say(tongue)
    lines = [f"## {grave} · {markdown(first.rule_name.say(tongue))} ({len(findings)})", ""]
    lines += [f"`{first.rule}` · {WORDS['cites'].say(tongue)}: {cites}", ""]
    if first.fix is not None:
        lines += [f"**{WORDS['fix'].say(tongue)}**: {markdown(first.fix.say(tongue))}", ""]
    names = sorted({one.waiver for one in findings if one.waiver})
    lines += [f"- {WORDS['waiver'].say(tongue)} {markdown(name)}: {markdown(waivers.get(name, ''))}" for name in names] + (
        [""] if names else []
    )
    heads = [WORDS[key].say(tongue) for key in ("place", "problem", "flips")]
    if not any(one.flips for one in findings):
        heads.pop()
    rows = ([markdown(_where(one)), markdown(one.message.say(tongue)), _said(one.flips, tongue)] for one in findings)
    return [*lines, *_table(heads, (row[: len(heads)] for row in rows)), ""]


def _where(finding: Finding) -> str:
    return place_words(finding.places[0]) if finding.places else finding.subject.name


def _said(words: Both | None, tongue: Tongue) -> str:
    return markdown(words.say(tongue)) if words else ""


def _judged(report: Report, tongue: Tongue) -> list[str]:
    if not report.judged:
        return []
    heads = [WORDS[key].say(tongue) for key in ("provision", "why", "by")]
    rows = [[markdown(words.say(tongue)) for words in (one.name, one.why, one.who)] for one in report.judged]
    return [f"## {WORDS['for_people'].say(tongue)} ({len(rows)})", "", *_table(heads, rows), ""]


def _table(heads: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
