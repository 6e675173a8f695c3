"""`guiju complete`: what a submission still has to provide, the entry that settles the most rules first."""

from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, AsOf, Color, Files, Json, Kind, Lang, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["complete"]

Most: TypeAlias = Annotated[int, typer.Option("--most", help=say("最多列几项；0 为全部", "how many entries to list; 0 for all"))]

Plan: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--plan",
        help=say("推算最少补填哪些就全部符合；只提议，不改", "propose the least to fill in so that it complies; nothing is written"),
    ),
]


def complete(
    files: Files,
    as_of: AsOf = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    kind: Kind = None,
    most: Most = 50,
    plan: Plan = False,
    json: Json = False,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """List what is still to be provided."""
    from guiju.commands.applicant.run_complete import run_complete
    from guiju.commands.shared.question import Question, day_of

    if plan:
        from guiju.commands.shared.change_plans import propose

        chosen, added = tuple(rules or ()), tuple(add_rules or ())
        raise typer.Exit(propose(files, rules=chosen, add_rules=added, as_of=day_of(as_of), kind=kind, fill_only=True, color=color))
    question = Question(
        files=tuple(files), as_of=day_of(as_of), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), kind=kind, color=color
    )
    raise typer.Exit(run_complete(question, most=most, as_json=json))
