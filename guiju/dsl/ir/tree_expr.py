"""Propositions and operands of the intermediate form: frozen, typed, free of names of variables.

Variables are positions on a stack: 0 is the subject; a subject nested in another has its owner at 1 and so on outwards;
binders of quantifiers and folds take the next free position inwards. A node is one of two sorts: a *proposition*
(TruthT: true, false, unknown, vacuous) or an *operand* (any other type: a known value, or unknown with the paths that
made it so).

`TermUse` and `TableUse` exist only before lowering; `verify` refuses them afterwards.
"""

from enum import StrEnum
from typing import Any, TypeAlias

from guiju.terms.fact import State
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both
from guiju.terms.types import Type

__all__ = [
    "And",
    "Arith",
    "AsOf",
    "Call",
    "Compare",
    "Const",
    "Contains",
    "Corpus",
    "Dated",
    "Each",
    "Expr",
    "First",
    "Fold",
    "HasFormat",
    "If",
    "In",
    "Is",
    "Match",
    "Members",
    "Not",
    "Or",
    "Param",
    "Quant",
    "QuantKind",
    "Read",
    "Several",
    "Source",
    "TableUse",
    "TermUse",
    "Truthy",
    "Unique",
]


@fast_dataclass(frozen=True, slots=True)
class Const:
    """A literal of the language, already in the run-time form of its type."""

    value: Any
    type: Type


@fast_dataclass(frozen=True, slots=True)
class AsOf:
    """检查日: the day of judgement, given to the run; an operand of DateT."""


@fast_dataclass(frozen=True, slots=True)
class Param:
    """A dated parameter; becomes a Const when a plan is made for a day; unknown on a day without a value.

    With `on` it is the parameter on a day that the record gives, the latest of these; lowering makes a `Dated` of it.
    """

    id: str
    type: Type
    on: tuple["Expr", ...] = ()


@fast_dataclass(frozen=True, slots=True)
class Dated:
    """A parameter on a day of the record: the value of `body`, which chooses by that day; `name` and `days` are for explanations."""

    name: Both
    days: tuple["Expr", ...]
    body: "Expr"
    type: Type


@fast_dataclass(frozen=True, slots=True)
class Read:
    """The field at `path` (field ids through embedded records) of variable `var`; an empty path is the variable itself.

    Lists are crossed by sources only. A ListT read may stand in State, Truthy-less places such as `Is` and as a source.
    """

    var: int
    path: tuple[str, ...]
    type: Type


@fast_dataclass(frozen=True, slots=True)
class Is:
    """Two-valued: the read's state is one of these. 已提供 = VALUE|UNREADABLE, 未提供 = ABSENT|PENDING.

    `reasoned`: declared not applicable counts only where the declaration gives its reason.
    """

    operand: Read
    states: tuple[State, ...]
    reasoned: bool = False


@fast_dataclass(frozen=True, slots=True)
class Truthy:
    """A BoolT operand used as a proposition."""

    operand: "Expr"


@fast_dataclass(frozen=True, slots=True)
class Compare:
    """Operands of one type (after unit conversion); `op` is one of = ≠ < ≤ > ≥."""

    op: str
    left: "Expr"
    right: "Expr"


@fast_dataclass(frozen=True, slots=True)
class In:
    """The operand equals one of the constants; unknown operand: unknown."""

    operand: "Expr"
    options: tuple[Const, ...]


@fast_dataclass(frozen=True, slots=True)
class Match:
    """The text matches the pattern of the language's dialect: as a whole, or somewhere in it.

    `words` is the name of the code list or of the parameter by which the pattern was written, where it was not written out.
    """

    operand: "Expr"
    pattern: str
    whole: bool
    words: Both | None = None


@fast_dataclass(frozen=True, slots=True)
class HasFormat:
    """The text is of a named format (`terms.formats.FORMATS`); not `whole`: some range of it is."""

    operand: "Expr"
    format: str
    whole: bool = True


@fast_dataclass(frozen=True, slots=True)
class Contains:
    """How the text holds another: `how` is contains, starts or ends."""

    how: str
    operand: "Expr"
    part: "Expr"


