"""A proof slip: one finding with just enough of the run for its applicant to judge it again, and nobody else's data beyond that.

It holds the manifest and signature of its pack, the rule with those that it needs, the calendar, the finding with its path to the
manifest's root, and the records that the rule reads; of other people's records the fields that it reads alone, the rest as digests.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.dsl.ruleset import Ruleset, to_bytes
from guiju.evidence.commitment import field_digest, from_plain, leaf_of, path_in, record_leaf, root_of_path, salt_of, secret_of, to_plain
from guiju.evidence.derive import calendar_from, derive, leaves_of
from guiju.evidence.excerpt import excerpt_of
from guiju.evidence.inputs import digest
from guiju.evidence.model import Asked, Check, InputFile, Outcome, PackFault, Writer
from guiju.evidence.pack import CALENDAR, MANIFEST, RULESET, SIGNATURE
from guiju.evidence.verify import Opened, asked_of, check_signature, found_inputs, parse_manifest, ruleset_from, sealed_of
from guiju.reports.layout.plain import finding_as_plain
from guiju.terms.fact import Path
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both
from guiju.validators.findings.model import Finding
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import UNTAKEN, take
from guiju.validators.plan.tree import Cost, Plan, Planned
from guiju.validators.validate import validate

__all__ = ["MOST_RECORDS", "SLIP_FORMAT", "make_slip", "verify_slip"]

SLIP_FORMAT = "guiju-slip 1"
MOST_RECORDS = 5_000
"""A rule that must see more records than that is verified by the whole pack."""
_MOST_BYTES = 256 * 1024 * 1024

# What must come out again; places, and what depends on other findings, do not stand in an excerpt.
_SAME = (
    "rule", "version", "verdict", "severity", "force", "seen", "required", "message", "fix", "says", "flips", "reason", "missing",
    "dimension", "department", "fingerprint",
)  # fmt: skip
_NAMING = ("name", "title", "label", "code", "id")


def make_slip(opened: Opened, supplied: Sequence[InputFile], writer: Writer, start: str) -> bytes:
    """The slip of the finding whose fingerprint begins so; PackFault where there is none or it cannot be shown by itself."""
    inputs = found_inputs(opened, supplied)
    if any(one is None for one in inputs.values()):
        raise PackFault(Both("要出具凭单须有原始数据：用 --inputs 指明", "a slip needs the inputs: name them with --inputs"))
    files = [one for one in inputs.values() if one is not None]
    ruleset, calendar = sealed_of(opened)
    asked = replace(opened.asked, forms=())
    waivers = {name.removeprefix("waivers/"): data for name, data in opened.files.items() if name.startswith("waivers/")}
    derived = derive(files, ruleset, calendar, waivers, asked, writer)
    if b"".join(derived.lines) != opened.files.get("findings.jsonl"):
        raise PackFault(Both("重算的结果与包里不同；先用 guiju verify 核验", "judged again, the findings differ; verify the pack first"))
    at = _position(derived.report.findings, start)
    finding = derived.report.findings[at]
    part, excerpt = _parted(opened, finding, derived.submission, ruleset, calendar)
    secret = secret_of(file.data for file in files)
    leaves = leaves_of(derived.submission.records, secret)
    signature = opened.files.get(SIGNATURE)
    plain = {
        "format": SLIP_FORMAT,
        "manifest": opened.files[MANIFEST].decode("utf-8"),
        "signature": signature.decode("utf-8") if signature is not None else None,
        "finding": {"line": derived.lines[at].decode("utf-8"), "at": at, "path": path_in([leaf_of(one) for one in derived.lines], at)},
        "whole": excerpt.whole,
        "records": [_shown(one, excerpt.shown.get(one.number), secret, path_in(leaves, one.number)) for one in excerpt.records],
        "calendar": opened.files[CALENDAR].decode("utf-8"),
        "ruleset": part.decode("utf-8"),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def _parted(opened: Opened, finding: Finding, submission: Submission, ruleset: Ruleset, calendar: Calendar) -> tuple[bytes, "_Excerpt"]:
    """The rules that a slip holds, and its records: the part of the rules that its manifest binds, else all of them."""
    asked = replace(opened.asked, forms=())
    part = excerpt_of(finding.rule, ruleset)
    data = to_bytes(part)
    if digest(data) == opened.manifest.get("excerpts", {}).get(finding.rule):
        with suppress(PackFault):
            return data, _excerpt(finding, submission, part, calendar, asked)
    return opened.files[RULESET], _excerpt(finding, submission, ruleset, calendar, asked)


def verify_slip(data: bytes, *, key: bytes | None = None) -> tuple[tuple[Check, ...], dict[str, Any]]:
    """Every check in its order, and the finding that the slip speaks of."""
    plain = _parsed(data)
    manifest_bytes = plain["manifest"].encode()
    manifest = parse_manifest(manifest_bytes)
    signature = None if plain["signature"] is None else plain["signature"].encode()
    checks = list(check_signature(manifest_bytes, signature, key))
    stated = {one["name"]: one["sha256"] for one in manifest["files"]}
    line = plain["finding"]
    held = {RULESET: digest(plain["ruleset"].encode()), CALENDAR: digest(plain["calendar"].encode())}
    is_bound = held[RULESET] in (stated.get(RULESET), _excerpt_bound(line, manifest))
    checks.append(_check(Both("规则集", "the ruleset"), is_bound, _OTHER))
    checks.append(_check(Both("日历", "the calendar"), held[CALENDAR] == stated.get(CALENDAR), _OTHER))
    root = root_of_path(leaf_of(line["line"].encode()), line["at"], line["path"])
    checks.append(_check(Both("这条发现在证据包里", "the finding is in the pack"), root == manifest["findings"]["root"], _PATH))
    records, bound = _records(plain, manifest)
    checks.append(_check(Both("摘录的记录出自原始数据", "the records are those of the inputs"), bound, _PATH))
    if plain["whole"]:
        checks.append(_check(Both("摘录没有遗漏记录", "no record is left out"), _is_complete(plain, records, manifest), _FEWER))
    finding = json.loads(line["line"])
    if is_bound:  # rules that nobody has sealed are not run
        checks.append(_judged_again(finding, records, plain, manifest))
    return tuple(checks), finding


def _excerpt_bound(line: Mapping[str, Any], manifest: Mapping[str, Any]) -> str | None:
    """The digest by which the manifest binds the part of the rules for the finding's rule."""
    excerpts = manifest.get("excerpts")
    bound = excerpts.get(str(json.loads(line["line"]).get("rule"))) if isinstance(excerpts, dict) else None
    return bound if isinstance(bound, str) else None


