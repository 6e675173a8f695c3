"""docs/grammar.md is the published grammar as people read it."""

import os
from pathlib import Path

from guiju.author.grammar.to_ebnf import to_ebnf

PAGE = Path(__file__).parents[2] / "docs" / "grammar.md"
HEAD = """# The grammar · 语法

Written by `tests/docs/test_grammar_page.py` out of `guiju/dsl/grammar.lark` and the table of words; what it means is said in `docs/language.md`. `guiju grammar --to railroad` draws it,
`--to lark` gives it as it is read. It is read over logical lines: comments are left out, and what goes on over deeper lines belongs to its line. A word is a keyword only where the grammar asks for one.

"""


def test_the_page_is_the_grammar() -> None:
    text = HEAD + "```\n" + to_ebnf() + "```\n"
    if os.environ.get("GUIJU_ACCEPT"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text
