"""What a report holds before anyone decides how it looks."""

from datetime import date

from guiju.catalog.records.model import HeaderMatch, Input
from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Citation
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from guiju.validators.findings.waivers import WaiverReport
from guiju.validators.plan.profiles import UNTAKEN, Taken

__all__ = ["Baseline", "Fold", "JudgedCard", "Kind", "Provenance", "Report", "RuleCard", "Title"]


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
    asks: bool = False
    """Whether it is a screening question of a profile: unanswered, it says what could not be judged."""


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
class Title:
    """What a record is called; `unit` hands it in, `number` is its key where that is not its name. None for what it does not say."""

    kind: Both
    name: str
    unit: str | None = None
    number: str | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """What one missing thing leaves undecided: a whole column of an input, or a field of some records; `rules` by id."""

    level: str
    field: Both
    kind: Both
    place: Place
    records: int
    verdicts: int
    rules: tuple[str, ...]
    loose: int = 0
    """How many of the verdicts are under no other finding."""
    cells: tuple[str, ...] = ()
    """The cells of a sheet that want it, in the order of the findings."""

    @property
    def words(self) -> Both:
        """The line that stands for all of it."""
        zh, en = self.field.zh, self.field.en
        count = Both(
            f"{self.verdicts} 项判定、{len(self.rules)} 条规则不能判定",
            f"{self.verdicts} verdicts of {len(self.rules)} rules cannot be reached",
        )
        if self.level == "column":
            return Both(
                f"整列没有“{zh}”（{self.kind.zh} {self.records} 条）：{count.zh}",
                f"the whole column `{en}` is missing ({self.records} of {self.kind.en}): {count.en}",
            )
        if self.level == "values":
            return Both(
                f"{self.kind.zh}的“{zh}”无法识别（{self.records} 条）：{count.zh}",
                f"`{en}` cannot be read ({self.records} of {self.kind.en}): {count.en}",
            )
        return Both(
            f"{self.kind.zh}没有写明“{zh}”（{self.records} 条）：{count.zh}",
            f"`{en}` is not given ({self.records} of {self.kind.en}): {count.en}",
        )


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
    as WAIVED, and its finding stays a FAIL that names the waiver; `waivers` and `baseline` are None where none was given. `titles` names
    the records where there are few.
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
    taken: Taken = UNTAKEN
    folds: tuple[Fold, ...] = ()
    titles: tuple[Title, ...] = ()

    @property
    def told(self) -> int:
        """How many findings there are once they are folded by cause."""
        plain = [one for one in self.findings if one.cause is None and one.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED)]
        return len(plain) + sum(1 - one.loose for one in self.folds)

    def count(self, verdict: Verdict) -> int:
        """How many verdicts of that kind there are in the run."""
        return dict(self.tally).get(verdict, 0)

    def rule(self, id: str) -> RuleCard:
        """The card of that rule; KeyError is our own bug."""
        return next(card for card in self.rules if card.id == id)
