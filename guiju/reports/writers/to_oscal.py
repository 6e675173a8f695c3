"""A report as OSCAL assessment results 1.2.1: what an audit platform takes in.

A clause is a control, a rule an objective, a finding of ours an observation; OSCAL's own findings say for each rule whether it is
satisfied. A rule that nobody breaks but that could not be judged everywhere is not satisfied for another reason than a breach. Every
UUID follows from the report (version 5), and every time is the day of judgement: nothing asks a clock.
"""

import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from guiju.catalog.records.model import Input
from guiju.dsl.ir.tree import Citation
from guiju.reports.layout.columns import cites_words, complaints_of, numbered, shown, waiver_words
from guiju.reports.layout.escape import markdown, markdown_block, one_line, relative_uri, token
from guiju.reports.layout.sampling import seed_of
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report, RuleCard
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["OSCAL_VERSION", "to_oscal"]

OSCAL_VERSION = "1.2.1"

_HOME = uuid5(NAMESPACE_URL, "urn:guiju:report")  # the root of our UUIDs; it must never change
_OBSERVED = (Verdict.FAIL, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.ERROR)
_Plain = dict[str, Any]


def to_oscal(report: Report, tongue: Tongue) -> bytes:
    """One document with one result, whose observations come last and are written one by one."""
    root = uuid5(_HOME, seed_of(report))
    day = f"{report.provenance.as_of.isoformat()}T00:00:00+08:00"
    title = WORDS["title"].say(tongue)
    observed = [(one, str(uuid5(root, mark))) for one, mark in numbered(one for one in report.findings if shown(one) in _OBSERVED)]
    plan = str(uuid5(root, "plan"))
    document: _Plain = {
        "uuid": str(root),
        "metadata": {
            "title": title,
            "last-modified": day,
            "version": _string(report.provenance.package),
            "oscal-version": OSCAL_VERSION,
            "remarks": PRECHECK.say(tongue),
        },
        "import-ap": {"href": f"#{plan}", "remarks": WORDS["ruleset"].say(tongue)},
        "back-matter": {
            "resources": [_plan(report, plan, tongue), *(_resource(one, _uuid_of_file(root, one.file)) for one in report.inputs)]
        },
    }
    files = {one.file: _uuid_of_file(root, one.file) for one in report.inputs}
    into = io.BytesIO()
    into.write(b'{"assessment-results":' + _open(document) + b',"results":[' + _open(_result(report, observed, root, day, tongue)))
    for number, (one, uuid) in enumerate(observed):
        into.write(b",\n" if number else b',"observations":[\n')
        into.write(_compact(_observation(one, uuid, root, files, day, tongue)))
    into.write(b"\n]}]}}\n" if observed else b"}]}}\n")
    return into.getvalue()


def _compact(plain: _Plain) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _open(plain: _Plain) -> bytes:
    """An object without its closing brace, so that more can follow."""
    return _compact(plain)[:-1]


def _string(text: str) -> str:
    """OSCAL's string: one line, no blank at either end, never empty."""
    return one_line(text).strip() or "—"


def _prop(name: str, value: str) -> _Plain:
    return {"name": name, "value": _string(value)}


def _uuid_of_file(root: UUID, file: str) -> str:
    return str(uuid5(root, "file:" + json.dumps(file)))


# ---- the result --------------------------------------------------------------------------------------------------------------


def _result(report: Report, observed: list[tuple[Finding, str]], root: UUID, day: str, tongue: Tongue) -> _Plain:
    """Everything of the result but its observations."""
    where = report.provenance
    props = [("as-of", where.as_of.isoformat()), ("ruleset", where.ruleset), ("language", where.language)]
    props += [("registry", where.registry_date), ("registry-digest", where.registry), ("calendar", where.calendar)]
    props += [(f"tally-{verdict.value}", str(report.count(verdict))) for verdict in VERDICT_ORDER]
    risks = {card.id: str(uuid5(root, f"risk:{card.id}")) for card in report.rules if dict(card.tally).get(Verdict.WAIVED)}
    plain: _Plain = {
        "uuid": str(uuid5(root, "result")),
        "title": WORDS["title"].say(tongue),
        "description": PRECHECK.say(tongue),
        "start": day,
        "end": day,
        "props": [_prop(name, value) for name, value in props],
        "reviewed-controls": _reviewed(report, tongue),
        "risks": _risks(report, risks, observed, tongue),
        "findings": list(_findings(report, observed, risks, root, tongue)),
        "remarks": "\n\n".join(_limits(report, tongue)),
    }
    return {key: value for key, value in plain.items() if value}


def _limits(report: Report, tongue: Tongue) -> Iterator[str]:
    """What was not judged: provisions for people, and what could not be read."""
    for judged in report.judged:
        yield f"{WORDS['for_people'].say(tongue)}: {markdown(judged.name.say(tongue))} — {markdown(judged.why.say(tongue))}"
    for diagnostic in complaints_of(report):
        yield f"{WORDS['unread'].say(tongue)}: {diagnostic.code} {markdown(diagnostic.headline(tongue))}"


def _control(cite: Citation) -> str:
    return token(f"{cite.instrument}.{cite.clause}")


def _reviewed(report: Report, tongue: Tongue) -> _Plain:
    cited = {_control(cite): citation_words(cite.title, cite.clause_text) for card in report.rules for cite in card.citations}
    described = [f"- {id}: {markdown(cited[id].say(tongue))}" for id in sorted(cited)]
    controls: _Plain = {"include-controls": [{"control-id": id} for id in sorted(cited)]} if cited else {"include-all": {}}
    if described:
        controls["description"] = "\n".join(described)
    objectives = sorted(token(card.id) for card in report.rules)
    chosen: _Plain = {"include-objectives": [{"objective-id": id} for id in objectives]} if objectives else {"include-all": {}}
    return {"control-selections": [controls], "control-objective-selections": [chosen]}


