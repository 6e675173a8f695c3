"""The form of one record with one field a line, in sections.

The questions that decide most come first, then what everybody writes, then the rest under the answer on which it hangs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guiju.catalog.mapping.headers import embedded
from guiju.forms.template.form_plan import FormColumn, FormPlan, FormSheet, Section
from guiju.forms.template.form_scope import FormScope
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both

__all__ = ["lined"]

_MOST_STEPS = 6
_QUESTIONS = Both("先回答这几个问题：答了才知道下面哪些要填", "First these questions: the answers decide what else is asked")
_BASICS = Both("人人要填", "Asked of everybody")
_UNDER = Both("看“{name}”怎样答", "By the answer to `{name}`")
_REST = Both("有这回事才填", "Where there is such a thing")


def lined(plan: FormPlan, scope: FormScope, vocabulary: Vocabulary, *, short: bool = False) -> FormPlan:
    """The plan of a single kind, its record with a field a line; its lists stay tables. A short one ends after what everybody writes."""
    [root] = [one for one in plan.sheets if one.owner is None]
    wanted = tuple(one for one in root.columns if scope.wants(root.shape.id, one.path[0]))
    sections = tuple(_sections(wanted, scope, root.shape))
    sections = sections[:2] if short else sections
    main = replace(root, columns=tuple(column for _, columns in sections for column in columns), sections=sections, needs=scope.needs)
    lists = [] if short else [_list(one) for one in plan.sheets if one.owner is not None and _is_wanted(one, root.shape, scope, vocabulary)]
    return replace(plan, sheets=(main, *lists))


def _is_wanted(sheet: FormSheet, root: Shape, scope: FormScope, vocabulary: Vocabulary) -> bool:
    """Whether the list that the sheet holds is a field that the form has a place for."""
    lists = [one for one in root.fields if embedded(one.type, vocabulary) == (sheet.shape, True)]
    return any(scope.wants(root.id, one.id) for one in lists[:1])


def _list(sheet: FormSheet) -> FormSheet:
    """The table of a list without the column that names its owner: there is one record only."""
    return replace(sheet, columns=tuple(one for one in sheet.columns if one.owner is None))


def _sections(columns: Sequence[FormColumn], scope: FormScope, shape: Shape) -> Iterator[Section]:
    asked = [one for one in columns if one.path[0] in scope.screening]
    asked.sort(key=lambda one: scope.screening.index(one.path[0]))
    groups: dict[str, list[FormColumn]] = {}
    for one in columns:
        if one not in asked:
            groups.setdefault(_group(one, scope, shape.id), []).append(one)
    yield _QUESTIONS, tuple(asked)
    yield _BASICS, tuple(groups.pop("", ()))
    names = {one.id: one.name for one in shape.fields}
    for id in scope.screening:
        if id in groups:
            name = names[id]
            yield Both(_UNDER.zh.format(name=name.zh), _UNDER.en.format(name=name.en.replace("_", " "))), tuple(groups.pop(id))
    rest = [one for group in groups.values() for one in group]
    if rest:
        yield _REST, tuple(sorted(rest, key=columns.index))


def _group(column: FormColumn, scope: FormScope, shape: str) -> str:
    """The screening question on which a field hangs, by whatever steps; empty where everybody writes it, `?` where none does."""
    need = scope.needs[shape, column.path[0]]
    if need.always or column.required or column.field.key:
        return ""
    under = need.under
    for _ in range(_MOST_STEPS):
        if under is None or under in scope.screening:
            break
        further = scope.needs.get((shape, under))
        under = further.under if further is not None else None
    return under if under is not None else "?"
