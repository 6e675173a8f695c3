"""What a marked copy says at a place: one remark for each finding, gravest first; words only, in the tongue of the reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.reports.layout.words import WORDS as REPORT_WORDS
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["Marking", "Remark", "comment_text", "remarks_of", "remarks_while_reading"]

_LONGEST = 600
_LONGEST_REQUIRED = 120
_LONGEST_COMMENT = 1_800
_SHOWN = (Verdict.FAIL, Verdict.ERROR)
_LEVELS = {Level.ERROR: Severity.MAJOR, Level.WARNING: Severity.MINOR, Level.HINT: Severity.ADVISORY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One fault as its reader meets it; `places` may be empty where the fault is of the whole. `code` is the rule or the diagnostic."""

    severity: Severity
    verdict: str
    title: str
    subject: str
    message: str
    seen: str
    required: str
    cites: str
    fix: str
    code: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """Everything that a marked copy is made from: the remarks in their order, and what the head of the list says.

    `most_cells` are marked and `most_rows` listed; what is left out is said.
    """

    file: str
    sha256: str
    as_of: date
    ruleset: str
    remarks: tuple[Remark, ...]
    undetermined: int
    tongue: Tongue
    most_cells: int = 20_000
    most_rows: int = 50_000

    def count(self, severity: Severity) -> int:
        """How many remarks are of that severity."""
        return sum(1 for one in self.remarks if one.severity is severity)


def remarks_of(findings: Iterable[Finding], file: str, tongue: Tongue) -> tuple[Remark, ...]:
    """The remarks of what failed in one file, in the order of the findings: what blocks first."""
    return tuple(
        _remark(one, tongue)
        for one in findings
        if one.verdict in _SHOWN and (not one.places or any(place.file == file for place in one.places))
    )


def _remark(one: Finding, tongue: Tongue) -> Remark:
    todo = one.todo or one.flips
    return Remark(
        severity=one.severity,
        verdict=one.verdict.words.say(tongue),
        title=one.rule_name.say(tongue),
        subject=one.subject.name,
        message=_cut(one.problem.say(tongue)),
        seen=_cut(one.seen.say(tongue)),
        required=_cut(one.required.say(tongue), _LONGEST_REQUIRED),
        cites=_cut(one.basis.say(tongue)),
        fix=_cut(todo.say(tongue)) if todo is not None else "",
        code=one.rule,
        places=one.places,
    )


def remarks_while_reading(diagnostics: Iterable[Diagnostic], file: str, tongue: Tongue) -> tuple[Remark, ...]:
    """What was said of single cells while reading, such as digits that are lost."""
    found = []
    for one in diagnostics:
        facts = {name: fact.say(tongue) if isinstance(fact, Both) else fact for name, fact in one.facts}
        if one.span.file != file or "cell" not in facts:
            continue
        found.append(
            Remark(
                severity=_LEVELS[one.level],
                verdict=REPORT_WORDS["unread"].say(tongue),
                title=one.code,
                subject="",
                message=_cut(one.headline(tongue)),
                seen=facts.get("value", ""),
                required="",
                cites="",
                fix=one.help.say(tongue) if one.help is not None else "",
                code=one.code,
                places=(Place(file=file, sheet=facts.get("sheet") or None, cell=facts["cell"]),),
            )
        )
    return tuple(found)


def comment_text(remarks: Sequence[Remark], tongue: Tongue) -> str:
    """What a comment at one place says: what, why, by which clause, how to mend; of many, the gravest, and how many more."""
    parts: list[str] = []
    size = 0
    ordered = sorted(remarks, key=lambda one: -one.severity)
    for at, one in enumerate(ordered):
        text = "\n".join(_lines(one, tongue))
        if parts and size + len(text) > _LONGEST_COMMENT:
            parts.append("… " + REPORT_WORDS["more"].say(tongue).format(n=len(ordered) - at))
            break
        parts.append(text)
        size += len(text)
    return "\n\n".join(parts)


def _lines(one: Remark, tongue: Tongue) -> list[str]:
    grave = one.severity.words.say(tongue)
    lines = [f"【{grave}】{one.title}" if tongue is Tongue.ZH else f"[{grave}] {one.title}", one.message]
    for key, words in (("fix", one.fix), ("cites", one.cites)):
        if words:
            lines.append(f"{REPORT_WORDS[key].say(tongue)}{'：' if tongue is Tongue.ZH else ': '}{words}")
    return [*lines, f"[{one.code}]"]


def _cut(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
