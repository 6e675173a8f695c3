"""`guiju impact`: what is counted is what changed, and no change is seen that the proof excludes."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.proofs.conftest import Done
from tests.proofs.test_planted import RULE, SHAPE

pytest.importorskip("z3")

OLD = ("甲 > 5", "色 是 红", "钱 ≥ 100万元", "甲 < 乙")
NEW = ("甲 > 7", "色 是 红 或 色 是 蓝", "钱 ≥ 200万元", "甲 ≤ 乙 且 乙 < 90")


def written(path: Path, requirements: tuple[str, ...]) -> Path:
    text = SHAPE.format(name="物", id="thing")
    text += "".join(RULE.format(name=f"第{at}条", id=f"rule_{at}", body=f"  应当 {one}") for at, one in enumerate(requirements))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def material(tmp_path: Path) -> Path:
    random = Random(7)
    rows = [
        {"kind": "thing", "a": random.randrange(12), "b": random.randrange(100), "colour": random.choice(("红", "蓝", "绿", None)), "money": random.choice((0, 1500000, 3000000, None))}
        for _ in range(300)
    ]  # fmt: skip
    path = tmp_path / "things.json"
    path.write_text(json.dumps([{key: value for key, value in one.items() if value is not None} for one in rows]), encoding="utf-8")
    return path


def test_what_changes_is_counted_and_agrees_with_the_proof(guiju: Callable[..., Done], tmp_path: Path, material: Path) -> None:
    old, new = written(tmp_path / "old.gj", OLD), written(tmp_path / "new.gj", NEW)
    done = guiju("impact", "--old", old, "--new", new, material, "--kind", "thing", "--as-of", "2026-03-02", "--format", "json")
    assert done.exit_code == 0, done.stderr
    plain = json.loads(done.stdout)
    rows = json.loads(material.read_text("utf-8"))
    fails = sum(5 < one["a"] <= 7 for one in rows)
    [strict] = [one for one in plain["transitions"] if one["rule"].endswith("rule_0")]
    assert (strict["before"], strict["after"], strict["count"], strict["proof"]) == ("met", "FAIL", fails, "stricter")
    proofs = {one["rule"].rpartition("_")[2]: one["proof"] for one in plain["transitions"]}
    assert proofs["0"] == "stricter" and proofs["1"] == "looser" and proofs["3"] == "incomparable"
    assert plain["records"] == 300 and any(one["old"] is None and one["new"] for one in plain["samples"])


def test_the_gate(guiju: Callable[..., Done], tmp_path: Path, material: Path) -> None:
    old, new = written(tmp_path / "old.gj", OLD), written(tmp_path / "new.gj", NEW)
    words = ("impact", "--old", old, "--new", new, material, "--kind", "thing", "--as-of", "2026-03-02", "--no-proof")
    assert guiju(*words, "--allow-newly-failing", "1").exit_code == 1
    assert guiju(*words, "--allow-newly-failing", "100000").exit_code == 0


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_the_forms(guiju: Callable[..., Done], tmp_path: Path, material: Path, form: str) -> None:
    old, new = written(tmp_path / "old.gj", OLD), written(tmp_path / "new.gj", NEW)
    out = tmp_path / f"out.{form}"
    words = (
        "impact",
        "--old",
        old,
        "--new",
        new,
        material,
        "--kind",
        "thing",
        "--as-of",
        "2026-03-02",
        "--no-proof",
        "-f",
        form,
        "-o",
        out,
    )
    assert guiju(*words).exit_code == 0
    first = out.read_bytes()
    assert guiju(*words).exit_code == 0
    assert out.read_bytes() == first and len(first) > 1000


def test_material_of_another_kind_is_said(guiju: Callable[..., Done], tmp_path: Path) -> None:
    old, new = written(tmp_path / "old.gj", OLD), written(tmp_path / "new.gj", NEW)
    other = tmp_path / "other.yaml"
    other.write_text("杂谈: 无\n", encoding="utf-8")
    done = guiju("impact", "--old", old, "--new", new, other, "--as-of", "2026-03-02")
    assert done.exit_code == 2 and len(done.stderr.strip().splitlines()) == 1
    broken = tmp_path / "broken.gj"
    broken.write_text("规则 坏\n  应当 甲 >\n", encoding="utf-8")
    assert guiju("impact", "--old", old, "--new", broken, other).exit_code == 2