@fast_dataclass(frozen=True, slots=True)
class And:
    """All; two arguments at least."""

    args: tuple["Expr", ...]


@fast_dataclass(frozen=True, slots=True)
class Or:
    """Any; two arguments at least."""

    args: tuple["Expr", ...]


@fast_dataclass(frozen=True, slots=True)
class Not:
    """Negation; of unknown it is unknown, of vacuous vacuous."""

    arg: "Expr"


@fast_dataclass(frozen=True, slots=True)
class If:
    """若…则…否则…; an unknown condition makes it unknown unless both branches agree."""

    cond: "Expr"
    then: "Expr"
    other: "Expr"
    type: Type


@fast_dataclass(frozen=True, slots=True)
class Arith:
    """`op` is one of + - * /; dates take periods and yield periods of days; strict in unknowns."""

    op: str
    left: "Expr"
    right: "Expr"
    type: Type


@fast_dataclass(frozen=True, slots=True)
class Call:
    """A builtin of `dsl.builtins` on operands; strict in unknowns."""

    fn: str
    args: tuple["Expr", ...]
    type: Type


@fast_dataclass(frozen=True, slots=True)
class Each:
    """The elements of the list at `path` of variable `var`; a path that crosses several lists flattens them."""

    var: int
    path: tuple[str, ...]
    element: Type
    complete: bool


@fast_dataclass(frozen=True, slots=True)
class Corpus:
    """All subjects of a root shape in the submission (and its registers); `keys` are the declared join: field = operand.

    The operands of `keys` do not mention the bound variable. The body of the quantifier no longer holds these equations.
    """

    shape: str
    keys: tuple[tuple[tuple[str, ...], "Expr"], ...]


@fast_dataclass(frozen=True, slots=True)
class Members:
    """The members of a group subject."""

    shape: str


Source: TypeAlias = Each | Corpus | Members


class QuantKind(StrEnum):
    """每个 · 存在 · 没有 · 至少 · 至多 · 恰有."""

    EVERY = "every"
    SOME = "some"
    NO = "no"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"


@fast_dataclass(frozen=True, slots=True)
class Quant:
    """A quantifier that binds variable `var` to each element of the source."""

    kind: QuantKind
    count: int
    var: int
    source: Source
    body: "Expr"


@fast_dataclass(frozen=True, slots=True)
class Several:
    """A checklist: how many of these propositions hold, counted as a quantifier counts its elements."""

    kind: QuantKind
    count: int
    args: tuple["Expr", ...]


@fast_dataclass(frozen=True, slots=True)
class Fold:
    """An aggregate: `fn` is count, sum, avg, max, min, share or distinct.

    `item` is the operand folded (None for count and share); `where` filters (for share it is the counted proposition,
    taken over all elements that pass `among`). `skip_missing` stands
    for 忽略未提供 until lowering writes it out (`given.py`).
    """

    fn: str
    var: int
    source: Source
    item: "Expr | None"
    where: "Expr | None"
    among: "Expr | None"
    type: Type
    skip_missing: bool = False


@fast_dataclass(frozen=True, slots=True)
class Unique:
    """唯一: no other subject in the scope has this same value.

    With `within` None the scope is all subjects of the shape in the submission; else the list that holds the element.
    """

    operand: "Expr"
    within: Each | None


@fast_dataclass(frozen=True, slots=True)
class First:
    """首次出现: no earlier element of the same list (of the same owner), or earlier subject, has this value."""

    operand: "Expr"
    within: Each | None


@fast_dataclass(frozen=True, slots=True)
class TermUse:
    """A term of variable `var`; lowered away."""

    term: str
    var: int
    type: Type


@fast_dataclass(frozen=True, slots=True)
class TableUse:
    """A decision table applied to operands; lowered away to nested If."""

    table: str
    args: tuple["Expr", ...]
    type: Type


Expr: TypeAlias = (
    Const
    | AsOf
    | Param
    | Dated
    | Read
    | Is
    | Truthy
    | Compare
    | In
    | Match
    | HasFormat
    | Contains
    | And
    | Or
    | Not
    | If
    | Arith
    | Call
    | Quant
    | Several
    | Fold
    | Unique
    | First
    | TermUse
    | TableUse
)
