"""What a user meets who checks by rule files of their own: the shipped shapes are there, and each mistake is told with a way out."""

from pathlib import Path

from guiju.commands.shared.vocabulary_files import with_vocabulary
from guiju.pipeline import memo_of, read_rules
from guiju.terms.tongue import Tongue

_RULE = """规则 甲规则 / a_rule
  依据     政务数据共享条例 第十五条第二款
  对象     数据集
  应当     {test}
  整改     写明。
  自       2025-08-01
"""


def _told(tmp_path: Path, test: str) -> list[tuple[str, str]]:
    file = tmp_path / "own.gj"
    file.write_text(_RULE.format(test=test), encoding="utf-8")
    compiled = read_rules(with_vocabulary((file,)), memo_of({"GUIJU_CACHE": ""}))
    return [
        (one.code, one.help.say(Tongue.ZH) if one.help else "")
        for one in compiled.diagnostics
        if one.code[0] != "H" and one.span.file.endswith("own.gj")
    ]


def test_rules_that_state_no_shape_are_about_the_shipped_ones(tmp_path: Path) -> None:
    assert _told(tmp_path, "名称 已提供") == []


def test_rules_that_state_a_shape_stand_alone(tmp_path: Path) -> None:
    file = tmp_path / "own.gj"
    file.write_text("对象 物件 / thing\n  名称 文本 / name text\n", encoding="utf-8")
    assert with_vocabulary((file,)) == (file,)


def test_a_word_that_documents_use_for_a_field_leads_to_its_name(tmp_path: Path) -> None:
    assert _told(tmp_path, "数据集名称 已提供") == [("N001", "是不是“名称”？")]


def test_an_unknown_code_leads_to_a_label_and_never_to_an_alias(tmp_path: Path) -> None:
    ((code, help),) = _told(tmp_path, "共享属性 是 有条件分享")
    assert (code, help) == ("N004", "是不是“有条件共享”？")
