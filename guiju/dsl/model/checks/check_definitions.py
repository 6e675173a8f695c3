"""Parameters, terms and decision tables: their values, bodies and rows, checked once all names are known."""

from dataclasses import dataclass

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.checks.check_citations import Citations
from guiju.dsl.model.checks.collect_shapes import read_type
from guiju.dsl.model.expressions.check_operands import fits
from guiju.dsl.model.expressions.check_size import MOST_ROWS
from guiju.dsl.model.expressions.check_types import Checker
from guiju.dsl.model.names.context import Binding, DiagnosticSink, Expected, Scope, fold_name
from guiju.dsl.model.names.declared import Collected
from guiju.dsl.model.names.type_words import is_ordered
from guiju.dsl.syntax import tree as syn
from guiju.terms.time.period import Interval, gaps, overlaps
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import RecordT, Type

__all__ = ["Definitions", "check_interval", "cites_of"]

_SETTLED = Scope()


def cites_of(decl: syn.Decl) -> tuple[syn.Cite, ...]:
    """The 依据 parts of a declaration."""
    return tuple(part for part in decl.parts if isinstance(part, syn.Cite))


def check_interval(found: DiagnosticSink, start: syn.DateLiteral | None, end: syn.DateLiteral | None, span: Span) -> Interval:
    """The days from one literal to the other; complained of when there are none."""
    first, last = (one.value if one is not None else None for one in (start, end))
    if first is not None and last is not None and last < first:
        found.report("T026", span, start=str(first), end=str(last))
        return Interval(first, None)
    return Interval(first, last)


