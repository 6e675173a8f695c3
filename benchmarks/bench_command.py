"""What the command costs, report written, against bare parsing of the same file in the same run: the figures that a user feels.

usage: python benchmarks/bench_command.py [--records 20000] [--rounds 3]

Prints the table with which docs/performance.md begins.
"""

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from whole_command import Spent, bare, check
from workload import write

__all__ = ["command_lines"]

# What is asked, the share of records with a fault, the form of the report, and further words of the command.
_ASKED: tuple[tuple[str, float, str, tuple[str, ...]], ...] = (
    ("JSON, 3 % with a fault", 0.03, "json", ("--jobs", "1")),
    ("text, `--most 3`", 0.03, "text", ("--jobs", "1", "--most", "3")),
    ("JSON, all with a fault", 1.0, "json", ("--jobs", "1")),
    ("JSON, two processes", 0.03, "json", ("--jobs", "2")),
)


def command_lines(records: int, rounds: int) -> list[str]:
    """The table, a row for each thing that is asked."""
    lines = [
        "| report | records | ÷ bare parse, median (least – most) | seconds of processor | seconds by the clock | findings |",
        "|---|---:|---|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for what, faults, form, words in _ASKED:
            file = Path(folder) / f"{faults}.ndjson"
            if not file.exists():
                write(file, records, faults=faults)
            lines.append(_row(what, records, *_rounds(file, form, words, rounds)))
    return lines


def _rounds(file: Path, form: str, words: Sequence[str], rounds: int) -> tuple[list[float], list[Spent]]:
    """The ratios and what was spent, round by round; a bare parse before and after each."""
    ratios, spent = [], []
    check(file, *words, form=form)
    for _ in range(rounds):
        before = bare(file)
        spent.append(check(file, *words, form=form))
        ratios.append(spent[-1].processor / ((before + bare(file)) / 2))
    return ratios, spent


def _row(what: str, records: int, ratios: list[float], spent: list[Spent]) -> str:
    middle = f"**{statistics.median(ratios):.1f}** ({min(ratios):.1f} – {max(ratios):.1f})"
    processor, clock = (statistics.median(getattr(one, name) for one in spent) for name in ("processor", "clock"))
    return f"| {what} | {records:,} | {middle} | {processor:.2f} | {clock:.2f} | {spent[-1].findings or ''} |"


def main() -> None:
    """From a terminal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--records", type=int, default=20_000)
    asked.add_argument("--rounds", type=int, default=3)
    words = asked.parse_args()
    print("\n".join(command_lines(words.records, words.rounds)))


if __name__ == "__main__":
    main()
