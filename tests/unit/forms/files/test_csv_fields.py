"""Every field of a CSV text has its stretch, and the stretches say what the common reader of CSV says."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from guiju.forms.files.csv_fields import csv_rows, quoted

_CELLS = st.text(st.sampled_from('甲ab ,"\n；=1'), max_size=6)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_fields_are_those_of_the_common_reader(rows: list[list[str]], end: str, last: bool) -> None:
    out = StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    text = out.getvalue() if last else out.getvalue().removesuffix(end)
    found = csv_rows(text, ",")
    assert [[field.text for field in row.fields] for row in found] == rows
    assert [text[row.end : row.end + len(end)] for row in found[:-1]] == [end] * (len(rows) - 1)


@given(st.text(st.sampled_from('甲a,"\n\r\t;'), max_size=30))
def test_stretches_and_marks_make_up_the_whole_text(text: str) -> None:
    at = 0
    for row in csv_rows(text, ","):
        for number, field in enumerate(row.fields):
            if number:
                assert text[at] == ","
                at += 1
            assert field.start == at and field.end >= at
            at = field.end
        assert row.end == at
        at += 2 if text.startswith("\r\n", at) else 1 if at < len(text) else 0
    assert at == len(text)


@given(_CELLS, st.sampled_from(",;\t"))
def test_a_quoted_field_reads_back(cell: str, mark: str) -> None:
    [row] = csv_rows(quoted(cell, mark) or '""', mark)
    assert [field.text for field in row.fields] == [cell]


def test_lines_are_counted_through_quoted_line_ends() -> None:
    assert [row.line for row in csv_rows('a,"b\n\nc"\nd,e\n', ",")] == [1, 4]
