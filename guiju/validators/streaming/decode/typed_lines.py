"""Decodes lines of JSON as records of one type: by the reader in C where it was built, else by msgspec.

Both give the same records. A line that is not plainly of the type goes to the general reader, and so does a line in which one key
comes twice.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Protocol

import msgspec

from guiju.validators.engines.compiled.decode import Form
from guiju.validators.engines.compiled.runtime.cells import whole_piece
from guiju.validators.engines.values import Deoptimize
from guiju.validators.streaming.decode.unique_keys import KeysAreUnique, has_unique_keys, line_ends

__all__ = ["LineDecoder", "cell_decoder", "is_built"]

_FORM = 2
"""The form in which the reader in C is told what it reads; one that was built for another is not asked."""
_NOT_SO = (msgspec.MsgspecError, UnicodeDecodeError)


class _Reader(Protocol):
    def read(self, text: bytes, start: int, base: int, /) -> tuple[list[Any], bytes, int]:
        """(records, marks, end): the records of the plain lines from `start` on; the offsets where lines begin that are not plain,
        64 bits each, counted from `base`; and where the first line begins that was not read.
        """
        ...


class LineDecoder:
    """Decodes lines of one type. `exact`: no number that is read has a fraction (`decode.is_exact`)."""

    def __init__(self, form: Form, *, exact: bool) -> None:
        decoder = msgspec.json.Decoder(form.type)
        self._line, self._lines = decoder.decode, decoder.decode_lines
        self._once = KeysAreUnique(exact=exact)
        self._reader = _reader(form)

    def plain(self, text: bytes, start: int, base: int) -> tuple[list[Any], bytes, int]:
        """The records of plain lines in which each key comes once, as `_Reader.read` gives them; None without the reader in C."""
        return ([], b"", start) if self._reader is None else self._reader.read(text, start, base)

    @property
    def is_quick(self) -> bool:
        """Whether the reader in C is used."""
        return self._reader is not None

    def block(self, text: bytes) -> tuple[list[Any], list[int]] | None:
        """The records of a text and where their lines end; None where one does not fit the type."""
        if (ends := line_ends(text)) is None:
            return None
        with suppress(*_NOT_SO):
            records = self._lines(text)
            if len(records) == len(ends):
                return records, ends
        return None

    def lines(self, lines: list[bytes]) -> list[Any] | None:
        """The records of some lines; None where one does not fit the type."""
        with suppress(*_NOT_SO):
            return list(map(self._line, lines))
        return None

    def line(self, line: bytes) -> Any:
        """The record of one line in which each key comes once; None where it does not fit the type."""
        with suppress(*_NOT_SO):
            return self._line(line) if has_unique_keys(line) else None
        return None

    def once(self, text: bytes, records: list[Any]) -> bool:
        """Whether each key comes once in every line, as far as this can tell. It may answer no when unsure, never yes."""
        return self._once.check(text, records)


def is_built() -> bool:
    """Whether the reader in C was built."""
    return _built() is not None


def _built() -> Any:
    try:
        found = import_module("guiju.validators.streaming.decode._typed_lines")
    except ImportError:
        return None
    return found if found.FORM == _FORM else None


def _reader(form: Form) -> _Reader | None:
    built = _built()
    if built is None:
        return None
    try:
        made: _Reader = built.Reader(form.node[1], _unescaped, _is_sound, int.from_bytes(os.urandom(8)))
    except ValueError:
        # More keys, or deeper, than it takes.
        return None
    return made


_text = msgspec.json.Decoder(str).decode
_any = msgspec.json.Decoder().decode


def _unescaped(text: bytes) -> str | None:
    with suppress(*_NOT_SO):
        return _text(text)
    return None


def _is_sound(value: bytes) -> bool:
    with suppress(*_NOT_SO, RecursionError):
        _any(value)
        return has_unique_keys(value)
    return False


def cell_decoder(form: Form, *, in_list: bool) -> Callable[[bytes], Any]:
    """A decoder of one cell. It raises MsgspecError, or Deoptimize where a key comes twice."""
    decode = msgspec.json.Decoder(form.type).decode

    def call(raw: bytes) -> Any:
        text = whole_piece(raw) if in_list else raw
        if not has_unique_keys(text):
            raise Deoptimize
        return decode(text)

    return call
