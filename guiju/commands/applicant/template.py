"""`guiju template`: the form to fill for some kinds, generated from shapes, code lists and rules."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["template"]


Purpose: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--for",
        metavar=say("类型或场景", "TYPE or PROFILE"),
        help=say(
            "为哪类项目、办什么事：只列用得着的，每行一项，如 --for 智慧灯杆 --for 项目验收",
            "for which type of project and which purpose: only what they need, a field a line",
        ),
        show_default=False,
    ),
]


def template(
    kinds: Annotated[
        list[str],
        typer.Argument(
            metavar=say("类别…", "KIND…"),
            help=say("要填的对象，如 数据集、项目方案", "the kinds to fill in, such as dataset or project"),
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入的 .xlsx 文件", "the .xlsx file to write"))
    ] = None,
    purpose: Purpose = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天的规则（默认今天）", "the day whose rules hold (default: today)")),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    short: Annotated[
        bool, typer.Option("--short", help=say("只列先要回答的和人人要填的", "only the first questions and what everybody writes"))
    ] = False,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only"))
    ] = None,
    add_rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--add-rules", metavar=say("规则", "RULES"), help=say("在随附规则之外再加这些", "these rule files besides the shipped ones")
        ),
    ] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Write a form to fill."""
    from guiju.commands.applicant.check import _day
    from guiju.commands.applicant.run_template import TemplateOptions, run_template

    options = TemplateOptions(
        kinds=tuple(kinds),
        purpose=tuple(purpose or ()),
        output=output,
        as_of=_day(as_of),
        short=short,
        rules=tuple(rules or ()),
        add_rules=tuple(add_rules or ()),
        color=color,
    )
    raise typer.Exit(run_template(options))
