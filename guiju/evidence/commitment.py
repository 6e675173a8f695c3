"""Digests that bind many things at once and let some of them be shown without the others.

A record is bound field by field under salts, so that a slip may show one field and keep the rest secret; records and findings
are bound in a tree of digests, so that a slip may show one of them with a short path.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

__all__ = [
    "canonical", "field_digest", "from_plain", "leaf_of", "path_in", "record_leaf", "root_of", "root_of_path", "salt_of", "secret_of", "to_plain",  # noqa: E501
]  # fmt: skip

_LEAF, _NODE = b"\x00", b"\x01"


def canonical(value: Any) -> bytes:
    """One way to write a plain value."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def to_plain(value: Any) -> Any:
    """A raw value of a record as JSON can hold it; decimals keep every digit."""
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, dict):
        return {"$map": [[str(key), to_plain(one)] for key, one in value.items()]}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def from_plain(plain: Any) -> Any:
    """The raw value again; ValueError for what `to_plain` does not make."""
    if isinstance(plain, list):
        return [from_plain(one) for one in plain]
    if isinstance(plain, dict):
        match plain:
            case {"$decimal": str(text)} if len(plain) == 1 and len(text) <= 500:
                try:
                    return Decimal(text)
                except InvalidOperation:
                    raise ValueError("no decimal") from None
            case {"$map": list(pairs)} if len(plain) == 1:
                return {str(key): from_plain(one) for key, one in pairs}
            case _:
                raise ValueError("no plain value")
    return plain


def secret_of(contents: Iterable[bytes]) -> bytes:
    """A secret that only those who hold the inputs can make, and always the same; their published digests do not give it away."""
    hasher = hashlib.sha256(b"guiju salt 1\0")
    for data in contents:
        hasher.update(len(data).to_bytes(8, "big") + data)
    return hasher.digest()


def salt_of(secret: bytes, number: int, field: str) -> str:
    """The salt of one field of one record."""
    return hmac.new(secret, f"{number}/{field}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def field_digest(salt: str, field: str, value: Any) -> str:
    """What binds one field without showing it."""
    return hashlib.sha256(_LEAF + canonical([salt, field, value])).hexdigest()


def record_leaf(number: int, shape: str, fields: Mapping[str, str]) -> str:
    """What binds one record, by the digests of its fields."""
    return leaf_of(canonical([number, shape, sorted(fields.items())]))


def leaf_of(data: bytes) -> str:
    """What binds one line."""
    return hashlib.sha256(_LEAF + data).hexdigest()


def root_of(leaves: Sequence[str]) -> str:
    """What binds all of them, in their order."""
    return _levels(leaves)[-1][0] if leaves else hashlib.sha256(b"").hexdigest()


def path_in(leaves: Sequence[str], at: int) -> tuple[str, ...]:
    """The digests beside the way from a leaf up to the root; an empty one where there is none beside it."""
    path = []
    for level in _levels(leaves)[:-1]:
        beside = at ^ 1
        path.append(level[beside] if beside < len(level) else "")
        at //= 2
    return tuple(path)


def root_of_path(leaf: str, at: int, path: Sequence[str]) -> str:
    """The root to which a leaf at a position leads by that path."""
    node = leaf
    for beside in path:
        if beside:
            node = _node(beside, node) if at % 2 else _node(node, beside)
        at //= 2
    return node


def _levels(leaves: Sequence[str]) -> list[Sequence[str]]:
    levels: list[Sequence[str]] = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        # One that is left over goes up as it is: doubling it would let two lists have one root.
        levels.append([_node(below[at], below[at + 1]) if at + 1 < len(below) else below[at] for at in range(0, len(below), 2)])
    return levels


def _node(left: str, right: str) -> str:
    return hashlib.sha256(_NODE + left.encode("ascii", "replace") + right.encode("ascii", "replace")).hexdigest()
