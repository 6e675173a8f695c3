"""How one rule stands to one subject: the states in which engines and join operators count."""

from enum import IntEnum

from guiju.terms.verdict import Verdict

__all__ = ["State"]


class State(IntEnum):
    """How one rule stands to one subject, as generated code says it."""

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
        """The verdict that it is."""
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
