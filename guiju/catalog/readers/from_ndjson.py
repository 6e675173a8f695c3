"""NDJSON, one record a line, read in constant memory: a line that is broken is told at its line, and the rest is read.

A record keeps the byte offset of its line; its columns are found by reading that line again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path as FilePath
from typing import Any, BinaryIO, Protocol

from guiju.catalog.mapping import words
from guiju.catalog.mapping.kinds import Choice, Kinds, is_kind_key
from guiju.catalog.readers.from_ckan import is_package, reshape_package
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input, Record, SheetReading
from guiju.catalog.records.place import Place
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.catalog.trees.plain_json import PlainJson
from guiju.catalog.trees.structure import no_kind
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.json_on_demand import locate_json
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both, Tongue

__all__ = ["HolderOf", "LineReader", "of_most_lines", "open_lines", "read_ndjson_file"]

_SNIFFED = 1 << 20
_BOM = b"\xef\xbb\xbf"
_TRIED = ("utf-8", "gb18030", "cp950")


def read_ndjson_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of the lines, in order; the digest and the counts come last."""
    if opened.path is None:
        yield from _Lines(opened, "utf-8").read(BytesIO(opened.data))
        return
    with opened.path.open("rb") as file:
        head = file.read(_SNIFFED)
        # A cut in the middle of a character must not look like another encoding.
        source, encoding, found = decode_bytes(head[: head.rfind(b"\n") + 1] or head, opened.name, opened.options.encoding)
        if source is None and encoding in ("", "utf-8") and any(one.code != "D003" for one in found):
            yield from found
            yield Input(file=opened.name, sha256="", format="ndjson", encoding=None, subjects=())
            return
        yield from (one for one in found if one.code == "D004")
        if source is None and opened.options.encoding is None:
            encoding = of_most_lines(head)
        file.seek(0)
        yield from _Lines(opened, encoding).read(file)


def of_most_lines(head: bytes) -> str:
    """The encoding in which most lines can be read, where none reads all of them: a line that is broken breaks no other."""
    lines = [line for line in head.split(b"\n") if not line.isascii()]
    return max(_TRIED, key=lambda encoding: sum(_decodes(line, encoding) for line in lines))


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class LineReader(Protocol):
    """Reads single lines, wherever they stand in the file; for those who walk its bytes themselves."""

    kinds: Kinds
    asked: Shape | None

    def line(self, line: bytes, start: int, number: int) -> Iterator[Item]:
        """The items of the line that begins at that byte and has that number, from 1."""
        ...

    def part(self, line: bytes, start: int, number: int, kept: bytes, shape: str) -> Iterator[Item]:
        """The record of that shape on a line, with those of its keys that `kept` holds; none where they cannot be read alone."""
        ...

    def summary(self) -> Iterator[Item]:
        """What is said after the last line."""
        ...


HolderOf = Callable[[bytes, int, Callable[[Source], tuple[Node, ...]]], LocatedText]
"""Of a line, its number and the way to parse it: who knows where its values stand."""


def open_lines(opened: ReaderInput, encoding: str = "utf-8", holder: HolderOf | None = None, *, at_hand: bool = False) -> LineReader:
    """A reader of single lines of the file that `opened.path` names; with `holder`, of lines that stand in no file of lines.

    With `at_hand` records keep their lines; else they are read from the file once more when a place is asked for.
    """
    return _Lines(opened, encoding, holder, at_hand=at_hand)


