"""The commands behind an editor: `guiju lsp`, and `guiju grammar` for whoever builds one."""

from typing import Annotated

import typer

from guiju.commands.terminal.options import Lang
from guiju.commands.terminal.tongue import say

__all__ = ["grammar", "lsp"]


def lsp(
    tcp: Annotated[
        bool, typer.Option("--tcp", help=say("在本机端口上听（默认用标准输入输出）", "listen on a port of this machine (default: stdio)"))
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar=say("端口", "PORT"), min=1, max=65535, help=say("端口", "the port"))] = 2087,
    lang: Lang = None,
) -> None:
    """Serve an editor."""
    from guiju.commands.editor.run_lsp import run_lsp

    raise typer.Exit(run_lsp(tcp=tcp, port=port))


def grammar(
    to: Annotated[str, typer.Option("--to", metavar="ebnf|lark|railroad|textmate", help=say("写成哪种形式", "in which form"))] = "ebnf",
    lang: Lang = None,
) -> None:
    """Print the grammar."""
    from guiju.commands.editor.run_grammar import FORMS, run_grammar

    if to not in FORMS:
        known = "、".join(FORMS), ", ".join(FORMS)
        raise typer.BadParameter(say(f"没有“{to}”这种形式；有 {known[0]}", f"no form {to!r}; there are {known[1]}"), param_hint="--to")
    raise typer.Exit(run_grammar(to))
