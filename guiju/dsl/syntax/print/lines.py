"""How a line of canonical text is laid: comments, columns, and words of lists; it knows no keyword."""

from guiju.diagnostics.source import display_width
from guiju.dsl.syntax.from_text import BLANK_LINE
from guiju.dsl.syntax.lex import fold

__all__ = ["cells", "comment", "pad", "raw", "with_trailing", "written_code"]

_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))


def comment(text: str) -> str:
    """A comment as it is laid out; the line left blank inside a run of comments."""
    if text == BLANK_LINE:
        return ""
    # Two signs alone begin a description.
    return "#" + ("" if not text or text.startswith("##") else " ") + text


def cells(row: tuple[str, ...]) -> str:
    """The cells of a row; one that begins with `#` stands right behind its stroke, where it is no comment."""
    return "".join(row[:1]) + "".join(f" |{cell}" if fold(cell).startswith("#") else f" | {cell}" for cell in row[1:])


def pad(text: str, width: int) -> str:
    """The text, and blanks up to that width."""
    return text + " " * max(0, width - display_width(text))


def with_trailing(lines: list[str], trailing: str | None) -> list[str]:
    """The lines, the comment of their end behind the last."""
    if trailing is not None:
        lines[-1] += "  " + comment(trailing)
    return lines


def raw(word: str, mark: str, keywords: frozenset[str] = frozenset()) -> str:
    """A word of a list, in quotation marks where it could not stand without, as one in which a keyword stands behind a blank."""
    # Behind a blank, which a list has before each word, # begins a comment; a quotation mark may hide one.
    is_plain = not any(one in fold(word) for one in (mark, "#", *'"“”「」')) and keywords.isdisjoint(word.split()[1:])
    if word and is_plain and word.strip() == word:
        return word
    opening, closing = next((pair for pair in _QUOTES if pair[1] not in word), _QUOTES[0])
    return f"{opening}{word}{closing}"


def written_code(code: str) -> str:
    """A code of a list, in quotation marks where it could not stand without."""
    is_bare = not any(char in code for char in " \t#") and code[:1] not in ("", "=", '"')
    return code if is_bare else f'"{code}"'
