"""One page for each thing that has a name."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from guiju.author.article import Article, Code, Items, Prose, Section, to_markdown, to_terminal
from guiju.author.explain import article_of, page_article
from guiju.author.lookup import FieldOf, Versions, find, find_codes, near
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.source import display_width
from guiju.terms.tongue import Tongue
from tests.unit.author.made import TEXT, ground, ruleset

pytestmark = pytest.mark.slow


def _page(name: str, tongue: Tongue = Tongue.ZH, on: date = date(2026, 1, 5)) -> str:
    (thing,) = find(name, ruleset())
    return to_markdown(article_of(thing, ground(tongue, on), page="", examples=(), cases="", with_plan=True))


def test_a_rule_is_found_by_its_id_its_last_part_and_both_names() -> None:
    (by_zh,) = find("更新及时", ruleset())
    assert isinstance(by_zh, Versions)
    for name in (by_zh.newest.id, "updated_in_time", "Updated In Time"):
        assert find(name, ruleset()) == (by_zh,)


def test_a_field_is_found_with_and_without_its_shape_and_by_an_alias() -> None:
    for name in ("共享类型", "数据集.共享属性", "dataset.sharing_type", "数据集.sharing_type"):
        found = [one for one in find(name, ruleset()) if isinstance(one, FieldOf)]
        assert [(one.shape.id, one.field.id) for one in found] == [("dataset", "sharing_type")]
    assert len([one for one in find("名称", ruleset()) if isinstance(one, FieldOf)]) == 2


def test_an_unknown_name_offers_its_neighbours() -> None:
    assert find("更新及寺", ruleset()) == ()
    assert "更新及时" in near("更新及寺", ruleset())


def test_the_page_of_a_rule_holds_clause_reason_text_mend_parameters_and_history() -> None:
    page = _page("updated_in_time")
    for words in (
        "数据安全法",
        "第二十一条",
        "数据要新",
        "适用     共享属性 是 有条件共享",
        "缩短更新间隔",
        "自 2025-01-01",
        "版本 1：自 2021-09-01 至 2025-07-31",
        "每条",
    ):
        assert words in page, words


def test_the_version_of_the_day_is_told_with_the_value_of_the_day() -> None:
    new, old = _page("updated_in_time"), _page("updated_in_time", on=date(2024, 1, 5))
    assert "20 天。" in new and "适用：共享属性" in new
    assert "10 天。" in old and "适用：总是" in old


def test_a_rule_about_elements_names_their_owner() -> None:
    assert "数据集中的每个信息项" in _page("item_has_size")
    assert "each item of a dataset" in _page("item_has_size", Tongue.EN)


def test_the_page_of_a_field_names_type_codes_and_the_rules_that_read_it() -> None:
    page = _page("dataset.sharing_type")
    assert "共享属性 (sharing_type)" in page and "无条件共享 / unconditional" in page
    assert "updated_in_time" in page and "item_has_size" not in page


def test_every_code_has_a_page_to_tell_even_before_one_is_written() -> None:
    for code in TABLE.values():
        assert find_codes(code.code) == (code,) and code in find_codes(code.slug)
        assert code.code in to_markdown(page_article(code, "", Tongue.EN))


def test_a_page_of_a_diagnostic_speaks_one_tongue() -> None:
    page = (
        "# X001 some-slug · 题\n\n## 为什么 · Why\n\n中文一句。\n\nOne sentence.\n\n## 图 · Drawing\n\n"
        "```text zh\n图\n```\n\n```text en\npicture\n```\n"
    )
    said = to_markdown(page_article(TABLE["N001"], page, Tongue.EN))
    assert "One sentence." in said and "picture" in said and "中文一句" not in said and "```text\n图" not in said


def test_a_fence_is_longer_than_any_run_of_backticks_inside() -> None:
    said = to_markdown(Article("t", (Code("a\n```\nb"),), ()))
    assert "````\na\n```\nb\n````" in said


def test_a_terminal_page_is_no_wider_than_asked_and_sends_no_control_signs() -> None:
    article = Article("题", (), (Section("节", (Prose("很长的一段话" * 30), Items(("one two three " * 20, "\x1b[31mred")))),))
    said = to_terminal(article, width=60, colour=False)
    assert max(display_width(line) for line in said.split("\n")) <= 62
    assert "\x1b" not in said


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "guiju", "explain", *words], capture_output=True, text=True, check=False)


def test_the_command_shows_cases_with_what_guiju_says_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text(TEXT, "utf-8")
    (tmp_path / "a.cases.yaml").write_text(
        'rule: item_has_size\nas_of: "2025-09-01"\ncases:\n  - 没有字: {given: {长度: 0}, want: fail}\n', "utf-8"
    )
    done = _run("item_has_size", "--rules", str(tmp_path), "--lang=zh", "--markdown")
    assert done.returncode == 0, done.stderr
    assert "不符合：没有字" in done.stdout and "- 没有字: {given: {长度: 0}, want: fail}" in done.stdout


def test_the_command_says_near_names_and_exits_with_two(tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text(TEXT, "utf-8")
    done = _run("item_has_sise", "--rules", str(tmp_path), "--lang=en")
    assert done.returncode == 2 and done.stdout == ""
    assert "item_has_size" in done.stderr


def test_a_diagnostic_is_told_while_the_rules_are_broken(tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text("规则 (\n", "utf-8")
    assert _run("N001", "--rules", str(tmp_path)).returncode == 0
