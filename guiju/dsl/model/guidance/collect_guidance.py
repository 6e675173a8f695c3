"""填写说明: for each field of a shape, in one sentence what to write, in both tongues, and an example true to life.

Guidance stands apart from the shape, so that who writes forms and who writes rules do not write in one line. It decides no verdict.
"""

from collections.abc import Iterator
from dataclasses import replace

from guiju.diagnostics.suggest import nearest
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.model.names.declared import Collected, name_span
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both

__all__ = ["add_guidance"]

_CELLS = 4
_Guide = tuple[Both, str]


def add_guidance(made: Collected, found: DiagnosticSink) -> None:
    """The shapes with the guidance that is declared for them: `doc` and `example` of their fields."""
    for id, name, decl in made.waiting.get("guidance", []):
        shape = made.names.shapes.get(fold_name(name.en)) or made.names.shapes.get(fold_name(name.zh))
        if shape is None:
            near = nearest(name.zh, made.names.shapes)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            found.report("N006", name_span(decl), name=name.zh, help=help)
            continue
        guides = dict(_guides(shape, decl, found))
        _put(made, shape, replace(shape, fields=tuple(_guided(one, guides) for one in shape.fields)))
        made.guided.append((shape.id, id))


def _guides(shape: Shape, decl: syn.Decl, found: DiagnosticSink) -> Iterator[tuple[str, _Guide]]:
    known = {fold_name(spelled): one.id for one in shape.fields for spelled in (one.id, one.name.zh, one.name.en)}
    for part in decl.parts:
        if not isinstance(part, syn.RowLine):
            continue
        if len(part.cells) != _CELLS:
            found.report("T022", part.span, found=str(len(part.cells)), wanted=str(_CELLS))
            continue
        name, zh, en, example = part.cells
        id = known.get(fold_name(name))
        if id is None:
            near = nearest(name, known)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            found.report("N003", part.cell_spans[0], shape=shape.name, name=name, help=help)
            continue
        yield id, (Both(zh or en, en or zh), example)


def _guided(field: Field, guides: dict[str, _Guide]) -> Field:
    doc, example = guides.get(field.id, (None, ""))
    return field if doc is None else replace(field, doc=doc, example=example or None)


def _put(made: Collected, old: Shape, new: Shape) -> None:
    made.shapes[made.shapes.index(old)] = new
    for spelled, known in made.names.shapes.items():
        if known is old:
            made.names.shapes[spelled] = new
