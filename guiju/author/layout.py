"""A rule file in its canonical layout: the same declarations, comments and meaning, one way of writing them.

It reads and writes no files. A text that cannot be parsed has no canonical layout and is never guessed at.
"""

import difflib

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.print.file import print_file

__all__ = ["UnstableLayout", "difference", "laid_out"]


class UnstableLayout(Exception):
    """The printer and the parser disagree about a text: a bug of ours, and no reason to touch the file."""


def laid_out(source: Source) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The canonical text; None where the wording has an error, with everything wrong with it."""
    tree, found = parse(source)
    if any(one.level is Level.ERROR for one in found):
        return None, found
    text = print_file(tree)
    # INVARIANT: what is written back must read as what was there, and stay as it is when laid out again.
    again, faults = parse(Source(source.name, text))
    if any(one.level is Level.ERROR for one in faults) or print_file(again) != text:
        raise UnstableLayout(source.name)
    return text, found


def difference(before: str, after: str, name: str) -> str:
    """What changes, as a unified diff; empty where nothing does."""
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    )
