"""`guiju export`: the rules of a kind in the form of another tool, with a list of what is lost."""

import json
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.author.export.model import Export, Scope
from guiju.author.export.to_forms import FORMS
from guiju.author.export.to_forms import export as exported
from guiju.commands.shared.question import day_of
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.options import AddRules, Color, Lang, Rules
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.terms.tongue import counted
from guiju.validators.plan.from_ruleset import plan

__all__ = ["export"]

Kind: TypeAlias = Annotated[str, typer.Argument(metavar=say("类别", "KIND"), help=say("哪一类对象", "which kind"), show_default=False)]
To: TypeAlias = Annotated[str, typer.Option("--to", metavar="|".join(FORMS), help=say("哪种形式", "which form"), show_default=False)]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件", "write to a file"))
]
Losses: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--losses",
        metavar=say("文件", "FILE"),
        help=say("损失清单写入文件（JSON；默认写到标准错误）", "the list of losses, as JSON (default: on stderr)"),
    ),
]
Day: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help=say("哪一天有效的规则（默认：今天）", "the rules in force on a day (default: today)")
    ),
]


def export(
    kind: Kind,
    to: To,
    output: Output = None,
    losses: Losses = None,
    as_of: Day = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Write rules in another form."""
    if to not in FORMS:
        raise typer.BadParameter(say(f"只有 {'、'.join(FORMS)}", f"it is {', '.join(FORMS)}"), param_hint="--to")
    ruleset = rules_or_complain(tuple(rules or ()), tuple(add_rules or ()), color=color)
    if ruleset is None:
        raise typer.Exit(2)
    shape = next((one for one in ruleset.vocabulary.shapes if kind.strip() in (one.id, one.name.zh, one.name.en)), None)
    if shape is None:
        eprint(say(f"没有“{kind}”这类对象", f"there is no kind {kind!r}"))
        raise typer.Exit(2)
    day = day_of(as_of) or today()
    planned = plan(ruleset, as_of=day, shapes=frozenset({shape.id})).rules
    active = tuple(one.rule for one in planned if one.active and not one.rule.of_profile)
    made = exported(to, Scope(shape=shape, vocabulary=ruleset.vocabulary, rules=active, as_of=day))
    put(made.text, output)
    _tell(made, losses)


def _tell(made: Export, losses: Path | None) -> None:
    eprint(
        say(
            f"写出 {len(made.rules)} 条规则，写不进去 {len(made.losses)} 条；无法判定在这种形式里没有对应，不报错。",
            f"{counted(len(made.rules), 'rule')} written, {len(made.losses)} lost; undetermined has no equal in this form and raises no error.",
        )
    )
    plain = [{"rule": one.rule, "name": one.name.say(TONGUE), "why": one.why.say(TONGUE)} for one in made.losses]
    if losses is not None:
        put(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", losses)
        return
    for one in plain:
        eprint(f"  {one['name']} ({one['rule']}): {one['why']}")
