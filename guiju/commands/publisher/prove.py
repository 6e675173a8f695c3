"""`guiju prove`: what the rules mean before anybody is judged by them, each answer with a document that shows it."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, Color, Json, Lang
from guiju.commands.terminal.tongue import say

__all__ = ["prove"]

Wanted: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=say("规则…", "RULES…"),
        help=say(
            "规则文件或文件夹，或者规则的标识、名称（默认：随附规则全部）",
            "rule files or folders, or ids or names of rules (default: all shipped rules)",
        ),
        show_default=False,
    ),
]
Profile: TypeAlias = Annotated[
    str | None,
    typer.Option("--profile", metavar=say("场景", "PROFILE"), help=say("只问这个场景", "ask about this profile only")),
]
Kind: TypeAlias = Annotated[
    str | None, typer.Option("--kind", metavar=say("类别", "KIND"), help=say("只问这类对象", "ask about this kind only"))
]
Day: TypeAlias = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("问哪一天（默认：今天）", "the day that is asked about (default: today)")),
]
Old: TypeAlias = Annotated[
    Path | None,
    typer.Option("--old", metavar=say("旧规则", "OLD"), help=say("与 --new 同用：旧的规则", "with --new: the old rules")),
]
New: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--new",
        metavar=say("新规则", "NEW"),
        help=say("逐条说明新规则比旧规则严还是宽", "say of each rule whether the new one is stricter or looser"),
    ),
]
Output: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=say("文件", "FILE"),
        help=say(
            "把见证文件写到这里（.yaml 或 .xlsx；文件夹：全部见证）",
            "write the witness there (.yaml or .xlsx; a folder: all witnesses)",
        ),
    ),
]
Want: TypeAlias = Annotated[
    str,
    typer.Option(
        "--want",
        metavar="fail|pass|undetermined",
        help=say("-o 写哪一个见证", "which witness -o writes"),
    ),
]
Seconds: TypeAlias = Annotated[
    float, typer.Option("--seconds", min=0.01, help=say("每一问至多几秒", "at most so many seconds for each question"))
]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help=say("几个进程（默认：处理器数）", "so many processes (default: as there are CPUs)")),
]


def prove(
    wanted: Wanted = None,
    profile: Profile = None,
    kind: Kind = None,
    as_of: Day = None,
    old: Old = None,
    new: New = None,
    add_rules: AddRules = None,
    output: Output = None,
    want: Want = "fail",
    seconds: Seconds = 10.0,
    jobs: Jobs = None,
    json: Json = False,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Prove what rules mean."""
    from guiju.commands.publisher.prove_options import ProveOptions
    from guiju.commands.publisher.run_prove import run_prove
    from guiju.commands.shared.question import day_of

    if want not in ("fail", "pass", "undetermined"):
        raise typer.BadParameter(say("只有 fail、pass、undetermined", "it is fail, pass or undetermined"), param_hint="--want")
    if (old is None) is not (new is None):
        raise typer.BadParameter(say("--old 和 --new 要一起写", "--old and --new go together"), param_hint="--old")
    options = ProveOptions(
        wanted=tuple(wanted or ()),
        profile=profile,
        kind=kind,
        as_of=day_of(as_of),
        old=old,
        new=new,
        add_rules=tuple(add_rules or ()),
        output=output,
        want=want,
        seconds=seconds,
        jobs=jobs,
        json=json,
        color=color,
    )
    raise typer.Exit(run_prove(options))
