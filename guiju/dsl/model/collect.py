"""Declarations become tables by name: shapes, code lists, readings, and where everything was declared.

What holds expressions (parameters, terms, tables, rules) is only noted here; it is checked when all names are known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.check_units import unit_named
from guiju.dsl.model.context import Found, Names, fold_name
from guiju.dsl.model.tree import Declared, Module
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tokens import DECLARATIONS, TYPES, WORDS, kinds_by_word
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.terms.shape import CodeEntry, CodeList, Field, Reading, Shape
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT, DateT, IntT, ListT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RecordT, RefT, TextT, Type

__all__ = ["Collected", "collect", "name_of", "parts_of", "read_type", "said", "word_of"]

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


@dataclass(slots=True)
class Collected:
    """What was declared, in order, with the declarations that are still to be checked by kind."""

    names: Names = field(default_factory=Names)
    declared: list[Declared] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    codes: list[CodeList] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    frameworks: list[ir.Framework] = field(default_factory=list)
    waiting: dict[str, list[tuple[str, Both, syn.Decl]]] = field(default_factory=dict)
    shape_decls: dict[str, syn.Decl] = field(default_factory=dict)


def name_of(decl: syn.Decl) -> tuple[str, Both] | None:
    """The id and the two names of a declaration; a thing with one name has it as its id and in both tongues."""
    zh, en = decl.head.zh, decl.head.en
    if zh is not None and not zh.text:
        zh = None
    if en is not None and not en.text:
        en = None
    if zh is None and en is None:
        return None
    one = fold_name((en or zh).text)  # type: ignore[union-attr]  # one of the two is a name
    return one, Both(zh.text if zh else en.text, en.text if en else zh.text)  # type: ignore[union-attr]


def name_span(decl: syn.Decl) -> Span:
    """The names of a declaration; its keyword where it has none."""
    spans = [one.span for one in (decl.head.zh, decl.head.en) if one is not None]
    return spans[0].join(spans[-1]) if spans else decl.keyword_span


def parts_of(decl: syn.Decl, kind: str) -> Iterator[syn.WordPart]:
    """The word parts of that kind."""
    return (part for part in decl.parts if isinstance(part, syn.WordPart) and part.kind == kind)


def word_of(decl: syn.Decl, kind: str) -> tuple[str, ...] | None:
    """The words of the first part of that kind; None without one."""
    return next((part.words for part in parts_of(decl, kind)), None)


def said(decl: syn.Decl, kind: str) -> Both | None:
    """The running text of that kind in the tongues in which it is written; None without one."""
    texts = {Tongue.ZH: "", Tongue.EN: ""}
    for part in decl.parts:
        if isinstance(part, syn.FreeText) and part.kind == kind:
            texts[part.tongue] = f"{texts[part.tongue]}\n{part.text}".strip()
    return Both(texts[Tongue.ZH], texts[Tongue.EN]) if any(texts.values()) else None


def doc_of(decl: syn.Decl) -> Both | None:
    """The doc comment, in the tongue of the declaration."""
    text = "\n".join(decl.docs).strip()
    if not text:
        return None
    return Both(text, "") if decl.tongue is Tongue.ZH else Both("", text)


# ---- declaring ---------------------------------------------------------------------------------------------------


def collect(files: tuple[syn.SyntaxFile, ...], found: Found) -> Collected:
    """All declarations of all files, names first, then what the vocabulary says."""
    made = Collected()
    by_kind: dict[str, list[tuple[str, Both, syn.Decl]]] = made.waiting
    for file in files:
        for decl in file.decls:
            _declare(made, decl, by_kind, found)
    for id, name, decl in by_kind.get("codelist", []):
        _add_codes(made, _code_list(id, name, decl, found))
    for id, name, decl in by_kind.get("reading", []):
        _add_reading(made, _reading(id, name, decl, found))
    _shapes(made, found)
    for _, name, decl in by_kind.get("framework", []):
        lines = tuple(ir.Collect(number=one.number, kinds=one.kinds) for one in decl.parts if isinstance(one, syn.CollectLine))
        made.frameworks.append(ir.Framework(code=decl.head.code or "", name=name, about=said(decl, "about"), collects=lines))
    _modules(made, files, found)
    return made


# Which kinds share one space of names; rules may be declared again as further versions.
_SPACE = {
    "shape": "type",
    "register": "type",
    "codelist": "type",
    "reading": "reading",
    "parameter": "value",
    "term": "value",
    "table": "table",
    "judged": "judged",
    "framework": "framework",
}


def _declare(made: Collected, decl: syn.Decl, by_kind: dict[str, list[tuple[str, Both, syn.Decl]]], found: Found) -> None:
    if decl.kind in ("module", "use"):
        return
    named = name_of(decl)
    if named is None and decl.kind == "framework" and decl.head.code:
        named = decl.head.code, Both(decl.head.code, decl.head.code)
    if named is None:
        return
    id, name = named
    span = name_span(decl)
    if decl.kind == "framework":
        id = decl.head.code or id
    space = _SPACE.get(decl.kind)
    if space is not None:
        first = _clash(made, space, id, name)
        if first is not None:
            words = DECLARATIONS[decl.kind]
            label = Label(first.span, Both("先在这里", "first here"))
            shown = name.zh if decl.tongue is Tongue.ZH else name.en
            found.say("N002", span, kind=Both(words.zh[0], words.en[0]), name=shown, labels=(label,))
            return
    made.declared.append(Declared(kind=decl.kind, id=id, name=name, span=span, tongue=decl.tongue))
    by_kind.setdefault(decl.kind, []).append((id, name, decl))


def _clash(made: Collected, space: str, id: str, name: Both) -> Declared | None:
    mine = {id, fold_name(name.zh), fold_name(name.en)}
    if space == "framework":
        mine = {id}
    for one in made.declared:
        if _SPACE.get(one.kind) != space:
            continue
        theirs = {one.id} if space == "framework" else {one.id, fold_name(one.name.zh), fold_name(one.name.en)}
        if mine & theirs:
            return one
    return None


def _modules(made: Collected, files: tuple[syn.SyntaxFile, ...], found: Found) -> None:
    versions: dict[str, str] = {}
    for file in files:
        for decl in file.decls:
            named = name_of(decl) if decl.kind == "module" else None
            if named is not None:
                uses = tuple(_use(one) for one in file.decls if one.kind == "use" and name_of(one) is not None)
                made.modules.append(Module(name=named[1], version=decl.head.version or "", uses=uses))
                for spelled in (named[0], named[1].zh, named[1].en):
                    versions[fold_name(spelled)] = decl.head.version or ""
    for file in files:
        for decl in file.decls:
            if decl.kind != "use" or name_of(decl) is None:
                continue
            name, written = _use(decl)
            now = versions.get(fold_name(name))
            if now is None:
                near = nearest(name, versions)
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                found.say("N014", name_span(decl), name=name, help=help)
            elif written and now and written != now:
                found.say("N015", name_span(decl), name=name, found=now, written=written)


def _use(decl: syn.Decl) -> tuple[str, str]:
    named = decl.head.zh or decl.head.en
    return (named.text if named else "", decl.head.version or "")


# ---- code lists and readings -------------------------------------------------------------------------------------


def _code_list(id: str, name: Both, decl: syn.Decl, found: Found) -> CodeList:
    entries: list[CodeEntry] = []
    seen: dict[str, tuple[str, Span]] = {}
    for part in decl.parts:
        if not isinstance(part, syn.CodeLine):
            continue
        zh, en = part.zh.text, part.en.text
        for spelled in dict.fromkeys((fold_name(part.code), fold_name(zh or en))):
            first = seen.get(spelled)
            if first is not None and first[0] != part.code or first is not None and spelled == fold_name(part.code):
                at = part.code_span if spelled == fold_name(part.code) else part.zh.span
                found.say("N002", at, kind=_CODE, name=spelled, labels=(Label(first[1], Both("先在这里", "first here")),))
            seen.setdefault(spelled, (part.code, part.code_span))
        start, end = part.start.value if part.start else None, part.end.value if part.end else None
        if start is not None and end is not None and end < start:
            found.say("T026", part.span, start=str(start), end=str(end))
        entries.append(
            CodeEntry(code=part.code, name=Both(zh or en, en or zh), id=fold_name(en or zh), aliases=part.aliases, start=start, end=end)
        )
    cites = tuple(part.text for part in decl.parts if isinstance(part, syn.Cite))
    labels_only = any(True for _ in parts_of(decl, "labels_only"))
    return CodeList(id=id, name=name, entries=tuple(entries), labels_only=labels_only, cites=cites, doc=doc_of(decl))


_CODE = Both("代码", "code")


def _add_codes(made: Collected, codes: CodeList) -> None:
    made.codes.append(codes)
    for spelled in (codes.id, codes.name.zh, codes.name.en):
        made.names.codes[fold_name(spelled)] = codes


def _reading(id: str, name: Both, decl: syn.Decl, found: Found) -> Reading:
    known = kinds_by_word(WORDS["dates"])
    dates: list[str] = []
    for part in parts_of(decl, "dates"):
        for word, span in zip(part.words, part.word_spans, strict=True):
            kind = known.get(word)
            if kind is None:
                unknown_word(found, "dates", word, span, tuple(known))
            else:
                dates.append(kind[0])
    money = word_of(decl, "money_unit")
    return Reading(
        id=id,
        name=name,
        blank=word_of(decl, "blank") or (),
        not_applicable=word_of(decl, "not_applicable_words") or (),
        pending=word_of(decl, "pending_words") or (),
        dates=tuple(dict.fromkeys(dates)),
        true=word_of(decl, "true_words") or (),
        false=word_of(decl, "false_words") or (),
        money_unit=money[0] if money else None,
        fold_width=word_of(decl, "fold_width") is not None,
    )


def unknown_word(found: Found, part: str, word: str, span: Span, known: tuple[str, ...]) -> None:
    """A word that its part does not know, with the nearest that it does."""
    near = nearest(word, known)
    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else Both("可以写：" + "、".join(known), "it knows: " + ", ".join(known))
    found.say("N020", span, part=part, word=word, help=help)


def _add_reading(made: Collected, reading: Reading) -> None:
    made.readings.append(reading)
    for spelled in (reading.id, reading.name.zh, reading.name.en):
        made.names.readings[fold_name(spelled)] = reading


# ---- shapes ------------------------------------------------------------------------------------------------------


def _shapes(made: Collected, found: Found) -> None:
    decls = [one for kind in ("shape", "register") for one in made.waiting.get(kind, [])]
    heads = {id: name for id, name, _ in decls}
    by_name = {fold_name(spelled): id for id, name, _ in decls for spelled in (id, name.zh, name.en)}
    registers = {id for id, _, decl in decls if decl.kind == "register"}
    for id, name, decl in decls:
        fields = _fields(made, id, name, decl, by_name, registers, found)
        aliases = tuple(word for part in parts_of(decl, "aliases") for word in part.words)
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


def _reading_of(made: Collected, decl: syn.Decl, found: Found) -> str | None:
    for part in parts_of(decl, "reading"):
        if not part.words:
            continue
        reading = made.names.readings.get(fold_name(part.words[0]))
        if reading is not None:
            return reading.id
        near = nearest(part.words[0], made.names.readings)
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
        found.say("N013", part.word_spans[0], name=part.words[0], help=help)
    return None


def _fields(
    made: Collected, id: str, name: Both, decl: syn.Decl, by_name: dict[str, str], registers: set[str], found: Found
) -> tuple[Field, ...]:
    fields: list[Field] = []
    seen: dict[str, Span] = {}
    for part in decl.parts:
        if not isinstance(part, syn.FieldLine):
            continue
        ty = read_type(part.type, made.names, by_name, registers, found)
        spelled = tuple(dict.fromkeys(fold_name(one.text) for one in (part.zh, part.en) if one.text))
        first = next((seen[one] for one in spelled if one in seen), None)
        if first is not None:
            label = Label(first, Both("先在这里", "first here"))
            found.say("N002", part.zh.span, kind=Both("字段", "field"), name=part.zh.text or part.en.text, labels=(label,))
            continue
        seen.update(dict.fromkeys(spelled, part.zh.span))
        if ty is not None and spelled:
            fields.append(_field(part, ty))
    return tuple(fields)


def _field(part: syn.FieldLine, ty: Type) -> Field:
    kinds = {flag.kind: flag for flag in part.flags}
    zh, en = part.zh.text, part.en.text
    alias = kinds.get("alias")
    sensitive = kinds.get("sensitive")
    return Field(
        id=fold_name(en or zh),
        name=Both(zh or en, en or zh),
        type=ty,
        required="required" in kinds,
        key="key" in kinds,
        complete="incomplete" not in kinds,
        aliases=alias.words if alias else (),
        unit=part.type.unit,
        cites=tuple(" ".join(flag.words) for flag in part.flags if flag.kind == "cite"),
        sensitivity=sensitive.words[0] if sensitive and sensitive.words else None,
    )


def read_type(
    written: syn.TypeName, names: Names, by_name: dict[str, str], registers: set[str], found: Found
) -> Type | None:
    """The type of that spelling; None once complained."""
    text = fold_name(written.name.text)
    ty = _one_type(written, text, names, by_name, registers, found)
    if ty is None:
        return None
    return ListT(ty) if written.many else ty


def _one_type(
    written: syn.TypeName, text: str, names: Names, by_name: dict[str, str], registers: set[str], found: Found
) -> Type | None:
    if not text:
        return None
    if written.reference:
        shape = by_name.get(text)
        if shape is None:
            near = nearest(text, by_name)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            found.say("N006", written.name.span, name=text, help=help)
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
    found.say("N005", written.name.span, name=written.name.text, help=help)
    return None


def _quantity(written: syn.TypeName, found: Found) -> Type | None:
    if written.unit is None:
        found.say("U002", written.span, other=Both("数量", "a quantity"), help=Both("写明单位，例如 数量 km²", "give the unit, for example quantity km²"))
        return None
    unit = unit_named(found, written.unit, written.span)
    return QuantityT(unit.dimension.value) if unit is not None else None


def _refuse_circles(made: Collected, found: Found) -> None:
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

    def reaches(at: str, goal: str, seen: set[str]) -> bool:
        if at == goal:
            return True
        if at in seen:
            return False
        seen.add(at)
        return any(reaches(to, goal, seen) for one in by_id[at].fields if (to := inner(one.type)) is not None)

    for at, shape in enumerate(made.shapes):
        for one in shape.fields:
            to = inner(one.type)
            if to is not None and reaches(to, shape.id, set()):
                decl = made.shape_decls[shape.id]
                line = next((p for p in decl.parts if isinstance(p, syn.FieldLine) and fold_name(p.en.text or p.zh.text) == one.id), None)
                found.say("N011", line.type.span if line else decl.span, shape=shape.name, field=one.name)
                kept = tuple(other for other in shape.fields if other.id != one.id)
                mended = Shape(
                    id=shape.id, name=shape.name, fields=kept, aliases=shape.aliases, register=shape.register, rows=shape.rows, reading=shape.reading, doc=shape.doc
                )
                made.shapes[at] = by_id[shape.id] = mended
                for spelled, known in made.names.shapes.items():
                    if known is shape:
                        made.names.shapes[spelled] = mended
                return _refuse_circles(made, found)
