"""From how many records on the generated checker beats the interpreter, under the shipped rules; prints both times.

usage: python benchmarks/bench_engines.py [--sizes 5,20,60,200,600] [--rounds 3]
"""

import argparse
import os
import time
from datetime import date
from statistics import median
from typing import Any

from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.validate import validate


class _Nowhere:
    def place(self, path: Any) -> Place:
        return Place(file="made")


def _submission(count: int) -> Submission:
    """Entries of an open catalog without a fault, so that the engines are measured and not the explanations."""
    values = [
        {
            "name": f"数据{number}",
            "provider": f"第{number % 20}局",
            "open_type": "无条件开放",
            "update_frequency": "每月",
            "published": "2024-01-01",
        }
        for number in range(count)
    ]
    records = tuple(Record(shape="dataset", value=value, locator=_Nowhere(), number=number) for number, value in enumerate(values))
    return Submission(records=records, inputs=())


def main() -> None:
    """Prints one line for each size: seconds by interpreter and generated, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="5,20,60,200,600")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    day, calendar = date(2026, 11, 23), load_calendar()
    for size in map(int, asked.sizes.split(",")):
        submission = _submission(size)
        times: dict[str, list[float]] = {"interpreter": [], "generated": []}
        outcomes = {}
        for _ in range(asked.rounds):
            for name in times:
                begin = time.perf_counter()
                outcomes[name] = validate(
                    ruleset, submission, as_of=day, calendar=calendar, engine=CompiledEngine() if name == "generated" else None
                )
                times[name].append(time.perf_counter() - begin)
        assert outcomes["interpreter"].tally == outcomes["generated"].tally
        slow, fast = median(times["interpreter"]), median(times["generated"])
        print(f"{size:>6} records  interpreter {slow:.3f} s  generated {fast:.3f} s  ratio {slow / fast:.2f}")


if __name__ == "__main__":
    main()
