"""The kind of a list is stated, named, or chosen by fit; what fits alike is never chosen."""

from guiju.catalog.mapping.kinds import Kinds, find_roots
from tests.readers.vocabulary import VOCABULARY

_KINDS = Kinds(VOCABULARY, find_roots(VOCABULARY))


def test_roots_are_the_shapes_that_do_not_only_occur_inside_others() -> None:
    assert find_roots(VOCABULARY) == {"dataset", "catalog", "project"}


def test_the_best_fit_is_chosen_with_how_many_fit() -> None:
    choice = _KINDS.choose(("标题", "更新频率", "机构分类", "天气"))
    assert choice.shape is VOCABULARY.shape("dataset")
    assert "4" in choice.how.zh and "3" in choice.how.zh and choice.sure == 75


def test_one_header_of_many_is_not_enough() -> None:
    assert _KINDS.choose(("标题", "天气", "气温")).shape is None


def test_shapes_that_fit_alike_are_all_named() -> None:
    choice = _KINDS.choose(("建设单位", "预计时间", "提供单位", "简介"))
    assert choice.shape is None and {one.id for one in choice.tied} == {"dataset", "project"}


def test_sheets_are_named_loosely_and_kinds_strictly() -> None:
    assert _KINDS.named_loosely("附件1 数据集清单") is VOCABULARY.shape("dataset")
    assert _KINDS.named_loosely("Sheet1") is None
    assert _KINDS.named("数据集清单") is None
    assert _KINDS.named("ＤＡＴＡＳＥＴ") is VOCABULARY.shape("dataset")
