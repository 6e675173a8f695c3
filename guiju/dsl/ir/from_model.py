"""Lowering: terms and decision tables are written out where they are used, so that a rule stands on its own.

It needs no checked model, only rules, terms and tables that already are nodes of the intermediate form.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.given import written_out
from guiju.dsl.ir.rewrite import rewrite, rule_with
from guiju.terms.tongue import Both
from guiju.terms.types import DateT

__all__ = ["Lowering", "lower"]

_DATE = DateT()


def lower(
    rules: tuple[ir.Rule, ...], terms: tuple[ir.Term, ...], tables: tuple[ir.Table, ...], parameters: tuple[ir.Parameter, ...] = ()
) -> tuple[ir.Rule, ...]:
    """The rules without TermUse and TableUse; parameters are those of the day of the act, where a rule has one.

    Each rule remembers by which names terms, tables and parameters were called.
    """
    lowering = Lowering.of(terms, tables, parameters)
    return tuple(lowering.rule(one) for one in rules)


@dataclass(frozen=True, slots=True)
class Lowering:
    """What writes the terms and tables out, rule by rule."""

    terms: dict[str, ir.Term]
    tables: dict[str, ir.Table]
    parameters: dict[str, ir.Parameter]
    days: tuple[ir.Expr, ...] = ()
    written_out: dict[ir.Expr, tuple[Both, tuple[ir.Expr, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: tuple[ir.Term, ...], tables: tuple[ir.Table, ...], parameters: tuple[ir.Parameter, ...] = ()) -> "Lowering":
        """What these terms, tables and parameters need."""
        return cls({one.id: one for one in terms}, {one.id: one for one in tables}, {one.id: one for one in parameters})

    def rule(self, rule: ir.Rule) -> ir.Rule:
        """The rule without TermUse and TableUse."""
        # An element subject has its owner at 1, so that binders start at 2.
        free = 2 if rule.subject.path else 1
        self.written_out.clear()
        days = tuple(self.expr(one, free) for one in rule.act.days) if rule.act is not None else ()
        lowering = replace(self, days=days) if days else self
        made = rule_with(rule, lambda expr: lowering.expr(expr, free))
        group = rule.subject.group
        if group is not None and group.reads is None:
            made = replace(made, subject=replace(rule.subject, group=ir.Group(tuple(self.expr(key, free) for key in group.keys))))
        return replace(made, defined=tuple((body, name, args) for body, (name, args) in self.written_out.items()))

    def expr(self, expr: ir.Expr, free: int) -> ir.Expr:
        """The node written out; `free` is the next free variable where it stands."""
        match expr:
            case ir.TermUse():
                return self._term(expr, free)
            case ir.TableUse():
                args = tuple(self.expr(one, free) for one in expr.args)
                return self._named(_table(self.tables[expr.table], args), self.tables[expr.table].name, args)
            case ir.Param():
                on, known = tuple(self.expr(one, free) for one in expr.on) or self.days, self.parameters.get(expr.id)
                if on and known is not None:
                    return _on_days(known, on)
                return self._named(expr, known.name) if known is not None else expr
            case ir.Quant() | ir.Fold():
                return self._bound(expr, free)
            case _:
                return rewrite(expr, lambda one: self.expr(one, free))

    def _bound(self, expr: ir.Quant | ir.Fold, free: int) -> ir.Expr:
        # Keys stand outside the binder, where its variable is not yet taken.
        source = expr.source
        if isinstance(source, ir.Corpus):
            source = ir.Corpus(source.shape, tuple((path, self.expr(operand, free)) for path, operand in source.keys))
        inside = rewrite(replace(expr, source=ir.Members("")), lambda one: self.expr(one, max(free, expr.var + 1)))
        assert isinstance(inside, ir.Quant | ir.Fold)
        made = replace(inside, source=source)
        return written_out(made) if isinstance(made, ir.Fold) else made

    def _term(self, use: ir.TermUse, free: int) -> ir.Expr:
        term = self.terms[use.term]
        body = _moved(term.body, {0: use.var}, 1 if term.shape is not None else 0, free)
        return self._named(self.expr(body, free), term.name)

    def _named(self, made: ir.Expr, name: Both, args: tuple[ir.Expr, ...] = ()) -> ir.Expr:
        """Remembers by which name the author called what is written out; sentences call it so."""
        if not isinstance(made, ir.Const | ir.Read):
            self.written_out.setdefault(made, (name, args))
        return made


def _moved(expr: ir.Expr, known: dict[int, int], first: int, free: int) -> ir.Expr:
    """A term's body with its variables at their places in the rule: its subject by `known`, its binders after `free`."""

    def at(var: int) -> int:
        return known[var] if var in known and var < first else var - first + free

    def go(one: ir.Expr) -> ir.Expr:
        match one:
            case ir.Read():
                return replace(one, var=at(one.var))
            case ir.Is():
                return replace(one, operand=replace(one.operand, var=at(one.operand.var)))
            case ir.TermUse():
                return replace(one, var=at(one.var))
            case ir.Unique() | ir.First():
                within = replace(one.within, var=at(one.within.var)) if one.within is not None else None
                return replace(one, operand=go(one.operand), within=within)
            case ir.Quant() | ir.Fold():
                moved = rewrite(one, go)
                assert isinstance(moved, ir.Quant | ir.Fold)
                source = moved.source
                if isinstance(source, ir.Each):
                    source = replace(source, var=at(source.var))
                return replace(moved, source=source, var=at(one.var))
            case _:
                return rewrite(one, go)

    return go(expr)


def _table(table: ir.Table, args: tuple[ir.Expr, ...]) -> ir.Expr:
    """Rows from the top as nested conditionals; after the last, unknown because of the inputs."""
    made: ir.Expr = ir.Call("no_row", args, table.output)
    for row in reversed(table.rows):
        tests = tuple(_test(cell, arg) for cell, arg in zip(row.cells, args, strict=True) if cell is not None)
        if not tests:
            made = row.result
            continue
        cond = ir.And(tests) if len(tests) > 1 else tests[0]
        made = ir.If(cond, row.result, made, table.output)
    return made


def _on_days(parameter: ir.Parameter, days: tuple[ir.Expr, ...]) -> ir.Expr:
    """The parameter on the latest of these days: its values from the last back; on a day without one it is unknown."""
    made: ir.Expr = ir.Param(parameter.id, parameter.type, days)
    for value in sorted(parameter.values, key=lambda one: one.start or date.min):
        tests: list[ir.Expr] = []
        if value.start is not None:
            begun = tuple(ir.Compare("≥", day, ir.Const(value.start, _DATE)) for day in days)
            tests.append(ir.Or(begun) if len(begun) > 1 else begun[0])
        if value.end is not None:
            tests += [ir.Compare("≤", day, ir.Const(value.end, _DATE)) for day in days]
        one = ir.Const(value.value, parameter.type)
        if tests:
            made = ir.If(ir.And(tuple(tests)) if len(tests) > 1 else tests[0], one, made, parameter.type)
        else:
            made = one
    return made if isinstance(made, ir.Const) else ir.Dated(parameter.name, days, made, parameter.type)


def _test(cell: ir.CellSet | ir.CellBound | ir.CellRange, arg: ir.Expr) -> ir.Expr:
    match cell:
        case ir.CellSet(options=(one,)):
            return ir.Compare("=", arg, one)
        case ir.CellSet(options=options):
            return ir.In(arg, options)
        case ir.CellRange(bounds=bounds):
            return ir.And(tuple(_test(one, arg) for one in bounds))
        case ir.CellBound(op=op, bound=bound):
            return ir.Compare(op, arg, bound)
