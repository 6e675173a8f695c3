"""What a report holds before anyone decides how it looks."""

from datetime import date

from guiju.catalog.records.model import HeaderMatch, Input
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Citation
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from guiju.validators.findings.waivers import WaiverReport

__all__ = ["Baseline", "JudgedCard", "Kind", "Provenance", "Report", "RuleCard"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a second auditor needs to get the same bytes: versions, digests, and the day of judgement."""

    package: str
    language: str
    ruleset: str
    registry_date: str
    registry: str
    calendar: str
    as_of: date


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """One rule as a reader meets it, with its exact count of verdicts."""

    id: str
    version: str
    name: Both
    shape: str
    force: Force
    severity: Severity
    citations: tuple[Citation, ...]
    dimension: str | None
    why: Both | None
    fix: Both | None
    doc: str
    text: str
    tally: tuple[tuple[Verdict, int], ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCard:
    """A provision that people must judge: what, why no machine can, and who does."""

    id: str
    name: Both
    citations: tuple[Citation, ...]
    why: Both
    who: Both


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of subject in the run, and how many there are."""

    id: str
    name: Both
    count: int


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How the findings stand to those of an earlier report: `gone` were in it and are not found any more."""

    digest: str
    new: int
    known: int
    gone: int
    new_only: bool


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Findings in their written-down order, with everything that explains them.

    `findings` holds what somebody should see; `tally` is the exact count of all verdicts, rules × subjects in sum.
    `diagnostics` and `unmatched` tell what could not be read; `judged` what no machine has judged. A FAIL under a waiver is counted
    as WAIVED, and its finding stays a FAIL that names the waiver; `waivers` and `baseline` are None where none was given.
    """

    provenance: Provenance
    inputs: tuple[Input, ...]
    kinds: tuple[Kind, ...]
    tally: tuple[tuple[Verdict, int], ...]
    rules: tuple[RuleCard, ...]
    findings: tuple[Finding, ...]
    judged: tuple[JudgedCard, ...]
    diagnostics: tuple[Diagnostic, ...]
    unmatched: tuple[HeaderMatch, ...]
    waivers: WaiverReport | None = None
    baseline: Baseline | None = None

    def count(self, verdict: Verdict) -> int:
        """How many verdicts of that kind there are in the run."""
        return dict(self.tally).get(verdict, 0)

    def rule(self, id: str) -> RuleCard:
        """The card of that rule; KeyError is our own bug."""
        return next(card for card in self.rules if card.id == id)
