"""The nearest known name, or silence: a poor guess is worse than none.

Names are compared as a reader sees them: width, case, full-width digits, spaces and joining signs do not count.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

__all__ = ["Neighbours", "fold", "nearest", "nearest_few"]

_LONGEST = 64
_MOST_SLIPS = 3
_JOINTS = str.maketrans("", "", " _-·‧.　\t")


def fold(name: str) -> str:
    """The name without what the eye passes over: width, case, spaces and joining signs."""
    return unicodedata.normalize("NFKC", name).casefold().translate(_JOINTS)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that the writer most likely meant; None where there is none near enough."""
    few = nearest_few(name, known, most=1)
    return few[0] if few else None


class Neighbours:
    """Known names held ready for many questions: each is folded once, and only those are measured that could be near."""

    __slots__ = ("_answers", "_by_sign", "_names")

    def __init__(self, known: Iterable[str]) -> None:
        folded = ((name, fold(name)) for name in sorted(set(known)))
        self._names = tuple((name, text, Counter(text)) for name, text in folded if text and len(text) <= _LONGEST)
        self._by_sign: dict[str, list[int]] = {}
        for at, (_, _, counts) in enumerate(self._names):
            for sign in counts:
                self._by_sign.setdefault(sign, []).append(at)
        self._answers: dict[str, str | None] = {}

    def nearest(self, name: str) -> str | None:
        """What `nearest` says of the name among all that are known."""
        if name not in self._answers:
            self._answers[name] = self._find(name)
        return self._answers[name]

    def _find(self, name: str) -> str | None:
        wanted = fold(name)
        if not wanted or len(wanted) > _LONGEST:
            return None
        shared: Counter[int] = Counter()
        for sign, times in Counter(wanted).items():
            for at in self._by_sign.get(sign, ()):
                shared[at] += min(times, self._names[at][2][sign])
        best: tuple[float, str] | None = None
        for at, common in shared.items():
            other, folded, _ = self._names[at]
            # Near names share all characters but the slips that are borne, or at least every third of both together.
            far = common < max(len(wanted), len(folded)) - _MOST_SLIPS and 3 * common < len(wanted) + len(folded)
            if other == name or far:
                continue
            farness = _farness(wanted, folded)
            if farness is not None and (best is None or (farness, other) < best):
                best = (farness, other)
        return best[1] if best is not None else None


def nearest_few(name: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Up to `most` known names near enough, nearest first; among equals the order is that of the code points."""
    wanted = fold(name)
    if not wanted or len(wanted) > _LONGEST:
        return ()
    ranked = sorted((farness, other) for other in set(known) if other != name and (farness := _farness(wanted, fold(other))) is not None)
    return tuple(other for _, other in ranked[:most])


def _farness(wanted: str, other: str) -> float | None:
    """0 for the same to the eye, growing to 1; None for too far."""
    if not other or len(other) > _LONGEST:
        return None
    if wanted == other:
        return 0.0
    shortest, longest = sorted((len(wanted), len(other)))
    shared = 2 * sum((Counter(wanted) & Counter(other)).values()) / (shortest + longest)
    allowed = _allowed(wanted, other, shortest)
    if longest - shortest <= allowed:
        steps = _steps(wanted, other, allowed)
        if steps <= allowed and shared > 0:
            return steps / (longest + 1)
    if _is_part(wanted, other, shortest, longest) or (shared >= _enough(wanted) and shortest >= 3):
        return 0.5 + (1 - shared) / 2
    return None


def _allowed(wanted: str, other: str, shortest: int) -> int:
    """How many slips may lie between two names. One 汉字 says as much as several letters, so short Chinese names bear one."""
    if _is_chinese(wanted) or _is_chinese(other):
        if shortest <= 1:
            return 0
        return 1 if shortest <= 4 else 2
    if shortest <= 2:
        return 0
    return 1 if shortest <= 5 else 2 if shortest <= 10 else 3


def _enough(wanted: str) -> float:
    """The share of characters in common, in any order, from which two names count as akin."""
    return 0.66 if _is_chinese(wanted) else 0.92


def _is_part(wanted: str, other: str, shortest: int, longest: int) -> bool:
    """Whether one name is a good part of the other, as 更新周期 is of 数据更新周期."""
    least = 2 if _is_chinese(wanted) else 4
    return shortest >= least and 2 * shortest >= longest and (wanted in other or other in wanted)


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


def _steps(first: str, second: str, most: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two texts; gives up just beyond `most`."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, left in enumerate(first, 1):
        current = [row]
        for column, right in enumerate(second, 1):
            step = min(last[column] + 1, current[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == second[column - 2] and first[row - 2] == right:
                step = min(step, before[column - 2] + 1)
            current.append(step)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]
