"""A class made by `terms.value` is the class that the library makes: the same in everything that somebody can ask of it."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any

import pytest

from guiju.terms.fast_dataclass import fast_dataclass as quick

Decorator = Callable[..., Any]


def _classes(made_by: Decorator) -> dict[str, Any]:
    """Every way in which the house declares a value."""

    @made_by(frozen=True, slots=True)
    class Empty:
        """Nothing."""

    @made_by(frozen=True, slots=True)
    class One:
        """One field."""

        only: int

    @made_by(frozen=True, slots=True)
    class Placed:
        """By position, with a default."""

        zh: str
        en: str = "none"

        def say(self) -> str:
            """A method."""
            return self.zh + self.en

    @made_by(frozen=True, slots=True, kw_only=True)
    class Named:
        """By name; one field is made by hand, one is not compared, one is not shown."""

        id: str
        parts: tuple[int, ...] = ()
        noted: list[int] = field(default_factory=list, compare=False)
        hidden: int = field(default=7, repr=False)
        _index: dict[int, int] = field(init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "_index", {one: at for at, one in enumerate(self.parts)})

        @property
        def index(self) -> dict[int, int]:
            """What was made by hand."""
            return self._index

    @made_by(frozen=True, slots=True)
    class Mixed:
        """Both kinds of fields, and a fresh list for each that is given none."""

        first: int
        made: list[int] = field(default_factory=list, init=False, compare=False)
        last: int = field(default=3, kw_only=True)

    @made_by(frozen=True, slots=True)
    class Own:
        """States its own equality, hash and spelling."""

        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and other.name.lower() == self.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

        def __repr__(self) -> str:
            return "own"

    return {"Empty": Empty, "One": One, "Placed": Placed, "Named": Named, "Mixed": Mixed, "Own": Own}


QUICK, PLAIN = _classes(quick), _classes(dataclasses.dataclass)
GIVEN: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Empty", (), {}),
    ("One", (1,), {}),
    ("One", (2,), {}),
    ("One", (1.0,), {}),
    ("Placed", ("a",), {}),
    ("Placed", ("a",), {"en": "none"}),
    ("Placed", ("a", "b"), {}),
    ("Named", (), {"id": "x"}),
    ("Named", (), {"id": "x", "noted": [1]}),
    ("Named", (), {"id": "x", "parts": (4, 5)}),
    ("Named", (), {"id": "x", "hidden": 8}),
    ("Mixed", (1,), {}),
    ("Mixed", (1,), {"last": 4}),
    ("Own", ("a",), {}),
    ("Own", ("A",), {}),
]
WRONG: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Empty", (1,), {}),
    ("One", (), {}),
    ("Placed", ("a",), {"zh": "a"}),
    ("Named", ("x",), {}),
    ("Named", (), {"id": "x", "_index": {}}),
    ("Mixed", (1, 2), {}),
    ("Mixed", (1,), {"made": []}),
]


def _plain(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
    return PLAIN[call[0]](*call[1], **call[2])


def _quick(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
    return QUICK[call[0]](*call[1], **call[2])


@pytest.mark.parametrize("call", GIVEN)
def test_it_is_spelt_alike_and_holds_the_same(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    quick, plain = _quick(call), _plain(call)
    assert repr(quick) == repr(plain)
    assert [getattr(quick, one.name) for one in fields(quick)] == [getattr(plain, one.name) for one in fields(plain)]
    assert not hasattr(quick, "__dict__") and type(quick).__slots__ == type(plain).__slots__


def test_two_are_equal_and_hash_alike_where_the_library_says_so() -> None:
    for first in GIVEN:
        for second in GIVEN:
            equal = _plain(first) == _plain(second)
            assert (_quick(first) == _quick(second)) is equal, (first, second)
            assert not equal or hash(_quick(first)) == hash(_quick(second))
    assert _quick(GIVEN[1]) != _plain(GIVEN[1]) and _quick(GIVEN[1]) != 1


@pytest.mark.parametrize("call", WRONG)
def test_it_is_made_of_its_fields_only(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    for make in (_quick, _plain):
        with pytest.raises(TypeError, match="__init__"):
            make(call)


@pytest.mark.parametrize("call", GIVEN)
def test_nobody_changes_it(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    for one in (_quick(call), _plain(call)):
        for name in [*(each.name for each in fields(one)), "another"]:
            with pytest.raises((FrozenInstanceError, TypeError)):
                setattr(one, name, 1)
            with pytest.raises((FrozenInstanceError, TypeError)):
                delattr(one, name)


@pytest.mark.parametrize("name", sorted(QUICK))
def test_the_class_tells_the_same_of_itself(name: str) -> None:
    made, plain = QUICK[name], PLAIN[name]
    assert is_dataclass(made) and made.__match_args__ == plain.__match_args__ and made.__doc__ == plain.__doc__
    assert [(one.name, one.type, one.init, one.kw_only) for one in fields(made)] == [
        (one.name, one.type, one.init, one.kw_only) for one in fields(plain)
    ]
    told = [[(one.name, one.kind) for one in inspect.signature(each).parameters.values()] for each in (made, plain)]
    assert told[0] == told[1]


def test_one_without_a_docstring_is_called_by_its_name() -> None:
    @quick(frozen=True, slots=True)
    class Bare:
        one: int

    assert Bare.__doc__ == "Bare" and repr(Bare(1)).endswith("Bare(one=1)")


def test_each_has_a_list_of_its_own() -> None:
    first, second = QUICK["Mixed"](1), QUICK["Mixed"](1)
    assert first.made == [] and first.made is not second.made


def test_a_changed_copy_is_made_anew() -> None:
    named = QUICK["Named"](id="x", parts=(4, 5))
    changed = replace(named, parts=(6,))
    assert changed.index == {6: 0} and named.index == {4: 0, 5: 1} and changed.id == "x"
    assert copy.copy(named) == copy.deepcopy(named) == named and copy.deepcopy(named).index == {4: 0, 5: 1}


@quick(frozen=True, slots=True, kw_only=True)
class Carried:
    """One that can be found by its name."""

    id: str
    more: tuple[int, ...] = ()
    _seen: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_seen", dict.fromkeys(self.more, 0))


@quick(frozen=True, slots=True, kw_only=True)
class Longer(Carried):
    """One more field than its base."""

    last: int


def test_it_goes_to_another_process_and_back() -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(Carried(id="x", more=(1, 2)), protocol))
        assert back == Carried(id="x", more=(1, 2)) and back._seen == {1: 0, 2: 0}


def test_one_is_made_out_of_another() -> None:
    longer = Longer(id="x", last=2)
    assert longer == Longer(id="x", last=2) != Longer(id="x", last=3) and longer != Carried(id="x")
    assert repr(longer) == "Longer(id='x', more=(), last=2)" and not hasattr(longer, "__dict__")
    assert pickle.loads(pickle.dumps(longer)) == longer

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Plain(Carried):
        """The library's own, out of one of ours."""

        last: int

    assert Plain(id="x", last=2) == replace(Plain(id="x", last=3), last=2)
