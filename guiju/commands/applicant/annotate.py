"""`--annotate`: each input given back as a marked copy; the suffix of the output chooses its form, and the original is only read.

Several inputs go to a folder. Word of what a copy may lack goes to stderr.
"""

import hashlib
from pathlib import Path

from guiju.catalog.formats import find_format
from guiju.catalog.office.zip_check import check_zip
from guiju.catalog.readers.from_csv import find_mark
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.limits import USUAL
from guiju.catalog.records.model import Input, Submission
from guiju.catalog.tables.grid import Grid
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.decoding import decode_bytes
from guiju.forms.annotate.mark_text import list_json, list_ndjson, mark_csv, mark_yaml
from guiju.forms.annotate.mark_workbook import Marked, list_workbook, mark_tables, mark_workbook
from guiju.forms.annotate.remarks import Marking, remarks_of, remarks_while_reading
from guiju.forms.files.csv_fields import csv_rows
from guiju.forms.files.words import WORDS
from guiju.reports.model import Report
from guiju.terms.progress import Work
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict

__all__ = ["annotate", "annotate_fault"]

_BOOKS = (".xlsx", ".xlsm")
_OWN_FORM = {
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
    "ndjson": (".ndjson", ".jsonl"),
    "csv": (".csv", ".tsv", ".txt"),
    "excel": (),
    "word": (".docx",),
}


def annotate_fault(to: Path, files: tuple[str, ...]) -> str | None:
    """Why no copy can be written there; None where it can."""
    if _is_folder(to, files):
        return None
    if to.suffix.lower() not in (*_BOOKS, *(one for suffixes in _OWN_FORM.values() for one in suffixes)):
        return say(f"标注副本的后缀应是 .xlsx，或与原件相同：{to}", f"a marked copy ends in .xlsx or in the suffix of the original: {to}")
    return None


def _is_folder(to: Path, files: tuple[str, ...]) -> bool:
    return to.is_dir() or len(files) > 1 or any(Path(file).is_dir() for file in files)


def annotate(
    report: Report,
    submission: Submission,
    to: Path,
    files: tuple[str, ...],
    stdin: bytes | None,
    *,
    tongue: Tongue = TONGUE,
    quiet: bool = False,
) -> bool:
    """Whether every input was given back marked."""
    folder = _is_folder(to, files)
    if folder:
        to.mkdir(parents=True, exist_ok=True)
    done = True
    taken: set[Path] = set()
    for one in submission.inputs:
        target = _free(to / _copy_name(one), taken) if folder else to
        taken.add(target)
        done = _annotate_one(report, submission, one, target, stdin, tongue, quiet=quiet) and done
    return done


def _copy_name(one: Input) -> str:
    path = Path(one.file)
    suffix = ".xlsx" if one.format in ("excel", "csv") and path.suffix.lower() != ".xlsm" else path.suffix
    return f"{path.stem}-{say('标注', 'marked')}{suffix}"


def _free(target: Path, taken: set[Path]) -> Path:
    found, number = target, 2
    while found in taken:
        found, number = target.with_stem(f"{target.stem}-{number}"), number + 1
    return found


def _annotate_one(
    report: Report, submission: Submission, one: Input, to: Path, stdin: bytes | None, tongue: Tongue, *, quiet: bool
) -> bool:
    data = _again(one, stdin)
    if data is None:
        gone = f"“{one.file}”在检查之后变了或没有了，没有标注。", f"`{one.file}` has changed or gone since the check; it is not marked."
        eprint(say(*gone))
        return False
    marking = Marking(
        file=one.file,
        sha256=one.sha256,
        as_of=report.provenance.as_of,
        ruleset=report.provenance.ruleset,
        remarks=tuple(
            sorted(
                (*remarks_of(report.findings, one.file, tongue), *remarks_while_reading(submission.diagnostics, one.file, tongue)),
                key=lambda remark: -remark.severity,
            )
        ),
        undetermined=report.count(Verdict.UNDETERMINED),
        tongue=tongue,
    )
    # What a workbook is made of holds on to one another until it is written; nothing of it could be collected.
    with collector_resting():
        written = _marked(data, one, submission, marking, to, quiet=quiet)
    if written is None:
        return False
    write(written, to)
    eprint(say(f"标注副本：{to}（{len(marking.remarks)} 处）", f"marked copy: {to} ({len(marking.remarks)} remarks)"))
    return True


