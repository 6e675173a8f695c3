"""A finding is known again though its row has moved: the marks of SARIF and GitLab hold no number of a row."""

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import yaml

from guiju.reports.formats import write_report
from guiju.reports.layout.compare import Change, compare, side_of_report
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue
from tests.specimens.floors import ROOT, report_of_file

EXAMPLES = ROOT / "examples" / "catalog"


def _turned_yaml(to: Path) -> Path:
    """The example with its lists of datasets the other way round."""
    plain = yaml.safe_load((EXAMPLES / "faulty.yaml").read_text("utf-8"))
    file = to / "faulty.yaml"
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in plain.items()}
    file.write_text(yaml.safe_dump(turned, allow_unicode=True), "utf-8")
    return file


def _turned_workbook(to: Path) -> Path:
    """The example workbook with the rows of each sheet the other way round."""
    book = openpyxl.load_workbook(EXAMPLES / "faulty.xlsx")
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        filled = [row for row in rows if any(value is not None for value in row)]
        for at, row in enumerate(filled[::-1], start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column).value = value
    file = to / "faulty.xlsx"
    book.save(file)
    return file


def _marks(report: Report) -> tuple[Counter[str], Counter[str]]:
    results = json.loads(write_report("sarif", report, Tongue.ZH))["runs"][0]["results"]
    sarif = Counter(one["partialFingerprints"]["guijuFinding/v1"] for one in results if "partialFingerprints" in one)
    return sarif, Counter(one["fingerprint"] for one in json.loads(write_report("gitlab", report, Tongue.ZH)))


@pytest.mark.parametrize(("name", "turn"), [("faulty.yaml", _turned_yaml), ("faulty.xlsx", _turned_workbook)])
def test_moved_rows_keep_their_marks(name: str, turn: object, tmp_path: Path) -> None:
    assert callable(turn)
    old, new = report_of_file(EXAMPLES / name), report_of_file(turn(tmp_path))
    places = [[one.places for one in report.findings] for report in (old, new)]
    assert places[0] != places[1]
    assert _marks(old) == _marks(new)
    found = compare(side_of_report(old, "old", Tongue.ZH), side_of_report(new, "new", Tongue.ZH))
    assert {one.change for one in found.pairs} == {Change.PERSISTING}
