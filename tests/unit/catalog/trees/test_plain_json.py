"""`PlainJson` refuses what repeats a key or lies too deep, however the text is spaced and whatever its texts hold."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.catalog.trees.plain_json import PlainJson
from guiju.diagnostics.node import Limits

_WORDS = st.text(alphabet='ab":\\ {}[],\n名', max_size=4)
_BLANKS = st.sampled_from(["", "", " ", "\t", "\n "])


@st.composite
def _texts(draw: st.DrawFn, depth: int = 3) -> str:
    """A text of JSON in which keys may come twice and blanks stand anywhere."""
    which = draw(st.integers(0, 4 if depth else 2))
    if which < 3:
        return draw(st.sampled_from(["1", "0.50", "true", "null", json.dumps(draw(_WORDS), ensure_ascii=False)]))
    blank = draw(_BLANKS)
    if which == 3:
        return f"[{blank}{f'{blank},'.join(draw(st.lists(_texts(depth - 1), max_size=3)))}]"
    pairs = draw(st.lists(st.tuples(_WORDS, _texts(depth - 1)), max_size=4))
    return "{" + f",{blank}".join(f"{json.dumps(key, ensure_ascii=False)}{draw(_BLANKS)}:{blank}{value}" for key, value in pairs) + "}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("repeated")
    return dict(pairs)


@given(_texts())
def test_a_text_is_read_where_no_key_comes_twice(text: str) -> None:
    try:
        expected = json.loads(text, object_pairs_hook=_once, parse_float=Decimal), True
    except ValueError:
        expected = None, False
    assert PlainJson(Limits()).read(text) == expected


@pytest.mark.parametrize("text", ['{"a" :1,"b":2,"b":2}', '{"a\\":":1,"b" :2,"b":3}', '{"x":{"b":2,"b":2},"y":"\\":"}'])
def test_no_key_is_hidden_by_a_blank_or_a_quotation(text: str) -> None:
    assert PlainJson(Limits()).read(text) == (None, False)


@pytest.mark.parametrize(("depth", "fine"), [(64, True), (65, True), (66, False)])
def test_depth_is_bounded(depth: int, *, fine: bool) -> None:
    assert PlainJson(Limits()).read("[" * depth + "]" * depth)[1] is fine
