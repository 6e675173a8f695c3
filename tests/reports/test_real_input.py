"""A real export of a data portal, checked once and written in every form that a machine reads; each is read by the reader of others."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft4Validator
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
INPUT = SHARED / "corpus" / "portal-xlsx" / "harbin.xlsx"
SCHEMA = SHARED / "corpus" / "schemas" / "sarif-schema-2.1.0.json"
FORMS = ("json", "sarif", "junit", "csv", "gitlab", "oscal", "xlsx")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not INPUT.exists():
        pytest.skip("../shared is not here")
    folder = tmp_path_factory.mktemp("forms")
    outputs = [f"--output.{form}={folder / form}" for form in FORMS]
    command = [sys.executable, "-m", "guiju", "check", str(INPUT), "--as-of", "2026-03-17", "--quiet", *outputs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, env={**os.environ, "GUIJU_LANG": "zh"}, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    return folder


def _plain(written: Path) -> dict[str, Any]:
    return json.loads((written / "json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_the_schema_of_oasis_accepts_it(written: Path) -> None:
    log = json.loads((written / "sarif").read_bytes())
    assert [fault.message[:200] for fault in Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(log)] == []
    plain = _plain(written)
    assert len(log["runs"][0]["results"]) == len(plain["findings"]) + len(plain["judged_by_people"])


def test_a_public_implementation_of_oscal_accepts_it(written: Path) -> None:
    oscal = pytest.importorskip("trestle.oscal.assessment_results", reason="compliance-trestle is not installed")
    (written / "oscal.json").write_bytes((written / "oscal").read_bytes())
    result = oscal.AssessmentResults.oscal_read(written / "oscal.json").results[0]
    observed = [one for one in _plain(written)["findings"] if one["verdict"] in ("FAIL", "ERROR", "UNDETERMINED")]
    assert len(result.observations or []) == len(observed)


def test_table_workbook_and_build_server_count_the_same(written: Path) -> None:
    plain = _plain(written)
    rows = list(csv.reader(io.StringIO((written / "csv").read_text("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO((written / "xlsx").read_bytes()), read_only=True)
    junit = etree.parse(written / "junit").getroot()
    failed = sum(one["verdict"] == "FAIL" for one in plain["findings"])
    assert len(rows) - 1 == sum(1 for _ in book["问题"].iter_rows()) - 1 == len(plain["findings"])
    assert int(junit.get("failures")) == failed == plain["tally"]["FAIL"]
    assert len(json.loads((written / "gitlab").read_text("utf-8"))) == failed + plain["tally"]["ERROR"]
