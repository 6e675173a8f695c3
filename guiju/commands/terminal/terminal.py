"""Where words go: data to stdout, everything else to stderr; colours only where somebody sees them.

Every file that a command writes is written here: never over what it was given, and whole or not at all.
"""

import errno
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import IO

import typer

from guiju.commands.terminal.guard import Guard
from guiju.commands.terminal.tongue import CHOSEN, TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source
from guiju.reports.layout.escape import harmless
from guiju.store.whole_file import write_file
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import visible

__all__ = [
    "Refused",
    "colours",
    "eprint",
    "harmless",
    "print_diagnostics",
    "put",
    "spoken_of",
    "tell_unwritten",
    "terminal_width",
    "watch",
    "write",
    "written_in",
]

_GUARD: ContextVar[Guard] = ContextVar("guard", default=Guard())  # noqa: B039 -- it holds nothing, and is replaced, not changed
_WHY = {
    errno.ENOSPC: Both("磁盘已满", "no space left on the disk"),
    errno.EDQUOT: Both("磁盘配额已用完", "the quota of the disk is used up"),
    errno.EFBIG: Both("超过了文件大小的限制", "the file would be larger than is allowed"),
    errno.EBADF: Both("它没有打开", "it is not open for writing"),
    errno.EACCES: Both("没有权限", "permission denied"),
    errno.EROFS: Both("只读", "it is read-only"),
    errno.ENOENT: Both("没有这个文件夹", "there is no such folder"),
    errno.EISDIR: Both("这是文件夹", "it is a folder"),
}


_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")


def colours(wish: bool | None, *, error: bool = False) -> bool:
    """Whether to colour: the wish, else NO_COLOR and FORCE_COLOR, else whether a terminal is there and not dumb."""
    if wish is not None:
        return wish
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    stream = sys.stderr if error else sys.stdout
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Columns of the terminal, at most 120; 100 where there is none."""
    if os.environ.get("COLUMNS", "").isdigit():
        return max(40, int(os.environ["COLUMNS"]))
    try:
        return max(40, min(os.get_terminal_size(sys.stdout.fileno()).columns, 120))
    except (AttributeError, OSError, ValueError):  # a closed stdout is None
        return 100


class Refused(OSError):
    """The guard does not let this file be written over; `strerror` says why, in the tongue of this process."""


def watch(guard: Guard) -> None:
    """From now on nothing is written that this guard refuses."""
    _GUARD.set(guard)


def write(data: str | bytes | Iterable[bytes], to: Path | None, *, mode: int | None = None, fresh: bool = False) -> None:
    """Data to a file, or to stdout as UTF-8; of a text, control characters that no form of ours uses are written by their number.

    Raises OSError: a file is then as it was.
    """
    raw = harmless(data).encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if to is None:
        _write_stdout(raw)
        return
    refusal = _GUARD.get().refusal(to)
    if refusal is not None:
        raise Refused(errno.EEXIST, refusal, str(to))
    if sys.stdout is not None:
        sys.stdout.flush()  # the file may be another name of it
    rights = {} if mode is None else {"mode": mode}
    write_file(to, raw, fresh=fresh, **rights)


def put(data: str | bytes, to: Path | None, *, mode: int | None = None) -> None:
    """Writes as `write` does; the process ends with a sentence and 2 where that cannot be done."""
    try:
        write(data, to, mode=mode)
    except OSError as error:
        tell_unwritten(error, to)
        raise typer.Exit(2) from None


def tell_unwritten(error: OSError, to: Path | str | None) -> None:
    """Says why a file, or stdout, could not be written; not where the reader, such as `head`, has read all that it wanted."""
    if to is None and error.errno == errno.EPIPE:
        return
    known = None if isinstance(error, Refused) else _WHY.get(error.errno or 0)
    why = known.say(TONGUE) if known is not None else error.strerror or str(error)
    eprint(
        say("写不了标准输出：", "cannot write to stdout: ") + why if to is None else say(f"写不了文件 {to}：", f"cannot write {to}: ") + why
    )


def _write_stdout(raw: bytes | Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        for part in (raw,) if isinstance(raw, bytes) else raw:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    except OSError:
        _let_go(sys.stdout)
        raise


def _let_go(stream: IO[str]) -> None:
    """What the stream still holds goes nowhere, or Python would try it again at the end and fail once more."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return  # it is nobody's descriptor
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def eprint(words: str) -> None:
    """A hint, progress or complaint for people; where nobody can hear it, it is lost."""
    if sys.stderr is None:
        return
    try:
        told = "".join(part if _COLOUR.fullmatch(part) else visible(part) for part in _COLOUR.split(words))
        print(told, file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def spoken_of(one: Diagnostic, sources: Mapping[str, Source]) -> Tongue:
    """The tongue for a diagnostic: of a rule text that in which the declaration is written, unless somebody chose one."""
    source = sources.get(one.span.file)
    return TONGUE if CHOSEN or source is None or not source.name.endswith((".gj", "<stdin>")) else written_in(source, one.span.start)


def written_in(source: Source, offset: int = 0) -> Tongue:
    """The tongue of the declaration that stands at an offset of a rule text: that of the word with which it begins."""
    line, _ = source.line_column(offset)
    heads = [text for at in range(line, 0, -1) if (text := source.line_text(at)) and text[0] not in " \t#"]
    heads += [text for at in range(line + 1, len(source.lines) + 1) if (text := source.line_text(at)) and text[0] not in " \t#"]
    return TONGUE if not heads else Tongue.EN if heads[0][0].isascii() else Tongue.ZH


def print_diagnostics(
    diagnostics: tuple[Diagnostic, ...], sources: dict[str, Source], *, color: bool | None = None, most: int = 50
) -> None:
    """Draws diagnostics on stderr, gravest first, and says how many were not drawn."""
    grave = [Level.ERROR, Level.WARNING, Level.HINT]
    ordered = sorted(diagnostics, key=lambda one: (grave.index(one.level), one.span.file, one.span.start))
    for one in ordered[:most]:
        eprint(draw(one, sources, tongue=spoken_of(one, sources), colour=colours(color, error=True), width=terminal_width()))
    if len(ordered) > most:
        eprint(say(f"……另有 {len(ordered) - most} 条", f"… {len(ordered) - most} more"))
