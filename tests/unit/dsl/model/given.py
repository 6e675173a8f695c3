"""The declarations on which the guilty one-liners stand: a dataset with a field of every type, its items, and reports about it."""

from guiju.dsl.ir.print import print_expr
from tests.check import check, requirement_of

__all__ = ["GIVEN", "accept", "probe", "refuse"]

GIVEN = """\
词表 共享属性 / sharing_type
  1  无条件共享 / unconditional  别名 无条件
  2  有条件共享 / conditional
  3  不予共享   / refused
名录 单位 / unit
  名称 name 文本 主键
  条目 市经信局
对象 附件 / attachment
  标题 title 文本
对象 信息项 / item
  名称 name 文本
  敏感 sensitive 是否
  金额 amount 金额
  类别 kind 共享属性
  附件 attachments 若干 附件
对象 提供方信息 / provider_info
  电话 phone 文本
对象 报送记录 / report
  编号 id 文本 主键
  报送单位 by_unit 引用 单位
  报送日期 day 日期
  数据集名称 about 文本
对象 数据集 / dataset
  名称       name          文本 主键
  共享属性   sharing_type  共享属性
  总投资     total_cost 金额
  面积       area 数量 km²
  更新日期   updated 日期
  发布日期   published 日期
  基站数     sites 整数
  完成率     rate 百分比
  期限       term 期限
  已延期     extended 是否
  关键词     keywords 若干 文本
  信息项     items 若干 信息项
  旧信息项   old_items 若干 提供方信息
  提供方     provider 提供方信息
  提供单位   unit 单位
参数 站数下限 / min_sites = 20000 个
参数 答复期限 / reply = 10 个工作日
"""


def probe(requirement: str, subject: str = "数据集", force: str = "应当") -> str:
    """A file with one draft rule that requires this."""
    return f"{GIVEN}规则 试 / probe\n  状态 草案\n  整改 改。\n  对象 {subject}\n  {force} {requirement}\n"


def refuse(requirement: str, *expected: str, subject: str = "数据集") -> None:
    """The requirement is refused with exactly these errors."""
    check(probe(requirement, subject), *expected)


def accept(requirement: str, subject: str = "数据集") -> str:
    """The requirement is accepted; it reads as this in the intermediate form."""
    return print_expr(requirement_of(probe(requirement, subject), "probe"))
