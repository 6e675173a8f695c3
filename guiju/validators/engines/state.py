"""The states of a rule on one subject, as compiled code and join operators count them."""

from enum import IntEnum

from guiju.terms.verdict import Verdict

__all__ = ["State"]


class State(IntEnum):
    """One state. Several states can mean one verdict: they differ in why."""

    PASS = 0
    FAIL = 1
    CONDITION = 2
    YIELDS = 3
    EXEMPT = 4
    EMPTY = 5
    EMPTY_PASS = 6
    UNDETERMINED = 7

    @property
    def verdict(self) -> Verdict:
        """The verdict that the state means."""
        return _VERDICTS[self]


_VERDICTS = {
    State.PASS: Verdict.PASS,
    State.FAIL: Verdict.FAIL,
    State.CONDITION: Verdict.NOT_APPLICABLE,
    State.YIELDS: Verdict.NOT_APPLICABLE,
    State.EXEMPT: Verdict.NOT_APPLICABLE,
    State.EMPTY: Verdict.NOT_APPLICABLE,
    State.EMPTY_PASS: Verdict.PASS,
    State.UNDETERMINED: Verdict.UNDETERMINED,
}
