"""What is located on demand stands where `located_json` finds it, in sound texts of every kind and in odd ones."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.located_on_demand import locate_json
from guiju.diagnostics.node import Entry, Kind, Node
from guiju.diagnostics.source import Source

_KEYS = st.sampled_from(["a", "b", "名称", "", 'with "quotes"', "tab\t", "𠮷", "a/b"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.sampled_from([1.5, -0.25, 1e300]) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


def _flat(node: Node | None) -> object:
    """A node with all its parts, as something that can be compared."""
    if node is None:
        return None
    match node.kind:
        case Kind.MAP:
            value: object = [(_flat(one.key), _flat(one.value)) for one in node.entries if isinstance(one, Entry)]
        case Kind.LIST:
            value = [_flat(one) for one in node.items]
        case _:
            value = node.value
    return node.kind, node.span, value


def _same(text: str) -> None:
    source = Source("x", text)
    assert _flat(locate_json(source)) == _flat(read_json(source)[0])


@settings(deadline=None)
@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.sampled_from([None, 1]), st.booleans(), st.sampled_from(["", " ", "\n", "\r\n"]))
def test_places_are_those_of_the_located_reader(value: dict[str, object], indent: int | None, ascii: bool, blank: str) -> None:
    _same(blank + json.dumps(value, indent=indent, ensure_ascii=ascii) + blank)


def test_a_key_that_comes_twice_is_told_as_the_located_reader_tells_it() -> None:
    for text in ('{"a":1,"a":2}', '{"a":{"b":1,"b":22},"c":"甲"}', '{"a":1,"b":2,"a":1}', '{"a" : 1 , "a" : 1}'):
        _same(text)


def test_texts_that_are_no_sound_map_are_left_to_the_located_reader() -> None:
    for text in ("", "[1, 2]", "3", '{"a":', '{"a":1}}', "\ufeff{}", '{"a":NaN}', '{"a":"\\ud800"}', '{"a":1,}'):
        _same(text)
