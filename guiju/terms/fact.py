"""What a field holds at run time: a known value, or the reason why there is none.

The five states of the language: a value · not provided · declared not applicable · pending · unreadable.
"""

from enum import StrEnum
from typing import Any, TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["Fact", "Known", "Missing", "Path", "State"]

Path: TypeAlias = tuple[str | int, ...]
"""Field ids and element positions (from 0) from the record of a subject down to one value."""


class State(StrEnum):
    """The state of a field."""

    VALUE = "value"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    UNREADABLE = "unreadable"


@fast_dataclass(frozen=True, slots=True)
class Known:
    """A value of the field's type; `note` says how it was read when it was not written canonically.

    `canonical` is then the text that would have needed no note; None where there is no such text.
    """

    value: Any
    note: Both | None = None
    canonical: str | None = None

    state = State.VALUE


@fast_dataclass(frozen=True, slots=True)
class Missing:
    """No usable value: why, and what stood there (`raw`); `detail` is the declared reason or what is wrong with it."""

    state: State
    raw: Any = None
    detail: Both | None = None
    nearest: str | None = None


Fact: TypeAlias = Known | Missing
