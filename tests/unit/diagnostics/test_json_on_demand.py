"""Places found on demand are those of the reader that reads everything."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.json_on_demand import locate_json
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Limits, Node
from guiju.diagnostics.source import Source

_SCALARS = ["1", "-0.50", "2e3", "true", "false", "null", '""', '"共享"', '"\\u5171\\n\\""', '"{[,:"']
_BLANKS = st.sampled_from(["", " ", "\n", "\t\r\n "])


@st.composite
def _containers(draw, inner):
    parts = draw(st.lists(inner, max_size=4))
    blank = draw(_BLANKS)
    if draw(st.booleans()):
        return f"[{blank}{f'{blank},'.join(parts)}{blank}]{blank}"
    entries = [f'"键{at}"{blank}:{blank}{part}' for at, part in enumerate(parts)]
    return f"{blank}{{{blank}{f'{blank},{blank}'.join(entries)}{blank}}}"


_WRITTEN = _containers(st.recursive(st.sampled_from(_SCALARS), _containers, max_leaves=12))


def _whole(node: Node) -> object:
    inner = [(_whole(one.key), _whole(one.value)) for one in node.entries] or [_whole(one) for one in node.items]
    scalar = None if node.kind in ("map", "list") else node.value
    return node.kind, node.span, scalar, inner


@given(_WRITTEN)
def test_on_demand_gives_the_nodes_of_the_whole_reading(text):
    source = Source("a.json", text)
    whole, found = read_json(source)
    lazy = locate_json(source, Limits())
    assert not found and whole is not None and lazy is not None
    assert _whole(lazy) == _whole(whole) and lazy.plain() == whole.plain()


def test_a_text_that_is_no_list_and_no_map_is_left_to_the_whole_reading():
    assert [locate_json(Source("a.json", text), Limits()) for text in ("", "1", '"{}"', "\u3000{}", "{}\u3000")] == [None] * 5
