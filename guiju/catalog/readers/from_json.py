"""JSON files become records: a list, a record, or a list inside wrappings. Places are looked up only when asked for."""

from collections.abc import Iterator

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.catalog.trees.plain_json import PlainJson
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.json_on_demand import locate_json
from guiju.diagnostics.located_json import read_json_texts
from guiju.diagnostics.node import Node
from guiju.diagnostics.source import Source

__all__ = ["read_json_file"]


def read_json_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of a JSON text."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="json", encoding=encoding, subjects=())
    if source is None:
        return
    yield source
    limits = opened.limits.of_trees()
    plain, fine = PlainJson(limits).read(source.text)
    roots: tuple[Node, ...] = ()
    if not fine:
        roots, found = read_json_texts(source, limits=limits)
        yield from found

    def parse(text: Source) -> tuple[Node, ...]:
        located = locate_json(text, limits) if fine else None
        return (located,) if located is not None else roots or read_json_texts(text, limits=limits)[0]

    reader = TreeReader(
        opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), LocatedText(opened.name, lambda: source, parse)
    )
    if fine:
        yield from reader.read(plain)
    for number, root in enumerate(roots):
        yield from reader.read(root.plain(), number)
