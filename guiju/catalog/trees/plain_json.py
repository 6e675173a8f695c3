"""JSON values without their places, fast and as strict as the located reader: what it refuses, that one explains.

It gives no message of its own.
"""

import json
import re
from decimal import Decimal
from typing import Any

from guiju.diagnostics.node import Limits

__all__ = ["PlainJson"]


class _Refused(ValueError):
    """Something that only the located reader can explain; never leaves this file."""


def _constant(word: str) -> Any:
    raise _Refused(word)


_KEY = '":'
# A blank before a colon hides a key from those that are counted.
_PARTED = re.compile(r'"[ \t\n\r]+:').search


class PlainJson:
    """A decoder that answers None, False where the text needs the located reader."""

    def __init__(self, limits: Limits) -> None:
        self._digits, self._depth = limits.digits, limits.depth
        self._decode_at_once = json.JSONDecoder(parse_float=self._decimal, parse_int=self._int, parse_constant=_constant).decode
        self._decode = json.JSONDecoder(
            object_pairs_hook=_unique, parse_float=self._decimal, parse_int=self._int, parse_constant=_constant
        ).decode

    def read(self, text: str) -> tuple[Any, bool]:
        """The value and True; or None and False where the text is broken, repeats a key, or passes a limit."""
        if "\\u" in text and ("\\ud" in text or "\\uD" in text) and _has_lone_surrogate(text):
            return None, False
        try:
            value = self._decode_at_once(text)
            keys, depth = _measured(value)
            # Where a key came twice, the text has more of them than what is made of it; and more, too, where a text seems to hold one.
            if keys != text.count(_KEY) or _PARTED(text) is not None:
                value = self._decode(text)
        except (ValueError, RecursionError):
            return None, False
        return (value, True) if depth <= self._depth + 1 else (None, False)

    def _decimal(self, text: str) -> Decimal:
        exponent = text.lower().partition("e")[2]
        if len(text) > self._digits or (exponent and abs(int(exponent)) > self._digits):
            raise _Refused(text[:20])
        return Decimal(text)

    def _int(self, text: str) -> int:
        if len(text) > self._digits:
            raise _Refused(text[:20])
        return int(text)


def _measured(value: Any) -> tuple[int, int]:
    """How many keys a value holds, and how deep its lists and maps lie within one another."""
    keys = depth = 0
    level = [value] if isinstance(value, dict | list) else []
    while level:
        depth += 1
        inner: list[Any] = []
        for one in level:
            keys += len(one) if isinstance(one, dict) else 0
            parts = one.values() if isinstance(one, dict) else one
            inner += [part for part in parts if type(part) is dict or type(part) is list]
        level = inner
    return keys, depth


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
