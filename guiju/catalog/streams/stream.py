"""An input of any size as lines of JSON, one record each, that can be read from any position on.

A position is the byte at which a line begins, or the number of a row. Lines come as bytes; who reads them knows no format.
"""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Protocol

from guiju.catalog.readers.from_ndjson import LineReader, of_most_lines, open_lines
from guiju.catalog.records.item import ReaderInput
from guiju.catalog.records.limits import USUAL
from guiju.diagnostics.decoding import decode_bytes
from guiju.terms.tongue import Both

__all__ = ["BATCH", "ByteStream", "NotAStream", "RecordStream"]

BATCH = 1 << 17
"""About so many bytes of lines are handed over at once."""
HEAD = 1 << 20
_LEAST_PART = 1 << 20


class NotAStream(Exception):
    """The input cannot be read line by line; `why` says why."""

    def __init__(self, why: Both) -> None:
        super().__init__(why)
        self.why = why


class RecordStream(Protocol):
    """One input. `name` is what places call it, `format` what reports call its format; `size` is its largest position."""

    @property
    def name(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def is_expensive(self) -> bool:
        """Whether reading a single line costs far more than reading it in its turn."""
        ...

    @property
    def encoding(self) -> str | None: ...

    def digest(self) -> tuple[str, int]:
        """The digest and the size of the input. Raises OSError where a line is too long to be held."""
        ...

    def head(self) -> list[bytes]:
        """The first lines, whole. Raises NotAStream where the encoding cannot be read line by line."""
        ...

    def cut(self, parts: int, most: int) -> list[tuple[int, int]]:
        """Ranges of positions that begin at the start of a line: about so many, none much larger than `most` bytes."""
        ...

    def batches(self, start: int, end: int) -> Iterator[list[bytes]]:
        """The lines that begin between the positions `start` and `end`, some at a time."""
        ...

    def blocks(self, start: int, end: int) -> Iterator[bytes] | None:
        """The same lines as they stand in the file, where positions are bytes; None where lines are made one by one."""
        ...

    def steps(self, lines: list[bytes]) -> Iterable[int]:
        """For each line, how many marks further the next one begins."""
        ...

    def line(self, mark: int) -> bytes:
        """The line at a mark."""
        ...

    def expect(self, marks: list[int]) -> None:
        """Announces lines that will be read soon, for inputs in which single lines are expensive."""
        ...

    def renamed(self, name: str) -> "RecordStream":
        """The same input, found under another name."""
        ...

    def reader(self, opened: ReaderInput) -> LineReader:
        """The reader of single lines, which knows where values stand."""
        ...


@dataclass(frozen=True, slots=True)
class ByteStream:
    """A file of NDJSON in UTF-8; its marks are bytes. `size` stays what it was when the file was first looked at."""

    name: str
    size: int
    path: str
    format: str = "ndjson"
    is_expensive: bool = False
    encoding: str | None = "utf-8"

    @staticmethod
    def of(path: str) -> "ByteStream":
        """OSError for a file that cannot be opened."""
        with open(path, "rb") as file:
            return ByteStream(path, file.seek(0, os.SEEK_END), path)

    def renamed(self, name: str) -> "ByteStream":
        return replace(self, name=name, path=name)

    def steps(self, lines: list[bytes]) -> Iterable[int]:
        return map(len, lines)

    def digest(self) -> tuple[str, int]:
        digest, size, since = hashlib.sha256(), 0, 0
        with open(self.path, "rb") as file:
            while block := file.read(HEAD):
                digest.update(block)
                size += len(block)
                last = block.rfind(b"\n")
                since = since + len(block) if last < 0 else len(block) - last - 1
                if since > USUAL.bytes_line - HEAD:
                    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return digest.hexdigest(), size

    def head(self) -> list[bytes]:
        with open(self.path, "rb") as file:
            head = file.read(HEAD)
        whole = head[: head.rfind(b"\n") + 1] or head
        source, encoding, found = decode_bytes(whole, self.name, None)
        if source is None and all(one.code == "D003" for one in found):
            encoding = of_most_lines(whole)
        if encoding not in ("utf-8", "utf-8-sig", ""):
            raise NotAStream(Both(f"编码是 {encoding}", f"its encoding is {encoding}"))
        return BytesIO(whole).readlines()

    def cut(self, parts: int, most: int) -> list[tuple[int, int]]:
        part = max(1, min(max(_LEAST_PART, -(-self.size // parts)), most))
        starts = [0]
        with open(self.path, "rb") as file:
            for at in range(part, self.size, part):
                file.seek(at - 1)
                file.readline()
                if starts[-1] < file.tell() < self.size:
                    starts.append(file.tell())
        return list(zip(starts, [*starts[1:], self.size], strict=True))

    def batches(self, start: int, end: int) -> Iterator[list[bytes]]:
        at = start
        with open(self.path, "rb") as file:
            file.seek(start)
            # Lines are read until there are more bytes than are asked for.
            while at < end and (lines := file.readlines(min(BATCH, max(1, end - at - 1)))):
                at += sum(map(len, lines))
                yield lines

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        at, held = start, 0
        with open(self.path, "rb") as file:
            file.seek(start)
            buffer = bytearray(2 * BATCH)
            while at < end:
                if len(buffer) < held + BATCH:
                    buffer.extend(bytes(len(buffer)))
                with memoryview(buffer) as view:
                    more = file.readinto(view[held : held + min(BATCH, end - at)])
                if not more:
                    break
                at, held = at + more, held + more
                whole = buffer.rfind(b"\n", held - more, held) + 1
                if whole:
                    yield bytes(memoryview(buffer)[:whole])
                    buffer[: held - whole] = buffer[whole:held]
                    held -= whole
            if held:
                yield bytes(buffer[:held]) + file.readline()

    def line(self, mark: int) -> bytes:
        with open(self.path, "rb") as file:
            file.seek(mark)
            return file.readline(USUAL.bytes_line + 1)

    def expect(self, marks: list[int]) -> None:
        """Nothing is to be prepared: every byte of a file is as near as any other."""

    def reader(self, opened: ReaderInput) -> LineReader:
        # Whoever asks for places asks at once: the line is still at hand.
        return open_lines(opened, at_hand=True)
