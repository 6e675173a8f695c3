"""The ruleset that a command works with, and today's date in Wuhan."""

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, read_rules, shipped_rules

__all__ = ["rules_or_complain", "today"]

_WUHAN = timezone(timedelta(hours=8))


def today() -> date:
    """Today in Wuhan; the only place at which guiju asks the clock for a day."""
    return datetime.now(_WUHAN).date()


def rules_or_complain(rules: tuple[Path, ...], add_rules: tuple[Path, ...], *, color: bool | None) -> Ruleset | None:
    """The ruleset asked for; None after saying on stderr why there is none."""
    try:
        if rules:
            # It reads rule texts, which the shipped rules are spared: they are kept as they were sealed.
            from guiju.commands.shared.vocabulary_files import with_vocabulary

            rules = with_vocabulary(rules)
        compiled = read_rules(rules or (shipped_rules(), *add_rules), memo_of(dict(os.environ)))
    except OSError as error:
        eprint(say(f"规则文件打不开：{error.filename}", f"cannot open the rule file {error.filename}") + f" ({error.strerror})")
        return None
    # Habits and hints are for those who write rules; `guiju lint` says them.
    grave = tuple(one for one in compiled.diagnostics if one.level is not Level.HINT and one.code[0] != "H")
    print_diagnostics(grave, compiled.sources, color=color)
    return compiled.ruleset
