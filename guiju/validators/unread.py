"""What a document does not state in words that were understood is not held against it: such a failure is undetermined.

A form has a field or leaves it empty. A text may say the same thing in a hundred ways, of which the registers know some; so a rule on a
record made of a document fails by what was read, and never by what was not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from guiju.catalog.records.model import Record
from guiju.terms.fact import State
from guiju.terms.tongue import Both
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding, Tally

__all__ = ["records_of_documents", "without_unread"]

_DOCUMENT = "written_document"
_ABSENT = (State.ABSENT, State.PENDING)
_REASON = Both(
    "文稿里没有取到：{fields}。文中写到的，请看原文，并把它补进答案文件",
    "not read from the document: {fields}. Where it says so, look there and put it into the file of answers",
)
_MESSAGE = Both("文稿里没有取到“{name}”的{fields}，无法判定", "{fields} of {name} was not read from the document, so it cannot be decided")


def records_of_documents(records: Iterable[Record]) -> frozenset[int]:
    """The numbers of the records that were made of documents, the documents themselves not among them."""
    kept = list(records)
    files = {one.locator.place(()).file for one in kept if one.shape == _DOCUMENT}
    return frozenset(one.number for one in kept if one.shape != _DOCUMENT and one.locator.place(()).file in files)


def without_unread(findings: Sequence[Finding], tally: Tally, numbers: frozenset[int]) -> tuple[tuple[Finding, ...], Tally]:
    """The findings and their count; the sum of the count is unchanged."""
    changed: Counter[str] = Counter()
    made: list[Finding] = []
    for one in findings:
        if one.verdict is Verdict.FAIL and one.subject.order[:1] and one.subject.order[0] in numbers and _is_unread(one):
            changed[one.rule] += 1
            one = _undetermined(one)
        made.append(one)
    if not changed:
        return tuple(findings), tally
    by_rule = tuple((rule, _moved(counts, changed[rule])) for rule, counts in tally.by_rule)
    return tuple(made), Tally(total=_moved(tally.total, changed.total()), by_rule=by_rule)


def _is_unread(one: Finding) -> bool:
    return bool(one.evidence) and all(value.state in _ABSENT for value in one.evidence)


def _undetermined(one: Finding) -> Finding:
    zh, en = ("、".join(value.field.zh for value in one.evidence), ", ".join(value.field.en for value in one.evidence))
    said = {"zh": zh, "en": en}
    reason = Both(_REASON.zh.format(fields=said["zh"]), _REASON.en.format(fields=said["en"]))
    message = Both(
        _MESSAGE.zh.format(fields=said["zh"], name=one.subject.name), _MESSAGE.en.format(fields=said["en"], name=one.subject.name)
    )
    missing = tuple(value.pointer for value in one.evidence)
    return replace(one, verdict=Verdict.UNDETERMINED, reason=reason, message=message, missing=missing, flips=None)


def _moved(counts: tuple[tuple[Verdict, int], ...], number: int) -> tuple[tuple[Verdict, int], ...]:
    held = dict(counts)
    held[Verdict.FAIL] = held.get(Verdict.FAIL, 0) - number
    held[Verdict.UNDETERMINED] = held.get(Verdict.UNDETERMINED, 0) + number
    return tuple((verdict, held[verdict]) for verdict in Verdict if held.get(verdict))
