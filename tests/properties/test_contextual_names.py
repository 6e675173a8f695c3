"""Names that are words of the language: whatever is printed reads back as the same tree, in either tongue."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.author.layout import laid_out
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.syntax.from_text import parse, parse_expression
from guiju.dsl.syntax.print.expr import print_expr
from guiju.dsl.syntax.print.file import print_file
from guiju.dsl.syntax.shift import strip_spans
from guiju.dsl.syntax.tokens import CONNECTIVES, DECLARATIONS, FLAGS, INFIX, PARTS, POSTFIX, QUANTIFIERS, TYPES
from guiju.dsl.syntax.tree import Binary, Expr, Name, Negation, Number, Path, Postfix
from guiju.terms.tongue import Tongue

SIZE = int(os.environ.get("GUIJU_SIZE", "300"))
NOWHERE = Span("", 0, 0)
TABLES = (CONNECTIVES, DECLARATIONS, FLAGS, INFIX, PARTS, POSTFIX, QUANTIFIERS, TYPES)
WORDS = sorted({word for table in TABLES for one in table.values() for word in (*one.zh, *one.en) if word.isidentifier()})
paths = st.builds(lambda text: Path((Name(text, NOWHERE, False),), NOWHERE), st.sampled_from(WORDS))
leaves: st.SearchStrategy[Expr] = st.one_of(paths, paths, st.builds(lambda n: Number(n, None, NOWHERE, None), st.decimals(0, 9, places=0)))


def _grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(lambda op, left, right: Binary(op, left, right, NOWHERE, NOWHERE), st.sampled_from(sorted(INFIX)), inner, inner),
        st.builds(lambda op, operand: Postfix(op, operand, NOWHERE, NOWHERE), st.sampled_from(sorted(POSTFIX)), inner),
        st.builds(lambda op, arg: Negation(op, arg, NOWHERE), st.sampled_from(["not", "minus"]), inner),
    )


expressions: st.SearchStrategy[Expr] = st.recursive(leaves, _grow, max_leaves=5)


@given(expressions, st.sampled_from(list(Tongue)))
@settings(max_examples=SIZE)
def test_an_expression_of_such_names_reads_back_as_itself(expr: Expr, tongue: Tongue) -> None:
    printed = print_expr(expr, tongue)
    read, found = parse_expression(Source("x", printed), tongue)
    assert not found and strip_spans(read) == strip_spans(expr), printed


@given(st.sampled_from(WORDS), st.sampled_from(["非 ({})", "({}) ≥ 1", "若 ({}) 则 ({}) 否则 真", "1 ≤ ({})", "非 ({}) 且 数 ≤ 5"]))
@settings(max_examples=SIZE)
def test_a_rule_about_such_a_name_is_laid_out_twice_as_once(word: str, form: str) -> None:
    text = f"规则 试 / probe\n  状态 草案\n  对象 丁\n  应当 {form.replace('{}', word)}\n"
    source = Source("x", text)
    if any(one.level is Level.ERROR for one in parse(source)[1]):
        return
    once, _ = laid_out(source)
    assert once is not None and laid_out(Source("x", once))[0] == once
    assert strip_spans(parse(Source("x", once))[0].decls[0].parts[-1].expr) == strip_spans(parse(source)[0].decls[0].parts[-1].expr)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "对象 甲 / a\n  读法     」 文本     别名 电信\n",
        "词表 甲 / a\n  1 乙 / b 别名 丙,#丁,＃戊\n",
        "读法 甲 / a\n  空白 无,#,—\n",
    ],
)
def test_words_that_hold_signs_of_the_layout_read_back(text: str) -> None:
    tree, _ = parse(Source("x", text))
    printed = print_file(tree)
    again, _ = parse(Source("x", printed))
    assert strip_spans(again) == strip_spans(tree) and print_file(again) == printed, printed
