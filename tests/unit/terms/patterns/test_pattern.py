"""The pattern dialect: what it means, what it refuses and where, and that both engines agree on it."""

import pickle
import re
import time

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.terms.patterns.emit import is_deterministic, is_short, to_python, to_re2
from guiju.terms.patterns.parse import parse_pattern
from guiju.terms.patterns.pattern import Pattern, compile_pattern
from guiju.terms.patterns.tree import Choice, Class, Node, Repeat, Sequence


def made(text: str) -> Pattern:
    pattern, fault = compile_pattern(text)
    assert pattern is not None, fault
    return pattern


@pytest.mark.parametrize(
    ("pattern", "text", "whole"),
    [
        ("[0-9]{6}", "420100", True),
        ("[0-9]{6}", "４２０１００", False),
        ("[0-9]{6}", "4201001", False),
        ("a", "a\n", False),
        ("^a$", "a\n", False),
        ("^a$", "a", True),
        (".", "\n", True),
        (".", "𠮷", True),
        ("..", "𠮷", False),
        ("\\p汉字+", "武汉〇𠮷", True),
        ("\\p{Han}+", "武汉,", False),
        ("[\\p汉字A-Z]+", "武汉A", True),
        ("[^\\p汉字]+", "Wuhan", True),
        ("武政办〔[0-9]{4}〕[1-9][0-9]*号", "武政办〔2020〕34号", True),
        ("\\u6b66\\u{20BB7}", "武𠮷", True),
        ("a|bc|", "", True),
        ("a(b|c)*d", "abcbd", True),
        ("(?:ab){2,3}", "abababab", False),
        ("[a\\-z]+", "a-z", True),
        ("[-a]", "-", True),
        ("[a-]", "-", True),
        ("\\.\\\\", ".\\", True),
        ("[\\]\\[]+", "][", True),
        ("", "", True),
        ("a{0}", "", True),
        ("\\p汉字{1,1000}", "汉" * 1000, True),
        ("\\p汉字{1,1000}", "汉" * 1001, False),
        ("\\$", "$", True),
        ("￥", "￥", True),
        ("[^a]", "\ud800", True),
        ("a", "\ud800", False),
    ],
)
def test_a_pattern_is_matched_against_the_whole_text(pattern: str, text: str, whole: bool) -> None:
    assert made(pattern).matches(text) is whole


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("[0-9]{4}", "于2024年", True),
        ("^[0-9]{4}", "于2024年", False),
        ("[0-9]$", "第3\n", False),
        ("[0-9]$", "第3", True),
        ("^$", "", True),
        ("a|b", "xbx", True),
        ("^(a|b)$", "b", True),
        ("^(a|b)$", "ab", False),
        ("x", "\udfffx", True),
        ("x+", "\udfffx", True),
        ("武+", "于武汉", True),
        ("武+$", "武\n", False),
    ],
)
def test_a_pattern_is_found_within_a_text(pattern: str, text: str, found: bool) -> None:
    assert made(pattern).found_in(text) is found


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("\\d+", "digit_class", (0, 2)),
        ("a\\S", "space_class", (1, 3)),
        ("[\\w]", "word_class", (1, 3)),
        ("\\bword", "boundary", (0, 2)),
        ("\\A", "boundary", (0, 2)),
        ("(a)\\1", "back_reference", (3, 5)),
        ("a(?=b)", "look_around", (1, 5)),
        ("(?<!b)a", "look_around", (0, 4)),
        ("(?i)a", "group_option", (0, 4)),
        ("(?P<n>a)", "group_option", (0, 4)),
        ("(ab", "open_group", (0, 1)),
        ("ab)", "stray_close", (2, 3)),
        ("[ab", "open_class", (0, 1)),
        ("[]", "empty_class", (0, 2)),
        ("[^\\u{0}-\\u{10FFFF}]", "empty_class", (0, 19)),
        ("[z-a]", "range_reversed", (1, 4)),
        ("[a-\\p汉字]", "range_of_class", (1, 7)),
        ("[[:alpha:]]", "bracket_in_class", (1, 2)),
        ("a{1001}", "count_too_large", (1, 7)),
        ("a{3,2}", "count_reversed", (1, 6)),
        ("a{x}", "count", (1, 4)),
        ("a{", "count", (1, 2)),
        ("a{,3}", "count", (1, 5)),
        ("*a", "nothing_to_repeat", (0, 1)),
        ("a|+", "nothing_to_repeat", (2, 3)),
        ("a*?", "repeat_of_repeat", (2, 3)),
        ("a++", "repeat_of_repeat", (2, 3)),
        ("a$b", "stray_sign", (1, 2)),
        ("a^", "stray_sign", (1, 2)),
        ("^a|b", "anchor_and_choice", (0, 1)),
        ("\\q", "unknown_escape", (0, 2)),
        ("a\\", "open_escape", (1, 2)),
        ("\\pL", "property", (0, 2)),
        ("\\u12", "code_point", (0, 2)),
        ("\\u{110000}", "code_point", (0, 2)),
        ("(" * 41 + ")" * 41, "too_deep", (40, 41)),
        ("a" * 4001, "too_long", (4000, 4001)),
        ("((a{1000}){1000})", "too_large", (0, 17)),
        ("(a{50}){50}", "too_large", (0, 11)),
    ],
)
def test_what_is_no_pattern_is_refused_at_its_place(text: str, kind: str, stretch: tuple[int, int]) -> None:
    pattern, fault = compile_pattern(text)
    assert pattern is None
    assert fault is not None
    assert (fault.kind, (fault.start, fault.end)) == (kind, stretch)
    for words in (fault.message.zh, fault.message.en):
        assert words
        assert "{{" not in words and "{limit}" not in words and "{sign}" not in words


