"""Text to tokens: full-width folded to half-width in place, so that every offset stays true; nothing here fails.

Words are not yet keywords here, and a number does not yet have its unit: only the place in a sentence tells.
"""

import re
from datetime import date
from typing import NamedTuple

from guiju.terms.quantities.units import UNIT_SPELLINGS

__all__ = ["Token", "comment_start", "fold", "is_plain_name", "lex", "read_date", "unescape", "unit_end"]


class Token(NamedTuple):
    """`kind` is name quoted number date text symbol bad open_text open_name end; offsets are those of the whole text."""

    kind: str
    text: str
    start: int
    end: int


# One character for one character: offsets into the folded text are offsets into the text.
_FOLD: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {
    ord("。"): ".",
    ord("、"): ",",
    ord("\u3000"): " ",
    ord("\u2212"): "-",
    ord("﹣"): "-",
    ord("\xa0"): " ",
    ord("≧"): "≥",
    ord("≦"): "≤",
}

_UNITS = sorted({spelling.translate(_FOLD) for spelling in UNIT_SPELLINGS}, key=len, reverse=True)
_UNIT = re.compile(
    "(?:" + "|".join(re.escape(unit).replace(r"\ ", r"[ \t]+") + (r"(?!\w)" if unit[-1].isalnum() else "") for unit in _UNITS) + ")"
)
_BLANKS = re.compile(r"[ \t]*")
_WORD = re.compile(r"\w+")

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r\n\f\v]+)
    | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w-]) | [0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?!\w)
             | (?:19|20)[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}(?![\w/]) | (?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}(?![\w.]))
    | (?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)? | [0-9]+(?:\.[0-9]+)?)
    | (?P<word>\w+)
    | (?P<text>"(?:[^"\\\n]|\\[^\n])*" | “(?:[^”\\\n]|\\[^\n])*”)
    | (?P<open_text>["“][^\n]*)
    | (?P<quoted>「[^」\n]*」)
    | (?P<open_name>「[^\n]*)
    | (?P<comment>\#[^\n]*)
    | (?P<symbol><=|>=|!=|=>|=<|==|<>|&&|\|\||->|[-+*/=<>≤≥≠(){}\[\],.|→×÷%‰:;!&])
    | (?P<bad>.)
    """,
    re.VERBOSE,
)

_ESCAPES = {"n": "\n", '"': '"', "\\": "\\", "”": "”"}
_DATE = re.compile(r"([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?")


def fold(text: str) -> str:
    """The text with full-width letters, digits and punctuation made half-width; as long as it was."""
    return text.translate(_FOLD)


def lex(text: str, folded: str, start: int, end: int) -> tuple[list[Token], list[Token]]:
    """The tokens of a range, closed by an `end` token, and the comments in it."""
    tokens: list[Token] = []
    comments: list[Token] = []
    match = _TOKEN.match
    at = start
    sets = 0
    while at < end:
        found = match(folded, at, end)
        if found is None:  # pragma: no cover -- the last alternative takes any character but a line end, the first takes those
            at += 1
            continue
        kind = found.lastgroup
        stop = found.end()
        if kind == "blank":
            at = stop
            continue
        if kind == "word":
            tokens.append(Token("name", found.group(), at, stop))
        elif kind == "number":
            # In a set a comma parts two members: {100,200} has two.
            comma = folded.find(",", at, stop) if sets else -1
            kind, stop = _number_or_name(folded, at, comma if comma > 0 else stop, end)
            tokens.append(Token(kind, folded[at:stop], at, stop))
        elif kind == "comment":
            if at == start or folded[at - 1] in " \t\n":
                comments.append(Token("comment", text[at:stop].rstrip(), at, stop))
            else:
                stop = at + 1
                tokens.append(Token("bad", "#", at, stop))
        elif kind in ("text", "open_text", "quoted", "open_name"):
            tokens.append(_quoted(kind, text, at, stop))
        else:
            written = found.group()
            sets = sets + 1 if written == "{" else max(0, sets - 1) if written == "}" else sets
            tokens.append(Token(kind or "bad", written, at, stop))
        at = stop
    tokens.append(Token("end", "", end, end))
    return tokens, comments


def _number_or_name(folded: str, at: int, stop: int, end: int) -> tuple[str, int]:
    """`500万元` begins with a number; `5G基站下限` is a name."""
    if stop >= end:
        return "number", stop
    follower = folded[stop]
    if not (follower.isalnum() or follower == "_"):
        return "number", stop
    if _UNIT.match(folded, stop, end) or not folded[at:stop].isdigit():
        return "number", stop
    word = _WORD.match(folded, at, end)
    return "name", word.end() if word else stop


def _quoted(kind: str, text: str, at: int, stop: int) -> Token:
    """Quoted things keep the text as written, unfolded, without their marks."""
    inner = text[at + 1 : stop - 1] if kind in ("text", "quoted") else text[at + 1 : stop].rstrip()
    return Token(kind, inner, at, stop)


def unit_end(folded: str, at: int, end: int) -> tuple[int, int] | None:
    """Where a unit stands that follows a number ending at `at`, blanks between them allowed; None without one."""
    blanks = _BLANKS.match(folded, at, end)
    start = blanks.end() if blanks else at
    found = _UNIT.match(folded, start, end)
    return (start, found.end()) if found else None


def read_date(written: str) -> date | None:
    """The day of a date token, or None where the calendar has no such day."""
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def unescape(inner: str) -> tuple[str, int | None]:
    """The text that an escaped text means, and the offset of the first escape that is none."""
    if "\\" not in inner:
        return inner, None
    made: list[str] = []
    bad: int | None = None
    at = 0
    while at < len(inner):
        char = inner[at]
        if char == "\\" and at + 1 < len(inner):
            meant = _ESCAPES.get(inner[at + 1])
            if meant is None and bad is None:
                bad = at
            made.append(inner[at : at + 2] if meant is None else meant)
            at += 2
            continue
        made.append(char)
        at += 1
    return "".join(made), bad


def is_plain_name(name: str) -> bool:
    """Whether a name can be written without 「」."""
    tokens, comments = lex(name, name, 0, len(name))
    return not comments and len(tokens) == 2 and tokens[0].kind == "name" and fold(name) == name


def comment_start(folded: str, start: int, end: int) -> int | None:
    """Where a comment begins at the end of a line of running text: at a `#` after two blanks, never at its start."""
    at = folded.find("#", start, end)
    while at >= 0:
        if at - start >= 2 and folded[at - 2 : at].isspace():
            return at
        at = folded.find("#", at + 1, end)
    return None
