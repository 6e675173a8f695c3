"""What was found: one rule, one subject, one verdict, with its evidence; and the exact count of all verdicts."""

import re

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import Citation
from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict

__all__ = ["Finding", "ObservedValue", "SubjectName", "Tally", "cited_words"]

# Half-width brackets about Chinese words in a title.
_HALF = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_BASIS = Both("格式要求，无条文依据", "a matter of form, without a clause")


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

    Three lines tell it: `problem`, what is wrong with the actual value; `todo`, what to do; `basis`, by which article. The rest
    is detail: `seen`, `required` and `flips` what would change the verdict, and `message`, the sentence made of the rule where the
    author's own leads.

    `reason` of NOT_APPLICABLE and INACTIVE in words; `missing` the pointers that made it UNDETERMINED; `cause` the key of
    the finding under which it is folded; `action` the concrete thing to do where the values show it; `members` the members of a
    group or of a set of duplicates; `fingerprint` is stable across runs and does not hold row numbers. `waiver` is set by the overlay only,
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
    action: Both | None = None
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

    @property
    def problem(self) -> Both:
        """The first line: the author's sentence about a failure, else the one made of the rule."""
        if self.verdict is not Verdict.FAIL or self.says is None:
            return self.message
        return Both(self.says.zh or self.message.zh, self.says.en or self.message.en)

    @property
    def todo(self) -> Both | None:
        """The second line: what to write, then the author's advice; None where nothing is to be done."""
        if self.action is None or self.fix is None:
            return self.action or self.fix
        return Both(
            self.fix.zh if self.action.zh.rstrip("。") in self.fix.zh else _sentence(self.action.zh, "。") + self.fix.zh,
            self.fix.en if self.action.en.rstrip(".") in self.fix.en else f"{_sentence(self.action.en, '.')} {self.fix.en}".strip(),
        )

    @property
    def basis(self) -> Both:
        """The third line: the articles on which the rule rests; of a matter of form, that it rests on none."""
        if not self.citations:
            return _NO_BASIS
        # Several clauses of one instrument are told after its title once.
        clauses: dict[Both, list[Both]] = {}
        for one in self.citations:
            said = clauses.setdefault(one.title, [])
            if one.clause_text not in said:
                said.append(one.clause_text)
        cited = [
            cited_words(title, Both("、".join(one.zh for one in said if one.zh), ", ".join(one.en for one in said if one.en)))
            for title, said in clauses.items()
        ]
        return Both("；".join(one.zh for one in cited), "; ".join(one.en for one in cited))


def cited_words(title: Both, clause: Both) -> Both:
    """An instrument's title and the clause, as a reader cites them."""
    zh = _HALF.sub(r"（\1）", title.zh)
    # A clause that has a Chinese heading for a number has no name in English.
    en = title.en if _HAN.search(clause.en) else f"{title.en} {clause.en}".strip()
    return Both(f"{zh}{clause.zh}" if clause.zh[:1] == "第" else f"{zh} {clause.zh}".strip(), en)


def _sentence(text: str, stop: str) -> str:
    return text if not text or text.endswith((stop, "；", ";")) else text + stop


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The exact number of verdicts: of the whole run and of each rule; rules × subjects in sum."""

    total: tuple[tuple[Verdict, int], ...]
    by_rule: tuple[tuple[str, tuple[tuple[Verdict, int], ...]], ...]
