"""Documents out of scripts: a text that says what stands in a document, what is planted in it, and how an office would have laid it out.

A script gives two documents, the sound one and the faulty one. `⟦kind¦faulty¦sound⟧` is what differs; lines that begin with
`?clean` or `?faulty` stand in one of them only. What else the signs mean is told in `tests/documents/written/README.md`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FOLDER", "Fault", "Script", "scripts"]

FOLDER = Path(__file__).parent / "written"
_PLANTED = re.compile(r"⟦([^¦⟧]*)¦([^¦⟧]*)¦([^¦⟧]*)⟧")


@dataclass(frozen=True)
class Fault:
    """One planted fault: its words, or the heading below which words are missing; `below` is the heading above it."""

    kind: str
    quote: str
    heading: str = ""
    below: str = ""


@dataclass(frozen=True)
class Script:
    """One script: its name, what is said of its form, and its lines."""

    name: str
    settings: dict[str, str]
    lines: tuple[str, ...]

    @property
    def style(self) -> str:
        """How headings are made."""
        return self.settings.get("style", "styled")

    @property
    def format(self) -> str:
        """The suffix of the document."""
        return self.settings.get("format", "docx")

    def faults(self) -> tuple[Fault, ...]:
        """What is planted in the faulty document."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[Fault]:
        said = self.settings.get("absent")
        if said:
            kind, _, rest = said.partition(" ")
            yield Fault(kind=kind, quote="", heading=rest.partition("=")[0].strip())
        heading = ""
        for line in [self.settings.get("header", ""), *self.lines]:
            title = _PLANTED.sub(lambda found: found[2], line.lstrip("# ")) if line.startswith("#") else ""
            heading = title or heading
            for kind, faulty, _ in _PLANTED.findall(line):
                yield Fault(
                    kind=kind, quote=plain(faulty) or ("" if kind != "空章" else heading), heading="" if faulty else heading, below=heading
                )

    def told(self, *, faulty: bool) -> tuple[str, ...]:
        """The lines of one of the two documents."""
        return tuple(one for one in (self._one(line, faulty=faulty) for line in self.lines) if one is not None)

    def header(self, *, faulty: bool) -> str:
        """What stands at the head of the pages."""
        return self._one(self.settings.get("header", ""), faulty=faulty) or ""

    def _one(self, line: str, *, faulty: bool) -> str | None:
        if line.startswith("?clean "):
            return None if faulty else line[7:]
        if line.startswith("?faulty "):
            return line[8:] if faulty else None
        made = _PLANTED.sub(lambda found: found[2] if faulty else found[3], line)
        return None if line.strip() and not made.strip(" #") else made


def plain(text: str) -> str:
    """The words of a line without the signs of the script."""
    text = re.sub(r"\{\{(.*?)\}\}|\{\+(.*?)\+\}|%%(.*?)%%", lambda found: found[1] or found[2] or found[3] or "", text)
    return re.sub(r"\{-.*?-\}|\{!.*?\}|\[\^.*?\]", "", text)


def scripts(folder: Path = FOLDER) -> tuple[Script, ...]:
    """The scripts of a folder by name."""
    return tuple(_script(one) for one in sorted(folder.glob("*.txt")))


def _script(file: Path) -> Script:
    settings: dict[str, str] = {}
    lines: list[str] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("@") and not line.startswith("@split"):
            name, _, said = line[1:].partition(" ")
            settings[name] = said
        else:
            lines.append(line)
    return Script(name=file.stem, settings=settings, lines=tuple(lines))
