"""What was found: one rule, one subject, one verdict, with its evidence; and the exact count of all verdicts."""

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import Citation
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

__all__ = ["Finding", "ObservedValue", "SubjectName", "Tally"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class SubjectName:
    """How a subject is called: its kind (shape id), its key or pointer, and its name for people.

    `order` sorts subjects in reading order: (record number, positions of nested elements …).
    """

    kind: str
    id: str
    name: str
    order: tuple[int, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ObservedValue:
    """One value that carried a verdict: which field, what stood there (in words), and where."""

    field: Both
    pointer: str
    seen: Both
    place: Place
    state: State = State.VALUE


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One verdict that somebody should see.

    `reason` of NOT_APPLICABLE and INACTIVE in words; `missing` the pointers that made it UNDETERMINED; `cause` the key of
    the finding under which it is folded; `flips` what would change the verdict; `members` the members of a group or of a
    set of duplicates; `fingerprint` is stable across runs and does not hold row numbers. `waiver` is set by the overlay only,
    `baseline` ("new" or "known") by the comparison with an earlier report only.
    """

    rule: str
    version: str
    rule_name: Both
    verdict: Verdict
    severity: Severity
    force: Force
    citations: tuple[Citation, ...]
    subject: SubjectName
    places: tuple[Place, ...]
    seen: Both
    required: Both
    message: Both
    fix: Both | None = None
    says: Both | None = None
    flips: Both | None = None
    reason: Both | None = None
    missing: tuple[str, ...] = ()
    cause: str | None = None
    evidence: tuple[ObservedValue, ...] = ()
    members: tuple[SubjectName, ...] = ()
    dimension: str | None = None
    department: str | None = None
    district: str | None = None
    fingerprint: str = ""
    waiver: str | None = None
    baseline: str | None = None

    @property
    def key(self) -> str:
        """Which rule on which subject: the name under which other findings refer to this one."""
        return f"{self.rule}@{self.subject.kind}:{self.subject.id}"


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The exact number of verdicts: of the whole run and of each rule; rules × subjects in sum."""

    total: tuple[tuple[Verdict, int], ...]
    by_rule: tuple[tuple[str, tuple[tuple[Verdict, int], ...]], ...]
