"""The grammar as railroad diagrams: one page of HTML with a drawing for each production, words of both tongues in them."""

import html
import io
import re
from typing import Any

from guiju.author.grammar.to_ebnf import productions

__all__ = ["to_railroad"]

# The right side of a production, in lark's own notation.
_NOTATION = r"""
choice: sequence ("|" sequence)*
sequence: (item OPERATOR?)*
?item: NAME | STRING | PATTERN | "(" choice ")" | "[" choice "]" -> optional
NAME: /_?[A-Za-z_]+/
STRING: /"[^"]+"/
PATTERN: /\/.+\/$/
OPERATOR: /[?*+]/
%ignore " "
"""
_LONGEST = 40


def to_railroad() -> str:
    """The page. Raises `ModuleNotFoundError` where the extra `lsp` is not installed."""
    import railroad
    from lark import Lark

    notation = Lark(_NOTATION, start="choice", parser="lalr")
    parts: list[str] = []
    for name, right in productions().items():
        if name.startswith("_"):
            continue
        out = io.StringIO()
        railroad.Diagram(_drawn(notation.parse(re.sub(r" +", " ", right)), railroad)).writeSvg(out.write)
        parts.append(f'<h2 id="{name}">{html.escape(name)}</h2>\n{out.getvalue()}')
    style = html.escape(str(railroad.DEFAULT_STYLE), quote=False)
    style += " body{font-family:sans-serif}"
    head = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>规矩 Guiju: grammar</title><style>{style}</style>'
    return head + "\n" + "\n".join(parts) + "\n</html>\n"


def _drawn(node: Any, railroad: Any) -> Any:
    if not hasattr(node, "data"):
        text = str(node)
        if text.startswith('"'):
            return railroad.Terminal(text[1:-1])
        if text.startswith("/"):
            return railroad.Comment(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
        return railroad.NonTerminal(text, href=f"#{text}")
    if node.data == "sequence":
        made: list[Any] = []
        for one in node.children:
            if getattr(one, "type", "") == "OPERATOR":
                wrap = {"?": railroad.Optional, "*": railroad.ZeroOrMore, "+": railroad.OneOrMore}[str(one)]
                made.append(wrap(made.pop()))
            else:
                made.append(_drawn(one, railroad))
        return railroad.Sequence(*made) if len(made) != 1 else made[0]
    if node.data == "optional":
        return railroad.Optional(_drawn(node.children[0], railroad))
    choices = [_drawn(one, railroad) for one in node.children]
    return railroad.Choice(0, *choices) if len(choices) > 1 else choices[0]
