"""The command in this process, as `main` calls it, and in a child that hears signals whatever its parents are deaf to."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from guiju.cli import app_of

__all__ = ["guiju", "started"]


def guiju(*words: object) -> int:
    """The exit code of the command; what it says is for `capfd` or `capsys`."""
    said = [str(word) for word in words]
    with pytest.raises(SystemExit) as ended:
        app_of(said)(said, prog_name="guiju")
    return int(ended.value.code or 0)


def started(
    words: Sequence[object], *, cwd: Path, stderr: int = subprocess.DEVNULL, environ: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """A process in a session of its own. Under `nohup` and behind `&` a shell makes its children deaf to signals; this one hears them."""
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=cwd,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=_hear,  # the only thread of a test forks, so nothing can be held here
    )


def _hear() -> None:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
