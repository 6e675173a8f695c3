"""Things worth making once, kept under the digest of what they were made from.

A cache is only ever a copy: whatever is missing, unreadable or damaged is made anew, and nothing is said about it.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["Cache", "digest_of"]


def digest_of(parts: Iterable[bytes]) -> str:
    """One digest over parts in order; lengths are part of it, so that no two lists of parts collide."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big"))
        hasher.update(part)
    return hasher.hexdigest()


class Cache:
    """A folder of bytes by kind and digest. The folder is made on the first save; a folder that cannot be written is no fault."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def load(self, kind: str, digest: str) -> bytes | None:
        """What was saved, if it is there and whole."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / kind / digest).read_bytes()
        except OSError:
            return None
        seal, body = data[:32], data[32:]
        return body if hashlib.sha256(body).digest() == seal else None

    def save(self, kind: str, digest: str, data: bytes) -> None:
        """Keep it; a reader never sees half of it."""
        if self._folder is None:
            return
        try:
            folder = self._folder / kind
            folder.mkdir(parents=True, exist_ok=True)
            # `tempfile` would do the same, and take two milliseconds of every start to be loaded.
            part = folder / f".{os.urandom(8).hex()}"
            try:
                with open(part, "xb", opener=_private) as file:
                    file.write(hashlib.sha256(data).digest() + data)
                os.replace(part, folder / digest)
            except OSError:
                part.unlink(missing_ok=True)
        except OSError:
            return


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