_OTHER = Both("与清单不符", "not that of the manifest")
_PATH = Both("摘要的路径到不了清单", "its digests do not lead to the manifest")
_NOT_WHOLE = Both("这条规则要看全部记录，凭单却没有声明给全", "the rule looks at all records, and the slip does not claim to hold them")
_FEWER = Both("记录数与清单不符", "the numbers of records are not those of the manifest")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excerpt:
    """The records of a slip. `shown` names the fields of a record that are shown, by its number; a record not in it is shown whole.

    `whole` lists the shapes of which every record is there, since the rule looks at all of them.
    """

    records: tuple[Record, ...]
    shown: Mapping[int, frozenset[str]]
    whole: tuple[str, ...]


def _position(findings: Sequence[Finding], start: str) -> int:
    found = [at for at, one in enumerate(findings) if len(start) >= 6 and one.fingerprint.startswith(start)]
    if not found or len({findings[at].fingerprint for at in found}) > 1:
        words = Both(
            f"没有唯一的检查发现以“{start[:80]}”开头（至少六位）", f"no single finding begins with {start[:80]!r} (six characters at least)"
        )
        raise PackFault(words)
    return found[0]


def _excerpt(finding: Finding, submission: Submission, ruleset: Ruleset, calendar: Calendar, asked: Asked) -> _Excerpt:
    """The fewest records and fields that give the same finding: the subject's own; those that its rule reads; these as a whole."""
    closure = _closure(finding.rule, _plan_for(finding.rule, ruleset, asked, submission))
    of_group = finding.subject.id.startswith("group:")
    own = () if of_group else tuple(one for one in submission.records if one.number == finding.subject.order[0])
    if not of_group and all(one.cost is not Cost.CATALOG for one in closure):
        tries = [_Excerpt(records=own, shown={}, whole=())]
    else:
        shapes = _needed(closure) | {one.shape for one in own}
        near = tuple(one for one in submission.records if one.shape in shapes)
        whole = tuple(sorted(shapes))
        names = _fields_read(closure, ruleset)
        shown = {one.number: names.get(one.shape, frozenset()) for one in near if one not in own}
        everything = tuple(sorted(shapes | {one.shape for one in submission.records}))
        tries = [
            _Excerpt(records=near, shown=shown, whole=whole),
            _Excerpt(records=near, shown={}, whole=whole),
            _Excerpt(records=submission.records, shown={}, whole=everything),
        ]
    wanted = finding_as_plain(finding, asked.tongue)
    for one in tries:
        if len(one.records) <= MOST_RECORDS and _again(wanted, _cut(one), ruleset, calendar, asked, submission) is None:
            return one
    raise PackFault(
        Both(
            f"这条判定要看的记录太多（超过 {MOST_RECORDS} 条），请用整个证据包核验",
            f"this verdict rests on too many records (over {MOST_RECORDS}); verify it by the whole pack",
        )
    )


