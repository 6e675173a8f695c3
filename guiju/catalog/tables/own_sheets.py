"""Recognizes what guiju itself writes into workbooks and tables of others, so that reading them again skips it.

A sheet of ours begins with a mark in its first cell; a column of ours is headed by one of two fixed words.
"""

from guiju.catalog.tables.grid import Grid

__all__ = ["OWN_COLUMN", "OWN_MARK", "is_own_column", "is_own_sheet"]

OWN_MARK = "规矩 Guiju ▸"
OWN_COLUMN = {"zh": "检查发现（规矩）", "en": "findings (guiju)"}


def is_own_sheet(grid: Grid) -> bool:
    """Whether guiju added the sheet: instructions, lists of choices, lists of problems."""
    if grid.top or grid.left or not grid.rows or not grid.rows[0]:
        return False
    first = grid.rows[0][0]
    return isinstance(first, str) and first.startswith(OWN_MARK)


def is_own_column(label: str) -> bool:
    """Whether guiju added the column to a marked copy."""
    return label in OWN_COLUMN.values()
