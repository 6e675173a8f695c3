"""What a process is asked to do, and where it finds what it needs; plain values, since it goes from process to process."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.terms.tongue import Both, Tongue

__all__ = ["FOUND", "GIVEN", "MADE", "VIEW", "Asked", "Task", "TaskRefused"]

GIVEN, MADE, FOUND, VIEW = "given", "made", "found.pickle", "view.db"
"""Below the folder of a check: what was handed in, what was written for downloads, the report, and what the page shows of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a check was asked for: all that decides its report besides the files, the rules and the calendar."""

    files: tuple[str, ...]
    day: date
    """Today; the day of judgement where the material names none."""
    as_of: date | None = None
    profile: str | None = None
    kind: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    not_data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task: `check` the files of a folder, `mend` those of the folder `of` into it and check them, `write` a form of its report, `try` the
    rule that `asked` names on the case in `form`, `verify` a pack, `judge` the record in `form`, or make the `texts` of all rules in both tongues.
    """

    what: str
    folder: Path
    asked: Asked
    tongue: Tongue = Tongue.ZH
    form: str = ""
    finding: str = ""
    """The fingerprint of the finding that a slip is of."""
    of: Path | None = None
    was: tuple[str, ...] = ()
    """The names that the files had in `of`, in the order of the files asked for."""
    memory: int = 0
    seconds: float = 0.0


class TaskRefused(Exception):
    """What was asked cannot be done; `words` say why."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words
