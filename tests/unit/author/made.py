"""A small model for the tests of the author's tools."""

from datetime import date

from guiju.author.explain_rule import Ground
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue

TEXT = """\
词表 共享属性 / sharing_type
  1  无条件共享 / unconditional  别名 无条件
  2  有条件共享 / conditional

参数 期限天数 / most_days
  = 10 天  自 2020-01-01 至 2024-12-31
  = 20 天  自 2025-01-01

## 一个数据集
对象 数据集 / dataset
  名称      name          文本      必填  主键  依据 政务数据共享条例 第十三条第二款
  共享属性  sharing_type  共享属性  可缺  别名 共享类型
  信息项    items         若干 信息项
  更新间隔  interval      数量 天

对象 信息项 / item
  名称  name  文本
  长度  size  整数

## 有条件共享要及时更新
规则 更新及时 / updated_in_time
  依据     数据安全法 第二十一条
  对象     数据集
  适用     共享属性 是 有条件共享
  应当     更新间隔 ≤ 期限天数
  整改     缩短更新间隔。
  fix      Update more often.
  理由     数据要新。
  版本     2
  自       2025-08-01

规则 更新及时 / updated_in_time
  依据     数据安全法 第二十一条
  对象     数据集
  应当     更新间隔 ≤ 期限天数
  整改     缩短更新间隔。
  版本     1
  自       2021-09-01 至 2025-07-31

规则 信息项有长度 / item_has_size
  依据     政务数据共享条例 第十三条第二款
  对象     信息项 于 数据集
  应当     长度 > 0
  整改     写明长度。
  自       2025-08-01
"""


def ruleset(text: str = TEXT) -> Ruleset:
    """The rules, sealed."""
    made, found = compile_rules((Source("made.gj", text),), load_registry())
    assert made is not None, [one.headline(Tongue.ZH) for one in found]
    return made


def ground(tongue: Tongue = Tongue.ZH, on: date = date(2026, 1, 5)) -> Ground:
    """What the pages of this model rest on."""
    return Ground(ruleset=ruleset(), registry=load_registry(), on=on, tongue=tongue)
