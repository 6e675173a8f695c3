"""Reads the pattern dialect of the language, and says at which character and why a text is no pattern.

The dialect: literal characters; `.` any one character, line ends included; `[…]` and `[^…]` with ranges; `\\p汉字` (in
English `\\p{Han}`), inside brackets too; `(…)`, `|`; `? * + {n} {n,} {n,m}` with n and m up to 1000; `\\` before a
punctuation mark takes it literally; `\\t \\n \\r`; `\\u4E00` and `\\u{20BB7}`. A `^` may open and a `$` may close the whole
pattern. There is no `\\d \\s \\w \\b`, since engines disagree on what they mean.
"""

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.patterns.tree import ANY, HAN, Choice, Class, Node, Ranges, Repeat, Sequence, invert, merge
from guiju.terms.patterns.words import FAULTS
from guiju.terms.tongue import Both
from guiju.terms.visible import as_compared

__all__ = ["MOST_REPEATS", "MOST_STATES", "Parsed", "PatternFault", "parse_pattern"]

MOST_REPEATS = 1000
_LONGEST = 4000
_DEEPEST = 40
MOST_STATES = 10_000
_MOST_SHOWN = 40

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r"}
_HAN_SPELLINGS = ("汉字", "{汉字}", "{Han}")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class PatternFault:
    """What keeps a text from being a pattern: from which to which code point, and why."""

    start: int
    end: int
    kind: str
    message: Both


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The tree of a pattern, and whether it is tied to the start and the end of the text when searched for."""

    node: Node
    from_start: bool
    to_end: bool


class _Fault(Exception):
    """Unwinds the reader at the first fault; it never leaves this module."""

    def __init__(self, kind: str, start: int, end: int, **facts: str) -> None:
        facts = {name: as_compared(fact, _MOST_SHOWN) for name, fact in facts.items()}
        self.fault = PatternFault(
            start=start,
            end=end,
            kind=kind,
            message=Both(FAULTS[kind].zh.format(**facts), FAULTS[kind].en.format(**facts)),
        )


def parse_pattern(text: str) -> tuple[Parsed | None, PatternFault | None]:
    """The tree of a pattern, or the first fault in it."""
    try:
        if len(text) > _LONGEST:
            raise _Fault("too_long", _LONGEST, len(text), limit=str(_LONGEST))
        return _Reader(text).whole(), None
    except _Fault as caught:
        return None, caught.fault


def _states(node: Node) -> int:
    """How many places the automaton of a tree has, counted repeats written out."""
    match node:
        case Class():
            return 1
        case Sequence(parts):
            return sum(map(_states, parts)) + 1
        case Choice(branches):
            return sum(map(_states, branches)) + 1
        case Repeat(part, least, most):
            return _states(part) * max(1, least if most is None else most) + 1


class _Reader:
    """Reads one text from left to right; made anew for each text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.stop = len(text)
        self.depth = 0

    def whole(self) -> Parsed:
        from_start = self.text.startswith("^")
        if from_start:
            self.at = 1
        to_end = len(self.text) > self.at and self.text.endswith("$") and not self._escaped(len(self.text) - 1)
        if to_end:
            self.stop -= 1
        node = self._choice()
        if self.at < self.stop:
            raise _Fault("stray_close", self.at, self.at + 1)
        if (from_start or to_end) and isinstance(node, Choice):
            at = 0 if from_start else self.stop
            raise _Fault("anchor_and_choice", at, at + 1)
        if _states(node) > MOST_STATES:
            raise _Fault("too_large", 0, len(self.text), limit=str(MOST_STATES))
        return Parsed(node=node, from_start=from_start, to_end=to_end)

    def _escaped(self, at: int) -> bool:
        """Whether an odd number of backslashes stands before."""
        before = self.text[:at]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1

    def _peek(self) -> str:
        return self.text[self.at] if self.at < self.stop else ""

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self) -> Node:
        part = self._part()
        bounds = self._bounds()
        if bounds is None:
            return part
        following = self._peek()
        if following and following in "?*+{":
            raise _Fault("repeat_of_repeat", self.at, self.at + 1)
        return Repeat(part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        match self._peek():
            case "?":
                bounds: tuple[int, int | None] = (0, 1)
            case "*":
                bounds = (0, None)
            case "+":
                bounds = (1, None)
            case "{":
                return self._counted()
            case _:
                return None
        self.at += 1
        return bounds

    def _counted(self) -> tuple[int, int | None]:
        start = self.at
        close = self.text.find("}", start, self.stop)
        end = self.stop if close < 0 else close + 1
        low, comma, high = self.text[start + 1 : max(close, start + 1)].partition(",")
        numbers = [number for number in (low, high) if number]
        right = all(number.isascii() and number.isdigit() for number in numbers)
        if close < 0 or not low or not right:
            raise _Fault("count", start, end)
        if any(len(number) > 6 or int(number) > MOST_REPEATS for number in numbers):
            raise _Fault("count_too_large", start, end, limit=str(MOST_REPEATS))
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if most is not None and most < least:
            raise _Fault("count_reversed", start, end)
        self.at = end
        return least, most

    def _part(self) -> Node:
        char = self._peek()
        match char:
            case "(":
                return self._group()
            case "[":
                return Class(self._brackets())
            case ".":
                self.at += 1
                return ANY
            case "\\":
                return Class(self._escape())
            case "?" | "*" | "+" | "{":
                raise _Fault("nothing_to_repeat", self.at, self.at + 1, sign=char)
            case "^" | "$" | "]" | "}":
                raise _Fault("stray_sign", self.at, self.at + 1, sign=char)
            case _:
                self.at += 1
                return Class(((ord(char), ord(char)),))

    def _group(self) -> Node:
        start = self.at
        self.at += 1
        if self.text.startswith("?", self.at):
            if not self.text.startswith("?:", self.at):
                ahead = self.text.startswith(("?=", "?!", "?<=", "?<!"), self.at)
                raise _Fault("look_around" if ahead else "group_option", start, min(start + 4, self.stop))
            self.at += 2
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Fault("too_deep", start, start + 1, limit=str(_DEEPEST))
        node = self._choice()
        if self._peek() != ")":
            raise _Fault("open_group", start, start + 1)
        self.at += 1
        self.depth -= 1
        # Kept apart from its surroundings, so that `(a|b)` under an anchor is not a choice of the whole pattern.
        return Sequence((node,)) if isinstance(node, Choice) else node

    def _brackets(self) -> Ranges:
        start = self.at
        self.at += 1
        negated = self._peek() == "^"
        if negated:
            self.at += 1
        ranges: list[tuple[int, int]] = []
        while self._peek() != "]":
            if not self._peek():
                raise _Fault("open_class", start, start + 1)
            ranges.extend(self._members())
        self.at += 1
        if not ranges:
            raise _Fault("empty_class", start, self.at)
        merged = merge(ranges)
        chosen = invert(merged) if negated else merged
        if not chosen:
            raise _Fault("empty_class", start, self.at)
        return chosen

    def _members(self) -> Ranges:
        """One character, a range of them, or 汉字, inside brackets."""
        start = self.at
        first = self._member()
        dash = self._peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", "")
        if not dash:
            return first
        self.at += 1
        last = self._member()
        if len(first) > 1 or len(last) > 1:
            raise _Fault("range_of_class", start, self.at)
        if last[0][0] < first[0][0]:
            raise _Fault("range_reversed", start, self.at)
        return ((first[0][0], last[0][0]),)

    def _member(self) -> Ranges:
        char = self._peek()
        if char == "\\":
            return self._escape()
        if char == "[":
            raise _Fault("bracket_in_class", self.at, self.at + 1)
        self.at += 1
        return ((ord(char), ord(char)),)

    def _escape(self) -> Ranges:
        start = self.at
        char = self.text[start + 1] if start + 1 < self.stop else ""
        self.at += 2
        if char in _PUNCTUATION:
            return ((ord(char), ord(char)),)
        if char in _CONTROLS:
            return ((ord(_CONTROLS[char]), ord(_CONTROLS[char])),)
        if char == "p":
            for spelling in _HAN_SPELLINGS:
                if self.text.startswith(spelling, self.at):
                    self.at += len(spelling)
                    return HAN
            raise _Fault("property", start, min(start + 2, self.stop))
        if char == "u":
            return self._code_point(start)
        raise _Fault(_escape_fault(char), start, min(start + 2, self.stop), sign=char)

    def _code_point(self, start: int) -> Ranges:
        if self._peek() == "{":
            close = self.text.find("}", self.at, self.stop)
            digits = self.text[self.at + 1 : close] if close > 0 else ""
            self.at = close + 1
            fits = 0 < len(digits) <= 6
        else:
            digits = self.text[self.at : min(self.at + 4, self.stop)]
            self.at += 4
            fits = len(digits) == 4
        if not fits or any(digit not in "0123456789abcdefABCDEF" for digit in digits) or int(digits, 16) > 0x10FFFF:
            raise _Fault("code_point", start, min(start + 2, self.stop))
        return ((int(digits, 16), int(digits, 16)),)


def _escape_fault(char: str) -> str:
    if not char:
        return "open_escape"
    if char.isdecimal():
        return "back_reference"
    return {"d": "digit_class", "s": "space_class", "w": "word_class"}.get(char.lower()) or (
        "boundary" if char in "bBAzZG" else "unknown_escape"
    )
