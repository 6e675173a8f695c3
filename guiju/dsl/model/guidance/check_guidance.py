"""What is asked of the guidance for those who fill in forms: that each field has some, and that its example can be read."""

from collections.abc import Iterator

from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, RefT

__all__ = ["check_guidance", "unguided"]

_MOST_NAMED = 5


def check_guidance(model: CheckedModel, found: DiagnosticSink) -> None:
    """Hints at the fields that the guidance of a shape leaves out, and at the examples that no reader understands."""
    declared = dict(model.guided)
    for shape in model.shapes:
        at = model.where("guidance", declared[shape.id]) if shape.id in declared else None
        if at is None:
            continue
        missing = [one for one in shape.fields if _lacks(one)]
        if missing:
            found.report("H060", at.span, shape=shape.name, count=str(len(missing)), fields=_named(missing))
        wrong = [one for one in shape.fields if one.example is not None and not _is_read(one, shape, model)]
        if wrong:
            found.report("H061", at.span, shape=shape.name, fields=_named(wrong))


def unguided(model: CheckedModel) -> Iterator[Diagnostic]:
    """Hints at the shapes for which there is no guidance at all; a register holds its own subjects and is filled in by nobody."""
    declared = dict(model.guided)
    for shape in model.shapes:
        where = model.where("shape", shape.id)
        if where is not None and shape.id not in declared and shape.fields:
            yield complain("H060", where.span, shape=shape.name, count=str(len(shape.fields)), fields=_named(list(shape.fields)))


def _lacks(field: Field) -> bool:
    """Whether guidance is wanting; what is filled in on a sheet, or in columns, of its own needs no example."""
    inner = field.type.element if isinstance(field.type, ListT) else field.type
    return field.doc is None or (field.example is None and not isinstance(inner, RecordT))


def _is_read(field: Field, shape: Shape, model: CheckedModel) -> bool:
    inner = field.type.element if isinstance(field.type, ListT) else field.type
    if isinstance(inner, RecordT | RefT):
        return True
    vocabulary = model.vocabulary
    return isinstance(read_value(field.example, field.type, vocabulary, vocabulary.reading(shape), unit=field.unit), Known)


def _named(fields: list[Field]) -> Both:
    first, more = fields[:_MOST_NAMED], len(fields) - _MOST_NAMED
    zh, en = "、".join(one.name.zh for one in first), ", ".join(one.name.en for one in first)
    return Both(f"{zh} 等 {len(fields)} 个", f"{en} and {more} more") if more > 0 else Both(zh, en)
