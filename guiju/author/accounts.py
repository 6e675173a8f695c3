"""Reads the accounting files that stand beside the rules of an instrument: what of it is not known, and what is left unchecked."""

from collections.abc import Iterable
from pathlib import Path

from guiju.author.coverage import Account
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Kind
from guiju.diagnostics.source import Source

__all__ = ["read_accounts"]

_FILES = "accounting*.yaml"


def read_accounts(places: Iterable[Path]) -> tuple[dict[str, Account], tuple[Diagnostic, ...], dict[str, Source]]:
    """The accounts by the fact that they speak of, what is wrong with the files, and their texts. Raises OSError."""
    found: dict[str, Account] = {}
    told: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    for place in places:
        for path in sorted(place.glob(_FILES)) if place.is_dir() else []:
            source, _, faults = decode_bytes(path.read_bytes(), path.as_posix())
            root, more = read_yaml(source) if source is not None else (None, ())
            told += [*faults, *more]
            if source is not None:
                sources[source.name] = source
            entries = root.get("requirements") if root is not None and root.kind is Kind.MAP else None
            for entry in entries.entries if entries is not None and entries.kind is Kind.MAP else ():
                said = entry.value.plain()
                if isinstance(said, dict):
                    words = {part: str(said.get(part) or "") for part in ("unknown", "left")}
                    found[str(entry.key.value)] = Account(**words)
    return found, tuple(told), sources
