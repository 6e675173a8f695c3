"""What the page says of one finding, one rule and one account of a reading: the only module here that looks into them.

Words are pairs [zh, en], since one result is read in both tongues.
"""

from typing import Any

from guiju.catalog.explain import InputReading
from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Citation
from guiju.forms.annotate.reading_account import field_name, spot
from guiju.reports.gate import outcome_of, passages, taken_words
from guiju.reports.layout.escape import visible
from guiju.reports.layout.head import first_words, head_of
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, citation_words
from guiju.reports.model import Report, RuleCard
from guiju.reports.scores import gains, overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["brief", "diagnostic_words", "fields_of", "glance", "of_finding", "of_reading", "of_rule", "pair"]

_LONGEST = 1_200
_MOST_LEFT_OUT = 100
_OPEN = (Verdict.FAIL, Verdict.ERROR)
Pair = list[str] | None


def pair(words: Both | None) -> Pair:
    """Both tongues, nothing unseen in them, cut where nobody would read on."""
    return None if words is None else [_cut(visible(words.zh or words.en)), _cut(visible(words.en or words.zh))]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def where(place: Place) -> str:
    """The place within its file."""
    return visible(spot(place) or place.file)


def of_finding(one: Finding) -> dict[str, Any]:
    """Everything said of one finding that does not stand on the card of its rule."""
    return {
        "subject": visible(one.subject.name or one.subject.id)[:200],
        "where": [where(place) for place in one.places[:6]],
        "file": one.places[0].file if one.places else "",
        "wrong": pair(one.problem),
        "seen": pair(one.seen),
        "required": pair(one.required),
        "flips": pair(one.todo or one.flips),
        "reason": pair(one.reason),
        "fix": pair(one.fix),
        "says": pair(one.says),
        "members": [visible(member.name) for member in one.members[:12]],
        "more_members": max(0, len(one.members) - 12),
        "fingerprint": one.fingerprint,
        "waiver": one.waiver,
        "department": visible(one.department or ""),
        "district": visible(one.district or ""),
    }


def brief(one: Finding) -> dict[str, Any]:
    """What is listed of a verdict that could not be reached: thousands of them have one cause, which is told once."""
    return {
        "subject": visible(one.subject.name or one.subject.id)[:200],
        "where": [where(place) for place in one.places[:2]],
        "file": one.places[0].file if one.places else "",
        "wrong": pair(one.message),
        "fingerprint": one.fingerprint,
        "waiver": None,
        "department": visible(one.department or ""),
        "district": visible(one.district or ""),
    }