def _profile_of(rule: str, ruleset: Ruleset) -> str | None:
    """The profile whose screening question a rule is; None for any other rule."""
    return next((one.of_profile for one in ruleset.rules if one.id == rule and one.of_profile), None)


def _plan_for(rule: str, ruleset: Ruleset, asked: Asked, submission: Submission) -> Plan:
    asking = _profile_of(rule, ruleset)
    taken = UNTAKEN if asking is None else take(ruleset.profiles, (), (), name=asking)
    return plan(ruleset, as_of=asked.as_of, submitted=submission.submitted, taken=taken)


def _closure(rule: str, planned: Plan) -> tuple[Planned, ...]:
    """The rule and those to which it yields, which decide whether it applies."""
    by_id = {one.rule.id: one for one in planned.rules}
    found: dict[str, Planned] = {}
    waiting = [rule]
    while waiting:
        id = waiting.pop()
        if id in by_id and id not in found:
            found[id] = by_id[id]
            waiting += by_id[id].rule.yields_to
    return tuple(found.values())


def _needed(closure: tuple[Planned, ...]) -> set[str]:
    """The shapes of all records at which the rules may look."""
    shapes = {shape for one in closure for shape, _ in one.reads} | {join.shape for one in closure for join in one.joins}
    return shapes | {one.rule.subject.shape for one in closure}


def _fields_read(closure: tuple[Planned, ...], ruleset: Ruleset) -> dict[str, frozenset[str]]:
    """The fields that the rules read, by shape, and those by which a record is called."""
    names: dict[str, set[str]] = {}
    for planned in closure:
        for shape, ids in planned.reads:
            names.setdefault(shape, set()).update(ids)
    for kind in ruleset.vocabulary.shapes:
        names.setdefault(kind.id, set()).update(one.id for one in kind.fields if one.key or one.id in _NAMING)
    return {id: frozenset(ids) for id, ids in names.items()}


def _cut(excerpt: _Excerpt) -> tuple[Record, ...]:
    def cut(one: Record) -> Record:
        ids = excerpt.shown.get(one.number)
        return one if ids is None else replace(one, value={id: value for id, value in one.value.items() if id in ids})

    return tuple(cut(one) for one in excerpt.records)


@dataclass(frozen=True, slots=True)
class _Nowhere:
    """A locator for records that have come out of their files."""

    def place(self, path: Path) -> Place:
        return Place(file="", pointer="".join(f"/{step}" for step in path))


def _again(
    wanted: Mapping[str, Any], records: Sequence[Record], ruleset: Ruleset, calendar: Calendar, asked: Asked, submission: Submission
) -> str | None:
    """The name of the first thing that comes out otherwise when the finding is made from these records alone; None for none."""
    rule = str(wanted["rule"])
    closure = {one.rule.id for one in _closure(rule, _plan_for(rule, ruleset, asked, submission))}
    asking = _profile_of(rule, ruleset)
    # What was found was inside the profile of its run; only a screening question needs that profile again.
    excerpt = replace(
        ruleset,
        rules=tuple(one for one in ruleset.rules if one.id in closure),
        profiles=() if asking is None else tuple(one for one in ruleset.profiles if one.id == asking),
    )
    alone = Submission(records=tuple(replace(one, locator=_Nowhere()) for one in records), inputs=(), submitted=submission.submitted)
    outcome = validate(excerpt, alone, as_of=asked.as_of, calendar=calendar, profile=asking)
    mine = [finding_as_plain(one, asked.tongue) for one in outcome.findings if one.rule == wanted["rule"]]
    # In an excerpt a subject may be called by its key alone where the run had to tell two of one key apart.
    alike = [one for one in mine if one["fingerprint"] == wanted["fingerprint"] and one["subject"]["name"] == wanted["subject"]["name"]]
    if not alike:
        return "fingerprint"
    plain = json.loads(json.dumps(alike[0], ensure_ascii=False).encode("utf-8", "backslashreplace"))
    return next((key for key in _SAME if plain[key] != json.loads(json.dumps(wanted[key]))), None)


