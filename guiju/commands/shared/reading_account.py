"""The account of what was understood of an input, as text or JSON."""

import json

from guiju.catalog.explain import explain_reading
from guiju.catalog.records.model import Submission
from guiju.catalog.value_notes import notes_of
from guiju.commands.terminal.tongue import TONGUE
from guiju.forms.annotate.reading_account import count_notes, reading_data, reading_text
from guiju.forms.annotate.to_outline import outline_lines
from guiju.terms.shape import Vocabulary

__all__ = ["account_of"]


def account_of(submission: Submission, vocabulary: Vocabulary, form: str) -> str:
    """The account of a reading, as text or as JSON."""
    readings = explain_reading(submission)
    notes = count_notes(notes_of(submission.records, vocabulary))
    if form == "json":
        return json.dumps(reading_data(readings, notes, TONGUE), ensure_ascii=False, indent=2) + "\n"
    told = [line for one in submission.records if one.shape == "written_document" for line in outline_lines(one, TONGUE)]
    return reading_text(readings, notes, vocabulary, TONGUE) + "".join(f"{line}\n" for line in told)
