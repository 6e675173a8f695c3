"""A report as SARIF 2.1.0, the form that code hosts and editors read.

A breach is `fail`, with a level from its severity; what could not be judged is `open`, what people must judge is `review`; what does
not apply or is not in force is `notApplicable`. Over a waived breach lies a suppression: the result stays. Cells have no line, so they
are logical locations inside the file. Results are written one by one: a run of 300,000 fits in memory.
"""

import io
import json
from collections.abc import Iterable
from itertools import chain
from typing import Any

from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Citation
from guiju.reports.layout.columns import cites_words, complaints_of, shown, waiver_words
from guiju.reports.layout.escape import markdown, relative_uri, sarif_text, visible
from guiju.reports.layout.words import PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import JudgedCard, Report, RuleCard
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["FINGERPRINT", "to_sarif"]

FINGERPRINT = "guijuFinding/v1"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.BLOCKING: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.ADVISORY: "note"}
_KINDS = {
    Verdict.PASS: "pass",
    Verdict.FAIL: "fail",
    Verdict.WAIVED: "fail",
    Verdict.NOT_APPLICABLE: "notApplicable",
    Verdict.INACTIVE: "notApplicable",
    Verdict.UNDETERMINED: "open",
    Verdict.ERROR: "open",
}
_NOTES = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}

_Plain = dict[str, Any]


def to_sarif(report: Report, tongue: Tongue) -> bytes:
    """One log with one run."""
    numbers = {id: number for number, id in enumerate([*(card.id for card in report.rules), *(one.id for one in report.judged)])}
    files = {one.file: number for number, one in enumerate(report.inputs)}
    waivers = waiver_words(report)
    results = chain(
        (_result(one, numbers[one.rule], files, waivers, tongue) for one in report.findings),
        (_review(one, numbers[one.id], report.inputs, tongue) for one in report.judged),
    )
    run = _compact(_run(report, tongue))
    into = io.BytesIO()
    into.write(f'{{"$schema":{json.dumps(_SCHEMA)},"version":"2.1.0","runs":[{run[:-1]},"results":['.encode())
    for number, result in enumerate(results):
        into.write((",\n" if number else "\n").encode() + _compact(result).encode())
    into.write(b"\n]}]}\n")
    return into.getvalue()


def _compact(plain: _Plain) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _run(report: Report, tongue: Tongue) -> _Plain:
    """Everything of the run but its results."""
    where = report.provenance
    errors = [one for one in report.findings if one.verdict is Verdict.ERROR]
    rules = [*(_rule(card, tongue) for card in report.rules), *(_judged_rule(one, tongue) for one in report.judged)]
    return {
        "tool": {
            "driver": {
                "name": "Guiju",
                "fullName": f"规矩 Guiju {where.package}",
                "version": where.package,
                "language": "zh-CN" if tongue is Tongue.ZH else "en-US",
                "shortDescription": {"text": PRECHECK.say(tongue)},
                "rules": rules,
            }
        },
        "language": "zh-CN" if tongue is Tongue.ZH else "en-US",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(one) for one in report.inputs],
        "invocations": [
            {
                "executionSuccessful": not any(one.level is Level.ERROR for one in report.diagnostics),
                "toolExecutionNotifications": [
                    *(_notification(one, tongue) for one in complaints_of(report)),
                    *(_error(one, tongue) for one in errors),
                ],
            }
        ],
        "properties": {
            "asOf": where.as_of.isoformat(),
            "ruleset": where.ruleset,
            "languageVersion": where.language,
            "registry": where.registry_date,
            "registryDigest": where.registry,
            "calendar": where.calendar,
            "tally": {verdict.name: report.count(verdict) for verdict in VERDICT_ORDER},
        },
    }


# ---- rules -------------------------------------------------------------------------------------------------------------------


def _rule(card: RuleCard, tongue: Tongue) -> _Plain:
    name = card.name.say(tongue)
    short = (card.doc.strip().split("\n")[0] if card.doc.strip() and tongue is Tongue.ZH else "") or name
    why = card.why.say(tongue) if card.why else short
    return {
        "id": visible(card.id),
        "name": visible(name),
        "shortDescription": {"text": sarif_text(short)},
        "fullDescription": {"text": sarif_text(why)},
        "help": {"text": sarif_text(_help_text(card, tongue)), "markdown": _help_markdown(card, tongue)},
        "defaultConfiguration": {"level": _LEVELS[card.severity]},
        "properties": {
            "tags": [visible(one) for one in (card.shape, card.dimension, card.force.value) if one],
            "severity": card.severity.id,
            "version": visible(card.version),
            "citations": [_citation(one, tongue) for one in card.citations],
        },
    }


def _judged_rule(one: JudgedCard, tongue: Tongue) -> _Plain:
    return {
        "id": visible(one.id),
        "name": visible(one.name.say(tongue)),
        "shortDescription": {"text": sarif_text(one.name.say(tongue))},
        "fullDescription": {"text": sarif_text(one.why.say(tongue))},
        "defaultConfiguration": {"level": "none"},
        "properties": {"citations": [_citation(cite, tongue) for cite in one.citations]},
    }


def _help_rows(card: RuleCard, tongue: Tongue) -> list[tuple[str, str]]:
    cites = "; ".join(citation_words(one.title, one.clause_text).say(tongue) for one in card.citations)
    rows = [(WORDS["cites"].say(tongue), cites or WORDS["no_citation"].say(tongue))]
    return rows + [(WORDS[key].say(tongue), words.say(tongue)) for key, words in (("why", card.why), ("fix", card.fix)) if words]


def _help_text(card: RuleCard, tongue: Tongue) -> str:
    return "\n".join([card.name.say(tongue), *(f"{label}: {words}" for label, words in _help_rows(card, tongue))])