class _Lines:
    """The state of one pass over the lines."""

    def __init__(self, opened: ReaderInput, encoding: str, holder: HolderOf | None = None, *, at_hand: bool = False) -> None:
        self.opened, self.encoding, self.held_by = opened, encoding, holder
        self.at_hand = at_hand or opened.path is None
        self.kinds = Kinds(opened.vocabulary, opened.roots, opened.options.columns)
        self.limits = opened.limits.of_trees()
        self.plain = PlainJson(self.limits)
        self.reader = TreeReader(opened, self.kinds, self._holder(0, 1, b""))
        self.asked = self.kinds.named(opened.options.kind) if opened.options.kind else None
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._kind_keys: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._counts: Counter[str] = Counter()
        # How the kind of the first line of each shape was known.
        self._how: dict[str, tuple[Both, int]] = {}
        self._faults: Counter[str] = Counter()

    def read(self, file: BinaryIO) -> Iterator[Item]:
        digest = hashlib.sha256()
        offset, number = 0, 0
        # One byte more than the limit, so that a line of just that length is still a line.
        while line := file.readline(self.opened.limits.bytes_line + 1):
            number += 1
            digest.update(line)
            start, offset = offset, offset + len(line)
            if len(line) > self.opened.limits.bytes_line and not line.endswith(b"\n"):
                yield complain("D086", Span(self.opened.name, 0, 0), line=str(number), limit=str(self.opened.limits.bytes_line))
                while rest := file.readline(self.opened.limits.bytes_line):
                    digest.update(rest)
                    offset += len(rest)
                    if rest.endswith(b"\n"):
                        break
                continue
            if line.strip():
                yield from self._line(line, start, number)
        yield from self.summary()
        if number == 0 or offset == 0:
            yield complain("D002", Span(self.opened.name, 0, 0), name=self.opened.name)
        yield Input(
            file=self.opened.name,
            sha256=digest.hexdigest(),
            format="ndjson",
            encoding=self.encoding,
            subjects=tuple(sorted(self._counts.items())),
            size=offset,
        )

    def summary(self) -> Iterator[Item]:
        """How many records there were, and how many faults that were not told one by one."""
        for shape, count in sorted(self._counts.items()):
            how, sure = self._how.get(shape, (words.BY_KEY, 100))
            yield SheetReading(shape=shape, how=how, sure=sure, place=Place(file=self.opened.name), records=count)
        most = self.opened.limits.diagnostics
        for code, count in sorted(self._faults.items()):
            if count > most:
                yield complain("D087", Span(self.opened.name, 0, 0), which=code, count=str(count), limit=str(most))

    def line(self, line: bytes, start: int, number: int) -> Iterator[Item]:
        """The items of one line."""
        return self._line(line, start, number)

    def part(self, line: bytes, start: int, number: int, kept: bytes, shape: str) -> Iterator[Item]:
        """The record of the line with some of its keys; its places are those of the line."""
        value, fine = self.plain.read(kept.decode(self.encoding))
        if fine:
            self.reader.holder = self._holder(start, number, line)
            yield from self.reader.record(value, (), self.kinds.vocabulary.shape(shape))

    def _line(self, line: bytes, start: int, number: int) -> Iterator[Item]:
        try:
            text = (line.removeprefix(_BOM) if number == 1 else line).decode(self.encoding)
        except UnicodeDecodeError as error:
            yield from self._fault(
                complain("D003", self._nowhere(), encoding=self.encoding, line=str(number), byte=str(start + error.start + 1))
            )
            return
        value, fine = self.plain.read(text.strip())
        if not fine:
            value, faults = self._explain(text, number)
            for fault in faults:
                yield from self._fault(fault)
            if faults:
                return
        if not isinstance(value, dict):
            if isinstance(value, list) and number == 1:
                # A whole catalog on one line is JSON under the suffix of NDJSON.
                self.reader.holder = self._holder(start, number, line, fine=fine)
                yield from self._counted(self.reader.read(value))
                return
            yield from self._fault(complain("D085", self._nowhere(), line=str(number), what=_NOT_A_RECORD))
            return
        if is_package(value):
            # A line of a dump of CKAN: its own words first, then as any other record.
            value = self._parse(Source(self.opened.name, text))[0].plain()
        shape = self._shape(value)
        if shape is None:
            yield from self._fault(self._lost(value, number))
            return
        self.reader.holder = self._holder(start, number, line, fine=fine)
        yield from self._counted(self.reader.record(value, (), shape))

    def _counted(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            if isinstance(item, Record):
                self._counts[item.shape] += 1
            yield item

    def _shape(self, value: dict[str, Any]) -> Shape | None:
        keys = tuple(value)
        choice = self._choice(keys)
        for key in self._kind_keys[keys] if keys in self._kind_keys else filter(is_kind_key, keys):
            word = value[key]
            if isinstance(word, str) and (stated := self.kinds.named(word)) is not None:
                return stated
        if self.asked is not None:
            self._how.setdefault(self.asked.id, (words.by_asking(self.opened.options.kind or self.asked.id), 100))
            return self.asked
        if choice.shape is not None:
            self._how.setdefault(choice.shape.id, (choice.how, choice.sure))
        return choice.shape

    def _choice(self, keys: tuple[str, ...]) -> Choice:
        found = self._choices.get(keys)
        if found is None:
            found = self.kinds.choose(keys)
            if found.shape is not None and self.kinds.says_nothing(found.shape, keys):
                found = Choice(shape=None, how=found.how, sure=0)
            if len(self._choices) < self.opened.limits.headers:
                self._choices[keys] = found
                self._kind_keys[keys] = tuple(filter(is_kind_key, keys))
        return found

    def _lost(self, value: dict[str, Any], number: int) -> Diagnostic:
        keys = tuple(value)
        lost = no_kind(self._choice(keys), self._nowhere(), f"{self.opened.name}:{number}", keys)
        assert isinstance(lost, Diagnostic)
        return lost

    def _explain(self, text: str, number: int) -> tuple[Any, tuple[Diagnostic, ...]]:
        """What is wrong with the line, said at its line."""
        source = Source(self.opened.name, text.rstrip("\r\n"))
        node, found = read_json(source, limits=self.limits)
        if node is not None and not found:
            return node.plain(), ()
        faults = []
        for one in found:
            column = source.line_column(one.span.start)[1]
            said = {tongue: one.headline(tongue) for tongue in Tongue}
            what = Both(f"第 {column} 列，{said[Tongue.ZH]}", f"column {column}, {said[Tongue.EN]}")
            faults.append(complain("D085", self._nowhere(), line=str(number), what=what))
        return None, tuple(faults)

    def _fault(self, fault: Diagnostic) -> Iterator[Item]:
        self._faults[fault.code] += 1
        if self._faults[fault.code] <= self.opened.limits.diagnostics:
            yield fault

    def _nowhere(self) -> Span:
        return Span(self.opened.name, 0, 0)

    def _holder(self, start: int, number: int, line: bytes, *, fine: bool = False) -> LocatedText:
        parse = self._parse_fine if fine else self._parse
        if self.held_by is not None:
            return self.held_by(line, number, parse)
        load = _from_memory(self.opened.name, line, self.encoding)
        if not self.at_hand:
            load = _from_file(self.opened.name, self.opened.path, start, len(line), self.encoding)
        return LocatedText(self.opened.name, load, parse, number)

    def _parse(self, source: Source) -> tuple[Node, ...]:
        return self._located(read_json(source, limits=self.limits)[0])

    def _parse_fine(self, source: Source) -> tuple[Node, ...]:
        """Of a line in which nothing was wrong when it was read for its values."""
        return self._located(locate_json(source, self.limits) or read_json(source, limits=self.limits)[0])

    def _located(self, node: Node | None) -> tuple[Node, ...]:
        if node is not None and is_package(node.keys):
            node = reshape_package(node)
        return (node,) if node is not None else ()


_NOT_A_RECORD = Both("一行应是一条记录（{…}）", "a line holds one record ({…})")


def _from_file(name: str, path: FilePath | None, start: int, size: int, encoding: str) -> Callable[[], Source]:
    def load() -> Source:
        if path is None:
            return Source(name, "")
        with path.open("rb") as file:
            file.seek(start)
            return _source(name, file.read(size), encoding)

    return load


def _from_memory(name: str, line: bytes, encoding: str) -> Callable[[], Source]:
    return lambda: _source(name, line, encoding)


def _source(name: str, line: bytes, encoding: str) -> Source:
    return Source(name, line.removeprefix(_BOM).decode(encoding, errors="replace"))
