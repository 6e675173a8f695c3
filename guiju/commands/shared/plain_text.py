"""The words of a document, whatever its form: plain text as it is, Word and Excel files without their markup."""

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.decoding import decode_bytes

__all__ = ["text_of"]

_MOST_BYTES = 64_000_000
# The parts of a Word or Excel file in which words stand.
_PARTS = re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml|xl/(sharedStrings|worksheets/sheet\d+)\.xml")


def text_of(name: str) -> str | None:
    """The words of the file, a paragraph or cell a line; None after saying why it cannot be read."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        eprint(say(f"打不开 {name}：{error.strerror}", f"cannot open {name}: {error.strerror}"))
        return None
    if len(data) > _MOST_BYTES:
        eprint(say(f"{name} 太大，至多 {_MOST_BYTES} 字节", f"{name} is too large, at most {_MOST_BYTES} bytes"))
        return None
    if data.startswith(b"PK\x03\x04"):
        return _zipped(name, data)
    source, _, complaints = decode_bytes(data, name)
    if source is None:
        print_diagnostics(complaints, {})
        return None
    return source.text


def _zipped(name: str, data: bytes) -> str | None:
    said: list[str] = []
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.infolist():
                if not _PARTS.fullmatch(part.filename):
                    continue
                # The size in the directory may lie, so it is the reading that is bounded.
                with archive.open(part) as stream:
                    raw = stream.read(left + 1)
                left -= len(raw)
                if left < 0:
                    raise zipfile.BadZipFile
                said.append(_without_markup(raw.decode("utf-8", "replace")))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        eprint(say(f"{name} 不是完好的 Word 或 Excel 文件，或者太大", f"{name} is no sound Word or Excel file, or too large"))
        return None
    if not said:
        eprint(say(f"{name} 不是 Word 或 Excel 文件", f"{name} is no Word or Excel file"))
        return None
    return "\n".join(said)


def _without_markup(xml: str) -> str:
    ended = re.sub(r"</(?:w:p|si|is)>|<w:(?:br|tab)[^>]{0,200}>", "\n", xml)
    return re.sub(r"\n{2,}", "\n", unescape(re.sub(r"<[^<>]{0,20000}>", "", ended)))
