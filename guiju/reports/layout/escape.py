"""Makes a value from outside harmless in the form that it is written into: nothing that a document says can be more than words there.

Every writer of `guiju/reports` goes through here for words that came from an input. It decides nothing about layout. Characters
that no reader can see, or that turn the direction of a line, are written out by their number: `⟨U+202E⟩`.
"""

import re
from functools import cache, lru_cache
from urllib.parse import quote

from guiju.terms.visible import by_number, visible

__all__ = [
    "cell_text",
    "harmless",
    "json_text",
    "markdown",
    "markdown_block",
    "one_line",
    "relative_uri",
    "sarif_text",
    "token",
    "visible",
    "workflow_property",
    "workflow_text",
    "xml",
]

_SPACES = re.compile(r"[\t\n]+ *")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~!$])")
_BLOCK = re.compile(r"^(\d*)([#+\-=.)])")
_LINKS = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=www)\.|@|&|(?<=mailto):|(?<=xmpp):")
_LINK_ENTITIES = {":": "&#58;", ".": "&#46;", "@": "&#64;", "&": "&amp;"}
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\n": "&#10;", "\t": "&#9;"}
_XML_CHARS = re.compile("[&<>\"'\n\t]")
_SARIF = re.compile(r"([\\\[\]])|([{}])")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def one_line(text: str) -> str:
    """Visible, and on one line: a blank for each line break or tab."""
    return _SPACES.sub(" ", visible(text))


def json_text(data: bytes) -> bytes:
    """A JSON text in which unseen characters are escapes: it means the same, and shows what it means."""
    if not _unseen_bytes().search(data):
        return data
    return visible(data.decode("utf-8", "surrogatepass"), _escape).encode("utf-8", "backslashreplace")


@cache
def _unseen_bytes() -> re.Pattern[bytes]:
    # A little more than the unseen ones; what is common in Chinese texts, quotation marks and wide signs, is not among them.
    return re.compile(
        b"\x7f|\xc2[\x80-\x9f\xad]|\xcd\x8f|\xd8\x9c|\xe1[\x85\x9a\x9e\xa0]|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f-\xaf]|\xe2\xa0\x80"
        b"|\xe3\x85\xa4|\xef\xb8[\x80-\x8f]|\xef\xbb\xbf|\xef\xbe\xa0|\xef\xbf[\xb0-\xbf]|\xdc\x8f|\xf0(?:\x93\x90|\x9b\xb2|\x9d\x85)|\xf3\xa0|\xed[\xa0-\xbf]"
    )


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


# Every control but the ends of lines, tabs, and ESC where it begins a colour.
_STEERING = re.compile("\x1b(?!\\[[0-9;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """The text without a character that steers a terminal, whatever an input or the name of a file holds; colours are left."""
    return text if text.isprintable() else _STEERING.sub(lambda found: by_number(found[0]), text)


def cell_text(text: str) -> str:
    """One line that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    line = one_line(text)
    return f"'{line}" if _FORMULA.match(line) else line


def xml(text: str) -> str:
    """Visible text for an element or an attribute of XML 1.0."""
    return _XML_CHARS.sub(lambda found: _XML[found.group()], visible(text))


@lru_cache(maxsize=4096)  # the words of a rule come back with every finding of it
def markdown(text: str) -> str:
    """One line that Markdown shows as it stands: no markup, no HTML, no link. Not for the beginning of a line."""
    linkless = _LINKS.sub(lambda found: _LINK_ENTITIES[found.group()], one_line(text))
    return _MARKDOWN.sub(r"\\\1", linkless).strip()


def markdown_block(text: str) -> str:
    """Markdown for the beginning of a paragraph: neither heading nor list nor quotation nor rule."""
    return _BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}", markdown(text))


def sarif_text(text: str) -> str:
    """Visible text for a SARIF message: brackets are no links (§3.11.6), braces no placeholders (§3.11.5)."""
    return _SARIF.sub(lambda found: "\\" + found[1] if found[1] else found[2] * 2, visible(text))


def workflow_text(text: str) -> str:
    """Visible text for the message of a workflow command."""
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Visible text for a property of a workflow command."""
    return workflow_text(text).replace(":", "%3A").replace(",", "%2C")


def relative_uri(file: str) -> str:
    """A file's name as a reference: relative as it was given, `file://` where it is absolute."""
    path = file.replace("\\", "/") if _DRIVE.match(file) else file
    escaped = quote(path.encode("utf-8", "backslashreplace"), safe="/")
    if _DRIVE.match(path):
        return f"file:///{path[0]}:{quote(path[2:].encode('utf-8', 'backslashreplace'), safe='/')}"
    return f"file://{escaped}" if path.startswith("/") else escaped


@cache
def _no_token() -> re.Pattern[str]:
    # A set of a third of all characters takes milliseconds to compile, and few runs need it.
    return re.compile(r"[^A-Za-z0-9_.\-\u4e00-\u9fff]")


def token(text: str) -> str:
    """A name of Latin letters, 汉字, digits, full stops, hyphens and underscores that begins with a letter or an underscore."""
    name = _no_token().sub("_", text)
    return name if name[:1].isalpha() or name[:1] == "_" else f"_{name}"
