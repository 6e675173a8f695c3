"""`guiju test`: do the cases beside the rules hold, and would they notice if a rule said something else?"""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import Color, Json, Lang, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["test"]

Paths: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say("路径…", "PATH…"),
        help=say("规则文件夹、规则文件或用例文件（默认：随附规则）", "folders, rule files or files of cases (default: the shipped rules)"),
        show_default=False,
    ),
]
Mutants: TypeAlias = Annotated[
    bool,
    typer.Option("--mutants/--no-mutants", help=say("变异：改动规则，看用例能否发现", "change the rules and see whether a case objects")),
]
MinScore: TypeAlias = Annotated[
    float,
    typer.Option(
        "--min-score",
        min=0.0,
        max=1.0,
        help=say("每条规则的变异得分至少这么多，否则退出码 1", "exit code 1 where the mutation score of a rule is less"),
    ),
]
Every: TypeAlias = Annotated[bool, typer.Option("--all", "-a", help=say("没有缺口的规则也列出", "list rules that want nothing, too"))]
Most: TypeAlias = Annotated[
    int, typer.Option("--most", help=say("每条规则最多列几处缺口；0 为全部", "how many gaps of a rule to list; 0 for all"))
]

Generate: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--generate",
        help=say(
            "提议用例：界限内外、逐项缺失，以及能发现现有用例放过的改动的材料；由作者取舍",
            "propose cases: beside bounds, with gaps, and such that notice what the written cases let pass; for the author to accept",
        ),
    ),
]


def test(
    paths: Paths = None,
    rules: Rules = None,
    mutants: Mutants = True,
    min_score: MinScore = 0.0,
    every: Every = False,
    most: Most = 10,
    generate: Generate = False,
    json: Json = False,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Run the cases beside rules and weigh them."""
    if generate:
        from guiju.commands.author.run_generate import run_generate

        raise typer.Exit(run_generate(tuple(paths or ()), tuple(rules or ()), most=most, color=color))
    from guiju.commands.author.run_test import TestOptions, run_test

    options = TestOptions(
        paths=tuple(paths or ()),
        rules=tuple(rules or ()),
        mutants=mutants,
        min_score=min_score,
        every=every,
        most=most,
        json=json,
        color=color,
    )
    raise typer.Exit(run_test(options))
