"""Whether a line of JSON gives every key once: the readers refuse a line that does not, and typed decoding would not notice.

It says yes only where it is certain; of a line that is no JSON it says no.
"""

import json
from typing import Any

import msgspec

__all__ = ["each_key_once"]

_decode = msgspec.json.Decoder().decode


def each_key_once(line: bytes) -> bool:
    """Whether no object in the line has a key twice."""
    try:
        if b"\\" not in line and b'" ' not in line and b'"\t' not in line:
            # Here every quote is an end of a string, and every key is followed by its colon: as many of them as there are
            # keys left after decoding, and none has been lost.
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
