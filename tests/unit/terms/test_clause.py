"""Clause references are read in both tongues, said in both, and compared by containment."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.clause import ClauseLevel, ClauseRef, ClauseStep, chinese_number
from guiju.terms.clause_text import clause_from_key, parse_chinese_number, parse_clause, parse_clauses
from guiju.terms.tongue import Tongue

_ARTICLE_LEVELS = (ClauseLevel.ARTICLE, ClauseLevel.PARAGRAPH, ClauseLevel.ITEM, ClauseLevel.SUBITEM)
_numbers = st.integers(1, 999).map(str)


@st.composite
def _articles(draw: st.DrawFn) -> ClauseRef:
    levels = draw(st.lists(st.sampled_from(_ARTICLE_LEVELS), min_size=1, unique=True).map(sorted_levels))
    steps = [ClauseStep(level, draw(_numbers)) for level in levels]
    if steps[0].level is ClauseLevel.ARTICLE and draw(st.booleans()):
        steps[0] = ClauseStep(ClauseLevel.ARTICLE, f"{steps[0].number}-{draw(st.integers(1, 9))}")
    return ClauseRef.of(steps)


def sorted_levels(levels: list[ClauseLevel]) -> list[ClauseLevel]:
    return sorted(levels, key=_ARTICLE_LEVELS.index)


@st.composite
def _headings(draw: st.DrawFn) -> ClauseRef:
    return ClauseRef.of(ClauseStep(ClauseLevel.HEADING, draw(_numbers)) for _ in range(draw(st.integers(1, 4))))


@st.composite
def _sections(draw: st.DrawFn) -> ClauseRef:
    head = draw(st.sampled_from(["", "annex"]))
    steps = [ClauseStep(ClauseLevel.ANNEX, draw(st.sampled_from(string.ascii_uppercase)))] if head else []
    numbers = draw(st.lists(_numbers, min_size=0 if head else 1, max_size=5))
    steps += [ClauseStep(ClauseLevel.SECTION, number) for number in numbers]
    if draw(st.booleans()):
        steps.append(ClauseStep(ClauseLevel.LIST, draw(st.sampled_from(string.ascii_lowercase))))
        if draw(st.booleans()):
            steps.append(ClauseStep(ClauseLevel.LIST, str(draw(st.integers(1, 99)))))
    return ClauseRef.of(steps)


_tables = st.builds(
    lambda level, prefix, number: ClauseRef.of([ClauseStep(level, prefix + number)]),
    st.sampled_from([ClauseLevel.TABLE, ClauseLevel.FIGURE]),
    st.sampled_from(["", "A.", "B."]),
    _numbers,
)
_chapters = _numbers.map(lambda number: ClauseRef.of([ClauseStep(ClauseLevel.CHAPTER, number)]))
_references = st.one_of(_articles(), _headings(), _sections(), _tables, _chapters)


@given(_references)
def test_what_is_said_in_either_tongue_reads_back_as_the_same_place(ref: ClauseRef) -> None:
    assert parse_clause(ref.say(Tongue.ZH)) == ref
    assert parse_clause(ref.say(Tongue.EN)) == ref


@given(_references)
def test_a_key_is_ascii_and_leads_back_to_its_place(ref: ClauseRef) -> None:
    assert ref.key.isascii()
    assert clause_from_key(ref.key) == ref


@given(_references, _references)
def test_different_places_have_different_keys(one: ClauseRef, other: ClauseRef) -> None:
    assert (one.key == other.key) == (one == other)


@given(_references)
def test_every_place_lies_in_its_parent_and_not_the_other_way(ref: ClauseRef) -> None:
    assert ref.contains(ref)
    if ref.parent is not None:
        assert ref.parent.contains(ref)
        assert not ref.contains(ref.parent)


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    parse_clause(text)
    parse_clauses(text)
    clause_from_key(text)


@given(st.text(alphabet="第条款项章一二三十百之()（）0123456789.、/至 abAB附录表", max_size=30))
def test_what_is_read_is_always_said_again_as_the_same(text: str) -> None:
    ref = parse_clause(text)
    if ref is not None:
        assert parse_clause(ref.say(Tongue.ZH)) == ref


def test_every_chinese_number_reads_back() -> None:
    assert [parse_chinese_number(chinese_number(number)) for number in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize("text", ["", "二三", "十十", "一百零", "百", "零", "0", "1000", "一百五", "千", "一百零十"])
def test_what_is_no_chinese_number_is_refused(text: str) -> None:
    assert parse_chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("第十五条第二款第(三)项", "15.2.3"),
        ("第十五条第二款第（三）项", "15.2.3"),
        ("第四十条", "40"),
        ("第40条", "40"),
        ("第二十三条之一", "23-1"),
        ("第九条(一)", "9.item1"),
        ("第五章第三十四条", "34"),
        ("第二章", "ch2"),
        ("第3章", "s3"),
        ("一(一)", "h1-1"),
        ("二（三）2", "h2-3-2"),
        ("二、(四)1", "h2-4-1"),
        ("5.2.1 b)", "s5.2.1.b"),
        ("５．２．１ ｂ）", "s5.2.1.b"),
        ("附录A", "annexA"),
        ("附录 b.2", "annexB.2"),
        ("表2", "table2"),
        ("图A.1", "figureA.1"),
        ("art 15 para 2 item 3", "15.2.3"),
        ("Article 15, paragraph 2", "15.2"),
        ("6.2.1 b)", "s6.2.1.b"),
        ("clause 3", "s3"),
        ("annex A", "annexA"),
    ],
)
def test_a_place_is_read_however_it_is_written(text: str, key: str) -> None:
    ref = parse_clause(text)
    assert ref is not None and ref.key == key


@pytest.mark.parametrize(
    "text", ["", "第条", "第十五条第二啥", "第二款第十五条", "第十五", "条", "art", "art 0", "5..2", "第3条.2", "第一千条", "a", "1" * 300]
)
def test_what_names_no_place_is_not_guessed(text: str) -> None:
    assert parse_clause(text) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("第七条/第八条", ["7", "8"]),
        ("第二十一条第一、二款", ["21.1", "21.2"]),
        ("第十五条第一款、第三款", ["15.1", "15.3"]),
        ("第二至六章", ["ch2", "ch3", "ch4", "ch5", "ch6"]),
        ("第7、9、10章", ["s7", "s9", "s10"]),
        ("4.3.6、9.1.2.3", ["s4.3.6", "s9.1.2.3"]),
        ("第十四条", ["14"]),
    ],
)
def test_a_list_of_places_is_read_one_by_one(text: str, keys: list[str]) -> None:
    found = parse_clauses(text)
    assert found is not None and [ref.key for ref in found] == keys


def test_a_list_with_an_unreadable_part_is_not_half_read() -> None:
    assert parse_clauses("第七条、第八啥") is None


def test_an_article_contains_its_paragraph_but_not_its_neighbour() -> None:
    fifteen, fifteen_two, fifty = (parse_clause(text) for text in ("第十五条", "第十五条第二款", "第五十条"))
    assert fifteen and fifteen_two and fifty
    assert fifteen.contains(fifteen_two)
    assert not fifteen_two.contains(fifteen)
    assert not fifteen.contains(fifty)


def test_a_named_place_is_said_by_its_name_and_keyed_in_ascii() -> None:
    ref = ClauseRef.named("核心元数据:更新周期")
    assert ref.say(Tongue.ZH) == "核心元数据:更新周期"
    assert ref.key.isascii()
    assert ref.key != ClauseRef.named("核心元数据:共享类型").key
