"""场景: what is handed in for what, what it is expected to say, and which outcome a tally of verdicts has."""

from fractions import Fraction

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["GateStep", "Outcome", "Profile"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a submission: its name, a colour word (red, yellow, green, grey) and the exit code of a check."""

    id: str
    name: Both
    colour: str
    exit: int


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class GateStep:
    """One line of a gate: it is taken where a verdict of that severity and force occurs, or the share judged is below a share.

    What is None asks nothing; a step that asks nothing is always taken.
    """

    severity: str | None
    force: str | None
    verdict: str | None
    below: Fraction | None
    outcome: Outcome


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One purpose for which something is handed in.

    `place` is a code of `terms.places`; `stages` and `shapes` are those that belong to it (no stages: all). `instruments` and `rules`
    are what it takes in (both empty: all of its place), `no_instruments` and `no_rules` what of them it leaves out. `screening` and
    `expects` are fields by shape. The first step of `gate` that is taken gives the outcome.
    """

    id: str
    name: Both
    place: str
    stages: tuple[str, ...]
    shapes: tuple[str, ...]
    instruments: tuple[str, ...]
    rules: tuple[str, ...]
    no_instruments: tuple[str, ...]
    no_rules: tuple[str, ...]
    screening: tuple[tuple[str, tuple[str, ...]], ...]
    expects: tuple[tuple[str, tuple[str, ...]], ...]
    gate: tuple[GateStep, ...]
    doc: str
    source: tuple[str, int]
