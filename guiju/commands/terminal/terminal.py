"""Where words go: data to stdout, everything else to stderr; colours only where somebody sees them."""

import os
import re
import sys
from pathlib import Path

import typer

from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source

__all__ = ["colours", "eprint", "harmless", "print_diagnostics", "put", "terminal_width", "write"]

# Every control but the ends of lines, tabs, and ESC where it begins a colour.
_STEERING = re.compile("\x1b(?!\\[[0-9;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def colours(wish: bool | None, *, error: bool = False) -> bool:
    """Whether to colour: the wish, else NO_COLOR and FORCE_COLOR, else whether a terminal is there and not dumb."""
    if wish is not None:
        return wish
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return (sys.stderr if error else sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Columns of the terminal, at most 120; 100 where there is none."""
    if os.environ.get("COLUMNS", "").isdigit():
        return max(40, int(os.environ["COLUMNS"]))
    try:
        return max(40, min(os.get_terminal_size(sys.stdout.fileno()).columns, 120))
    except (OSError, ValueError):
        return 100


def write(data: str | bytes, to: Path | None) -> None:
    """Data to a file, or to stdout as UTF-8; of a text, control characters that no form of ours uses are written by their number."""
    raw = harmless(data).encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if to is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        to.write_bytes(raw)


def eprint(words: str) -> None:
    """A hint, progress or complaint for people."""
    print(harmless(words), file=sys.stderr)


def harmless(text: str) -> str:
    """The text without a character that steers a terminal, whatever an input or the name of a file holds; colours are left."""
    return text if text.isprintable() else _STEERING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def print_diagnostics(
    diagnostics: tuple[Diagnostic, ...], sources: dict[str, Source], *, color: bool | None = None, most: int = 50
) -> None:
    """Draws diagnostics on stderr, gravest first, and says how many were not drawn."""
    grave = [Level.ERROR, Level.WARNING, Level.HINT]
    ordered = sorted(diagnostics, key=lambda one: (grave.index(one.level), one.span.file, one.span.start))
    for one in ordered[:most]:
        eprint(draw(one, sources, tongue=TONGUE, colour=colours(color, error=True), width=terminal_width()))
    if len(ordered) > most:
        eprint(say(f"……另有 {len(ordered) - most} 条", f"… {len(ordered) - most} more"))


def put(data: str | bytes, to: Path | None) -> None:
    """Writes to a file or to stdout; the process ends with a sentence where the file cannot be written."""
    if to is None:
        write(data, None)  # a broken pipe is for `main` to see
        return
    try:
        write(data, to)
    except OSError as error:
        eprint(say(f"写不了文件 {to}：", f"cannot write {to}: ") + (error.strerror or str(error)))
        raise typer.Exit(2) from None
