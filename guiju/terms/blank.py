"""What blank is, and how two codes are laid side by side.

Blank is exactly six characters. Python's own `strip()` also removes U+2003, U+0085 and others, DuckDB's keeps TAB, Spark's
keeps U+3000: none of them is ours.
"""

import unicodedata

__all__ = ["BLANK", "fold_code", "fold_width", "is_blank", "trim"]

BLANK = " \t\r\n\u00a0\u3000"
_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def trim(text: str) -> str:
    """The text without blanks at either end."""
    return text.strip(BLANK)


def is_blank(text: str) -> bool:
    """Whether nothing but blanks stands there."""
    return not text.strip(BLANK)


def fold_code(text: str) -> str:
    """The text trimmed and in NFKC, in which full-width letters and digits are plain; letter case is kept."""
    if text.isascii():
        return text.strip(BLANK)
    # Trimmed again: NFKC may turn an outer compatibility space into a plain one.
    return unicodedata.normalize("NFKC", text.strip(BLANK)).strip(BLANK)


def fold_width(text: str) -> str:
    """The text trimmed, with full-width letters, digits and signs made plain and nothing else changed.

    For numbers and dates, where NFKC would read 10² as 102 and 3① as 31.
    """
    if text.isascii():
        return text.strip(BLANK)
    return text.strip(BLANK).translate(_WIDTH)
