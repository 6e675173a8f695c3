"""`guiju test`: do the cases beside the rules hold, and would they notice if a rule said something else?"""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.tongue import say

__all__ = ["test"]


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=say("路径…", "PATH…"),
            help=say(
                "规则文件夹、规则文件或用例文件（默认：随附规则）", "folders, rule files or files of cases (default: the shipped rules)"
            ),
            show_default=False,
        ),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            metavar=say("规则", "RULES"),
            help=say("只用这些规则文件，不用随附规则", "use these rule files only, not the shipped ones"),
        ),
    ] = None,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants/--no-mutants", help=say("变异：改动规则，看用例能否发现", "change the rules and see whether a case objects")
        ),
    ] = True,
    min_score: Annotated[
        float,
        typer.Option(
            "--min-score",
            min=0.0,
            max=1.0,
            help=say("每条规则的变异得分至少这么多，否则退出码 1", "exit code 1 where the mutation score of a rule is less"),
        ),
    ] = 0.0,
    every: Annotated[bool, typer.Option("--all", "-a", help=say("没有缺口的规则也列出", "list rules that want nothing, too"))] = False,
    most: Annotated[
        int, typer.Option("--most", help=say("每条规则最多列几处缺口；0 为全部", "how many gaps of a rule to list; 0 for all"))
    ] = 10,
    json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "write JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
) -> None:
    """Run the cases beside rules and weigh them."""
    from guiju.commands.testing import TestWish, run_test

    wish = TestWish(
        paths=tuple(paths or ()),
        rules=tuple(rules or ()),
        mutants=mutants,
        min_score=min_score,
        every=every,
        most=most,
        json=json,
        color=color,
    )
    raise typer.Exit(run_test(wish))
