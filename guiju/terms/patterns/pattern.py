"""Patterns of the language: matched against whole texts, by code points, in linear time, the same on every engine.

A pattern becomes a tree (`pattern_text`) and then an engine's syntax made of explicit ranges only, so that nothing of
an engine's own idea of digits, words, line ends or Unicode editions gets in. A lone surrogate in a text counts as U+FFFD.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import re2

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.patterns.emit import is_deterministic, is_short, to_python, to_re2
from guiju.terms.patterns.parse import MOST_STATES, Parsed, PatternFault, parse_pattern
from guiju.terms.patterns.words import FAULTS
from guiju.terms.tongue import Both

__all__ = ["Pattern", "PatternFault", "compile_pattern", "quote_literal"]

_TOO_LARGE = Both(
    FAULTS["too_large"].zh.format(limit=MOST_STATES),
    FAULTS["too_large"].en.format(limit=MOST_STATES),
)
# RE2 refuses a program above its budget; this one holds 汉字 a thousand times.
_ENGINE_BYTES = 64 << 20
_SURROGATES = re.compile("[\ud800-\udfff]")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A checked pattern. It holds texts only, so it can be sent to another process; engines are made when first asked.

    `re2_source` is for RE2 and `python_source` for Python's `re`, both to be matched against the *whole* text;
    `python_source` is None where `re` might backtrack. `search_source` and `python_search_source` are for a search.
    """

    source: str
    re2_source: str
    search_source: str
    python_source: str | None
    python_search_source: str | None

    def matches(self, text: str) -> bool:
        """Whether the whole text is as the pattern says."""
        if self.python_source is not None:
            return _python(self.python_source).fullmatch(_plain(text)) is not None
        return _re2(self.re2_source).fullmatch(_utf8(text)) is not None

    def found_in(self, text: str) -> bool:
        """Whether some range of the text is as the pattern says."""
        if self.python_search_source is not None:
            return _python(self.python_search_source).search(_plain(text)) is not None
        return _re2(self.search_source).search(_utf8(text)) is not None

    def first_in(self, text: str) -> str | None:
        """The first range of the text that is as the pattern says; None where there is none."""
        if self.python_search_source is not None:
            found = _python(self.python_search_source).search(_plain(text))
            return None if found is None else found.group()
        match = _re2(self.search_source).search(_utf8(text))
        return None if match is None else match.group().decode()

    def without(self, text: str) -> str:
        """The text less every range that is as the pattern says, from the left; a line break stands in the place of each.

        An empty range is none: nothing would be taken away.
        """
        return _re2(self.search_source).sub(lambda found: b"\n" if found.group() else b"", _utf8(text)).decode()


def quote_literal(text: str) -> str:
    """A pattern that only the text itself matches."""
    return "".join(f"\\{char}" if char in _MARKS else char for char in text)


_MARKS = frozenset("\\.[]^$()|?*+{}")


class _Found(Protocol):
    def group(self) -> bytes: ...


class _Engine(Protocol):
    def fullmatch(self, text: bytes) -> object | None: ...

    def search(self, text: bytes) -> _Found | None: ...

    def sub(self, repl: Callable[[_Found], bytes], text: bytes) -> bytes: ...


@lru_cache(maxsize=512)
def compile_pattern(text: str) -> tuple[Pattern | None, PatternFault | None]:
    """The pattern of a text, or its first fault with the place where it stands."""
    parsed, fault = parse_pattern(text)
    if parsed is None:
        return None, fault
    pattern = Pattern(
        source=text,
        re2_source=to_re2(parsed.node),
        search_source=_tied(parsed, to_re2(parsed.node), end=r"\z"),
        python_source=to_python(parsed.node) if is_deterministic(parsed.node) else None,
        # `\Z` is Python's end of text; its `$` would also match before a last line end.
        python_search_source=_tied(parsed, to_python(parsed.node), end=r"\Z") if is_short(parsed.node) else None,
    )
    try:
        _re2(pattern.re2_source)
        _re2(pattern.search_source)
    except re2.error:
        return None, PatternFault(start=0, end=len(text), kind="too_large", message=_TOO_LARGE)
    return pattern, None


def _tied(parsed: Parsed, body: str, *, end: str) -> str:
    """The body tied to the ends of the text where the pattern says so."""
    return (r"\A" if parsed.from_start else "") + f"(?:{body})" + (end if parsed.to_end else "")


def _plain(text: str) -> str:
    """The text without lone surrogates, each read as U+FFFD."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _utf8(text: str) -> bytes:
    """The text for RE2, whose own conversion of strings takes longer than the match."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _plain(text).encode()


@lru_cache(maxsize=512)
def _python(source: str) -> re.Pattern[str]:
    return re.compile(source)


@lru_cache(maxsize=512)
def _re2(source: str) -> _Engine:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _ENGINE_BYTES
    options.never_capture = True
    engine: _Engine = re2.compile(source.encode(), options)
    return engine
