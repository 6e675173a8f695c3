"""What rules beyond one record gather while records stream by: the forms of it, as data. `engines.across` judges it."""

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
    """唯一: the values of one field of every record of a shape; the column has one for each record, None if unknown."""

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
    """One aggregate over the members of a group, compared with a constant; `swapped` when the constant stands on the left.

    `keys` name the group; the column has (key or None, item), where an item may be SKIP or OPEN.
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
    """The number of members of a group, compared with a constant; the column has the key of each record, None if unknown.

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
        """The field that is the key, or a name for several that no field has."""
        return self.keys[0] if len(self.keys) == 1 else ("", *(".".join(one) for one in self.keys))

    def whole(self, key: Any) -> tuple[Any, ...]:
        """The key of a group as all groups have it."""
        return (key,) if len(self.keys) == 1 else key


@fast_dataclass(frozen=True, slots=True)
class ProbeSpec:
    """存在 … 满足 (keys = values 且 …): subjects look for a record of `shape` that satisfies more than equations of keys.

    The column has (probe_key, record, positions) of the subjects that the answer can still turn. An ask has the code 0 (there is
    none), 1 (unknown) or 2 (there is one), or the contrary if it is `negated`; by that code one of its own three codes is
    taken, and `kind` counts those, with what is known already (true, false, unknown, gaps), to the state of the rule. Where a
    subject itself looks, it has one ask, and `kind` is 存在. Records are held against an ask value by value with `operators`.
    Where nothing but one key is asked for, `keys` name it, and the values of that field are enough.
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
        """The first key: the only one, where nothing but a key is asked for."""
        return self.keys[0]


@fast_dataclass(frozen=True, slots=True)
class BuildSpec:
    """The records that subjects of a rule may find: the column has (record, code, key, values) of those that may satisfy it.

    The code is 2, or 1 where it is unknown whether the record by itself satisfies what is asked; what of the key or of the
    values is unknown is None.
    """

    rule: int
    shape: str


CrossRecordSpec: TypeAlias = UniqueSpec | ForeignKeySpec | GroupSpec | GroupSizeSpec | ProbeSpec | BuildSpec
