"""A report as JUnit XML: a suite for each rule, a case for each finding, so that a build server shows what failed.

A breach is a failure; what could not be checked is an error; what was not judged is skipped, with its reason. A rule
without a listed finding has one case that stands for all its subjects: passed if any did, else skipped. The exact counts are properties
of the suite. There are no times: nothing asks a clock.
"""

from collections.abc import Iterator

from guiju.reports.layout.columns import cites_words, shown
from guiju.reports.layout.escape import xml
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import VERDICT_ORDER, WORDS
from guiju.reports.model import Report, RuleCard
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["to_junit"]

_SKIPPED = (Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED, Verdict.INACTIVE, Verdict.WAIVED)


def to_junit(report: Report, tongue: Tongue) -> str:
    """One document in UTF-8."""
    by_rule: dict[str, list[Finding]] = {card.id: [] for card in report.rules}
    for finding in report.findings:
        by_rule[finding.rule].append(finding)
    suites = [_suite(card, by_rule[card.id], tongue) for card in report.rules]
    totals = [sum(column) for column in zip(*(counts for counts, _ in suites), strict=True)] or [0, 0, 0, 0]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="guiju" {_counts(totals[:3])}>']
    for _, text in suites:
        lines += text
    return "\n".join([*lines, "</testsuites>", ""])


def _counts(counts: list[int]) -> str:
    tests, failures, errors = counts
    return f'tests="{tests}" failures="{failures}" errors="{errors}" time="0"'


def _suite(card: RuleCard, findings: list[Finding], tongue: Tongue) -> tuple[list[int], list[str]]:
    """(tests, failures, errors, skipped) and the lines of one suite."""
    verdicts = [shown(finding) for finding in findings]
    failures, errors = verdicts.count(Verdict.FAIL), verdicts.count(Verdict.ERROR)
    tally = dict(card.tally)
    idle = not findings and not tally.get(Verdict.PASS)
    skipped = sum(verdict in _SKIPPED for verdict in verdicts) + idle
    counts = [max(len(findings), 1), failures, errors, skipped]
    lines = [f'  <testsuite name="{xml(card.id)}" {_counts(counts[:3])} skipped="{skipped}">', "    <properties>"]
    lines += [f'      <property name="{verdict.value}" value="{tally[verdict]}"/>' for verdict in VERDICT_ORDER if verdict in tally]
    lines += [f'      <property name="severity" value="{card.severity.id}"/>', "    </properties>"]
    for finding in findings:
        lines += _case(finding, tongue)
    if not findings:
        head = f'    <testcase classname="{xml(card.id)}" name="{xml(card.name.say(tongue))}" time="0"'
        lines += [f"{head}>", "      <skipped/>", "    </testcase>"] if idle else [f"{head}/>"]
    return counts, [*lines, "  </testsuite>"]


def _case(finding: Finding, tongue: Tongue) -> Iterator[str]:
    name = f"{finding.subject.name} ({finding.subject.kind} {finding.subject.id})"
    head = f'    <testcase classname="{xml(finding.rule)}" name="{xml(name)}" time="0"'
    message = xml(finding.message.say(tongue))
    match shown(finding):
        case Verdict.FAIL:
            yield f"{head}>"
            yield f'      <failure type="{finding.severity.id}" message="{message}">{xml(_body(finding, tongue))}</failure>'
        case Verdict.ERROR:
            yield f"{head}>"
            yield f'      <error type="error" message="{message}">{xml(_body(finding, tongue))}</error>'
        case Verdict.PASS:
            yield f"{head}/>"
            return
        case _:
            yield f"{head}>"
            yield f'      <skipped message="{xml(shown(finding).words.say(tongue))}: {message}"/>'
    yield "    </testcase>"


def _body(finding: Finding, tongue: Tongue) -> str:
    rows = [("seen", finding.seen.say(tongue)), ("required", finding.required.say(tongue)), ("cites", cites_words(finding, tongue))]
    rows += [(key, words.say(tongue)) for key, words in (("fix", finding.fix), ("flips", finding.flips)) if words is not None]
    places = [place_words(place) for place in finding.places]
    return "\n".join([*places, *(f"{WORDS[key].say(tongue)}: {words}" for key, words in rows if words)])