def _shown(record: Record, fields: frozenset[str] | None, secret: bytes, path: tuple[str, ...]) -> dict[str, Any]:
    """A record in a slip: shown fields with value and salt, the others as digests."""

    def one(id: str, value: Any) -> dict[str, Any]:
        salt, plain = salt_of(secret, record.number, id), to_plain(value)
        return {"value": plain, "salt": salt} if fields is None or id in fields else {"digest": field_digest(salt, id, plain)}

    return {
        "number": record.number,
        "shape": record.shape,
        "fields": {id: one(id, value) for id, value in record.value.items()},
        "path": path,
    }


def _parsed(data: bytes) -> dict[str, Any]:
    """The slip, of the shape that is used here; PackFault for anything else."""
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError("too large")
        plain = json.loads(data)
        texts = (plain["manifest"], plain["calendar"], plain["ruleset"], plain["finding"]["line"], plain["signature"] or "")
        sound = plain["format"] == SLIP_FORMAT and all(isinstance(one, str) for one in texts)
        sound = sound and all(isinstance(one, str) for one in (*plain["finding"]["path"], *plain["whole"]))
        sound = sound and isinstance(plain["finding"]["at"], int) and isinstance(json.loads(plain["finding"]["line"]), dict)
        for one in plain["records"]:
            sound = sound and isinstance(one["number"], int) and isinstance(one["shape"], str) and isinstance(one["fields"], dict)
            sound = sound and all(isinstance(step, str) for step in one["path"])
        if not sound:
            raise ValueError("misshapen")
        for text in texts:
            text.encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PackFault(Both("这不是 guiju 的凭单", "this is no slip of guiju")) from None
    return dict(plain)


def _records(plain: Mapping[str, Any], manifest: Mapping[str, Any]) -> tuple[tuple[Record, ...], bool]:
    """The records of a slip, and whether each of them is bound by the manifest."""
    records, bound = [], True
    try:
        for one in plain["records"]:
            digests = {
                id: str(held["digest"]) if "digest" in held else field_digest(str(held["salt"]), id, held["value"])
                for id, held in one["fields"].items()
            }
            leaf = record_leaf(one["number"], one["shape"], digests)
            bound = bound and root_of_path(leaf, one["number"], one["path"]) == manifest["records"]["root"]
            value = {id: from_plain(held["value"]) for id, held in one["fields"].items() if "digest" not in held}
            records.append(Record(shape=one["shape"], value=value, locator=_Nowhere(), number=one["number"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return (), False
    return tuple(records), bound and len({one.number for one in records}) == len(records)


def _is_complete(plain: Mapping[str, Any], records: Sequence[Record], manifest: Mapping[str, Any]) -> bool:
    counts: dict[str, int] = {}
    for one in records:
        counts[one.shape] = counts.get(one.shape, 0) + 1
    return all(manifest["subjects"].get(shape, 0) == counts.get(shape, 0) for shape in plain["whole"])


def _judged_again(finding: Mapping[str, Any], records: Sequence[Record], plain: Mapping[str, Any], manifest: Mapping[str, Any]) -> Check:
    what = Both("据摘录重新判定", "judged again from the excerpt")
    try:
        # Which rules these are, whole or in part, the manifest has said by the digest of their bytes.
        ruleset = ruleset_from(plain["ruleset"].encode(), None)
        asked = asked_of(manifest)
        submitted = manifest["submitted"]
        submission = Submission(records=tuple(records), inputs=(), submitted=date.fromisoformat(submitted) if submitted else None)
        _check_whole(str(finding["rule"]), plain, ruleset, asked, submission)
        other = _again(finding, records, ruleset, calendar_from(plain["calendar"].encode()), asked, submission)
    except PackFault as fault:
        return Check(what=what, outcome=Outcome.BROKEN, why=fault.words)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Check(what=what, outcome=Outcome.BROKEN, why=Both("摘录读不通", "the excerpt cannot be read"))
    return _check(what, other is None, Both(f"“{other}”不同", f"`{other}` comes out otherwise"))


def _check_whole(rule: str, plain: Mapping[str, Any], ruleset: Ruleset, asked: Asked, submission: Submission) -> None:
    """A rule that looks at all records proves nothing on some of them: the slip must then claim to hold them all, which is counted."""
    closure = _closure(rule, _plan_for(rule, ruleset, asked, submission))
    looked_at = _needed(closure) | {record.shape for record in submission.records}
    of_all = any(one.cost is Cost.CATALOG or one.rule.subject.group is not None for one in closure)
    if of_all and not looked_at <= set(plain["whole"]):
        raise PackFault(_NOT_WHOLE)


def _check(what: Both, holds: bool, why: Both) -> Check:
    return Check(what=what, outcome=Outcome.HOLDS if holds else Outcome.BROKEN, why=None if holds else why)
