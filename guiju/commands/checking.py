"""What `guiju check` does once its words are understood: read, validate, report, write, and an exit code.

0 compliant · 1 findings at or above the fail level · 2 the check could not be done, or nothing was checked.
"""

import os
import sys
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path

from guiju.catalog.model import Submission
from guiju.catalog.read import read
from guiju.commands.between import Between, keep_run, prepare
from guiju.commands.forms import FORMS, MissingExtra, write_form
from guiju.commands.outlet import colours, complain_all, note, terminal_width, write
from guiju.commands.outputs import Outputs
from guiju.commands.progress import bar
from guiju.commands.streaming import streamed
from guiju.commands.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.reports.model import Report
from guiju.reports.refused import FormRefused
from guiju.reports.to_text import TextStyle, to_text
from guiju.standards.load_tables import load_calendar
from guiju.terms.severity import Severity
from guiju.terms.value import dataclass
from guiju.terms.verdict import Verdict
from guiju.validators.carriers.faults import CarrierFault

__all__ = ["Wish", "run_check", "today"]

_MOST_DRAWN = 32 << 20
_WUHAN = timezone(timedelta(hours=8))
_JUDGED = (Verdict.PASS, Verdict.FAIL, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the words of the command ask for."""

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
    fail_level: str
    group: str
    most: int
    show: tuple[str, ...]
    statistics: bool
    color: bool | None
    ascii: bool
    quiet: bool
    between: Between = Between()
    annotate: Path | None = None
    explain_reading: bool = False
    jobs: int | None = None
    on: str | None = None
    keys: int | None = None
    incremental: bool = False
    profile: bool = False


def today() -> date:
    """Today in Wuhan; the only place at which the house asks the clock for a day."""
    return datetime.now(_WUHAN).date()


def run_check(wish: Wish) -> int:
    """The exit code, after everything has been written."""
    try:
        fault = _fault_of(wish)
        if fault:
            note(fault)
            return 2
        ruleset = rules_or_complain(wish.rules, wish.add_rules, color=wish.color)
        if ruleset is None:
            return 2
        status = _checked(wish, ruleset)
        if wish.profile and status != 2:
            import_module("guiju.commands.profiling").tell_costs(wish, ruleset, today())
        return status
    except CarrierFault as lost:
        note(import_module("guiju.commands.carrying").fault_words(lost))
        return 2


def _checked(wish: Wish, ruleset: Ruleset) -> int:
    laid = prepare(wish.between, ruleset, color=wish.color)
    if laid is None:
        return 2
    if wish.on is not None:
        carried = import_module("guiju.commands.carrying").carried(
            wish.files, ruleset, as_of=wish.as_of or today(), kind=wish.kind, on=wish.on, keys=wish.keys
        )
        if carried is None:
            return 2
        complain_all(carried.diagnostics, {}, color=wish.color)
        return _given(laid.over(carried), wish)
    if laid.waivers is None and not wish.incremental and (report := _streamed(wish, ruleset)) is not None:
        complain_all(report.diagnostics, {}, color=wish.color)
        return _given(laid.over(report), wish)
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if "-" in wish.files else None
    submission = _read(wish, ruleset, stdin)
    complain_all(submission.diagnostics, {one.name: one for one in submission.sources}, color=wish.color)
    if wish.explain_reading:
        note(import_module("guiju.commands.reading").account_of(submission, ruleset.vocabulary, "text"))
    if not submission.records:
        note(say("没有读到可以检查的对象。", "There was nothing to check."))
        return 2
    as_of = wish.as_of or submission.submitted or today()
    listed = bool(wish.show)
    with bar(quiet=wish.quiet, color=wish.color) as progress:
        report = check_submission(
            ruleset,
            submission,
            as_of=as_of,
            calendar=load_calendar(),
            show_passed=listed,
            waivers=laid.waivers,
            memo=memo_of(dict(os.environ)) if wish.incremental else None,
            progress=progress,
        )
    return _given(laid.over(report), wish, submission, stdin)


def _streamed(wish: Wish, ruleset: Ruleset) -> Report | None:
    """The report of a file that need not be in memory; None where its records are asked for, or are to be read otherwise."""
    if wish.explain_reading or wish.annotate is not None or wish.show or wish.encoding is not None:
        return None
    return streamed(wish.files, ruleset, as_of=wish.as_of or today(), kind=wish.kind, jobs=wish.jobs, keys=wish.keys, quiet=wish.quiet)


def _given(report: Report, wish: Wish, submission: Submission | None = None, stdin: bytes | None = None) -> int:
    """The exit code, after the report has been written, in all the forms asked for."""
    if not all([_wrote(report, wish, form, file) for form, file in ((wish.form, wish.output), *wish.outputs)]):  # noqa: C419 -- every file is written, whatever came of those before it
        return 2
    if wish.annotate is not None and submission is not None and not _annotated(report, submission, wish.annotate, wish, stdin):
        return 2
    if wish.between.keep and not keep_run(wish.between.store, report):
        return 2
    return exit_code(report, wish.fail_level)


def rules_or_complain(rules: tuple[Path, ...], add_rules: tuple[Path, ...], *, color: bool | None) -> Ruleset | None:
    """The ruleset asked for; None after saying on stderr why there is none."""
    try:
        if rules:
            # It reads rule texts, which the shipped rules are spared: they are kept as they were sealed.
            rules = import_module("guiju.commands.surroundings").with_vocabulary(rules)
        compiled = read_rules(rules or (shipped_rules(), *add_rules), memo_of(dict(os.environ)))
    except OSError as error:
        note(say(f"规则文件打不开：{error.filename}", f"cannot open the rule file {error.filename}") + f" ({error.strerror})")
        return None
    # Habits and hints are for those who write rules; `guiju lint` says them.
    grave = tuple(one for one in compiled.diagnostics if one.level is not Level.HINT and one.code[0] != "H")
    complain_all(grave, compiled.sources, color=color)
    return compiled.ruleset


def exit_code(report: Report, fail_level: str) -> int:
    """What the report means to a script."""
    if any(one.level is Level.ERROR for one in report.diagnostics):
        return 2
    if not any(report.count(verdict) for verdict in _JUDGED):
        note(say("没有一条规则适用于这些对象，等于没有检查。", "No rule applies to these subjects: nothing was checked."))
        return 2
    level = Severity[fail_level.upper()]
    wrong = (one for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR))
    grave = any(one.severity >= level and not one.waiver and one.baseline != "known" for one in wrong)
    # A warning says that something handed in was not read as it stands, and so went unchecked: that weighs as much as a grave finding.
    unread = level <= Severity.MAJOR and any(one.level is Level.WARNING for one in report.diagnostics)
    return 1 if grave or unread else 0


def _wrote(report: Report, wish: Wish, form: str, file: Path | None) -> bool:
    """Whether the report could be written in that form; why not goes to stderr."""
    try:
        written = _written(report, wish, form, file)
    except MissingExtra as missing:
        note(say(f"写 {form} 还需要安装 {missing.package}。", f"The form {form} needs the package {missing.package}."))
        return False
    except FormRefused as refused:
        note(refused.words.say(TONGUE))
        return False
    if file is None:
        write(written, None)  # a broken pipe is for `main` to see
        return True
    try:
        write(written, file)
    except OSError as error:
        note(say(f"写不了文件 {file}：", f"cannot write {file}: ") + (error.strerror or str(error)))
        return False
    return True


def _annotated(report: Report, submission: Submission, to: Path, wish: Wish, stdin: bytes | None) -> bool:
    """Whether the inputs were given back marked; the library that rewrites workbooks is loaded only for that."""
    try:
        done: bool = import_module("guiju.commands.annotate").annotate(report, submission, to, wish.files, stdin, quiet=wish.quiet)
    except OSError as error:
        note(say(f"写不了文件 {to}：", f"cannot write {to}: ") + (error.strerror or str(error)))
        return False
    return done


def _fault_of(wish: Wish) -> str | None:
    if wish.form != "text" and wish.form not in FORMS:
        return say(f"没有“{wish.form}”这种格式；有：", f"no form {wish.form!r}; there are: ") + ", ".join(["text", *FORMS])
    if wish.form in FORMS and FORMS[wish.form].binary and wish.output is None and sys.stdout.isatty():
        return say(f"{wish.form} 不是文本，请用 -o 写入文件。", f"{wish.form} is not text; write it to a file with -o.")
    if wish.on is not None and (fault := import_module("guiju.commands.carrying").carrying_fault(wish)):
        return str(fault)
    unknown = [name for name in wish.show if name not in tuple(Verdict)]
    if unknown:
        return say(f"没有“{unknown[0]}”这种判定；有：", f"no verdict {unknown[0]!r}; there are: ") + ", ".join(Verdict)
    if wish.annotate is not None and (fault := import_module("guiju.commands.annotate").annotate_fault(wish.annotate, wish.files)):
        return str(fault)
    outputs = [file for file in (wish.output, wish.annotate, *(file for _, file in wish.outputs)) if file is not None]
    if any(_same(Path(file), output) for file in wish.files for output in outputs):
        return say("输出文件就是输入文件；原件从不改写。", "The output is one of the inputs; the original is never written.")
    if any(_same(one, other) or one == other for number, one in enumerate(outputs) for other in outputs[:number]):
        return say("两种格式写到同一个文件。", "Two forms are to be written to one file.")
    return None


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and os.path.samefile(one, other)


def _read(wish: Wish, ruleset: Ruleset, stdin: bytes | None) -> Submission:
    with bar(quiet=wish.quiet, color=wish.color) as progress:
        return read(
            wish.files,
            ruleset.vocabulary,
            encoding=wish.encoding,
            kind=wish.kind,
            stdin=stdin,
            stdin_name=wish.stdin_name,
            progress=progress,
        )


def _written(report: Report, wish: Wish, form: str, file: Path | None) -> str | bytes:
    if form != "text":
        return write_form(form, report, TONGUE)
    style = TextStyle(
        tongue=TONGUE,
        width=terminal_width(),
        colour=colours(wish.color) and file is None,
        ascii=wish.ascii,
        per_rule=wish.most,
        group=wish.group,
        statistics=wish.statistics,
        show=tuple(Verdict(name) for name in wish.show),
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
