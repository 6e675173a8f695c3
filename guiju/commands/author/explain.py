"""`guiju explain`: a rule, a diagnostic or a field on one page."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["explain"]


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar=say("规则|代码|字段", "RULE|CODE|FIELD"),
            help=say(
                "规则的名称或标识、诊断代码（如 C003）、字段（如 数据集.名称）",
                "name or id of a rule, code of a diagnostic (C003), field (dataset.name)",
            ),
            show_default=False,
        ),
    ],
    markdown: Annotated[bool, typer.Option("--markdown", help=say("写成 Markdown", "as Markdown"))] = False,
    plan: Annotated[bool, typer.Option("--plan", help=say("附执行计划", "with the plan"))] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天（默认：今天）", "the day whose law holds (default: today)")),
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
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件", "write to a file"))
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Explain one thing."""
    from guiju.commands.author.run_explain import run_explain

    raise typer.Exit(
        run_explain(
            name,
            rules=tuple(rules or ()),
            add_rules=tuple(add_rules or ()),
            on=_day(as_of),
            markdown=markdown,
            with_plan=plan,
            output=output,
            color=color,
        )
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        said = say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01")
        raise typer.BadParameter(said, param_hint="--as-of") from None
