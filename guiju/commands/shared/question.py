"""Loads rules, documents and day for commands that ask about a submission (trace, complete)."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.decoding import MOST_BYTES
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_calendar
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import take

__all__ = ["Question", "RunInputs", "ask", "day_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The options that these commands share."""

    files: tuple[str, ...]
    as_of: date | None
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    kind: str | None
    color: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """The ruleset, the submission and a runner over it."""

    ruleset: Ruleset
    submission: Submission
    runner: Runner


def day_of(text: str | None) -> date | None:
    """A day as the words of a command state it."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01"), param_hint="--as-of"
        ) from None


def ask(question: Question) -> RunInputs | None:
    """Compiles the rules, reads the documents, makes a runner; None on failure, with the reason on stderr."""
    ruleset = rules_or_complain(question.rules, question.add_rules, color=question.color)
    if ruleset is None:
        return None
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if "-" in question.files else None
    submission = read(question.files, ruleset.vocabulary, encoding=None, kind=question.kind, stdin=stdin, stdin_name="stdin.yaml")
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=question.color)
    if not submission.records:
        eprint(say("没有读到可以检查的对象。", "There was nothing to check."))
        return None
    as_of = question.as_of or submission.submitted or today()
    shapes = {one.shape for one in submission.records} | {one.id for one in ruleset.vocabulary.shapes if one.register}
    listed = sorted(one.id for one in ruleset.vocabulary.shapes if one.register)
    taken = take(ruleset.profiles, submission.records, {one.shape for one in submission.records}, listed)
    made = plan(ruleset, as_of=as_of, submitted=submission.submitted, shapes=frozenset(shapes), taken=taken)
    return RunInputs(ruleset=ruleset, submission=submission, runner=Runner(RecordStore(made, submission.records, load_calendar())))
