"""`guiju notice` and `guiju summary`: letters that follow from a check, for officials to complete and sign."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, AsOf, Files, Kind, Lang, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["notice", "summary"]

Workdays: TypeAlias = Annotated[
    int,
    typer.Option(
        "--workdays",
        min=1,
        max=250,
        help=say("整改期限几个工作日（由机关确定）", "how many working days are granted (the office's choice)"),
    ),
]
Letters: TypeAlias = Annotated[str, typer.Option("--format", "-f", metavar="docx|pdf", help=say("信函的格式", "form of the letters"))]
Folder: TypeAlias = Annotated[
    Path, typer.Option("-o", "--output", metavar=say("文件夹", "FOLDER"), help=say("写入哪个文件夹", "the folder to write to"))
]
Waivers: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--waivers", metavar=say("文件", "FILE"), help=say("豁免清单（YAML，可多份）", "waivers (YAML, may be given again)")),
]
Page: TypeAlias = Annotated[
    Path,
    typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件（.docx 或 .pdf）", "the file to write (.docx or .pdf)")),
]


def notice(
    files: Files,
    output: Folder,
    workdays: Workdays = 10,
    format: Letters = "docx",
    as_of: AsOf = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    waivers: Waivers = None,
    kind: Kind = None,
    lang: Lang = None,
) -> None:
    """Write a notice to mend for each department."""
    from guiju.commands.bureau.run_letters import write_notices

    raise typer.Exit(write_notices(_asked(files, as_of, rules, add_rules, waivers, kind), output, workdays, format))


def summary(
    files: Files,
    output: Page,
    as_of: AsOf = None,
    rules: Rules = None,
    add_rules: AddRules = None,
    waivers: Waivers = None,
    kind: Kind = None,
    lang: Lang = None,
) -> None:
    """Write one page for leaders."""
    from guiju.commands.bureau.run_letters import write_summary

    raise typer.Exit(write_summary(_asked(files, as_of, rules, add_rules, waivers, kind), output))


def _asked(
    files: list[str],
    as_of: str | None,
    rules: list[Path] | None,
    add_rules: list[Path] | None,
    waivers: list[Path] | None,
    kind: str | None,
) -> dict[str, object]:
    given = {"rules": tuple(rules or ()), "add_rules": tuple(add_rules or ()), "waivers": tuple(waivers or ())}
    return {"files": tuple(files), "as_of": as_of, "kind": kind, **given}
