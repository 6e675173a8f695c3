"""`guiju fix`: what can be mended without asking, mended in a copy; the original is never written."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["fix"]


def fix(
    file: Annotated[str, typer.Argument(metavar=say("文件", "FILE"), help=say("要改的文件；- 表示标准输入", "the file to mend; - is stdin"), show_default=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("改好的副本；不写就只列出改动", "the mended copy; without it the changes are only listed"))] = None,
    diff: Annotated[bool, typer.Option("--diff", help=say("列出改动：文本为统一差异，表格为逐格清单", "list the changes: a unified diff of a text, the cells of a workbook"))] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("连同要人确认的：读不出的值改成最接近的写法", "also what needs confirming: the nearest name of what cannot be read"))] = False,
    plan: Annotated[bool, typer.Option("--plan", help=say("推算最小的改法，使材料全部符合；只提议，不改", "propose the smallest change that makes it comply; nothing is written"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: Annotated[list[Path] | None, typer.Option("--add-rules", metavar=say("规则", "RULES"), help=say("在随附规则之外再加这些", "these rule files besides the shipped ones"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar=say("类别", "KIND"), help=say("文件里是什么（默认自动识别）", "what the file holds (default: found out)"))] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help=say("文字编码（默认自动识别）", "text encoding (default: found out)"))] = None,
    stdin_filename: Annotated[str, typer.Option("--stdin-filename", help=say("标准输入的文件名，决定格式", "the name of stdin, which decides its format"))] = "stdin.yaml",
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Mend a copy."""
    if plan:
        from guiju.commands.shared.change_plans import propose

        raise typer.Exit(propose((file,), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), kind=kind, color=color))
    from guiju.commands.applicant.run_fix import FixOptions, run_fix

    options = FixOptions(
        file=file,
        output=output,
        diff=diff,
        unsafe=unsafe,
        rules=tuple(rules or ()),
        add_rules=tuple(add_rules or ()),
        kind=kind,
        encoding=encoding,
        stdin_name=stdin_filename,
        color=color,
    )
    raise typer.Exit(run_fix(options))
