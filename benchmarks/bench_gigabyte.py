"""A catalog of a gigabyte under the shipped rules: `guiju check` of one NDJSON file, with its time and its peak of memory.

usage: python benchmarks/bench_gigabyte.py [MEGABYTES] [--faults 0.01] [--jobs 1]

Entries are the clean ones of `examples/catalog`, each with a name, a code and an abstract of its own; in one of a hundred
something is wrong: a repeated code or title, a provider with two codes, a related code that is nowhere, a title as dragging
makes it, a field that is missing or cannot be read.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.formats.codes import uscc_digit

ROOT = Path(__file__).resolve().parent.parent
_PROVIDERS = 400
_FAULTS = ("code", "title", "provider", "related", "dragged", "missing", "unreadable")


def write(path: Path, size: int, faults: float, seed: int = 1) -> int:
    """Writes entries until the file has so many bytes; gives their number."""
    draw = random.Random(seed)
    ruleset = read_rules([shipped_rules() / "vocabulary"], Cache(None)).ruleset
    assert ruleset is not None
    found = read([ROOT / "examples" / "catalog" / "clean.yaml"], ruleset.vocabulary).records
    clean: list[dict[str, Any]] = [json.loads(json.dumps(one.value, default=str)) for one in found if one.shape == "dataset"]
    number = 0
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            file.writelines(json.dumps(_entry(draw, clean, number + at, faults), ensure_ascii=False) + "\n" for at in range(500))
            number += 500
    return number


def _entry(draw: random.Random, clean: list[dict[str, Any]], number: int, faults: float) -> dict[str, Any]:
    unit = draw.randrange(_PROVIDERS)
    entry = {
        **draw.choice(clean),
        "name": f"第{number}号街区的道路名录",
        "code": f"JT-{number:08d}",
        "abstract": f"第{number}号街区范围内全部道路的名称、等级、起止点和管养单位，由业务系统在办结之后汇总。" * 2,
        "provider": f"第{unit}号市直单位",
        "provider_code": _code(unit),
        "linked": [f"JT-{max(0, number - 1):08d}"] if number % 3 == 0 and number else [],
    }
    if draw.random() >= faults:
        return entry
    match draw.choice(_FAULTS):
        case "code":
            entry["code"] = f"JT-{draw.randrange(number + 1):08d}"
        case "title":
            entry["name"] = f"第{draw.randrange(number + 1)}号街区的道路名录"
        case "provider":
            entry["provider"], entry["provider_code"] = f"第{number // 5000}号派出单位", _code(_PROVIDERS + number)
        case "related":
            entry["linked"] = [f"JT-X{number:07d}"]
        case "dragged":
            entry["abstract"], entry["name"] = "逐行拖动填充的摘要", f"道路名录{number}"
        case "missing":
            del entry[draw.choice(sorted(entry))]
        case _:
            entry[draw.choice(("update_frequency", "secrecy_assessed", "items", "bindings"))] = "看不懂"
    return entry


@cache
def _code(unit: int) -> str:
    """A code of a unit with the check character that GB 32100 asks for."""
    body = f"11420100{unit:09d}"
    return body + uscc_digit(body)


def main() -> None:
    """Prints one line."""
    asked = argparse.ArgumentParser()
    asked.add_argument("megabytes", type=int, nargs="?", default=1000)
    asked.add_argument("--faults", type=float, default=0.01)
    asked.add_argument("--jobs", default="1")
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, to = Path(folder) / "data.ndjson", Path(folder) / "report.json"
        count = write(data, words.megabytes * 1_000_000, words.faults)
        command = [sys.executable, "-m", "guiju", "check", str(data), "--as-of", "2026-03-17", "--jobs", words.jobs, "--format", "json"]
        start = time.perf_counter()
        done = subprocess.run([*command, "-o", str(to)], cwd=ROOT, capture_output=True, text=True, check=False)
        seconds, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
        report = json.loads(to.read_text("utf-8"))
        print(f"{data.stat().st_size:,} bytes, {count:,} entries, {len(report['findings']):,} findings: ", end="")
        print(f"{seconds:.0f} s, {peak:.0f} MB at the peak (--jobs {words.jobs}; of the largest process)")


if __name__ == "__main__":
    main()
