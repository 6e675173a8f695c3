"""A form that is filled as its example row shows reads back whole: each header known, each row at its owner."""

import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.catalog.read import read
from guiju.catalog.tables.own_sheets import OWN_MARK
from guiju.forms.template.form_plan import form_plan
from guiju.forms.template.to_template import to_template
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.terms.tongue import Tongue

_RULESET = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
assert _RULESET is not None
_ROOTS = Kinds(_RULESET.vocabulary, find_roots(_RULESET.vocabulary)).root_shapes


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("kind", ("dataset", "project", "work_plan", "catalog"))
def test_a_form_filled_as_its_example_shows_reads_back_whole(tmp_path: Path, kind: str, tongue: Tongue) -> None:
    assert _RULESET is not None
    shape = next(one for one in _ROOTS if one.id == kind)
    made = to_template(form_plan(_RULESET, (shape,), tongue, date(2026, 11, 28)), _RULESET.digest)
    book = openpyxl.load_workbook(io.BytesIO(made))
    for sheet in book.worksheets:
        if str(sheet["A1"].value or "").startswith(OWN_MARK):
            continue
        for example, header in zip(sheet[2], sheet[3], strict=True):
            if header.value and example.value is not None:
                filled = str(example.value).removeprefix("示例：").removeprefix("Example: ")
                sheet.cell(4, header.column).value = filled
    file = tmp_path / "form.xlsx"
    book.save(file)
    got = read([file], _RULESET.vocabulary)
    assert len(got.records) == 1 and got.records[0].shape == kind
    assert [one.header for one in got.headers if one.field is None] == []
    assert [one.headline(Tongue.ZH) for one in got.diagnostics if one.code != "D063"] == []
    assert all(one.records == 1 for one in got.sheets)
