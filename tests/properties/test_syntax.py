"""What holds of any rule text, and of any expression: reading and printing are each other's mirror."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.author.grammar.published import grammar
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.syntax.expressions.operators import POWER
from guiju.dsl.syntax.from_text import parse, parse_cached, parse_expression
from guiju.dsl.syntax.lex import fold
from guiju.dsl.syntax.print.expr import print_expr
from guiju.dsl.syntax.print.file import print_file
from guiju.dsl.syntax.shift import strip_spans
from guiju.dsl.syntax.tokens import POSTFIX
from guiju.dsl.syntax.tree import (
    Argument,
    Binary,
    Call,
    Conditional,
    DateLiteral,
    Expr,
    Name,
    Negation,
    Number,
    Path,
    Postfix,
    Quantifier,
    SetLiteral,
    TextLiteral,
)
from guiju.terms.tongue import Tongue

ROOT = File(__file__).resolve().parent.parent.parent
NOWHERE = Span("", 0, 0)
MENDED = {"S012", "S020", "S025", "S026"}


def _examples() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "docs/language.md").read_text("utf-8"), re.S)
    return blocks + [file.read_text("utf-8") for file in sorted((ROOT / "guiju/rules").rglob("*.gj"))]


EXAMPLES = _examples()


WITNESS = grammar()
"""The published grammar: an independent witness of the parser."""

# ---- expressions -------------------------------------------------------------------------------------------------

names = st.builds(
    lambda text, quoted: Name(text, NOWHERE, quoted),
    st.sampled_from(["名称", "总投资", "共享属性", "5G基站下限", "name", "total_cost", "x1"]),
    st.just(False),
) | st.builds(lambda text: Name(text, NOWHERE, True), st.sampled_from(["若", "且", "is given", "a-b", "非", "not"]))
paths = st.builds(lambda parts: Path(tuple(parts), NOWHERE), st.lists(names, min_size=1, max_size=3))
numbers = st.builds(
    lambda value, unit: Number(value, unit, NOWHERE, NOWHERE if unit else None),
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False).map(abs),
    st.sampled_from([None, "%", "个", "万元", "个工作日", "working days", "km²", "次/周"]),
)
texts = st.builds(lambda value: TextLiteral(value, NOWHERE), st.text(alphabet='a汉"\\\n”“#（ ', max_size=6))
days = st.builds(lambda value: DateLiteral(value, NOWHERE), st.dates(date(1000, 1, 1), date(9999, 12, 31)))
leaves: st.SearchStrategy[Expr] = st.one_of(paths, numbers, texts, days)


def _grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    arguments = st.builds(lambda value, where, ignoring: Argument(value, where, NOWHERE, ignoring), inner, st.none() | inner, st.booleans())
    counted = st.builds(
        lambda kind, count, binder, source, body: Quantifier(kind, count, binder, source, body, NOWHERE),
        st.sampled_from(["at_least", "at_most", "exactly"]),
        st.builds(lambda value: Number(Decimal(value), None, NOWHERE), st.integers(0, 99)),
        st.none() | names,
        paths,
        inner,
    )
    return st.one_of(
        st.builds(lambda op, left, right: Binary(op, left, right, NOWHERE, NOWHERE), st.sampled_from(sorted(POWER)), inner, inner),
        st.builds(lambda op, operand: Postfix(op, operand, NOWHERE, NOWHERE), st.sampled_from(sorted(POSTFIX)), inner),
        st.builds(lambda op, arg: Negation(op, arg, NOWHERE), st.sampled_from(["not", "minus"]), inner),
        st.builds(lambda cond, then, other: Conditional(cond, then, other, NOWHERE), inner, inner, inner),
        st.builds(
            lambda kind, binder, source, body: Quantifier(kind, None, binder, source, body, NOWHERE),
            st.sampled_from(["every", "some", "no"]),
            st.none() | names,
            paths,
            inner,
        ),
        counted,
        st.builds(lambda name, args: Call(name, tuple(args), NOWHERE), names, st.lists(arguments, max_size=3)),
        st.builds(lambda items: SetLiteral(tuple(items), NOWHERE), st.lists(inner, min_size=1, max_size=3)),
    )


expressions: st.SearchStrategy[Expr] = st.recursive(leaves, _grow, max_leaves=12)


@given(expressions, st.sampled_from(list(Tongue)))
def test_a_printed_expression_reads_back_as_itself(expr: Expr, tongue: Tongue) -> None:
    printed = print_expr(expr, tongue)
    read, found = parse_expression(Source("x", printed), tongue)
    assert not found, printed
    assert strip_spans(read) == expr, printed


@given(expressions, st.sampled_from(list(Tongue)))
def test_the_witness_accepts_every_printed_expression(expr: Expr, tongue: Tongue) -> None:
    WITNESS.parse(fold(print_expr(expr, tongue)), start="expr")


def _expressions(value: Any) -> Iterator[Expr]:
    """The outermost expressions of a tree."""
    if isinstance(value, Binary | Postfix | Quantifier | Call | Conditional | Negation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _expressions(getattr(value, each.name))


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_witness_accepts_every_expression_of_the_specification_and_the_shipped_rules(tongue: Tongue) -> None:
    count = 0
    for text in EXAMPLES:
        tree, _ = parse(Source("x", text))
        for expr in _expressions(tree.decls):
            WITNESS.parse(fold(print_expr(expr, tongue)), start="expr")
            count += 1
    assert count > 5


@pytest.mark.parametrize("wrong", ["a = b = c", "a 且", "(a", "a b", "每个 a 满足 b", "若 a 则 b", "a + 非 b", "{a b}", "f(a b)"])
def test_the_witness_refuses_what_the_parser_refuses(wrong: str) -> None:
    assert parse_expression(Source("x", wrong))[1]
    with pytest.raises(Exception, match="Unexpected"):
        WITNESS.parse(wrong, start="expr")


# ---- files -------------------------------------------------------------------------------------------------------


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A declaration of an example with a few changes."""
    text = draw(st.sampled_from(EXAMPLES))
    chunks = [chunk for chunk in re.split(r"\n(?=\S)", text) if chunk.strip()]
    text = draw(st.sampled_from(chunks))[:1500]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 6)))
        piece = draw(
            st.sampled_from(
                [
                    "",
                    "(",
                    ")",
                    "“",
                    '"',
                    "「",
                    "\n",
                    "\n  ",
                    "  ",
                    "#",
                    " # 注",
                    " 且 ",
                    " 是 ",
                    "规则 ",
                    "依据 ",
                    "，",
                    "2025-13-01",
                    "50万元",
                    "=",
                    "|",
                    "→",
                    "\t",
                ]
            )
            | st.text(max_size=3)
        )
        text = text[:at] + piece + text[to:]
    return text


