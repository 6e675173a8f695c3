"""Rule files in the other tongue and back."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from guiju.author.layout import laid_out
from guiju.author.translate import Translation, citation_in, translate
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue
from tests.unit.author.made import TEXT

pytestmark = pytest.mark.slow

_SHIPPED = tuple(Source(path.relative_to(shipped_rules()).as_posix(), path.read_text("utf-8")) for path in rule_files([shipped_rules()]))


@cache
def _in_english() -> Translation:
    return translate(_SHIPPED, (), load_registry(), Tongue.EN)


@cache
def _back() -> Translation:
    there = tuple(Source(one.name, text) for one, text in zip(_SHIPPED, _in_english().texts, strict=True))
    return translate(there, (), load_registry(), Tongue.ZH)


def test_every_shipped_file_is_translated_without_an_error_or_a_change_of_meaning() -> None:
    assert _in_english().diagnostics == ()
    assert _in_english().changed == ()


@pytest.mark.parametrize("at", range(len(_SHIPPED)), ids=[one.name for one in _SHIPPED])
def test_there_and_back_gives_the_bytes_of_the_layout(at: int) -> None:
    assert _back().texts[at] == laid_out(_SHIPPED[at])[0]
    assert _in_english().texts[at] != _back().texts[at]


def _english(text: str) -> str:
    return re.sub(r"(?<=\S) {2,}| *\n {8,}", " ", _exact(text))


def _exact(text: str) -> str:
    made = translate((Source("a.gj", text),), (), load_registry(), Tongue.EN)
    assert made.diagnostics == () and made.changed == ()
    return made.texts[0]


def test_fields_codes_parameters_shapes_and_rules_take_their_other_names() -> None:
    said = _english(TEXT)
    for words in (
        "  applies sharing_type is conditional\n",
        "  shall interval <= most_days\n",
        "  subject items of dataset\n",
        "  共享属性 sharing_type sharing_type",
        "  信息项 items many item\n",
        "  cites 数据安全法 art 21\n",
    ):
        assert words in said, words
    assert "shall size > 0" in said


def test_comments_and_running_text_stay_as_they_are() -> None:
    said = _english("# 甲\n" + TEXT.replace("主键", "主键  # 乙", 1) + "# 丙\n")
    for words in ("# 甲\n", "# 乙", "# 丙\n", "整改 缩短更新间隔。", "fix Update more often.", "## 有条件共享要及时更新"):
        assert words in said, words


def test_a_name_that_is_an_alias_or_a_code_stays_as_it_is() -> None:
    assert "sharing_type is 无条件\n" in _english(TEXT.replace("共享属性 是 有条件共享", "共享属性 是 无条件"))


def test_the_digest_of_the_rules_is_the_same_in_both_tongues() -> None:
    digests = {compile_rules((Source("a.gj", text),), load_registry())[0].digest for text in (TEXT, _exact(TEXT))}  # type: ignore[union-attr]
    assert len(digests) == 1


def test_words_that_stand_for_the_subject_the_day_and_the_formats_are_translated() -> None:
    text = (
        TEXT
        + "\n规则 名称像样 / name_is_fine\n  依据  数据安全法 第二十一条\n  对象  数据集\n"
        + "  应当  名称 符合格式 标准编号 且 检查日 > 2020-01-01 且 本数据集.名称 已提供 且 长度(名称) > 1\n"
        + "  整改  甲\n"
    )
    assert "name has format standard_number and as_of_day > 2020-01-01 and this_dataset.name is given and length(name) > 1" in _english(
        text
    )


def test_a_file_that_mixes_tongues_is_said_to_be_mixed() -> None:
    made = translate((Source("a.gj", TEXT.replace("  应当     更新间隔", "  shall    更新间隔")),), (), load_registry(), Tongue.EN)
    assert made.mixed == ("a.gj",) and made.changed == ()


def test_brackets_around_a_name_that_needs_none_come_back() -> None:
    text = TEXT.replace("应当     长度 > 0", "应当     「长度」 > 0")
    english = _exact(text)
    assert "「size」 > 0" in english
    assert translate((Source("a.gj", english),), (), load_registry(), Tongue.ZH).texts[0] == laid_out(Source("a.gj", text))[0]


def test_a_name_that_would_be_read_as_another_thing_stays_as_it_is() -> None:
    text = TEXT.replace("期限天数 / most_days", "期限天数 / interval")
    english = _exact(text)
    assert "interval <= 期限天数" in english
    assert translate((Source("a.gj", english),), (), load_registry(), Tongue.ZH).texts[0] == laid_out(Source("a.gj", text))[0]


def test_an_error_in_the_file_stops_the_translation() -> None:
    made = translate((Source("a.gj", TEXT.replace("长度 > 0", "长渡 > 0")),), (), load_registry(), Tongue.EN)
    assert made.texts == () and {one.code for one in made.diagnostics} == {"N001"}


@pytest.mark.parametrize(
    "text",
    ["数据安全法 第二十一条第一款", "政务数据共享条例 第十三条第二款", "国办发〔2019〕57号 第二十三条", "某某办法 第一条", "数据安全法"],
)
def test_a_citation_comes_back_as_it_was(text: str) -> None:
    registry = load_registry()
    there = citation_in(text, registry, Tongue.EN)
    assert citation_in(there, registry, Tongue.ZH) == text


def _run(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "guiju", "translate", *words, "--lang=en"], capture_output=True, check=False)


def test_the_command_finds_the_names_of_a_lone_file_in_the_files_beside_it(tmp_path: Path) -> None:
    vocabulary, _, rules = TEXT.partition("## 有条件共享要及时更新\n")
    (tmp_path / "words.gj").write_text(vocabulary, "utf-8")
    (tmp_path / "rules.gj").write_text(rules, "utf-8")
    done = _run("--to", "en", str(tmp_path / "rules.gj"), "-o", str(tmp_path / "out.gj"))
    assert done.returncode == 0, done.stderr.decode()
    assert "interval <= most_days" in (tmp_path / "out.gj").read_text("utf-8")


def test_the_command_refuses_a_file_with_errors_and_an_unknown_tongue(tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text("规则 甲\n  应当 (\n", "utf-8")
    assert _run("--to", "en", str(tmp_path / "a.gj")).returncode == 2
    assert _run("--to", "fr", str(tmp_path / "a.gj")).returncode == 2
