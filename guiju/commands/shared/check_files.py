"""Checks files for the commands that use a report for something else than to show it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.shared.waiver_files import load_waivers
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission
from guiju.reports.model import Report
from guiju.standards.load import load_calendar

__all__ = ["CheckedFiles", "check_files", "day_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFiles:
    """The report on some files, with what it was made of."""

    ruleset: Ruleset
    submission: Submission
    as_of: date
    report: Report


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """The day that an option names; what is no day is said as other misuse of options is."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01")
        raise typer.BadParameter(words, param_hint=option) from None


def check_files(
    files: tuple[str, ...],
    *,
    as_of: date | None = None,
    rules: tuple[Path, ...] = (),
    add_rules: tuple[Path, ...] = (),
    waivers: tuple[Path, ...] = (),
    kind: str | None = None,
    encoding: str | None = None,
    ruleset: Ruleset | None = None,
) -> CheckedFiles | None:
    """Checks the files on a day (else the day of their submission, else today); None on failure, with the reason on stderr."""
    known = ruleset or rules_or_complain(rules, add_rules, color=None)
    if known is None:
        return None
    laid, _ = load_waivers(waivers, known, color=None) if waivers else (None, ())
    if waivers and laid is None:
        return None
    with bar() as progress:
        submission = read(files, known.vocabulary, encoding=encoding, kind=kind, progress=progress)
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources})
    if not submission.records or any(one.level is Level.ERROR for one in submission.diagnostics):
        eprint(say("读入有错，没有比对或封存。", "There were errors while reading; nothing was done."))
        return None
    day = as_of or submission.submitted or today()
    with bar() as progress:
        report = check_submission(known, submission, as_of=day, calendar=load_calendar(), waivers=laid, progress=progress)
    return CheckedFiles(ruleset=known, submission=submission, as_of=day, report=report)
