"""Two lists of findings side by side: what is new, gone, persisting, or judged otherwise now; by unit and by clause.

A finding is known again by its fingerprint, never by a row number; where the value in it has changed, by its rule and subject.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from guiju.reports.layout.plain import finding_as_plain
from guiju.reports.layout.words import citation_words
from guiju.reports.model import Baseline, Report
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["Change", "Comparison", "Entry", "Side", "against_baseline", "compare", "side_of_plain", "side_of_report"]


class Change(StrEnum):
    """How a finding of one side stands to the other."""

    NEW = "new"
    CHANGED = "changed"
    PERSISTING = "persisting"
    GONE = "gone"

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _CHANGE_WORDS[self]


_CHANGE_WORDS = {
    Change.NEW: Both("新增", "new"),
    Change.CHANGED: Both("改判", "changed verdict"),
    Change.PERSISTING: Both("仍在", "persisting"),
    Change.GONE: Both("消除", "gone"),
}
# Graver first: what a reader must see before the rest.
_SEVERITIES = ("blocking", "major", "minor", "advisory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What of a finding is compared and told; `verdict` is WAIVED for a FAIL under a waiver."""

    rule: str
    rule_name: str
    verdict: str
    severity: str
    kind: str
    subject: str
    name: str
    department: str
    clause: str
    clause_words: str
    message: str
    fingerprint: str

    @property
    def about(self) -> tuple[str, str, str]:
        """Which rule on which subject."""
        return self.rule, self.kind, self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: what it is called, its day, its findings, and the rules that are not in force there (None: not told)."""

    label: str
    as_of: str
    ruleset: str
    entries: tuple[Entry, ...]
    inactive: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of a comparison; `altered` says that the value found has changed though the verdict has not."""

    change: Change
    before: Entry | None
    after: Entry | None
    altered: bool = False
    inactive: bool = False

    @property
    def entry(self) -> Entry:
        """The side that is there; the later one of two."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All pairs in their order, and their counts by unit and by clause: (name, counts in the order of `Change`)."""

    old: Side
    new: Side
    pairs: tuple[Pair, ...]

    def count(self, change: Change) -> int:
        """How many pairs are of that change."""
        return sum(1 for one in self.pairs if one.change is change)

    def by_department(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Counts by the unit that a finding names; those of no unit under an empty name."""
        return _grouped(self.pairs, [one.entry.department for one in self.pairs])

    def by_clause(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Counts by the first clause that the rule cites; those without one under an empty name."""
        return _grouped(self.pairs, [one.entry.clause for one in self.pairs])


def compare(old: Side, new: Side) -> Comparison:
    """Each finding of either side in exactly one pair."""
    pairs = sorted((replace(one, inactive=_is_inactive(one, old, new)) for one in _pairs(old.entries, new.entries)), key=_order)
    return Comparison(old=old, new=new, pairs=tuple(pairs))


def side_of_plain(plain: Any, label: str) -> Side | None:
    """A side from a report in JSON; None where it is no such report."""
    try:
        return Side(
            label=label,
            as_of=str(plain["as_of"]),
            ruleset=str(plain["guiju"]["ruleset"]),
            entries=tuple(_entry(one) for one in plain["findings"]),
        )
    except (KeyError, TypeError, AttributeError):
        return None


def side_of_report(report: Report, label: str, tongue: Tongue) -> Side:
    """A side from a report at hand, which also tells the rules not in force."""
    return Side(
        label=label,
        as_of=report.provenance.as_of.isoformat(),
        ruleset=report.provenance.ruleset,
        # By way of the promised form, so that a finding read back from a file compares equal.
        entries=tuple(_entry(json.loads(json.dumps(finding_as_plain(one, tongue)))) for one in report.findings),
        inactive=frozenset(card.id for card in report.rules if {verdict for verdict, _ in card.tally} == {Verdict.INACTIVE}),
    )


def against_baseline(report: Report, baseline: Side, digest: str, *, new_only: bool) -> Report:
    """The report with each failing finding marked new or known; a waived finding of the baseline makes none known."""
    left = Counter((one.verdict, one.fingerprint) for one in baseline.entries if one.verdict in _BASED)
    marked = []
    for finding in report.findings:
        if finding.verdict.name not in _BASED or finding.waiver:
            marked.append(finding)
            continue
        key = (finding.verdict.name, finding.fingerprint)
        marked.append(replace(finding, baseline="known" if left[key] > 0 else "new"))
        left[key] -= 1
    counts = Counter(one.baseline for one in marked)
    return replace(
        report,
        findings=tuple(one for one in marked if not new_only or one.baseline != "known"),
        baseline=Baseline(
            digest=digest, new=counts["new"], known=counts["known"], gone=sum(max(n, 0) for n in left.values()), new_only=new_only
        ),
    )


_BASED = ("FAIL", "ERROR", "UNDETERMINED")


def _entry(plain: Mapping[str, Any]) -> Entry:
    cite = plain.get("citation") or {}
    where = plain["subject"]
    return Entry(
        rule=str(plain["rule"]),
        rule_name=str(plain["rule_name"]),
        verdict="WAIVED" if plain.get("waiver") else str(plain["verdict"]),
        severity=str(plain["severity"]),
        kind=str(where["kind"]),
        subject=str(where["id"]),
        name=str(where["name"]),
        department=str(plain.get("department") or ""),
        clause=f"{cite['instrument']} {cite['clause']}" if cite else "",
        clause_words=_words_of(cite) if cite else "",
        message=str(plain["message"]),
        fingerprint=str(plain["fingerprint"]),
    )


def _words_of(cite: Mapping[str, Any]) -> str:
    """The clause as people cite it, in the tongue of the report."""
    title, clause = (str(cite.get(key) or cite[id]) for key, id in (("title", "instrument"), ("clause_text", "clause")))
    return citation_words(Both(title, title), Both(clause, clause)).zh


def _pairs(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> Iterator[Pair]:
    """First those of one fingerprint, those of one subject before others; then, of what is left, those of one rule and subject."""
    rest_old, rest_new = list(old), list(new)
    for key in _KEYS:
        matches, rest_old, rest_new = _match(rest_old, rest_new, key)
        for before, after in matches:
            change = Change.PERSISTING if before.verdict == after.verdict else Change.CHANGED
            yield Pair(change=change, before=before, after=after, altered=before.fingerprint != after.fingerprint)
    yield from (Pair(change=Change.GONE, before=one, after=None) for one in rest_old)
    yield from (Pair(change=Change.NEW, before=None, after=one) for one in rest_new)


_KEYS: tuple[Callable[[Entry], object], ...] = (
    lambda one: (one.about, one.fingerprint, one.verdict),
    lambda one: (one.about, one.fingerprint),
    lambda one: (one.rule, one.fingerprint),
    lambda one: one.about,
)


def _match(
    old: list[Entry], new: list[Entry], key: Callable[[Entry], object]
) -> tuple[list[tuple[Entry, Entry]], list[Entry], list[Entry]]:
    """The pairs of one key in reading order, and what is left of either side."""
    waiting: dict[object, deque[Entry]] = {}
    for one in old:
        waiting.setdefault(key(one), deque()).append(one)
    matches: list[tuple[Entry, Entry]] = []
    rest: list[Entry] = []
    for one in new:
        held = waiting.get(key(one))
        if held:
            matches.append((held.popleft(), one))
        else:
            rest.append(one)
    return matches, [one for held in waiting.values() for one in held], rest


def _is_inactive(pair: Pair, old: Side, new: Side) -> bool:
    """Whether the finding came or went only because its rule is not in force on the other side."""
    match pair.change:
        case Change.NEW:
            return old.inactive is not None and pair.entry.rule in old.inactive
        case Change.GONE:
            return new.inactive is not None and pair.entry.rule in new.inactive
        case Change.CHANGED | Change.PERSISTING:
            return False


def _order(pair: Pair) -> tuple[int, int, str, str, str, str]:
    entry = pair.entry
    grave = _SEVERITIES.index(entry.severity) if entry.severity in _SEVERITIES else len(_SEVERITIES)
    return list(Change).index(pair.change), grave, entry.rule, entry.kind, entry.subject, entry.fingerprint


def _grouped(pairs: tuple[Pair, ...], names: list[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts: dict[str, Counter[Change]] = {}
    for pair, name in zip(pairs, names, strict=True):
        counts.setdefault(name, Counter())[pair.change] += 1
    rows = ((name, tuple(held[change] for change in Change)) for name, held in counts.items())
    return tuple(sorted(rows, key=lambda row: (-row[1][0] - row[1][1], -sum(row[1]), row[0])))