def _nest(value: Any, outer: Span | None, size: int) -> None:
    if isinstance(value, tuple):
        for item in value:
            _nest(item, outer, size)
    elif is_dataclass(value) and not isinstance(value, Span):
        own = getattr(value, "span", None)
        assert own is None or 0 <= own.start <= own.end <= size
        assert own is None or outer is None or outer.contains(own), value
        for each in fields(value):
            _nest(getattr(value, each.name), own or outer, size)


@given(st.text(max_size=200) | mutated())
def test_any_text_gives_a_tree_whose_spans_nest(text: str) -> None:
    tree, found = parse(Source("x.gj", text))
    _nest(tree, None, len(text))
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert diagnostic.headline(Tongue.ZH) and diagnostic.headline(Tongue.EN)


@given(mutated())
def test_printing_keeps_the_tree_and_settles(text: str) -> None:
    tree, found = parse(Source("x.gj", text))
    if any(diagnostic.code not in MENDED for diagnostic in found):
        return
    printed = print_file(tree)
    again, faults = parse(Source("x.gj", printed))
    assert not faults
    assert strip_spans(again) == strip_spans(tree)
    assert print_file(again) == printed


# What the fuzzer once found (benchmarks/fuzz_parse.py), cut down to the fault.
FOUND = [
    "名录 任务标准 / task_standard\n  编号 number 文本\n  条目 JY/T 0641-2022 |# 到十一月底\n",
    "规则 形 / r\n  对象 登记\n  应当 (若 非 甲 已提供 则 甲 否则 检查日) ≤ 乙\n",
    "对象 项目 / project\n  总投资 total 金额 必填 通常 1 万元 至 100 亿元 别名 投资\n",
    "规则 形 / r\n  对象 登记\n  应当 甲 已提供\n  维度 the security review\n  维度 security\n",
    "对象 项目 / project\n  分项权ems 若干 文本\n  表 「many」 若干 文本\n",
    "框架 WH-01 总则 / general\n  收录 GB/T 41798-2022 适用于 智能 适用于 城市大脑, 测试\n",
]


def test_a_register_with_an_empty_row_prints() -> None:
    assert "条目" in print_file(parse(Source("x.gj", "名录 甲 / a\n  编号 number 文本\n  条目\n"))[0])


@pytest.mark.parametrize("text", FOUND)
def test_what_the_fuzzer_found_stays_mended(text: str) -> None:
    tree, found = parse(Source("x.gj", text))
    assert not found
    for tongue in Tongue:
        again, faults = parse(Source("x.gj", print_file(tree, tongue)))
        assert not faults
        assert print_file(again, Tongue.ZH) == print_file(tree)


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_are_read_without_complaint_and_printing_them_settles(text: str) -> None:
    tree, found = parse(Source("x.gj", text))
    assert not found
    printed = print_file(tree)
    assert print_file(parse(Source("x.gj", printed))[0]) == printed


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_comment_of_an_example_survives_printing(text: str) -> None:
    printed = print_file(parse(Source("x.gj", text))[0])
    for comment in re.findall(r"(?:^|\s)#+\s*([^\n]+)", text):
        assert comment.strip() in printed


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_other_tongue_and_back_is_the_formatted_text(text: str) -> None:
    formatted = print_file(parse(Source("x.gj", text))[0])
    tree = parse(Source("x.gj", formatted))[0]
    for home in {decl.tongue for decl in tree.decls}:
        if any(decl.tongue is not home for decl in tree.decls):
            return
        other, found = parse(Source("x.gj", print_file(tree, home.other)))
        assert not found
        assert print_file(other, home) == formatted


@given(mutated(), mutated(), st.integers(0, 5))
def test_what_is_remembered_and_moved_equals_what_is_parsed_anew(first: str, second: str, lines: int) -> None:
    memo: Any = {}
    parse_cached(Source("x.gj", f"{first}\n\n规则 末\n  应当 甲 已提供\n{second}"), memo)
    changed = Source("x.gj", "# c\n\n" + "规则 新\n  应当 乙 已提供\n" * lines + f"{first}\n\n规则 末\n  应当 甲 已提供\n{second}")
    assert parse_cached(changed, memo) == parse(changed)
