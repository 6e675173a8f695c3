"""Findings folded by cause: what one missing column leaves undecided is one line, what one fault at one place breaks is one finding.

Folding changes no verdict and no total: it is a way to read the findings, and both numbers are told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guiju.reports.model import Fold, Kind
from guiju.terms.fact import State
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, ObservedValue

__all__ = ["fold_failures", "folds_of"]

_Key = tuple[str, str, str, bool]
"""Input, sheet, column, and whether what stands there cannot be read."""
_WANTING = (State.ABSENT, State.PENDING, State.UNREADABLE, State.NOT_APPLICABLE)

_FORM = ".readable"
_RECORDS = Both("记录", "records")


def fold_failures(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings, each failure that rests on the very values of a graver one on the same subject under that one.

    Only values that are wanting count: on a value that is there, two rules may well find two faults.
    """
    by_fault: dict[object, Finding] = {}
    order = sorted(
        (one for one in findings if one.verdict is Verdict.FAIL),
        key=lambda one: (one.rule.endswith(_FORM), -int(one.severity), not one.citations, one.rule),
    )
    under: dict[str, str] = {}
    for one in order:
        spots = frozenset(_wanting(one))
        if not spots or len(spots) < len(one.evidence) or one.cause is not None:
            continue
        head = by_fault.setdefault((one.subject.order[:1], one.subject.kind, spots), one)
        if head is not one:
            under[one.key] = head.key
    covered = _covered(order)
    for one in order:
        # What cannot be read fails its own rule and every other that reads it; the form of it is told once.
        holder = covered.get(one.key)
        if one.key not in under and holder is not None:
            under[one.key] = holder
    return tuple(replace(one, cause=under[one.key]) if one.key in under and one.verdict is Verdict.FAIL else one for one in findings)


def _wanting(one: Finding) -> Iterator[tuple[str, str]]:
    return ((shown.pointer, str(shown.place)) for shown in one.evidence if shown.state in _WANTING)


def _covered(failures: list[Finding]) -> dict[str, str]:
    """The implicit rules on readable values of which every value fails another rule too, by the gravest of these."""
    holders: dict[object, str] = {}
    for one in failures:
        if not one.rule.endswith(_FORM):
            for spot in _wanting(one):
                holders.setdefault((one.subject.order[:1], spot), one.key)
    found: dict[str, str] = {}
    for one in failures:
        spots = tuple(_wanting(one)) if one.rule.endswith(_FORM) else ()
        held = [holders.get((one.subject.order[:1], spot)) for spot in spots]
        if held and held[0] is not None and all(held):
            found[one.key] = held[0]
    return found


def folds_of(
    findings: Iterable[Finding], kinds: tuple[Kind, ...], inputs: Iterable[tuple[str, tuple[tuple[str, int], ...]]]
) -> tuple[Fold, ...]:
    """One line for each field for want of which verdicts are open, by input; the widest first.

    Where every record of the kind in the input wants it, the whole column is missing.
    """
    names = {kind.id: kind.name for kind in kinds}
    sizes = {(file, kind): count for file, counts in inputs for kind, count in counts}
    groups: dict[_Key, list[Finding]] = {}
    wanting: dict[_Key, set[int]] = {}
    first: dict[_Key, ObservedValue] = {}
    cells: dict[_Key, dict[str, None]] = {}
    for one in findings:
        lacks = [shown for shown in one.evidence if shown.state in _WANTING] if one.subject.order else []
        for shown in lacks:
            wanting.setdefault(_key(shown), set()).add(one.subject.order[0])
            first.setdefault(_key(shown), shown)
            if shown.place.cell is not None:
                cells.setdefault(_key(shown), {})[shown.place.cell] = None
        if one.verdict is Verdict.UNDETERMINED and lacks:
            groups.setdefault(_key(lacks[0]), []).append(one)
    made = [
        replace(_fold(key, open_ones, first[key], len(wanting[key]), names, sizes), cells=tuple(cells.get(key, ())))
        for key, open_ones in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.verdicts, one.place.file, one.field.en)))


def _fold(
    key: _Key, open_ones: list[Finding], shown: ObservedValue, records: int, names: dict[str, Both], sizes: dict[tuple[str, str], int]
) -> Fold:
    file, _, _, unreadable = key
    held = [kind for of_file, kind in sizes if of_file == file]
    kind = next((one.subject.kind for one in open_ones if one.subject.kind in names), held[0] if len(held) == 1 else "")
    size = sizes.get((file, kind), 0)
    whole = not unreadable and size > 1 and records == size
    return Fold(
        level="column" if whole else "values" if unreadable else "records",
        field=shown.field,
        kind=names.get(kind, _RECORDS),
        place=replace(shown.place, line=None, column=None, cell=None, pointer=None, iri=None) if whole else shown.place,
        records=records,
        verdicts=len(open_ones),
        rules=tuple(sorted({one.rule for one in open_ones})),
        loose=sum(1 for one in open_ones if one.cause is None),
    )


def _key(shown: ObservedValue) -> _Key:
    return shown.place.file, shown.place.sheet or "", _column(shown.pointer), shown.state is State.UNREADABLE


def _column(pointer: str) -> str:
    """The path of a value without the positions in lists: all values of one column have the same."""
    return "/".join(step for step in pointer.split("/") if step and not step.isdigit())
