"""The checked model: every declaration by its id, every name resolved, every expression typed, with where each was declared.

Expressions are already nodes of the intermediate form (docs/adr/0011); terms and tables are still used by name.
"""

from dataclasses import dataclass

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.syntax.tree import Decl
from guiju.terms.shape import CodeList, Reading, Shape, Vocabulary
from guiju.terms.tongue import Both, Tongue

__all__ = ["CheckedModel", "CheckedRule", "Declared", "Module"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """模块 and its 使用 lines: the name and version of a file's module, and the modules it was written against."""

    name: Both
    version: str
    uses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Where a thing was declared and in which tongue; `kind` and `id` name it."""

    kind: str
    id: str
    name: Both
    span: Span
    tongue: Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRule:
    """A rule with its declaration; implicit rules have the declaration of their shape."""

    rule: ir.Rule
    decl: Decl
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedModel:
    """Everything that the files declare, in the order of the files.

    `guided` are the shapes with guidance for who fills in a form, each with the id under which the guidance is declared; `meant` has,
    for each name in an expression that was resolved, both names of what it means, and `refers` the kind and id of its declaration,
    where it has one.
    """

    modules: tuple[Module, ...] = ()
    shapes: tuple[Shape, ...] = ()
    codes: tuple[CodeList, ...] = ()
    readings: tuple[Reading, ...] = ()
    parameters: tuple[ir.Parameter, ...] = ()
    terms: tuple[ir.Term, ...] = ()
    tables: tuple[ir.Table, ...] = ()
    rules: tuple[CheckedRule, ...] = ()
    judged: tuple[ir.Judged, ...] = ()
    frameworks: tuple[ir.Framework, ...] = ()
    profiles: tuple[ir.Profile, ...] = ()
    guided: tuple[tuple[str, str], ...] = ()
    declared: tuple[Declared, ...] = ()
    meant: tuple[tuple[Span, Both], ...] = ()
    refers: tuple[tuple[Span, tuple[str, str]], ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """What readers and engines need to know of subjects."""
        return Vocabulary(shapes=self.shapes, codes=self.codes, readings=self.readings)

    def where(self, kind: str, id: str) -> Declared | None:
        """Where the thing of that kind and id was declared first."""
        for one in self.declared:
            if one.kind == kind and one.id == id:
                return one
        return None
