"""Registers that a bureau lays beside the shipped ones: its own facts, and parts of its own outline."""

from pathlib import Path

import pytest

pytest.importorskip("docx", reason="Word needs guiju[word]")

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from tests.documents.papers import paper

_OWN = """
名录 江夏文稿抽取 / document_fact_jiangxia "document fact of Jiangxia"
  事实  fact      文本       主键
  种类  kind      文本
  标签  labels    若干 文本
  句式  patterns  若干 文本
  归入  fills     文本
  条目     灯具数 | 数 | 灯具数量 | 更换灯具{数}盏, 灯具共{数}盏 | -

名录 江夏提纲部分 / outline_part_jiangxia "outline part of Jiangxia"
  编号      id "ID"  文本       主键
  提纲      outline  文本
  次序      order    整数
  名称      name     文本
  英文      english  文本
  别名      aliases  若干 文本
  近章      near     若干 文本
  写法      form     文本
  需要      need     文本
  文种      papers   若干 文本
  投资下限  from     整数
  至少      least    整数
  条款      clause   文本
  条目     江夏1 | 江夏提纲 | 1 | 农村应用 | Use in the countryside | 乡村 | - | 写到 | 必有 | - | 0 | 0 | 区里的通知
"""


def test_rows_of_a_bureau_are_looked_for_beside_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.gj"
    own.write_text(_OWN, "utf-8")
    ruleset = read_rules([shipped_rules(), own], Cache(None)).ruleset
    assert ruleset is not None
    data = paper("styled", ["本期更换灯具1,260盏。", "其中乡村道路不在范围内。", "全部完成后灯具共1,620盏，项目总投资520.00万元。"])
    found = read(["-"], ruleset.vocabulary, stdin=data, stdin_name="x.docx").records[0].value
    assert {"灯具数", "总投资"} <= {one["fact"] for one in found["rivals"]}
    assert [one["stated"] for one in found["parts"] if one["outline"] == "江夏提纲"] == ["是"]
    assert any(one["outline"] == "通用大纲" for one in found["parts"])
