"""What stands where a pattern is asked for: one in quotes, a text parameter by its name, or a code list, any word of which is meant."""

import re

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Context, fold_name
from guiju.dsl.model.names.formats import check_pattern
from guiju.dsl.syntax import tree as syn
from guiju.terms.patterns.pattern import quote_literal
from guiju.terms.shape import CodeList
from guiju.terms.tongue import Both

__all__ = ["pattern_of"]

# `@{a code list}` within a pattern stands for any of its words.
_LISTED = re.compile(r"@\{([^{}]*)\}")


def pattern_of(ctx: Context, expr: syn.Expr) -> tuple[str, Both | None] | None:
    """The pattern, and the name by which it was written where it was not written out; None once complained."""
    match expr:
        case syn.TextLiteral(value=value, span=span):
            return _checked(ctx, value, None, span)
        case syn.Path(names=(syn.Name(text=text) as name,)) if (named := _named(ctx, fold_name(text))) is not None:
            pattern, meaning, to = named
            ctx.meant(name, meaning, to)
            return _checked(ctx, pattern, meaning, name.span)
        case syn.Hole():
            return None
        case _:
            help = Both(
                "样式写在引号里，或者写词表、不随日期变的文本参数的名称",
                "the pattern stands in quotes, or a code list or a text parameter without dates is named",
            )
            ctx.found.report("T009", expr.span, help=help)
            return None


def _checked(ctx: Context, pattern: str, name: Both | None, span: Span) -> tuple[str, Both | None] | None:
    """The pattern with the lists that it names written out, once nothing is wrong with it."""
    for listed in dict.fromkeys(_LISTED.findall(pattern)):
        codes = ctx.names.codes.get(fold_name(listed))
        if codes is None:
            near = ctx.nearest(listed, (one.name.zh for one in ctx.names.codes.values()))
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            ctx.found.report("N001", span, name=listed, help=help)
            return None
        pattern = pattern.replace(f"@{{{listed}}}", f"({_words_of(codes)})")
    fault = check_pattern(pattern)
    if fault is None:
        return pattern, name
    ctx.found.report("T013", span, what=fault)
    return None


def _named(ctx: Context, name: str) -> tuple[str, Both, tuple[str, str]] | None:
    """The pattern that a code list or a parameter of that name stands for, what it is called, and which of them it is."""
    codes = ctx.names.codes.get(name)
    if codes is not None:
        return _words_of(codes), codes.name, ("codelist", codes.id)
    match ctx.names.parameters.get(name):
        case ir.Parameter(values=(ir.ParamValue(value=str() as pattern, start=None, end=None),)) as parameter:
            ctx.names.used_parameters.add(parameter.id)
            return pattern, parameter.name, ("parameter", parameter.id)
        case _:
            return None


def _words_of(codes: CodeList) -> str:
    """A pattern that is met by each label and alias of the list, in the order in which they are declared.

    The codes themselves are marks of the list's own and no words of a text.
    """
    words = [word for entry in codes.entries for word in (entry.name.zh, *entry.aliases)]
    return "|".join(quote_literal(word) for word in dict.fromkeys(words) if word)
