"""Bytes to text, decoded once, with the encoding that was used and what is to be said about it.

It does not open files, and it never replaces a byte that it cannot read: a text is decoded whole or not at all.
"""

import codecs

from guiju.diagnostics.common_han import COMMON_HAN
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["MOST_BYTES", "decode_bytes"]

MOST_BYTES = 256_000_000

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# GB 18030 holds GBK and GB 2312, and files called by the older names use characters that only it has.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "gb18030": "gb18030", "big5": "cp950", "utf-8-sig": "utf-8"}
_GUESSES = ("gb18030", "cp950")
_SHOWN = {"gb18030": "GB18030", "cp950": "Big5", "utf-8": "UTF-8"}

_MAGIC: tuple[tuple[bytes, Both], ...] = (
    (b"PK\x03\x04", Both("这是压缩包或 Excel、Word 文件", "it is an archive or an Excel or Word file")),
    (b"\xd0\xcf\x11\xe0", Both("这是旧版 Excel 或 Word 文件", "it is an old Excel or Word file")),
    (b"%PDF", Both("这是 PDF 文件", "it is a PDF file")),
    (b"\x89PNG", Both("这是图片", "it is a picture")),
    (b"\xff\xd8\xff", Both("这是图片", "it is a picture")),
    (b"\x1f\x8b", Both("这是压缩文件", "it is a compressed file")),
)
_BINARY = Both("里面有不属于文字的字节", "it holds bytes that belong to no text")

_CTRL_Z = "\x1a"


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Windows writes € as the one byte 0x80 in its code page 936, where GB 18030 has nothing."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error("guiju-euro", _euro)

Decoded = tuple[Source | None, str, tuple[Diagnostic, ...]]


def decode_bytes(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text, the encoding used (as Python names it), and complaints; no text where there is an error.

    A stated encoding is obeyed, but for a byte order mark that says otherwise. Unstated, it is UTF-8, or else GB18030 or Big5,
    whichever gives the likelier Chinese; such a guess is said in a hint.
    """
    stated = _lookup(encoding) if encoding is not None else None
    if encoding is not None and stated is None:
        return None, encoding, (complain("D007", _nowhere(name), encoding=encoding[:40]),)
    if len(data) > MOST_BYTES:
        return None, stated or "utf-8", (complain("D005", _nowhere(name), size=str(len(data)), limit=str(MOST_BYTES)),)
    mark = next(((bom, codec) for bom, codec in _MARKS if data.startswith(bom)), None)
    if mark is not None:
        bom, codec = mark
        return _strict(data[len(bom) :], name, codec, skipped=len(bom))
    if stated is not None and stated.startswith(("utf-16", "utf_16", "utf-32", "utf_32")):
        return _strict(data, name, stated, skipped=0)
    kind = _binary_kind(data)
    if kind is not None:
        return None, stated or "utf-8", (complain("D001", _nowhere(name), name=name, kind=kind),)
    if stated is not None:
        return _strict(data, name, stated, skipped=0)
    return _guess(data, name)


def _nowhere(name: str) -> Span:
    """Before anything is decoded there is no offset to point at but the start."""
    return Span(name, 0, 0)


def _lookup(encoding: str) -> str | None:
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError):
        return None
    # Python also lists codecs between bytes and bytes, such as base64; they read no text.
    if not getattr(found, "_is_text_encoding", True):
        return None
    return _WIDER.get(found.name, found.name)


def _binary_kind(data: bytes) -> Both | None:
    for start, kind in _MAGIC:
        if data.startswith(start):
            return kind
    return _BINARY if b"\0" in data else None


def _strict(data: bytes, name: str, codec: str, *, skipped: int) -> Decoded:
    try:
        text = data.decode(codec, _errors(codec))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        shown = _SHOWN.get(codec, codec.upper())
        fault = complain("D003", _nowhere(name), encoding=shown, line=str(line), byte=str(error.start + skipped + 1))
        return None, codec, (fault,)
    return _finish(text, name, codec, ())


def _errors(codec: str) -> str:
    return "guiju-euro" if codec == "gb18030" else "strict"


def _finish(text: str, name: str, codec: str, hints: tuple[Diagnostic, ...]) -> Decoded:
    body = text.rstrip("\r\n\t \0" + _CTRL_Z)
    if _CTRL_Z in text[len(body) :]:
        # Programs of old end a file so; what they mean is that nothing follows.
        text = text[: text.index(_CTRL_Z, len(body))]
    if not text.strip():
        return None, codec, (complain("D002", _nowhere(name), name=name),)
    return Source(name, text), codec, hints


def _guess(data: bytes, name: str) -> Decoded:
    try:
        return _finish(data.decode("utf-8"), name, "utf-8", ())
    except UnicodeDecodeError:
        pass
    texts = [(codec, text) for codec in _GUESSES if (text := _try(data, codec)) is not None]
    if not texts:
        # None of them fits. A UTF-8 file with one broken byte is likelier than anything else, so that is what we name.
        return _strict(data, name, "utf-8" if _mostly_utf8(data) else "gb18030", skipped=0)
    codec, text = max(texts, key=lambda pair: _likeness(pair[1]))
    if _mostly_utf8(data):
        return _strict(data, name, "utf-8", skipped=0)
    if _likeness(text) < -0.5:
        return None, codec, (complain("D001", _nowhere(name), name=name, kind=_BINARY),)
    hint = complain("D004", _nowhere(name), encoding=_SHOWN[codec])
    return _finish(text, name, codec, (hint,))


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec, _errors(codec))
    except UnicodeDecodeError:
        return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form good UTF-8, as in a file that was cut or damaged in one place."""
    loose = data.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    beyond = sum(1 for char in loose[:200_000] if char > "\x7f")
    return beyond > 0 and broken * 10 <= beyond


def _likeness(text: str) -> float:
    """How much a text looks like everyday Chinese: the share of common 汉字, less the share of what nobody types."""
    beyond = [char for char in text[:200_000] if char > "\x7f"]
    if not beyond:
        return 0.0
    score = 0
    for char in beyond:
        if char in COMMON_HAN:
            score += 3
        elif "\u4e00" <= char <= "\u9fff":
            score += 0
        elif char in "，。、；：（）《》“”‘’！？—…·　【】「」『』％":
            score += 1
        else:
            # Private use, half-width kana, box drawing, rare extensions: what a wrong decoding strews about.
            score -= 3 if "\ue000" <= char <= "\uf8ff" or char > "\uffff" else 2
    return score / len(beyond)
