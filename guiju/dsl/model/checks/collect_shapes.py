"""Shapes and their fields become the vocabulary: types by name, flags, and no shape that holds itself."""

from dataclasses import replace
from decimal import Decimal

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.model.expressions.check_units import unit_named
from guiju.dsl.model.expressions.check_usual import read_usual
from guiju.dsl.model.names.context import DiagnosticSink, Names, fold_name
from guiju.dsl.model.names.declared import Collected, doc_of, named, parts_of
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tokens import TYPES, kinds_by_word
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, RefT, TextT, Type

__all__ = ["collect_shapes", "read_type"]

_TYPE_WORDS = kinds_by_word(TYPES)
_PLAIN: dict[str, Type] = {
    "text": TextT(),
    "integer": IntT(),
    "number": NumberT(),
    "money": MoneyT(),
    "percent": PercentT(),
    "date": DateT(),
    "period": PeriodT(),
    "boolean": BoolT(),
}


def collect_shapes(made: Collected, found: DiagnosticSink) -> None:
    """Every shape and register, in order of declaration; their names are known from here on."""
    decls = [one for kind in ("shape", "register") for one in made.waiting.get(kind, [])]
    heads = {id: name for id, name, _ in decls}
    by_name = {fold_name(spelled): id for id, name, _ in decls for spelled in (id, name.zh, name.en)}
    registers = {id for id, _, decl in decls if decl.kind == "register"}
    for id, name, decl in decls:
        fields = _fields(made, id, name, decl, by_name, registers, found)
        aliases = tuple(word for part in parts_of(decl, "aliases") for word in part.words)
        for part in decl.parts:
            if isinstance(part, syn.RowLine) and len(part.cells) > len(fields) > 0:
                found.report("T022", part.span, found=str(len(part.cells)), wanted=str(len(fields)))
        rows = tuple(part.cells for part in decl.parts if isinstance(part, syn.RowLine))
        shape = Shape(
            id=id,
            name=name,
            fields=fields,
            aliases=aliases,
            register=decl.kind == "register",
            rows=rows,
            reading=_reading_of(made, decl, found),
            doc=doc_of(decl),
        )
        made.shapes.append(shape)
        made.shape_decls[id] = decl
        for spelled in (shape.id, shape.name.zh, shape.name.en):
            made.names.shapes[fold_name(spelled)] = shape
    for shape in made.shapes:
        for alias in shape.aliases:
            made.names.shapes.setdefault(fold_name(alias), shape)
    _refuse_circles(made, found)
    assert set(heads) == {one.id for one in made.shapes}


def _reading_of(made: Collected, decl: syn.Decl, found: DiagnosticSink) -> str | None:
    for part in parts_of(decl, "reading"):
        if not part.words:
            continue
        reading = made.names.readings.get(fold_name(part.words[0]))
        if reading is not None:
            return reading.id
        near = nearest(part.words[0], made.names.readings)
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
        found.report("N013", part.word_spans[0], name=part.words[0], help=help)
    return None


def _fields(
    made: Collected, id: str, name: Both, decl: syn.Decl, by_name: dict[str, str], registers: set[str], found: DiagnosticSink
) -> tuple[Field, ...]:
    fields: list[Field] = []
    seen: dict[str, Span] = {}
    owners: dict[Span, syn.FieldLine] = {}
    for part in decl.parts:
        if not isinstance(part, syn.FieldLine):
            continue
        ty = read_type(part.type, made.names, by_name, registers, found)
        spelled = tuple(dict.fromkeys(fold_name(one.text) for one in (part.zh, part.en) if one.text))
        first = next((seen[one] for one in spelled if one in seen), None)
        if first is not None:
            label = Label(first, Both("先在这里", "first here"))
            owner = owners[first]
            if part.en.text and fold_name(part.en.text) == fold_name(owner.en.text) and part.zh.text not in ("", owner.zh.text):
                other = Both(owner.zh.text, owner.zh.text)
                taken = Label(owner.en.span, Both("先在这里", "first here"))
                found.report("N041", part.en.span, name=part.en.text, other=other, labels=(taken,))
                continue
            found.report("N002", part.zh.span, kind=Both("字段", "field"), name=part.zh.text or part.en.text, labels=(label,))
            continue
        seen.update(dict.fromkeys(spelled, part.zh.span))
        owners[part.zh.span] = part
        if ty is None:
            # What is wrong with the field has been said where it is declared.
            made.names.faulty.update(spelled)
        if ty is not None and spelled:
            fields.append(replace(_field(part, ty, read_usual(part, ty, found)), blank_means=_blank_means(part, ty, found)))
    return tuple(fields)


