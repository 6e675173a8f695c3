"""The dispatcher of readers: opens the inputs, finds their formats, runs the readers, and gathers what they yield.

Inputs are opened here and in the readers only. Nothing is raised for what a user hands in: it becomes a diagnostic.
"""

import hashlib
import os
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib import import_module
from itertools import accumulate, count
from pathlib import Path as FilePath
from typing import cast

from guiju.catalog.formats import NEVER, READERS, REMOTE, file_spans_lines, find_format, known_formats, suffix_format
from guiju.catalog.mapping.kinds import find_roots
from guiju.catalog.records.item import Item, Reader, ReaderInput, ReadOptions, Submitted
from guiju.catalog.records.limits import USUAL, ReadLimits
from guiju.catalog.records.model import HeaderMatch, Input, LeftOut, Record, SheetReading, Submission
from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.progress import Progress, Work
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["listed", "read", "read_stream"]


def read(
    paths: Sequence[str | os.PathLike[str]],
    vocabulary: Vocabulary,
    *,
    encoding: str | None = None,
    kind: str | None = None,
    sheet: str | None = None,
    columns: tuple[tuple[str, str], ...] = (),
    not_data: tuple[str, ...] = (),
    stdin: bytes | None = None,
    stdin_name: str = "-",
    roots: frozenset[str] | None = None,
    limits: ReadLimits = USUAL,
    progress: Progress | None = None,
) -> Submission:
    """Everything in those files and folders, in memory; `-` means `stdin`. What cannot be read is among the diagnostics.

    `roots` names the shapes that have subjects of their own; unstated, all that do not occur only inside others. `columns` and
    `not_data` correct how tables are understood, as `ReadOptions` says.
    """
    gathered = _Gathered()
    options = ReadOptions(encoding=encoding, kind=kind, sheet=sheet, columns=columns, not_data=not_data)
    known = find_roots(vocabulary) if roots is None else roots
    numbers = count()
    last = time.monotonic() + limits.seconds
    with collector_resting():
        files = list(_list_files(paths, limits, gathered))
        tells = _tells(files, progress)
        for file, tell in zip(files, tells, strict=True):
            if time.monotonic() > last:
                gathered.take(complain("D082", _nowhere(file.name), limit=f"{limits.seconds:g}", name=file.name))
                break
            opened = ReaderInput(
                name=stdin_name if file.path is None and file.remote is None else file.name,
                path=file.path,
                data=stdin or b"",
                vocabulary=vocabulary,
                roots=known,
                options=options,
                limits=limits,
                numbers=numbers,
                tell=tell,
            )
            if tell is not None:
                tell(0, 1)
            gathered.take_input(_pass(opened) if file.remote is None else _ask(file.remote, opened), limits)
    return gathered.submission()


def read_stream(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary,
    *,
    encoding: str | None = None,
    kind: str | None = None,
    roots: frozenset[str] | None = None,
    limits: ReadLimits = USUAL,
) -> Iterator[Item]:
    """The items of one NDJSON file of any size, one after another in constant memory; its `Input` comes last."""
    name = os.fspath(path)
    file = FilePath(name)
    fault = _check_file(file, name, None)
    if fault is not None:
        yield fault
        return
    known = find_roots(vocabulary) if roots is None else roots
    opened = ReaderInput(
        name=name, path=file, data=b"", vocabulary=vocabulary, roots=known, options=ReadOptions(encoding=encoding, kind=kind), limits=limits
    )
    yield from _door("ndjson")(opened)


def listed(paths: Sequence[str | os.PathLike[str]], limits: ReadLimits = USUAL) -> tuple[str, ...] | None:
    """The inputs in reading order, those of folders by name; None where something is to be said of how they were found."""
    gathered = _Gathered()
    found = [file.name for file in _list_files(paths, limits, gathered)]
    return None if gathered.diagnostics or gathered.left else tuple(found)


@dataclass(frozen=True, slots=True)
class _File:
    """One input to read; stdin has no path, and an address that belongs to a remote reader is `remote`."""

    name: str
    path: FilePath | None
    remote: str | None = None


def _tells(files: Sequence[_File], progress: Progress | None) -> list[Callable[[int, int], None] | None]:
    """For each input what it is to tell; all together, weighed by their sizes, are told as one work."""
    if progress is None:
        return [None] * len(files)
    if len(files) == 1:
        return [partial(progress, Work.READ)]
    weights = [_weight(file) for file in files]
    befores = [0, *accumulate(weights)]
    return [partial(_tell_part, progress, before, weight, befores[-1]) for before, weight in zip(befores, weights, strict=False)]


