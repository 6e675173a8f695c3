"""Whole processes, as a user feels them: a bare interpreter, --help, and a check of one proposal with the ruleset kept."""

import compileall
import subprocess
import sys
from pathlib import Path

from stopwatch import measure

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


if __name__ == "__main__":
    main()
