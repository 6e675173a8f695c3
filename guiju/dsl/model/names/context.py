"""What the checks of one model share: the declarations by name, the scope of names, and the list of what was found.

`Context` is handed to every check of an expression; the two walks that it declares are those of `check_types`.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guiju.diagnostics.diagnostic import Diagnostic, Fix, Label, complain
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.type_words import words_of
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import CodeList, Field, Reading, Shape
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import CodeT, RecordT, RefT, Type

__all__ = ["Binding", "Context", "DiagnosticSink", "Expected", "Names", "Reference", "Scope", "fold_name"]


@lru_cache(maxsize=65_536)
def fold_name(text: str) -> str:
    """The one spelling under which a name is looked up: full-width letters and digits are half-width ones."""
    return unicodedata.normalize("NFKC", text).strip()


class DiagnosticSink:
    """Diagnostics in the order in which they were found; the same one twice is one."""

    def __init__(self) -> None:
        self.all: list[Diagnostic] = []
        self._said: set[Diagnostic] = set()

    def report(
        self,
        code: str,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        help: Both | None = None,
        fix: Fix | None = None,
        **facts: str | Both,
    ) -> None:
        """Add one diagnostic."""
        self.say_again((complain(code, span, labels=labels, help=help, fix=fix, **facts),))

    def say_again(self, said: Iterable[Diagnostic]) -> None:
        """Add diagnostics that were made before."""
        for one in said:
            if one not in self._said:
                self._said.add(one)
                self.all.append(one)

    @contextmanager
    def apart(self) -> Iterator[list[Diagnostic]]:
        """A list of its own for what is reported inside; afterwards all is as it was."""
        held = self.all, self._said
        self.all, self._said = [], set()
        try:
            yield self.all
        finally:
            self.all, self._said = held


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A type that is expected of an expression, and why: the words and the place that made us expect it."""

    type: Type
    reason: Both
    span: Span

    def label(self) -> Label:
        """The reason, beside its place."""
        return Label(self.span, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One variable in scope.

    `shape` is the shape of a record; None for a scalar element. `keys` are the only readable fields of a group.
    `source` is what the variable ranges over, if it is an element.
    """

    var: int
    type: Type
    shape: Shape | None
    name: str | None = None
    keys: tuple[tuple[str, ...], ...] | None = None
    source: ir.Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The variables of an expression, innermost first; `members` is the shape of the members of a group rule.

    `next_var` is the next free position. `days` are, within a rule, its first day in force and the day on which what it cites was
    published, as far as they are known.
    """

    bindings: tuple[Binding, ...] = ()
    next_var: int = 0
    members: Shape | None = None
    tongue: Tongue = Tongue.ZH
    days: tuple[date | None, date | None] | None = None

    def bind(self, binding: Binding) -> "Scope":
        """The scope inside the binder."""
        return Scope(
            bindings=(binding, *self.bindings),
            next_var=max(self.next_var, binding.var + 1),
            members=self.members,
            tongue=self.tongue,
            days=self.days,
        )


Reference = tuple[str, str]
"""A declaration by its kind and id: shape, field (`shape.field`), code (`list.code`), parameter, term."""


class Names:
    """Declarations by every name they have, and what was used and resolved while rules were checked."""

    __slots__ = (
        "codes",
        "faulty",
        "meant",
        "parameters",
        "read_fields",
        "readings",
        "refers",
        "shapes",
        "tables",
        "terms",
        "used_parameters",
        "used_tables",
        "used_terms",
    )

    def __init__(self) -> None:
        self.shapes: dict[str, Shape] = {}
        self.codes: dict[str, CodeList] = {}
        self.readings: dict[str, Reading] = {}
        self.parameters: dict[str, ir.Parameter] = {}
        self.terms: dict[str, str] = {}
        self.tables: dict[str, str] = {}
        self.used_terms: set[str] = set()
        self.used_parameters: set[str] = set()
        self.used_tables: set[str] = set()
        self.faulty: set[str] = set()
        self.read_fields: set[tuple[str, str]] = set()
        self.meant: dict[Span, Both] = {}
        self.refers: dict[Span, Reference] = {}


class Context(ABC):
    """The checks' common ground."""

    def __init__(self, names: Names, found: DiagnosticSink) -> None:
        self.names = names
        self.found = found

    @abstractmethod
    def operand(self, expr: syn.Expr, scope: Scope, expected: Expected | None = None) -> ir.Expr | None:
        """The expression as an operand of any type but TruthT, or of TruthT where it cannot be else; None once complained."""

    @abstractmethod
    def proposition(self, expr: syn.Expr, scope: Scope) -> ir.Expr | None:
        """The expression as a proposition; None once complained."""

    @abstractmethod
    def term(self, id: str) -> ir.Term | None:
        """The checked term; None when it has a fault of its own or is defined by itself."""

    @abstractmethod
    def table(self, id: str) -> ir.Table | None:
        """The checked table; None when it has a fault of its own."""

    def words(self, ty: Type) -> Both:
        """The type as a message names it, shapes and code lists by their names."""
        match ty:
            case CodeT(codes=codes) if codes in self.names.codes:
                name = self.names.codes[codes].name
                return Both(f"“{name.zh}”的代码", f"a code of `{name.en}`")
            case RefT(shape=shape) if shape in self.names.shapes:
                name = self.names.shapes[shape].name
                return Both(f"对“{name.zh}”的引用", f"a reference to `{name.en}`")
            case RecordT(shape=shape) if shape in self.names.shapes:
                name = self.names.shapes[shape].name
                return Both(f"整个“{name.zh}”", f"a whole `{name.en}`")
            case _:
                return words_of(ty)

    def field_read(self, shape: Shape, one: Field) -> None:
        """Remember that some rule reads the field."""
        self.names.read_fields.add((shape.id, one.id))

    def meant(self, name: syn.Name, both: Both, to: Reference | None = None) -> None:
        """Remember what a written name was found to mean: by both names of that thing, and which declaration that is."""
        self.names.meant[name.span] = both
        if to is not None:
            self.names.refers[name.span] = to

    def nearest(self, wanted: str, names: Iterable[str]) -> str | None:
        """The known name that is most like the wanted one, or None."""
        return nearest(wanted, names)
