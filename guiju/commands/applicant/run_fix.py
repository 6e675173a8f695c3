"""Runs `guiju fix`: reads, corrects a copy, reads the copy again, and only then writes it.

0 written, or nothing to correct · 1 there is something to correct and nothing was written · 2 it could not be done.
"""

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.catalog.formats import REMOTE, find_format
from guiju.catalog.office.zip_check import check_zip
from guiju.catalog.read import read
from guiju.catalog.readers.from_csv import find_mark
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.limits import USUAL
from guiju.catalog.records.model import Input, Submission
from guiju.catalog.value_notes import notes_of, values_of
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import colours, eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES, decode_bytes
from guiju.forms.annotate.reading_account import spot
from guiju.forms.files.words import WORDS
from guiju.forms.fix.edits import Edit, apply_edits, difference, edits_of_csv, edits_of_tree, mendable
from guiju.forms.fix.mend_workbook import mend_workbook
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["FixOptions", "Mended", "mended_copy", "run_fix"]

_MOST_LISTED = 2_000
# Formats whose values stand as they are in a text or in cells.
_MENDABLE = ("yaml", "json", "ndjson", "csv", "excel", "ckan", "frictionless")
_WHERE = {
    "word": Both("请在 Word 里改", "mend it in Word"),
    "dcat": Both("请在导出它的系统里改，或者改为 Excel、CSV、JSON 再交", "mend it where it is exported, or hand in Excel, CSV or JSON"),
    "parquet": Both(
        "请在写出它的程序里改，或者改为 Excel、CSV、JSON 再交", "mend it in the program that writes it, or hand in Excel, CSV or JSON"
    ),
}
_AT_SOURCE = Both("数据库和门户只读不改，请在原处改", "databases and portals are only read; mend it at its source")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions:
    """The options of the command."""

    file: str
    output: Path | None
    diff: bool
    unsafe: bool
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    kind: str | None
    encoding: str | None
    stdin_name: str
    color: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A corrected copy: its bytes, what was corrected and what was not, a diff, and what the copy may lack."""

    data: bytes
    done: tuple[Edit, ...]
    left: tuple[Edit, ...]
    diff: str
    lost: tuple[Both, ...] = ()


def run_fix(options: FixOptions) -> int:
    """Runs the command and returns its exit code."""
    fault = _fault_of(options)
    if fault is not None:
        eprint(fault)
        return 2
    ruleset = rules_or_complain(options.rules, options.add_rules, color=options.color)
    if ruleset is None:
        return 2
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if options.file == "-" else None
    submission = _read(options, ruleset.vocabulary, (options.file,), stdin)
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=options.color)
    if not submission.records or any(one.level is Level.ERROR for one in submission.diagnostics):
        eprint(say("没有读通，不改。", "It was not read whole, so nothing is mended."))
        return 2
    data = stdin if stdin is not None else Path(options.file).read_bytes()
    [given] = submission.inputs
    format = find_format(given.file, data) or given.format
    if format not in _MENDABLE:
        why = _WHERE.get(format, Both("", ""))
        eprint(say(f"“{given.file}”（{format}）不能改写：{why.zh}。", f"`{given.file}` ({format}) cannot be rewritten: {why.en}."))
        return 2
    if hashlib.sha256(data).hexdigest() != given.sha256:
        eprint(say("文件在读的时候变了，请再试一次。", "The file changed while it was read; try again."))
        return 2
    mended = mended_copy(data, given, submission, ruleset.vocabulary, options)
    if mended is None:
        return 2
    return _hand_over(options, mended)


def _fault_of(options: FixOptions) -> str | None:
    if ":" in options.file and options.file.partition(":")[0] in REMOTE:
        return say(f"{_AT_SOURCE.zh}。", f"{_AT_SOURCE.en}.")
    if options.file != "-" and Path(options.file).is_dir():
        return say("一次改一个文件。", "One file is mended at a time.")
    return None


def _read(options: FixOptions, vocabulary: Vocabulary, files: tuple[str, ...], stdin: bytes | None) -> Submission:
    return read(files, vocabulary, encoding=options.encoding, kind=options.kind, stdin=stdin, stdin_name=options.stdin_name)


def mended_copy(data: bytes, given: Input, submission: Submission, vocabulary: Vocabulary, options: FixOptions) -> Mended | None:
    """The copy, read again and found to say the same; None after saying why there is none."""
    # Codes are spelled as of no day: fixing a spelling must not depend on when it is done.
    united = tuple(one.field for one in submission.headers if one.unit is not None and one.field is not None)
    every = mendable(notes_of(submission.records, vocabulary), unsafe=options.unsafe)
    mends = tuple(one for one in every if not _is_under(one, united))
    format = find_format(given.file, data) or given.format
    mended = _of_workbook(data, given, mends, options) if format == "excel" else _of_text(data, given, format, mends)
    if mended is None:
        return None
    name = str(options.output) if options.output is not None and format == "excel" else given.file
    again = _read(replace(options, stdin_name=Path(name).name), vocabulary, ("-",), mended.data)
    if not _says_the_same(submission, again, vocabulary, mended.done):
        eprint(
            say(
                "改过的副本读出来与原件不一样，没有写。请把这个文件报给我们。",
                "The mended copy does not read as the original did, so it is not written. Please report this file.",
            )
        )
        return None
    return mended


def _is_under(one: Edit, united: tuple[str, ...]) -> bool:
    """Whether the value stands under a header that gives bare numbers a unit: a number without its own would then mean another amount."""
    path = ".".join(step for step in one.note.path if isinstance(step, str))
    return any(path == field or path.endswith(f".{field}") for field in united)


def _says_the_same(one: Submission, other: Submission, vocabulary: Vocabulary, done: tuple[Edit, ...]) -> bool:
    """Whether every value means what it did, but for those that were changed beyond spelling."""
    if len(one.records) != len(other.records):
        return False
    loose = {(mend.note.record.number, mend.note.path) for mend in done if not mend.safe}
    loose |= {(number, path[:-1]) for number, path in loose}
    for before, after in zip(one.records, other.records, strict=True):
        had = {path: value for path, value in values_of(before, vocabulary) if (before.number, path) not in loose}
        has = {path: value for path, value in values_of(after, vocabulary) if (before.number, path) not in loose}
        if had != has:
            return False
    return True


def _of_text(data: bytes, given: Input, format: str, mends: tuple[Edit, ...]) -> Mended | None:
    source, encoding, _ = decode_bytes(data, given.file, given.encoding)
    if source is None:
        return None
    if format == "csv":
        edits = edits_of_csv(source, find_mark(source, given.file), mends)
    else:
        edits = edits_of_tree(source, mends, yaml=format == "yaml", lines=format == "ndjson")
    text = apply_edits(source.text, edits.values())
    plain = source.text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")
    head = data[: max(0, len(data) - len(plain))]
    try:
        encoded = head + text.encode(encoding)
        if head + plain != data:
            raise UnicodeEncodeError(encoding, "", 0, 0, "the bytes do not come back")
    except UnicodeEncodeError:
        eprint(say(f"{encoding} 写不下改好的字，没有改。", f"{encoding} cannot hold the mended words; nothing was mended."))
        return None
    return Mended(
        data=encoded,
        done=tuple(one for number, one in enumerate(mends) if number in edits),
        left=tuple(one for number, one in enumerate(mends) if number not in edits),
        diff=difference(Path(given.file).name, source.text, text, _paint if colours(None) else lambda line: line),
    )


def _paint(line: str) -> str:
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line


def _of_workbook(data: bytes, given: Input, mends: tuple[Edit, ...], options: FixOptions) -> Mended | None:
    suffix = options.output.suffix.lower() if options.output is not None else ".xlsx"
    if suffix not in (".xlsx", ".xlsm"):
        eprint(say("表格的副本请用 .xlsx。", "The copy of a workbook ends in .xlsx."))
        return None
    grids, _ = open_sheets(given.file, data)
    sound = data.startswith(b"PK") and b"opendocument.spreadsheet" not in data[:200] and not check_zip(data, given.file, USUAL)[1]
    made, numbers, lost = mend_workbook(data if sound else None, grids or (), mends, today(), macros=suffix == ".xlsm")
    done = tuple(one for number, one in enumerate(mends) if number in numbers)
    lines = [f"{spot(one.place)}  {one.field.say(TONGUE)}  {one.note.raw} → {one.new}{'' if one.safe else ' (?)'}" for one in done]
    if len(lines) > _MOST_LISTED:
        lines = [*lines[:_MOST_LISTED], WORDS["more"].say(TONGUE).format(n=len(lines) - _MOST_LISTED)]
    left = tuple(one for number, one in enumerate(mends) if number not in numbers)
    return Mended(data=made, done=done, left=left, diff="".join(line + "\n" for line in lines), lost=lost)


def _hand_over(options: FixOptions, mended: Mended) -> int:
    for one in mended.left[:20]:
        where = f"{spot(one.place)} {one.note.raw}"
        eprint(say(f"没有改（原处写的不是这个值）：{where}", f"not mended (its place holds something else): {where}"))
    if not mended.done:
        eprint(say("没有可以改的。", "There is nothing to mend."))
        return 0
    if options.diff or options.output is None:
        put(mended.diff, None)
    safe = sum(1 for one in mended.done if one.safe)
    if options.output is None:
        eprint(say(f"可以改 {len(mended.done)} 处；用 -o 写出副本。", f"{len(mended.done)} things can be mended; write the copy with -o."))
        return 1
    put(mended.data, options.output)
    if mended.lost:
        parts = ("、" if TONGUE == "zh" else ", ").join(part.say(TONGUE) for part in mended.lost)
        eprint(WORDS["copy_lost"].say(TONGUE).format(what=parts))
    unsure = len(mended.done) - safe
    asked = say(f"，其中 {unsure} 处请人核对", f", of which {unsure} need looking at") if unsure else ""
    eprint(say(f"{options.output}：改了 {len(mended.done)} 处{asked}。", f"{options.output}: {len(mended.done)} things mended{asked}."))
    return 0
