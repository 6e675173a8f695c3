"""Which characters nobody sees, out of what Unicode says of them and apart from the table that the package has."""

import re
import sys
import unicodedata

__all__ = ["unseen_characters"]

# Format characters that are drawn: the signs that stand around numbers, and the joiners, which are a matter of what is beside them.
_DRAWN = {*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, 0x200C, 0x200D}
# Default ignorable, or drawn as nothing, though their category is one of letters, marks and signs.
_HIDDEN = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFE, 0xFFFF, *range(0xE0100, 0xE01F0)}


def unseen_characters() -> re.Pattern[str]:
    """A pattern for any of them; line feeds, tabs, carriage returns and the blanks of Chinese texts are the business of each form."""
    kept = {*map(ord, "\t\n\r \u00a0\u3000")}
    hidden = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if code not in kept
        and (code in _HIDDEN or (code not in _DRAWN and unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}))
    ]
    return re.compile(f"[{''.join(map(re.escape, hidden))}]")
