"""Rules across records of two kinds in one file, and several rules on one field: a stream finds what memory finds, also with keys on a disk."""

import json
from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.dsl.ir.tree import Compare, Const, Corpus, Fold, Group, Members, Quant, QuantKind, Read, SubjectSpec, Unique
from guiju.terms.modality import Force
from guiju.terms.types import DateT, IntT, TextT
from guiju.validators.engines.joins.operators import KEYS
from guiju.validators.validate import validate
from guiju.validators.validate_stream import validate_stream
from tests.unit.validators.build import CALENDAR, DAY, VOCABULARY, Rules, T, rule

pytest.importorskip("duckdb", reason="keys on a disk need guiju[big]")

CODE = Read(0, ("code",), TextT())
LATER = Compare(">", Read(1, ("day",), DateT()), Read(0, ("day",), DateT()))
REPORTED = Quant(QuantKind.SOME, 0, 1, Corpus("report", ((("kind",), CODE),)), LATER)
MEMBERS = Fold("count", 1, Members("dataset"), None, None, None, IntT())
BY_CODE = SubjectSpec(shape="dataset", group=Group((CODE,)))


RULES = Rules(
    rules=(
        rule(T, "first_kind", subject=SubjectSpec(shape="report")),
        rule(Compare("≥", MEMBERS, Const(2, IntT())), "in_company", subject=BY_CODE),
        rule(Compare("≤", MEMBERS, Const(1, IntT())), "alone", subject=BY_CODE),
        rule(REPORTED, "looks", force=Force.SHALL_NOT),
        rule(Unique(CODE, None), "once"),
    ),
    vocabulary=VOCABULARY,
)


@pytest.mark.parametrize("keys", [KEYS, 1])
def test_what_is_sought_among_another_kind_and_counted_by_groups_is_told_as_in_memory(tmp_path: Path, keys: int) -> None:
    lines = [{"shape": "report", "kind": f"c{n % 7}", "day": str(date(2025, 1 + n % 9, 1))} for n in range(30)]
    lines += [{"shape": "dataset", "name": f"n{n}", "code": f"c{n % 25}", "day": str(date(2025, 1 + n % 9, 3))} for n in range(40)]
    data = tmp_path / "data.ndjson"
    data.write_text("".join(json.dumps(one) + "\n" for one in [*lines, {"shape": "dataset", "name": "no code"}]), "utf-8")
    memory = validate(RULES, read([data], VOCABULARY), as_of=DAY, calendar=CALENDAR)
    stream = validate_stream(RULES, data, as_of=DAY, calendar=CALENDAR, keys=keys).outcome
    assert stream.tally == memory.tally and {one.rule for one in memory.findings} == {"looks", "in_company", "alone", "once"}
    assert stream.findings == memory.findings
