"""Lowering: terms and decision tables are written out where they are used, so that a rule stands on its own.

It needs no checked model, only rules, terms and tables that already are nodes of the intermediate form.
"""

from dataclasses import dataclass, field, replace

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.rewrite import rewrite, rule_with
from guiju.terms.tongue import Both

__all__ = ["lower"]


def lower(
    rules: tuple[ir.Rule, ...], terms: tuple[ir.Term, ...], tables: tuple[ir.Table, ...], parameters: tuple[ir.Parameter, ...] = ()
) -> tuple[ir.Rule, ...]:
    """The rules without TermUse and TableUse; each remembers by which names they were called, parameters too."""
    names = {one.id: one.name for one in parameters}
    lowering = _Lowering({one.id: one for one in terms}, {one.id: one for one in tables}, names)
    return tuple(lowering.rule(one) for one in rules)


@dataclass(frozen=True, slots=True)
class _Lowering:
    terms: dict[str, ir.Term]
    tables: dict[str, ir.Table]
    parameters: dict[str, Both] = field(default_factory=dict)
    written_out: dict[ir.Expr, tuple[Both, tuple[ir.Expr, ...]]] = field(default_factory=dict)

    def rule(self, rule: ir.Rule) -> ir.Rule:
        # An element subject has its owner at 1, so that binders start at 2.
        free = 2 if rule.subject.path else 1
        self.written_out.clear()
        made = rule_with(rule, lambda expr: self.expr(expr, free))
        return replace(made, defined=tuple((body, name, args) for body, (name, args) in self.written_out.items()))

    def expr(self, expr: ir.Expr, free: int) -> ir.Expr:
        """The node written out; `free` is the next free variable where it stands."""
        match expr:
            case ir.TermUse():
                return self._term(expr, free)
            case ir.TableUse():
                args = tuple(self.expr(one, free) for one in expr.args)
                return self._named(_table(self.tables[expr.table], args), self.tables[expr.table].name, args)
            case ir.Quant() | ir.Fold():
                return self._bound(expr, free)
            case ir.Param(id=id) if id in self.parameters:
                return self._named(expr, self.parameters[id])
            case _:
                return rewrite(expr, lambda one: self.expr(one, free))

    def _bound(self, expr: ir.Quant | ir.Fold, free: int) -> ir.Expr:
        # Keys stand outside the binder, where its variable is not yet taken.
        source = expr.source
        if isinstance(source, ir.Corpus):
            source = ir.Corpus(source.shape, tuple((path, self.expr(operand, free)) for path, operand in source.keys))
        inside = rewrite(replace(expr, source=ir.Members("")), lambda one: self.expr(one, max(free, expr.var + 1)))
        assert isinstance(inside, ir.Quant | ir.Fold)
        return replace(inside, source=source)

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


def _test(cell: ir.CellSet | ir.CellBound, arg: ir.Expr) -> ir.Expr:
    match cell:
        case ir.CellSet(options=(one,)):
            return ir.Compare("=", arg, one)
        case ir.CellSet(options=options):
            return ir.In(arg, options)
        case ir.CellBound(op=op, bound=bound):
            return ir.Compare(op, arg, bound)
