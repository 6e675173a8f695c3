"""Where words go: data to stdout, everything else to stderr; colours only where somebody sees them."""

import os
import sys
from pathlib import Path

from guiju.commands.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source

__all__ = ["colours", "complain_all", "note", "terminal_width", "write"]


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
    """Data to a file, or to stdout as UTF-8."""
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if to is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        to.write_bytes(raw)


def note(words: str) -> None:
    """A hint, progress or complaint for people."""
    print(words, file=sys.stderr)


def complain_all(diagnostics: tuple[Diagnostic, ...], sources: dict[str, Source], *, color: bool | None = None, most: int = 50) -> None:
    """Draws diagnostics on stderr, gravest first, and says how many were not drawn."""
    grave = [Level.ERROR, Level.WARNING, Level.HINT]
    ordered = sorted(diagnostics, key=lambda one: (grave.index(one.level), one.span.file, one.span.start))
    for one in ordered[:most]:
        note(draw(one, sources, tongue=TONGUE, colour=colours(color, error=True), width=terminal_width()))
    if len(ordered) > most:
        note(say(f"……另有 {len(ordered) - most} 条", f"… {len(ordered) - most} more"))
