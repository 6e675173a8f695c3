"""JSON: exact values with their places, and a named slip for everything that is not JSON."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Limits
from guiju.diagnostics.source import Source
from guiju.terms.tongue import Tongue


def slips(text: str, **limits: int) -> list[tuple[str, tuple[int, int], str]]:
    source = Source("t.json", text)
    _, found = read_json(source, limits=Limits(**limits))
    return [(one.code, source.line_column(one.span.start), source.slice(one.span)) for one in found]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=20,
)


@given(_VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_what_json_writes_is_read_back(value: object, ascii_only: bool, indent: int | None) -> None:
    node, found = read_json(Source("t.json", json.dumps(value, ensure_ascii=ascii_only, indent=indent)))
    assert node is not None and found == ()
    assert node.plain() == value


@given(st.text(alphabet=st.sampled_from(list('ab"\\u0dD8[]{}:,.-+eE1 \n\ttrueflsn')), max_size=40))
def test_it_accepts_a_text_just_when_the_standard_reader_does(text: str) -> None:
    def refuse(word: str) -> None:
        raise ValueError(word)

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), "repeated"
        return dict(pairs)

    try:
        json.loads(text, parse_constant=refuse, object_pairs_hook=once).__repr__().encode("utf-8")
        good = True
    except (ValueError, AssertionError):
        good = False
    node, found = read_json(Source("t.json", text))
    half = any(one.code in ("D022", "D035") for one in found)
    assert (node is not None and found == ()) == good or half
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.headline(Tongue.ZH) and one.headline(Tongue.EN)


def test_numbers_are_kept_exactly() -> None:
    node, _ = read_json(Source("t.json", "[1.10, 12345678901234567890123, 1e3, -0.5, 0.1234567890123456789012]"))
    assert node is not None
    values = node.plain()
    assert values == [Decimal("1.10"), 12345678901234567890123, Decimal("1e3"), Decimal("-0.5"), Decimal("0.1234567890123456789012")]
    assert str(values[0]) == "1.10"  # type: ignore[index]


def test_every_value_covers_the_words_that_it_was_written_with() -> None:
    text = '{"名称": "空气\\n质量", "值": [1, 2.50, true, null, {"a": "😀"}], "x": "y"}'
    source = Source("t.json", text)
    node, _ = read_json(source)
    assert node is not None
    assert source.slice(node.span) == text
    assert [source.slice(entry.key.span) for entry in node.entries] == ['"名称"', '"值"', '"x"']
    assert [source.slice(item.span) for item in node.get("值").items] == ["1", "2.50", "true", "null", '{"a": "😀"}']  # type: ignore[union-attr]
    assert source.slice(node.get("名称").span) == '"空气\\n质量"'  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ('{"a": 1, "a": 2}', "D012", (1, 10), '"a"'),
        ("[1, 2,]", "D032", (1, 6), ","),
        ('{"a": 1,\n}', "D032", (1, 8), ","),
        ("[1 2]", "D030", (1, 4), "2"),
        ('{"a" 1}', "D030", (1, 6), "1"),
        ("{'a': 1}", "D030", (1, 2), "'"),
        ("{“a”: 1}", "D030", (1, 2), "“"),
        ("[1，2]", "D030", (1, 3), "，"),
        ("[NaN]", "D031", (1, 2), "NaN"),
        ("[-Infinity]", "D031", (1, 2), "-Infinity"),
        ("[True]", "D031", (1, 2), "True"),
        ("[01]", "D037", (1, 2), "01"),
        ("[1.]", "D037", (1, 2), "1."),
        ("[.5]", "D037", (1, 2), ".5"),
        ('["abc', "D033", (1, 2), '"'),
        ('["a\nb"]', "D033", (1, 2), '"'),
        ('["a\tb"]', "D006", (1, 4), "\t"),
        ('["a\\xb"]', "D034", (1, 4), "\\x"),
        ('["\\ud83d"]', "D035", (1, 3), "\\ud83d"),
        ('["\\ud83d\\ude00 \\udc00"]', "D035", (1, 16), "\\udc00"),
        ("[1] x", "D036", (1, 5), "x"),
        ("[[1]", "D038", (1, 5), ""),
        ("\ufeff[1]", "D008", (1, 1), "\ufeff"),
        ("", "D002", (1, 1), ""),
        (" \n", "D002", (1, 1), " \n"),
        ("[1e999999999]", "D022", (1, 2), "1e999999999"),
    ],
)
def test_a_slip_is_named_where_it_stands(text: str, code: str, place: tuple[int, int], words: str) -> None:
    assert slips(text) == [(code, place, words)]


def test_an_escaped_backslash_before_u_is_no_half_character() -> None:
    node, found = read_json(Source("t.json", '"\\\\ud800"'))
    assert node is not None and node.plain() == "\\ud800" and found == ()


def test_a_hundred_levels_are_refused_at_the_first_too_many() -> None:
    assert [(code, place) for code, place, _ in slips("[" * 100 + "]" * 100)] == [("D016", (1, 65))]
    assert slips("[" * 64 + "]" * 64) == []
    assert [code for code, _, _ in slips("[" * 1_000_000)] == ["D016"]


def test_too_many_values_and_too_long_a_text_are_refused() -> None:
    assert [code for code, _, _ in slips("[1, 2, 3]", nodes=2)] == ["D017"]
    assert [code for code, _, _ in slips("[1, 2, 3]", characters=5)] == ["D005"]


def test_a_long_text_of_nothing_but_backslashes_is_read_in_one_go() -> None:
    node, found = read_json(Source("t.json", '"' + "\\\\" * 200_000 + '"'))
    assert node is not None and found == () and len(str(node.value)) == 200_000
