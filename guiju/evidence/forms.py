"""The forms of a report in a pack, drawn as no terminal decides: the same run gives the same bytes wherever it is packed or verified."""

from guiju.evidence.model import PackFault
from guiju.reports.formats import FORMATS, write_report
from guiju.reports.model import Report
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.terms.tongue import Both, Tongue

__all__ = ["USUAL_FORMS", "written_form"]

USUAL_FORMS = ("text", "json", "html")
"""What a pack holds where nobody says otherwise."""


def written_form(form: str, report: Report, tongue: Tongue) -> bytes:
    """The report in a form; PackFault for a form that is not known here."""
    if form != "text" and form not in FORMATS:
        raise PackFault(Both(f"这里没有“{form}”这种格式", f"the form {form!r} is not known here"))
    said = to_text(report, TextStyle(tongue=tongue, per_rule=0)) if form == "text" else write_report(form, report, tongue)
    return said.encode("utf-8", "backslashreplace") if isinstance(said, str) else said