def _again(one: Input, stdin: bytes | None) -> bytes | None:
    """The bytes that were checked, and no others."""
    path = Path(one.file)
    try:
        data = path.read_bytes() if path.is_file() else stdin
    except OSError:
        return None
    return data if data is not None and hashlib.sha256(data).hexdigest() == one.sha256 else None


def _marked(data: bytes, one: Input, submission: Submission, marking: Marking, to: Path, *, quiet: bool) -> bytes | None:
    suffix = to.suffix.lower()
    format = find_format(one.file, data) or one.format
    if suffix in _BOOKS:
        return _as_workbook(data, one, format, marking, macros=suffix == ".xlsm", quiet=quiet)
    if suffix not in _OWN_FORM.get(format, ()):
        eprint(say(f"“{one.file}”不能标注成 {suffix}，请用 .xlsx。", f"`{one.file}` cannot be marked as {suffix}; use .xlsx."))
        return None
    match format:
        case "word":
            from guiju.forms.annotate.mark_word import mark_word

            marked: bytes = mark_word(data, marking)
            return marked
        case "json":
            return list_json(marking).encode()
        case "ndjson":
            return list_ndjson(marking).encode()
    source, encoding, _ = decode_bytes(data, one.file, one.encoding)
    if source is None:
        return None
    if format == "yaml":
        return _encoded(mark_yaml(source.text, marking), data, encoding)
    header = min((one.place.line for one in submission.headers if one.place.file == marking.file and one.place.line), default=1)
    return _encoded(mark_csv(source.text, find_mark(source, one.file), header, marking), data, encoding)


def _as_workbook(data: bytes, one: Input, format: str, marking: Marking, *, macros: bool, quiet: bool) -> bytes:
    marked = _marked_workbook(data, one, format, marking, macros=macros, quiet=quiet)
    if marked.lost:
        parts = ("、" if TONGUE == "zh" else ", ").join(part.say(TONGUE) for part in marked.lost)
        eprint(WORDS["lost"].say(TONGUE).format(what=parts))
    for part in marked.left:
        eprint(part.say(TONGUE))
    return marked.data


def _marked_workbook(data: bytes, one: Input, format: str, marking: Marking, *, macros: bool, quiet: bool) -> Marked:
    if format == "excel":
        grids, _ = open_sheets(one.file, data)
        sound = data.startswith(b"PK") and b"opendocument.spreadsheet" not in data[:200] and not check_zip(data, one.file, USUAL)[1]
        if not sound:
            return mark_tables(grids or (), marking)
        with bar(quiet=quiet) as progress:
            if progress is not None:
                progress(Work.WRITE, 0, 0)
            return mark_workbook(data, grids or (), marking, macros=macros)
    if format == "csv":
        source, _, _ = decode_bytes(data, one.file, one.encoding)
        if source is not None:
            rows = [[field.text for field in row.fields] for row in csv_rows(source.text, find_mark(source, one.file))]
            return mark_tables((Grid(file=one.file, sheet=None, rows=rows),), marking)
    return list_workbook(marking)


def _encoded(text: str, original: bytes, encoding: str) -> bytes:
    """The text in the encoding of the original, its byte order mark kept; in UTF-8 with a mark where that has no such characters."""
    if original.startswith(b"\xef\xbb\xbf"):
        return b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass")
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    try:
        return (marks.get(encoding, b"") if original.startswith(tuple(marks.values())) else b"") + text.encode(encoding)
    except UnicodeEncodeError:
        eprint(say(f"{encoding} 写不下标注的字，副本改用 UTF-8。", f"{encoding} cannot hold the words; the copy is in UTF-8."))
        return b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass")
