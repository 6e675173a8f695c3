"""Comments are neither aliases nor descriptions, and what is printed reads back; the aliases of a code may go on in the next line."""

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.print.file import print_file
from guiju.dsl.syntax.shift import strip_spans
from guiju.dsl.syntax.tree import CodeLine


@pytest.mark.parametrize("comment", ["", " # 说明", " #", "  # 甲, 乙"])
def test_a_comment_is_no_alias(comment: str) -> None:
    tree, found = parse(Source("a.gj", f"词表 颜色 / colour\n  1  红 / red  别名 赤, 朱{comment}\n     丹, 绯\n"))
    (line,) = tree.decls[0].parts
    assert isinstance(line, CodeLine) and line.aliases == ("赤", "朱", "丹", "绯") and not found
    (again,) = parse(Source("a.gj", print_file(tree)))[0].decls[0].parts
    assert isinstance(again, CodeLine) and again.aliases == line.aliases


@pytest.mark.parametrize("alias", ['l"', '甲" # 乙', "甲 # 乙", "“甲”", "#甲", "甲, 乙", "12″"])
def test_an_alias_is_printed_so_that_it_reads_back(alias: str) -> None:
    quoted = f"「{alias}」"
    text = f"词表 颜色 / colour\n  1  红 / red  别名 赤, {quoted}  # 说明\n"
    (line,) = parse(Source("a.gj", text))[0].decls[0].parts
    (again,) = parse(Source("a.gj", print_file(parse(Source("a.gj", text))[0])))[0].decls[0].parts
    assert isinstance(line, CodeLine) and line.aliases == ("赤", alias)
    assert isinstance(again, CodeLine) and (again.aliases, again.trailing) == (line.aliases, "说明")


@pytest.mark.parametrize("comment", ["# 甲", "#", "# # 甲", "### 甲", "#### 甲", "#甲"])
def test_a_comment_stays_what_it_is(comment: str) -> None:
    tree = parse(Source("a.gj", f"{comment}\n词表 颜色 / colour\n  1  红 / red\n"))[0].decls[0]
    again = parse(Source("a.gj", print_file(parse(Source("a.gj", f"{comment}\n词表 颜色 / colour\n  1  红 / red\n"))[0])))[0].decls[0]
    assert (again.comments, again.docs) == (tree.comments, tree.docs)


def test_a_word_that_holds_the_other_keyword_is_quoted() -> None:
    text = '读法 通用 / common\n  真 是, "有 假"\n  假 否\n'
    tree = parse(Source("a.gj", text))[0]
    again = parse(Source("a.gj", print_file(tree)))[0]
    assert strip_spans(again) == strip_spans(tree) and '"有 假"' in print_file(tree)
