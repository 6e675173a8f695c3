"""A small report in every form that can be read, word for word as it was when somebody last looked at it.

`make accept` writes them anew; the difference is then read before it is kept. The report is made by hand, so that neither a
rule nor the registry changes it; of a workbook and a document, their words are kept.
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from guiju.reports.formats import FORMATS, MissingExtra, write_report
from guiju.reports.layout.compare import compare, side_of_report
from guiju.reports.model import Report
from guiju.reports.writers.compared.to_comparison import COMPARISON_FORMS
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.terms.tongue import Tongue
from tests.unit.reports.made import finding, mixed, report

KEPT = Path(__file__).parent / "forms"
SUFFIXES = {
    "junit": "xml",
    "markdown": "md",
    "text": "txt",
    "github": "txt",
    "docx": "txt",
    "xlsx": "txt",
    "oscal": "json",
    "gitlab": "json",
}


def _of_workbook(data: bytes) -> str:
    lines: list[str] = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        lines += [f"[{sheet.title}]", *(" | ".join("" if one is None else str(one) for one in row).rstrip(" |") for row in sheet.values)]
    return "\n".join(lines) + "\n"


def _of_document(data: bytes) -> str:
    docx = pytest.importorskip("docx", reason="letters need guiju[word]")
    lines = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        rows = [[cell.text for cell in row.cells] for row in block.rows] if hasattr(block, "rows") else [[block.text]]
        lines += [" | ".join(row).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


_WORDS: dict[str, Callable[[bytes], str]] = {"xlsx": _of_workbook, "docx": _of_document}


def _said(form: str, made: Report, tongue: Tongue) -> str:
    if form == "text":
        return to_text(made, TextStyle(tongue=tongue, statistics=True))
    if form == "by-subject":
        return to_text(made, TextStyle(tongue=tongue, group="subject", ascii=True, width=60))
    if form == "comparison":
        old = side_of_report(report(finding(1), finding(8)), "旧.json", tongue)
        return COMPARISON_FORMS["text"](compare(old, side_of_report(made, "新.json", tongue)), tongue)
    try:
        written = write_report(form, made, tongue)
    except MissingExtra as missing:
        pytest.skip(f"{missing.package} is not installed")
    if form in _WORDS:
        assert isinstance(written, bytes)
        return _WORDS[form](written)
    return written if isinstance(written, str) else written.decode("utf-8")


# A page holds its style and script, and a PDF the fonts of the machine: other tests look at those.
_FORMS = ["text", "by-subject", "comparison", *(form for form in FORMATS if form not in ("html", "pdf"))]


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("form", _FORMS)
def test_a_form_is_as_it_was(form: str, tongue: Tongue) -> None:
    said = _said(form, mixed(), tongue).encode()
    file = KEPT / f"{form}.{tongue.value}.{SUFFIXES.get(form, form if form in FORMATS else 'txt')}"
    if os.environ.get("GUIJU_ACCEPT"):
        KEPT.mkdir(exist_ok=True)
        file.write_bytes(said)
    assert file.read_bytes() == said
