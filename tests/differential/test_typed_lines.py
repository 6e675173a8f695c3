"""The reader in C gives the records that msgspec gives, of plain lines whatever was done to them, and of all that are plain."""

import gc
import json
import tracemalloc
from array import array
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.terms.types import IntT, ListT, RecordT, TextT
from guiju.validators.engines.compiled.codegen.region import Slot
from guiju.validators.engines.compiled.decode import Form, identity, line_form
from guiju.validators.streaming.decode.typed_lines import LineDecoder, cell_decoder

pytest.importorskip("guiju.validators.streaming.decode._typed_lines", reason="the reader in C was not built: no compiler, or no headers")

_KEYS = {
    "thing": {"name": "name", "count": "数", "tags": "tags", "owner": "owner", "parts": "parts", "rows": "rows", "inner": "inner", "unread": "unread"},
    "part": {"name": "n", "count": "c"},
}  # fmt: skip
_OTHERS = {"thing": ("plain", "any"), "part": ()}


def _spelling(shape: str) -> tuple[dict[str, str], tuple[str, ...], frozenset[str]]:
    return _KEYS[shape], _OTHERS[shape], frozenset([*_KEYS[shape].values(), *_OTHERS[shape]]) - {"any"}


def _part(attr: str) -> Slot:
    return Slot(RecordT("part"), attr, {"name": Slot(TextT(), f"{attr}0"), "count": Slot(IntT(), f"{attr}1")})


def _form() -> Form:
    children = {
        "name": Slot(TextT(), "f0"),
        "count": Slot(IntT(), "f1"),
        "tags": Slot(ListT(TextT()), "f2", element=Slot(TextT(), "")),
        "owner": _part("aowner"),
        "inner": _part("ainner"),
        "parts": Slot(ListT(RecordT("part")), "aparts", element=_part("p")),
        "rows": Slot(ListT(RecordT("part")), "arows", element=_part("r")),
    }
    cells = frozenset(identity(children[name]) for name in ("owner", "parts"))
    return line_form(Slot(RecordT("thing"), "", children), _spelling, cells, frozenset({"name"}))


FORM = _form()
TYPED = LineDecoder(FORM, exact=False)
OF_PART = cell_decoder(line_form(_part("p"), _spelling), in_list=True)

_texts = st.text(st.sampled_from('ab 电"\\/\n\x7f\x1f\u2028𠀀'), max_size=12)
_names = st.one_of(_texts, st.just("一个很长的名称，比八个字节长得多" * 3))
_numbers = st.one_of(st.integers(-5, 5), st.integers(-(2**70), 2**70))
_parts = st.fixed_dictionaries({}, optional={"n": _names, "c": st.one_of(_numbers, _names, st.none())})
_values: dict[str, st.SearchStrategy[Any]] = {
    "数": st.one_of(_numbers, _names, st.none()),
    "tags": st.one_of(st.none(), st.lists(st.one_of(_names, _names, st.none()), max_size=3)),
    "owner": st.one_of(st.none(), _parts),
    "parts": st.one_of(st.none(), st.lists(_parts, max_size=4)),
    "rows": st.one_of(st.none(), st.lists(_parts, max_size=3)),
    "inner": st.one_of(st.none(), _parts),
    "unread": st.one_of(st.none(), st.booleans(), _numbers, _names),
    "plain": st.one_of(st.none(), st.booleans(), _numbers, _names),
    "any": st.recursive(
        st.one_of(st.none(), st.booleans(), _numbers, st.floats(allow_nan=False), _names),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
        max_leaves=6,
    ),
}
_records = st.fixed_dictionaries({"name": st.one_of(_names, st.none())}, optional=_values)
_blanks = st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : \r")])


@st.composite
def _lines(draw: st.DrawFn) -> bytes:
    record = draw(_records)
    keys = draw(st.permutations(list(record)))
    return json.dumps({key: record[key] for key in keys}, ensure_ascii=draw(st.booleans()), separators=draw(_blanks)).encode()


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    """A line of which some bytes were left out, put in, or said twice."""
    line = bytearray(draw(_lines()))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(line)))
        match draw(st.integers(0, 3)):
            case 0:
                del line[at : at + draw(st.integers(1, 9))]
            case 1:
                line[at:at] = draw(
                    st.sampled_from(
                        [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"0", b"-", b".", b"e", b" ", b"\xff", b"\x00", b"null"]
                    )
                )
            case 2:
                line[at:at] = line[at : at + draw(st.integers(1, 40))]
            case _:
                line[at:at] = draw(
                    st.sampled_from([b'"name":"x",', b'"n":"x",', b'"any":1e999,', b'"any":{"a":1,"a":2},', b'{"c":1},', b"\xed\xa0\x80"])
                )
    return bytes(line).replace(b"\n", b" ")


def _same(record: Any) -> Any:
    """A record with its cells decoded as whoever judges them decodes them; an exception where one is none."""
    found = msgspec.structs.asdict(record)
    owner, parts = found["aowner"], found["aparts"]
    found["aowner"] = None if owner is None else OF_PART(bytes(owner)) if bytes(owner) != b"null" else None
    if parts is not None and not isinstance(parts, list):
        parts = msgspec.json.decode(parts, type=list[msgspec.Raw] | None)
    found["aparts"] = None if parts is None else [OF_PART(bytes(one)) for one in parts]
    for unread in [name for name in found if name[0] == "x"]:
        del found[unread]
    return found


def _by_msgspec(line: bytes) -> Any:
    record = TYPED.line(line)
    try:
        return None if record is None else _same(record)
    except Exception:
        return None


