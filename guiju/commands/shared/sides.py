"""One of two sets of rules that are compared: a file, a folder, or a sealed release."""

from pathlib import Path

from guiju.commands.shared.rulesets import rules_or_complain
from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import say
from guiju.dsl.ruleset import Ruleset

__all__ = ["side"]


def side(path: Path, color: bool | None) -> Ruleset | None:
    """The rules of one side; None after saying on stderr why there are none."""
    if not path.exists():
        eprint(say(f"没有 {path}", f"there is no {path}"))
        return None
    return rules_or_complain((path,), (), color=color)
