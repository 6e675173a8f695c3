"""Every cell of the truth tables of docs/language.md §4, and the laws of collections, through the interpreter."""

import pytest

from guiju.dsl.ir.given import written_out
from guiju.dsl.ir.tree import And, Arith, Compare, Each, Expr, Fold, If, Is, Not, Or, Quant, QuantKind
from guiju.terms.fact import State
from guiju.terms.types import IntT, ListT, MoneyT, NumberT, PercentT, TruthT
from tests.unit.validators.build import F, T, U, V, given, item, items, num, observe, read, records, rule, verdict

TRUTHS = {"T": T, "F": F, "U": U, "V": V}
VERDICT = {"T": "pass", "F": "fail", "U": "undetermined", "V": "not_applicable"}
AND = {"T": "TFUT", "F": "FFFF", "U": "UFUU", "V": "TFUV"}
OR = {"T": "TTTT", "F": "TFUF", "U": "TUUU", "V": "TFUV"}
EMPTY: dict[str, object] = {"items": []}


@pytest.mark.parametrize("left", "TFUV")
@pytest.mark.parametrize("right", "TFUV")
def test_every_cell_of_and(left: str, right: str) -> None:
    want = AND[left]["TFUV".index(right)]
    assert verdict(And((TRUTHS[left], TRUTHS[right])), EMPTY) == VERDICT[want]


@pytest.mark.parametrize("left", "TFUV")
@pytest.mark.parametrize("right", "TFUV")
def test_every_cell_of_or(left: str, right: str) -> None:
    want = OR[left]["TFUV".index(right)]
    assert verdict(Or((TRUTHS[left], TRUTHS[right])), EMPTY) == VERDICT[want]


@pytest.mark.parametrize(("arg", "want"), [("T", "F"), ("F", "T"), ("U", "U"), ("V", "V")])
def test_every_cell_of_not(arg: str, want: str) -> None:
    assert verdict(Not(TRUTHS[arg]), EMPTY) == VERDICT[want]


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("每日", State.VALUE),
        (None, State.ABSENT),
        ("　 ", State.ABSENT),
        ({"不适用": "无此项"}, State.NOT_APPLICABLE),
        ({"待定": ""}, State.PENDING),
        (3, State.UNREADABLE),
    ],
)
def test_a_field_is_in_exactly_one_state(raw: object, state: State) -> None:
    found = [one for one in State if verdict(Is(read("cycle"), (one,)), {"cycle": raw}) == "pass"]
    assert found == [state]


def test_a_declared_not_applicable_is_neither_given_nor_missing() -> None:
    value: dict[str, object] = {"cycle": {"不适用": "无"}}
    assert verdict(given("cycle"), value) == "fail"
    assert verdict(Is(read("cycle"), (State.ABSENT, State.PENDING)), value) == "fail"


def test_an_unknown_carries_the_union_of_its_paths() -> None:
    sum_ = Arith("+", read("count"), read("ratio"), NumberT())
    (found,) = observe(rule(Compare("=", sum_, read("cost"))), on=records({"name": "甲"}))
    assert [spot.path for spot in found.missing] == [("cost",), ("count",), ("ratio",)]


def test_what_a_false_argument_decides_names_no_path() -> None:
    (found,) = observe(rule(And((U, F))), on=records({"name": "甲"}))
    assert (found.verdict, found.missing) == ("fail", ())


DIVISION = Compare("=", Arith("/", num(1), num(0), NumberT()), num(1))


@pytest.mark.parametrize(
    ("expr", "want"),
    [
        (DIVISION, "error"),
        (And((F, DIVISION)), "fail"),
        (And((DIVISION, F)), "error"),
        (And((U, DIVISION)), "error"),
        (Or((T, DIVISION)), "pass"),
        (Or((DIVISION, T)), "error"),
    ],
)
def test_a_deciding_argument_decides_before_an_error_to_its_right(expr: Expr, want: str) -> None:
    assert verdict(expr, {}) == want


def _quant(kind: QuantKind, count: int = 0, field: str = "items", complete: bool = True) -> Quant:
    return Quant(kind, count, 1, items(field, complete=complete), Compare(">", item("size"), num(10)))


def _sizes(text: str) -> list[dict[str, object]]:
    return [{"name": str(at), "size": {"T": 20, "F": 5, "U": None}[one]} for at, one in enumerate(text)]


QUANTIFIERS = [
    (QuantKind.EVERY, 0, {"": "V", "T": "T", "F": "F", "U": "U", "TF": "F", "TU": "U", "FU": "F"}),
    (QuantKind.SOME, 0, {"": "F", "T": "T", "F": "F", "U": "U", "TF": "T", "TU": "T", "FU": "U"}),
    (QuantKind.NO, 0, {"": "T", "T": "F", "F": "T", "U": "U", "TF": "F", "TU": "F", "FU": "U"}),
    (QuantKind.AT_LEAST, 2, {"": "F", "T": "F", "TT": "T", "TU": "U", "TTU": "T", "UU": "U", "FU": "F"}),
    (QuantKind.AT_MOST, 1, {"": "T", "T": "T", "TT": "F", "TU": "U", "TTU": "F", "UU": "U", "FU": "T"}),
    (QuantKind.EXACTLY, 1, {"": "F", "T": "T", "TT": "F", "TU": "U", "TTU": "F", "UU": "U", "FU": "U", "F": "F"}),
]


@pytest.mark.parametrize(("kind", "count", "elements", "want"), [(k, n, e, w) for k, n, table in QUANTIFIERS for e, w in table.items()])
def test_every_row_of_the_quantifiers(kind: QuantKind, count: int, elements: str, want: str) -> None:
    assert verdict(_quant(kind, count), {"items": _sizes(elements)}) == VERDICT[want]


