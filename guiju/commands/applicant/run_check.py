"""Runs `guiju check`: reads, validates, reports, writes, and gives an exit code.

0 compliant · 1 findings at or above the fail level · 2 the check could not be done, or nothing was checked.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.applicant.carriers.streaming import streamed
from guiju.commands.applicant.overlay import Overlays, keep_run, prepare
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.outputs import Outputs
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import colours, eprint, print_diagnostics, tell_unwritten, terminal_width, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, memo_of
from guiju.reports.formats import FORMATS, MissingExtra, report_parts
from guiju.reports.gate import outcome_of
from guiju.reports.model import Report
from guiju.reports.refused import FormRefused
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load_tables import load_calendar
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.severity import Severity
from guiju.terms.verdict import Verdict
from guiju.validators.plan.profiles import profile_named
from guiju.validators.streaming.faults import RunFailed

__all__ = ["CheckOptions", "run_check"]

_MOST_DRAWN = 32 << 20
_JUDGED = (Verdict.PASS, Verdict.FAIL, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.ERROR)


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """The options of the command."""

    files: tuple[str, ...]
    as_of: date | None
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    kind: str | None
    encoding: str | None
    stdin_name: str
    form: str
    output: Path | None
    outputs: Outputs
    fail_level: str | None
    group: str
    most: int
    details: bool
    show: tuple[str, ...]
    statistics: bool
    color: bool | None
    ascii: bool
    quiet: bool
    between: Overlays = Overlays()
    annotate: Path | None = None
    answers: Path | None = None
    problem_list: Path | None = None
    explain_reading: bool = False
    jobs: int | None = None
    on: str | None = None
    keys: int | None = None
    incremental: bool = False
    costs: bool = False
    with_drafts: bool = False
    profile: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    not_data: tuple[str, ...] = ()


def run_check(options: CheckOptions) -> int:
    """Runs the command and returns its exit code."""
    try:
        fault = _fault_of(options)
        if fault:
            eprint(fault)
            return 2
        ruleset = rules_or_complain(options.rules, options.add_rules, color=options.color)
        if ruleset is None:
            return 2
        if not is_profile(options.profile, ruleset):
            return 2
        status = _checked(options, ruleset)
        if options.costs and status != 2:
            from guiju.commands.applicant.profiling import tell_costs

            tell_costs(options, ruleset, today())
        return status
    except RunFailed as lost:
        from guiju.commands.applicant.carriers.cluster import fault_words

        eprint(fault_words(lost))
        return 2


def _checked(options: CheckOptions, ruleset: Ruleset) -> int:
    overlays = prepare(options.between, ruleset, color=options.color)
    if overlays is None:
        return 2
    if options.on is not None:
        spread = _spread(options, ruleset, options.on)
        return 2 if spread is None else _finish(overlays.apply(spread), options)
    if (
        overlays.waivers is None
        and not options.incremental
        and not options.with_drafts
        and (report := _streamed(options, ruleset)) is not None
    ):
        print_diagnostics(report.diagnostics, {}, color=options.color)
        return _finish(overlays.apply(report), options)
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if "-" in options.files else None
    submission = _read(options, ruleset, stdin)
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=options.color)
    if options.explain_reading:
        from guiju.commands.shared.reading_account import account_of

        eprint(account_of(submission, ruleset.vocabulary, "text"))
    if not submission.records:
        eprint(say("没有读到可以检查的对象。", "There was nothing to check."))
        return 2
    as_of = options.as_of or submission.submitted or today()
    listed = bool(options.show)
    with bar(quiet=options.quiet, color=options.color) as progress:
        report = check_submission(
            ruleset,
            submission,
            as_of=as_of,
            calendar=load_calendar(),
            show_passed=listed,
            waivers=overlays.waivers,
            memo=memo_of(dict(os.environ)) if options.incremental else None,
            progress=progress,
            profile=options.profile,
        )
    status = _finish(overlays.apply(report), options, submission, stdin)
    if options.with_drafts and status != 2:
        from guiju.commands.applicant.rehearsal import rehearse

        rehearse(options, ruleset, submission, today())
    return status


def _spread(options: CheckOptions, ruleset: Ruleset, on: str) -> Report | None:
    """The report of a run on a cluster; None after saying why there is none."""
    from guiju.commands.applicant.carriers.cluster import carried

    as_of = options.as_of or today()
    found = carried(options.files, ruleset, as_of=as_of, kind=options.kind, on=on, keys=options.keys, profile=options.profile)
    if found is not None:
        print_diagnostics(found.diagnostics, {}, color=options.color)
    return found


def _streamed(options: CheckOptions, ruleset: Ruleset) -> Report | None:
    """The report of a file that need not be in memory; None where its records are asked for, or are to be read otherwise."""
    told = (
        options.columns
        or options.not_data
        or options.encoding is not None
        or options.answers is not None
        or options.problem_list is not None
    )
    if options.explain_reading or options.annotate is not None or options.show or told:
        return None
    return streamed(
        options.files,
        ruleset,
        as_of=options.as_of or today(),
        kind=options.kind,
        jobs=options.jobs,
        keys=options.keys,
        quiet=options.quiet,
        profile=options.profile,
    )


def _finish(report: Report, options: CheckOptions, submission: Submission | None = None, stdin: bytes | None = None) -> int:
    """The exit code, after the report has been written, in all the forms asked for."""
    if not all([_write_form(report, options, form, file) for form, file in ((options.form, options.output), *options.outputs)]):  # noqa: C419 -- every file is written, whatever came of those before it
        return 2
    if options.annotate is not None and submission is not None and not _annotated(report, submission, options.annotate, options, stdin):
        return 2
    if options.problem_list is not None and submission is not None and not _listed(report, submission, options.problem_list):
        return 2
    if options.between.keep and not keep_run(options.between.store, report):
        return 2
    return exit_code(report, options.fail_level)


def _listed(report: Report, submission: Submission, to: Path) -> bool:
    """Whether the list of problems by chapter could be written."""
    try:
        from guiju.forms.annotate.marked_copy import marking_of
        from guiju.forms.annotate.problem_paper import problem_paper, problem_sheet
    except ImportError:
        eprint(say("写问题清单还需要安装 guiju[word]。", "The list of problems needs guiju[word]."))
        return False
    markings = [marking_of(report, submission, one, TONGUE) for one in submission.inputs]
    try:
        write(problem_paper(markings) if to.suffix.lower() == ".docx" else problem_sheet(markings), to)
    except OSError as error:
        tell_unwritten(error, to)
        return False
    return True


def is_profile(name: str | None, ruleset: Ruleset) -> bool:
    """Whether a profile of that name may be taken; where not, its neighbours are said on stderr."""
    if name is None or profile_named(name, ruleset.profiles) is not None:
        return True
    names = [spelled for one in ruleset.profiles for spelled in (one.name.zh, one.name.en)]
    near = nearest(name, names)
    known = "、".join(one.name.say(TONGUE) for one in ruleset.profiles)
    tail = say(f"；是不是“{near}”？", f"; did you mean {near!r}?") if near else ""
    listed = say(f" 有：{known}", f" There are: {known}") if known else ""
    eprint(say(f"D200 没有叫“{name}”的场景{tail}", f"D200 no profile is called {name!r}{tail}") + listed)
    return False


def exit_code(report: Report, fail_level: str | None) -> int:
    """What the report means to a script: by the gate of its profile, or by the severity that was asked for."""
    if any(one.level is Level.ERROR for one in report.diagnostics):
        return 2
    if not any(report.count(verdict) for verdict in _JUDGED):
        eprint(say("没有一条规则适用于这些对象，等于没有检查。", "No rule applies to these subjects: nothing was checked."))
        return 2
    passage = outcome_of(report) if fail_level is None and report.baseline is None else None
    level = Severity[(fail_level or "major").upper()]
    wrong = (one for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR))
    grave = any(one.severity >= level and not one.waiver and one.baseline != "known" for one in wrong)
    # A warning says that something handed in was not read as it stands, and so went unchecked: that weighs as much as a grave finding.
    unread = level <= Severity.MAJOR and any(one.level is Level.WARNING for one in report.diagnostics)
    if passage is not None:
        return max(passage.outcome.exit, int(unread))
    return 1 if grave or unread else 0


def _write_form(report: Report, options: CheckOptions, form: str, file: Path | None) -> bool:
    """Whether the report could be written in that form; why not goes to stderr."""
    try:
        written = _render(report, options, form, file)
    except MissingExtra as missing:
        eprint(say(f"写 {form} 还需要安装 {missing.package}。", f"The form {form} needs the package {missing.package}."))
        return False
    except FormRefused as refused:
        eprint(refused.words.say(TONGUE))
        return False
    try:
        write(written, file)
    except OSError as error:
        tell_unwritten(error, file)
        return False
    return True


def _annotated(report: Report, submission: Submission, to: Path, options: CheckOptions, stdin: bytes | None) -> bool:
    """Whether the inputs were given back marked; the library that rewrites workbooks is loaded only for that."""
    try:
        from guiju.commands.applicant.annotate import annotate

        done: bool = annotate(report, submission, to, options.files, stdin, quiet=options.quiet)
    except OSError as error:
        tell_unwritten(error, to)
        return False
    return done


def _fault_of(options: CheckOptions) -> str | None:
    if options.form != "text" and options.form not in FORMATS:
        return say(f"没有“{options.form}”这种格式；有：", f"no form {options.form!r}; there are: ") + ", ".join(["text", *FORMATS])
    if options.form in FORMATS and FORMATS[options.form].binary and options.output is None and sys.stdout.isatty():
        return say(f"{options.form} 不是文本，请用 -o 写入文件。", f"{options.form} is not text; write it to a file with -o.")
    if options.on is not None:
        from guiju.commands.applicant.carriers.cluster import carrying_fault

        if fault := carrying_fault(options):
            return fault
    unknown = [name for name in options.show if name not in tuple(Verdict)]
    if unknown:
        return say(f"没有“{unknown[0]}”这种判定；有：", f"no verdict {unknown[0]!r}; there are: ") + ", ".join(Verdict)
    if options.problem_list is not None and options.problem_list.suffix.lower() not in (".docx", ".xlsx"):
        return say(
            f"问题清单的后缀应是 .docx 或 .xlsx：{options.problem_list}",
            f"a list of problems ends in .docx or .xlsx: {options.problem_list}",
        )
    if options.annotate is not None:
        from guiju.commands.applicant.annotate import annotate_fault

        if fault := annotate_fault(options.annotate, options.files):
            return fault
    return None


def _read(options: CheckOptions, ruleset: Ruleset, stdin: bytes | None) -> Submission:
    with bar(quiet=options.quiet, color=options.color) as progress:
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
    if len(submission.inputs) > 1 and any(one.shape == "written_document" for one in submission.records):
        from guiju.catalog.together import held_together

        submission = held_together(submission, ruleset.vocabulary)
    if options.answers is not None:
        from guiju.commands.applicant.answers import answered

        submission = answered(submission, options.answers, ruleset.vocabulary)
    return submission


def _render(report: Report, options: CheckOptions, form: str, file: Path | None) -> str | bytes | Iterator[bytes]:
    if form != "text":
        return report_parts(form, report, TONGUE)
    style = TextStyle(
        tongue=TONGUE,
        width=terminal_width(),
        colour=colours(options.color) and file is None,
        ascii=options.ascii,
        per_rule=options.most,
        details=options.details,
        group=options.group,
        statistics=options.statistics,
        show=tuple(Verdict(name) for name in options.show),
        excerpt=_Excerpts(),
    )
    return to_text(report, style)


class _Excerpts:
    """Lines of input files, read once when first asked for; None for what is not text or has gone."""

    __slots__ = ("_files",)

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def __call__(self, file: str, line: int) -> str | None:
        if file not in self._files:
            try:
                # What is walked line by line is not read into memory to be drawn.
                small = Path(file).stat().st_size < _MOST_DRAWN
                self._files[file] = Path(file).read_text("utf-8").split("\n") if small else []
            except (OSError, UnicodeDecodeError):
                self._files[file] = []
        lines = self._files[file]
        return lines[line - 1].rstrip("\r") if line <= len(lines) else None
