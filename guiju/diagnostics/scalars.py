"""Which unquoted words are numbers, truths or nothing: exactly those that JSON would read so.

So a division code `0420106` and the words `no` and `on` stay text. This file is not a parser; it reads one word.
"""

import re
from decimal import Decimal

from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.node import Kind, Limits, Node
from guiju.diagnostics.span import Span

__all__ = ["NUMBER", "read_number", "read_word"]

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")

_WORDS: dict[str, tuple[bool | None, Kind]] = {
    "true": (True, Kind.TRUTH),
    "false": (False, Kind.TRUTH),
    "null": (None, Kind.NULL),
    "": (None, Kind.NULL),
}


def read_word(word: str, span: Span, limits: Limits) -> tuple[Node, Diagnostic | None]:
    """The node of an unquoted word; whatever JSON would not read as a value is text."""
    if word in _WORDS:
        value, kind = _WORDS[word]
        return Node(value, span, kind), None
    match = NUMBER.fullmatch(word)
    if match is None:
        return Node(word, span, Kind.TEXT), None
    return read_number(match, span, limits)


def read_number(match: re.Match[str], span: Span, limits: Limits) -> tuple[Node, Diagnostic | None]:
    """The node of a match of NUMBER; a number beyond the limit is kept as text and complained of."""
    word, exponent = match.group(), match.group(2)
    # Python refuses to read very long integers, and a huge exponent would only explode later, far from this line.
    too_long = len(word) > limits.digits
    if too_long or (exponent is not None and abs(int(exponent[1:])) > limits.digits):
        return Node(word, span, Kind.TEXT), complain("D022", span, limit=str(limits.digits))
    if match.group(1) is None and exponent is None:
        return Node(int(word), span, Kind.INT), None
    return Node(Decimal(word), span, Kind.DECIMAL), None
