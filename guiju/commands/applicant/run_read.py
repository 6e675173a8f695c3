"""Runs `guiju read`. `guiju check --explain-reading` writes the same account.

0 something was read · 2 nothing was, or an input has an error.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from guiju.catalog.read import read
from guiju.commands.shared.reading_account import account_of
from guiju.commands.shared.rulesets import rules_or_complain
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import print_diagnostics, put
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES

__all__ = ["ReadCommandOptions", "run_read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCommandOptions:
    """The options of the command."""

    files: tuple[str, ...]
    form: str
    output: Path | None
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    kind: str | None
    encoding: str | None
    columns: tuple[tuple[str, str], ...]
    not_data: tuple[str, ...]
    stdin_name: str
    color: bool | None


def run_read(options: ReadCommandOptions) -> int:
    """Runs the command and returns its exit code."""
    ruleset = rules_or_complain(options.rules, options.add_rules, color=options.color)
    if ruleset is None:
        return 2
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if "-" in options.files else None
    with bar(color=options.color) as progress:
        submission = read(
            options.files,
            ruleset.vocabulary,
            encoding=options.encoding,
            kind=options.kind,
            columns=options.columns,
            not_data=options.not_data,
            stdin=stdin,
            stdin_name=options.stdin_name,
            progress=progress,
        )
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=options.color)
    put(account_of(submission, ruleset.vocabulary, options.form), options.output)
    broken = any(one.level is Level.ERROR for one in submission.diagnostics)
    return 2 if broken or not submission.records else 0
