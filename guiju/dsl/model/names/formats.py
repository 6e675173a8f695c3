"""Named formats and patterns as the checks ask for them; what they mean stands in `terms.formats` and `terms.pattern`."""

from guiju.terms.formats.formats import FORMAT_NAMES
from guiju.terms.patterns.pattern import compile_pattern
from guiju.terms.tongue import Both

__all__ = ["check_pattern", "format_named", "format_names"]


def format_named(name: str, *, anywhere: bool = False) -> str | None:
    """The id of the format of that name in either tongue; `anywhere`, only of one that is found within a text."""
    found = FORMAT_NAMES.get(name)
    return found.id if found is not None and (found.finds is not None or not anywhere) else None


def format_names(*, anywhere: bool = False) -> tuple[str, ...]:
    """All names of formats; `anywhere`, of those that are found within a text."""
    return tuple(name for name, one in FORMAT_NAMES.items() if one.finds is not None or not anywhere)


def check_pattern(text: str) -> Both | None:
    """What is wrong with the pattern, in words; None for a good one."""
    _, fault = compile_pattern(text)
    return fault.message if fault is not None else None
