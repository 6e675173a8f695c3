"""Decoding what was encoded gives the same value; what is no such table is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.encode import DecodeFault, decode, decode_bytes, digest, encode, encode_bytes
from guiju.terms.fact import State
from guiju.terms.time.period import Period, PeriodKind
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, DateT, IntT, ListT, MoneyT, PeriodT, QuantityT, RecordT, TextT, Type

_TYPES = st.sampled_from((TextT(), IntT(), MoneyT(), QuantityT("time"), BoolT(), DateT(), RecordT("a"), ListT(TextT())))
_VALUES: st.SearchStrategy[tuple[Any, Type]] = st.one_of(
    st.tuples(st.integers(), st.just(IntT())),
    st.tuples(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.just(MoneyT())),
    st.tuples(st.fractions(), st.just(MoneyT())),
    st.tuples(st.text(), st.just(TextT())),
    st.tuples(st.booleans(), st.just(BoolT())),
    st.tuples(st.dates(), st.just(DateT())),
    st.tuples(st.builds(Period, st.sampled_from(PeriodKind), st.integers(-9, 9)), st.just(PeriodT())),
)
_READS = st.builds(ir.Read, st.integers(0, 3), st.lists(st.text(), max_size=3).map(tuple), _TYPES)
_LEAVES: st.SearchStrategy[ir.Expr] = st.one_of(
    _VALUES.map(lambda pair: ir.Const(*pair)),
    _READS,
    st.just(ir.AsOf()),
    st.builds(ir.Is, _READS, st.just((State.VALUE, State.UNREADABLE))),
)


def _grown(inner: st.SearchStrategy[ir.Expr]) -> st.SearchStrategy[ir.Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    source = st.one_of(
        st.builds(ir.Each, st.integers(0, 3), st.just(("a", "b")), _TYPES, st.booleans()),
        st.builds(ir.Corpus, st.text(), st.tuples(st.tuples(st.just(("k",)), inner))),
    )
    return st.one_of(
        st.builds(ir.And, several),
        st.builds(ir.Not, inner),
        st.builds(ir.Compare, st.sampled_from("=≠<≤>≥"), inner, inner),
        st.builds(ir.Quant, st.sampled_from(ir.QuantKind), st.integers(0, 3), st.integers(1, 4), source, inner),
        st.builds(ir.Fold, st.just("sum"), st.integers(1, 4), source, inner, st.none(), inner, _TYPES, st.booleans()),
    )


_EXPRS = st.recursive(_LEAVES, _grown, max_leaves=12)


def _exactly(one: Any) -> str:
    """What equality of values alone does not see: 1, True and Decimal(1) are equal."""
    return repr(one)


@given(_EXPRS)
def test_decoding_what_was_encoded_gives_the_same(expr: ir.Expr) -> None:
    again = decode_bytes(encode_bytes(expr))
    assert again == expr
    if "Decimal" not in repr(expr):
        assert _exactly(again) == _exactly(expr)


@given(_EXPRS, _EXPRS)
def test_different_nodes_have_different_digests(one: ir.Expr, other: ir.Expr) -> None:
    assert (digest(one) == digest(other)) is (encode(one) == encode(other))
    if repr(one) == repr(other):
        assert digest(one) == digest(other)


def test_equal_values_of_different_kinds_stay_apart() -> None:
    values = (1, True, Decimal(1), Fraction(1), "1", date(1, 1, 1), Both("1", "1"))
    again = decode(encode(values))
    assert [type(one) for one in again] == [type(one) for one in values]


def test_a_constant_written_with_idle_zeros_is_the_same_constant() -> None:
    assert digest(ir.Const(Decimal("1.50"), MoneyT())) == digest(ir.Const(Decimal("1.5"), MoneyT()))


@pytest.mark.parametrize(
    "rows",
    [[], {}, None, [["Popen", 0]], [["And"]], [["Const", 5, 6]], [["decimal", 0]], ["x", ["decimal", 0]], [1.5], [[[]]], [["Const"]]],
)
def test_a_table_that_encode_would_not_make_is_refused(rows: Any) -> None:
    with pytest.raises(DecodeFault):
        decode(rows)
