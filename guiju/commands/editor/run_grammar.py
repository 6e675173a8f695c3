"""What `guiju grammar` does: print the published grammar, as lark reads it, as EBNF, drawn as railroad diagrams, or as a TextMate grammar.

0 printed.
"""

from collections.abc import Callable

from guiju.author.grammar.published import complete_grammar
from guiju.author.grammar.to_ebnf import to_ebnf
from guiju.author.grammar.to_railroad import to_railroad
from guiju.author.grammar.to_textmate import to_textmate
from guiju.commands.terminal.terminal import put

__all__ = ["FORMS", "run_grammar"]

FORMS: dict[str, Callable[[], str]] = {"ebnf": to_ebnf, "lark": complete_grammar, "railroad": to_railroad, "textmate": to_textmate}


def run_grammar(form: str) -> int:
    """The exit code, after the grammar was written to standard output."""
    put(FORMS[form](), None)
    return 0