def _tell_part(progress: Progress, before: int, weight: int, whole: int, done: int, of: int) -> None:
    progress(Work.READ, before + weight * min(done, of) // max(of, 1), whole)


def _weight(file: _File) -> int:
    try:
        return max(1, os.stat(file.path).st_size) if file.path is not None else _UNSIZED
    except (OSError, ValueError):
        return 1


# What a portal or a database counts for beside files whose sizes are known.
_UNSIZED = 1_000_000


class _Gathered:
    """What the readers have yielded so far."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.inputs: list[Input] = []
        self.headers: list[HeaderMatch] = []
        self.sheets: list[SheetReading] = []
        self.left: list[LeftOut] = []
        self.sources: list[Source] = []
        self.diagnostics: list[Diagnostic] = []
        self.day: date | None = None

    def take(self, item: Item) -> None:
        match item:
            case Record():
                self.records.append(item)
            case HeaderMatch():
                self.headers.append(item)
            case SheetReading():
                self.sheets.append(item)
            case LeftOut():
                self.left.append(item)
            case Source():
                self.sources.append(item)
            case Diagnostic():
                self.diagnostics.append(item)
            case Submitted():
                self.day = self.day or item.day
            case Input():
                self.inputs.append(item)

    def take_input(self, items: Iterator[Item], limits: ReadLimits) -> None:
        """All items of one input; its counts are made here, and a silent nothing is told."""
        before, told = len(self.records), len(self.diagnostics)
        codes: Counter[str] = Counter()
        given: Input | None = None
        for item in items:
            if isinstance(item, Input):
                # The one that comes last knows the digest.
                given = item
                continue
            if isinstance(item, Diagnostic):
                codes[item.code] += 1
                if codes[item.code] > limits.diagnostics:
                    continue
            self.take(item)
        if given is None:
            return
        for code, times in sorted(codes.items()):
            if times > limits.diagnostics:
                self.take(complain("D087", _nowhere(given.file), which=code, count=str(times), limit=str(limits.diagnostics)))
        kinds = Counter(one.shape for one in self.records[before:])
        self.inputs.append(replace(given, subjects=tuple(sorted(kinds.items()))))
        if not kinds and not any(one.level is Level.ERROR for one in self.diagnostics[told:]):
            self.take(complain("D084", _nowhere(given.file), where=given.file))

    def submission(self) -> Submission:
        return Submission(
            records=tuple(self.records),
            inputs=tuple(self.inputs),
            submitted=self.day,
            headers=tuple(self.headers),
            diagnostics=tuple(self.diagnostics),
            sheets=tuple(self.sheets),
            left_out=tuple(self.left),
            sources=tuple(self.sources),
        )


def _list_files(paths: Sequence[str | os.PathLike[str]], limits: ReadLimits, gathered: _Gathered) -> Iterator[_File]:
    """The files to read, in the order given, those of a folder by name."""
    for path in paths:
        name = os.fspath(path)
        if name == "-":
            yield _File(name, None)
            continue
        scheme = name.partition(":")[0]
        if scheme in REMOTE and ":" in name:
            yield _File(name, None, scheme)
            continue
        file = FilePath(name)
        try:
            is_folder = file.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if not is_folder:
            yield _File(name, file)
            continue
        found = list(_search(file, limits, gathered))
        if not found:
            gathered.take(complain("D070", _nowhere(name), name=name))
        yield from found


def _search(folder: FilePath, limits: ReadLimits, gathered: _Gathered, depth: int = 0) -> Iterator[_File]:
    """The readable files of a folder and of those in it; links and hidden names are not followed."""
    found = 0
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        gathered.take(complain("D071", _nowhere(str(folder)), name=str(folder), why=_reason(error)))
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_symlink():
            gathered.take(complain("D073", _nowhere(entry.path), name=entry.path))
        elif entry.is_dir(follow_symlinks=False):
            if depth < limits.folders:
                yield from _search(FilePath(entry.path), limits, gathered, depth + 1)
        elif suffix_format(entry.name) is None:
            gathered.take(LeftOut(what=_NO_DOOR, place=Place(file=entry.path), seen=entry.name))
        else:
            found += 1
            if found > limits.files:
                gathered.take(complain("D081", _nowhere(str(folder)), name=str(folder), limit=str(limits.files)))
                return
            yield _File(entry.path, FilePath(entry.path))


_NO_DOOR = Both("不认识的格式", "a format that is not read here")


def _pass(opened: ReaderInput) -> Iterator[Item]:
    """Runs the reader of one input; the digest is put to its `Input`."""
    if opened.path is not None:
        fault = _check_file(opened.path, opened.name, None)
        if fault is not None:
            yield fault
            return
        if suffix_format(opened.name) == "ndjson" and not file_spans_lines(opened.path):
            yield from _door("ndjson")(opened)
            return
        data, fault = _load(opened.path, opened.name, opened.limits)
        if fault is not None:
            yield fault
            return
        opened = replace(opened, data=data)
    format = find_format(opened.name, opened.data)
    if not opened.data.strip():
        yield complain("D002", _nowhere(opened.name), name=opened.name)
        yield _input(opened, format or "")
        return
    if format is None:
        yield complain("D075", _nowhere(opened.name), name=opened.name, known=known_formats())
        yield _input(opened, "")
        return
    if format in NEVER:
        yield complain("D077", _nowhere(opened.name), name=opened.name, why=NEVER[format])
        yield _input(opened, format)
        return
    if format == "ndjson":
        # Sniffed as such under another name: the lines are at hand already.
        opened = replace(opened, path=None)
    digest = hashlib.sha256(opened.data).hexdigest()
    try:
        door = _door(format)
    except ImportError:
        yield complain("D076", _nowhere(opened.name), name=opened.name, extra=READERS[format].extra or format)
        yield _input(opened, format)
        return
    for item in door(opened):
        yield replace(item, sha256=digest, size=len(opened.data)) if isinstance(item, Input) else item


def _ask(scheme: str, opened: ReaderInput) -> Iterator[Item]:
    """Runs the reader of a remote input."""
    entry = REMOTE[scheme]
    try:
        door = cast(Reader, getattr(import_module(entry.module), entry.function))
    except ImportError:
        yield complain("D076", _nowhere(opened.name), name=opened.name, extra=entry.extra or scheme)
        yield _input(opened, scheme)
        return
    yield from door(opened)


def _input(opened: ReaderInput, format: str) -> Input:
    return Input(
        file=opened.name,
        sha256=hashlib.sha256(opened.data).hexdigest(),
        format=format,
        encoding=None,
        subjects=(),
        size=len(opened.data),
    )


def _door(format: str) -> Reader:
    """The reader of a format, imported now. Raises ImportError where a package that it needs is not installed."""
    entry = READERS[format]
    # The table of readers names functions of this very type.
    return cast(Reader, getattr(import_module(entry.module), entry.function))


def _check_file(path: FilePath, name: str, most: int | None) -> Diagnostic | None:
    """Why the file is not to be opened; devices and pipes are not even touched."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        return complain("D071", _nowhere(name), name=name, why=_reason(error))
    if not stat.S_ISREG(status.st_mode):
        return complain("D072", _nowhere(name), name=name, kind=_kind(status.st_mode))
    if most is not None and status.st_size > most:
        return complain("D074", _nowhere(name), name=name, size=str(status.st_size), limit=str(most))
    return None


def _load(path: FilePath, name: str, limits: ReadLimits) -> tuple[bytes, Diagnostic | None]:
    most = max(limits.bytes_text, limits.bytes_workbook)
    fault = _check_file(path, name, most)
    if fault is not None:
        return b"", fault
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        return b"", complain("D071", _nowhere(name), name=name, why=_reason(error))
    if len(data) > most:
        return b"", complain("D074", _nowhere(name), name=name, size=f">{most}", limit=str(most))
    return data, None


def _kind(mode: int) -> Both:
    if stat.S_ISDIR(mode):
        return Both("这是文件夹", "it is a folder")
    if stat.S_ISFIFO(mode):
        return Both("这是管道", "it is a pipe")
    if stat.S_ISSOCK(mode):
        return Both("这是套接字", "it is a socket")
    return Both("这是设备", "it is a device")


def _reason(error: OSError | ValueError) -> Both:
    match error:
        case FileNotFoundError():
            return Both("没有这个文件", "there is no such file")
        case PermissionError():
            return Both("没有权限", "permission is denied")
        case OSError() if error.errno == 40:
            return Both("符号链接绕成了圈", "its symbolic links run in a circle")
        case _:
            return Both("路径读不通", "the path cannot be followed")


def _nowhere(name: str) -> Span:
    return Span(name, 0, 0)
