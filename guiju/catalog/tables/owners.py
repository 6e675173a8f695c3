"""Which owner a row of another sheet likely meant, where it names one that there is not."""

from collections.abc import Iterable

from guiju.diagnostics.suggest import nearest
from guiju.terms.tongue import Both

__all__ = ["meant"]


def meant(name: str, known: Iterable[str], count: int) -> Both:
    """The owner that is written alike, else the one spelled nearest, else the only one that there is; how a sentence goes on."""
    names = list(known)
    bare = _bare(name)
    near = next((one for one in names if bare and _bare(one) == bare), None) or (nearest(name, names) if name else None)
    if near is None and count == 1 and names:
        near = names[0]
    return Both(f"，是不是“{near}”？", f"; is `{near}` meant?") if near is not None else Both("。", ".")


def _bare(name: str) -> str:
    return "".join(char for char in name if char.isalnum()).casefold()
