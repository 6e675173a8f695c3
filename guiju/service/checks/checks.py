"""All checks of a running service: each under a link that nobody can guess, in a folder of its own, gone after an hour unless kept."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from guiju.service.checks.folder import put
from guiju.service.checks.queue import Job, Queue, State
from guiju.service.checks.result import Result
from guiju.service.checks.task import GIVEN, VIEW, Asked, Task
from guiju.service.checks.tasks.writing import made_name
from guiju.service.checks.uploads import Saved, Upload, save
from guiju.service.clock import now, today
from guiju.service.settings import Limits
from guiju.terms.tongue import Tongue

__all__ = ["Check", "Checks"]

_PREFIX = "guiju-checks-"
_OLD_BOOKS = (".xls", ".ods")


class Check:
    """One check: how it was asked for, its job, whose it is, and until when its link lives."""

    def __init__(self, token: str, folder: Path, asked: Asked, owner: str, tongue: Tongue) -> None:
        self.token, self.folder, self.asked, self.owner, self.tongue = token, folder, asked, owner, tongue
        self.before: Check | None = None
        self.left_out: tuple[str, ...] = ()
        self.job: Job | None = None
        self.writes: dict[tuple[str, Tongue], Job] = {}
        self.expires = 0.0
        self.kept: str | None = None
        """The id of the run in the store, where it was kept."""
        self.by_api = False

    @property
    def is_done(self) -> bool:
        """Whether there is a result to show."""
        return self.job is not None and self.job.state is State.DONE and (self.folder / VIEW).exists()

    def result(self) -> Result:
        """The result, to be asked; only where it is done."""
        return Result(self.folder / VIEW)


class Checks:
    """The checks by their links."""

    def __init__(self, limits: Limits, folder: Path | None) -> None:
        self.limits = limits
        self.queue = Queue(limits)
        base = folder or Path(tempfile.gettempdir())
        _sweep_leavings(base)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
        self._known: dict[str, Check] = {}

    def of(self, token: str) -> Check | None:
        """The check of that link, if it lives."""
        found = self._known.get(token)
        if found is not None and found.job is not None:
            found.job.asked_at = now()
        return found

    def owned_by(self, owner: str) -> list[Check]:
        """The checks of somebody, the newest first."""
        return [one for one in reversed(self._known.values()) if one.owner == owner and owner]

    def _new(self, owner: str, tongue: Tongue) -> Check:
        token = secrets.token_urlsafe(24)
        folder = self.folder / token
        folder.mkdir(mode=0o700)
        (folder / GIVEN).mkdir()
        return Check(token, folder, Asked(files=(), day=today()), owner, tongue)

    def begin(
        self, uploads: Iterable[Upload], *, owner: str, tongue: Tongue, profile: str | None, kind: str | None, as_of: date | None
    ) -> Check:
        """A check of uploaded files. Raises Refused and Busy; nothing is left of it then."""
        made = self._new(owner, tongue)
        try:
            saved: Saved = save(uploads, made.folder / GIVEN, self.limits)
            made.asked = Asked(files=tuple(saved.names), day=today(), as_of=as_of, profile=profile, kind=kind)
            made.left_out = tuple(saved.left_out)
            return self._queued(made, self._task("check", made))
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise

    def again(self, one: Check, *, columns: tuple[tuple[str, str], ...], not_data: tuple[str, ...], profile: str | None) -> Check:
        """The same files, read as somebody says. Raises Busy."""
        made = self._new(one.owner, one.tongue)
        try:
            shutil.rmtree(made.folder / GIVEN)
            shutil.copytree(one.folder / GIVEN, made.folder / GIVEN)
            made.asked = replace(one.asked, columns=columns, not_data=not_data, profile=profile)
            made.left_out = one.left_out
            return self._queued(made, self._task("check", made))
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise

    def mend(self, one: Check) -> Check:
        """The files with what can be mended safely mended, checked beside the first. Raises Busy."""
        made = self._new(one.owner, one.tongue)
        try:
            made.asked = replace(one.asked, files=_new_names(one.asked.files))
            made.before = one
            task = replace(self._task("mend", made), of=one.folder, was=one.asked.files)
            return self._queued(made, task)
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise

    def _task(self, what: str, made: Check) -> Task:
        return Task(
            what=what, folder=made.folder, asked=made.asked, tongue=made.tongue, memory=self.limits.memory, seconds=self.limits.seconds
        )

    def _queued(self, made: Check, task: Task) -> Check:
        made.job = self.queue.add(task)
        made.expires = now() + self.limits.link
        self._known[made.token] = made
        return made

    def write(self, one: Check, form: str, tongue: Tongue) -> Job | None:
        """The job that makes a form of the report; None where it is there already. Raises Busy."""
        if made_name(one.folder, form, tongue).exists():
            return None
        going = one.writes.get((form, tongue))
        if going is None or going.state.is_over:
            going = one.writes[form, tongue] = self.queue.add(replace(self._task("write", one), form=form, tongue=tongue))
        return going

    def slip(self, one: Check, finding: str, tongue: Tongue) -> Job:
        """The job that makes the slip of a finding, by which anybody can verify it. Raises Busy."""
        return self.queue.add(replace(self._task("write", one), form="slip", finding=finding, tongue=tongue))

    def made(self, one: Check, form: str, tongue: Tongue) -> tuple[Path, str]:
        """The file of a form that was made, and its name for the one who gets it."""
        target = made_name(one.folder, form, tongue)
        return target, target.with_suffix(target.suffix + ".name").read_text(encoding="utf-8")

    def attempt(self, rule: str, text: str) -> Job:
        """The job that tries a rule on a case. Raises Busy."""
        folder = self.folder / f"try-{secrets.token_urlsafe(12)}"
        folder.mkdir(mode=0o700)
        asked = Asked(files=(), day=today(), kind=rule)
        task = Task(what="try", folder=folder, asked=asked, form=text, memory=self.limits.memory, seconds=min(20.0, self.limits.seconds))
        try:
            return self.queue.add(task)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def judge(self, text: str) -> Job:
        """The job that judges one record that somebody is filling in. Raises Busy."""
        folder = self.folder / f"judge-{secrets.token_urlsafe(12)}"
        folder.mkdir(mode=0o700)
        asked = Asked(files=(), day=today())
        task = Task(what="judge", folder=folder, asked=asked, form=text, memory=self.limits.memory, seconds=min(30.0, self.limits.seconds))
        try:
            return self.queue.add(task)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def begin_text(self, name: str, text: str, *, owner: str, tongue: Tongue) -> Check:
        """A check of a text that was filled in. Raises Busy."""
        made = self._new(owner, tongue)
        put(made.folder / GIVEN / name, text.encode())
        made.asked = Asked(files=(name,), day=today())
        try:
            return self._queued(made, self._task("check", made))
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise

    def verify(self, uploads: Iterable[Upload], key: str) -> Job:
        """The job that verifies a pack or a slip, the first of the uploads. Raises Refused and Busy."""
        folder = self.folder / f"verify-{secrets.token_urlsafe(12)}"
        (folder / GIVEN).mkdir(mode=0o700, parents=True)
        try:
            saved = save(uploads, folder / GIVEN, self.limits, unfold=False)
            asked = Asked(files=tuple(saved.names), day=today())
            task = Task(what="verify", folder=folder, asked=asked, form=key, memory=self.limits.memory, seconds=self.limits.seconds)
            return self.queue.add(task)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def make_texts(self) -> None:
        """Has the texts of all rules made in both tongues, where they are not kept from before."""
        folder = self.folder / "texts"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.queue.add(Task(what="texts", folder=folder, asked=Asked(files=(), day=today())))

    def forget_attempt(self, job: Job) -> None:
        """Throws away what an attempt left."""
        shutil.rmtree(job.task.folder, ignore_errors=True)

    def drop(self, one: Check) -> None:
        """Ends and forgets a check, its files with it."""
        for job in (one.job, *one.writes.values()):
            if job is not None and not job.state.is_over:
                self.queue.cancel(job)
        self._known.pop(one.token, None)
        shutil.rmtree(one.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Forgets what is too old, and ends what nobody waits for any more."""
        at = now()
        for one in list(self._known.values()):
            job = one.job
            if one.expires and at > one.expires:
                self.drop(one)
            elif job is not None and not job.state.is_over and not one.by_api and at - job.asked_at > self.limits.patience:
                self.queue.cancel(job)

    async def stop(self) -> None:
        """Ends everything and leaves no file."""
        await self.queue.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _new_names(files: tuple[str, ...]) -> tuple[str, ...]:
    """The names of mended copies: those of the originals, but that old formats of workbooks come back as .xlsx."""
    taken = set(files)
    found: list[str] = []
    for name in files:
        if name.lower().endswith(_OLD_BOOKS):
            stem, number = name[: name.rfind(".")], 2
            new = f"{stem}.xlsx"
            while new in taken:
                new, number = f"{stem}-{number}.xlsx", number + 1
            name = new
        taken.add(name)
        found.append(name)
    return tuple(found)


def _sweep_leavings(base: Path) -> None:
    """Folders of services that were killed: no process of theirs lives, so nobody will come for them."""
    for folder in base.glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not _lives(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
