"""The truths that hold of the dated tables: calendars and divisions.

A calendar is wrong when a day is outside its year, named twice, or a make-up working day on a day that is one anyway.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Node
from guiju.diagnostics.source import Source
from guiju.standards.from_yaml import span_at
from guiju.terms.tongue import Both

__all__ = ["check_tables"]

_SATURDAY = 5


def check_tables(calendars: Iterable[Source], divisions: Iterable[Source]) -> tuple[Diagnostic, ...]:
    """All that is wrong with these texts, in the order given."""
    found: list[Diagnostic] = []
    for sources, check in ((calendars, _calendar), (divisions, _divisions)):
        for source in sources:
            node, complaints = read_yaml(source)
            found += complaints
            found += check(node) if node is not None else ()
    return tuple(found)


def _calendar(node: Node) -> Iterator[Diagnostic]:
    stated = node.get("year")
    year = str(stated.value) if stated is not None else ""
    seen: set[str] = set()
    for kind in ("off", "work"):
        days = node.get(kind)
        for entry in days.items if days is not None else ():
            found = entry.get("day")
            written = str(found.value) if found is not None else ""
            try:
                day = date.fromisoformat(written)
            except ValueError:
                yield complain("R015", span_at(entry, ("day",)), day=written)
                continue
            why = _why_misplaced(day, year, kind, again=written in seen)
            seen.add(written)
            if why is not None:
                yield complain("R016", span_at(entry, ("day",)), year=year, day=written, why=why)


def _why_misplaced(day: date, year: str, kind: str, *, again: bool) -> Both | None:
    if str(day.year) != year:
        return Both("它属于另一年", "it is of another year")
    if again:
        return Both("它已经写过一次", "it is named already")
    if kind == "work" and day.weekday() < _SATURDAY:
        return Both("这天本来就是工作日", "people work on that day anyway")
    return None


def _divisions(node: Node) -> Iterator[Diagnostic]:
    listed = node.get("divisions")
    entries = listed.items if listed is not None else ()
    codes = [_text(entry, "code") for entry in entries]
    for at, (entry, code) in enumerate(zip(entries, codes, strict=True)):
        parent = _text(entry, "parent")
        why: Both | None = None
        if len(code) != 6 or not code.isdigit():
            why = Both("代码须是六位数字", "a code has six digits")
        elif code in codes[:at]:
            why = Both("代码已经写过一次", "the code is named already")
        elif parent and parent not in codes:
            why = Both(f"上级 {parent} 不在表中", f"its parent {parent} is not in the table")
        if why is not None:
            name = entry.get("name")
            said = Both(_text(name, "zh"), _text(name, "en")) if name is not None else Both("", "")
            yield complain("R017", span_at(entry, ("code",)), number=code, name=said, why=why)


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return str(found.value) if found is not None and found.value is not None else ""
