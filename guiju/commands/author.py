"""The commands of those who write rules: `guiju fmt`, `guiju translate`, `guiju lint`, `guiju rules` and `guiju init`."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["fmt", "translate"]

_PATHS = typer.Argument(metavar=say("路径…", "PATH…"), help=say("规则文件或文件夹；- 表示标准输入", "rule files or folders; - is stdin"), show_default=False)
_COLOR = typer.Option("--color/--no-color", help=say("着色", "colour"))
_RULES = typer.Option("--rules", metavar=say("规则", "RULES"), help=say("名称在这些规则文件里找（默认：随附规则）", "the rule files that declare its names (default: the shipped ones)"))
_ADD_RULES = typer.Option("--add-rules", metavar=say("规则", "RULES"), help=say("另外再加这些规则文件", "these rule files besides"))
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


def translate(
    file: Annotated[Path, typer.Argument(metavar=say("文件", "FILE"), help=say("规则文件；- 表示标准输入", "a rule file; - is stdin"), show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="zh|en", help=say("译成哪种语言", "into which tongue"), show_default=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件（默认写到标准输出）", "write to a file (default: stdout)"))] = None,
    rules: Annotated[list[Path] | None, _RULES] = None,
    add_rules: Annotated[list[Path] | None, _ADD_RULES] = None,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """Write a rule file in the other tongue."""
    from guiju.commands.translating import run_translate

    if to not in ("zh", "en"):
        raise typer.BadParameter(say(f"没有“{to}”这种语言，只有 zh 和 en", f"no tongue {to!r}; there are zh and en"), param_hint="--to")
    raise typer.Exit(run_translate(file, to, output=output, rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), color=color))