def _field(part: syn.FieldLine, ty: Type, usual: tuple[Decimal, Decimal] | None) -> Field:
    kinds = {flag.kind: flag for flag in part.flags}
    zh, en = part.zh.text, part.en.text
    alias = kinds.get("alias")
    sensitive = kinds.get("sensitive")
    return Field(
        id=fold_name(en or zh),
        name=named(zh or en, en or zh, part.title),
        type=ty,
        required="required" in kinds,
        key="key" in kinds,
        complete="incomplete" not in kinds,
        aliases=alias.words if alias else (),
        unit=part.type.unit,
        cites=tuple(" ".join(flag.words) for flag in part.flags if flag.kind == "cite"),
        sensitivity=sensitive.words[0] if sensitive and sensitive.words else None,
        usual=usual,
    )


def _blank_means(part: syn.FieldLine, ty: Type, found: DiagnosticSink) -> bool | None:
    """What a blank means; only a yes-or-no field says so, and none that must be filled in."""
    flag = next((one for one in part.flags if one.kind == "blank" and one.words), None)
    if flag is None:
        return None
    required = next((one for one in part.flags if one.kind == "required"), None)
    if not isinstance(ty, BoolT) or required is not None:
        labels = (Label(required.span, Both("这里说必填", "it is required, as is said here")),) if required is not None else ()
        found.report("T077", flag.span, name=Both(part.zh.text or part.en.text, part.en.text or part.zh.text), labels=labels)
        return None
    return flag.words[0] == "yes"


def read_type(written: syn.TypeName, names: Names, by_name: dict[str, str], registers: set[str], found: DiagnosticSink) -> Type | None:
    """The type of that spelling; None once complained."""
    text = fold_name(written.name.text)
    ty = _one_type(written, text, names, by_name, registers, found)
    if ty is None:
        return None
    return ListT(ty) if written.many else ty


def _one_type(
    written: syn.TypeName, text: str, names: Names, by_name: dict[str, str], registers: set[str], found: DiagnosticSink
) -> Type | None:
    if not text:
        return None
    if written.reference:
        shape = by_name.get(text)
        if shape is None:
            near = nearest(text, by_name)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            found.report("N006", written.name.span, name=text, help=help)
            return None
        return RefT(shape)
    kind = _TYPE_WORDS.get(text)
    # A code list or a shape may bear the name of a plain type when it is quoted.
    if kind is not None and not written.name.quoted:
        if kind[0] == "quantity":
            return _quantity(written, found)
        return _PLAIN[kind[0]]
    if text in names.codes:
        return CodeT(names.codes[text].id)
    if text in by_name:
        return RefT(by_name[text]) if by_name[text] in registers else RecordT(by_name[text])
    near = nearest(text, (*_TYPE_WORDS, *names.codes, *by_name))
    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
    found.report("N005", written.name.span, name=written.name.text, help=help)
    return None


def _quantity(written: syn.TypeName, found: DiagnosticSink) -> Type | None:
    if written.unit is None:
        found.report(
            "U002",
            written.span,
            other=Both("数量", "a quantity"),
            help=Both("写明单位，例如 数量 km²", "give the unit, for example quantity km²"),
        )
        return None
    unit = unit_named(found, written.unit, written.span)
    return QuantityT(unit.dimension.value) if unit is not None else None


def _refuse_circles(made: Collected, found: DiagnosticSink) -> None:
    """A shape that holds itself, by records or lists, has no end; a reference does not hold."""
    by_id = {one.id: one for one in made.shapes}

    def inner(ty: Type) -> str | None:
        match ty:
            case RecordT(shape=shape):
                return shape
            case ListT(element=element):
                return inner(element)
            case _:
                return None

    def reaches(start: str, goal: str) -> bool:
        waiting, seen = [start], set[str]()
        while waiting:
            at = waiting.pop()
            if at == goal:
                return True
            if at not in seen:
                seen.add(at)
                waiting += [to for one in by_id[at].fields if (to := inner(one.type)) is not None]
        return False

    for at, shape in enumerate(made.shapes):
        for one in shape.fields:
            to = inner(one.type)
            if to is not None and reaches(to, shape.id):
                decl = made.shape_decls[shape.id]
                line = next((p for p in decl.parts if isinstance(p, syn.FieldLine) and fold_name(p.en.text or p.zh.text) == one.id), None)
                found.report("N011", line.type.span if line else decl.span, shape=shape.name, field=one.name)
                kept = tuple(other for other in shape.fields if other.id != one.id)
                mended = Shape(
                    id=shape.id,
                    name=shape.name,
                    fields=kept,
                    aliases=shape.aliases,
                    register=shape.register,
                    rows=shape.rows,
                    reading=shape.reading,
                    doc=shape.doc,
                )
                made.shapes[at] = by_id[shape.id] = mended
                for spelled, known in made.names.shapes.items():
                    if known is shape:
                        made.names.shapes[spelled] = mended
                _refuse_circles(made, found)
                return
