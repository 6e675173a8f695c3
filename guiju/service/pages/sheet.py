"""The figures of the dashboard as a workbook: a sheet for each of its tables."""

from collections.abc import Iterator

from guiju.forms.files.tables_book import Sheet, tables_book
from guiju.store.figures import Figures
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["figures_book"]


def figures_book(found: Figures, tongue: Tongue) -> bytes:
    """The workbook."""
    return tables_book(_sheets(found, tongue))


def _sheets(found: Figures, tongue: Tongue) -> Iterator[Sheet]:
    grave = [one.words.say(tongue) for one in reversed(Severity)]
    rest = [Verdict.WAIVED.words.say(tongue), Verdict.UNDETERMINED.words.say(tongue)]
    tables = (
        (Both("按月", "months"), found.months),
        (Both("按单位", "units"), found.departments),
        (Both("按区", "districts"), found.districts),
        (Both("按场景", "profiles"), found.profiles),
        (Both("按条款", "clauses"), found.clauses),
        (Both("按规则", "rules"), found.rules),
    )
    for name, figures in tables:
        heads = [name.say(tongue), Verdict.FAIL.words.say(tongue), *grave, *rest]
        rows = [(one.of, one.fail, one.blocking, one.major, one.minor, one.advisory, one.waived, one.undetermined) for one in figures]
        yield name.say(tongue), heads, rows
