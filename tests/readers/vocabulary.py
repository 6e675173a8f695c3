"""The vocabulary with which the doors are tried; declared here, so that the doors are tested without the language."""

from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, DateT, IntT, ListT, MoneyT, PeriodT, RecordT, TextT, Type

__all__ = ["VOCABULARY"]

_TEXT = TextT()


def _field(id: str, zh: str, type: Type = _TEXT, *aliases: str, required: bool = False, key: bool = False) -> Field:
    return Field(id=id, name=Both(zh, id), type=type, aliases=aliases, required=required, key=key)


_ITEM = Shape(
    id="item",
    name=Both("信息项", "item"),
    fields=(_field("name", "信息项名称"), _field("type", "数据类型"), _field("length", "长度", IntT())),
)
_PROVIDER = Shape(id="provider", name=Both("提供方信息", "provider"), fields=(_field("name", "名称"), _field("phone", "电话")))
_DATASET = Shape(
    id="dataset",
    name=Both("数据集", "dataset"),
    aliases=("目录条目",),
    fields=(
        _field("code", "目录代码", TextT(), key=True),
        _field("name", "名称", TextT(), "标题", "数据目录名称", "信息资源名称", "title", required=True),
        _field("unit", "提供单位", TextT(), "机构分类", "来源部门"),
        _field("openness", "开放类型", TextT(), "开放条件", "开放状态"),
        _field("cycle", "更新频率", TextT(), "更新周期"),
        _field("about", "简介", TextT(), "数据简介", "摘要信息"),
        _field("issued", "发布日期", DateT(), "发布时间", "数据集创建时间"),
        _field("downloads", "下载次数", IntT()),
        _field("cost", "建设经费", MoneyT()),
        _field("answer_within", "答复期限", PeriodT()),
        _field("provider", "提供方", RecordT("provider")),
        _field("items", "信息项", ListT(RecordT("item"))),
        _field("sensitive", "含敏感", BoolT()),
        _field("tags", "标签", ListT(TextT())),
    ),
)
_CATALOG = Shape(
    id="catalog",
    name=Both("目录", "catalog"),
    fields=(_field("name", "目录名称"), _field("owner", "编制单位"), _field("datasets", "数据集", ListT(RecordT("dataset")))),
)
_PROJECT = Shape(
    id="project",
    name=Both("项目", "project"),
    aliases=("建设项目",),
    fields=(
        _field("name", "项目名称", required=True),
        _field("client", "建设单位", TextT(), "客户名称"),
        _field("total", "总投资", MoneyT(), "金额", "预算金额"),
        _field("month", "预计时间"),
    ),
)

VOCABULARY = Vocabulary(shapes=(_ITEM, _PROVIDER, _DATASET, _CATALOG, _PROJECT))
