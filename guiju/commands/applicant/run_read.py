"""Runs `guiju read`. `guiju check --explain-reading` writes the same account.

0 something was read · 2 nothing was, or an input has an error.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.shared.reading_account import account_of
from guiju.commands.shared.rulesets import rules_or_complain
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put, tell_unwritten, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES
from guiju.dsl.ruleset import Ruleset

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
    answers: Path | None = None


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
    if options.answers is not None and submission.records and not _wrote_answers(submission, ruleset, options.answers):
        return 2
    broken = any(one.level is Level.ERROR for one in submission.diagnostics)
    return 2 if broken or not submission.records else 0


def _wrote_answers(submission: Submission, ruleset: Ruleset, to: Path) -> bool:
    """Whether the file to be completed was written; one that is there already is not touched."""
    from guiju.forms.answers import answers_text

    profile = next((one for one in ruleset.profiles if one.id == "project_filing"), None)
    questions = [field for shape, fields in (profile.screening if profile else ()) if shape == "project" for field in fields]
    if to.exists():
        eprint(say(f"“{to}”已经有了，没有改写。", f"`{to}` is there already and was not written over."))
        return False
    try:
        write(answers_text(submission, questions, ruleset.vocabulary, TONGUE), to)
    except OSError as error:
        tell_unwritten(error, to)
        return False
    eprint(say(f"答案文件：{to}，请补完再用 guiju check --answers。", f"file of answers: {to}; complete it for guiju check --answers."))
    return True