INCOMPLETE = [
    (QuantKind.EVERY, 0, {"": "U", "T": "U", "F": "F", "TF": "F"}),
    (QuantKind.SOME, 0, {"": "U", "T": "T", "F": "U"}),
    (QuantKind.NO, 0, {"": "U", "T": "F", "F": "U"}),
    (QuantKind.AT_LEAST, 2, {"": "U", "TT": "T", "T": "U"}),
    (QuantKind.AT_MOST, 1, {"": "U", "TT": "F", "T": "U"}),
    (QuantKind.EXACTLY, 1, {"": "U", "TT": "F", "T": "U"}),
]


@pytest.mark.parametrize(("kind", "count", "elements", "want"), [(k, n, e, w) for k, n, table in INCOMPLETE for e, w in table.items()])
def test_a_possibly_incomplete_collection_is_decided_by_witnesses_only(kind: QuantKind, count: int, elements: str, want: str) -> None:
    assert verdict(_quant(kind, count, "more", complete=False), {"more": _sizes(elements)}) == VERDICT[want]


@pytest.mark.parametrize("kind", list(QuantKind))
def test_an_absent_collection_is_unknown_with_its_path(kind: QuantKind) -> None:
    (found,) = observe(rule(_quant(kind, 1)), on=records({"name": "甲"}))
    assert (found.verdict, [spot.path for spot in found.missing]) == ("undetermined", [("items",)])


def test_elements_whose_body_is_vacuous_do_not_count() -> None:
    tags = Quant(QuantKind.EVERY, 0, 2, Each(1, ("tags",), ListT(IntT()), True), T)
    value: dict[str, object] = {"items": [{"tags": []}, {"tags": []}]}
    assert verdict(Quant(QuantKind.EVERY, 0, 1, items(), tags), value) == "not_applicable"
    assert verdict(Quant(QuantKind.AT_LEAST, 1, 1, items(), tags), value) == "fail"


def _fold(fn: str, *, where: Expr | None = None, skip: bool = False, field: str = "items", complete: bool = True) -> Fold:
    counted = fn in ("count", "share")
    return Fold(
        fn, 1, items(field, complete=complete), None if counted else item("size"), where, None, IntT() if counted else NumberT(), skip
    )


BIG = Compare(">", item("size"), num(10))


@pytest.mark.parametrize(
    ("fold", "elements", "equals", "want"),
    [
        (_fold("sum"), "", 0, "pass"),
        (_fold("count"), "", 0, "pass"),
        (_fold("avg"), "", 0, "not_applicable"),
        (_fold("max"), "", 0, "not_applicable"),
        (_fold("min"), "", 0, "not_applicable"),
        (_fold("share", where=BIG), "", 0, "not_applicable"),
        (_fold("distinct"), "TTF", 2, "pass"),
        (_fold("sum"), "TF", 25, "pass"),
        (_fold("sum"), "TU", 20, "undetermined"),
        (written_out(_fold("sum", skip=True)), "TU", 20, "pass"),
        (written_out(_fold("avg", skip=True)), "TFU", 12.5, "fail"),
        (_fold("count", where=BIG), "TTF", 2, "pass"),
        (_fold("count", where=BIG), "TU", 1, "undetermined"),
        (_fold("count", field="more", complete=False), "T", 1, "undetermined"),
        (_fold("max"), "TF", 20, "pass"),
        (_fold("min"), "TF", 5, "pass"),
    ],
)
def test_aggregates_of_none_of_unknown_and_of_some(fold: Fold, elements: str, equals: int, want: str) -> None:
    found = verdict(Compare("=", fold, num(int(equals))), {"items": _sizes(elements), "more": _sizes(elements)})
    assert found == want


def test_a_share_is_an_exact_fraction() -> None:
    from fractions import Fraction

    share = Fold("share", 1, items(), None, BIG, None, PercentT())
    assert verdict(Compare("=", share, num(Fraction(1, 3), PercentT())), {"items": _sizes("TFF")}) == "pass"


@pytest.mark.parametrize(
    ("expr", "want"),
    [
        (If(T, T, F, TruthT()), "pass"),
        (If(F, T, F, TruthT()), "fail"),
        (If(U, T, F, TruthT()), "undetermined"),
        (If(U, T, T, TruthT()), "pass"),
        (If(U, F, F, TruthT()), "fail"),
        (Compare("=", If(U, num(3), num(3), IntT()), num(3)), "pass"),
        (Compare("=", If(U, num(3), num(4), IntT()), num(3)), "undetermined"),
    ],
)
def test_an_unknown_condition_is_unknown_unless_both_branches_agree(expr: Expr, want: str) -> None:
    assert verdict(expr, {}) == want


def test_money_beyond_the_precision_of_a_context_is_still_exact() -> None:
    from decimal import Decimal

    big = Decimal("123456789012345678901234567890.12")
    plus = Arith("+", read("cost"), num(Decimal("0.01"), MoneyT()), MoneyT())
    assert verdict(Compare("=", plus, num(Decimal("123456789012345678901234567890.13"), MoneyT())), {"cost": big}) == "pass"


def test_an_embedded_record_that_is_absent_makes_its_fields_unknown_at_its_own_path() -> None:
    from guiju.dsl.ir.tree import Const, Read
    from guiju.terms.types import TextT

    phone = Compare("=", Read(0, ("provider", "phone"), TextT()), Const("1", TextT()))
    (found,) = observe(rule(phone), on=records({"name": "甲"}))
    assert [spot.path for spot in found.missing] == [("provider",)]
