"""Placeholders in an author's sentence: `{总投资}` becomes an expression that is checked as those of the rule are.

A brace that is no placeholder is written twice. What stands between braces is an operand of the rule's own subject: its value is
put in when the sentence is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, sources_of, type_of
from guiju.dsl.model.expressions.check_types import Checker
from guiju.dsl.model.names.context import Scope
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.expressions.parse import expression
from guiju.dsl.syntax.lex import fold, lex
from guiju.dsl.syntax.values import finish
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import ListT, RecordT, TruthT

__all__ = ["Placeholder", "placeholders", "sentence_fills"]

_BRACE = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_BEYOND = Both("句子里只能填本对象自己的数", "a sentence is filled from the subject itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """`written` with its braces; None of `inner` is a brace without its fellow."""

    written: str
    inner: str | None
    span: Span
    at: int


def placeholders(part: syn.FreeText) -> Iterator[Placeholder]:
    """The placeholders and the lone braces of a text, in its order."""
    whole = part.text_span.end - part.text_span.start == len(part.text)
    for match in _BRACE.finditer(part.text):
        if match.group() in ("{{", "}}"):
            continue
        start = part.text_span.start + match.start() if whole else part.text_span.start
        end = start + len(match.group()) if whole else part.text_span.end
        inner = match.group(1)
        yield Placeholder(written=match.group(), inner=inner, span=Span(part.span.file, start, end), at=start + 1)


def sentence_fills(decl: syn.Decl, checker: Checker, scope: Scope) -> tuple[tuple[str, ir.Expr], ...]:
    """Each placeholder of the author's sentences, as it is written, with what it stands for."""
    fills: dict[str, ir.Expr] = {}
    for part in decl.parts:
        if not isinstance(part, syn.FreeText) or part.kind != "says":
            continue
        for one in placeholders(part):
            if one.inner is None or not one.inner.strip():
                checker.found.report("T060", one.span, written=one.written)
                continue
            made = _operand(one, part, checker, scope)
            if made is not None:
                fills[one.written] = made
    return tuple(fills.items())


def _operand(one: Placeholder, part: syn.FreeText, checker: Checker, scope: Scope) -> ir.Expr | None:
    assert one.inner is not None
    # The text is read at the place where it stands in the file, so that complaints point there.
    text = " " * one.at + one.inner
    folded = fold(text)
    tokens, _ = lex(text, folded, one.at, len(text))
    cursor = Cursor(part.span.file, text, folded, tokens, part.tongue)
    written = expression(cursor)
    finish(cursor)
    if cursor.found:
        first = cursor.found[0]
        checker.found.report("T060", one.span, written=one.written, help=Both(first.headline(Tongue.ZH), first.headline(Tongue.EN)))
        return None
    made = checker.operand(written, scope)
    if made is None:
        return None
    kind = type_of(made)
    if isinstance(kind, ListT | RecordT | TruthT):
        checker.found.report("T061", one.span, written=one.written, found=checker.words(kind))
        return None
    if _looks_beyond(made):
        checker.found.report("T062", one.span, written=one.written, help=_BEYOND)
        return None
    return made


def _looks_beyond(expr: ir.Expr) -> bool:
    """Whether other records than the subject's own are asked for: a stream has these no more when it tells."""
    if isinstance(expr, ir.Unique | ir.First) or any(isinstance(one, ir.Corpus | ir.Members) for one in sources_of(expr)):
        return True
    return any(_looks_beyond(one) for one in children(expr))
