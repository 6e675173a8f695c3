"""`guiju read`: what was understood of a submission, before anything is judged."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.shared.said_columns import said_columns
from guiju.commands.terminal.tongue import say

__all__ = ["read"]


def read(
    files: Annotated[list[str], typer.Argument(metavar=say("文件…", "FILE…"), help=say("要读的文件或文件夹；- 表示标准输入", "files or folders to read; - is stdin"), show_default=False)],
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="text|json", help=say("输出格式", "form of the account"))] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件", "write to a file"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: Annotated[list[Path] | None, typer.Option("--add-rules", metavar=say("规则", "RULES"), help=say("在随附规则之外再加这些", "these rule files besides the shipped ones"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar=say("类别", "KIND"), help=say("文件里是什么（默认自动识别）", "what the files hold (default: found out)"))] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help=say("文字编码（默认自动识别）", "text encoding (default: found out)"))] = None,
    columns: Annotated[list[str] | None, typer.Option("--column", metavar=say("表头=字段", "HEADER=FIELD"), help=say("这个表头（或键）是哪个字段；等号后留空表示不是字段；可写多次", "which field a header or key means; nothing after = means none; may be given again"), show_default=False)] = None,
    not_data: Annotated[list[str] | None, typer.Option("--not-data", metavar=say("工作表", "SHEET"), help=say("这张工作表不是数据；可写多次", "this sheet is no data; may be given again"), show_default=False)] = None,
    stdin_filename: Annotated[str, typer.Option("--stdin-filename", help=say("标准输入的文件名，决定格式", "the name of stdin, which decides its format"))] = "stdin.yaml",
    answers_to: Annotated[Path | None, typer.Option("--answers", metavar=say("文件", "FILE"), help=say("另写一个答案文件，把文稿提示的筛查答案列出来等人确认", "also write a file with the screening answers that a document suggests, to be confirmed"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Tell how submissions are read."""
    from guiju.commands.applicant.run_read import ReadCommandOptions, run_read

    if format not in ("text", "json"):
        raise typer.BadParameter(say(f"没有“{format}”这种格式", f"no such form: {format}"), param_hint="--format")
    options = ReadCommandOptions(
        files=tuple(files),
        form=format,
        output=output,
        rules=tuple(rules or ()),
        add_rules=tuple(add_rules or ()),
        kind=kind,
        encoding=encoding,
        columns=said_columns(columns or ()),
        not_data=tuple(not_data or ()),
        stdin_name=stdin_filename,
        color=color,
        answers=answers_to,
    )
    raise typer.Exit(run_read(options))
