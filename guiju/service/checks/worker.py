"""The process of one check: it reads, judges and writes into the folder of the check, under limits of memory and time, and ends.

What it tells goes through a pipe: ("progress", work, done, of) and at last ("end", ok, zh, en). When the pipe breaks, so does it.
"""

import gc
import os
import resource
import signal
import threading
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.collector import collector_resting
from guiju.forms.annotate.reading_account import spot
from guiju.forms.fix.mended_copy import MENDABLE, Mending, NotMended, mended_copy
from guiju.pipeline import check_submission
from guiju.reports.layout.escape import visible
from guiju.reports.model import Report
from guiju.service.checks.folder import load, put, store
from guiju.service.checks.task import GIVEN, MADE, Task, TaskRefused
from guiju.service.checks.view import write_view
from guiju.service.checks.warm import calendar, ruleset
from guiju.terms.progress import Work
from guiju.terms.tongue import Both, Tongue

__all__ = ["run_task"]


_NO_MEMORY = Both("文件太大：一次检查能用的内存不够", "the file is too large: one check may not use so much memory")
_OUR_FAULT = Both("规矩自己出了错，检查没有做成：{what}", "Guiju itself failed, so the check was not done: {what}")


def run_task(task: Task, pipe: Connection) -> None:
    """Does the task; whatever goes wrong is told through the pipe in words."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    _limit(task)
    # Nearly all that a check makes stays until its end; looking for cycles again and again took a tenth of it.
    gc.set_threshold(200_000, 10, 10)
    try:
        _do(task, pipe)
        pipe.send(("end", True, "", ""))
    except TaskRefused as refused:
        pipe.send(("end", False, refused.words.zh, refused.words.en))
    except MemoryError:
        gc.collect()
        pipe.send(("end", False, _NO_MEMORY.zh, _NO_MEMORY.en))
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:200]
        if os.environ.get("GUIJU_DEBUG"):
            raise
        pipe.send(("end", False, _OUR_FAULT.zh.format(what=visible(what)), _OUR_FAULT.en.format(what=visible(what))))


def _end_with(pipe: Connection) -> None:
    """Ends this process when nobody holds the other end any more: a check never outlives the service."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os._exit(1)


def _limit(task: Task) -> None:
    if task.memory:
        held = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if Path("/proc/self/statm").exists() else 0
        resource.setrlimit(resource.RLIMIT_AS, (held + task.memory, held + task.memory))
    if task.seconds:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime + task.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _do(task: Task, pipe: Connection) -> None:
    (task.folder / GIVEN).mkdir(exist_ok=True)
    os.chdir(task.folder / GIVEN)
    tell = _Telling(pipe)
    if task.what == "texts":
        from guiju.service.checks.tasks.texts import rule_texts

        rule_texts()
        return
    if task.what == "judge":
        from guiju.service.checks.tasks.judging import judge

        judge(task)
        return
    if task.what == "verify":
        from guiju.service.checks.tasks.verifying import verify

        verify(task)
        return
    if task.what == "try":
        from guiju.service.checks.tasks.trying import try_rule

        try_rule(task)
        return
    if task.what == "write":
        from guiju.service.checks.tasks.writing import write_form

        (task.folder / MADE).mkdir(exist_ok=True)
        submission, report = load(task.folder)
        write_form(task, submission, report)
        return
    mends: list[dict[str, Any]] = []
    if task.what == "mend" and task.of is not None:
        mends = _mend(task, task.of)
    submission, report = _check(task, tell)
    tell(Work.WRITE, 0, 0)
    with collector_resting():
        write_view(task.folder, report, submission, ruleset(), mends)
        store(task.folder, (submission, report))


class _Telling:
    """Progress, told at most ten times a second or so: every hundredth of the work."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._last: tuple[Work, int] | None = None

    def __call__(self, work: Work, done: int, of: int) -> None:
        step = (work, 100 * done // of if of else 0)
        if step != self._last:
            self._last = step
            self._pipe.send(("progress", work.value, done, of))


def _check(task: Task, tell: _Telling) -> tuple[Submission, Report]:
    asked = task.asked
    submission = read(asked.files, ruleset().vocabulary, kind=asked.kind, columns=asked.columns, not_data=asked.not_data, progress=tell)
    if not submission.records:
        raise TaskRefused(_nothing(submission))
    day: date = asked.as_of or submission.submitted or asked.day
    report = check_submission(ruleset(), submission, as_of=day, calendar=calendar(), progress=tell, profile=asked.profile)
    return submission, report


def _nothing(submission: Submission) -> Both:
    """Why there is nothing to check: what the readers said, the gravest first."""
    grave = [one for level in (Level.ERROR, Level.WARNING) for one in submission.diagnostics if one.level is level][:5]
    zh = "；".join(f"{one.code} {one.headline(Tongue.ZH)}" for one in grave)
    en = "; ".join(f"{one.code} {one.headline(Tongue.EN)}" for one in grave)
    head = Both("没有读到可以检查的对象", "There was nothing to check")
    return Both(visible(f"{head.zh}。{zh}" if zh else f"{head.zh}。"), visible(f"{head.en}. {en}" if en else f"{head.en}."))


def _mend(task: Task, of: Path) -> list[dict[str, Any]]:
    """Mended copies of the files of an earlier check; what was changed in each. A file that cannot be mended is taken as it is."""
    asked = task.asked
    os.chdir(of / GIVEN)
    # Where a value stands in its file, and how it is written there, only a fresh reading knows.
    submission = read(task.was, ruleset().vocabulary, kind=asked.kind, columns=asked.columns, not_data=asked.not_data)
    os.chdir(task.folder / GIVEN)
    told: list[dict[str, Any]] = []
    inputs = {one.file: one for one in submission.inputs}
    for was, name in zip(task.was, asked.files, strict=True):
        data, given = (of / GIVEN / was).read_bytes(), inputs.get(was)
        done: list[dict[str, Any]] = []
        left = 0
        words: Both | None = None
        if given is not None and given.format in MENDABLE:
            how = Mending(stamp=asked.day, tongue=task.tongue, to=name, kind=asked.kind, columns=asked.columns, not_data=asked.not_data)
            try:
                os.chdir(of / GIVEN)
                mended = mended_copy(data, given, submission_of(submission, given.file), ruleset().vocabulary, how)
                data, left = mended.data, len(mended.left)
                done = [
                    {"where": spot(one.place), "field": [one.field.zh, one.field.en], "old": str(one.note.raw)[:300], "new": one.new[:300]}
                    for one in mended.done
                ]
            except NotMended as none:
                words = none.words
            finally:
                os.chdir(task.folder / GIVEN)
        put(Path(name), data)
        why = None if words is None else [words.zh, words.en]
        told.append({"file": was, "name": name, "count": len(done), "done": done[:2_000], "left": left, "why": why})
    return told


def submission_of(whole: Submission, file: str) -> Submission:
    """The part of a submission that one file gave, as if it had been read alone."""
    records = tuple(one for one in whole.records if one.locator.place(()).file == file)
    return Submission(
        records=records,
        inputs=tuple(one for one in whole.inputs if one.file == file),
        submitted=whole.submitted,
        headers=tuple(one for one in whole.headers if one.place.file == file),
        diagnostics=tuple(one for one in whole.diagnostics if one.span.file == file),
    )
