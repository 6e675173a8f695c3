"""Runs one function in several processes and yields results in the order of the work.

A process that is killed from outside is noticed. However the caller stops, no process is left behind.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from guiju.validators.streaming.faults import RunFailed

__all__ = ["FORKS", "in_order"]

Given = TypeVar("Given")
FORKS = hasattr(os, "fork")
"""Whether a new process has all that its parent has."""
# How many pieces each process may be ahead of the one that is waited for: what they return is held until then.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class _Hand:
    """One worker process and the pipe to it."""

    process: BaseProcess
    way: "Connection[Any, Any]"


def in_order(workers: int, prepare: Callable[[], Callable[[int], Given]], pieces: int) -> Iterator[Given]:
    """Yields `prepare()(number)` for each number; `prepare` runs once in each process.

    An exception in a worker is raised here. Raises RunFailed `lost` where a process was killed from outside.
    """
    hands: list[_Hand] = []
    try:
        for _ in range(workers):
            with _uninterrupted():
                hands.append(_started(prepare))
        yield from _collected(hands, pieces)
    finally:
        for one in hands:
            one.process.kill()
        for one in hands:
            one.process.join()
            one.way.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delays an interrupt until the block is done: by then every started process is known, and ignores interrupts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _started(prepare: Callable[[], Any]) -> _Hand:
    context: Any = get_context("fork" if FORKS else "spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, prepare, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Hand(process, mine)


def _collected(hands: list[_Hand], pieces: int) -> Iterator[Any]:
    ways: dict[Any, _Hand] = {one.way: one for one in hands}
    held: dict[int, Any] = {}
    idle, sent, given = list(hands), 0, 0
    while given < pieces:
        while idle and sent < min(pieces, given + _AHEAD * len(hands)):
            _send(idle.pop(), sent)
            sent += 1
        # The way of a process that has gone is ready too, and holds nothing.
        way: Any
        for way in wait(list(ways)):
            try:
                number, fine, found = way.recv()
            except (EOFError, OSError):
                raise RunFailed("lost", str(ways[way].process.exitcode or "")) from None
            if not fine:
                raise found
            held[number] = found
            idle.append(ways[way])
        while given in held:
            yield held.pop(given)
            given += 1


def _send(hand: _Hand, number: int) -> None:
    try:
        hand.way.send(number)
    except OSError:
        raise RunFailed("lost", str(hand.process.exitcode or "")) from None


def _serve(way: "Connection[Any, Any]", prepare: Callable[[], Callable[[int], Any]], parent: int) -> None:
    """The loop of a worker. It leaves interrupts to its parent and ends when its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    with suppress(EOFError, OSError):
        work: Callable[[int], Any] | None = None
        while True:
            number = way.recv()
            try:
                work = work or prepare()
                told = number, True, work(number)
            except Exception as error:  # it is the parent's to understand, whatever it is
                told = number, False, error
            way.send(told)
