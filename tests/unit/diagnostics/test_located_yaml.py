"""YAML: which words are values, where they stood, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics import located_yaml
from guiju.diagnostics.located_yaml import read_yaml, read_yaml_documents
from guiju.diagnostics.node import Kind, Limits, Node
from guiju.diagnostics.source import Source
from guiju.terms.tongue import Tongue


def read(text: str, **limits: int) -> tuple[Node | None, list[tuple[str, tuple[int, int], str]]]:
    source = Source("t.yaml", text)
    node, found = read_yaml(source, limits=Limits(**limits))
    return node, [(one.code, source.line_column(one.span.start), source.slice(one.span)) for one in found]


def plain(text: str) -> object:
    node, found = read(text)
    assert node is not None and found == []
    return node.plain()


@pytest.mark.parametrize(
    "word",
    [
        "0420106",
        "no",
        "yes",
        "on",
        "off",
        "True",
        "NULL",
        "~",
        "1_000",
        "0x1F",
        "0o17",
        "12:30",
        "2024-01-01",
        ".5",
        "5.",
        "+1",
        ".inf",
        "1,000",
    ],
)
def test_a_word_that_json_would_not_read_as_a_value_stays_text(word: str) -> None:
    assert plain(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.50", Decimal("1.50")),
        ("1e3", Decimal("1e3")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
    ],
)
def test_a_word_that_json_reads_as_a_value_is_that_value(word: str, value: object) -> None:
    read_value = plain(f"a: {word}")
    assert read_value == {"a": value}
    assert type(read_value["a"]) is type(value)  # type: ignore[index]


def test_a_decimal_keeps_the_zeros_that_were_written() -> None:
    assert str(plain("1.10")) == "1.10"


def test_quoted_words_stay_text() -> None:
    assert plain("{a: '12', b: \"true\"}") == {"a": "12", "b": "true"}


def test_a_key_is_text_whatever_it_looks_like() -> None:
    assert plain("2024: a\ntrue: b\non: c") == {"2024": "a", "true": "b", "on": "c"}


def test_every_value_covers_the_words_that_it_was_written_with() -> None:
    text = "# 😀 目录\n名称: 空气质量\n标签: [气, '环 境']\n说明: |\n  两行\n  文字\n\n\n下: {一: 1.5}\n"
    source = Source("t.yaml", text)
    node, _ = read_yaml(source)
    assert node is not None

    def words(key: str) -> str:
        found = node.get(key)
        assert found is not None
        return source.slice(found.span)

    assert words("名称") == "空气质量"
    assert words("标签") == "[气, '环 境']"
    assert words("说明") == "|\n  两行\n  文字"
    assert words("下") == "{一: 1.5}"
    assert source.slice(node.entries[1].key.span) == "标签"
    assert [source.slice(item.span) for item in node.get("标签").items] == ["气", "'环 境'"]  # type: ignore[union-attr]


def test_a_block_ends_with_its_last_child_and_not_at_the_next_key() -> None:
    source = Source("t.yaml", "a:\n  - 1\n  - 2\n\n# 注\nb: 3\n")
    node, _ = read_yaml(source)
    assert node is not None
    assert source.slice(node.get("a").span) == "- 1\n  - 2"  # type: ignore[union-attr]


def test_lines_ended_by_cr_lf_keep_their_places() -> None:
    assert read("a: 1\r\nb: 2\r\na: 3\r\n")[1] == [("D012", (3, 1), "a")]


def test_a_repeated_key_names_both_places_and_the_first_stands() -> None:
    source = Source("t.yaml", "a: 1\nb: 2\na: 3\n")
    node, found = read_yaml(source)
    assert node is not None and node.plain() == {"a": 1, "b": 2}
    assert [source.line_column(label.span.start) for label in found[0].labels] == [(1, 1), (3, 1)]
    assert found[0].headline(Tongue.EN) == "`a` is given twice, on line 1 and on line 3"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: [1, 2", "D010", (1, 9)),
        ("a: 'x\nb: 2", "D010", (2, 5)),
        ("a: b: c", "D010", (1, 5)),
        ("a: 1\n b: 2", "D010", (2, 3)),
        ("a: @x", "D010", (1, 4)),
        ("a:\n\tb: 1", "D011", (2, 1)),
        ("<<: {a: 1}", "D013", (1, 1)),
        ("a: *b", "D014", (1, 4)),
        ("a: !!python/object/apply:os.system [x]", "D018", (1, 4)),
        ("a: !!int 3", "D018", (1, 4)),
        ("? [1]\n: 2", "D019", (1, 3)),
        ("'': 2", "D019", (1, 1)),
        ("--- 1\n--- 2", "D020", (2, 5)),
        ("a: &a [*a]", "D021", (1, 8)),
        ("a: x\x07", "D006", (1, 5)),
        ("a: \ud800", "D006", (1, 4)),
        ("", "D002", (1, 1)),
        ("# 只有注释\n", "D002", (1, 1)),
    ],
)
def test_a_slip_is_named_where_it_stands(text: str, code: str, place: tuple[int, int]) -> None:
    assert [(found_code, where) for found_code, where, _ in read(text)[1]] == [(code, place)]


def test_exactly_the_characters_that_yaml_allows_are_let_in() -> None:
    allowed = [(0x9, 0xA), (0xD, 0xD), (0x20, 0x7E), (0x85, 0x85), (0xA0, 0xD7FF), (0xE000, 0xFEFE), (0xFF00, 0xFFFD), (0x10000, 0x10FFFF)]
    for at in range(0x110000):
        refused = located_yaml._STRAY.fullmatch(chr(at)) is not None
        assert refused is not any(first <= at <= last for first, last in allowed), hex(at)


def test_a_full_width_colon_is_explained() -> None:
    _, found = read_yaml(Source("t.yaml", "名称：武汉\n编号: 3"))
    assert found[0].help is not None and "半角" in found[0].help.zh


def test_an_anchor_may_be_used_again() -> None:
    assert plain("a: &x [1, {b: 2}]\nc: *x") == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}


def test_a_bomb_of_aliases_is_refused_before_it_is_written_out() -> None:
    rows = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    node, found = read("\n".join(rows))
    assert node is None and [code for code, _, _ in found] == ["D015"]


def test_nesting_is_counted_through_aliases() -> None:
    rows = ["a0: &a0 [1]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 80)]
    assert [code for code, _, _ in read("\n".join(rows))[1]] == ["D016"]


def test_nesting_is_allowed_up_to_the_limit_and_not_beyond() -> None:
    assert read("[" * 64 + "]" * 64)[1] == []
    assert [(code, where) for code, where, _ in read("[" * 65 + "]" * 65)[1]] == [("D016", (1, 65))]
    assert [code for code, _, _ in read("[" * 50_000)[1]] == ["D016"]


def test_too_many_values_and_too_long_a_text_are_refused() -> None:
    assert [code for code, _, _ in read("[1, 2, 3]", nodes=3)[1]] == ["D017"]
    assert [code for code, _, _ in read("[1, 2, 3]", characters=5)[1]] == ["D005"]


def test_a_number_too_long_or_too_large_is_refused() -> None:
    assert [code for code, _, _ in read("a: " + "9" * 5000)[1]] == ["D022"]
    assert [code for code, _, _ in read("a: 1e999999999")[1]] == ["D022"]


def test_several_documents_are_read_in_order() -> None:
    documents, found = read_yaml_documents(Source("t.yaml", "--- 1\n--- {a: 2}\n---\n"))
    assert [node.plain() for node in documents] == [1, {"a": 2}, None]
    assert found == ()


def test_a_leading_byte_order_mark_does_not_shift_places() -> None:
    source = Source("t.yaml", "\ufeffa: 1\nb: 2")
    node, found = read_yaml(source)
    assert node is not None and found == ()
    assert source.slice(node.get("b").span) == "2"  # type: ignore[union-attr]


def test_without_the_fast_library_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = "名称: 武汉\n表: [1, 0420106, {a: null}]\n文: |\n  一\n  二\n末: 'x'\n"
    fast = read_yaml(Source("t.yaml", text))
    monkeypatch.setattr(located_yaml, "_LOADER", yaml.SafeLoader)
    assert read_yaml(Source("t.yaml", text)) == fast
    assert [one.code for one in read_yaml(Source("t.yaml", "a: [1"))[1]] == ["D010"]


@given(st.text(alphabet=st.sampled_from(list("ab：: \n-[]{},&*!|>'\"\\#%@?\t0武")), max_size=60))
def test_any_text_is_read_or_complained_of_with_places_inside_it(text: str) -> None:
    node, found = read_yaml(Source("t.yaml", text))
    assert node is not None or found
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.headline(Tongue.ZH) and one.headline(Tongue.EN)


def test_a_map_answers_by_key_and_other_kinds_hold_no_entries() -> None:
    node, _ = read("a: [1]")
    assert node is not None and node.kind is Kind.MAP
    assert node.get("b") is None
    inner = node.get("a")
    assert inner is not None and inner.entries == () and len(inner.items) == 1
