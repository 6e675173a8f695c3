"""Written documents: the outline in every style, each kind of fault at its words, nothing on what is sound, and copies that change no text."""

import json
import random
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

docx = pytest.importorskip("docx", reason="Word needs guiju[word]")

from guiju.catalog.documents.from_docx import read_writing  # noqa: E402
from guiju.catalog.read import read  # noqa: E402
from guiju.pipeline import read_rules, shipped_rules  # noqa: E402
from guiju.store.cache import Cache  # noqa: E402
from tests.documents.papers import STYLES, paper  # noqa: E402

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def _check(file: Path, *more: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "guiju", "check", str(file), "--as-of", "2026-03-01", "-f", "json", *more]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _failed(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in report["findings"] if one["verdict"] in ("FAIL", "ERROR")]


def _words(report: dict[str, Any]) -> list[str]:
    return [place["words"] for one in _failed(report) for place in one["places"] if place.get("words")]


@pytest.mark.parametrize("style", STYLES)
def test_the_outline_is_found_in_every_style(style: str) -> None:
    writing = read_writing(docx.Document(BytesIO(paper(style))), "x.docx")
    titles = [one.title for one in writing.sections if one.level == 1]
    assert titles == ["项目概况", "建设方案", "投资估算", "结论"]
    assert sum(one.level == 2 for one in writing.sections) == 8


FAULTS = {
    "标准版本": ("执行GB/T 28181-2016。", "GB/T 28181-2016"),
    "标准编号": ("执行GB/T 35114-2017。", "GB/T 35114-2017"),
    "条号": ("依据《政府投资条例》第四十五条。", "《政府投资条例》第四十五条"),
    "文号": ("依据国办发[2019]57号。", "国办发[2019]57号"),
    "金额": ("项目总投资520.00万元。", "总投资520.00万元"),
    "大写": ("合同金额500.00万元（大写：伍佰壹拾万元整）。", "伍佰壹拾万元整"),
    "分项": ("费用500.00万元，其中设备300.00万元、施工250.00万元。", "500.00万元"),
    "比例": ("资金来源为市级财政承担70%，区级财政承担40%。", "市级财政承担70%，区级财政承担40%"),
    "占位": ("【此处补充协调情况】", "【此处补充协调情况】"),
    "手机": ("联系人手机15900000017。", "15900000017"),
    "旧名": ("由市卫生和计划生育委员会提供。", "市卫生和计划生育委员会"),
    "区名": ("由雨花区城管部门协调。", "雨花区城管"),
    "视频": ("视频图像信息保存15天。", "视频图像信息保存15天"),
    "垫资": ("由施工单位先行垫资建设。", "由施工单位先行垫资建设"),
}


def test_every_kind_of_fault_is_found_at_its_words(tmp_path: Path) -> None:
    file = tmp_path / "faulty.docx"
    file.write_bytes(paper("bold", [said for said, _ in FAULTS.values()]))
    found = _words(_check(file))
    missed = [kind for kind, (_, words) in FAULTS.items() if not any(words in one or one in words for one in found)]
    assert not missed


@pytest.mark.parametrize("style", ["styled", "bold"])
def test_a_sound_document_has_no_finding_above_a_hint(style: str, tmp_path: Path) -> None:
    file = tmp_path / "sound.docx"
    sound = [
        "GB/T 33356-2016已由GB/T 33356-2022代替。",
        "项目总投资500.00万元（大写：伍佰万元整），低于3000万元。",
        "费用500.00万元，其中设备300.00万元、施工200.00万元。",
        "资金由市级财政承担70%，区级财政承担30%。",
        "公示期不少于15日，参考深圳市南山区的做法，不由施工单位垫资。",
    ]
    rows = [["序号", "名称", "金额（万元）"], ["1", "设备", "300.00"], ["2", "施工", "200.00"], ["", "合计", "500.00"]]
    file.write_bytes(paper(style, sound, rows=rows))
    assert [one["rule"] for one in _failed(_check(file)) if one["severity"] != "advisory"] == []


def test_a_total_that_is_not_the_sum_is_found_in_its_cell(tmp_path: Path) -> None:
    file = tmp_path / "sum.docx"
    rows = [["序号", "名称", "金额（万元）"], ["1", "设备", "300.00"], ["2", "施工", "200.00"], ["", "合计", "510.00"]]
    file.write_bytes(paper("styled", rows=rows))
    places = [place for one in _failed(_check(file)) if one["rule"].endswith("document_figures_agree") for place in one["places"]]
    assert [(one["cell"], one["words"]) for one in places] == [("C4", "510.00")]


def test_rivals_are_not_taken_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "rivals.docx"
    file.write_bytes(paper("styled", ["项目总投资520.00万元。"]))
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    project = next(one for one in read([file], ruleset.vocabulary).records if one.shape == "project")
    assert project.value["investment"] == "500.00万元；总投资520.00万元"


def test_a_marked_copy_has_comments_and_the_same_text(tmp_path: Path) -> None:
    file, marked = tmp_path / "paper.docx", tmp_path / "marked.docx"
    file.write_bytes(paper("bold", [said for said, _ in FAULTS.values()]))
    report = _check(file, "--annotate", str(marked))
    one, other = docx.Document(str(file)), docx.Document(str(marked))
    texts = [["".join(t.text or "" for t in p.iter(_TEXT)) for p in each.element.body.iter(_PARAGRAPH)] for each in (one, other)]
    assert texts[0] == texts[1]
    assert len(list(other.comments)) == len(_failed(report))
    with ZipFile(file) as before, ZipFile(marked) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed <= {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}


def test_damaged_documents_never_crash() -> None:
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    chance, whole = random.Random(18), paper("styled")
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.randrange(len(data))]) if chance.random() < 0.3 else bytes(data)
        read(["-"], ruleset.vocabulary, stdin=cut, stdin_name="x.docx")


@pytest.mark.parametrize("name", ["a_lamp_poles_feasibility", "b_lamp_poles_faulty"])
def test_the_truths_are_met(name: str, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared / "cases" / "documents"
    truth = json.loads((folder / f"{name}.truth.json").read_text("utf-8"))
    failed = [one for one in _failed(_check(folder / f"{name}.docx")) if one["severity"] != "advisory" or "states" in one["rule"]]
    hit: set[int] = set()
    found, all_of = Counter[str](), Counter[str]()
    for fault in truth["faults"]:
        at = [number for number, one in enumerate(failed) for place in one["places"] if _stands(place, fault)]
        hit |= set(at)
        if fault["certain"]:
            all_of[fault["kind"]] += 1
            found[fault["kind"]] += bool(at)
    with capsys.disabled():
        for kind, count in all_of.items():
            print(f"\n{kind}: recall {found[kind]}/{count}", end="")
        print(f"\n{name}: precision {len(hit)}/{len(failed)}")
    assert found == all_of
    assert len(failed) - len(hit) <= (2 if truth["faults"] else 0)


def _stands(place: dict[str, Any], fault: dict[str, Any]) -> bool:
    words, heading = place.get("words") or "", place.get("heading") or ""
    if "absent" in fault:
        return bool(heading) and heading.split(" › ")[-1] in fault["where"]
    return bool(words) and any(words in quote or quote in words for quote in fault.get("quote", ()))
