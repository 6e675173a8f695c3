"""How maps of the same keys are read, kept once that is known: the lines of a catalog are written by one program.

A plan is kept only where every key is a field of its own or none at all; whatever asks for more than that is read key by key.
"""

from collections.abc import Callable, Mapping
from typing import Any

from guiju.catalog.mapping.headers import HeaderIndex, Match
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Shape

__all__ = ["KeyPlan", "KeyPlans"]


@fast_dataclass(frozen=True, slots=True)
class KeyPlan:
    """The keys that are fields, each with its field id and what it was found to mean; a map under one of `others` has to be looked into."""

    fields: tuple[tuple[str, str, Match], ...]
    others: tuple[str, ...]

    def read(self, plain: dict[str, Any], nested: Callable[[str, Any, Match], Any]) -> dict[str, Any]:
        """The values by field ids; `nested` reads lists and maps."""
        return {id: nested(key, raw, match) if isinstance(raw := plain[key], dict | list) else raw for key, id, match in self.fields}


class KeyPlans:
    """The plans of one input, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[tuple[str, ...], KeyPlan | None] = {}

    def of(self, shape: Shape, plain: dict[str, Any]) -> KeyPlan | None:
        """The plan for a map; None where it is to be read key by key."""
        plan = self._known.get((shape.id, *plain))
        return plan if plan is not None and not any(isinstance(plain[key], dict) for key in plan.others) else None

    def learn(self, shape: Shape, plain: dict[str, Any], known: Mapping[str, Match], index: HeaderIndex) -> None:
        """Keeps how a map was read, once each of its keys is known."""
        keys = (shape.id, *plain)
        if keys not in self._known and len(self._known) < self._most:
            self._known[keys] = _plan(plain, known, index)


def _plan(plain: dict[str, Any], known: Mapping[str, Match], index: HeaderIndex) -> KeyPlan | None:
    others = tuple(key for key in plain if index.find(key) is None)
    matches = {key: known[key] for key in plain if key in known}
    if any(key not in matches for key in plain if key not in others):
        return None
    fields = tuple((key, match.path[0], match) for key, match in matches.items() if match.path)
    if any(len(match.path) > 1 or match.unit is not None for _, _, match in fields) or len({id for _, id, _ in fields}) < len(fields):
        return None
    return KeyPlan(fields, others) if fields else None
