"""What stands at ticked boxes, and what is no box."""

import pytest

from guiju.terms.fact import Known, Missing, State
from guiju.terms.reading.reading import read_value
from guiju.terms.reading.ticked import ticked
from guiju.terms.shape import CodeEntry, CodeList, Reading, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, ListT, TextT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☑新建 □改建 □扩建", ("新建",)),
        ("□新建☒改建☐扩建", ("改建",)),
        ("新建☑ 改建□", ("新建",)),
        ("□是  √否", ("否",)),
        ("☑新建\n☑改建\n□其他：____", ("新建", "改建")),
        ("□新建 ☑其他：＿＿", ("其他",)),
        ("□新建 □改建", ()),
        ("√", None),
        ("√ 新建", None),
        ("新建", None),
        ("建设性质：☑新建", None),
        ("", None),
    ],
)
def test_ticked_says_what_stands_at_the_ticked_boxes(text: str, said: tuple[str, ...] | None) -> None:
    assert ticked(text) == said


_CODES = CodeList(
    id="build",
    name=Both("建设性质", "build"),
    entries=(CodeEntry(code="1", id="new", name=Both("新建", "new")), CodeEntry(code="2", id="rebuilt", name=Both("改建", "rebuilt"))),
)
_VOCABULARY = Vocabulary(codes=(_CODES,))
_READING = Reading(id="common", name=Both("通用", "common"), true=("是",), false=("否",))


def test_a_code_and_a_boolean_are_what_is_ticked_and_say_so() -> None:
    code = read_value("□改建 ☑新建", CodeT("build"), _VOCABULARY, _READING)
    assert isinstance(code, Known) and (code.value, code.note) == ("1", Both("勾的是“新建”", '"新建" is ticked'))
    yes = read_value("☑是□否", BoolT(), _VOCABULARY, _READING)
    assert isinstance(yes, Known) and yes.value is True and yes.note is not None
    several = read_value("☑新建☑改建", ListT(CodeT("build")), _VOCABULARY, _READING)
    assert isinstance(several, Known) and several.value == ["新建", "改建"]


def test_no_tick_is_no_value_and_two_are_one_too_many() -> None:
    nothing = read_value("□新建□改建", CodeT("build"), _VOCABULARY, _READING)
    both = read_value("☑新建☑改建", CodeT("build"), _VOCABULARY, _READING)
    assert isinstance(nothing, Missing) and nothing.state is State.ABSENT
    assert isinstance(both, Missing) and both.state is State.UNREADABLE and "2" in (both.detail or Both("", "")).zh


def test_text_keeps_its_boxes_and_without_a_reading_nothing_is_ticked() -> None:
    text = read_value("☑新建", TextT(), _VOCABULARY, _READING)
    assert isinstance(text, Known) and text.value == "☑新建"
    assert isinstance(read_value("☑新建", CodeT("build"), _VOCABULARY, None), Missing)
