"""From inputs, rules, calendar and waivers to every derived file of a pack: what packing writes and verifying makes again.

No clock, no chance and no folder is in it, so two machines get the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.catalog.records.model import Record, Submission
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import decode_bytes
from guiju.dsl.ruleset import Ruleset
from guiju.evidence.commitment import field_digest, leaf_of, record_leaf, root_of, salt_of, secret_of, to_plain
from guiju.evidence.decisions import decision_log
from guiju.evidence.inputs import read_inputs
from guiju.evidence.model import Asked, InputFile, PackFault, Writer
from guiju.pipeline import check_submission
from guiju.reports.layout.plain import finding_as_plain
from guiju.reports.model import Report
from guiju.store.waivers import read_waivers
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.validators.findings.waivers import Waiver, rule_digest
from guiju.validators.plan.from_ruleset import plan

__all__ = ["SUFFIXES", "Derived", "calendar_bytes", "calendar_from", "derive", "finding_lines", "leaves_of", "waivers_from"]

SUFFIXES = {"text": "txt", "markdown": "md", "junit": "xml", "github": "txt", "gitlab": "json", "sarif": "sarif", "oscal": "oscal.json"}
"""How a file of a form ends, where that is not the form's own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One run made whole: its files by their names in the pack, and what the manifest says of it."""

    submission: Submission
    report: Report
    files: tuple[tuple[str, bytes], ...]
    lines: tuple[bytes, ...]
    records_root: str
    findings_root: str


def derive(
    inputs: Sequence[InputFile],
    ruleset: Ruleset,
    calendar: Calendar,
    waiver_texts: Mapping[str, bytes],
    asked: Asked,
    writer: Writer,
) -> Derived:
    """The run; PackFault where the inputs hold nothing to check or a text of waivers is broken."""
    submission = read_inputs(inputs, ruleset.vocabulary, kind=asked.kind, encoding=asked.encoding)
    if not submission.records:
        raise PackFault(Both("没有读到可以检查的对象", "there was nothing to check"))
    waivers = waivers_from(waiver_texts, ruleset) if waiver_texts else None
    report = check_submission(ruleset, submission, as_of=asked.as_of, calendar=calendar, waivers=waivers)
    secret = secret_of(file.data for file in inputs)
    planned = plan(ruleset, as_of=asked.as_of, submitted=submission.submitted, taken=report.taken)
    log = decision_log(
        report.findings,
        submission.records,
        ruleset.vocabulary,
        secret=secret,
        digests={one.rule.id: rule_digest(one.rule) for one in planned.rules},
        tongue=asked.tongue,
    )
    lines = finding_lines(report, asked)
    files = {"findings.jsonl": b"".join(lines), "decisions.jsonl": log}
    for form in asked.forms:
        files[f"reports/report.{SUFFIXES.get(form, form)}"] = writer(form, report, asked.tongue)
    return Derived(
        submission=submission,
        report=report,
        files=tuple(files.items()),
        lines=lines,
        records_root=root_of(leaves_of(submission.records, secret)),
        findings_root=root_of([leaf_of(line) for line in lines]),
    )


def finding_lines(report: Report, asked: Asked) -> tuple[bytes, ...]:
    """Each finding as one line of JSON in the order of the report."""
    return tuple(
        (json.dumps(finding_as_plain(one, asked.tongue), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
        for one in report.findings
    )


def leaves_of(records: Sequence[Record], secret: bytes) -> list[str]:
    """What binds each record, in the order of their numbers."""
    return [
        record_leaf(
            one.number,
            one.shape,
            {id: field_digest(salt_of(secret, one.number, id), id, to_plain(value)) for id, value in one.value.items()},
        )
        for one in records
    ]


def waivers_from(texts: Mapping[str, bytes], ruleset: Ruleset) -> tuple[Waiver, ...]:
    """The waivers of all texts in the order of their names."""
    found: list[Waiver] = []
    for name in sorted(texts):
        source, _, complaints = decode_bytes(texts[name], name)
        read, more = read_waivers(source, ruleset) if source is not None else ((), ())
        if source is None or any(one.level is Level.ERROR for one in (*complaints, *more)):
            raise PackFault(
                Both(f"豁免文件 {name} 有错，见 guiju check --waivers", f"the waivers in {name} have errors; see guiju check --waivers")
            )
        found += read
    return tuple(found)


def calendar_bytes(calendar: Calendar) -> bytes:
    """The working days as a file."""
    plain = {
        "years": list(calendar.years),
        "off": sorted(day.isoformat() for day in calendar.off),
        "work": sorted(day.isoformat() for day in calendar.work),
        "sources": list(calendar.sources),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def calendar_from(data: bytes) -> Calendar:
    """The working days of such a file; ValueError for any other."""
    try:
        plain = json.loads(data)
        years = [int(year) for year in plain["years"]]
        if len(years) > 400:
            raise ValueError("too many years")
        off, work = ([date.fromisoformat(day) for day in plain[key]] for key in ("off", "work"))
        return Calendar.of(years, off, work, [str(one) for one in plain["sources"]])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
