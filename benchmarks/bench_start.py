"""Whole processes, as a user feels them: a bare interpreter, --help, and a check of one proposal with the ruleset kept.

Also what one class of values costs each of them, by the library and by `guiju.terms.fast_dataclass`.
"""

import compileall
import dataclasses
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stopwatch import measure

from guiju.terms import fast_dataclass

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Prints one line for each command; the ratio to a bare interpreter travels better than the seconds."""
    compileall.compile_dir(ROOT / "guiju", quiet=1)  # as in an installed package
    proposal = str(ROOT / "examples" / "lamp-poles" / "faulty.yaml")

    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    run("-m", "guiju", "check", proposal)
    bare = measure("python -c pass", lambda: run("-c", "pass"), rounds=9)
    for name, words in (("guiju --help", ("--help",)), ("guiju check, one proposal", ("check", proposal))):
        took = measure(name, lambda words=words: run("-m", "guiju", *words), rounds=9)
        print(f"{'':<44} {took / bare:>10.1f} × a bare interpreter")
    library = measure("a class of values, by the library", lambda: _declare(dataclasses.dataclass), rounds=99)
    took = measure("a class of values, by guiju.terms.fast_dataclass", lambda: _declare(fast_dataclass.fast_dataclass), rounds=99)
    print(f"{'':<44} {took / library:>10.2f} × by the library")


def _declare(made_by: Callable[..., Any]) -> None:
    @made_by(frozen=True, slots=True, kw_only=True)
    class Five:
        """Five fields."""

        first: int
        second: str
        third: int
        fourth: str
        fifth: int = 5


if __name__ == "__main__":
    main()
