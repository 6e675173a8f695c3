"""`guiju book`: the rule book as static pages with a search, or as one document."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["book"]


def book(
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar=say("文件夹|文件", "FOLDER|FILE"),
            help=say("写到哪个文件夹；或者一个 .docx、.pdf 文件", "the folder to write to; or one .docx or .pdf file"),
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天（默认：今天）", "the day whose law holds (default: today)")),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh|en", help=say("语言（文件夹总是两种都有）", "language (a folder always has both)"))
    ] = None,
) -> None:
    """Write the rule book."""
    from guiju.commands.bureau.run_book import run_book

    raise typer.Exit(run_book(output, as_of))
