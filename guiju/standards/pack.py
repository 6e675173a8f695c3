"""`python -m guiju.standards.pack`: the YAML records, checked, become the packed files that are shipped.

Packed files are never edited by hand. Nothing is written unless every record passes every check.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.source import Source
from guiju.standards.check import check_records
from guiju.standards.check_tables import check_tables
from guiju.standards.from_plain import framework_from_plain, kinds_from_plain
from guiju.standards.from_yaml import read_records
from guiju.standards.load import PACKED, TABLES
from guiju.terms.tongue import Tongue

__all__ = ["Packed", "main", "pack", "sources_in"]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The texts of the two packed files."""

    registry: str
    tables: str


def main() -> int:
    """Write the packed files; 0 when written, 1 with the complaints on stderr when something is wrong."""
    packed, found = pack(HERE)
    texts = {source.name: source for source in sources_in(HERE)}
    for one in found:
        line, column = texts[one.span.file].line_column(one.span.start)
        sys.stderr.write(f"{one.span.file}:{line}:{column}: {one.code} {one.headline(Tongue.EN)}\n")
    if packed is None:
        return 1
    (HERE / PACKED).write_text(packed.registry, encoding="utf-8")
    (HERE / TABLES).write_text(packed.tables, encoding="utf-8")
    return 0


def sources_in(folder: Path) -> tuple[Source, ...]:
    """The YAML texts of the registry in the order of their names, named by their path within the folder."""
    paths = sorted(folder.rglob("*.yaml"), key=lambda path: path.relative_to(folder).as_posix())
    return tuple(Source(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def pack(folder: Path) -> tuple[Packed | None, tuple[Diagnostic, ...]]:
    """The packed texts of a folder of records, and all that is wrong; None when anything is."""
    sources = sources_in(folder)
    records, found = read_records(_under(sources, "instruments/"))
    plain, unreadable = _plain(source for source in sources if not source.name.startswith("instruments/"))
    found += unreadable
    if found:
        return None, found
    as_of = plain["registry.yaml"]["as_of"]
    framework = framework_from_plain(plain["framework.yaml"])
    kinds = frozenset(kind.id for kind in kinds_from_plain(plain["kinds.yaml"]))
    found = check_records(records, framework, kinds, as_of=date.fromisoformat(as_of))
    found += check_tables(_under(sources, "calendars/"), _under(sources, "divisions/"))
    if found:
        return None, found
    ordered = sorted(records, key=lambda record: record.edition.id)
    content = {
        "as_of": as_of,
        "framework": plain["framework.yaml"],
        "kinds": plain["kinds.yaml"],
        "editions": [record.node.plain() for record in ordered],
    }
    digest = hashlib.sha256(_json(content).encode()).hexdigest()
    tables = {name: [plain[key] for key in sorted(plain) if key.startswith(f"{name}/")] for name in ("calendars", "divisions")}
    return Packed(registry=_json({"digest": digest, **content}), tables=_json(tables)), ()


def _under(sources: Iterable[Source], folder: str) -> tuple[Source, ...]:
    return tuple(source for source in sources if source.name.startswith(folder))


def _plain(sources: Iterable[Source]) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    values: dict[str, Any] = {}
    found: tuple[Diagnostic, ...] = ()
    for source in sources:
        node, complaints = read_yaml(source)
        found += complaints
        values[source.name] = node.plain() if node is not None else None
    return values, found


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
