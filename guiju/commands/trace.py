"""`guiju trace`: how one rule came to its verdict on one subject, operand by operand, and what would turn it."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["trace"]


def trace(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar=say("文件…", "FILE…"),
            help=say("要检查的文件或文件夹；- 表示标准输入", "files or folders to check; - is stdin"),
            show_default=False,
        ),
    ],
    rule: Annotated[
        str,
        typer.Option(
            "--rule",
            "-r",
            metavar=say("规则", "RULE"),
            help=say("规则的编号、末段或名称", "the id of a rule, its last part or its name"),
            show_default=False,
        ),
    ],
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject",
            "-s",
            metavar=say("对象", "SUBJECT"),
            help=say(
                "对象的名称、标识，或第几个（#3）；只有一个时可省",
                "the name or id of the subject, or which (#3); not needed where there is one",
            ),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=say("按哪一天的规则检查（默认：提交日，否则今天）", "the day whose law holds (default: the submission day, else today)"),
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
    json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "write JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Trace one rule on one subject."""
    from guiju.commands.asking import Question, day_of
    from guiju.commands.tracing import run_trace

    question = Question(
        files=tuple(files), as_of=day_of(as_of), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), kind=kind, color=color
    )
    raise typer.Exit(run_trace(question, rule=rule, subject=subject, as_json=json))
