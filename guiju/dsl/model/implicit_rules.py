"""Rules that shapes imply: a required field is given, no field is unreadable, and no amount is usual in another unit only.

For every root shape, and for the elements of every list under it, each as its own subject. They judge form; without a
citation they are minor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.unit_slip import slip_test
from guiju.dsl.model.checks.check_citations import Citations, Cited
from guiju.dsl.model.checks.check_rules import line_of
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.model.names.declared import Collected
from guiju.dsl.model.names.tree import CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.fact import State
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.shape import Field, Shape
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, ListT, RecordT, TextT, TruthT, Type

__all__ = ["implicit_rules"]

_GIVEN = (State.VALUE, State.UNREADABLE)
_TRUE = ir.Truthy(ir.Const(True, BoolT()))
_READABLE = tuple(one for one in State if one is not State.UNREADABLE)
_SEVERITY = {"given": Severity.MINOR, "readable": Severity.MINOR, "units": Severity.ADVISORY}
_MOST_PATHS = 2000
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class _Grain:
    """One kind of subject: a root shape, or the elements of a list in it (which may cross several lists)."""

    root: Shape
    path: tuple[str, ...]
    shape: Shape | None
    element: Type | None

    @property
    def spec(self) -> ir.SubjectSpec:
        return ir.SubjectSpec(shape=self.root.id, path=self.path, element=self.element)


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of a grain, through embedded records; `inside` are the reads of the records around it."""

    shape: Shape
    field: Field
    read: ir.Read
    inside: tuple[ir.Read, ...]


def implicit_rules(
    made: Collected, roots: frozenset[str], citations: Citations, found: DiagnosticSink, lines: dict[str, tuple[int, ...]]
) -> tuple[CheckedRule, ...]:
    """All implied rules, root by root in the order of declaration."""
    by_id = {one.id: one for one in made.shapes}
    every = (grain for shape in made.shapes if shape.id in roots and not shape.register for grain in _grains(shape, by_id))
    # Shapes that hold shapes can be combined without end; nobody means thousands of grains.
    grains = list(islice(every, _MOST_PATHS))
    rules: list[CheckedRule] = []
    ids: dict[str, int] = {}
    drafts = [draft for grain in grains for draft in _drafts(grain, by_id)]
    for short, _, _ in drafts:
        ids[short] = ids.get(short, 0) + 1
    maker = _Maker(made, citations, found, lines)
    for short, long, draft in drafts:
        rules.append(maker.rule(short if ids[short] == 1 else long, draft))
    return tuple(rules)


def _grains(root: Shape, by_id: dict[str, Shape]) -> Iterator[_Grain]:
    yield _Grain(root, (), root, None)

    def lists(shape: Shape, path: tuple[str, ...]) -> Iterator[_Grain]:
        for one in shape.fields if len(path) < _DEEPEST else ():
            match one.type:
                case ListT(element=RecordT(shape=inner) as element):
                    yield _Grain(root, (*path, one.id), by_id[inner], element)
                    yield from lists(by_id[inner], (*path, one.id))
                case ListT(element=element) if not isinstance(element, TextT):
                    yield _Grain(root, (*path, one.id), None, element)
                case RecordT(shape=inner):
                    yield from lists(by_id[inner], (*path, one.id))
                case _:
                    pass

    yield from lists(root, ())


@dataclass(frozen=True, slots=True)
class _Draft:
    grain: _Grain
    places: tuple[_Place, ...]
    kind: Literal["given", "readable", "units"]

    @property
    def given(self) -> bool:
        return self.kind == "given"


def _drafts(grain: _Grain, by_id: dict[str, Shape]) -> Iterator[tuple[str, str, _Draft]]:
    """Short id, long id, and what the rule says."""
    way = ".".join((grain.root.id, *grain.path))
    if grain.shape is None:
        name = grain.path[-1]
        yield f"{grain.root.id}.{name}.readable", f"{way}.readable", _Draft(grain, (), "readable")
        return
    places = tuple(islice(_places(grain.shape, by_id, (), ()), _MOST_PATHS))
    for one in places:
        if one.field.required:
            long = ".".join((way, *one.read.path)) + "_given"
            yield f"{one.shape.id}.{one.field.id}_given", long, _Draft(grain, (one,), "given")
    typed = tuple(one for one in places if not isinstance(one.field.type, TextT) and _can_be_unreadable(one.field.type))
    if typed:
        yield f"{grain.shape.id}.readable", f"{way}.readable", _Draft(grain, typed, "readable")
    measured = tuple(one for one in places if one.field.usual is not None)
    if measured:
        yield f"{grain.shape.id}.units", f"{way}.units", _Draft(grain, measured, "units")


def _can_be_unreadable(ty: Type) -> bool:
    # A record or a list is unreadable when something else stands in its place.
    return not isinstance(ty, TextT)


