"""The commands of those who write rules: `guiju fmt`, `guiju translate`, `guiju lint`, `guiju rules` and `guiju init`."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["fmt"]

_PATHS = typer.Argument(metavar=say("路径…", "PATH…"), help=say("规则文件或文件夹；- 表示标准输入", "rule files or folders; - is stdin"), show_default=False)
_COLOR = typer.Option("--color/--no-color", help=say("着色", "colour"))
_LANG = typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))


def fmt(
    paths: Annotated[list[Path], _PATHS],
    check: Annotated[bool, typer.Option("--check", help=say("只看是否已排好，不改写（未排好退出码 1）", "write nothing; exit 1 when a file would change"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=say("只列出会怎样改", "write nothing; show what would change"))] = False,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """Lay out rule files."""
    from guiju.commands.formatting import run_fmt

    raise typer.Exit(run_fmt(paths, check=check, diff=diff, color=color))
