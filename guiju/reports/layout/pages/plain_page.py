"""A page of the style of the HTML report without a script: for comparisons and trends; nothing is fetched, all words are escaped."""

import base64
import hashlib
from html import escape

from guiju.reports.layout.escape import one_line
from guiju.reports.layout.page_text import template
from guiju.terms.tongue import Tongue

__all__ = ["cells_table", "numbers", "page_of", "section"]


def page_of(title: str, body: str, tongue: Tongue) -> str:
    """The whole page around a body that is markup already."""
    style = template("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    said = escape(one_line(title))
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if tongue is Tongue.ZH else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said}</title>\n<style>{style}</style>\n</head>\n<body>\n<header><h1>{said}</h1></header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def section(title: str, body: str) -> str:
    """A section of the page under its heading."""
    return f"<section><h2>{escape(one_line(title))}</h2>\n{body}</section>\n"


def numbers(counts: tuple[tuple[str, int], ...]) -> str:
    """Large numbers with their names below."""
    cells = "".join(f'<div class="number"><b>{count:,}</b><span>{escape(one_line(name))}</span></div>' for name, count in counts)
    return f'<div class="numbers">{cells}</div>\n'


def cells_table(rows: list[list[str]]) -> str:
    """A table of words and numbers, its first row the head; numbers stand to the right."""
    head = "".join(f'<th scope="col"{_aligned(at, rows)}>{escape(one_line(cell))}</th>' for at, cell in enumerate(rows[0]))
    body = "".join(
        "<tr>" + "".join(f"<td{_aligned(at, rows)}>{escape(one_line(cell))}</td>" for at, cell in enumerate(row)) + "</tr>"
        for row in rows[1:]
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n'


def _aligned(at: int, rows: list[list[str]]) -> str:
    return ' class="n"' if len(rows) > 1 and all(row[at].isdigit() for row in rows[1:]) else ""
