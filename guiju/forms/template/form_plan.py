"""The form of some kinds before it is drawn: which sheets, which columns, which choices and checks; plain data.

INVARIANT: every label is one that the readers understand as just that field, so a filled form reads back without a header unmatched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from guiju.catalog.mapping.headers import embedded
from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.dsl.ruleset import Ruleset
from guiju.forms.template.form_scope import FieldNeed
from guiju.forms.template.simple_checks import FieldRules, Path, field_rules
from guiju.terms.shape import Field, Reading, Shape, Vocabulary
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, ListT, RefT, Type

__all__ = ["Choices", "FormColumn", "FormPlan", "FormSheet", "Section", "form_plan"]

_DEEPEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be picked: the names shown, and every spelling that is understood."""

    id: str
    title: str
    shown: tuple[str, ...]
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column: the path of its field from the record of its sheet, its label, its type, its choices and its rules.

    `owner` tells that it names the record of another sheet to which the row belongs. `many` tells that several values go into one cell.
    """

    path: Path
    label: str
    field: Field
    type: Type
    rules: FieldRules
    choices: Choices | None = None
    many: bool = False
    required: bool = False
    owner: str | None = None


Section: TypeAlias = tuple[Both, tuple[FormColumn, ...]]
"""A heading and the fields below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet: a kind, or a list inside records of a kind.

    With `sections` it is for one record, a field a line; `needs` tells, by shape and field, when each is to be filled in.
    """

    title: str
    shape: Shape
    columns: tuple[FormColumn, ...]
    owner: str | None = None
    sections: tuple[Section, ...] = ()
    needs: Mapping[tuple[str, str], FieldNeed] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlan:
    """All sheets of a form, and the fields for which a table has no place."""

    sheets: tuple[FormSheet, ...]
    left_out: tuple[str, ...]
    tongue: Tongue
    on: date
    purpose: Both | None = None
    """What the form is for, where it is for one purpose."""


def form_plan(ruleset: Ruleset, shapes: tuple[Shape, ...], tongue: Tongue, on: date, *, short: bool = False) -> FormPlan:
    """The form of those kinds; a short one holds only what is always required, keys, and what the record is called."""
    made = _Planner(ruleset, tongue, on)
    sheets = [sheet for shape in shapes for sheet in made.sheets(shape)]
    if short:
        sheets = [replace(one, columns=_shortened(one)) for one in sheets if one.owner is None]
    return FormPlan(sheets=tuple(sheets), left_out=tuple(dict.fromkeys(made.left_out)), tongue=tongue, on=on)


def _shortened(sheet: FormSheet) -> tuple[FormColumn, ...]:
    kept = tuple(one for at, one in enumerate(sheet.columns) if at == 0 or one.required or one.field.key)
    return kept if len(kept) > 1 else sheet.columns


class _Planner:
    def __init__(self, ruleset: Ruleset, tongue: Tongue, on: date) -> None:
        self.ruleset, self.tongue, self.on = ruleset, tongue, on
        self.vocabulary: Vocabulary = ruleset.vocabulary
        self.kinds = Kinds(self.vocabulary, find_roots(self.vocabulary))
        self.left_out: list[str] = []
        self._titles: set[str] = set()

    def say(self, one: Field | Shape) -> str:
        """The name of a field or a shape."""
        return one.name.say(self.tongue) or one.name.zh or one.id

    def sheets(self, shape: Shape) -> Iterator[FormSheet]:
        """The sheet of a kind, and after it the sheets of the lists inside it."""
        rules = field_rules(self.ruleset.rules, shape.id, (), self.on)
        columns: list[FormColumn] = []
        inner: list[FormSheet] = []
        for one in shape.fields:
            held, many = embedded(one.type, self.vocabulary)
            sheet = self._list_sheet(shape, one, held) if held is not None and many else None
            if sheet is not None:
                inner.append(sheet)
            else:
                columns += self._columns(shape, one, rules)
        yield FormSheet(title=self._title(shape), shape=shape, columns=tuple(columns))
        yield from inner

    def _title(self, shape: Shape) -> str:
        title = self.say(shape)[:28]
        found, number = title, 2
        while found in self._titles:
            found, number = f"{title}{number}", number + 1
        self._titles.add(found)
        return found

    def _list_sheet(self, owner: Shape, list_field: Field, inner: Shape) -> FormSheet | None:
        """The sheet of a list, where the readers join it to its owner again; None where it must lie in the owner's columns."""
        first = next(one for one in owner.fields if embedded(one.type, self.vocabulary)[0] is inner)
        if inner.id in self.kinds.roots or first is not list_field or self.kinds.named_loosely(self.say(inner)) is not inner:
            return None
        by = owner.key or owner.fields[0]
        label = self._owner_label(owner, by, inner)
        if label is None:
            return None
        rules = field_rules(self.ruleset.rules, owner.id, (list_field.id,), self.on)
        joined = FormColumn(path=(), label=label, field=by, type=by.type, rules=FieldRules(), required=True, owner=self.say(owner))
        columns = [column for one in inner.fields for column in self._columns(inner, one, rules)]
        return FormSheet(title=self._title(inner), shape=inner, columns=(joined, *columns), owner=self.say(owner))

    def _owner_label(self, owner: Shape, by: Field, inner: Shape) -> str | None:
        gap = "" if self.tongue is Tongue.ZH else " "
        for label in (f"所属{owner.name.zh}{by.name.zh}", f"{self.say(owner)}{gap}{self.say(by)}", self.say(owner)):
            if self.kinds.index(inner).find(label) is None and (self.tongue is Tongue.ZH) == (not label.isascii()):
                return label
        return None

    def _columns(self, shape: Shape, one: Field, rules: dict[Path, FieldRules]) -> Iterator[FormColumn]:
        yield from self._under(shape, (one,), rules)

    def _under(self, shape: Shape, fields: tuple[Field, ...], rules: dict[Path, FieldRules]) -> Iterator[FormColumn]:
        last = fields[-1]
        inner, _ = embedded(last.type, self.vocabulary)
        if inner is not None:
            if len(fields) >= _DEEPEST:
                self.left_out.append(self._said(fields))
                return
            for part in inner.fields:
                yield from self._under(shape, (*fields, part), rules)
            return
        path = tuple(one.id for one in fields)
        label = self._label(shape, fields, path)
        if label is None:
            self.left_out.append(self._said(fields))
            return
        said = rules.get(path, FieldRules())
        many = isinstance(last.type, ListT)
        type = last.type.element if isinstance(last.type, ListT) else last.type
        yield FormColumn(
            path=path,
            label=label,
            field=last,
            type=type,
            rules=said,
            choices=self._choices(type, self.vocabulary.reading(shape)),
            many=many,
            required=len(fields) == 1 and (last.required or last.key or said.required),
        )

    def _said(self, fields: tuple[Field, ...]) -> str:
        return " / ".join(self.say(one) for one in fields)

    def _label(self, shape: Shape, fields: tuple[Field, ...], path: Path) -> str | None:
        """A label that the readers take for just this field."""
        index = self.kinds.index(shape)
        names = [tuple(self.say(one) for one in fields), tuple(one.name.zh for one in fields), tuple(one.id for one in fields)]
        gap = "" if self.tongue is Tongue.ZH else " "
        for parts in names:
            label = (gap if all(part.isascii() for part in parts) else "").join(parts)
            match = index.find(label)
            if match is not None and match.path == path and match.unit is None:
                return label
        return None

    def _choices(self, type: Type, reading: Reading | None) -> Choices | None:
        match type:
            case CodeT(codes=id):
                codes = self.vocabulary.code_list(id)
                entries = [one for one in codes.entries if (not one.start or one.start <= self.on) and (not one.end or self.on <= one.end)]
                shown = tuple(one.name.say(self.tongue) or one.name.zh or one.code for one in entries)
                every = [name for one in entries for name in (one.name.zh, one.name.en, one.id, *one.aliases)]
                every += [] if codes.labels_only else [one.code for one in entries]
                accepted = tuple(dict.fromkeys([*shown, *filter(None, every)]))
                return Choices(id=id, title=codes.name.say(self.tongue), shown=shown, accepted=accepted)
            case BoolT():
                return _yes_or_no(reading, self.tongue)
            case RefT(shape=id):
                shape = self.vocabulary.shape(id)
                at = next((number for number, one in enumerate(shape.fields) if one.key), 0)
                keys = tuple(dict.fromkeys(row[at] for row in shape.rows if at < len(row) and row[at].strip()))
                # Short names are understood as well, but not listed; so a name beyond the list is not coloured.
                return Choices(id=id, title=self.say(shape), shown=keys, accepted=()) if shape.register and keys else None
            case _:
                return None


def _yes_or_no(reading: Reading | None, tongue: Tongue) -> Choices:
    true, false = (reading.true, reading.false) if reading is not None else ((), ())
    pairs = [(one, other) for one, other in ((true[:1], false[:1]),) if tongue is Tongue.ZH and one and other]
    shown = (pairs[0][0][0], pairs[0][1][0]) if pairs else ("true", "false")
    title = "是否" if tongue is Tongue.ZH else "yes or no"
    return Choices(id="bool", title=title, shown=shown, accepted=tuple(dict.fromkeys([*shown, "true", "false", *true, *false])))