def of_rule(card: RuleCard) -> dict[str, Any]:
    """The card of a rule."""
    counts = {verdict.value: count for verdict, count in card.tally}
    return {
        "id": card.id,
        "name": pair(card.name),
        "severity": card.severity.id,
        "severity_words": pair(card.severity.words),
        "force": pair(card.force.words),
        "must": card.force.requires,
        "cites": [_citation(one) for one in card.citations],
        "fix": pair(card.fix),
        "why": pair(card.why),
        "counts": counts,
        "asks": card.asks,
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {"words": pair(citation_words(one.title, one.clause_text)), "instrument": one.instrument, "clause": one.clause}


def glance(report: Report) -> dict[str, Any]:
    """The verdict at a glance: how much could be judged, the light, what must and what ought to be mended."""
    reached = outcome_of(report)
    head = head_of(report)
    known = head.evidence
    failing = [one for one in report.findings if one.verdict in _OPEN and not one.waiver]
    by_severity = {one.id: sum(1 for each in failing if each.severity is one) for one in reversed(Severity)}
    return {
        "as_of": report.provenance.as_of.isoformat(),
        "package": report.provenance.package,
        "ruleset": report.provenance.ruleset,
        "registry": report.provenance.registry_date,
        "precheck": pair(PRECHECK),
        "taken": pair(taken_words(report)),
        "profiles": [{"id": one.id, "name": pair(one.name)} for one in report.taken.profiles],
        "outcome": None
        if reached is None
        else {"name": pair(reached.outcome.name), "colour": reached.outcome.colour, "exit": reached.outcome.exit},
        "passages": [
            {"profile": pair(one.profile.name), "outcome": pair(one.outcome.name), "colour": one.outcome.colour} for one in passages(report)
        ],
        "expected": known.expected,
        "judged": known.judged,
        "must": head.must,
        "advice": head.advice,
        "questions": head.questions,
        "first_words": pair(first_words(head)),
        "first": [
            {"what": pair(one.what), "why": pair(one.why), "where": visible(one.where), "count": one.count, "rule": one.rule}
            for one in head.first
        ],
        "by_severity": by_severity,
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "told": report.told,
        "rules": len(report.rules),
        "subjects": [{"id": one.id, "name": pair(one.name), "count": one.count} for one in report.kinds],
        **_scores(report),
        "folds": [{"words": pair(one.words), "verdicts": one.verdicts, "rules": list(one.rules)[:20]} for one in report.folds],
        "judged_by_people": [
            {
                "id": one.id,
                "name": pair(one.name),
                "cites": [_citation(cite) for cite in one.citations],
                "why": pair(one.why),
                "who": pair(one.who),
            }
            for one in report.judged
        ],
    }


def _scores(report: Report) -> dict[str, Any]:
    whole = overall(report)
    return {
        "points": None if whole.points is None else points_words(whole.points),
        "rating": None if whole.points is None else pair(rating(whole).name),
        "dimensions": [
            {
                "name": pair(DIMENSIONS[one.dimension]),
                "points": None if one.points is None else points_words(one.points),
                "share": 0 if one.points is None else int(one.points),
                "breaches": one.breaches,
                "verdicts": one.verdicts,
            }
            for one in score_by_dimension(report)
        ],
        "gains": [{"rule": one.card.id, "breaches": one.breaches, "points": points_words(one.points)} for one in gains(report)[:5]],
    }


def diagnostic_words(one: Diagnostic) -> dict[str, Any]:
    """What was said while reading."""
    return {
        "code": one.code,
        "level": one.level.value,
        "words": pair(Both(one.headline(Tongue.ZH), one.headline(Tongue.EN))),
        "help": pair(one.help),
    }


def of_reading(one: InputReading, vocabulary: Vocabulary) -> dict[str, Any]:
    """What was understood of one input."""
    given = one.input
    return {
        "file": one.file,
        "format": given.format if given else None,
        "encoding": given.encoding if given else None,
        "size": given.size if given else 0,
        "subjects": [{"name": pair(vocabulary.shape(id).name), "count": count} for id, count in (given.subjects if given else ())],
        "sheets": [
            {
                "sheet": sheet.place.sheet,
                "where": where(sheet.place),
                "shape": sheet.shape,
                "kind": pair(vocabulary.shape(sheet.shape).name) if sheet.shape else None,
                "how": pair(sheet.how),
                "sure": sheet.sure,
                "records": sheet.records,
            }
            for sheet in one.sheets
        ],
        "headers": [
            {
                "shape": header.shape,
                "header": visible(header.header)[:200],
                "raw": header.header[:400],
                "field": header.field,
                "name": pair(field_name(vocabulary, header.shape, header.field)) if header.field else None,
                "nearest": header.nearest,
                "how": pair(header.how),
                "sure": header.sure,
                "sheet": header.place.sheet,
                "where": where(header.place),
            }
            for header in one.headers[:400]
        ],
        "left_out": [
            {"where": where(left.place), "sheet": left.place.sheet, "what": pair(left.what), "seen": visible(left.seen)[:120]}
            for left in one.left_out[:_MOST_LEFT_OUT]
        ],
        "more_left_out": max(0, len(one.left_out) - _MOST_LEFT_OUT),
        "diagnostics": [diagnostic_words(each) for each in one.diagnostics[:200]],
    }


def fields_of(shape: Shape, vocabulary: Vocabulary) -> list[list[Any]]:
    """The fields that a column may mean: [path, [zh, en]], those of inner records after their owner."""
    found: list[list[Any]] = []
    for one in shape.fields:
        found.append([one.id, pair(one.name)])
        inner = getattr(one.type, "shape", None) or getattr(getattr(one.type, "element", None), "shape", None)
        if inner is not None and inner != shape.id:
            found += [
                [f"{one.id}.{part.id}", pair(Both(f"{one.name.zh} / {part.name.zh}", f"{one.name.en} / {part.name.en}"))]
                for part in vocabulary.shape(inner).fields
            ]
    return found
