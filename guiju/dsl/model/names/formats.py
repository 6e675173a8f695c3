"""Named formats and patterns as the checks ask for them; what they mean stands in `terms.formats` and `terms.pattern`."""

from guiju.terms.formats.formats import FORMAT_NAMES
from guiju.terms.patterns.pattern import compile_pattern
from guiju.terms.tongue import Both

__all__ = ["check_pattern", "format_named", "format_names"]


def format_named(name: str) -> str | None:
    """The id of the format of that name in either tongue."""
    found = FORMAT_NAMES.get(name)
    return found.id if found is not None else None


def format_names() -> tuple[str, ...]:
    """All names of formats."""
    return tuple(FORMAT_NAMES)


def check_pattern(text: str) -> Both | None:
    """What is wrong with the pattern, in words; None for a good one."""
    _, fault = compile_pattern(text)
    return fault.message if fault is not None else None