@given(st.text(alphabet="ab\\dpu{}[]()|*+?^$-.,0139汉字Han:=!<", max_size=20))
def test_any_text_is_a_pattern_or_has_a_located_fault(text: str) -> None:
    pattern, fault = compile_pattern(text)
    assert (pattern is None) is (fault is not None)
    if fault is not None:
        assert 0 <= fault.start <= fault.end <= max(len(text), 1)


classes = st.sampled_from([Class(((97, 97),)), Class(((98, 98),)), Class(((97, 98),)), Class(((0x6B66, 0x6B66), (0x20BB7, 0x20BB7)))])
bounds = st.sampled_from([(0, 1), (0, None), (1, None), (2, 2), (1, 3), (0, 0)])
trees: st.SearchStrategy[Node] = st.recursive(
    classes,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: Sequence(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Choice(tuple(parts))),
        st.tuples(inner, bounds).map(lambda pair: Repeat(pair[0], *pair[1])),
    ),
    max_leaves=6,
)
texts = st.text(alphabet="ab武𠮷", max_size=6)


@settings(max_examples=150)
@given(trees, texts)
def test_both_engines_read_a_tree_alike(node: Node, text: str) -> None:
    by_re2 = re2.fullmatch(to_re2(node), text) is not None
    by_python = re.fullmatch(to_python(node), text) is not None
    assert by_re2 is by_python
    assert (re2.search(f"(?:{to_re2(node)})\\z", text) is None) is (re.search(f"(?:{to_python(node)})\\Z", text) is None)


@pytest.mark.parametrize("text", ["(a+)+b", "(a|a)*b", "(a|ab)(c|bcd)*", "a*a*a*b", "(a?){30}a{30}", "(.*)(.*)x", ".*x"])
def test_what_may_backtrack_is_not_given_to_python(text: str) -> None:
    parsed, _ = parse_pattern(text)
    assert parsed is not None
    assert not is_deterministic(parsed.node)
    assert made(text).python_source is None


@pytest.mark.parametrize(
    "text", ["[0-9]{6}", "[A-Z]+-[0-9]+", "(ab|cd)*e", "\\p汉字+〔[0-9]{4}〕[1-9][0-9]*号", "[0-9]{3}[0-9]{3}[0-9A-Z]*/[0-9]+"]
)
def test_what_goes_one_way_is_given_to_python(text: str) -> None:
    assert made(text).python_source is not None


@pytest.mark.parametrize(
    ("text", "short"), [("身份证|身份", True), ("[0-9]{4}年", True), ("a*", False), ("(a|a)b", False), ("a{100}", False)]
)
def test_only_what_is_short_is_searched_by_python(text: str, short: bool) -> None:
    parsed, _ = parse_pattern(text)
    assert parsed is not None
    assert is_short(parsed.node) is short
    assert (made(text).python_search_source is not None) is short


def test_a_hostile_pattern_on_a_long_text_takes_linear_time() -> None:
    pattern = made("(a|a)*(a+)+b")
    start = time.perf_counter()
    assert not pattern.matches("a" * 100_000)
    assert time.perf_counter() - start < 2


def test_a_fault_can_be_printed_whatever_the_pattern_holds() -> None:
    _, fault = compile_pattern("\\\ud800")
    assert fault is not None
    assert "U+D800" in fault.message.zh
    assert fault.message.en.encode()


def test_a_pattern_can_be_sent_to_another_process() -> None:
    pattern = pickle.loads(pickle.dumps(made("[0-9]+")))
    assert pattern.matches("12")
