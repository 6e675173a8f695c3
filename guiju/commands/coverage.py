"""`guiju coverage`: which clauses the rules check, which people judge, and which nobody knows."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["coverage"]


def coverage(
    instrument: Annotated[
        str | None,
        typer.Argument(
            metavar=say("文件", "INSTRUMENT"),
            help=say("文件的编号、名称或标识；不写则列出全部", "number, name or id of an instrument; without one, all are counted"),
            show_default=False,
        ),
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only"))
    ] = None,
    add_rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--add-rules", metavar=say("规则", "RULES"), help=say("在随附规则之外再加这些", "these rule files besides the shipped ones")
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "write JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Count what is covered."""
    from guiju.commands.covering import run_coverage

    raise typer.Exit(run_coverage(instrument, rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), as_json=json, color=color))
