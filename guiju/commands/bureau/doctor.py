"""`guiju doctor`: whether everything that guiju needs here is here, and what to do where it is not."""

from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["doctor"]


def doctor(
    json: Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Look at the installation."""
    from guiju.commands.bureau.run_doctor import run_doctor

    raise typer.Exit(run_doctor(as_json=json))
