"""Which places name a declaration."""

from guiju.language_server.workspace import RuleWorkspace
from guiju.standards.load import load_registry

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
