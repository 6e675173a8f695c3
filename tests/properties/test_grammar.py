"""The published grammar and the parser speak of one language: every shipped file, files drawn from the grammar, words that may follow."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark
from lark.exceptions import LarkError

from guiju.author.grammar.published import complete_grammar, grammar, logical_text, spellings_of, terminals_after
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.parts import ALLOWED
from guiju.dsl.syntax.tokens import CHECKLISTS, DECLARATIONS, INFIX, PARTS, POSTFIX, QUANTIFIERS, TYPES, Spelling
from guiju.terms.quantities.units import UNITS
from guiju.terms.tongue import Tongue

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "guiju/rules").rglob("*.gj"))


def test_every_shipped_file_is_of_the_grammar() -> None:
    refused = []
    for path in FILES:
        try:
            grammar().parse(logical_text(path.read_text("utf-8")), start="start")
        except LarkError as error:
            refused.append(f"{path.name}: {str(error)[:200]}")
    assert not refused


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_the_grammar_and_the_parser_allow_the_same_parts(kind: str) -> None:
    word = DECLARATIONS[kind].zh[0]
    head = {"framework": f"{word} WH-01 甲", "use": f"{word} 甲", "module": f"{word} 甲"}.get(kind, f"{word} 甲")
    follows = {one for one in terminals_after(f"{head}\n  ") if one.startswith("PART_")}
    allowed = {f"PART_{part.upper()}" for part in ALLOWED[kind]}
    # Two parts of one spelling are one terminal; 真 and 假 may share a line.
    spelled = {PARTS[one.removeprefix("PART_").lower()].zh[0] for one in follows}
    assert spelled == {PARTS[one.removeprefix("PART_").lower()].zh[0] for one in allowed}


@pytest.mark.parametrize("table", [CHECKLISTS, INFIX, POSTFIX, QUANTIFIERS, TYPES])
def test_every_word_of_expressions_is_in_the_grammar(table: Mapping[str, Spelling]) -> None:
    text = complete_grammar()
    for kind in table:
        spelling = table[kind]
        for word in (*spelling.zh, *spelling.en):
            assert not word or re.escape(word).replace(r"\ ", r"[ \t]+").replace("/", r"\/") in text or word in "+-*×/÷", word


# ---- files drawn from the grammar --------------------------------------------------------------------------------

_NAMES = ["甲项", "乙项", "总投资", "共享属性", "name_one", "cost", "5G基站"]
# Names in the wrong order, 限制 left out, a field named by words of types without 「」: the parser says what was meant.
_SLIPS = {"S015", "S028", "S035"}
_EXPLICIT = {
    "NAME": st.sampled_from(_NAMES),
    "QUOTED": st.sampled_from(["「若」", "「a-b」", "「且」"]),
    "DATE": st.dates().map(str).filter(lambda day: day >= "1000"),
    "NUMBER": st.integers(0, 999).map(str),
    "UNIT": st.sampled_from(sorted(one.zh for one in UNITS.values())),
    "TEXT": st.sampled_from(['"甲"', '"a\\"b"', "“乙”"]),
    "TIMES": st.sampled_from("*×÷"),
    "SHARE": st.sampled_from(["50%", "8.5 %"]),
    "EXIT": st.sampled_from("012"),
    "VERSION": st.sampled_from(["1", "2.0"]),
    "CLASS": st.sampled_from(["WH-01", "WH-0202"]),
    "CODE": st.sampled_from(["01", "A1", '"x"']),
    "RUNNING": st.sampled_from(["政府投资条例 第九条", "写明这一项。", "say so"]),
    "WORDS": st.sampled_from(["甲", "甲, 乙"]),
    "ROW": st.sampled_from(["甲 | 乙", "甲 | | 丙"]),
    "COLLECTED": st.sampled_from(["GB/T 40994-2021", "GB/T 40994-2021 适用于 智慧灯杆类项目"]),
    "CITED": st.sampled_from(["政府投资条例 第九条"]),
    "ALIASED": st.sampled_from(["甲, 乙"]),
}


def _strategies(tongue: Tongue) -> dict[str, st.SearchStrategy[str]]:
    """Each terminal drawn in one tongue, a blank behind it."""
    made = {name: drawn.map(lambda text: text + " ") for name, drawn in _EXPLICIT.items()}
    for terminal in grammar().terminals:
        words = spellings_of(terminal.name, tongue) or spellings_of(terminal.name, tongue.other)
        if terminal.name not in made and words:
            made[terminal.name] = st.sampled_from([f"{word} " for word in words])
    made["_PART"], made["_NEXT"] = st.just("\n  "), st.just("\n")
    return made


def _drawing(tongue: Tongue) -> st.SearchStrategy[str]:
    # Blanks are drawn with the terminals; a line end within brackets would begin a part.
    text = complete_grammar().replace("%ignore /[ \\t]+/", "")
    return from_lark(Lark(text, parser="lalr", start="start"), start="start", explicit=_strategies(tongue))


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_parser_reads_every_file_that_the_grammar_draws(tongue: Tongue) -> None:
    @given(_drawing(tongue))
    def held(text: str) -> None:
        _, found = parse(Source("x.gj", text))
        assert not [one.code for one in found if one.level is Level.ERROR and one.code not in _SLIPS], text

    held()


@pytest.mark.parametrize(
    ("text", "may", "may_not"),
    [
        ("规则 甲\n  应当 甲项 ", {"COMPARE", "STATE", "AND", "_PART"}, {"NAME", "UNIT"}),
        ("规则 甲\n  应当 甲项 ≥ 5", {"UNIT", "AND", "PLUS"}, {"NAME"}),
        ("规则 甲\n  应当 若 甲项 已提供 ", {"CONN_THEN", "AND"}, {"_PART", "CONN_ELSE"}),
        ("rule a\n  shall every parts ", {"CONN_SATISFIES", "DOT"}, {"AND"}),
        ("参数 甲 = 5 ", {"CONN_FROM", "PART_CITES"}, {"PART_SHALL"}),
        ("", {"DECL_RULE", "DECL_SHAPE"}, {"PART_SHALL"}),
    ],
)
def test_what_may_follow(text: str, may: set[str], may_not: set[str]) -> None:
    follows = terminals_after(text)
    assert may <= follows
    assert not may_not & follows
