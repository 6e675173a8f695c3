"""Detects duplicate keys in lines of JSON: the general reader refuses such lines, and typed decoding would not notice them.

It may answer no when unsure, never yes. Of a line that is no JSON it answers no.
"""

import json
from typing import Any

import msgspec

__all__ = ["KeysAreUnique", "has_unique_keys", "line_ends"]

_OPENS, _CLOSES = b"{}"

_decode = msgspec.json.Decoder().decode
# Where none of these stands in a text, every quote is an end of a string, and every key is followed at once by its colon.
_LOOSE = (b'\\"', b'" ', b'"\t', b'"\r')


class KeysAreUnique:
    """Checks many lines at once by encoding again what was decoded.

    Decoding keeps one of two equal keys. Encoded again without blanks a record is as long as its line at most, and shorter if a
    key was lost. Where lines hold blanks or escapes, keys are counted. The caller must check keys inside values that are kept as
    bytes.
    """

    def __init__(self, *, exact: bool) -> None:
        # A number with a fraction may be longer when it is written again.
        self._exact = exact
        self._again = bytearray()
        self._encode = msgspec.json.Encoder().encode_into

    def check(self, text: bytes, records: list[Any]) -> bool:
        """Whether every line gives every key once, as far as this can tell. `records` are what was decoded of the lines."""
        self._encode(records, self._again)
        # In brackets and with commas between; each line but perhaps the last has its line end.
        if self._exact and len(self._again) == len(text) + 1 + (text[-1:] != b"\n"):
            return True
        return not any(one in text for one in _LOOSE) and text.count(b'":') == self._again.count(b'":')


def line_ends(text: bytes) -> list[int] | None:
    """Where the lines of a text end; None unless each goes from a brace to a brace.

    In JSON no opening brace follows directly on a closing one, so no value continues on the next line. Where there are as many
    values as lines, each line has one.
    """
    ends: list[int] = []
    at, last = -1, len(text) - 1
    while at < last:
        if text[at + 1] != _OPENS:
            return None
        at = text.find(b"\n", at + 1)
        if at < 0:
            at = len(text)
        if text[at - 1] != _CLOSES:
            return None
        ends.append(at)
    return ends


def has_unique_keys(line: bytes) -> bool:
    """Whether no object in the line has a key twice."""
    try:
        if not any(one in line for one in _LOOSE):
            # As many colons behind keys as there are keys left after decoding, and none has been lost.
            if line.count(b'":') == _keys(_decode(line)):
                return True
        json.loads(line, object_pairs_hook=_pairs)
    except (ValueError, RecursionError):
        return False
    return True


def _keys(value: Any) -> int:
    if type(value) is dict:
        inner: Any = value.values()
        found = len(value)
    elif type(value) is list:
        inner, found = value, 0
    else:
        return 0
    for one in inner:
        if type(one) is dict or type(one) is list:
            found += _keys(one)
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key comes twice")
