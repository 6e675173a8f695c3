"""Draws findings for an auditor to verify by hand: by chance, and yet the same for whoever draws again.

The seed is a digest of the report. Each finding gets the SHA-256 of seed and mark; the smallest are drawn. So nobody can choose what is
drawn without changing the report, and anybody can draw again with a pocket tool.
"""

import hashlib
import heapq
import json
from dataclasses import dataclass

from guiju.reports.layout.columns import numbered, shown
from guiju.reports.model import Report
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["Sample", "draw", "seed_of"]

_DRAWN_FROM = (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED, Verdict.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The findings drawn, in the order of the report, each with its mark; the seed, and from how many they were drawn."""

    seed: str
    population: int
    drawn: tuple[tuple[Finding, str], ...]


def seed_of(report: Report) -> str:
    """A digest of what the report rests on and what it found; another finding, input, rule or day gives another seed."""
    where = report.provenance
    digest = hashlib.sha256()
    parts = [where.package, where.ruleset, where.registry, where.calendar, where.as_of.isoformat(), *(one.sha256 for one in report.inputs)]
    digest.update(json.dumps(parts).encode())
    for finding in report.findings:
        digest.update(f"{shown(finding).value} {finding.fingerprint}\n".encode())
    return digest.hexdigest()


def draw(report: Report, size: int) -> Sample:
    """At most `size` of the breaches, errors, undetermined and waived findings."""
    seed = seed_of(report)
    marked = list(numbered(one for one in report.findings if shown(one) in _DRAWN_FROM))
    chosen = heapq.nsmallest(size, range(len(marked)), key=lambda number: hashlib.sha256(f"{seed}:{marked[number][1]}".encode()).digest())
    return Sample(seed=seed, population=len(marked), drawn=tuple(marked[number] for number in sorted(chosen)))
