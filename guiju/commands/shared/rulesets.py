"""The ruleset that a command works with, and today's date in Wuhan."""

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import TONGUE, say
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
    if any(one.suffix == ".gjr" for one in (*rules, *add_rules)):
        return _released(rules, add_rules)
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


def _released(rules: tuple[Path, ...], add_rules: tuple[Path, ...]) -> Ruleset | None:
    """The ruleset of one sealed release, which stands alone."""
    from guiju.release.bundle import BundleFault, open_bundle

    if len(rules) != 1 or add_rules:
        eprint(say("密封的规则文件要单独使用。", "A sealed file of rules is used alone."))
        return None
    try:
        return open_bundle(rules[0].read_bytes()).ruleset
    except OSError as error:
        eprint(say(f"打不开 {rules[0]}：{error.strerror}", f"cannot open {rules[0]}: {error.strerror}"))
    except BundleFault as fault:
        eprint(f"{rules[0]}: {fault.words.say(TONGUE)}")
    return None
