"""Which places name a declaration."""

from guiju.language_server.workspace import RuleWorkspace
from guiju.standards.load import load_registry

_ASKED = (("codelist", "nation"), ("parameter", "number_form"), ("field", "ticket.day_of"))
TEXT = """\
对象 物 / thing
  数  n  数

填写说明 物 / thing
  条目  数 | 写个数。 | How many. | 3

规则 数够 / enough
  状态  草案
  对象  物
  应当  数 ≥ 3
"""


def test_guidance_names_the_shape_that_it_is_for() -> None:
    workspace = RuleWorkspace(load_registry())
    workspace.put("/a.gj", TEXT)
    names = workspace.snapshot().names
    lines = [TEXT[: one.name.span.start].count("\n") for _, one in names.references(("shape", "thing"))]
    assert lines == [0, 0, 3, 3, 8]
    assert [one.role for _, one in names.references(("field", "thing.n"))] == ["declared", "declared", "path"]


def test_a_list_is_named_where_it_is_asked_on_a_day_and_where_it_stands_for_a_pattern() -> None:
    text = """\
词表 国别 / nation
  1  甲国 / aland

参数 号式 / number_form = "[A-Z]+"

对象 票 / ticket
  国名  nation_name  文本
  日期值  day_of  日期

规则 查国 / checked
  状态  草案
  对象  票 按 年(日期值)
  应当  数量() > 0

规则 查国名 / checked_name
  状态  草案
  对象  票
  应当  国名 属于 国别 于 日期值 且 国名 含匹配 国别 且 国名 匹配 号式
"""
    workspace = RuleWorkspace(load_registry())
    workspace.put("/a.gj", text)
    names = workspace.snapshot().names
    lines = {to: [text[: one.name.span.start].count("\n") for _, one in names.references(to)] for to in _ASKED}
    assert lines == {
        ("codelist", "nation"): [0, 0, 17, 17],
        ("parameter", "number_form"): [3, 3, 17],
        ("field", "ticket.day_of"): [7, 7, 11, 17],
    }