@dataclass(frozen=True, slots=True)
class Definitions:
    """The makers of what other expressions use by name."""

    made: Collected
    citations: Citations
    found: DiagnosticSink

    # ---- parameters ----

    def parameters(self, checker: Checker) -> tuple[ir.Parameter, ...]:
        """All parameters; their names are known from here on."""
        found: list[ir.Parameter] = []
        for id, name, decl in self.made.waiting.get("parameter", []):
            one = self._parameter(checker, id, name, decl)
            if one is None:
                continue
            found.append(one)
            for spelled in (id, name.zh, name.en):
                self.made.names.parameters[fold_name(spelled)] = one
        return tuple(found)

    def _parameter(self, checker: Checker, id: str, name: Both, decl: syn.Decl) -> ir.Parameter | None:
        lines = [part for part in decl.parts if isinstance(part, syn.ValueLine)]
        if not lines:
            self.found.report("T019", decl.keyword_span, kind=Both("参数", "parameter"), part="=")
            return None
        values: list[ir.ParamValue] = []
        ty: Type | None = None
        first: Span | None = None
        for line in lines:
            wanted = None
            if ty is not None and first is not None:
                wanted = Expected(type=ty, reason=Both(f"先写的是{checker.words(ty).zh}", f"{checker.words(ty).en} before"), span=first)
            value = checker.operand(line.value, _SETTLED, wanted)
            interval = check_interval(self.found, line.start, line.end, line.span)
            if value is None:
                continue
            if not isinstance(value, ir.Const):
                self.found.report("T009", line.value.span)
                continue
            if wanted is not None and not fits(checker, value, line.value, wanted):
                continue
            if ty is None:
                ty, first = value.type, line.value.span
            cites = (line.cite,) if line.cite is not None else cites_of(decl)
            cited = self.citations.cite_all(cites, interval)
            values.append(
                ir.ParamValue(value=value.value, start=interval.start, end=interval.end, citations=tuple(one.citation for one in cited))
            )
        if ty is None:
            return None
        if len(values) == len(lines):
            self._values_in_time(name, values, lines)
        return ir.Parameter(id=id, name=name, type=ty, values=tuple(values))

    def _values_in_time(self, name: Both, values: list[ir.ParamValue], lines: list[syn.ValueLine]) -> None:
        intervals = [Interval(one.start, one.end) for one in values]
        for clash in overlaps(intervals):
            label = Label(lines[clash.first].span, Both("另一个值", "the other value"))
            self.found.report("N021", lines[clash.second].span, name=name, days=_said(clash.shared), labels=(label,))
        for gap in gaps(intervals):
            self.found.report("H008", lines[gap.after].span, name=name, days=_said(gap.missing))

    # ---- terms ----

    def name_terms(self) -> None:
        """The names of terms and tables, which are checked at their first use."""
        for kind, names in (("term", self.made.names.terms), ("table", self.made.names.tables)):
            for id, name, _ in self.made.waiting.get(kind, []):
                for spelled in (id, name.zh, name.en):
                    names[fold_name(spelled)] = id

    def term(self, checker: Checker, id: str) -> ir.Term | None:
        """The term of that id, checked; circles are the checker's to find."""
        name, decl = self.made.by_id["term", id]
        body = next((part for part in decl.parts if isinstance(part, syn.Requirement) and part.kind == "means"), None)
        if body is None:
            self.found.report("T019", decl.keyword_span, kind=Both("术语", "term"), part=Both("是指", "means"))
            return None
        shape_name = decl.head.subject or next((part.shape.names[0] for part in decl.parts if isinstance(part, syn.SubjectPart)), None)
        scope = Scope(tongue=decl.tongue)
        shape = None
        if shape_name is not None:
            shape = checker.names.shapes.get(fold_name(shape_name.text))
            if shape is None:
                near = checker.nearest(shape_name.text, checker.names.shapes)
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                self.found.report("N006", shape_name.span, name=shape_name.text, help=help)
                return None
            scope = Scope(bindings=(Binding(var=0, type=RecordT(shape.id), shape=shape),), next_var=1, tongue=decl.tongue)
        made = checker.operand(body.expr, scope, None)
        if made is None or checker.is_too_large(made, body.expr.span):
            return None
        cited = self.citations.cite_all(cites_of(decl), Interval())
        return ir.Term(
            id=id,
            name=name,
            shape=shape.id if shape else None,
            type=type_of(made),
            body=made,
            doc="\n".join(decl.docs),
            citations=tuple(one.citation for one in cited),
        )

    # ---- tables ----

    def table(self, checker: Checker, id: str) -> ir.Table | None:
        """The decision table of that id, checked."""
        name, decl = self.made.by_id["table", id]
        inputs = [self._typed(part) for part in decl.parts if isinstance(part, syn.WordPart) and part.kind == "input"]
        gives = [self._typed(part) for part in decl.parts if isinstance(part, syn.WordPart) and part.kind == "gives"]
        lacks = "input" if not inputs else "gives" if not gives else None
        if lacks is not None:
            part = Both("条件" if lacks == "input" else "结果", lacks)
            self.found.report("T019", decl.keyword_span, kind=Both("决策表", "table"), part=part)
            return None
        lines = [part for part in decl.parts if isinstance(part, syn.TableRow)]
        second = [part for part in decl.parts if isinstance(part, syn.WordPart) and part.kind == "gives"][1:]
        for surplus in second:
            self.found.report("T079", surplus.span, help=_ONE_RESULT)
        if not lines:
            self.found.report("T019", decl.keyword_span, kind=Both("决策表", "table"), part=Both("行，例如 1 → 2", "row, as in 1 → 2"))
        if second or not lines:
            return None
        output = gives[0]
        if output is None or any(one is None for one in inputs):
            return None
        typed = tuple(one for one in inputs if one is not None)
        if len(lines) > MOST_ROWS:
            self.found.report("T029", lines[MOST_ROWS].span, limit=str(MOST_ROWS))
            return None
        rows = [self._row(checker, part, typed, output) for part in lines]
        if any(row is None for row in rows):
            return None
        cited = self.citations.cite_all(cites_of(decl), Interval())
        return ir.Table(
            id=id,
            name=name,
            inputs=tuple((Both(one.text, one.text), ty) for one, ty in typed),
            output=output[1],
            rows=tuple(row for row in rows if row is not None),
            doc="\n".join(decl.docs),
            citations=tuple(one.citation for one in cited),
        )

    def _typed(self, part: syn.WordPart) -> tuple[syn.Name, Type] | None:
        """`更新频率 文本`, `天数 数量 天`: the name, and the type with its unit."""
        if len(part.words) < 2:
            return None
        name = syn.Name(part.words[0], part.word_spans[0])
        span = part.word_spans[1].join(part.word_spans[-1])
        unit = " ".join(part.words[2:]) or None
        written = syn.TypeName(syn.Name(part.words[1], part.word_spans[1]), False, False, unit, span)
        by_name = {spelled: shape.id for spelled, shape in self.made.names.shapes.items()}
        registers = {one.id for one in self.made.shapes if one.register}
        ty = read_type(written, self.made.names, by_name, registers, self.found)
        return (name, ty) if ty is not None else None

    def _row(
        self, checker: Checker, part: syn.TableRow, inputs: tuple[tuple[syn.Name, Type], ...], output: tuple[syn.Name, Type]
    ) -> ir.TableRow | None:
        cells = part.cells
        if len(cells) == 1 and cells[0] is None:
            cells = (None,) * len(inputs)
        if len(cells) != len(inputs):
            self.found.report("T022", part.span, found=str(len(cells)), wanted=str(len(inputs)))
            return None
        made = [self._cell(checker, cell, column) for cell, column in zip(cells, inputs, strict=True)]
        result = self._literal(checker, part.result, output)
        if result is None or any(one is _FAULTY for one in made):
            return None
        return ir.TableRow(tuple(one for one in made if not isinstance(one, _Faulty)), result)

    def _cell(
        self, checker: Checker, cell: syn.Cell, column: tuple[syn.Name, Type]
    ) -> "ir.CellSet | ir.CellBound | ir.CellRange | _Faulty | None":
        match cell:
            case None:
                return None
            case (op, bound):
                value = self._literal(checker, bound, column)
                if value is None:
                    return _FAULTY
                sign = _SIGNS[op]
                if sign == "=":
                    return ir.CellSet((value,))
                if sign != "≠" and not is_ordered(value.type):
                    self.found.report("T004", bound.span, found=checker.words(value.type))
                    return _FAULTY
                return ir.CellBound(sign, value)
            case syn.Between(low=low, high=high):
                bounds = [self._cell(checker, one, column) for one in (low, high)]
                made = tuple(one for one in bounds if isinstance(one, ir.CellBound))
                if len(made) < len(bounds):
                    if _FAULTY not in bounds:
                        self.found.report("T078", cell.span)
                    return _FAULTY
                return ir.CellRange(made)
            case syn.SetLiteral(items=items):
                values = [self._literal(checker, item, column) for item in items]
                if not values or any(one is None for one in values):
                    return _FAULTY
                return ir.CellSet(tuple(one for one in values if one is not None))
            case _:
                value = self._literal(checker, cell, column)
                return _FAULTY if value is None else ir.CellSet((value,))

    def _literal(self, checker: Checker, expr: syn.Expr, column: tuple[syn.Name, Type]) -> ir.Const | None:
        name, ty = column
        reason = Both(f"“{name.text}”是{checker.words(ty).zh}", f"`{name.text}` is {checker.words(ty).en}")
        wanted = Expected(type=ty, reason=reason, span=name.span)
        value = checker.operand(expr, _SETTLED, wanted)
        if value is None or not fits(checker, value, expr, wanted):
            return None
        if not isinstance(value, ir.Const):
            self.found.report("T009", expr.span)
            return None
        return value


_ONE_RESULT = Both("一张表只给一个结果；另一个结果另写一张表", "a table gives one result; another one is another table")


class _Faulty:
    """A cell that has been complained of."""


_FAULTY = _Faulty()
_SIGNS = {
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "before": "<",
    "after": ">",
    "not_before": "≥",
    "not_after": "≤",
}


def _said(interval: Interval) -> Both:
    return Both(interval.say(Tongue.ZH), interval.say(Tongue.EN))
