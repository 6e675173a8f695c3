"""Rules, parameters, terms and tables in the intermediate form: what stands around the expressions of `tree_expr`."""

from datetime import date
from typing import Any

from guiju.dsl.ir.tree_expr import (
    And,
    Arith,
    AsOf,
    Call,
    Compare,
    Const,
    Contains,
    Corpus,
    Dated,
    Each,
    Expr,
    First,
    Fold,
    HasFormat,
    If,
    In,
    Is,
    Match,
    Members,
    Not,
    Or,
    Param,
    Quant,
    QuantKind,
    Read,
    Several,
    Source,
    TableUse,
    TermUse,
    Truthy,
    Unique,
)
from guiju.dsl.ir.tree_profile import GateStep, Outcome, Profile
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.modality import Force
from guiju.terms.tongue import Both
from guiju.terms.types import Type

__all__ = [
    "Act",
    "And",
    "Arith",
    "AsOf",
    "Call",
    "CellBound",
    "CellRange",
    "CellSet",
    "Citation",
    "Collect",
    "Compare",
    "Const",
    "Contains",
    "Corpus",
    "Dated",
    "Each",
    "Exception_",
    "Expr",
    "First",
    "Fold",
    "Framework",
    "GateStep",
    "Group",
    "HasFormat",
    "If",
    "In",
    "Is",
    "Judged",
    "Match",
    "Members",
    "Not",
    "Or",
    "Outcome",
    "Param",
    "ParamValue",
    "Parameter",
    "Profile",
    "Quant",
    "QuantKind",
    "Read",
    "Rule",
    "Several",
    "Source",
    "SubjectSpec",
    "Table",
    "TableRow",
    "TableUse",
    "Term",
    "TermUse",
    "Truthy",
    "Unique",
]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Which edition of which instrument, and where in it; `text` is as the author wrote it, `title` as we print it.

    `place` is where the instrument holds, as `guiju.terms.places` writes places.
    """

    instrument: str
    clause: str
    title: Both
    clause_text: Both
    confidence: str
    text: str = ""
    place: str = ""


@fast_dataclass(frozen=True, slots=True)
class Group:
    """按: members of the shape are gathered by these values of the member (variable 0): its fields, or what is computed of them."""

    keys: tuple[Expr, ...]

    @property
    def reads(self) -> tuple[Read, ...] | None:
        """The keys where all are fields, which engines gather without evaluating anything."""
        return self.keys if all(isinstance(key, Read) for key in self.keys) else None  # type: ignore[return-value]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class SubjectSpec:
    """What a rule speaks about.

    `shape` is the root shape. With `path` the subjects are the elements of that list in each record of the shape
    (`element` is their type); with `group` they are the groups. `scope` is the shape named after 在, or None.
    """

    shape: str
    path: tuple[str, ...] = ()
    element: Type | None = None
    group: Group | None = None
    scope: str | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Exception_:
    """除外: when `when` is true the rule is not applicable, or `instead` replaces its requirement.

    A `transition` (过渡) is for acts before the rule's first day only, which is part of its `when`.
    """

    label: Both
    when: Expr
    instead: Expr | None = None
    citations: tuple[Citation, ...] = ()
    transition: bool = False


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """行为日: a rule that judges an act, which falls on the latest of `days`, operands of DateT.

    `within` holds of an act that the rule binds: one of its own days, and one for which a transition provides; None where every act
    is bound. `looks_back` says why acts before the first day are. From the day on which what it cites was `published` the rule is known.
    """

    days: tuple[Expr, ...]
    within: Expr | None
    looks_back: Both | None = None
    published: date | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule, ready to run.

    `start` and `end` are the days, both inclusive, on which it is in force; `submitted` limits it to submissions of
    those days (新老划断). `status` is draft, active, suspended or withdrawn. `implicit` marks rules that shapes imply.
    `source` is (file, line) of the declaration; `text` its canonical text, for explanations. `because` says why a test of
    presence stands in `applies`; `stages` are those at which its facts are asked for, all of them where there are none. `of_profile`
    is the profile that asks its screening question by this rule, which no other run knows. `act` says when the act that it judges was
    done; its `start` is then the first day of what it cites, where it has none of its own. `fills` are the placeholders of `says` with
    what they stand for; `defined` are the terms and tables that were written out, with their names and what a table was asked for.
    """

    id: str
    name: Both
    version: str
    subject: SubjectSpec
    applies: Expr | None
    exceptions: tuple[Exception_, ...]
    yields_to: tuple[str, ...]
    force: Force
    requirement: Expr
    citations: tuple[Citation, ...]
    severity: str
    fix: Both | None
    says: Both | None
    why: Both | None
    doc: str
    start: date | None
    end: date | None
    submitted: tuple[date | None, date | None]
    status: str
    empty_passes: bool
    dimension: str | None
    derives: tuple[tuple[str, str], ...]
    implicit: bool
    source: tuple[str, int]
    text: str
    because: Both | None = None
    stages: tuple[str, ...] = ()
    of_profile: str = ""
    act: Act | None = None
    fills: tuple[tuple[str, Expr], ...] = ()
    defined: tuple[tuple[Expr, Both, tuple[Expr, ...]], ...] = ()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ParamValue:
    """The value of a parameter from a day to a day, both inclusive."""

    value: Any
    start: date | None
    end: date | None
    citations: tuple[Citation, ...] = ()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named, dated constant."""

    id: str
    name: Both
    type: Type
    values: tuple[ParamValue, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """人工: a provision that people judge: why no machine can, and who does."""

    id: str
    name: Both
    shape: str | None
    citations: tuple[Citation, ...]
    why: Both
    who: Both
    derives: tuple[tuple[str, str], ...]
    source: tuple[str, int]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """术语: a defined word. `body` speaks of variable 0, a subject of `shape`; None for a term of no shape."""

    id: str
    name: Both
    shape: str | None
    type: Type
    body: Expr
    doc: str
    citations: tuple[Citation, ...]


@fast_dataclass(frozen=True, slots=True)
class CellSet:
    """A cell of a table that one of these values fits."""

    options: tuple[Const, ...]


@fast_dataclass(frozen=True, slots=True)
class CellBound:
    """A cell of a table that values on one side of a bound fit; `op` is one of < ≤ > ≥ ≠."""

    op: str
    bound: Const


@fast_dataclass(frozen=True, slots=True)
class CellRange:
    """A cell of a table that values between two bounds fit."""

    bounds: tuple[CellBound, ...]


@fast_dataclass(frozen=True, slots=True)
class TableRow:
    """One row: a cell of None fits anything."""

    cells: tuple[CellSet | CellBound | CellRange | None, ...]
    result: Const


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """决策表: rows tried from the top; where none fits the result is unknown."""

    id: str
    name: Both
    inputs: tuple[tuple[Both, Type], ...]
    output: Type
    rows: tuple[TableRow, ...]
    doc: str
    citations: tuple[Citation, ...]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """收录: a standard that a framework class collects, and for which kinds of project."""

    number: str
    kinds: tuple[str, ...] = ()


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """框架: a class of the standards framework."""

    code: str
    name: Both
    about: Both | None
    collects: tuple[Collect, ...]
