"""`guiju trace`: how one rule came to its verdict on one subject, operand by operand, and what would turn it."""

from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, AsOf, Color, Files, Json, Kind, Lang, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["trace"]

Rule: TypeAlias = Annotated[
    str,
    typer.Option(
        "--rule",
        "-r",
        metavar=say("规则", "RULE"),
        help=say("规则的编号、末段或名称", "the id of a rule, its last part or its name"),
        show_default=False,
    ),
]
Subject: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--subject",
        "-s",
        metavar=say("对象", "SUBJECT"),
        help=say("对象的名称、标识，或第几个（#3）；只有一个时可省", "name or id of the subject, or which (#3); not needed for one"),
    ),
]


def trace(
    files: Files,
    rule: Rule,
    subject: Subject = None,
    as_of: AsOf = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    kind: Kind = None,
    json: Json = False,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Trace one rule on one subject."""
    from guiju.commands.auditor.run_trace import run_trace
    from guiju.commands.shared.question import Question, day_of

    question = Question(
        files=tuple(files), as_of=day_of(as_of), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), kind=kind, color=color
    )
    raise typer.Exit(run_trace(question, rule=rule, subject=subject, as_json=json))
