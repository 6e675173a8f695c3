"""`guiju coverage`: which clauses the rules check, which people judge, and which nobody knows."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, Color, Json, Lang, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["coverage"]

Instrument: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar=say("文件", "INSTRUMENT"),
        help=say("文件的编号、名称或标识；不写则列出全部", "number, name or id of an instrument; without one, all are counted"),
        show_default=False,
    ),
]
Text: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--text",
        metavar=say("文件", "FILE"),
        help=say(
            "这个文件的条文（纯文本或 Markdown）：说出哪些条与规则核对时不同",
            "its articles, as plain text or Markdown: tell which differ from those that the rules were held against",
        ),
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]


def coverage(
    instrument: Instrument = None,
    text: Text = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    json: Json = False,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Count what is covered."""
    from guiju.commands.author.run_coverage import run_coverage

    raise typer.Exit(
        run_coverage(instrument, text=text, rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), as_json=json, color=color)
    )
