"""What can be downloaded of a result: reports in every form, the marked and the corrected files, letters, a pack.

The bytes are those of the command. It runs in the process of a check.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from guiju.catalog.records.model import Submission
from guiju.evidence.forms import USUAL_FORMS, written_form
from guiju.evidence.inputs import gather
from guiju.evidence.model import Asked as PackAsked
from guiju.evidence.model import PackFault
from guiju.evidence.pack import pack
from guiju.forms.annotate.marked_copy import copy_suffix, marked_copy, marking_of
from guiju.reports.formats import FORMATS, MissingExtra, report_bytes
from guiju.reports.layout.escape import token
from guiju.reports.layout.letters.letter import Letter
from guiju.reports.layout.letters.notices import Notice, notices_of, summary_of
from guiju.reports.model import Report
from guiju.reports.refused import FormRefused
from guiju.service.checks.folder import put
from guiju.service.checks.task import MADE, Task, TaskRefused
from guiju.service.checks.warm import calendar, ruleset
from guiju.terms.tongue import Both, Tongue

__all__ = ["FORMS", "Form", "made_name", "write_form"]

_WORKDAYS = 10
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Form:
    """One thing to download: its name for people, the suffix of its file, and its media type."""

    name: Both
    suffix: str
    media: str


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, Form] = {
    "html": Form(Both("网页报告", "report, web page"), "html", "text/html; charset=utf-8"),
    "pdf": Form(Both("PDF 报告", "report, PDF"), "pdf", "application/pdf"),
    "docx": Form(Both("Word 报告", "report, Word"), "docx", _DOCX),
    "xlsx": Form(Both("Excel 报告", "report, Excel"), "xlsx", _XLSX),
    "json": Form(Both("JSON 报告", "report, JSON"), "json", "application/json"),
    "jsonl": Form(Both("JSON 行", "JSON lines"), "jsonl", "application/x-ndjson"),
    "csv": Form(Both("CSV 清单", "list, CSV"), "csv", "text/csv; charset=utf-8"),
    "markdown": Form(Both("Markdown", "Markdown"), "md", "text/markdown; charset=utf-8"),
    "sarif": Form(Both("SARIF", "SARIF"), "sarif", "application/sarif+json"),
    "junit": Form(Both("JUnit", "JUnit"), "xml", "application/xml"),
    "oscal": Form(Both("OSCAL", "OSCAL"), "oscal.json", "application/json"),
    "github": Form(Both("GitHub 注记", "GitHub annotations"), "txt", "text/plain; charset=utf-8"),
    "gitlab": Form(Both("GitLab 代码质量", "GitLab code quality"), "gitlab.json", "application/json"),
    "marked": Form(Both("标注过的原件", "your file, marked"), "", "application/octet-stream"),
    "given": Form(Both("检查的文件", "the file that was checked"), "", "application/octet-stream"),
    "letter": Form(Both("整改通知书", "notice to mend"), "zip", "application/zip"),
    "summary": Form(Both("一页纸（Word）", "one page for leaders (Word)"), "docx", _DOCX),
    "pack": Form(Both("证据包", "evidence pack"), "zip", "application/zip"),
}
"""By the last part of the address of each."""


def made_name(folder: Path, form: str, tongue: Tongue) -> Path:
    """Where a form in a tongue is kept once it was made: the file's own name stands in a text beside it."""
    return folder / MADE / f"{form}.{tongue.value}"


def write_form(task: Task, submission: Submission, report: Report) -> None:
    """Makes the file. TaskRefused where that cannot be done."""
    try:
        name, data = _MAKERS.get(task.form, _report)(task, submission, report)
    except (FormRefused, PackFault) as refused:
        raise TaskRefused(refused.words) from None
    except MissingExtra as missing:
        raise TaskRefused(_missing(missing.package)) from None
    except ModuleNotFoundError as missing:
        raise TaskRefused(_missing(missing.name or "")) from None
    target = made_name(task.folder, f"{task.form}{task.finding}", task.tongue)
    put(target.with_suffix(target.suffix + ".name"), name.encode("utf-8", "backslashreplace"))
    put(target, data)


def _missing(package: str) -> Both:
    return Both(f"这台服务器上还没有安装 {package}", f"the package {package} is not installed on this server")


_Made = tuple[str, bytes]


