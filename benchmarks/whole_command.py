"""Runs `guiju check` as a user does, a process of its own with its report written, and says what it took."""

import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import orjson

__all__ = ["RULES", "Spent", "bare", "check"]

ROOT = Path(__file__).resolve().parent.parent
RULES = ("--rules", str(ROOT / "benchmarks" / "bench.gj"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of processor time and by the clock, bytes of the report, its tally where it is JSON, and the greatest memory in KB."""

    processor: float
    clock: float
    written: int
    tally: dict[str, int]
    memory: int = 0

    @property
    def findings(self) -> int:
        """What somebody should see."""
        return sum(self.tally.get(one, 0) for one in ("FAIL", "ERROR", "UNDETERMINED"))


def bare(file: Path) -> float:
    """Seconds of processor time that parsing every line of the file takes, and nothing else."""
    start = time.process_time()
    with file.open("rb") as lines:
        for line in lines:
            orjson.loads(line)
    return time.process_time() - start


def check(file: Path, *words: str, rules: tuple[str, ...] = RULES, form: str = "json") -> Spent:
    """One run of the command; SystemExit with its own words where it could not judge."""
    with tempfile.TemporaryDirectory() as folder:
        to, told = Path(folder) / "report", Path(folder) / "told"
        asked = ["check", *rules, str(file), "--as-of", "2026-06-30", "--format", form, "-o", str(to), "-q", *words]
        start = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "guiju", *asked],
            os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 2, str(told), os.O_CREAT | os.O_WRONLY, 0o600)],
        )
        _, status, usage = os.wait4(child, 0)
        clock = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(told.read_text("utf-8")[:1000])
        tally = json.loads(to.read_bytes())["tally"] if form == "json" else {}
        return Spent(
            processor=usage.ru_utime + usage.ru_stime,
            clock=clock,
            written=to.stat().st_size,
            tally=tally,
            memory=usage.ru_maxrss,
        )
