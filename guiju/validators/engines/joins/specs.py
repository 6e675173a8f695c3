"""Specs of the operators across records: what compiled code puts into the column of each. `joins.operators` runs them."""

from typing import Any, TypeAlias

from guiju.dsl.ir.tree import QuantKind
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.types import Type

__all__ = [
    "BuildSpec",
    "CrossRecordSpec",
    "ForeignKeySpec",
    "GroupSizeSpec",
    "GroupSpec",
    "Predicate",
    "ProbeKey",
    "ProbeSpec",
    "UniqueSpec",
]

Predicate: TypeAlias = "tuple[tuple[Any, ...], tuple[Any, ...], tuple[int, int, int]]"
"""(key, own, codes): what is looked for; what is asked of whoever is found, (code, value, …); what follows, see `Sought`."""
ProbeKey: TypeAlias = "tuple[tuple[int, int, int], tuple[Predicate, ...], tuple[int, int, int, bool]]"
"""(states, asks, base): how a rule stands if what looks comes to be false, unknown or true, and of what that is made."""


@fast_dataclass(frozen=True, slots=True)
class UniqueSpec:
    """唯一: the column has the value of one field for every record of a shape, None if unknown."""

    rule: int
    shape: str
    path: tuple[str, ...]


@fast_dataclass(frozen=True, slots=True)
class ForeignKeySpec:
    """存在 … 满足 (key = value): the column has (value, record, positions), the value None if unknown."""

    rule: int
    shape: str
    path: tuple[str, ...]


@fast_dataclass(frozen=True, slots=True)
class GroupSpec:
    """An aggregate over the members of a group, compared with a constant. `swapped`: the constant stands on the left.

    `keys` name the group. The column has (key or None, item); an item may be SKIP or OPEN.
    """

    rule: int
    shape: str
    keys: tuple[tuple[str, ...], ...]
    fn: str
    type: Type
    op: str
    bound: Any
    swapped: bool


@fast_dataclass(frozen=True, slots=True)
class GroupSizeSpec:
    """The size of a group, compared with a constant. The column has the key of each record, None if unknown.

    The key is a value, or a tuple where several `keys` name the group. Most groups have one member.
    """

    rule: int
    shape: str
    keys: tuple[tuple[str, ...], ...]
    type: Type
    op: str
    bound: Any
    swapped: bool

    @property
    def path(self) -> tuple[str, ...]:
        """The field that is the key, or a name for several fields that no field has."""
        return self.keys[0] if len(self.keys) == 1 else ("", *(".".join(one) for one in self.keys))

    def whole(self, key: Any) -> tuple[Any, ...]:
        """The key of a group in the form that all groups have."""
        return (key,) if len(self.keys) == 1 else key


@fast_dataclass(frozen=True, slots=True)
class ProbeSpec:
    """The probe side of a lookup join: 存在 … 满足 (keys = values 且 …), with residual predicates beside the equations of keys.

    The column has (probe key, record, positions) of the subjects whose verdict the answer can still change. The answer is 0
    (none), 1 (unknown) or 2 (found), inverted if `negated`. Each lookup has a code for each answer; `kind` counts the codes,
    together with what is known already (true, false, unknown, gaps), to the state of the rule. Where the subject itself looks,
    there is one lookup, and `kind` is 存在. Residual predicates compare value by value with `operators`. Where only one key is
    asked for, `keys` name its field, and the hash index of that field is the build side.
    """

    rule: int
    shape: str
    keys: tuple[tuple[str, ...], ...]
    operators: tuple[str, ...]
    kind: QuantKind
    count: int
    negated: bool
    keyed: bool

    @property
    def path(self) -> tuple[str, ...]:
        """The first key; the only one where nothing but a key is asked for."""
        return self.keys[0]


@fast_dataclass(frozen=True, slots=True)
class BuildSpec:
    """The build side of a lookup join. The column has (record, code, key, values) of the records that may match.

    The code is 2, or 1 where it is unknown whether the record satisfies what depends on it alone. Unknown parts of a key or of
    the values are None.
    """

    rule: int
    shape: str


CrossRecordSpec: TypeAlias = UniqueSpec | ForeignKeySpec | GroupSpec | GroupSizeSpec | ProbeSpec | BuildSpec
