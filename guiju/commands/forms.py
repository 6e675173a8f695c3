"""The forms in which a report can be written: one line a form, its writer loaded when it is asked for."""

from importlib import import_module

from guiju.reports.model import Report
from guiju.terms.tongue import Tongue
from guiju.terms.value import dataclass

__all__ = ["FORMS", "Form", "MissingExtra", "write_form"]


class MissingExtra(Exception):
    """A form needs a package that is not installed here."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package


@dataclass(frozen=True, slots=True)
class Form:
    """Where the writer of a form lives, and whether it gives bytes that no terminal should see."""

    module: str
    function: str
    binary: bool = False


FORMS = {
    "json": Form("guiju.reports.to_json", "to_json"),
    "jsonl": Form("guiju.reports.to_json", "to_jsonl"),
    "sarif": Form("guiju.reports.to_sarif", "to_sarif"),
    "junit": Form("guiju.reports.to_junit", "to_junit"),
    "html": Form("guiju.reports.to_html", "to_html"),
    "markdown": Form("guiju.reports.to_markdown", "to_markdown"),
    "csv": Form("guiju.reports.to_csv", "to_csv"),
    "github": Form("guiju.reports.to_github", "to_github"),
    "gitlab": Form("guiju.reports.to_gitlab", "to_gitlab"),
    "oscal": Form("guiju.reports.to_oscal", "to_oscal"),
    "docx": Form("guiju.reports.to_docx", "to_docx", binary=True),
    "pdf": Form("guiju.reports.to_pdf", "to_pdf", binary=True),
    "xlsx": Form("guiju.reports.to_excel", "to_excel", binary=True),
}


def write_form(name: str, report: Report, tongue: Tongue) -> str | bytes:
    """The report in that form; the writer takes a report and a tongue and decides nothing else."""
    form = FORMS[name]
    try:
        writer = getattr(import_module(form.module), form.function)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("guiju"):
            raise
        raise MissingExtra(error.name) from error
    written = writer(report, tongue)
    assert isinstance(written, str | bytes)
    return written
