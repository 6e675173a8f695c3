"""Holds the radar of personal data to a list of entries that people labelled: how much of it is found, and how much of what is found is so.

`docs/personal-data.md` quotes the two figures and the entries on which the rules and the labels differ.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULES = ("titles_hint", "abstracts_hint", "abstracts_give", "keywords_hint")


@cache
def labelled() -> list[tuple[bool, dict[str, str]]]:
    """Each entry as a catalog has it, and whether it shows personal data."""
    rows = yaml.safe_load((HERE / "personal-data-labelled.yaml").read_text(encoding="utf-8"))["entries"]
    return [
        (
            label == "yes",
            {"名称": title, "开放属性": "无条件开放", **({"摘要": abstract} if abstract else {}), **({"关键字": words} if words else {})},
        )
        for label, title, abstract, words in rows
    ]


@cache
def found(folder: Path) -> frozenset[int]:
    """The entries in which a rule of the radar found something, by the command itself."""
    catalog = folder / "catalog.json"
    catalog.write_text(json.dumps({"数据集": [entry for _, entry in labelled()]}, ensure_ascii=False), encoding="utf-8")
    words = [sys.executable, "-m", "guiju", "check", str(catalog), "--format", "json", "--as-of", "2026-03-17", "--rules", "guiju/rules"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    findings = [one for one in json.loads(done.stdout)["findings"] if one["verdict"] == "FAIL"]
    hits = [one for one in findings if one["rule"].startswith(tuple(f"PIPL.25.open_{rule}" for rule in RULES))]
    return frozenset(int(one["places"][0]["pointer"].split("/")[2]) for one in hits)


def test_the_radar_finds_nineteen_of_twenty_and_errs_in_less_than_one_of_twenty(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("radar")
    hits = found(folder)
    truth = frozenset(at for at, (shows, _) in enumerate(labelled()) if shows)
    precision, recall = len(hits & truth) / len(hits), len(hits & truth) / len(truth)
    missed = [labelled()[at][1]["名称"] for at in sorted(truth - hits)]
    wrong = [labelled()[at][1]["名称"] for at in sorted(hits - truth)]
    assert precision > 0.95 and recall > 0.95, (precision, recall, missed, wrong)
    page = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
    assert f"| {len(labelled())} | {len(truth)} | {precision:.3f} | {recall:.3f} |" in page, (precision, recall, missed, wrong)


def test_the_list_is_long_enough_and_holds_both_kinds() -> None:
    assert len(labelled()) >= 400
    assert sum(shows for shows, _ in labelled()) >= 60
