"""The names of what variables stand for: fields by their display names, and whose they are where that is not plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.dsl.ir.tree import Corpus, Each, Expr, Members, Read, Rule, Source
from guiju.terms.shape import Field, Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import RecordT
from guiju.validators.explain.wording.english import with_article

__all__ = ["Names", "defined_in"]

_ZH = Tongue.ZH


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What the variables in scope are: the shape of each, or None where it is no record.

    `bound_vars` are those that a quantifier binds. `defined` gives the author's name of a term or table that was written out, and what
    a table was asked for.
    """

    vocabulary: Vocabulary
    shapes: Mapping[int, str | None]
    defined: Mapping[Expr, tuple[Both, tuple[Expr, ...]]] = field(default_factory=dict)
    bound_vars: frozenset[int] = frozenset()
    lists: Mapping[int, str] = field(default_factory=dict)
    """The list whose elements a variable stands for, in Chinese, where they are called by it: 该角色."""
    members: frozenset[int] = frozenset()
    """The variables that stand for the members of the group that the rule speaks of; none of them is another one beside it."""
    said: dict[tuple[Expr, Tongue], str] = field(default_factory=dict, init=False, repr=False)
    """Phrases that were said in this scope: thousands of findings of one rule say the same."""
    inner: dict[tuple[int, Source, str | None], "Names"] = field(default_factory=dict, init=False, repr=False)

    def field_of(self, read: Read) -> Field | None:
        """The last field of a read."""
        found: Field | None = None
        shape = self.shapes.get(read.var)
        for id in read.path:
            found = self.vocabulary.shape(shape).field(id) if shape is not None else None
            type = found.type if found is not None else None
            shape = type.shape if isinstance(type, RecordT) else None
        return found

    def say_read(self, read: Read, tongue: Tongue) -> str:
        """The fields of a read by their names, and whose they are where that is not plain: 另一投标的编号, the number of the other bid."""
        said: list[str] = []
        shape = self.shapes.get(read.var)
        for id in read.path:
            field = self.vocabulary.shape(shape).field(id) if shape is not None else None
            said.append(id if field is None else field.name.shown.say(tongue))
            shape = field.type.shape if field is not None and isinstance(field.type, RecordT) else None
        if not said and read.var in self.lists:
            return f"该{self.lists[read.var]}" if tongue is _ZH else "the value"
        if not said:
            name = self.shape_name(self.shapes.get(read.var), tongue)
            other = self._is_other(read.var)
            return ("另一" if other else "本") + name if tongue is _ZH else f"the other {name}" if other else f"this {name}"
        whose = self.whose(read, tongue)
        if tongue is _ZH:
            return "的".join([whose, *said] if whose else said)
        return " of ".join([*(with_article(one) for one in reversed(said)), *([whose] if whose else [])])

    def _is_other(self, var: int) -> bool:
        """Whether a bound variable is of the shape of one outside it, and no member of the group that the rule speaks of."""
        shape = self.shapes.get(var)
        return (
            var in self.bound_vars
            and var not in self.members
            and shape is not None
            and any(self.shapes[one] == shape for one in self.shapes if one < var)
        )

    def whose(self, read: Read, tongue: Tongue) -> str:
        """Whose field it is, where another variable in scope has one of that name."""
        shape = self.shapes.get(read.var)
        if shape is None or len(self.shapes) < 2:
            return ""
        if not self.bound_vars and read.var == 0:
            return ""
        if self._is_other(read.var):
            return ("另一" if tongue is _ZH else "the other ") + self.shape_name(shape, tongue)
        if read.var in self.bound_vars and read.var == max(self.shapes):
            return ""
        name = self._first_name(shape, read.path[0])
        rivals = (self.shapes[one] for one in self.shapes if one != read.var)
        if not any(rival is not None and rival != shape and self._has_named(rival, name) for rival in rivals):
            return ""
        return ("本" if tongue is _ZH else "this ") + self.shape_name(shape, tongue)

    def _first_name(self, shape: str, id: str) -> str:
        field = self.vocabulary.shape(shape).field(id)
        return id if field is None else field.name.zh

    def _has_named(self, shape: str, name: str) -> bool:
        return any(one.name.zh == name for one in self.vocabulary.shape(shape).fields)

    def shape_name(self, shape: str | None, tongue: Tongue) -> str:
        """A shape by its name."""
        if shape is None:
            return "项" if tongue is _ZH else "value"
        return self.vocabulary.shape(shape).name.shown.say(tongue)

    def bound(self, var: int, source: Source, *, called: str | None = None) -> "Names":
        """The scope inside a binder; elements that are no records are `called` by their list."""
        key = var, source, called
        found = self.inner.get(key)
        if found is None:
            found = self.inner[key] = self._bound(var, source, called)
        return found

    def _bound(self, var: int, source: Source, called: str | None) -> "Names":
        match source:
            case Each():
                shape = source.element.shape if isinstance(source.element, RecordT) else None
            case Corpus() | Members():
                shape = source.shape
        lists = {**self.lists, var: called} if called is not None and shape is None else self.lists
        members = self.members | {var} if isinstance(source, Members) else self.members
        return Names(self.vocabulary, {**self.shapes, var: shape}, self.defined, self.bound_vars | {var}, lists, members)


def defined_in(rule: Rule) -> dict[Expr, tuple[Both, tuple[Expr, ...]]]:
    """The terms and tables that are written out in a rule, as `Names` want them."""
    return {expr: (name, args) for expr, name, args in rule.defined}
