"""The commands of those who write rules: `guiju fmt`, `guiju translate`, `guiju lint`, `guiju rules` and `guiju init`."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.terminal.options import AddRules, Rules
from guiju.commands.terminal.tongue import say

__all__ = ["fmt", "init", "lint", "rules", "translate"]

_PATHS = typer.Argument(
    metavar=say("路径…", "PATH…"), help=say("规则文件或文件夹；- 表示标准输入", "rule files or folders; - is stdin"), show_default=False
)
_COLOR = typer.Option("--color/--no-color", help=say("着色", "colour"))
_RULES = typer.Option(
    "--rules",
    metavar=say("规则", "RULES"),
    help=say("名称在这些规则文件里找（默认：随附规则）", "the rule files that declare its names (default: the shipped ones)"),
)
_ADD_RULES = typer.Option("--add-rules", metavar=say("规则", "RULES"), help=say("另外再加这些规则文件", "these rule files besides"))
_LANG = typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))


def fmt(
    paths: Annotated[list[Path], _PATHS],
    check: Annotated[
        bool,
        typer.Option("--check", help=say("只看是否已排好，不改写（未排好退出码 1）", "write nothing; exit 1 when a file would change")),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help=say("只列出会怎样改", "write nothing; show what would change"))] = False,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """Lay out rule files."""
    from guiju.commands.author.run_fmt import run_fmt

    raise typer.Exit(run_fmt(paths, check=check, diff=diff, color=color))


def translate(
    file: Annotated[
        Path,
        typer.Argument(metavar=say("文件", "FILE"), help=say("规则文件；- 表示标准输入", "a rule file; - is stdin"), show_default=False),
    ],
    to: Annotated[str, typer.Option("--to", metavar="zh|en", help=say("译成哪种语言", "into which tongue"), show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件（默认写到标准输出）", "write to a file (default: stdout)")
        ),
    ] = None,
    rules: Annotated[list[Path] | None, _RULES] = None,
    add_rules: Annotated[list[Path] | None, _ADD_RULES] = None,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """Write a rule file in the other tongue."""
    from guiju.commands.author.run_translate import run_translate

    if to not in ("zh", "en"):
        raise typer.BadParameter(say(f"没有“{to}”这种语言，只有 zh 和 en", f"no tongue {to!r}; there are zh and en"), param_hint="--to")
    raise typer.Exit(run_translate(file, to, output=output, rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), color=color))


def lint(
    paths: Annotated[list[Path], _PATHS],
    fix: Annotated[bool, typer.Option("--fix", help=say("改掉有把握的，写回文件", "mend what is safe, in place"))] = False,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe-fixes", help=say("与 --fix 同用：连可能改变意思的也改", "with --fix: also what may change the meaning")),
    ] = False,
    hints: Annotated[bool, typer.Option("--hints/--no-hints", help=say("是否列出提示", "whether to list hints"))] = True,
    json: Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help=say("只数各代码有几处", "only count each code"))] = False,
    rules: Annotated[list[Path] | None, _RULES] = None,
    add_rules: Annotated[list[Path] | None, _ADD_RULES] = None,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """Check rule files."""
    from guiju.commands.author.run_lint import run_lint

    form = "json" if json else "statistics" if statistics else "text"
    raise typer.Exit(
        run_lint(
            paths, rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), fix=fix, unsafe=unsafe, hints=hints, form=form, color=color
        )
    )


_WORDS = typer.Argument(
    metavar=say("词", "WORDS"),
    help=say("只列名称、标识、依据中有这些字的", "only rules whose name, id or citation holds them"),
    show_default=False,
)
_AS_OF = typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("只列这一天有效的", "only those in force on this day"))
_IMPLICIT = typer.Option("--implicit", help=say("连同由字段产生的", "with those that follow from fields"))
_ROOT = typer.Option("--root", metavar="ROOT.json", help=say("update：第一次要给的信任根", "update: the root to trust, at the first time"))
_INTO = typer.Option(
    "--into",
    metavar=say("文件夹", "FOLDER"),
    help=say("update：放在哪里（默认：用户数据文件夹）", "update: where to keep it (default: the user's data)"),
)


def rules(
    words: Annotated[list[str] | None, _WORDS] = None,
    as_of: Annotated[str | None, _AS_OF] = None,
    implicit: Annotated[bool, _IMPLICIT] = False,
    json: Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))] = False,
    from_: Rules = None,
    add_rules: AddRules = None,
    root: Annotated[Path | None, _ROOT] = None,
    into: Annotated[Path | None, _INTO] = None,
    lang: Annotated[str | None, _LANG] = None,
    color: Annotated[bool | None, _COLOR] = None,
) -> None:
    """List rules; `update FROM` takes the newest release from a folder or an HTTP server."""
    from datetime import date

    from guiju.commands.author.run_rules import run_rules

    try:
        day = date.fromisoformat(as_of) if as_of is not None else None
    except ValueError:
        raise typer.BadParameter(
            say(f"“{as_of}”不是日期；请写成 2026-03-01", f"{as_of!r} is not a day; write 2026-03-01"), param_hint="--as-of"
        ) from None
    if words and words[0] == "update":
        from guiju.commands.author.run_update import run_update

        raise typer.Exit(run_update(words[1:], root=root, into=into))
    raise typer.Exit(
        run_rules(
            " ".join(words or ()),
            rules=tuple(from_ or ()),
            add_rules=tuple(add_rules or ()),
            on=day,
            implicit=implicit,
            as_json=json,
            color=color,
        )
    )


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar=say("文件夹", "FOLDER"), help=say("放在哪里", "where to put it"), show_default=False)
    ] = None,
    for_: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="rules|catalog|proposal",
            help=say("写规则、检查目录还是检查方案", "to write rules, to check a catalog, or a proposal"),
        ),
    ] = None,
    in_: Annotated[str | None, typer.Option("--in", metavar="zh|en", help=say("示例用哪种语言", "the tongue of the example"))] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=say("不提问", "ask nothing"))] = False,
    lang: Annotated[str | None, _LANG] = None,
) -> None:
    """Leave a working example."""
    from guiju.commands.author.run_init import run_init

    raise typer.Exit(run_init(folder, purpose=for_, tongue=in_, yes=yes))
