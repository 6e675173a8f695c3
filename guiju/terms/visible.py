"""Makes seen what a reader cannot see: one notation, `⟨U+200B⟩`, wherever a text from outside is shown.

`visible` is for running text, whose line ends and tabs have a layout. `as_compared` is for a value: what is shown is then what was
compared, with every blank at its ends, every further blank in a row and every line end. What can be seen is left as it is.
"""

import re
from collections.abc import Callable
from functools import cache

__all__ = ["as_compared", "by_number", "visible"]

_BREAKS = re.compile(r"\r\n?")
_SET_OUT = re.compile("[\t\n\r\u00a0\u3000]")
_OUTER = re.compile(r"^ +| +$|(?<= ) +")

# Joiners and selectors shape what stands beside them in these scripts and pictures; elsewhere they are only hidden.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufe0e\ufe0f\U0001f000-\U0001faff\u2190-\u27ff\u2900-\u2bff"
_PICTURED = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"


@cache
def _unseen() -> re.Pattern[str]:
    # A set of ranges takes milliseconds to compile, and a run on sound ASCII needs it never.
    # Controls; marks of direction; what fonts draw as nothing; separators that some readers take for a line's end; half pairs; what XML
    # 1.0 refuses; blanks that are neither the plain one nor the two that Chinese texts are set with.
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u070f\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f"
        "\u205f-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
        f"|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
        f"|(?<![{_PICTURED}])[\ufe0e\ufe0f](?!\u20e3)|(?<![\u1800-\u18af])[\u180b-\u180d\u180f]"
    )


def by_number(char: str) -> str:
    """An unseen character by its number."""
    return f"⟨U+{ord(char):04X}⟩"


def visible(text: str, told: Callable[[str], str] = by_number) -> str:
    """The text with every unseen character written out, by its number unless `told` says otherwise.

    Line feeds and tabs stay; other line ends become line feeds.
    """
    if text.isascii() and text.isprintable():  # the quick answer: it has no control, no mark and no line end
        return text
    if "\r" in text:
        text = _BREAKS.sub("\n", text)
    return _unseen().sub(lambda found: told(found.group()), text)


def as_compared(text: str, most: int | None = None) -> str:
    """A value on one line, with all that tells it from another that looks alike; beyond `most` characters its beginning and "…".

    What nobody would see at the end of a longer value is written behind the dots.
    """
    if most is None or len(text) <= most:
        return _told(text)
    end = len(text)
    while end > most - 1 and (text[end - 1].isspace() or _unseen().match(text, end - 1)):
        end -= 1
    return f"{_told(text[: most - 1])}…{_told(text[end:][:8])}"


def _told(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = _SET_OUT.sub(lambda found: by_number(found.group()), _unseen().sub(lambda found: by_number(found.group()), text))
    return _OUTER.sub(_blanks, text) if " " in text else text


def _blanks(found: re.Match[str]) -> str:
    return by_number(" ") * len(found.group())