def _observation(finding: Finding, uuid: str, root: UUID, files: dict[str, str], day: str, tongue: Tongue) -> _Plain:
    subject = finding.subject
    props = [("verdict", shown(finding).value), ("severity", finding.severity.id), ("rule", finding.rule)]
    props += [("fingerprint", finding.fingerprint), ("kind", subject.kind), ("subject-id", subject.id)]
    props += [(name, value) for name, value in (("department", finding.department), ("waiver", finding.waiver)) if value]
    evidence = [
        {"description": markdown_block(place_words(place)) or "—"} | ({"href": f"#{files[place.file]}"} if place.file in files else {})
        for place in finding.places
    ]
    said = [finding.message.say(tongue), f"{WORDS['seen'].say(tongue)}: {finding.seen.say(tongue)}"]
    said += [f"{WORDS['required'].say(tongue)}: {finding.required.say(tongue)}"]
    plain: _Plain = {
        "uuid": uuid,
        "title": _string(markdown(finding.rule_name.say(tongue))),
        "description": "\n\n".join(markdown_block(words) for words in said),
        "props": [_prop(name, value) for name, value in props],
        "methods": ["TEST"],
        "types": ["finding"],
        "subjects": [
            {
                "subject-uuid": str(uuid5(root, "subject:" + json.dumps([subject.kind, subject.id]))),
                "type": "resource",
                "title": _string(markdown(subject.name)),
            }
        ],
        "collected": day,
        "relevant-evidence": evidence,
        "remarks": f"{WORDS['fix'].say(tongue)}: {markdown(finding.fix.say(tongue))}" if finding.fix else "",
    }
    return {key: value for key, value in plain.items() if value}


def _findings(report: Report, observed: list[tuple[Finding, str]], risks: dict[str, str], root: UUID, tongue: Tongue) -> Iterator[_Plain]:
    """One for each rule that was judged; a rule that nowhere applied has none."""
    related: dict[str, list[_Plain]] = {}
    cites: dict[str, str] = {}
    for finding, uuid in observed:
        related.setdefault(finding.rule, []).append({"observation-uuid": uuid})
        cites.setdefault(finding.rule, cites_words(finding, tongue))
    for card in report.rules:
        status = _status(dict(card.tally))
        if status is None:
            continue
        plain: _Plain = {
            "uuid": str(uuid5(root, f"finding:{card.id}")),
            "title": _string(markdown(card.name.say(tongue))),
            "description": markdown_block(cites.get(card.id) or _cites_of(card, tongue)) or WORDS["no_citation"].say(tongue),
            "props": [_prop("severity", card.severity.id), *(_prop(verdict.value, str(count)) for verdict, count in card.tally)],
            "target": {"type": "objective-id", "target-id": token(card.id), "status": status},
            "related-observations": related.get(card.id, []),
            "related-risks": [{"risk-uuid": risks[card.id]}] if card.id in risks else [],
        }
        yield {key: value for key, value in plain.items() if value}


def _cites_of(card: RuleCard, tongue: Tongue) -> str:
    return "; ".join(citation_words(one.title, one.clause_text).say(tongue) for one in card.citations)


def _status(tally: dict[Verdict, int]) -> dict[str, str] | None:
    if tally.get(Verdict.FAIL) or tally.get(Verdict.WAIVED):
        return {"state": "not-satisfied", "reason": "fail"}
    if tally.get(Verdict.UNDETERMINED) or tally.get(Verdict.ERROR):
        return {"state": "not-satisfied", "reason": "other"}
    return {"state": "satisfied", "reason": "pass"} if tally.get(Verdict.PASS) else None


def _risks(report: Report, risks: dict[str, str], observed: list[tuple[Finding, str]], tongue: Tongue) -> list[_Plain]:
    """One for each rule over whose breaches a waiver lies."""
    waived: dict[str, list[tuple[Finding, str]]] = {id: [] for id in risks}
    for one, uuid in observed:
        if one.waiver:
            waived[one.rule].append((one, uuid))
    waivers = waiver_words(report)
    return [_risk(card, risks[card.id], waived[card.id], waivers, tongue) for card in report.rules if card.id in risks]


def _risk(card: RuleCard, uuid: str, waived: list[tuple[Finding, str]], waivers: dict[str, str], tongue: Tongue) -> _Plain:
    names = "; ".join(f"{name} {waivers.get(name, '')}".strip() for name in sorted({one.waiver or "" for one, _ in waived}))
    plain: _Plain = {
        "uuid": uuid,
        "title": _string(markdown(card.name.say(tongue))),
        "description": f"{Verdict.WAIVED.words.say(tongue)}: {markdown(names) or '—'}",
        "statement": markdown_block((card.why or card.name).say(tongue)) or "—",
        "status": "deviation-approved",
        "related-observations": [{"observation-uuid": its} for _, its in waived],
    }
    return {key: value for key, value in plain.items() if value}


# ---- back matter -------------------------------------------------------------------------------------------------------------


def _plan(report: Report, uuid: str, tongue: Tongue) -> _Plain:
    """The ruleset stands for the plan of the assessment: it says what is checked and how."""
    return {
        "uuid": uuid,
        "title": WORDS["ruleset"].say(tongue),
        "description": f"{WORDS['ruleset'].say(tongue)} {report.provenance.ruleset}",
    }


def _resource(one: Input, uuid: str) -> _Plain:
    link = {"href": relative_uri(one.file) or "-", "hashes": [{"algorithm": "SHA-256", "value": one.sha256}]}
    return {"uuid": uuid, "title": _string(markdown(one.file)), "rlinks": [link]}
