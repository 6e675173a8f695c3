"""Places where no camera may hang, on a labelled sample: how many of them the register finds, and how many it takes wrongly for one."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@cache
def labelled() -> dict[str, tuple[str, ...]]:
    """The sample, by its label."""
    sample: dict[str, list[str]] = yaml.safe_load((HERE / "private-places-labelled.yaml").read_text(encoding="utf-8"))
    return {label: tuple(places) for label, places in sample.items()}


def found(folder: Path) -> frozenset[str]:
    """The places that the rule takes to lie inside one of those of article 8, by the command itself."""
    places = (*labelled()["inside"], *labelled()["outside"])
    proposals = [{"名称": place, "项目编号": str(at), "安装场所": [place]} for at, place in enumerate(places)]
    file = folder / "projects.json"
    file.write_text(json.dumps({"项目方案": proposals}, ensure_ascii=False), encoding="utf-8")
    words = [sys.executable, "-m", "guiju", "check", str(file), "--format", "json", "--as-of", "2026-03-17", "--rules", "guiju/rules"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    failed = [one for one in json.loads(done.stdout)["findings"] if one["rule"] == "VID.8.no_camera_in_private_places"]
    return frozenset(places[int(place["pointer"].split("/")[2])] for one in failed if one["verdict"] == "FAIL" for place in one["places"])


def test_the_register_misses_one_of_twenty_at_most_and_errs_as_rarely(tmp_path: Path) -> None:
    inside, outside = frozenset(labelled()["inside"]), frozenset(labelled()["outside"])
    hits = found(tmp_path)
    missed, wrong = inside - hits, hits & outside
    assert len(inside) >= 40 and len(outside) >= 40
    assert len(missed) <= len(inside) * 0.05, sorted(missed)
    assert len(wrong) <= len(outside) * 0.05, sorted(wrong)
