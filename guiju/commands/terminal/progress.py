"""The progress bar: on stderr, where a terminal is, once work has lasted; it goes away before anything else is written.

A terminal that can move no cursor, a pipe and --quiet see nothing of it; NO_COLOR takes its colours.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TextIO

from guiju.commands.terminal.terminal import colours
from guiju.commands.terminal.tongue import TONGUE
from guiju.terms.progress import Progress, Work
from guiju.terms.tongue import Both

__all__ = ["bar"]

_AFTER = 0.5
_WORDS = {
    Work.READ: Both("读入", "reading"),
    Work.JUDGE: Both("判断", "judging"),
    Work.EXPLAIN: Both("说明", "explaining"),
    Work.WRITE: Both("写出", "writing"),
}


@contextmanager
def bar(*, quiet: bool = False, color: bool | None = None, after: float = _AFTER, to: TextIO | None = None) -> Iterator[Progress | None]:
    """Whom to tell of progress while the block runs; None where nobody watches. Nothing is drawn until `after` seconds after the first word."""
    out = to or sys.stderr
    if quiet or not out.isatty() or os.environ.get("TERM") in ("dumb", "unknown"):
        yield None
        return
    drawn = _Bar(out, after, colour=colours(color, error=True))
    try:
        yield drawn.tell
    finally:
        drawn.end()


class _Bar:
    """One line that is drawn anew ten times a second by a thread of its library; told from one thread, begun from another."""

    def __init__(self, out: TextIO, after: float, *, colour: bool) -> None:
        self._out, self._colour = out, colour
        # No thread is there before the first word: processes that are forked before it take no lock along.
        self._timer = threading.Timer(after, self.begin)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._said: tuple[Work, int, int] | None = None
        self._drawn: Any = None
        self._over = False

    def begin(self) -> None:
        """Draws from now on, unless all is over already."""
        # Loaded only here: a check that is done at once never pays for it.
        rich = import_module("rich.progress")
        console = import_module("rich.console").Console(file=self._out, no_color=not self._colour, force_terminal=True, highlight=False)
        parts = (
            rich.SpinnerColumn("line" if _is_plain(self._out) else "dots"),
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.TaskProgressColumn(),
            rich.TimeElapsedColumn(),
        )
        with self._lock:
            if self._over:
                return
            self._drawn = rich.Progress(*parts, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
            self._drawn.add_task("", total=None)
            self._drawn.start()
            self._put()

    def tell(self, work: Work, done: int, of: int) -> None:
        """So much of so much is done."""
        with self._lock:
            if self._said is None:
                self._timer.start()
            self._said = work, done, of
            self._put()

    def end(self) -> None:
        """Takes the line away; nothing is drawn after it."""
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._drawn is not None:
                self._drawn.stop()

    def _put(self) -> None:
        if self._drawn is not None and self._said is not None:
            work, done, of = self._said
            self._drawn.update(0, description=_WORDS[work].say(TONGUE), completed=done, total=of or None)


def _is_plain(out: TextIO) -> bool:
    return not (out.encoding or "").lower().startswith("utf")