def _report(task: Task, submission: Submission, report: Report) -> _Made:
    assert task.form in FORMATS, "the page offers the forms of the table only"
    name = Both("检查报告", "report").say(task.tongue)
    return f"{name}.{FORMS[task.form].suffix}", report_bytes(task.form, report, task.tongue)


def _marked(task: Task, submission: Submission, report: Report) -> _Made:
    files: dict[str, bytes] = {}
    for one in submission.inputs:
        data = Path(one.file).read_bytes()
        suffix = copy_suffix(one.file, one.format)
        made = marked_copy(data, one, submission.headers, marking_of(report, submission, one, task.tongue), suffix, None)
        if made.data is not None:
            path = PurePosixPath(one.file)
            files[str(path.with_name(f"{path.stem}-{Both('标注', 'marked').say(task.tongue)}{suffix}"))] = made.data
    return _one_or_zip(files, Both("标注", "marked").say(task.tongue))


def _given(task: Task, submission: Submission, report: Report) -> _Made:
    files = {one.file: Path(one.file).read_bytes() for one in submission.inputs}
    return _one_or_zip(files, Both("文件", "files").say(task.tongue))


def _letter(task: Task, submission: Submission, report: Report) -> _Made:
    files: dict[str, bytes] = {}
    for one in notices_of(report, task.tongue, calendar=calendar(), workdays=_WORKDAYS):
        name = token(one.department) if one.department else Both("未写明单位", "no-unit").say(task.tongue)
        free, number = f"{name}.docx", 2
        while free in files:
            free, number = f"{name}-{number}.docx", number + 1
        files[free] = _as_docx(one.letter, report)
        if one.listed:
            files[f"{free.removesuffix('.docx')}.xlsx"] = _annex(report, one, task.tongue)
    if not files:
        raise TaskRefused(Both("没有须整改的事项，不必出通知书", "there is nothing to mend, so there is no notice"))
    return _one_or_zip(files, Both("整改通知书", "notices").say(task.tongue))


def _annex(report: Report, notice: Notice, tongue: Tongue) -> bytes:
    from guiju.reports.writers.to_excel import annex_to_excel

    made: bytes = annex_to_excel(report, notice.listed, tongue)
    return made


def _as_docx(letter: Letter, report: Report) -> bytes:
    from guiju.reports.writers.to_docx import letter_to_docx

    made: bytes = letter_to_docx(letter, datetime.combine(report.provenance.as_of, datetime.min.time()))
    return made


def _summary(task: Task, submission: Submission, report: Report) -> _Made:
    return f"{Both('一页纸', 'summary').say(task.tongue)}.docx", _as_docx(summary_of(report, task.tongue), report)


def _pack(task: Task, submission: Submission, report: Report) -> _Made:
    if task.asked.columns or task.asked.not_data or task.asked.profile is not None:
        words = Both(
            "改过读法或指定了场景的检查不能封存：证据包里还没有地方写明这些",
            "a check with a corrected reading or a profile given by name cannot be packed: a pack has no place yet to say so",
        )
        raise TaskRefused(words)
    asked = PackAsked(as_of=report.provenance.as_of, tongue=task.tongue, kind=task.asked.kind, forms=USUAL_FORMS)
    data, _ = pack(gather(task.asked.files), ruleset(), calendar(), {}, asked, written_form, with_inputs=True)
    return f"{Both('证据包', 'evidence').say(task.tongue)}.zip", data


def _slip(task: Task, submission: Submission, report: Report) -> _Made:
    from guiju.evidence.slip import make_slip
    from guiju.evidence.verify import open_pack

    _, packed = _pack(task, submission, report)
    return f"{Both('凭单', 'slip').say(task.tongue)}.json", make_slip(open_pack(packed), (), written_form, task.finding)


def _one_or_zip(files: Mapping[str, bytes], name: str) -> _Made:
    if len(files) == 1:
        [(only, data)] = files.items()
        return only.rpartition("/")[2], data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(each, date_time=_EPOCH), data, zipfile.ZIP_DEFLATED)
    return f"{name}.zip", out.getvalue()


_MAKERS: dict[str, Callable[[Task, Submission, Report], _Made]] = {
    "marked": _marked,
    "given": _given,
    "letter": _letter,
    "summary": _summary,
    "pack": _pack,
    "slip": _slip,
}
