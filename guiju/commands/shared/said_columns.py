"""What a user says of the headers of a table, as an option holds it: `HEADER=FIELD`."""

from collections.abc import Iterable

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["said_columns"]


def said_columns(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a header and the dotted path of the field that it means; misuse is said as that of other options is."""
    found = []
    for word in words:
        header, equals, field = word.rpartition("=")
        if not equals or not header.strip():
            raise typer.BadParameter(say(f"请写成 表头=字段，不是“{word}”", f"write HEADER=FIELD, not {word!r}"), param_hint="--column")
        found.append((header.strip(), field.strip()))
    return tuple(found)
