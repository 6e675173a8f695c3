"""JSON that remembers where each value stood, read into the same nodes as YAML.

It is as strict as the grammar of JSON and one step stricter: a key stands once, and half a character is no text. Numbers are kept
exactly. Nothing here recurses.
"""

import json
import re
from decimal import Decimal

from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic, Label, complain
from guiju.diagnostics.json_words import CLOSERS, CONTAINERS, FOUND, WANTED, name_token
from guiju.diagnostics.node import Entry, Kind, Limits, Node
from guiju.diagnostics.scalars import NUMBER, read_number, read_word
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["read_json", "read_json_texts"]

_TOKEN = re.compile(
    r"""[ \t\n\r]*(?:
      (?P<text>"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*")
    | (?P<mark>[][{}:,])
    | (?P<word>[-+.\w]+)
    | (?P<end>\Z)
    | (?P<stray>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
# The two ranges of which nearly every text consists, each read in one step: a key with its colon, a plain value with its comma.
_PLAIN = r'"([^"\\\x00-\x1f\ud800-\udfff]*)"'
_KEY = re.compile(rf"[ \t\n\r]*{_PLAIN}[ \t\n\r]*:")
_VALUE = re.compile(rf"[ \t\n\r]*(?:{_PLAIN}|(-?(?:0|[1-9][0-9]{{0,17}})(\.[0-9]{{1,17}})?)|(true|false|null))[ \t\n\r]*(?:(,)|(?=[]}}]))")

_ESCAPE = re.compile(r"\\(?:[\"\\/bfnrt]|u[0-9a-fA-F]{4})")
_ANY_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,4}|.)", re.DOTALL)
_AFTER_END = Both("删去后面的文字；是几个对象的，放进一个列表", "delete what follows; several objects go into one list")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(source: Source, *, limits: Limits = Limits()) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The value that the text holds; None where it breaks the syntax or a limit."""
    roots, found = _read(source, limits, several=False)
    return (roots[0] if roots else None), found


def read_json_texts(source: Source, *, limits: Limits = Limits()) -> tuple[tuple[Node, ...], tuple[Diagnostic, ...]]:
    """The lists and maps that follow one another in a text with nothing between them, which is said; none where one is broken."""
    return _read(source, limits, several=True)


def _read(source: Source, limits: Limits, *, several: bool) -> tuple[tuple[Node, ...], tuple[Diagnostic, ...]]:
    text = source.text
    if len(text) > limits.characters:
        return (), (complain("D005", Span(source.name, 0, 0), size=str(len(text)), limit=str(limits.characters)),)
    if not text.strip(" \t\r\n\ufeff"):
        return (), (complain("D002", Span(source.name, 0, len(text)), name=source.name),)
    reader = _Reader(source, limits, several=several)
    try:
        with collector_resting():
            roots = reader.read()
    except _Refused as refused:
        return (), (*reader.found, refused.diagnostic)
    return roots, tuple(reader.found)


class _Refused(Exception):
    """Carries a diagnostic out of the loop over tokens; never leaves this file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class _Frame:
    """A list or map that is still open; `keys` tells the repeated ones."""

    __slots__ = ("entries", "items", "key", "keys", "kind", "start")

    def __init__(self, kind: Kind, start: int) -> None:
        self.kind, self.start = kind, start
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.keys: dict[str, Node] = {}
        self.key: Node | None = None


class _Reader:
    """Reads one value token by token; `_wanted` names what may stand next."""

    def __init__(self, source: Source, limits: Limits, *, several: bool = False) -> None:
        self.source, self.limits, self.several = source, limits, several
        self._earlier: list[Node] = []
        self.found: list[Diagnostic] = []
        self._stack: list[_Frame] = []
        self._root: Node | None = None
        self._wanted = "value"
        self._comma = -1
        self._nodes = 0

    def read(self) -> tuple[Node, ...]:
        text, name = self.source.text, self.source.name
        at = 0
        if text.startswith("\ufeff"):
            self.found.append(complain("D008", Span(name, 0, 1)))
            at = 1
        while True:
            at = self._read_plain(at)
            match = _TOKEN.match(text, at)
            assert match is not None  # the last alternatives match anything
            kind = match.lastgroup
            start, at = match.span(kind or 0)
            if kind == "text":
                self._take_text(Span(name, start, at))
            elif kind == "mark":
                self._take_mark(text[start], start)
            elif kind == "word":
                self._take_word(text[start:at], Span(name, start, at))
            elif kind == "end":
                return self._finish(start)
            else:
                self._refuse_stray(start)

    def _read_plain(self, at: int) -> int:
        """Reads keys and short plain values of the open list or map as far as there are any; the offset where it stopped.

        It only ever takes what the slow way would take; a trailing comma, an escape or a repeated key is left to that way.
        """
        if not self._stack:
            return at
        text, name, frame = self.source.text, self.source.name, self._stack[-1]
        is_map = frame.kind is Kind.MAP
        while True:
            if is_map and self._wanted in ("key", "key or }"):
                match = _KEY.match(text, at)
                if match is None:
                    return at
                frame.key = Node(match[1], Span(name, match.start(1) - 1, match.end(1) + 1), Kind.TEXT)
                self._wanted = "value"
                at = match.end()
            if self._wanted not in ("value", "value or ]"):
                return at
            match = _VALUE.match(text, at)
            if match is None:
                return at
            plain, number, fraction, word, comma = match.groups()
            if plain is not None:
                node = Node(plain, Span(name, match.start(1) - 1, match.end(1) + 1), Kind.TEXT)
            elif fraction is not None:
                node = Node(Decimal(number), Span(name, match.start(2), match.end(2)), Kind.DECIMAL)
            elif number is not None:
                node = Node(int(number), Span(name, match.start(2), match.end(2)), Kind.INT)
            else:
                node, _ = read_word(word, Span(name, match.start(4), match.end(4)), self.limits)
            self._place(node)
            at = match.end()
            if comma is None:
                return at
            self._comma = at - 1
            self._wanted = "key" if is_map else "value"

    # ---- one method for each kind of token ---------------------------------------------------------------------------------

    def _take_text(self, span: Span) -> None:
        raw = self.source.text[span.start : span.end]
        value = self._unescape(raw, span) if "\\" in raw else raw[1:-1]
        if _SURROGATE.search(value):
            raise _Refused(self._half_character(raw, span))
        node = Node(value, span, Kind.TEXT)
        wanted = self._wanted
        if wanted == "value" or wanted == "value or ]":
            self._place(node)
        elif wanted == "key" or wanted == "key or }":
            self._stack[-1].key = node
            self._wanted = ":"
        else:
            raise self._unwanted(span)

    def _take_word(self, word: str, span: Span) -> None:
        if self._wanted not in ("value", "value or ]"):
            raise self._unwanted(span)
        match = NUMBER.fullmatch(word)
        if match is not None:
            node, complaint = read_number(match, span, self.limits)
            if complaint is not None:
                raise _Refused(complaint)
        elif word in ("true", "false", "null"):
            node, _ = read_word(word, span, self.limits)
        elif word[0] in "-+.0123456789" and word.lstrip("+-") not in ("Infinity", "NaN"):
            raise _Refused(complain("D037", span, number=word[:40]))
        else:
            raise _Refused(complain("D031", span, word=word[:40], help=name_token(word)))
        self._place(node)

    def _take_mark(self, mark: str, at: int) -> None:
        if mark in "[{" and self.several and self._wanted == "end" and self._root is not None and self._root.kind in CONTAINERS:
            self._earlier.append(self._root)
            self._root, self._wanted = None, "value"
        wanted = self._wanted
        if mark in "[{" and wanted in ("value", "value or ]"):
            self._open(Kind.LIST if mark == "[" else Kind.MAP, at)
        elif mark == ":" and wanted == ":":
            self._wanted = "value"
        elif mark == "," and wanted in (", or ]", ", or }"):
            self._comma = at
            self._wanted = "value" if wanted == ", or ]" else "key"
        elif mark == "]" and wanted in ("value or ]", ", or ]"):
            self._close(at)
        elif mark == "}" and wanted in ("key or }", ", or }"):
            self._close(at)
        elif mark in "]}" and self._is_trailing_comma(mark):
            raise _Refused(complain("D032", Span(self.source.name, self._comma, self._comma + 1)))
        else:
            raise self._unwanted(Span(self.source.name, at, at + 1))

    # ---- values ------------------------------------------------------------------------------------------------------------

    def _open(self, kind: Kind, at: int) -> None:
        if len(self._stack) >= self.limits.depth:
            raise _Refused(complain("D016", Span(self.source.name, at, at + 1), limit=str(self.limits.depth)))
        self._stack.append(_Frame(kind, at))
        self._wanted = "value or ]" if kind is Kind.LIST else "key or }"

    def _close(self, at: int) -> None:
        frame = self._stack.pop()
        span = Span(self.source.name, frame.start, at + 1)
        self._place(Node(tuple(frame.items) if frame.kind is Kind.LIST else tuple(frame.entries), span, frame.kind))

    def _place(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            raise _Refused(complain("D017", node.span, limit=str(self.limits.nodes)))
        if not self._stack:
            self._root = node
            self._wanted = "end"
            return
        frame = self._stack[-1]
        if frame.kind is Kind.LIST:
            frame.items.append(node)
            self._wanted = ", or ]"
            return
        self._wanted = ", or }"
        key = frame.key
        assert key is not None and isinstance(key.value, str)  # a value in a map follows its key
        first = frame.keys.setdefault(key.value, key)
        if first is key:
            frame.entries.append(Entry(key, node))
        else:
            self.found.append(self._repeated(first, key))

    def _unescape(self, raw: str, span: Span) -> str:
        for match in _ANY_ESCAPE.finditer(raw):
            if not _ESCAPE.fullmatch(match.group()):
                start = span.start + match.start()
                guilty = Span(span.file, start, start + len(match.group()))
                raise _Refused(complain("D034", guilty, escape=match.group()))
        return str(json.loads(raw))

    # ---- complaints --------------------------------------------------------------------------------------------------------

    def _repeated(self, first: Node, second: Node) -> Diagnostic:
        lines = [str(self.source.line_column(key.span.start)[0]) for key in (first, second)]
        labels = (Label(first.span, Both("先写在这里", "given first here")), Label(second.span, Both("又写了一次", "given again here")))
        return complain("D012", second.span, labels=labels, key=str(second.value), first=lines[0], second=lines[1])

    def _half_character(self, raw: str, span: Span) -> Diagnostic:
        """The smallest range: the escape, or the code point, that has no other half."""
        for match in re.finditer(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\.|[\ud800-\udfff]", raw):
            piece = match.group()
            if len(piece) == 6 or _SURROGATE.fullmatch(piece):
                start = span.start + match.start()
                shown = piece if len(piece) == 6 else f"\\u{ord(piece):04x}"
                return complain("D035", Span(span.file, start, start + len(piece)), escape=shown)
        return complain("D035", span, escape="\\ud800")

    def _is_trailing_comma(self, mark: str) -> bool:
        pair = ("value", Kind.LIST) if mark == "]" else ("key", Kind.MAP)
        return bool(self._stack) and self._comma >= 0 and (self._wanted, self._stack[-1].kind) == pair

    def _unwanted(self, span: Span) -> _Refused:
        piece = self.source.slice(span)
        if self._wanted == "end":
            return _Refused(complain("D036", span, help=_AFTER_END))
        return _Refused(
            complain("D030", span, wanted=WANTED[self._wanted], found=FOUND.get(piece, Both(f"“{piece[:40]}”", f"`{piece[:40]}`")))
        )

    def _refuse_stray(self, at: int) -> None:
        char = self.source.text[at]
        if char == '"':
            line_end = self.source.text.find("\n", at)
            end = len(self.source.text) if line_end < 0 else line_end
            control = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]").search(self.source.text, at, end)
            if control is not None:
                raise _Refused(
                    complain("D006", Span(self.source.name, control.start(), control.end()), character=f"U+{ord(control.group()):04X}")
                )
            raise _Refused(complain("D033", Span(self.source.name, at, at + 1)))
        raise self._unwanted(Span(self.source.name, at, at + 1))

    def _finish(self, at: int) -> tuple[Node, ...]:
        if self._root is None or self._stack:
            start = self._stack[-1].start if self._stack else max(at - 1, 0)
            opened = CONTAINERS[self._stack[-1].kind] if self._stack else Both("值", "the value")
            labels = (Label(Span(self.source.name, start, start + 1), CLOSERS[self._stack[-1].kind]),) if self._stack else ()
            raise _Refused(complain("D038", Span(self.source.name, at, at), labels=labels, open=opened))
        if self._earlier:
            second = (*self._earlier, self._root)[1].span.start
            self.found.append(complain("D039", Span(self.source.name, second, second + 1), count=str(len(self._earlier) + 1)))
        return (*self._earlier, self._root)
