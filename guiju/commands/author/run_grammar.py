"""What `guiju grammar` does: print the published grammar, as lark reads it, as EBNF, drawn as railroad diagrams, or as a TextMate grammar.

0 printed.
"""

from collections.abc import Callable

from guiju.commands.terminal.terminal import put
from guiju.dsl.grammar import complete_grammar
from guiju.dsl.grammar_forms import to_ebnf
from guiju.dsl.grammar_railroad import to_railroad
from guiju.dsl.grammar_textmate import to_textmate

__all__ = ["FORMS", "run_grammar"]

FORMS: dict[str, Callable[[], str]] = {"ebnf": to_ebnf, "lark": complete_grammar, "railroad": to_railroad, "textmate": to_textmate}


def run_grammar(form: str) -> int:
    """The exit code, after the grammar was written to standard output."""
    put(FORMS[form](), None)
    return 0
