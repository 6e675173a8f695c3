"""What was understood while reading, laid out for `guiju read FILE`: which table is what, which header is which field, what was left out.

Facts only; drawing them is left to the caller. Everything here comes out of the submission.
"""

from dataclasses import dataclass

from guiju.catalog.records.model import HeaderMatch, Input, LeftOut, SheetReading, Submission
from guiju.diagnostics.diagnostic import Diagnostic

__all__ = ["InputReading", "explain_reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputReading:
    """One input: its tables and lists, its headers (in the order met, matched and unmatched), what was left out, what was complained of."""

    input: Input | None
    file: str
    sheets: tuple[SheetReading, ...]
    headers: tuple[HeaderMatch, ...]
    unmatched: tuple[HeaderMatch, ...]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


def explain_reading(submission: Submission) -> tuple[InputReading, ...]:
    """One entry for each input, in reading order, and after them those that could not be opened."""
    files = dict.fromkeys(one.file for one in submission.inputs)
    files.update(dict.fromkeys(one.span.file for one in submission.diagnostics))
    inputs = {one.file: one for one in submission.inputs}
    return tuple(_explain(submission, file, inputs.get(file)) for file in files)


def _explain(submission: Submission, file: str, given: Input | None) -> InputReading:
    headers = tuple(one for one in submission.headers if one.place.file == file)
    return InputReading(
        input=given,
        file=file,
        sheets=tuple(one for one in submission.sheets if one.place.file == file),
        headers=headers,
        unmatched=tuple(one for one in headers if one.field is None),
        left_out=tuple(one for one in submission.left_out if one.place.file == file),
        diagnostics=tuple(one for one in submission.diagnostics if one.span.file == file),
    )
