"""Verifies a pack or a slip that somebody dropped; of it nothing is run but the sealed rules. It runs in the process of a check."""

import json
from pathlib import Path
from typing import Any, TypeAlias

from guiju.evidence.forms import written_form
from guiju.evidence.inputs import gather
from guiju.evidence.model import Check, Outcome, PackFault
from guiju.reports.layout.escape import visible
from guiju.service.checks.folder import put
from guiju.service.checks.task import Task
from guiju.terms.tongue import Both

__all__ = ["Verified", "verified_of", "verify"]

Verified: TypeAlias = dict[str, Any]
_RESULT = "verified.json"
_OUTCOMES = {Outcome.HOLDS: Both("通过", "holds"), Outcome.BROKEN: Both("不符", "broken"), Outcome.NOT_DONE: Both("未核验", "not done")}
_WHOLE = {
    "holds": Both("逐字节成立", "It holds, byte for byte"),
    "broken": Both("不成立", "It does not hold"),
    "not_done": Both("没有全部核验", "Not all of it was verified"),
}


def verify(task: Task) -> None:
    """Writes what was verified: the first file is the pack or slip, the others inputs that are not in it."""
    first, *others = task.asked.files
    data = Path(first).read_bytes()
    key = task.form.encode() or None
    finding: dict[str, Any] | None = None
    checks: tuple[Check, ...]
    try:
        if data.lstrip()[:1] == b"{":
            from guiju.evidence.slip import verify_slip

            checks, finding = verify_slip(data, key=key)
        else:
            from guiju.evidence.verify import open_pack, verify_pack

            checks = verify_pack(open_pack(data), gather(others) if others else (), written_form, key=key)
    except PackFault as fault:
        # What is no pack, or a broken one, does not hold: that is an answer, and says why.
        checks = (Check(what=Both("证据包或凭单", "the pack or slip"), outcome=Outcome.BROKEN, why=fault.words),)
    outcomes = {one.outcome for one in checks}
    whole = "broken" if Outcome.BROKEN in outcomes else "not_done" if Outcome.NOT_DONE in outcomes else "holds"
    told = {
        "outcome": whole,
        "words": _pair(_WHOLE[whole]),
        "finding": None
        if finding is None
        else {"rule": visible(str(finding.get("rule"))), "message": visible(str(finding.get("message")))},
        "checks": [
            {"what": _pair(one.what), "outcome": one.outcome.value, "words": _pair(_OUTCOMES[one.outcome]), "why": _pair(one.why)}
            for one in checks
        ],
    }
    put(task.folder / _RESULT, json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def _pair(words: Both | None) -> list[str] | None:
    return None if words is None else [visible(words.zh), visible(words.en)]


def verified_of(folder: Path) -> Verified:
    """What was verified."""
    found: Verified = json.loads((folder / _RESULT).read_bytes())
    return found
