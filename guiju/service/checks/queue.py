"""Checks wait in a queue with a bound and run in processes of their own, so many at a time; each can be cancelled at any moment.

All processes are forked from one that has the rules loaded. A process that is killed fails its own check and no other.
"""

import asyncio
import multiprocessing
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from guiju.service.checks.task import Task
from guiju.service.checks.worker import run_task
from guiju.service.clock import now
from guiju.service.settings import Limits
from guiju.terms.tongue import Both

__all__ = ["Busy", "Job", "Queue", "State", "default_workers"]

_PRELOADED = "guiju.service.checks.preloaded"
_LOOK = 0.5

_LOST = Both(
    "检查这个文件的进程意外结束（可能是文件太大），这次检查没有做成；其他检查不受影响",
    "the process of this check ended unexpectedly (the file may be too large); this check failed, and no other did",
)
_TOO_LONG = Both("检查超过了 {seconds} 秒，已中止", "the check took longer than {seconds} seconds and was ended")
_CANCELLED = Both("检查已取消", "the check was cancelled")


class Busy(Exception):
    """The queue is full: `waiting` checks stand in it already."""

    def __init__(self, waiting: int) -> None:
        super().__init__(str(waiting))
        self.waiting = waiting


class State(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


class Job:
    """One task in the queue or on its way: its state, its progress as (work, done, of), and, where it failed, why."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.state = State.WAITING
        self.progress: tuple[str, int, int] = ("", 0, 0)
        self.words: Both | None = None
        self.over = asyncio.Event()
        self.asked_at = now()
        self.started_at: float | None = None
        self.took: float | None = None
        self.process: BaseProcess | None = None
        self.wish_to_end = False

    def cancel(self) -> None:
        """Ends the job wherever it is; its process is killed."""
        self.wish_to_end = True
        if self.process is not None and self.process.is_alive():
            self.process.kill()


class Queue:
    """The queue of one service; `start` and `stop` belong to its event loop."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._waiting: deque[Job] = deque()
        self._running: set[Job] = set()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([_PRELOADED])
        self._threads = ThreadPoolExecutor(limits.workers + 1, thread_name_prefix="check")
        self._tasks: set[asyncio.Task[None]] = set()

    def warm_up(self) -> None:
        """Begins to load the rules in the process from which the others are forked; returns at once."""
        from multiprocessing import forkserver

        # Its children know this process by the pipe they are given, and need nothing of its main module.
        forkserver.ensure_running()

    @property
    def load(self) -> tuple[int, int]:
        """How many jobs run, and how many wait."""
        return len(self._running), len(self._waiting)

    def add(self, task: Task) -> Job:
        """A job for the task. Raises Busy."""
        if len(self._waiting) >= self.limits.waiting:
            raise Busy(len(self._waiting))
        job = Job(task)
        self._waiting.append(job)
        self._next()
        return job

    def place(self, job: Job) -> int:
        """How many jobs are before it."""
        return self._waiting.index(job) if job in self._waiting else 0

    def _next(self) -> None:
        while self._waiting and len(self._running) < self.limits.workers:
            job = self._waiting.popleft()
            self._running.add(job)
            going = asyncio.get_running_loop().create_task(self._go(job))
            self._tasks.add(going)
            going.add_done_callback(self._tasks.discard)

    async def _go(self, job: Job) -> None:
        try:
            job.started_at = now()
            if not job.wish_to_end:
                job.state = State.RUNNING
                loop = asyncio.get_running_loop()
                ok, words = await loop.run_in_executor(self._threads, self._run, job)
                job.took = now() - job.started_at
                job.words = words
                job.state = State.DONE if ok else State.FAILED
            if job.wish_to_end and job.state is not State.DONE:
                job.state, job.words = State.CANCELLED, _CANCELLED
        except OSError as error:
            job.state, job.words = State.FAILED, Both(f"没有开始检查：{error.strerror}", f"the check did not begin: {error.strerror}")
        finally:
            self._running.discard(job)
            job.over.set()
            self._next()

    def cancel(self, job: Job) -> None:
        """Ends the job; one that waits is taken out of the queue."""
        job.cancel()
        if job in self._waiting:
            self._waiting.remove(job)
            job.state, job.words = State.CANCELLED, _CANCELLED
            job.over.set()

    def _run(self, job: Job) -> tuple[bool, Both | None]:
        """The task in a process, watched until it ends; in a thread, since starting and watching block."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=run_task, args=(job.task, theirs), daemon=True)
        process.start()
        theirs.close()
        job.process = process
        last = now() + self.limits.seconds
        end: tuple[bool, Both | None] | None = None
        try:
            while end is None:
                if job.wish_to_end:
                    return False, _CANCELLED
                if now() > last:
                    return False, Both(*(words.format(seconds=int(self.limits.seconds)) for words in (_TOO_LONG.zh, _TOO_LONG.en)))
                ready = wait([ours, process.sentinel], timeout=_LOOK)
                if ours in ready:
                    try:
                        end = _heard(ours.recv(), job)
                    except (EOFError, OSError):
                        end = False, _LOST
                elif ready:
                    end = False, _LOST
            return end
        finally:
            ours.close()
            process.kill()
            process.join()
            process.close()
            job.process = None

    async def stop(self) -> None:
        """Ends everything; nothing of it is left behind."""
        for job in [*self._waiting, *self._running]:
            self.cancel(job)
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=True)


def _heard(said: tuple[object, ...], job: Job) -> tuple[bool, Both | None] | None:
    match said:
        case ("progress", str(work), int(done), int(of)):
            job.progress = (work, done, of)
            return None
        case ("end", bool(ok), str(zh), str(en)):
            return ok, Both(zh, en) if zh else None
        case _:
            return False, _LOST


def default_workers() -> int:
    """As many as there are processors for this process."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