def _places(shape: Shape, by_id: dict[str, Shape], path: tuple[str, ...], inside: tuple[ir.Read, ...]) -> Iterator[_Place]:
    for one in shape.fields:
        read = ir.Read(0, (*path, one.id), one.type)
        yield _Place(shape, one, read, inside)
        if isinstance(one.type, RecordT) and len(path) < _DEEPEST:
            yield from _places(by_id[one.type.shape], by_id, (*path, one.id), (*inside, read))


@dataclass(frozen=True, slots=True)
class _Maker:
    made: Collected
    citations: Citations
    found: DiagnosticSink
    lines: dict[str, tuple[int, ...]]

    def rule(self, id: str, draft: _Draft) -> CheckedRule:
        """The implied rule of that id."""
        owner = draft.places[0].shape if draft.given else (draft.grain.shape or draft.grain.root)
        decl = self.made.shape_decls[owner.id]
        span = self._span(decl, draft)
        cited = self._cited(decl, draft) if draft.given else ()
        severity = self.citations.severity(cited, Force.SHALL, None, span) if cited else _SEVERITY[draft.kind]
        name, fix = _words(draft)
        rule = ir.Rule(
            id=id,
            name=name,
            version="1",
            subject=draft.grain.spec,
            applies=_applies(draft),
            exceptions=(),
            yields_to=(),
            force=Force.SHOULD if draft.kind == "units" else Force.SHALL,
            requirement=_requirement(draft),
            citations=tuple(one.citation for one in cited),
            severity=severity.id,
            fix=fix,
            says=None,
            why=None,
            doc="",
            start=None,
            end=None,
            submitted=(None, None),
            status="active",
            empty_passes=False,
            dimension="completeness" if draft.given else "correctness",
            derives=(),
            implicit=True,
            source=line_of(self.lines, span),
            text="",
        )
        return CheckedRule(rule=rule, decl=decl, span=span)

    def _span(self, decl: syn.Decl, draft: _Draft) -> Span:
        if draft.given:
            for part in decl.parts:
                if isinstance(part, syn.FieldLine) and fold_name(part.en.text or part.zh.text) == draft.places[0].field.id:
                    return part.span
        return decl.keyword_span

    def _cited(self, decl: syn.Decl, draft: _Draft) -> tuple[Cited, ...]:
        """What the 依据 flags of the field cite."""
        for part in decl.parts:
            if isinstance(part, syn.FieldLine) and fold_name(part.en.text or part.zh.text) == draft.places[0].field.id:
                flags = ((" ".join(flag.words), flag.span) for flag in part.flags if flag.kind == "cite")
                cited = (self.citations.cite(text, span, Interval()) for text, span in flags)
                return tuple(one for one in cited if one is not None)
        return ()


def _applies(draft: _Draft) -> ir.Expr | None:
    """A field of an embedded record is asked for only where the record is there; a unit only where an amount is."""
    if draft.kind == "units":
        amounts = tuple(ir.Is(one.read, (State.VALUE,)) for one in draft.places)
        return ir.Or(amounts) if len(amounts) > 1 else amounts[0]
    if not draft.given or not draft.places[0].inside:
        return None
    return ir.Is(draft.places[0].inside[-1], (State.VALUE,))


def _requirement(draft: _Draft) -> ir.Expr:
    if draft.given:
        return ir.Is(draft.places[0].read, _GIVEN)
    if not draft.places:
        assert draft.grain.element is not None
        return ir.Is(ir.Read(0, (), draft.grain.element), _READABLE)
    if draft.kind == "units":
        tests: tuple[ir.Expr, ...] = tuple(_in_its_unit(one) for one in draft.places)
    else:
        tests = tuple(ir.Is(one.read, _READABLE) for one in draft.places)
    return ir.And(tests) if len(tests) > 1 else tests[0]


def _in_its_unit(place: _Place) -> ir.Expr:
    assert place.field.usual is not None
    return ir.If(ir.Is(place.read, (State.VALUE,)), slip_test(place.read, *place.field.usual), _TRUE, TruthT())


def _words(draft: _Draft) -> tuple[Both, Both]:
    if draft.given:
        name = draft.places[0].field.name
        owner = draft.places[0].shape.name
        return (
            Both(f"{owner.zh}填写{name.zh}", f"{owner.en} states {name.en}"),
            Both(f"填写“{name.zh}”。", f"State `{name.en}`."),
        )
    shape = draft.grain.shape or draft.grain.root
    if draft.kind == "units":
        return (
            Both(f"{shape.name.zh}的数量没有错用单位", f"{shape.name.en} gives its amounts in the right unit"),
            Both("核对单位，把单位写在数的后面，例如 500万元。", "Check the unit, and write it behind the number, such as 500 wan yuan."),
        )
    return (
        Both(f"{shape.name.zh}各项可识别", f"{shape.name.en} is readable"),
        Both("把无法识别的内容改成规定的写法。", "Write what cannot be read in the form that its field asks for."),
    )
