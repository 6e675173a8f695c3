"""Counts the modules, imports and circles of each folder of the package, as a table: python tests/tools/map_of_rooms.py [ROOT].

Names of modules in strings given to `import_module` count as imports, and so do imports inside functions.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Room", "circles", "rooms", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One folder: its modules, the imports between them, those from it to other folders, and its circles as groups of modules."""

    name: str
    modules: int
    inside: int
    outside: int
    circles: tuple[tuple[str, ...], ...]


def _modules(root: Path) -> dict[str, Path]:
    paths = sorted((root / "guiju").rglob("*.py"))
    names = {path: ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    return {name: path for path, name in names.items() if path.name != "__init__.py"}


def _imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and isinstance(node.args[0], ast.Constant):
            names = [str(node.args[0].value)]
        yield from (name for name in names if name in known)


def circles(arrows: Mapping[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    """The groups of names that reach one another, in a fixed order."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        ahead = list(arrows.get(start, ()))
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead += arrows.get(one, ())
        return found

    reach = {name: reached(name) for name in arrows}
    groups = {tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in arrows if name in reach[name]}
    return tuple(sorted(groups))


def rooms(root: Path) -> tuple[Room, ...]:
    """Every folder of the package with modules of its own, by name, and the whole package last."""
    known = _modules(root)
    arrows = {name: set(_imports(path, known)) - {name} for name, path in known.items()}
    folders = sorted({name.rpartition(".")[0] for name in known})
    found = []
    for folder in folders:
        own = {name for name in known if name.rpartition(".")[0] == folder}
        inside = {name: arrows[name] & own for name in own}
        outside = sum(len(arrows[name] - own) for name in own)
        found.append(Room(name=folder, modules=len(own), inside=sum(map(len, inside.values())), outside=outside, circles=circles(inside)))
    total = sum(map(len, arrows.values()))
    return (*found, Room(name="the whole package", modules=len(known), inside=total, outside=0, circles=circles(arrows)))


def table(root: Path) -> str:
    """The rooms as a table in Markdown."""
    lines = ["| folder | modules | imports inside | imports to other folders | circles (modules in them) |", "|---|--:|--:|--:|---|"]
    for room in rooms(root):
        name = re.sub(r"^guiju\.?", "", room.name) or "guiju"
        said = f"{len(room.circles)} ({sum(map(len, room.circles))})" if room.circles else "–"
        lines.append(f"| {name} | {room.modules} | {room.inside} | {room.outside or '–'} | {said} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()), end="")
