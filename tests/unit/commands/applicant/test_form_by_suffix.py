"""`check -o` writes the form that the name of the file asks for, unless another is asked for."""

from pathlib import Path

import pytest

from tests.command import guiju

RULES = "对象 数据集 / dataset\n  名称 name 文本 主键\n\n规则 有名 / named\n  依据 政务数据共享条例 第十三条\n  对象 数据集\n  应当 名称 已提供\n"


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (("-o", "r.json"), b"{"),
        (("-o", "r.html"), b"<!"),
        (("-o", "r.HTM"), b"<!"),
        (("-o", "r.xlsx"), b"PK"),
        (("-o", "r.md"), b"#"),
        (("-o", "r.txt"), b"1 "),
        (("-o", "r"), b"1 "),
        (("-o", "r.xlsx", "-f", "json"), b"{"),
    ],
)
def test_the_suffix_says_the_form(words: tuple[str, ...], begins: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.gj").write_text(RULES, "utf-8")
    (tmp_path / "a.yaml").write_text("数据集:\n  - {名称: 甲}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert guiju("check", "a.yaml", "--rules", "r.gj", "--lang", "en", *words) == 0
    assert (tmp_path / words[1]).read_bytes().lstrip(b"\xef\xbb\xbf").startswith(begins)
