"""What holds of rule files that are damaged: each declaration is in the sealed ruleset, or an error is told; nothing vanishes."""

import random
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.model.names.declared import name_of
from guiju.dsl.syntax.from_text import parse
from guiju.standards.load import load_registry

ROOT = Path(__file__).resolve().parent.parent.parent
PLAIN = """模块 试 / probe 版本 1
词表 色 / colour
  1 红 / red 别名 丹
  2 绿 / green
读法 常 / usual
  空白 无
  金额单位 元
对象 丁 / ding
  读法 常
  名称 name 文本 主键
  数 num 数
  色 colour 色
  子 parts 若干 丙
对象 丙 / bing
  额 amount 金额
名录 单位 / unit
  名 title 文本 主键
  条目 甲局
参数 上限 / cap
  = 5 自 2020-01-01
术语 大 / big 对象 丁
  是指 数 > 上限
决策表 费 / fee
  条件 量 数
  结果 额 数
  1 → 5
  ≥ 2 → 7
规则 试 / probe_rule
  依据 政务数据共享条例 第十三条
  对象 丁
  适用 大
  除外 红 当 色 是 红
  应当 费(数) = 5 且 每个 子 满足 (额 > 1 元)
  整改 改。
规则 又 / other
  状态 草案
  对象 丁
  受 试 限制
  应当 名称 已提供
人工 看 / look
  依据 政务数据共享条例 第十四条
  因为 要看
  由 人
框架 WH-01 物 / things
  收录 GB/T 40994-2021
"""
TEXTS = [PLAIN, *(file.read_text("utf-8") for file in sorted((ROOT / "guiju/rules/vocabulary").rglob("*.gj"))[:4])]


def _damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        lines = text.splitlines()
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
            case 4:
                words, others = re.split(r"(\s+)", lines[at]), lines[other].split() or [""]
                words[chance.randrange(len(words))] = chance.choice(others)
                lines[at] = "".join(words)
            case 5:
                lines[at] = lines[at].lstrip() if chance.random() < 0.5 else "  " + lines[at]
            case 6:
                # A value in place of which a declared name is called.
                lines[at] = re.sub(r"\d+", lambda _: chance.choice(["费(1)", "大", "上限", "色"]), lines[at])
            case _:
                names = re.findall(r"\w+", text)
                old, new = chance.choice(names), chance.choice(names)
                lines[at] = lines[at].replace(old, new)
        text = "\n".join(lines) + "\n" if lines else "\n"
    return text


@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_each_declaration_is_in_the_sealed_ruleset_or_an_error_is_told(text: str, seed: int) -> None:
    source = Source("rules.gj", _damaged(text, random.Random(seed)))
    ruleset, found = compile_rules((source,), load_registry())
    errors = [one for one in found if one.level is Level.ERROR]
    if ruleset is None:
        assert errors, source.text
        return
    assert not errors
    tree, _ = parse(source)
    sealed = {
        "rule": sum(not one.implicit for one in ruleset.rules),
        "judged": len(ruleset.judged),
        "parameter": len(ruleset.parameters),
        "term": len(ruleset.terms),
        "codelist": len(ruleset.vocabulary.codes),
        "reading": len(ruleset.vocabulary.readings),
        "shape": sum(not one.register for one in ruleset.vocabulary.shapes),
        "register": sum(one.register for one in ruleset.vocabulary.shapes),
        "framework": len(ruleset.frameworks),
    }
    declared = [one.kind for one in tree.decls]
    assert {kind: declared.count(kind) for kind in sealed} == sealed, source.text
    assert all(name_of(one) is not None or one.head.code for one in tree.decls), source.text
