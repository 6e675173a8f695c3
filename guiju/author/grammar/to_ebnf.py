"""The published grammar in the forms in which people read grammars: EBNF after W3C, and railroad diagrams as SVG."""

import re
from collections.abc import Mapping

from guiju.author.grammar.published import complete_grammar

__all__ = ["productions", "to_ebnf"]

_RULE = re.compile(r"^(\??[a-z_]+)\s*:\s*(.*)$")
_TERMINAL = re.compile(r"^(_?[A-Z_]+)(?:\.\d+)?\s*:\s*/(.*)/$")
_ALIAS = re.compile(r"\s*->\s*[a-z_]+")


def productions() -> Mapping[str, str]:
    """Each rule and terminal with its right side, in the order of the grammar."""
    found: dict[str, str] = {}
    last = ""
    for raw in complete_grammar().split("\n"):
        line = raw.split("//")[0].rstrip() if raw.lstrip().startswith("//") else raw.rstrip()
        if not line or line.startswith("%"):
            continue
        terminal, rule = _TERMINAL.match(line), _RULE.match(line)
        if terminal is not None:
            found[terminal[1]] = _words(terminal[2])
        elif rule is not None:
            last = rule[1].lstrip("?")
            found[last] = _ALIAS.sub("", rule[2])
        elif last:
            found[last] += " " + _ALIAS.sub("", line.strip())
    return found


def _words(pattern: str) -> str:
    """A terminal that is nothing but words, as its words; any other as its pattern."""
    parts = [re.sub(r"\\(.)", r"\1", one.replace(r"(?!\w)", "").replace(r"[ \t]+", " ")) for one in pattern.split("|")]
    return " | ".join(f'"{one}"' for one in parts) if all(re.fullmatch(r"[\w <>=≠≤≥!→÷×*/+-]+", one) for one in parts) else f"/{pattern}/"


def to_ebnf() -> str:
    """One production a paragraph; words of the language in quotes, patterns between strokes."""
    lines = [f"{name} ::= {re.sub(r'[ ]+', ' ', right)}" for name, right in productions().items()]
    return "\n\n".join(lines) + "\n"
