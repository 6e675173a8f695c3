"""A bureau's own records joined to the shipped registry: one registry, in which everything is checked with everything.

A shipped edition that one of them replaces is replaced in it, for the shipped record cannot say so itself.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.node import Kind, Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.standards.check import check_records
from guiju.standards.from_yaml import RecordAt, read_records
from guiju.standards.model import Edition, Status
from guiju.standards.registry import Registry
from guiju.terms.ids import EditionId

__all__ = ["RecordsFault", "join_records"]

_NOWHERE = Node(None, Span("", 0, 0), Kind.NULL)


class RecordsFault(Exception):
    """Own records that are not as they must be: what is wrong with them, and their texts."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], sources: tuple[Source, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics
        self.sources = sources


def join_records(shipped: Registry, sources: tuple[Source, ...]) -> Registry:
    """The registry with the records of these texts besides. Raises RecordsFault."""
    records, found = read_records(sources)
    if found:
        raise RecordsFault(found, sources)
    known = {one.id: one for one in shipped.editions}
    for record in records:
        known |= {one.id: one for one in _related(record.edition, known)}
    ours = [RecordAt(edition=one, node=_NOWHERE, file="") for one in known.values()]
    kinds = frozenset(kind.id for kind in shipped.kinds)
    found = check_records([*ours, *records], shipped.framework, kinds, as_of=shipped.as_of)
    if found:
        raise RecordsFault(tuple(_at_own(one, records) for one in found), sources)
    parts = [shipped.digest, *(part for source in sources for part in (source.name.rpartition("/")[2], source.text))]
    return Registry.of(
        as_of=shipped.as_of,
        digest=hashlib.sha256("\0".join(parts).encode()).hexdigest(),
        framework=shipped.framework,
        kinds=shipped.kinds,
        editions=(*known.values(), *(one.edition for one in records)),
    )


def _related(own: Edition, known: dict[EditionId, Edition]) -> Iterable[Edition]:
    """The shipped editions that the record speaks of, as they are by what it says."""
    for id in own.replaces:
        if (one := known.get(id)) is not None and own.id not in one.replaced_by:
            last = own.in_force - timedelta(days=1) if own.in_force is not None else None
            yield replace(one, replaced_by=(*one.replaced_by, own.id), status=Status.REPLACED, until=one.until or last)
    for id in own.replaced_by:
        if (one := known.get(id)) is not None and own.id not in one.replaces:
            yield replace(one, replaces=(*one.replaces, own.id))


def _at_own(found: Diagnostic, records: tuple[RecordAt, ...]) -> Diagnostic:
    """What is wrong between an own record and a shipped one is shown at the own one."""
    if found.span.file:
        return found
    named = {str(fact) for _, fact in found.facts}
    guilty = next((one for one in records if one.edition.id in named), records[0])
    return replace(found, span=guilty.span("id"))
