"""What subjects look like: shapes, their fields, code lists, and how values are read.

A `Vocabulary` is declared in the language, sealed into the ruleset, and *given* to the readers and to the engines.
Ids are the English names; both names and all aliases are known to readers.
"""

from dataclasses import field
from datetime import date
from decimal import Decimal

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both
from guiju.terms.types import Type

__all__ = ["CodeEntry", "CodeList", "Field", "Reading", "Shape", "Vocabulary"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a shape.

    `usual` are the least and the greatest amount, in base units, that are usual of it: outside them, and inside in another unit,
    a slip of unit is likely.

    `doc` says in one sentence what to write, and `example` is written as somebody would, for forms.

    `complete` matters for collections only: True 清单完整, False 清单可能不完整. `required` yields one implicit rule.
    `cites` holds raw citation texts. `sensitivity` is a word such as personal or sensitive, for redaction.
    `blank_means` is the answer that a yes-or-no field gives where it is left blank; None where a blank says nothing.
    """

    id: str
    name: Both
    type: Type
    required: bool = False
    key: bool = False
    complete: bool = True
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    cites: tuple[str, ...] = ()
    sensitivity: str | None = None
    usual: tuple[Decimal, Decimal] | None = None
    doc: Both | None = None
    example: str | None = None
    blank_means: bool | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A named shape. A `register` carries its own subjects in `rows` (raw values in field order)."""

    id: str
    name: Both
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    register: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    reading: str | None = None
    doc: Both | None = None
    _fields: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Of two fields of one id the first counts.
        object.__setattr__(self, "_fields", {one.id: one for one in reversed(self.fields)})

    def field(self, id: str) -> Field | None:
        """The field of that id, or None."""
        return self._fields.get(id)

    @property
    def key(self) -> Field | None:
        """The field that names a subject of this shape, or None."""
        for one in self.fields:
            if one.key:
                return one
        return None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """One code: what is written (`code`), what it is called, its other spellings, and when it holds."""

    code: str
    name: Both
    id: str
    aliases: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A closed list of codes. With `labels_only`, numeric codes of documents are not trusted: only labels are matched.

    `ordered` lists stand from the code that opens most, or binds least, to the strictest; no suggestion loosens.
    """

    id: str
    name: Both
    entries: tuple[CodeEntry, ...]
    labels_only: bool = False
    ordered: bool = False
    cites: tuple[str, ...] = ()
    doc: Both | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """读法: how written values of a shape are understood beyond the strict grammar of the language.

    `dates` names the shapes of `terms.period.read_date` that are accepted. Word sets are compared after trim and NFKC.
    """

    id: str
    name: Both
    blank: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    money_unit: str | None = None
    fold_width: bool = False


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All shapes, code lists and readings of one ruleset, by id."""

    shapes: tuple[Shape, ...] = ()
    codes: tuple[CodeList, ...] = ()
    readings: tuple[Reading, ...] = ()
    _shapes: dict[str, Shape] = field(init=False, repr=False, compare=False)
    _codes: dict[str, CodeList] = field(init=False, repr=False, compare=False)
    _readings: dict[str, Reading] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shapes", {one.id: one for one in self.shapes})
        object.__setattr__(self, "_codes", {one.id: one for one in self.codes})
        object.__setattr__(self, "_readings", {one.id: one for one in self.readings})

    def shape(self, id: str) -> Shape:
        """The shape of that id; KeyError is our own bug."""
        return self._shapes[id]

    def code_list(self, id: str) -> CodeList:
        """The code list of that id; KeyError is our own bug."""
        return self._codes[id]

    def reading(self, shape: Shape) -> Reading | None:
        """How values of that shape are read; None where only the strict grammar holds."""
        return self._readings.get(shape.reading) if shape.reading else None
