"""The decision log: one line for each verdict that somebody should see, with its operands; personal values as keyed digests.

Whoever holds the inputs can make the key and so each digest again; whoever holds the log alone learns no such value. The digest is
keyed by record and field, so that equal values of two people do not show as equal.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from guiju.catalog.records.model import Record
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Tongue
from guiju.terms.types import ListT, RecordT
from guiju.validators.findings.model import Finding, ObservedValue

__all__ = ["decision_log", "sensitivity_of"]

# 居民身份证号码 (GB 11643: eighteen characters) and mobile numbers show in any field, whatever its shape says of it.
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def decision_log(
    findings: Sequence[Finding],
    records: Sequence[Record],
    vocabulary: Vocabulary,
    *,
    secret: bytes,
    digests: Mapping[str, str],
    tongue: Tongue,
) -> bytes:
    """Lines of JSON in the order of the findings; `digests` are those of the rules."""
    shapes = {record.number: record.shape for record in records}
    lines = (_line(one, shapes, vocabulary, secret, digests, tongue) for one in findings)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "backslashreplace")


def sensitivity_of(pointer: str, shape: str | None, vocabulary: Vocabulary) -> str | None:
    """The gravest word that any field on the way says of itself; None for a way without such a word.

    The way into a record whose shape is not known is judged by the names of its steps in every shape.
    """
    steps = [step for step in pointer.split("/")[1:] if not step.isdigit()]
    if shape is None:
        named = [one for shape_ in vocabulary.shapes for one in shape_.fields if one.id in steps and one.sensitivity]
        return named[0].sensitivity if named else None
    found: str | None = None
    here: Shape | None = vocabulary.shape(shape)
    for step in steps:
        field = here.field(step) if here is not None else None
        if field is None:
            break
        found = field.sensitivity or found
        type = field.type.element if isinstance(field.type, ListT) else field.type
        here = vocabulary.shape(type.shape) if isinstance(type, RecordT) else None
    return found


def _line(
    finding: Finding, shapes: Mapping[int, str], vocabulary: Vocabulary, secret: bytes, digests: Mapping[str, str], tongue: Tongue
) -> dict[str, Any]:
    number = finding.subject.order[0] if finding.subject.order else -1
    shape = None if finding.subject.id.startswith("group:") else shapes.get(number)
    return {
        "rule": finding.rule,
        "version": finding.version,
        "rule_digest": digests.get(finding.rule),
        "verdict": finding.verdict.name,
        "waiver": finding.waiver,
        "subject": {"kind": finding.subject.kind, **_subject(finding, number, shape, vocabulary, secret)},
        "operands": [_operand(one, number, shape, vocabulary, secret, tongue) for one in finding.evidence],
        "missing": list(finding.missing),
        "fingerprint": finding.fingerprint,
    }


def _subject(finding: Finding, number: int, shape: str | None, vocabulary: Vocabulary, secret: bytes) -> dict[str, Any]:
    kinds = {finding.subject.kind, shape} - {None}
    names = [
        one for kind in kinds for one in vocabulary.shape(str(kind)).fields if one.sensitivity and (one.key or one.id in ("name", "title"))
    ]
    if names or _PERSONAL.search(finding.subject.id):
        return {"redacted": names[0].sensitivity if names else "personal", "digest": _keyed(secret, number, "subject", finding.subject.id)}
    return {"id": finding.subject.id}


def _operand(one: ObservedValue, number: int, shape: str | None, vocabulary: Vocabulary, secret: bytes, tongue: Tongue) -> dict[str, Any]:
    word = sensitivity_of(one.pointer, shape, vocabulary)
    # In both tongues at once, so that a log in either is verified alike.
    seen = one.seen.zh + "\0" + one.seen.en
    if word is None and _PERSONAL.search(seen):
        word = "personal"
    if word is not None:
        return {"pointer": one.pointer, "redacted": word, "digest": _keyed(secret, number, one.pointer, seen)}
    return {"pointer": one.pointer, "seen": one.seen.say(tongue)}


def _keyed(secret: bytes, number: int, where: str, value: str) -> str:
    words = json.dumps([number, where, value], ensure_ascii=True).encode("ascii")
    return hmac.new(secret, b"decision\0" + words, hashlib.sha256).hexdigest()
