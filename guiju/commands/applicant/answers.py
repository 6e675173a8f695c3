"""The answers of a file laid over a submission before it is checked."""

from dataclasses import replace
from pathlib import Path

from guiju.catalog.records.model import Submission
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.forms.answers import read_answers, with_answers
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["answered"]


def answered(submission: Submission, file: Path, vocabulary: Vocabulary) -> Submission:
    """The submission with what was confirmed, and what is said of the file."""
    try:
        data = file.read_bytes()
    except OSError as error:
        why = Both(f"打不开（{error.strerror}）", f"it cannot be opened ({error.strerror})")
        fault = complain("D141", Span(str(file), 0, 0), name=str(file), why=why)
        return replace(submission, diagnostics=(*submission.diagnostics, fault))
    source, _, found = decode_bytes(data, str(file))
    if source is None:
        return replace(submission, diagnostics=(*submission.diagnostics, *found))
    answers, told = read_answers(source, vocabulary)
    laid = with_answers(submission, answers)
    return replace(laid, diagnostics=(*submission.diagnostics, *found, *told), sources=(*submission.sources, source))