def _by_reader(line: bytes) -> Any:
    records, marks, end = TYPED.plain(line + b"\n", 0, 7)
    if not records:
        assert (marks, end) == (b"", 0)
        return None
    assert (len(records), list(array("Q", marks)), end) == (1, [7], len(line) + 1)
    try:
        return _same(records[0])
    except Exception:
        return None


@given(_spoilt())
@example(b'{"name":"a","name":"b"}')
@example(b'{"name":"a","tags":[null]}')
@example(b'{"name":"a","tags":[' + b'"\xe7\x94\xb5",' * 100 + b'"z"]}')
@example(b'{"name":"a","tags":[' + b'"\xe7\x94\xb5",' * 63 + b'"z",]}')
@example(b'{"name":"\xe7\x94\xb5\xed\xa0\x80"}')
@example(b'{"name":"\xe7\x94\xb5\xe0\x80\x80"}')
@example(b'{"name":"\xe7\x94\xb5\xe7\x94"}')
@example(b'{"name":"\xe7\x94\xb5\xc3\xa9\xf0\xa0\x80\x80"}')
@example(b'{"name":"a","rows":[null]}')
@example(b'{"name":"a","any":[1,{"a":1,"a":2}]}')
@example(b'{"name":"a","any":"\xed\xa0\x80"}')
@example(b'{"name":"a","any":["\xed\xa0\x80"]}')
@example(b'{"name":"a","any":[1e999]}')
@example(b'{"name":"a","any":' + b"[" * 200 + b"]" * 200 + b"}")
@example(b'{"name":"a","parts":[{"n":"}"},{"n":"}"}]}')
@example(b'{"name":"a","parts":[{"n":"x"}{"n":"x"}]}')
@example(b'{"name":"a","parts":[{"n":"x"},{"n":"x","n":"y"}]}')
@example(b'{"name":"a"} {"name":"b"}')
@example(b'{"name":"a","\\u006e":1}')
def test_what_it_reads_msgspec_reads_alike(line: bytes) -> None:
    found = _by_reader(line)
    if found is not None:
        assert found == _by_msgspec(line)


def _is_plain(value: Any) -> bool:
    """Whether a value has whole numbers of at most eighteen digits and no fractions."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 10**18)


@given(_lines())
def test_what_is_plain_it_reads(line: bytes) -> None:
    record = json.loads(line)
    if _is_plain(record) and None not in (record.get("tags") or ()):
        found = _by_msgspec(line)
        assert found is not None
        assert _by_reader(line) == found


@given(st.lists(st.one_of(_lines(), _spoilt(), st.sampled_from([b"", b" ", b"[]", b"\xef\xbb\xbf{}"])), max_size=8), st.booleans())
def test_it_stops_before_the_first_line_that_is_not_plain(lines: list[bytes], ended: bool) -> None:
    text = b"\n".join(lines) + (b"\n" if ended and lines else b"")
    plain = [TYPED.plain(line + b"\n", 0, 0)[2] > 0 for line in lines]
    count = plain.index(False) if False in plain else len(lines) - (not ended)
    count = max(min(count, len(lines) - (not ended)), 0)
    records, marks, end = TYPED.plain(text, 0, 100)
    assert len(records) == count
    assert end == sum(len(line) + 1 for line in lines[:count])
    assert list(array("Q", marks)) == [100 + sum(len(line) + 1 for line in lines[:at]) for at in range(count)]


def test_cells_that_are_written_the_same_are_the_same() -> None:
    text = b'{"name":"a","owner":{"n":"x"},"parts":[{"n":"x"},{"n":"y"},{"n":"x"}]}\n' * 2
    (first, second), _, _ = TYPED.plain(text, 0, 0)
    one, other, again = first.aparts
    assert one == b'{"n":"x"}'
    assert one is again is first.aowner is second.aparts[0]
    assert other == b'{"n":"y"}'


def test_many_different_cells_are_read_and_not_all_kept() -> None:
    names = [f'{{"n":"第{number}个"}}'.encode() for number in range(50_000)]
    text = b"".join(b'{"name":"a","owner":%b,"parts":[%b]}\n' % (name, name) for name in names)
    records, _, end = TYPED.plain(text, 0, 0)
    assert end == len(text)
    assert [record.aowner for record in records] == names
    assert all(record.aparts == [name] for record, name in zip(records, names, strict=True))


def test_what_was_read_is_given_back() -> None:
    line = (
        '{"name":"\\u7535","数":3,"tags":["a"],"owner":{"n":"x"},"parts":[{"n":"y"}],"rows":[{"n":"z","c":1}],"any":[1,{"k":2}]}\n'.encode()
    )
    odd = b'{"name":"a","any":[1,{"k":2,"k":3}]}\n'
    text = line * 500 + odd
    TYPED.plain(text, 0, 0)
    tracemalloc.start()
    try:
        sizes = []
        for _ in range(3):
            for _ in range(50):
                assert TYPED.plain(text, 0, 0)[2] == len(line) * 500
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    # Less than a byte for each record that was read in between.
    assert abs(sizes[2] - sizes[1]) < 50 * 500


@pytest.mark.parametrize(
    "told",
    [
        (),
        (object, ()),
        (FORM.type, ()),
        (FORM.type, ((b'"a"', "nowhere", ("text",)),)),
        (FORM.type, ((b'"a"', "f0", ("strange",)),)),
        (FORM.type, ((b'"a"', "f0", ("text", ("text",))),)),
        (FORM.type, ((b'"a"', "f0", ("list",)),)),
        (int, ((b'"a"', "real", ("text",)),)),
    ],
)
def test_it_refuses_what_it_cannot_be_told(told: Any) -> None:
    from guiju.validators.streaming.decode import _typed_lines

    with pytest.raises((TypeError, ValueError)):
        _typed_lines.Reader(told, str, bool, 1)
