"""Asks the solver, writes the texts that its models assume, and asks again with what was learned, until a model can be written.

Every question has a budget of time; `unknown` is an answer of its own, told with the time that it took.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import z3

from guiju.proofs.encoding.documents import World
from guiju.proofs.encoding.logic import Formula, lift

__all__ = ["Answer", "Found", "Solver"]

_ROUNDS = 200


class Answer(StrEnum):
    """What the solver says: there is such a document, there is none within the bounds, or it did not come to an end."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer; with YES a model and its texts by atom, with NO the assumptions that exclude each other, by number."""

    answer: Answer
    model: Any = None
    texts: dict[int, str] = field(default_factory=dict)
    core: tuple[int, ...] = ()
    seconds: float = 0.0


class Solver:
    """One solver over one world; what is learned of texts is kept."""

    def __init__(self, world: World, *, seconds: float = 10.0, leaning: bool = False) -> None:
        # Only this kind of solver can be told where to begin; the other is quicker.
        self._new = z3.SimpleSolver if leaning else z3.Solver
        self.world, self.texts, self.seconds = world, world.texts, seconds
        self.solver = self._new()
        self.asked = 0
        self._all: list[Formula] = []
        self._given = 0
        self._known: tuple[int, int, int] = (0, 0, 0)

    def add(self, *formulas: Formula) -> None:
        """What holds from now on."""
        kept = [lift(one) for one in formulas if one is not True]
        self._all += kept
        self.solver.add(*kept)

    def _refresh(self) -> None:
        """What the world has come to say since the last question; new texts change what the old ones may be, so all is told again."""
        known = (len(self.texts.constants), len(self.texts.variables), self.texts.asked)
        if known != self._known:
            self._known = known
            self.solver = self._new()
            self.solver.add(*self._all, *self.texts.constraints())
        new = self.world.constraints[self._given :]
        self._given = len(self.world.constraints)
        self.add(*new)

    def told(self) -> list[Formula]:
        """Everything that holds, for another solver."""
        self._refresh()
        return list(self.solver.assertions())

    def lean(self, wishes: Sequence[Formula]) -> None:
        """Where a wish is a value for a variable, the search begins there; it binds nothing."""
        for one in wishes:
            self._lean(one, True)

    def _lean(self, wish: Formula, side: bool) -> None:
        if isinstance(wish, bool):
            return
        if z3.is_not(wish):
            self._lean(wish.arg(0), not side)
        elif side and z3.is_and(wish):
            for one in wish.children():
                self._lean(one, True)
        elif z3.is_const(wish) and z3.is_bool(wish):
            self.solver.set_initial_value(wish, z3.BoolVal(side))
        elif side and z3.is_eq(wish) and z3.is_const(wish.arg(0)) and z3.is_int_value(wish.arg(1)):
            self.solver.set_initial_value(wish.arg(0), wish.arg(1))

    def check(self, assumptions: Sequence[Formula] = (), *, wishes: Iterable[str] = (), seconds: float | None = None) -> Found:
        """Whether there are documents of which all assumptions hold."""
        start = time.monotonic()
        end = start + (self.seconds if seconds is None else seconds)
        self._refresh()
        self.asked += 1
        if any(one is False for one in assumptions):
            return Found(Answer.NO, core=tuple(at for at, one in enumerate(assumptions) if one is False)[:1])
        marks = {at: z3.FreshBool("ask") for at, one in enumerate(assumptions) if one is not True}
        numbers = {str(mark): at for at, mark in marks.items()}
        self.solver.push()
        try:
            for at, mark in marks.items():
                self.solver.add(z3.Implies(mark, assumptions[at]))
            return self._rounds(list(marks.values()), numbers, tuple(wishes), start, end)
        finally:
            self.solver.pop()

    def _rounds(self, marks: list[Any], numbers: dict[str, int], wishes: tuple[str, ...], start: float, end: float) -> Found:
        learned: list[Formula] = []
        guessed = False
        try:
            for _ in range(_ROUNDS):
                left = end - time.monotonic()
                if left <= 0:
                    break
                self.solver.set("timeout", max(int(left * 1000), 1))
                answer = self.solver.check(*marks)
                if answer == z3.unsat and guessed:
                    break
                if answer == z3.unsat:
                    core = tuple(sorted(numbers[str(one)] for one in self.solver.unsat_core()))
                    return Found(Answer.NO, core=core, seconds=time.monotonic() - start)
                if answer != z3.sat:
                    break
                model = self.solver.model()
                written = self.texts.write(model, wishes)
                if written.laws:
                    learned += written.laws
                    self.solver.add(*written.laws)
                    continue
                if written.doubts:
                    # Nothing is known of such texts: others are looked for, and that there are none can no longer be said.
                    guessed = True
                    self.solver.add(*written.doubts)
                    continue
                return Found(Answer.YES, model, written.texts, seconds=time.monotonic() - start)
            return Found(Answer.UNKNOWN, seconds=time.monotonic() - start)
        finally:
            self.world.constraints += learned
