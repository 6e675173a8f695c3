"""One sealed file of rules (.gjr): the ruleset, the registry, the calendars, the rule texts, the rule book and what has changed.

A manifest holds the digest of every other file, and a signature is over the manifest. A file that was changed, or to which something
was added, is none.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from guiju.dsl.ruleset import Ruleset, RulesetFault, from_bytes, to_bytes
from guiju.evidence.archive import ArchiveFault, read_archive, write_archive
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["MANIFEST", "SIGNATURES", "SUFFIX", "Bundle", "BundleFault", "make", "open_bundle"]

SUFFIX = ".gjr"
_FORMAT = "guiju-rules 1"
MANIFEST, _RULESET, SIGNATURES = "manifest.json", "ruleset.bin", "signatures/"


class BundleFault(ValueError):
    """The bytes are no sealed file of rules, or not the one that was sealed; `words` is the sentence to say."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A file that is whole: its manifest, its other files, and its signatures by key id."""

    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]
    signatures: Mapping[str, bytes]
    ruleset: Ruleset

    @property
    def version(self) -> tuple[int, int, int]:
        """major, minor, patch."""
        major, minor, patch = (int(part) for part in str(self.manifest["version"]).split("."))
        return major, minor, patch


def make(ruleset: Ruleset, manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The file: the same bytes for the same contents."""
    held = {**files, _RULESET: to_bytes(ruleset)}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(held.items())}
    whole = {"format": _FORMAT, "ruleset": ruleset.digest, **manifest, "files": digests}
    return write_archive({**held, MANIFEST: json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()})


def open_bundle(data: bytes) -> Bundle:
    """The file, checked against its manifest; BundleFault where it is none."""
    try:
        held = read_archive(data)
    except ArchiveFault as fault:
        raise BundleFault(Both("不是密封的规则文件", "no sealed file of rules")) from fault
    try:
        manifest = json.loads(held.pop(MANIFEST))
        listed = dict(manifest["files"])
        signatures = {name.removeprefix(SIGNATURES): held.pop(name) for name in list(held) if name.startswith(SIGNATURES)}
        if manifest["format"] != _FORMAT:
            raise BundleFault(Both("是另一版格式的规则文件", "a file of rules of another format"))
        if {name: hashlib.sha256(one).hexdigest() for name, one in held.items()} != listed:
            raise BundleFault(Both("规则文件封存以后被改动过", "the file of rules was changed after it was sealed"))
        bundle = Bundle(manifest=manifest, files=held, signatures=signatures, ruleset=from_bytes(held[_RULESET]))
        _ = bundle.version
        return bundle
    except (KeyError, TypeError, ValueError, RulesetFault) as fault:
        if isinstance(fault, BundleFault):
            raise
        raise BundleFault(Both("不是密封的规则文件", "no sealed file of rules")) from fault
