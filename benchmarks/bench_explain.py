"""What telling a finding costs: the command with every finding in its JSON report, less the command on as many records without a fault.

usage: python benchmarks/bench_explain.py [--records 5000] [--rounds 3]

Every record has a fault. Also told: a text of five findings a rule on 2,000 such records, and the greatest memory of the JSON run.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from whole_command import check
from workload import write

_FEW = 2000


def main() -> None:
    """Prints a line of figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--records", type=int, default=5000)
    asked.add_argument("--rounds", type=int, default=3)
    words = asked.parse_args()
    each, texts, memories = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file, small = Path(folder) / "all.ndjson", Path(folder) / "few.ndjson"
        write(file, words.records, faults=1.0)
        write(small, _FEW, faults=1.0)
        sound = Path(folder) / "sound.ndjson"
        write(sound, words.records, faults=0.0)
        for _ in range(words.rounds):
            judged = check(sound, "--jobs", "1")
            whole = check(file, "--jobs", "1")
            each.append((whole.processor - judged.processor) / (whole.findings - judged.findings) * 1e6)
            memories.append(whole.memory)
            texts.append(check(small, "--most", "5", form="text").processor)
    print(
        f"{whole.findings:,} findings, JSON: {statistics.median(each):.0f} µs each told in full; "
        f"{_FEW:,} records as text, --most 5: {statistics.median(texts):.2f} s of processor time; {max(memories) / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
