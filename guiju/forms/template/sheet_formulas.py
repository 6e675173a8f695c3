"""Formulas of conditional formats: what a spreadsheet can see by itself is wrong in a cell; each says true of a guilty cell.

A cell is named as `{cell}` relative to the first row; a formula here never reads anything but its own sheet and the list of choices.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from guiju.forms.template.form_plan import FormColumn
from guiju.forms.template.simple_checks import Bound, LengthBound, Order
from guiju.terms.types import DateT, IntT, MoneyT, NumberT, PercentT, Type

__all__ = ["blank_formula", "wrong_formulas"]

_OPERATORS = {"=": "=", "≠": "<>", "<": "<", "≤": "<=", ">": ">", "≥": ">="}
_FIRST_DAY, _LAST_DAY = 18264, 73051
"""1950-01-01 and 2100-01-01 as a spreadsheet counts days: a number beyond is 20260301 and no day."""


def blank_formula(cell: str, row: str) -> str:
    """The cell is blank in a row that is not."""
    return f"AND(COUNTA({row})>0,LEN(TRIM({cell}))=0)"


def wrong_formulas(
    column: FormColumn, cell: str, choices: str | None, cells: dict[tuple[str, ...], str], *, alone: bool = False
) -> Iterator[str]:
    """The formulas of one column; `cells` are the cells of the other fields of the record, `choices` the range of what is accepted.

    `alone` where the sheet holds one record only, so that no key can be there twice.
    """
    filled = f"LEN(TRIM({cell}))>0"
    if choices is not None and not column.many:
        yield f'AND({filled},ISNA(MATCH(TRIM({cell}&""),{choices},0)))'
        return
    if column.many:
        return
    yield from _of_type(column.type, cell, filled)
    number = _number(column.type, cell)
    for check, _ in column.rules.checks:
        match check:
            case Bound(op=op, value=value) if number is not None:
                yield f"AND({filled},ISNUMBER({number}),IFERROR(NOT({number}{_OPERATORS[op]}{_literal(value)}),FALSE))"
            case LengthBound(op=op, value=value):
                yield f"AND({filled},NOT(LEN(TRIM({cell})){_OPERATORS[op]}{_literal(value)}))"
            case Order(op=op, other=other) if number is not None and other in cells:
                against = _number(column.type, cells[other])
                both = f"LEN(TRIM({cells[other]}))>0,ISNUMBER({number}),ISNUMBER({against})"
                yield f"IFERROR(AND({filled},{both},NOT({number}{_OPERATORS[op]}{against})),FALSE)"
            case _:
                pass
    if column.field.key and column.owner is None and not alone:
        yield _twice(cell, filled)


def _of_type(type: Type, cell: str, filled: str) -> Iterator[str]:
    match type:
        case DateT():
            yield f"AND({filled},NOT(ISNUMBER({cell})),ISERROR({_day(cell)}))"
            yield f"AND(ISNUMBER({cell}),OR({cell}<{_FIRST_DAY},{cell}>={_LAST_DAY}))"
        case IntT():
            yield f"AND({filled},ISERROR(VALUE({cell})))"
            yield f"IFERROR(AND({filled},VALUE({cell})<>INT(VALUE({cell}))),FALSE)"
        case NumberT() | PercentT():
            yield f"AND({filled},ISERROR(VALUE({cell})))"
        case MoneyT():
            bare = cell
            for unit in ("元", "万", "亿", "千", "百"):
                bare = f'SUBSTITUTE({bare},"{unit}","")'
            yield f"AND({filled},ISERROR(VALUE({bare})))"
        case _:
            pass


def _number(type: Type, cell: str) -> str | None:
    """The value of the cell as a number, for types that have one."""
    match type:
        case DateT():
            return f"IF(ISNUMBER({cell}),{cell},IFERROR({_day(cell)},0))"
        case IntT() | NumberT() | PercentT() | MoneyT():
            # An amount written with its unit gives no number here and is left to the rules.
            return f'IFERROR(VALUE({cell}),"")'
        case _:
            return None


def _day(cell: str) -> str:
    """The day of a text, in whatever language the spreadsheet speaks: 2026年3月1日 and 2026.3.1 are written with dashes first."""
    text = f"TRIM({cell})"
    for sign, dash in (("年", "-"), ("月", "-"), ("日", ""), (".", "-"), ("/", "-")):
        text = f'SUBSTITUTE({text},"{sign}","{dash}")'
    return f"DATEVALUE({text})"


def _literal(value: Decimal | date) -> str:
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    return format(value, "f")


def _twice(cell: str, filled: str) -> str:
    """The key occurs above as well: SUMPRODUCT and not COUNTIF, which takes two long codes for alike after fifteen digits."""
    letters = cell.rstrip("0123456789").replace("$", "")
    first = cell[len(cell.rstrip("0123456789")) :]
    return f"AND({filled},SUMPRODUCT(--(${letters}${first}:${letters}${int(first) + 499}={cell}))>1)"
