"""`guiju config`: which settings hold here, and where each comes from."""

from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["config"]


def config(
    json: Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Say what holds."""
    from guiju.commands.bureau.run_config import run_config

    raise typer.Exit(run_config(lang=lang, as_json=json))
