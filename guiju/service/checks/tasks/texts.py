"""The texts of all rules in both tongues, made once for a ruleset and kept in the cache of this user."""

import os
from functools import cache

from guiju.author.translate import reading_copies
from guiju.diagnostics.source import Source
from guiju.pipeline import memo_of, rule_files, shipped_rules
from guiju.service.checks.warm import ruleset
from guiju.standards.load import load_registry
from guiju.store.cache import digest_of
from guiju.terms.tongue import Tongue

__all__ = ["are_kept", "rule_texts"]

_KIND = "book-texts"


@cache
def rule_texts() -> tuple[dict[str, str], dict[str, str]]:
    """The texts in Chinese and in English, by the names of their files."""
    sources = _sources()
    names = [one.name for one in sources]
    zh, en = (dict(zip(names, _in_tongue(sources, tongue), strict=True)) for tongue in (Tongue.ZH, Tongue.EN))
    return zh, en


def are_kept() -> bool:
    """Whether they were made before, and need only be read."""
    sources = _sources()
    memo = memo_of(dict(os.environ))
    return all(memo.load(_KIND, _digest(sources, tongue)) is not None for tongue in (Tongue.ZH, Tongue.EN))


@cache
def _sources() -> tuple[Source, ...]:
    root = shipped_rules()
    return tuple(Source(one.relative_to(root).as_posix(), one.read_text(encoding="utf-8")) for one in rule_files([root]))


def _digest(sources: tuple[Source, ...], tongue: Tongue) -> str:
    return digest_of([tongue.value.encode(), ruleset().digest.encode(), *(one.text.encode() for one in sources)])


def _in_tongue(sources: tuple[Source, ...], tongue: Tongue) -> tuple[str, ...]:
    memo, digest = memo_of(dict(os.environ)), _digest(sources, tongue)
    kept = memo.load(_KIND, digest)
    texts = tuple(kept.decode().split("\0")) if kept is not None else ()
    if len(texts) == len(sources):
        return texts
    texts = reading_copies(sources, load_registry(), tongue)
    memo.save(_KIND, digest, "\0".join(texts).encode())
    return texts
