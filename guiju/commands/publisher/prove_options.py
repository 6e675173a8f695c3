"""What `guiju prove` is asked to do."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["ProveOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveOptions:
    """The options of the command."""

    wanted: tuple[str, ...]
    profile: str | None
    kind: str | None
    as_of: date | None
    old: Path | None
    new: Path | None
    add_rules: tuple[Path, ...]
    output: Path | None
    want: str
    seconds: float
    jobs: int | None
    json: bool
    color: bool | None