def _help_markdown(card: RuleCard, tongue: Tongue) -> str:
    rows = [f"- **{markdown(label)}**: {markdown(words)}" for label, words in _help_rows(card, tongue)]
    # An indented block holds any text: no fence that the text could close.
    text = [f"    {line}" for line in visible(card.text).rstrip().split("\n")] if card.text.strip() else []
    return (
        "\n".join(
            [
                f"**{markdown(card.name.say(tongue))}**",
                "",
                *rows,
                "",
                *([f"**{WORDS['rule_text'].say(tongue)}**", "", *text] if text else []),
            ]
        ).rstrip()
        + "\n"
    )


def _citation(cite: Citation, tongue: Tongue) -> _Plain:
    return {
        "instrument": visible(cite.instrument),
        "clause": visible(cite.clause),
        "words": visible(citation_words(cite.title, cite.clause_text).say(tongue)),
        "confidence": cite.confidence,
    }


# ---- results -----------------------------------------------------------------------------------------------------------------


def _result(finding: Finding, rule: int, files: dict[str, int], waivers: dict[str, str], tongue: Tongue) -> _Plain:
    kind = _KINDS[shown(finding)]
    plain: _Plain = {
        "ruleId": visible(finding.rule),
        "ruleIndex": rule,
        "kind": kind,
        "level": _LEVELS[finding.severity] if kind == "fail" else "none",
        "message": {"text": sarif_text(_message(finding, tongue))},
        "locations": [_location(finding.places[0] if finding.places else None, finding, files)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if len(finding.places) > 1:
        related = (_location(place, finding, files) for place in finding.places[1:])
        plain["relatedLocations"] = [{"id": number, **one} for number, one in enumerate(related, start=1)]
    if finding.waiver:
        why = f"{finding.waiver} {waivers.get(finding.waiver, '')}".strip()
        plain["suppressions"] = [{"kind": "external", "status": "accepted", "justification": visible(why)}]
    if finding.baseline is not None:
        plain["baselineState"] = "new" if finding.baseline == "new" else "unchanged"
    plain["properties"] = {key: words for key, words in _properties(finding, tongue) if words}
    return plain


def _message(finding: Finding, tongue: Tongue) -> str:
    """The problem, and how to mend it where the rule says so."""
    fix = f"\n{WORDS['fix'].say(tongue)}: {finding.fix.say(tongue)}" if finding.fix else ""
    return finding.message.say(tongue) + fix


def _properties(finding: Finding, tongue: Tongue) -> Iterable[tuple[str, str]]:
    yield "verdict", shown(finding).name
    yield "severity", finding.severity.id
    yield "seen", visible(finding.seen.say(tongue))
    yield "required", visible(finding.required.say(tongue))
    yield "cites", visible(cites_words(finding, tongue))
    for key, words in (("flips", finding.flips), ("says", finding.says), ("reason", finding.reason)):
        yield key, visible(words.say(tongue)) if words else ""
    yield "department", visible(finding.department or "")
    yield "district", visible(finding.district or "")
    yield "dimension", finding.dimension or ""


def _review(one: JudgedCard, rule: int, inputs: tuple[Input, ...], tongue: Tongue) -> _Plain:
    who = WORDS["who"].say(tongue).format(who=one.who.say(tongue))
    return {
        "ruleId": visible(one.id),
        "ruleIndex": rule,
        "kind": "review",
        "level": "none",
        "message": {"text": sarif_text(f"{one.name.say(tongue)}\n{one.why.say(tongue)}\n{who}")},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact_location(file.file, number)}} for number, file in enumerate(inputs[:1])
        ],
    }


def _location(place: Place | None, finding: Finding, files: dict[str, int]) -> _Plain:
    subject = finding.subject
    logical: list[_Plain] = [
        {"name": visible(subject.name), "fullyQualifiedName": visible(f"{subject.kind}:{subject.id}"), "kind": visible(subject.kind)}
    ]
    if place is None:
        return {"logicalLocations": logical}
    if place.cell is not None:
        whole = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
        logical.insert(0, {"name": visible(place.cell), "fullyQualifiedName": visible(whole), "kind": "cell"})
    elif place.iri or place.pointer:
        logical.insert(0, {"fullyQualifiedName": visible(place.iri or place.pointer or ""), "kind": "element"})
    physical: _Plain = {"artifactLocation": _artifact_location(place.file, files.get(place.file))}
    if place.line is not None and place.cell is None:
        physical["region"] = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
    return {"physicalLocation": physical, "logicalLocations": logical}


# ---- files and notes ---------------------------------------------------------------------------------------------------------


def _artifact_location(file: str, index: int | None) -> _Plain:
    uri = relative_uri(file)
    # Only what stands below the folder of the call can be said to stand below the root of a source tree.
    below = not uri.startswith(("file://", "../"))
    return {"uri": uri} | ({"uriBaseId": "%SRCROOT%"} if below else {}) | ({"index": index} if index is not None else {})


def _artifact(one: Input) -> _Plain:
    return {
        "location": _artifact_location(one.file, None),
        "length": one.size,
        "hashes": {"sha-256": one.sha256},
        "properties": {"format": one.format, "subjects": dict(one.subjects)},
    } | ({"encoding": one.encoding} if one.encoding else {})


def _notification(one: Diagnostic, tongue: Tongue) -> _Plain:
    return {
        "descriptor": {"id": one.code},
        "level": _NOTES[one.level],
        "message": {"text": sarif_text(one.headline(tongue))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(one.span.file, None)}}],
    }


def _error(finding: Finding, tongue: Tongue) -> _Plain:
    return {
        "level": "error",
        "message": {"text": sarif_text(finding.message.say(tongue))},
        "associatedRule": {"id": visible(finding.rule)},
    }
