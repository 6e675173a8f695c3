"""One input given back marked: the suffix chooses the form of the copy, and the bytes that were checked are only read.

What there is to say of a copy (what it lacks, what a limit left out, why there is none) is handed on in words.
"""

from dataclasses import dataclass

from guiju.catalog.formats import find_format
from guiju.catalog.office.zip_check import check_zip
from guiju.catalog.readers.from_csv import find_mark
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.limits import USUAL
from guiju.catalog.records.model import HeaderMatch, Input, Submission
from guiju.catalog.tables.grid import Grid
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.decoding import decode_bytes
from guiju.forms.annotate.mark_text import list_json, list_ndjson, mark_csv, mark_yaml
from guiju.forms.annotate.mark_workbook import Marked, list_workbook, mark_tables, mark_workbook
from guiju.forms.annotate.remarks import Marking, remarks_of, remarks_while_reading
from guiju.forms.files.csv_fields import csv_rows
from guiju.forms.files.words import WORDS
from guiju.reports.model import Report
from guiju.terms.progress import Progress, Work
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["BOOKS", "OWN_FORM", "Copy", "copy_suffix", "marked_copy", "marking_of"]

BOOKS = (".xlsx", ".xlsm")
OWN_FORM = {
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
    "ndjson": (".ndjson", ".jsonl"),
    "csv": (".csv", ".tsv", ".txt"),
    "excel": (),
    "word": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "office": (".docx",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A marked copy, None where there can be none; the number of its remarks; and what is to be said of it."""

    data: bytes | None
    remarks: int = 0
    told: tuple[Both, ...] = ()


def copy_suffix(name: str, format: str) -> str:
    """The suffix of the copy of an input, where nobody chose one: tables become workbooks, texts stay what they are."""
    suffix = name[name.rfind(".") :] if "." in name else ""
    if format in ("excel", "csv") and suffix.lower() != ".xlsm":
        return ".xlsx"
    if format == "office":
        return ".docx"  # what LibreOffice made of the original is what was read
    return suffix if suffix.lower() in OWN_FORM.get(format, ()) or suffix.lower() in BOOKS else ".xlsx"


def marking_of(report: Report, submission: Submission, one: Input, tongue: Tongue) -> Marking:
    """What is to be marked in an input, the gravest first."""
    every = (*remarks_of(report.findings, one.file, tongue), *remarks_while_reading(submission.diagnostics, one.file, tongue))
    return Marking(
        file=one.file,
        sha256=one.sha256,
        as_of=report.provenance.as_of,
        ruleset=report.provenance.ruleset,
        remarks=tuple(sorted(every, key=lambda remark: -remark.severity)),
        undetermined=report.count(Verdict.UNDETERMINED),
        tongue=tongue,
    )


def marked_copy(data: bytes, one: Input, headers: tuple[HeaderMatch, ...], marking: Marking, suffix: str, tell: Progress | None) -> Copy:
    """The copy of an input whose bytes these are, in the form of that suffix."""
    # What a workbook is made of holds on to one another until it is written; nothing of it could be collected.
    with collector_resting():
        return _marked(data, one, headers, marking, suffix.lower(), tell)


def _marked(data: bytes, one: Input, headers: tuple[HeaderMatch, ...], marking: Marking, suffix: str, tell: Progress | None) -> Copy:
    count = len(marking.remarks)
    format = find_format(one.file, data) or one.format
    if suffix in BOOKS:
        made = _workbook(data, one, format, marking, macros=suffix == ".xlsm", tell=tell)
        return Copy(data=made.data, remarks=count, told=(*_lost(made), *made.left))
    if suffix not in OWN_FORM.get(format, ()):
        words = Both(f"“{one.file}”不能标注成 {suffix}，请用 .xlsx。", f"`{one.file}` cannot be marked as {suffix}; use .xlsx.")
        return Copy(data=None, told=(words,))
    match format:
        case "word":
            from guiju.forms.annotate.mark_word import mark_word

            return Copy(data=mark_word(data, marking), remarks=count)
        case "pdf":
            from guiju.forms.annotate.mark_pdf import mark_pdf

            return Copy(data=mark_pdf(data, marking), remarks=count)
        case "office":
            from guiju.catalog.readers.from_office import converted
            from guiju.forms.annotate.mark_word import mark_word

            made_of = converted(data, one.file[one.file.rfind(".") :].lower())
            if isinstance(made_of, Both):
                return Copy(data=None, told=(made_of,))
            return Copy(data=mark_word(made_of, marking), remarks=count)
        case "json":
            return Copy(data=list_json(marking).encode(), remarks=count)
        case "ndjson":
            return Copy(data=list_ndjson(marking).encode(), remarks=count)
    source, encoding, _ = decode_bytes(data, one.file, one.encoding)
    if source is None:
        return Copy(data=None)
    if format == "yaml":
        text = mark_yaml(source.text, marking)
    else:
        header = min((each.place.line for each in headers if each.place.file == marking.file and each.place.line), default=1)
        text = mark_csv(source.text, find_mark(source, one.file), header, marking)
    encoded, told = _encoded(text, data, encoding)
    return Copy(data=encoded, remarks=count, told=told)


def _lost(made: Marked) -> tuple[Both, ...]:
    if not made.lost:
        return ()
    zh, en = "、".join(part.zh for part in made.lost), ", ".join(part.en for part in made.lost)
    words = WORDS["lost"]
    return (Both(words.zh.format(what=zh), words.en.format(what=en)),)


def _workbook(data: bytes, one: Input, format: str, marking: Marking, *, macros: bool, tell: Progress | None) -> Marked:
    """The copy as a workbook, whatever the input is."""
    if format == "excel":
        grids, _ = open_sheets(one.file, data)
        sound = data.startswith(b"PK") and b"opendocument.spreadsheet" not in data[:200] and not check_zip(data, one.file, USUAL)[1]
        if not sound:
            return mark_tables(grids or (), marking)
        if tell is not None:
            tell(Work.WRITE, 0, 0)
        return mark_workbook(data, grids or (), marking, macros=macros)
    if format == "csv":
        source, _, _ = decode_bytes(data, one.file, one.encoding)
        if source is not None:
            rows = [[field.text for field in row.fields] for row in csv_rows(source.text, find_mark(source, one.file))]
            return mark_tables((Grid(file=one.file, sheet=None, rows=rows),), marking)
    return list_workbook(marking)


def _encoded(text: str, original: bytes, encoding: str) -> tuple[bytes, tuple[Both, ...]]:
    """The text in the encoding of the original, its byte order mark kept; in UTF-8 with a mark where that has no such characters."""
    if original.startswith(b"\xef\xbb\xbf"):
        return b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass"), ()
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    try:
        return (marks.get(encoding, b"") if original.startswith(tuple(marks.values())) else b"") + text.encode(encoding), ()
    except UnicodeEncodeError:
        words = Both(f"{encoding} 写不下标注的字，副本改用 UTF-8。", f"{encoding} cannot hold the words; the copy is in UTF-8.")
        return b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass"), (words,)
