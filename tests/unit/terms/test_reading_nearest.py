"""A suggestion never loosens, is never another list's word, and is near in proportion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.fact import Known, Missing
from guiju.terms.reading.names import code_spellings
from guiju.terms.reading.nearest import nearest_label, nearest_name
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import CodeList, Reading, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import CodeT

USUAL = Reading(id="usual", name=Both("常", "usual"), fold_width=True)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    compiled = read_rules([shipped_rules() / "vocabulary"], Cache(None))
    assert compiled.ruleset is not None
    return compiled.ruleset.vocabulary


def _codes(vocabulary: Vocabulary, id: str) -> CodeList:
    return vocabulary.code_list(id)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *((one, None) for one in ("安全开放", "协议开放", "内部开放", "半公开", "限公开", "公开放", "无条件开放（需审批）", "无条件共享")),
        ("有条件开发", "有条件开放"),
        ("条件开放", "有条件开放"),
        ("仅条件开放", "有条件开放"),
        ("不公开放", "不予开放"),
        ("无条件开方", "无条件开放"),
    ],
)
def test_nothing_is_led_to_the_more_open_side(vocabulary: Vocabulary, text: str, label: str | None) -> None:
    assert nearest_label(text, _codes(vocabulary, "openness")) == label


@given(st.data())
def test_what_is_added_to_a_label_leads_to_none_but_the_strictest(vocabulary: Vocabulary, data: st.DataObject) -> None:
    """Of every list that is ordered: a qualification before, after or within a word of it is not lost."""
    codes = data.draw(st.sampled_from([one for one in vocabulary.codes if one.ordered]))
    word = data.draw(st.sampled_from([name for one in codes.entries for name in (one.name.zh, *one.aliases)]))
    at = data.draw(st.integers(0, len(word)))
    text = word[:at] + data.draw(st.text("半限内部须需经审批安全可", min_size=1, max_size=4)) + word[at:]
    found = nearest_label(text, codes)
    assert found is None or text in code_spellings(codes) or found == codes.entries[-1].name.zh or len(text) <= len(found)


@pytest.mark.parametrize(
    ("text", "name"), [("每 121 日", None), ("每二月", None), ("每周", None), ("统计据", "统计局"), ("市统汁局", "市统计局")]
)
def test_near_is_in_proportion_and_never_another_number(text: str, name: str | None) -> None:
    assert nearest_name(text, ("每年", "每日", "每三月", "每月", "统计局", "市统计局")[2 if name is None else 0 :]) in (name,)


@pytest.mark.parametrize(("text", "name"), [("每两周", "每两年"), ("每10日", "每10年"), ("三个月", "三个年")])
def test_another_unit_of_time_is_another_thing(text: str, name: str) -> None:
    assert nearest_name(text, (name,)) is None


def test_the_word_of_another_list_is_told_as_that(vocabulary: Vocabulary) -> None:
    found = read_value("无条件共享", CodeT("openness"), vocabulary, USUAL)
    assert isinstance(found, Missing) and found.nearest is None
    assert found.detail is not None and "是共享属性的写法" in found.detail.zh


def test_blanks_beside_characters_part_nothing(vocabulary: Vocabulary) -> None:
    found = read_value("每 3 月", CodeT("update_frequency"), vocabulary, USUAL)
    assert isinstance(found, Known) and found.value == "8"
