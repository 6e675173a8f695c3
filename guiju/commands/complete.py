"""`guiju complete`: what a submission still has to provide, the entry that settles the most rules first."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["complete"]


def complete(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar=say("文件…", "FILE…"), help=say("申报文件或文件夹；- 表示标准输入", "files or folders; - is stdin"), show_default=False
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=say("按哪一天的规则（默认：提交日，否则今天）", "the day whose law holds (default: the submission day, else today)"),
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
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar=say("类别", "KIND"), help=say("文件里是什么（默认自动识别）", "what the files hold (default: found out)")
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", help=say("最多列几项；0 为全部", "how many entries to list; 0 for all"))] = 50,
    json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "write JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """List what is still to be provided."""
    from guiju.commands.asking import Question, day_of
    from guiju.commands.completing import run_complete

    question = Question(
        files=tuple(files), as_of=day_of(as_of), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), kind=kind, color=color
    )
    raise typer.Exit(run_complete(question, most=most, as_json=json))
