"""Headers are matched through names and aliases, whatever their width, marks and brackets; units are peeled, nothing is guessed."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.catalog.mapping import headers
from guiju.catalog.mapping.headers import HeaderIndex, fold, give_unit, unit_in
from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from tests.readers.vocabulary import VOCABULARY

_DATASET = HeaderIndex(VOCABULARY.shape("dataset"), VOCABULARY)
_KINDS = Kinds(VOCABULARY, find_roots(VOCABULARY))
_PROJECT = HeaderIndex(VOCABULARY.shape("project"), VOCABULARY)


@pytest.mark.parametrize(
    "header",
    [
        "名称",
        " 名 称 ",
        "《名称》",
        "名称*",
        "* 名称",
        "名称：",
        "名称（必填）",
        "【必填】名称",
        "1.名称",
        "（一）名称",
        "一、名称",
        "NAME",
        "ｎａｍｅ",
        "Title",
        "信息资源\n名称",
    ],
)
def test_what_people_write_around_a_name_does_not_count(header: str) -> None:
    assert _DATASET.match(header).path == ("name",)


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("answer_within", ("answer_within",)),
        ("Answer Within", ("answer_within",)),
        ("answerWithin", ("answer_within",)),
        ("提供方.名称", ("provider", "name")),
        ("提供方名称", ("provider", "name")),
        ("提供方/电话", ("provider", "phone")),
        ("信息项.长度", ("items", "length")),
        ("数据类型", ("items", "type")),
    ],
)
def test_identifiers_and_inner_fields_are_found(header: str, path: tuple[str, ...]) -> None:
    assert _DATASET.match(header).path == path


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("预算金额(万元)", "万元"),
        ("预算金额（单位：万元）", "万元"),
        ("预算金额/万元", "万元"),
        ("总投资[亿元]", "亿元"),
        ("金额（元）*", "元"),
        ("金额", None),
        ("金额（台）", None),
    ],
)
def test_a_unit_of_money_is_peeled_off_a_field_of_money(header: str, unit: str | None) -> None:
    found = _PROJECT.match(header)
    assert (found.path, found.unit) == (("total",), unit)


def test_a_unit_that_is_not_of_the_field_is_not_taken() -> None:
    assert _DATASET.match("名称（万元）").unit is None


@pytest.mark.parametrize("header", ["天气", "a", "", "（）", "*", "名称名称名称", "不是名称的东西"])
def test_what_means_no_field_matches_nothing(header: str) -> None:
    assert _DATASET.match(header).path == ()


def test_a_header_that_nearly_fits_is_told_and_not_taken() -> None:
    found = _DATASET.match("更新频度")
    assert (found.path, found.near, found.sure) == ((), "更新频率", 0)


def test_a_remark_in_brackets_makes_a_match_less_sure() -> None:
    assert _DATASET.match("简介（二百字以内）").sure < _DATASET.match("简介（必填）").sure < _DATASET.match("简介").sure


@pytest.mark.parametrize(
    ("raw", "unit", "given"),
    [
        ("500", "万元", "500万元"),
        ("1,200.5", "万元", "1,200.5万元"),
        ("５００", "万元", "500万元"),
        ("500万元", "元", "500万元"),
        ("约五百", "万元", "约五百"),
        ("", "万元", ""),
        ("10", "工作日", "10个工作日"),
        ("3", "万", "3万元"),
    ],
)
def test_only_bare_numbers_are_given_the_unit(raw: str, unit: str, given: str) -> None:
    assert give_unit(raw, unit) == given


def test_a_unit_above_a_table_is_seen() -> None:
    assert [unit_in(text) for text in ("单位：万元", "金额单位:人民币亿元", "编制单位：市局")] == ["万元", "亿元", None]


def test_folding_keeps_what_tells_names_apart() -> None:
    assert fold("更新 周期：") == fold("更新周期") != fold("更新频率")


@cache
def _shipped() -> HeaderIndex:
    compiled = read_rules((shipped_rules() / "vocabulary",), Cache(None))
    assert compiled.ruleset is not None
    return HeaderIndex(compiled.ruleset.vocabulary.shape("dataset"), compiled.ruleset.vocabulary)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("公共数据资源更新周期", "update_frequency"),
        ("目录所属领域", "domain"),
        ("cata_tags", "keywords"),
        ("resUpdateTime", "updated"),
        ("openTypeName", "open_type"),
        ("updateCycleDesc", "update_frequency"),
        ("共享属性分类", "sharing_type"),
        ("有无个人单独同意", "separate_consent"),
        ("数据更新频率 Update frequency", "update_frequency"),
    ],
)
def test_words_before_and_behind_a_name_that_only_qualify_it_are_looked_past(header: str, field: str) -> None:
    match = _shipped().match(header)
    assert match.path == (field,) and match.sure < 100


@pytest.mark.parametrize(
    "header", ["orgCode", "data", "资源", "目录状态", "openTypeCode", "API 名称", "GIS编号", "isDelete", "themeId", "resStatus"]
)
def test_what_only_resembles_a_field_is_left_unmatched(header: str) -> None:
    assert _shipped().match(header).path == ()


@pytest.mark.parametrize("header", ["总投资 (10k CNY)", "总投资（ten thousand yuan）", "总投资 (in 10,000 RMB)", "总投资 (CNY 10k)"])
def test_ten_thousand_yuan_is_a_unit_in_english_too(header: str) -> None:
    assert _PROJECT.match(header).unit == "万元"


def test_no_letter_and_no_digit_is_dropped_from_a_header() -> None:
    assert not [hex(at) for at in range(0x110000) if chr(at).isalnum() and headers._DROPPED.match(chr(at))]


@given(st.one_of(st.sampled_from([name for shape in VOCABULARY.shapes for one in shape.fields for name in (one.name.zh, one.name.en, *one.aliases)]), st.text(max_size=8)),
       st.sampled_from(["", "信息资源", "是否", "1. ", "dataset ", "*"]), st.sampled_from(["", "（必填）", "名称", "（万元）", "Name", " phone"]))  # fmt: skip
def test_what_may_mean_nothing_means_nothing_in_any_shape(name: str, before: str, after: str) -> None:
    header = f"{before}{name}{after}"
    if any(_KINDS.index(shape).find(header) is not None for shape in VOCABULARY.shapes if not shape.register):
        assert _KINDS.may_mean(header)


def test_two_thousand_unknown_headers_are_held_against_all_shapes_once() -> None:
    kinds = Kinds(VOCABULARY, find_roots(VOCABULARY))
    headers = [f"指标{at}值" for at in range(2_000)]
    assert not any(kinds.may_mean(header) for header in headers)
    for shape in kinds.root_shapes:
        assert kinds.score(shape, headers)[1] == 0
        assert not set(headers) & kinds.index(shape)._found.keys()
