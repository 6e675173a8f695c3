"""JSON values without their places, fast and as strict as the located reader: what it refuses, that one explains.

It gives no message of its own.
"""

import json
from decimal import Decimal
from typing import Any

from guiju.diagnostics.node import Limits

__all__ = ["PlainJson"]


class _Refused(ValueError):
    """Something that only the located reader can explain; never leaves this file."""


def _constant(word: str) -> Any:
    raise _Refused(word)


class PlainJson:
    """A decoder that answers None, False where the text needs the located reader."""

    def __init__(self, limits: Limits) -> None:
        self._digits, self._depth = limits.digits, limits.depth
        self._decode = json.JSONDecoder(
            object_pairs_hook=_unique, parse_float=self._decimal, parse_int=self._int, parse_constant=_constant
        ).decode

    def read(self, text: str) -> tuple[Any, bool]:
        """The value and True; or None and False where the text is broken, repeats a key, or passes a limit."""
        if "\\u" in text and ("\\ud" in text or "\\uD" in text) and _has_lone_surrogate(text):
            return None, False
        try:
            value = self._decode(text)
        except (ValueError, RecursionError):
            return None, False
        return (value, True) if self._is_shallow(value) else (None, False)

    def _decimal(self, text: str) -> Decimal:
        exponent = text.lower().partition("e")[2]
        if len(text) > self._digits or (exponent and abs(int(exponent)) > self._digits):
            raise _Refused(text[:20])
        return Decimal(text)

    def _int(self, text: str) -> int:
        if len(text) > self._digits:
            raise _Refused(text[:20])
        return int(text)

    def _is_shallow(self, value: Any) -> bool:
        level = [value] if isinstance(value, dict | list) else []
        for _ in range(self._depth + 1):
            if not level:
                return True
            level = [
                inner
                for outer in level
                for inner in (outer.values() if isinstance(outer, dict) else outer)
                if isinstance(inner, dict | list)
            ]
        return not level


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Refused("repeated key")
    return made


def _has_lone_surrogate(text: str) -> bool:
    """Whether decoding would leave half a character; decided by decoding the escapes alone, in pairs."""
    at, rest = 0, text.lower()
    while (at := rest.find("\\ud", at)) >= 0:
        backslashes = 0
        while at - 1 - backslashes >= 0 and rest[at - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2:
            at += 3
            continue
        if rest[at + 3 : at + 4] in "89ab" and rest[at + 6 : at + 9] == "\\ud" and rest[at + 9 : at + 10] in "cdef":
            at += 12
        elif rest[at + 3 : at + 4] in "89abcdef" and rest[at + 3 : at + 4]:
            return True
        else:
            at += 3
    return False
