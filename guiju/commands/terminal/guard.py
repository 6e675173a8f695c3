"""What a command may not write over: any file that it was given, by whatever name, and what cannot be made again.

Files are told apart by identity (device and number), so that links and descriptors deceive nobody.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from guiju.catalog.formats import REMOTE, suffix_format
from guiju.commands.terminal.tongue import say
from guiju.terms.tongue import Both

__all__ = ["Guard", "Identity", "identity_of", "public_name"]

Identity = tuple[int, int]
_HEAD = 4096
_STDIN = 0
_KEY, _STORE, _PACK, _REGISTER = (
    Both("钥匙", "a key"),
    Both("台账", "a store of runs"),
    Both("证据包", "a pack"),
    Both("豁免清单", "a register of waivers"),
)
# The first file of a pack, as the first bytes of a zip name it.
_PACK_HEAD = b"calendar.json"


def identity_of(path: str | os.PathLike[str] | int) -> Identity | None:
    """Which file it is; None for what is no regular file, or is not there."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return None
    return (seen.st_dev, seen.st_ino) if stat.S_ISREG(seen.st_mode) else None


def public_name(private: Path) -> Path:
    """Where the public part of a key is put."""
    return private.with_suffix(".pub.pem")


class Guard:
    """The files that a command was given, looked at when something is about to be written, and whether `--force` was said."""

    def __init__(self, given: Iterable[str] = (), *, force: bool = False) -> None:
        self._names = tuple(given)
        self._given: frozenset[Identity] | None = None
        self.force = force

    def refusal(self, path: str | os.PathLike[str] | int) -> str | None:
        """Why nothing is written there; None where it may be."""
        identity = identity_of(path)
        if identity is None:
            return None
        if self._given is None:
            self._given = frozenset(_identities(self._names))
        if identity in self._given:
            return say(
                "输出文件就是交给这条命令的文件；原件从不改写。", "The output is one of the files given; the original is never written."
            )
        precious = None if self.force or isinstance(path, int) else _precious(path)
        if precious is not None:
            return say(f"{path} 是{precious.zh}；要覆盖请加 --force。", f"{path} is {precious.en}; --force writes over it.")
        return None


def _identities(names: Iterable[str]) -> Iterator[Identity]:
    for name in names:
        if name == "-":
            yield from _one(_STDIN)
            continue
        scheme, _, rest = name.partition(":")
        path = rest.partition("?")[0] if scheme in REMOTE else name
        if not os.path.isdir(path):
            yield from _one(path)
            continue
        for folder, _, files in os.walk(path):
            for file in files:
                # What is in a folder was given as far as it is read: forms of reports may lie there as well.
                if file.endswith(".gj") or suffix_format(file) is not None:
                    yield from _one(os.path.join(folder, file))


def _one(path: str | int) -> Iterator[Identity]:
    identity = identity_of(path)
    if identity is not None:
        yield identity


def _precious(path: str | os.PathLike[str]) -> Both | None:
    """What it is that could not be made again; None for anything else."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if head.startswith(b"-----BEGIN ") and b"KEY-----" in head:
        return _KEY
    if head.startswith(b"SQLite format 3\0"):
        return _STORE
    if head.startswith(b"PK\x03\x04") and head[30:].startswith(_PACK_HEAD):
        return _PACK
    lines = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith(("#", "---"))), "")
    return _REGISTER if first.split(":")[0].strip() in ("豁免", "waivers") and ":" in first else None
