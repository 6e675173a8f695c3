"""Patterns of the language: matched against whole texts, by code points, in linear time, the same on every engine.

A pattern becomes a tree (`pattern_text`) and then an engine's syntax made of explicit ranges only, so that nothing of
an engine's own idea of digits, words, line ends or Unicode editions gets in. A lone surrogate in a text counts as U+FFFD.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import re2

from guiju.terms.pattern_emit import is_deterministic, to_python, to_re2
from guiju.terms.pattern_text import MOST_STATES, PatternFault, parse_pattern
from guiju.terms.pattern_words import FAULTS
from guiju.terms.tongue import Both

__all__ = ["Pattern", "PatternFault", "compile_pattern"]

_TOO_LARGE = Both(
    FAULTS["too_large"].zh.format(limit=MOST_STATES),
    FAULTS["too_large"].en.format(limit=MOST_STATES),
)
# RE2 refuses a program above its budget; this one holds 汉字 a thousand times.
_ENGINE_BYTES = 64 << 20
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A checked pattern. It holds texts only, so it can be sent to another process; engines are made when first asked.

    `re2_source` is for RE2 and `python_source` for Python's `re`, both to be matched against the *whole* text;
    `python_source` is None where `re` might backtrack. `search_source` is for an RE2 search.
    """

    source: str
    re2_source: str
    search_source: str
    python_source: str | None

    def matches(self, text: str) -> bool:
        """Whether the whole text is as the pattern says."""
        if self.python_source is not None:
            return _python(self.python_source).fullmatch(_plain(text)) is not None
        return _re2(self.re2_source).fullmatch(_plain(text)) is not None

    def found_in(self, text: str) -> bool:
        """Whether some stretch of the text is as the pattern says."""
        return _re2(self.search_source).search(_plain(text)) is not None


class _Engine(Protocol):
    def fullmatch(self, text: str) -> object | None: ...

    def search(self, text: str) -> object | None: ...


@lru_cache(maxsize=512)
def compile_pattern(text: str) -> tuple[Pattern | None, PatternFault | None]:
    """The pattern of a text, or its first fault with the place where it stands."""
    parsed, fault = parse_pattern(text)
    if parsed is None:
        return None, fault
    body = to_re2(parsed.node)
    pattern = Pattern(
        source=text,
        re2_source=body,
        search_source=(r"\A" if parsed.from_start else "") + f"(?:{body})" + (r"\z" if parsed.to_end else ""),
        python_source=to_python(parsed.node) if is_deterministic(parsed.node) else None,
    )
    try:
        _re2(pattern.re2_source)
        _re2(pattern.search_source)
    except re2.error:
        return None, PatternFault(start=0, end=len(text), kind="too_large", message=_TOO_LARGE)
    return pattern, None


def _plain(text: str) -> str:
    """The text as an engine on UTF-8 can take it."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


@lru_cache(maxsize=512)
def _python(source: str) -> re.Pattern[str]:
    return re.compile(source)


@lru_cache(maxsize=512)
def _re2(source: str) -> _Engine:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _ENGINE_BYTES
    options.never_capture = True
    engine: _Engine = re2.compile(source, options)
    return engine
