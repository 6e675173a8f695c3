"""Files that somebody uploads: under names in which no path, drive or control hides, a zip unfolded within limits.

A browser gives the path below a chosen folder; it is kept, part by part. What is left out is said.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from guiju.catalog.formats import suffix_format
from guiju.service.checks.folder import create
from guiju.service.settings import Limits
from guiju.terms.tongue import Both

__all__ = ["Refused", "Saved", "Upload", "safe_name", "save"]

_DEEPEST = 6
_LONGEST = 60
_BLOCK = 1 << 20
_NO = re.compile(r'[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff<>:"|?*]')


class Refused(Exception):
    """The upload is not taken; `words` say why, `status` is that of HTTP."""

    def __init__(self, words: Both, status: int = 400) -> None:
        super().__init__(words.en)
        self.words, self.status = words, status


class Upload(Protocol):
    """One file as a form brings it."""

    @property
    def filename(self) -> str | None: ...
    @property
    def file(self) -> BinaryIO: ...


def safe_name(name: str) -> str:
    """The name with at most six parts, each of them visible and no way out of a folder; `文件` where nothing is left of it.

    The suffix is kept, since it says which format was meant.
    """
    parts = [one for part in re.split(r"[/\\]+", unicodedata.normalize("NFC", name)) if (one := _part(part))]
    return "/".join(parts[-_DEEPEST:]) or "文件"


def _part(part: str) -> str:
    clean = _NO.sub("", part).strip(" .")
    if len(clean) <= _LONGEST:
        return clean
    stem, dot, suffix = clean.rpartition(".")
    return f"{stem[: _LONGEST - len(suffix) - 1]}.{suffix}" if dot and len(suffix) <= 10 else clean[:_LONGEST]


class Saved:
    """Files in a folder, in the order in which they came; `left_out` are names that no reader knows."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.names: list[str] = []
        self.left_out: list[str] = []
        self._taken: set[str] = set()
        self._room = limits.unpacked

    def add(self, name: str, file: IO[bytes], *, known: bool) -> None:
        """One file; with `known` only one whose suffix a reader knows, as in a folder."""
        safe = safe_name(name)
        if any(part.startswith(("~$", "__MACOSX")) or name.rpartition("/")[2].startswith(".") for part in safe.split("/")):
            return
        if known and suffix_format(safe) is None:
            self.left_out.append(safe)
            return
        if len(self.names) >= self.limits.files:
            raise Refused(Both(f"一次最多 {self.limits.files} 个文件", f"at most {self.limits.files} files at once"), 413)
        free = self._free(safe)
        create(self.folder / free, lambda out: self._copy(file, out))
        self._taken.add(free.casefold())
        self.names.append(free)

    def _copy(self, file: IO[bytes], out: IO[bytes]) -> None:
        while block := file.read(_BLOCK):
            self._room -= len(block)
            if self._room < 0:
                most = self.limits.unpacked >> 20
                raise Refused(Both(f"文件展开后超过 {most} MB", f"the files unfold to more than {most} MB"), 413)
            out.write(block)

    def _free(self, name: str) -> str:
        stem, dot, suffix = name.rpartition(".") if "." in name.rpartition("/")[2] else (name, "", "")
        found, number = name, 2
        # A file cannot have the name of a folder that is there already.
        while found.casefold() in self._taken or (self.folder / found).exists() or self._is_under_file(found):
            found, number = f"{stem}-{number}{dot}{suffix}", number + 1
            if self._is_under_file(name):
                found = found.replace("/", "／")
        return found

    def _is_under_file(self, name: str) -> bool:
        parts = name.split("/")
        return any((self.folder / "/".join(parts[:at])).is_file() for at in range(1, len(parts)))


def save(uploads: Iterable[Upload], folder: Path, limits: Limits, *, unfold: bool = True) -> Saved:
    """The uploads in the folder, zips unfolded unless asked otherwise. Raises Refused; the folder is then to be thrown away."""
    saved = Saved(folder, limits)
    several = False
    for one in uploads:
        name = one.filename or ""
        if not name:
            continue
        several = several or "/" in name
        if unfold and name.lower().endswith(".zip"):
            _unfold(name, one.file, saved)
        else:
            saved.add(name, one.file, known=unfold and "/" in name)
    if not saved.names and saved.left_out:
        shown = "、".join(saved.left_out[:5])
        raise Refused(Both(f"没有能读的文件（只有 {shown}）", f"no file here can be read (only {shown})"))
    if not saved.names:
        raise Refused(Both("请先选择文件", "choose a file first"))
    return saved


def _unfold(name: str, file: BinaryIO, saved: Saved) -> None:
    """The readable files of a zip. What is no zip is left to the readers, who say what is wrong with it."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > saved.limits.files * 4:
                raise Refused(Both(f"“{safe_name(name)}”里的文件太多", f"{safe_name(name)} holds too many files"), 413)
            for entry in entries:
                with archive.open(entry) as part:
                    saved.add(_entry_name(entry), part, known=True)
    except Refused:
        raise
    # Broken archives raise many classes, some of them from the decompressors; whatever it is, it cannot be unfolded.
    except Exception:
        words = Both(
            f"“{safe_name(name)}”不是能打开的 zip（坏了，或有密码）", f"{safe_name(name)} is no zip that can be opened (broken or locked)"
        )
        raise Refused(words) from None


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Chinese programs write names in GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
