"""A report and its findings as plain values, ready for JSON."""

from typing import Any

from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import Citation
from guiju.reports.gate import Evidence, evidence, outcome_of, passages, taken_words
from guiju.reports.layout.words import VERDICT_ORDER
from guiju.reports.model import Baseline, Fold, Report
from guiju.terms.tongue import Both, Tongue
from guiju.validators.findings.model import Finding, SubjectName
from guiju.validators.findings.waivers import WaiverUse

__all__ = ["finding_as_plain", "report_as_plain"]


def report_as_plain(report: Report, tongue: Tongue, *, told: int | None = None) -> dict[str, Any]:
    """The promised form, as plain dictionaries; `told` where the findings are written apart and so are not here to be counted."""
    from_where = report.provenance
    return {
        "guiju": {
            "package": from_where.package,
            "language": from_where.language,
            "ruleset": from_where.ruleset,
            "registry": from_where.registry_date,
            "registry_digest": from_where.registry,
            "calendar": from_where.calendar,
        },
        "profiles": _profiles(report, tongue),
        "outcome": _outcome(report, tongue),
        "as_of": from_where.as_of.isoformat(),
        "inputs": [_input(one) for one in report.inputs],
        "subjects": {kind.id: kind.count for kind in report.kinds},
        "rules": len(report.rules),
        "tally": {verdict.name: report.count(verdict) for verdict in VERDICT_ORDER},
        "after_folding": report.told if told is None else told,
        "folds": [_fold(one, tongue) for one in report.folds],
        "findings": [finding_as_plain(one, tongue) for one in report.findings],
        "diagnostics": [
            {"code": one.code, "level": one.level.value, "message": one.headline(tongue), "file": one.span.file}
            for one in report.diagnostics
        ],
        "unmatched": [{"header": one.header, "nearest": one.nearest, **_place(one.place)} for one in report.unmatched],
        "judged_by_people": [
            {
                "id": one.id,
                "name": one.name.say(tongue),
                "citations": [_citation(cite, tongue) for cite in one.citations],
                "why": one.why.say(tongue),
                "who": one.who.say(tongue),
            }
            for one in report.judged
        ],
        "waivers": [_waiver(one) for one in report.waivers.uses] if report.waivers is not None else None,
        "baseline": _baseline(report.baseline) if report.baseline is not None else None,
    }


def _profiles(report: Report, tongue: Tongue) -> dict[str, Any]:
    """Which profiles were taken and how, each with its outcome and its evidence; the first thing that the report says."""
    told = taken_words(report)
    return {
        "said": told.say(tongue) if told is not None else None,
        "given": report.taken.given,
        "fitting_equally": [one.id for one in report.taken.tied],
        "taken": [
            {
                "id": one.profile.id,
                "name": one.profile.name.say(tongue),
                "place": one.profile.place,
                "outcome": one.outcome.id,
                "colour": one.outcome.colour,
                **_evidence(one.evidence),
            }
            for one in passages(report)
        ],
    }


def _outcome(report: Report, tongue: Tongue) -> dict[str, Any]:
    reached = outcome_of(report)
    said = {
        "id": reached.outcome.id if reached is not None else None,
        "name": reached.outcome.name.say(tongue) if reached is not None else None,
        "colour": reached.outcome.colour if reached is not None else None,
    }
    return {**said, **_evidence(evidence(report.rules))}


def _fold(one: Fold, tongue: Tongue) -> dict[str, Any]:
    return {
        "level": one.level,
        "field": one.field.say(tongue),
        "kind": one.kind.say(tongue),
        "place": _place(one.place),
        "records": one.records,
        "verdicts": one.verdicts,
        "rules": list(one.rules),
        "message": one.words.say(tongue),
    }


def _evidence(known: Evidence) -> dict[str, int]:
    return {"expected_judgements": known.expected, "judged": known.judged}


def finding_as_plain(finding: Finding, tongue: Tongue) -> dict[str, Any]:
    """One finding in the promised form."""
    return {
        "rule": finding.rule,
        "version": finding.version,
        "rule_name": finding.rule_name.say(tongue),
        "verdict": finding.verdict.name,
        "severity": finding.severity.id,
        "force": finding.force.value,
        "citation": _citation(finding.citations[0], tongue) if finding.citations else None,
        "citations": [_citation(one, tongue) for one in finding.citations],
        "subject": _subject(finding.subject),
        "places": [_place(one) for one in finding.places],
        "problem": finding.problem.say(tongue),
        "todo": _said(finding.todo, tongue),
        "basis": finding.basis.say(tongue),
        "seen": finding.seen.say(tongue),
        "required": finding.required.say(tongue),
        "message": finding.message.say(tongue),
        "fix": _said(finding.fix, tongue),
        "says": _said(finding.says, tongue),
        "flips": _said(finding.flips, tongue),
        "reason": _said(finding.reason, tongue),
        "missing": list(finding.missing),
        "cause": finding.cause,
        "members": [_subject(one) for one in finding.members],
        "dimension": finding.dimension,
        "department": finding.department,
        "district": finding.district,
        "fingerprint": finding.fingerprint,
        "waiver": finding.waiver,
        "baseline": finding.baseline,
    }


def _waiver(use: WaiverUse) -> dict[str, Any]:
    one = use.waiver
    return {
        "id": one.id,
        "approver": one.approver,
        "number": one.number,
        "reason": one.reason,
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat(),
        "conditions": list(one.conditions),
        "standing": use.standing.value,
        "matched": use.matched,
        "laid": use.laid,
        "outdated": list(use.outdated),
    }


def _baseline(one: Baseline) -> dict[str, Any]:
    return {"sha256": one.digest, "new": one.new, "known": one.known, "gone": one.gone, "new_only": one.new_only}


def _said(words: Both | None, tongue: Tongue) -> str | None:
    return words.say(tongue) if words else None


def _citation(cite: Citation, tongue: Tongue) -> dict[str, str]:
    return {
        "instrument": cite.instrument,
        "clause": cite.clause,
        "title": cite.title.say(tongue),
        "clause_text": cite.clause_text.say(tongue),
        "confidence": cite.confidence,
    }


def _subject(name: SubjectName) -> dict[str, str]:
    return {"kind": name.kind, "id": name.id, "name": name.name}


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
        "sheet": place.sheet,
        "cell": place.cell,
    } | {key: value for key in ("iri", "heading", "paragraph", "words", "page") if (value := getattr(place, key))}


def _input(one: Input) -> dict[str, Any]:
    return {
        "file": one.file,
        "sha256": one.sha256,
        "format": one.format,
        "encoding": one.encoding,
        "subjects": dict(one.subjects),
    }
