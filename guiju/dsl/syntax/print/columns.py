"""Flags of fields and rows of tables as canonical text."""

from guiju.dsl.syntax.expressions.operators import ADD
from guiju.dsl.syntax.print.expr import ExprPrinter
from guiju.dsl.syntax.print.lines import raw
from guiju.dsl.syntax.tokens import ANSWERS, CONNECTIVES, FLAGS, INFIX, spell
from guiju.dsl.syntax.tree import Between, Cell, Flag, Name, TableRow
from guiju.terms.tongue import Tongue

__all__ = ["flag_text", "row_text"]


def flag_text(flag: Flag, tongue: Tongue, exprs: ExprPrinter) -> str:
    """One flag with its words, in a tongue."""
    word = spell(FLAGS, flag.kind, tongue)
    if flag.kind == "alias":
        return f"{word} " + ", ".join(raw(each, ",") for each in flag.words)
    if flag.kind == "cite" and exprs.rename is not None:
        return f"{word} " + " ".join(exprs.rename(Name(each, flag.span), "citation") for each in flag.words)
    if flag.kind == "sensitive":
        return f"{word} " + " ".join(exprs.name(Name(each, flag.span), "level") for each in flag.words)
    if flag.kind == "blank" and flag.words:
        return f"{word} {spell(ANSWERS, flag.words[0], tongue)}"
    if flag.bounds:
        low, high = (exprs.flat(each, 0) for each in flag.bounds)
        return f"{word} {low} {spell(CONNECTIVES, 'to', tongue)} {high}"
    return " ".join([word, *flag.words])


def row_text(part: TableRow, tongue: Tongue, exprs: ExprPrinter) -> str:
    """A row of a table, in a tongue."""
    alone = len(part.cells) == 1
    return f"{' | '.join(_cell(cell, tongue, exprs, alone=alone) for cell in part.cells)} → {exprs.flat(part.result, 0)}"


def _cell(cell: Cell, tongue: Tongue, exprs: ExprPrinter, *, alone: bool) -> str:
    match cell:
        case None:
            return spell(CONNECTIVES, "otherwise" if alone else "any", tongue)
        case (op, bound):
            return f"{spell(INFIX, op, tongue)} {exprs.flat(bound, ADD)}"
        case Between(low=low, high=high):
            first, last = (_cell(one, tongue, exprs, alone=alone) for one in (low, high))
            return f"{first} {spell(INFIX, 'and', tongue)} {last}"
        case _:
            return exprs.flat(cell, ADD)
