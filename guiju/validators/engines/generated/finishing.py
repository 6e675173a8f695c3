"""Puts the parts of a generated function together: cells taken out, names bound, counters returned."""

from typing import Any

from guiju.dsl.ir.tree import SubjectSpec
from guiju.terms.types import RecordT
from guiju.validators.engines.generated.cells import Cell, bad_note, bind, only_clears, settle, take
from guiju.validators.engines.generated.crossing import Crossing
from guiju.validators.engines.generated.module import Draft, Unit
from guiju.validators.engines.generated.readers import EMPTY, OPEN, SKIP, Ask, CellMemo
from guiju.validators.engines.generated.region import Slot

__all__ = ["Finishing"]


class Finishing(Crossing):
    """The writer of functions out of regions."""

    everything = False
    celled: frozenset[str] = frozenset()

    def finish(self, shape: str, draft: Draft, specs: tuple[SubjectSpec, ...], done: tuple[int, ...]) -> Unit:
        name = self.fresh("check")
        top = draft.top
        top.pre[:] = [line if isinstance(line, str) else line() for line in top.pre]
        cells = self._cells(draft) if self.celled else ()
        text = "\n".join(top.render(2, self.everything))
        self.names.update({"Ask": Ask, "EMPTY": EMPTY, "at": _position, "SKIP": SKIP, "OPEN": OPEN, "bad_note": bad_note})
        text, ends = settle(text, [cell for cell, _ in cells], draft.names)
        columns = [f"col{number}" for number in range(len(draft.columns))]
        given = [one for one in self.names if one[0] in "kmnqwg" and one[1:].isdigit()]
        sources = [cell.source(bind(given, "\n".join(cell.lines))) for cell, _ in cells]
        for cell, _ in cells:
            self.names[f"memo{cell.number}"] = CellMemo()
        memos = [f"memo{cell.number}" for cell, _ in cells]
        returned = "".join(f"{one}, " for one in draft.names)
        lines = [
            f"def {name}(records, number, note{bind([*given, *memos], text)}):",
            f"    {' = '.join([*draft.names, *(f'tot{cell.number}' for cell, _ in cells), '_'])} = 0",
            *(f"    list_{one} = []; {one} = list_{one}.append" for one in columns),
            "    for x in records:",
            text,
            "        number += 1",
            *(f"    {line}" for line in ends),
            f"    return ({returned}), ({''.join(f'list_{one}, ' for one in columns)})",
        ]
        source = "\n\n".join([*sources, "\n".join(lines) + "\n"])
        counters, forms = tuple(draft.counters), tuple(draft.columns)
        return Unit(shape, name, source, draft.root.slot, counters, specs, done, forms, tuple((cell.number, slot) for cell, slot in cells))

    def _cells(self, draft: Draft) -> tuple[tuple[Cell, Slot], ...]:
        """Takes cells out of the function: embedded records of the root, and elements of its lists."""
        top = draft.top
        made: list[tuple[Cell, Slot]] = []
        for key, cursor in list(top.known.items()):
            if (
                key[0] == "field"
                and key[1] == draft.root.name
                and isinstance(cursor.type, RecordT)
                and self._is_celled(cursor.slot, key[2])
            ):
                cell = Cell(cursor.name, self._numbered())
                place = next(at for at, line in enumerate(top.pre) if str(line).startswith(f"{cursor.name} = ")) + 1
                top.pre[place:], top.tests[:] = take(cell, list(top.pre[place:]), top.tests, frozenset(self.names))  # type: ignore[arg-type]
                top.pre.insert(place, f"@cell{cell.number} ()")
                made.append((cell, cursor.slot))
        for _, inner in top.loops.values():
            cursor = inner.known["cursor"]
            field_id = next((id for id, slot in draft.root.slot.children.items() if slot.element is cursor.slot), None)
            if (
                not isinstance(cursor.type, RecordT)
                or inner.loops
                or inner.post
                or field_id is None
                or not self._is_celled(cursor.slot, field_id)
            ):
                continue
            cell = Cell(cursor.name, self._numbered())
            pre, inner.tests[:] = take(
                cell, [one if isinstance(one, str) else one() for one in inner.pre], inner.tests, frozenset(self.names)
            )
            inner.pre[:] = [f"@cell{cell.number} (at({cursor.source}, {cursor.name}),)", *pre]
            top.pre[:] = [line for line in top.pre if not only_clears(line, cell.fields)]
            top.pre.append(f"acc{cell.number} = 0")
            top.post.insert(0, f"@counts{cell.number}")
            made.append((cell, cursor.slot))
        return tuple(made)

    def _numbered(self) -> int:
        self._made += 1
        return self._made

    def _is_celled(self, slot: Slot, field_id: str) -> bool:
        return field_id in self.celled


def _position(items: list[Any], item: Any) -> int:
    """Where that very object stands in the list."""
    for number, one in enumerate(items):
        if one is item:
            return number
    raise AssertionError("the element is not in its list")
