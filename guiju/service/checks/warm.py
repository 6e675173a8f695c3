"""What every check needs and none changes, loaded once in a process; processes that are forked from it have it at once."""

import os
from functools import cache

from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.terms.time.calendar import Calendar

__all__ = ["calendar", "ruleset"]


@cache
def ruleset() -> Ruleset:
    """The shipped rules. RuntimeError where they do not compile, which is our own bug."""
    compiled = read_rules([shipped_rules()], memo_of(dict(os.environ)))
    if compiled.ruleset is None:
        raise RuntimeError("the shipped rules do not compile; see guiju doctor")
    return compiled.ruleset


@cache
def calendar() -> Calendar:
    """The working days."""
    return load_calendar()
