"""`guiju impact`: what new rules do to material that is there: what newly fails, newly passes, is open now or settled now."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AsOf, Color, Kind, Lang
from guiju.commands.terminal.tongue import say

__all__ = ["impact"]

Corpus: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar=say("材料…", "CORPUS…"), help=say("文件或文件夹", "files or folders"), show_default=False),
]
Old: TypeAlias = Annotated[
    Path | None,
    typer.Option("--old", metavar=say("旧规则", "OLD"), help=say("旧规则（默认：随附规则）", "the old rules (default: the shipped ones)")),
]
New: TypeAlias = Annotated[
    Path, typer.Option("--new", metavar=say("新规则", "NEW"), help=say("新规则", "the new rules"), show_default=False)
]
Form: TypeAlias = Annotated[
    str, typer.Option("--format", "-f", metavar="text|json|html|xlsx", help=say("输出格式", "the form of the output"))
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件", "write to a file"))
]
Allowed: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--allow-newly-failing",
        min=0,
        metavar="N",
        help=say("新的不符合多于这么多时退出码 1", "exit code 1 where more than so many newly fail"),
    ),
]
Proof: TypeAlias = Annotated[
    bool, typer.Option("--proof/--no-proof", help=say("旁边写上证明的结论", "put the word of the proof beside each rule"))
]


def impact(
    corpus: Corpus,
    new: New,
    old: Old = None,
    as_of: AsOf = None,
    kind: Kind = None,
    form: Form = "text",
    output: Output = None,
    allow: Allowed = None,
    proof: Proof = True,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Show what new rules change."""
    from guiju.commands.publisher.run_impact import ImpactOptions, run_impact
    from guiju.commands.shared.question import day_of
    from guiju.reports.writers.to_impact import IMPACT_FORMS

    if form not in IMPACT_FORMS:
        raise typer.BadParameter(say(f"只有 {'、'.join(IMPACT_FORMS)}", f"it is {', '.join(IMPACT_FORMS)}"), param_hint="--format")
    options = ImpactOptions(
        corpus=tuple(corpus),
        old=old,
        new=new,
        as_of=day_of(as_of),
        kind=kind,
        form=form,
        output=output,
        allow=allow,
        proof=proof,
        color=color,
    )
    raise typer.Exit(run_impact(options))
