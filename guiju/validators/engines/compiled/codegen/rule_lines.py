"""One rule on one subject as lines of code, the plain case first: what passes costs one test, and the rest is told apart behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["FirstTest", "RuleTest", "Tally", "Test", "indented"]

FAIL, CONDITION, OPEN = 1, 2, 7
"""States that this module writes itself; the numbers of `module.State`."""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One rule on one subject.

    `applies` are two propositions: that it applies, and that it does not; where neither holds it is open whether it does. `passes`
    holds just where it then passes, and `otherwise` is an expression of the state where it does not. Rules with exceptions
    have `lines` instead, which put the state into the local `state`. `way` are the positions of the subject, and `counters`
    the names that count the states that are only counted.
    """

    rule: int
    state: str
    way: str
    counters: tuple[tuple[int, str], ...]
    applies: tuple[str, str] | None = None
    passes: str = "False"
    otherwise: str = ""
    lines: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it asks."""
        return (*(self.applies or ()), self.passes, self.otherwise, *self.lines)

    def render(self, everything: bool) -> list[str]:
        """The test where it stands; with `everything` all states but PASS are noted, and none is counted."""

        def note(state: str) -> list[str]:
            return [f"note(({self.rule}, {state}, number, ({self.way})))"]

        counters = () if everything else self.counters
        return self.written(note, lambda name: f"{name} += 1", counters, everything)

    def written(
        self, note: Callable[[str], list[str]], count: Callable[[str], str], counters: tuple[tuple[int, str], ...], everything: bool
    ) -> list[str]:
        """The test with other ways to note a state and to count one."""
        if self.lines:
            return [*self.lines, f"if {self.state}:", *indented(self._told(note, count, counters, everything))]
        if self.passes == "True":
            missed: list[str] = []
        elif self.otherwise.isdigit() or everything or not any(state not in (CONDITION,) for state, _ in counters):
            missed = [f"if not ({self.passes}): {one}" for one in note(self.otherwise)]
        else:
            told = [f"{self.state} = {self.otherwise}", *self._told(note, count, counters, everything)]
            missed = [f"if not ({self.passes}):", *indented(told)]
        if self.applies is None:
            return missed
        there, gone = self.applies
        name = next((name for state, name in counters if state == CONDITION), None)
        lines = [f"if {there}:", *indented(missed or ["pass"])]
        if gone != "False":
            lines += [f"elif {gone}:", *indented([count(name)] if name else note(str(CONDITION)) if everything else ["pass"])]
        return [*lines, "else:", *indented(note(str(OPEN)))]

    def _told(
        self, note: Callable[[str], list[str]], count: Callable[[str], str], counters: tuple[tuple[int, str], ...], everything: bool
    ) -> list[str]:
        if everything:
            return note(self.state)
        lines = [f"if {self.state} == {FAIL} or {self.state} == {OPEN}:", *indented(note(self.state))]
        for state, name in counters:
            lines += [f"elif {self.state} == {state}:", *indented([count(name)])]
        return lines


@dataclass(frozen=True, slots=True)
class Tally:
    """Lines that add to counters, and to lists, for each element; `rare` are the counters of what is seldom seen."""

    lines: tuple[str, ...]
    counters: tuple[str, ...]
    lists: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstTest:
    """The question whether a value comes for the first time in its list: its lines, what holds them, and when it is answered yes."""

    value: str
    seen: str
    lines: tuple[str, ...]
    passes: str

    def settles(self, test: "Test") -> bool:
        """Whether the test asks this and nothing else: then it passes throughout a list whose values are known and all different."""
        return isinstance(test, RuleTest) and test.applies is None and not test.lines and test.passes == self.passes


Test = str | RuleTest | Tally


def indented(lines: Iterable[str]) -> list[str]:
    """Lines one step further in."""
    return [f"    {line}" for line in lines]
