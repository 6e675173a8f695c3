"""`dataclass(frozen=True, slots=True)` made in a third of the time: the same classes, of which only `__init__` is written out.

The library writes six functions as text for each class and compiles them at every start of the process; two hundred classes
are a quarter of the time that a check of one document takes. Here equality, hash, spelling and refusal to change are the
same few functions for all. `dataclasses.fields`, `replace`, `match` and pickling work as ever (docs/adr/0014).
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["fast_dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass as fast_dataclass
else:

    def fast_dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
        """The decorator; it makes frozen classes with slots and no others."""
        assert frozen and slots
        return lambda cls: _made(cls, kw_only)


def _made(cls: type, kw_only: bool) -> type:
    if any(map(dataclasses.is_dataclass, cls.__mro__)):
        # One made out of another: seldom, and the library knows how.
        longer: type = dataclasses.dataclass(frozen=True, slots=True, kw_only=kw_only)(cls)
        return longer
    own = dict(cls.__dict__)
    # Without a docstring the library would work out a signature to say, in milliseconds.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    names = tuple(one.name for one in fields)
    compared = tuple(one.name for one in fields if one.compare)
    values = _values(compared)

    def same(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restore(self: Any, values: list[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    methods = {
        "__init__": _init(made, fields),
        "__repr__": _spelt,
        "__eq__": same,
        "__hash__": hashed,
        "__getstate__": state,
        "__setstate__": restore,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    for name, method in methods.items():
        if own.get(name) is None:  # a class that states `__eq__` has a `__hash__` of None
            setattr(made, name, method)
    # What it says of itself, also to one that is made out of it.
    made.__dataclass_params__.frozen = True  # type: ignore[attr-defined]
    return made


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    if names:
        only = attrgetter(names[0])
        return lambda self: (only(self),)
    return lambda self: ()


def _init(cls: type, fields: tuple["dataclasses.Field[Any]", ...]) -> Callable[..., None]:
    given = [one for one in fields if one.init]
    known: dict[str, Any] = {"absent": dataclasses.MISSING}
    lines = []
    for at, one in enumerate(fields):
        known[f"set{at}"] = cls.__dict__[one.name].__set__
        if one.default_factory is not dataclasses.MISSING:
            known[f"make{at}"] = one.default_factory
            value = f"make{at}() if {one.name} is absent else {one.name}" if one.init else f"make{at}()"
        elif one.init:
            value = one.name
        else:
            continue  # `__post_init__` gives it
        lines.append(f"set{at}(self, {value})")
    heads = []
    for keyword in (False, True):
        part = [one for one in given if one.kw_only is keyword]
        heads += ["*"] if keyword and part else []
        for one in part:
            known[f"default_{one.name}"] = one.default
            optional = one.default is not dataclasses.MISSING or one.default_factory is not dataclasses.MISSING
            heads.append(f"{one.name}=default_{one.name}" if optional else one.name)
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    # Names of fields are identifiers, or there would be no class; nothing else of it is in the text.
    exec(f"def __init__(self, {', '.join(heads)}):\n " + "\n ".join(lines or ["pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


def _spelt(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
