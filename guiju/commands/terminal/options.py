"""Options that several commands share, each worded once."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["AddRules", "AsOf", "Color", "Files", "Json", "Kind", "Lang", "Rules"]

Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar=say("文件…", "FILE…"),
        help=say("要检查的文件或文件夹；- 表示标准输入", "files or folders to check; - is stdin"),
        show_default=False,
    ),
]
Rules: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only")),
]
AddRules: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--add-rules",
        metavar=say("规则", "RULES"),
        help=say("在随附规则之外再加这些", "these rule files besides the shipped ones"),
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=say("按哪一天的规则（默认：提交日，否则今天）", "the day whose law holds (default: the submission day, else today)"),
    ),
]
Kind: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--kind", metavar=say("类别", "KIND"), help=say("文件里是什么（默认自动识别）", "what the files hold (default: found out)")
    ),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help=say("输出 JSON", "write JSON"))]
Lang: TypeAlias = Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))]
Color: TypeAlias = Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))]
