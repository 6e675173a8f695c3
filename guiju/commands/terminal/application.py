"""The application without its commands: what `guiju` says of itself, and the options that stand before a command."""

import typer

import guiju
from guiju.commands.terminal.chinese import speak_chinese
from guiju.commands.terminal.tongue import say

__all__ = ["OPTIONS", "application", "named_only"]

OPTIONS = say("[选项]", "[OPTIONS]")
"""What stands for the options in a line of usage."""


def application() -> typer.Typer:
    """An application to which commands can be added."""
    speak_chinese()
    app = typer.Typer(
        name="guiju",
        options_metavar=OPTIONS,
        subcommand_metavar=say("命令 [参数]…", "COMMAND [ARGS]..."),
        suggest_commands=False,
        help=say(
            "规矩：把法规条文写成规则，检查政务信息化项目和数据目录。", "Guiju: clauses as rules, run against proposals and data catalogs."
        ),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    return app


def named_only() -> None:
    """Stands for a command in the list of commands; never called."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"guiju {guiju.__version__}")
        raise typer.Exit


def _tongue(word: str | None) -> str | None:
    """Refuses a tongue that is not spoken; which one is spoken was settled before any word of help was made."""
    if word not in (None, "zh", "en"):
        raise typer.BadParameter(say(f"只有 zh 和 en，没有 {word}", f"there are zh and en, not {word}"))
    return word


def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help=say("版本", "the version")),
    lang: str | None = typer.Option(None, "--lang", metavar="zh|en", callback=_tongue, help=say("语言", "the language")),
) -> None:
    """Guiju."""
