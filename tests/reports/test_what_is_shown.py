"""What nobody sees in a value is seen in every report: blanks at ends and in a row, line ends, marks without width, controls.

One catalog with such values goes through the command into every form that it can write; each form is read by a reader of its kind.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from guiju.reports.formats import FORMATS
from tests.command import guiju
from tests.reports.unseen import unseen_characters

_RULES = """对象 物 / thing
  名称 name 文本 主键
  城市 city 文本
  提供单位 unit 文本
规则 城市是武汉 / city_is_wuhan
  对象 物
  依据 政务数据共享条例 第十四条
  应当 城市 = "武汉"
"""
# Each comes to stand at a place of its own, as a value and as a name.
_VALUES = {
    "武汉 ": "武汉⟨U+0020⟩",
    " 武汉": "⟨U+0020⟩武汉",
    "武\u200b汉": "武⟨U+200B⟩汉",
    "武汉\n": "武汉⟨U+000A⟩",
    "武\x1c汉": "武⟨U+001C⟩汉",
    "武汉\x1f": "武汉⟨U+001F⟩",
    "武\u3000汉": "武⟨U+3000⟩汉",
    "武\u3164汉": "武⟨U+3164⟩汉",
}
# A single blank within a name can be seen.
_NAMES = [f"物{shown}物" for shown in _VALUES.values() if "U+0020" not in shown]
_CONFINED = re.compile(unseen_characters().pattern.replace("[", "[\u00a0", 1))


@pytest.fixture
def catalog(tmp_path: Path) -> list[object]:
    rules, data = tmp_path / "r.gj", tmp_path / "d.json"
    rules.write_text(_RULES, encoding="utf-8")
    things = [{"name": f"物{value}物", "city": value, "unit": "市数据局"} for value in _VALUES]
    data.write_text(json.dumps(things, ensure_ascii=False), encoding="utf-8")
    return [data, "--rules", rules, "--kind", "thing", "--as-of", "2026-06-01", "--lang", "zh"]


def _words(path: Path) -> str:
    """What a reader sees of a file, with the escapes of its form undone and its layout left out."""
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        import pdfplumber

        with pdfplumber.open(path) as pages:
            return "".join("".join(page.chars[at]["text"] for at in range(len(page.chars))) for page in pages.pages)
    if data.startswith(b"PK"):
        return "\n".join(_parts(path))
    text = data.decode("utf-8")
    if path.suffix in (".json", ".jsonl", ".sarif"):
        # Raw strings are shown by their escapes; sentences hold numbers.
        assert not _CONFINED.search(text.replace("\ufeff", ""))
    return unescape(re.sub(r"\\(?=[⟨⟩+\[\]])", "", text)) if path.suffix in (".html", ".md", ".xml") else text


def _parts(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                text = unescape(re.sub(r"<[^>]*>", "", archive.read(name).decode("utf-8")))
                assert not _CONFINED.search(text.replace("\u00a0", " ").replace("\ufeff", "")) or name.startswith("xl/worksheets"), name
                yield text


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_every_form_of_a_report_shows_what_was_compared(form: str, catalog: list[object], tmp_path: Path) -> None:
    suffix = {"text": "txt", "markdown": "md", "junit": "xml", "gitlab": "json", "oscal": "json", "github": "txt"}.get(form, form)
    out = tmp_path / f"out.{suffix}"
    assert guiju("check", *catalog, "--most", "0", "-f", form, "-o", out) == 1
    seen = _words(out)
    assert [shown for shown in _VALUES.values() if shown not in seen] == []
    assert [shown for shown in _NAMES if shown not in seen] == []


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_letters_and_the_page_for_leaders_show_it(form: str, catalog: list[object], tmp_path: Path) -> None:
    assert guiju("notice", *catalog, "-f", form, "-o", tmp_path / "letters") == 1
    # The annex lies beside it as a workbook.
    seen = "".join(map(_words, sorted((tmp_path / "letters").iterdir())))
    assert [shown for shown in _NAMES if shown not in seen] == []


@pytest.mark.parametrize("marked", ["marked.xlsx", "marked.json"])
def test_a_marked_copy_shows_it(marked: str, catalog: list[object], tmp_path: Path) -> None:
    out = tmp_path / marked
    assert guiju("check", *catalog, "--annotate", out, "-q") == 1
    seen = _words(out)
    assert [shown for shown in _VALUES.values() if shown not in seen] == []
