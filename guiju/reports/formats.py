"""The forms in which a report can be written: one line a form, its writer loaded when it is asked for."""

from collections.abc import Iterator
from importlib import import_module

from guiju.reports.layout.escape import harmless
from guiju.reports.model import Report
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Tongue

__all__ = ["FORMATS", "MissingExtra", "OutputFormat", "report_bytes", "report_parts", "write_report"]


class MissingExtra(Exception):
    """A form needs a package that is not installed here."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package


@fast_dataclass(frozen=True, slots=True)
class OutputFormat:
    """Where the writer of a form lives, and whether it gives bytes that no terminal should see."""

    module: str
    function: str
    binary: bool = False
    parts: str | None = None
    """The writer that gives the same bytes part by part, where there is one."""


FORMATS = {
    "json": OutputFormat("guiju.reports.writers.to_json", "to_json", parts="json_parts"),
    "jsonl": OutputFormat("guiju.reports.writers.to_json", "to_jsonl", parts="jsonl_parts"),
    "sarif": OutputFormat("guiju.reports.writers.to_sarif", "to_sarif"),
    "junit": OutputFormat("guiju.reports.writers.to_junit", "to_junit"),
    "html": OutputFormat("guiju.reports.writers.to_html", "to_html"),
    "markdown": OutputFormat("guiju.reports.writers.to_markdown", "to_markdown"),
    "csv": OutputFormat("guiju.reports.writers.to_csv", "to_csv"),
    "github": OutputFormat("guiju.reports.writers.to_github", "to_github"),
    "gitlab": OutputFormat("guiju.reports.writers.to_gitlab", "to_gitlab"),
    "oscal": OutputFormat("guiju.reports.writers.to_oscal", "to_oscal"),
    "docx": OutputFormat("guiju.reports.writers.to_docx", "to_docx", binary=True),
    "pdf": OutputFormat("guiju.reports.writers.to_pdf", "to_pdf", binary=True),
    "xlsx": OutputFormat("guiju.reports.writers.to_excel", "to_excel", binary=True),
}


def write_report(name: str, report: Report, tongue: Tongue) -> str | bytes:
    """The report in that form; the writer takes a report and a tongue and decides nothing else."""
    form = FORMATS[name]
    try:
        writer = getattr(import_module(form.module), form.function)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("guiju"):
            raise
        raise MissingExtra(error.name) from error
    written = writer(report, tongue)
    assert isinstance(written, str | bytes)
    return written


def report_parts(name: str, report: Report, tongue: Tongue) -> str | bytes | Iterator[bytes]:
    """The same as `write_report`, but for a form that can be written part by part: a long report is then never held whole."""
    form = FORMATS[name]
    if form.parts is None:
        return write_report(name, report, tongue)
    found: Iterator[bytes] = getattr(import_module(form.module), form.parts)(report, tongue)
    return found


def report_bytes(name: str, report: Report, tongue: Tongue) -> bytes:
    """The report in that form as a file holds it, whoever asks for it; MissingExtra and FormRefused as `write_report`."""
    written = write_report(name, report, tongue)
    return harmless(written).encode("utf-8", "backslashreplace") if isinstance(written, str) else written
