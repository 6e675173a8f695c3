"""Every door meets `guiju fix`: a copy with nothing lost, or a sentence that says why there is none; the original stands in any case."""

import hashlib
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.commands.applicant.run_fix import FixOptions, run_fix
from tests.readers.samples import CATALOG, FORMS, write_sample
from tests.roundtrip.marked import ruleset

_REWRITTEN = {"yaml", "json", "ndjson", "csv", "xlsx", "ods", "ckan", "frictionless"}
_ROWS = tuple({**row, "更新频率": "按年"} for row in CATALOG)


def _wish(file: str, output: Path | None, *, unsafe: bool = False) -> FixOptions:
    wish = {"rules": (), "add_rules": (), "kind": None, "encoding": None, "stdin_name": "-", "color": False}
    return FixOptions(file=file, output=output, diff=True, unsafe=unsafe, **wish)


def _digests(folder: Path) -> dict[Path, str]:
    return {one: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("form", [*FORMS, "parquet"])
def test_each_format_is_mended_or_refused_with_a_sentence(
    form: str, unsafe: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if form == "parquet":
        arrow, parquet = (pytest.importorskip(name) for name in ("pyarrow", "pyarrow.parquet"))
        given = str(tmp_path / "a.parquet")
        parquet.write_table(arrow.Table.from_pylist(list(_ROWS)), given)
    else:
        given = write_sample(tmp_path, form, _ROWS, "数据集")
    before = _digests(tmp_path)
    copy = tmp_path / f"copy{'.xlsx' if form in ('xlsx', 'ods') else Path(given).suffix}"
    code = run_fix(_wish(given, copy, unsafe=unsafe))
    said = capsys.readouterr().err
    assert {one: digest for one, digest in _digests(tmp_path).items() if one != copy} == before
    if form not in _REWRITTEN:
        assert (
            code == 2 and not copy.exists() and any(words in said for words in ("不能改写", "只读不改", "cannot be rewritten", "only read"))
        ), said
        return
    assert code == 0, said
    read_back = read([str(copy)], ruleset().vocabulary).records
    assert [one.value["update_frequency"] for one in read_back if one.shape == "dataset"] == ["每年"] * 3
    assert [one.value["name"] for one in read_back if one.shape == "dataset"] == [row["名称"] for row in _ROWS]


@pytest.mark.parametrize(("encoding", "end"), [("cp950", "\r\n"), ("gb18030", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\n")])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_encoding_line_ends_and_separators_of_a_table_stay(encoding: str, end: str, mark: str, tmp_path: Path) -> None:
    label = "更新頻率" if encoding == "cp950" else "更新频率"
    rows = [
        ["名称" if encoding != "cp950" else "name", label if encoding != "cp950" else "update_frequency", "備註"],
        ["甲", "按年", '"a b"'],
        ["乙", "每日", "  x "],
    ]
    text = end.join(mark.join(row) for row in rows) + end
    file = tmp_path / ("a.tsv" if mark == "\t" else "a.csv")
    file.write_bytes(text.encode(encoding))
    copy = tmp_path / f"copy{file.suffix}"
    assert run_fix(_wish(str(file), copy)) == 0
    assert copy.read_bytes() == text.replace("按年", "每年").encode(encoding)


def test_texts_that_follow_one_another_are_mended_where_they_stand(tmp_path: Path) -> None:
    file, copy = tmp_path / "a.json", tmp_path / "b.json"
    text = '{"data": [{"名称": "甲", "更新频率": "按年"}]}\n\n{"data":\n [{"名称": "乙", "更新频率": "按年"}]}\n'
    file.write_text(text, encoding="utf-8")
    assert run_fix(_wish(str(file), copy)) == 0
    assert copy.read_text(encoding="utf-8") == text.replace("按年", "每年")
