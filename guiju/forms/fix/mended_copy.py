"""A corrected copy of one input, read again and found to say what the original says but for what was corrected.

It writes nothing: the copy, what was corrected and what was not are handed on; why there is no copy is a `NotMended`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from guiju.catalog.formats import find_format
from guiju.catalog.office.zip_check import check_zip
from guiju.catalog.read import read
from guiju.catalog.readers.from_csv import find_mark
from guiju.catalog.readers.from_excel import open_sheets
from guiju.catalog.records.limits import USUAL
from guiju.catalog.records.model import Input, Submission
from guiju.catalog.value_notes import notes_of, values_of
from guiju.diagnostics.decoding import decode_bytes
from guiju.forms.annotate.reading_account import spot
from guiju.forms.files.words import WORDS
from guiju.forms.fix.edits import Edit, apply_edits, difference, edits_of_csv, edits_of_tree, mendable
from guiju.forms.fix.mend_workbook import mend_workbook
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both, Tongue

__all__ = ["MENDABLE", "Mended", "Mending", "NotMended", "mended_copy", "unmendable_words"]

_MOST_LISTED = 2_000
MENDABLE = ("yaml", "json", "ndjson", "csv", "excel", "ckan", "frictionless")
"""Formats whose values stand as they are in a text or in cells."""
_WHERE = {
    "word": Both("请在 Word 里改", "mend it in Word"),
    "dcat": Both("请在导出它的系统里改，或者改为 Excel、CSV、JSON 再交", "mend it where it is exported, or hand in Excel, CSV or JSON"),
    "parquet": Both(
        "请在写出它的程序里改，或者改为 Excel、CSV、JSON 再交", "mend it in the program that writes it, or hand in Excel, CSV or JSON"
    ),
}


class NotMended(Exception):
    """There is no corrected copy; `words` say why."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """How an input was read, so that its copy is read alike; `to` is the name of the copy where it has another, `stamp` its day.

    With `unsafe` also what needs looking at is corrected. `paint` colours the lines of a difference.
    """

    stamp: date
    tongue: Tongue
    unsafe: bool = False
    to: str | None = None
    kind: str | None = None
    encoding: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    not_data: tuple[str, ...] = ()
    paint: Callable[[str], str] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A corrected copy: its bytes, what was corrected and what was not, a diff, and what the copy may lack."""

    data: bytes
    done: tuple[Edit, ...]
    left: tuple[Edit, ...]
    diff: str
    lost: tuple[Both, ...] = ()


def unmendable_words(file: str, format: str) -> Both:
    """Why an input of that format cannot be rewritten, and where to mend it instead."""
    why = _WHERE.get(format, Both("", ""))
    tail = Both(f"：{why.zh}", f": {why.en}") if why.zh else why
    return Both(f"“{file}”（{format}）不能改写{tail.zh}。", f"`{file}` ({format}) cannot be rewritten{tail.en}.")


def mended_copy(data: bytes, given: Input, submission: Submission, vocabulary: Vocabulary, how: Mending) -> Mended:
    """The copy, read again and found to say the same. Raises NotMended."""
    # Codes are spelled as of no day: fixing a spelling must not depend on when it is done.
    united = tuple(one.field for one in submission.headers if one.unit is not None and one.field is not None)
    every = mendable(notes_of(submission.records, vocabulary), unsafe=how.unsafe)
    mends = tuple(one for one in every if not _is_under(one, united))
    format = find_format(given.file, data) or given.format
    mended = _of_workbook(data, given, mends, how) if format == "excel" else _of_text(data, given, format, mends, how)
    name = how.to if how.to is not None and format == "excel" else given.file
    again = read(
        ("-",),
        vocabulary,
        encoding=how.encoding,
        kind=how.kind,
        columns=how.columns,
        not_data=how.not_data,
        stdin=mended.data,
        stdin_name=PurePath(name).name,
    )
    if not _says_the_same(submission, again, vocabulary, mended.done):
        raise NotMended(_READS_OTHERWISE)
    return mended


_READS_OTHERWISE = Both(
    "改过的副本读出来与原件不一样，没有写。请把这个文件报给我们。",
    "The mended copy does not read as the original did, so it is not written. Please report this file.",
)


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


def _of_text(data: bytes, given: Input, format: str, mends: tuple[Edit, ...], how: Mending) -> Mended:
    source, encoding, _ = decode_bytes(data, given.file, given.encoding)
    if source is None:
        raise NotMended(_READS_OTHERWISE)
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
        words = Both(f"{encoding} 写不下改好的字，没有改。", f"{encoding} cannot hold the mended words; nothing was mended.")
        raise NotMended(words) from None
    return Mended(
        data=encoded,
        done=tuple(one for number, one in enumerate(mends) if number in edits),
        left=tuple(one for number, one in enumerate(mends) if number not in edits),
        diff=difference(PurePath(given.file).name, source.text, text, how.paint),
    )


def _of_workbook(data: bytes, given: Input, mends: tuple[Edit, ...], how: Mending) -> Mended:
    suffix = PurePath(how.to).suffix.lower() if how.to is not None else ".xlsx"
    if suffix not in (".xlsx", ".xlsm"):
        raise NotMended(Both("表格的副本请用 .xlsx。", "The copy of a workbook ends in .xlsx."))
    grids, _ = open_sheets(given.file, data)
    sound = data.startswith(b"PK") and b"opendocument.spreadsheet" not in data[:200] and not check_zip(data, given.file, USUAL)[1]
    made, numbers, lost = mend_workbook(data if sound else None, grids or (), mends, how.stamp, macros=suffix == ".xlsm")
    done = tuple(one for number, one in enumerate(mends) if number in numbers)
    lines = [f"{spot(one.place)}  {one.field.say(how.tongue)}  {one.note.raw} → {one.new}{'' if one.safe else ' (?)'}" for one in done]
    if len(lines) > _MOST_LISTED:
        lines = [*lines[:_MOST_LISTED], WORDS["more"].say(how.tongue).format(n=len(lines) - _MOST_LISTED)]
    left = tuple(one for number, one in enumerate(mends) if number not in numbers)
    return Mended(data=made, done=done, left=left, diff="".join(line + "\n" for line in lines), lost=lost)
