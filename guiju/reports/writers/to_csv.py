"""A report as CSV for a spreadsheet: one finding a line, heads in the reader's tongue, no value that a spreadsheet would calculate.

It begins with a byte order mark, without which Excel takes UTF-8 for the code page of the machine. Lines end as RFC 4180 has them.
"""

import csv
import io

from guiju.reports.layout.columns import COLUMNS
from guiju.reports.layout.escape import cell_text
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["to_csv"]


def to_csv(report: Report, tongue: Tongue) -> str:
    """The findings in the order of the report; the counts stand in other forms."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    # Every value is quoted: a spreadsheet that splits at semicolons then still sees no value's beginning where there is none.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.head.say(tongue) for column in COLUMNS])
    writer.writerows([cell_text(column.value(finding, tongue)) for column in COLUMNS] for finding in report.findings)
    return text.getvalue()
