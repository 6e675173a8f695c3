"""YAML files become records, by way of the located tree of `diagnostics`."""

from collections.abc import Iterator

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.located_yaml import read_yaml_documents
from guiju.diagnostics.node import Limits
from guiju.diagnostics.span import Span

__all__ = ["read_yaml_file"]


def read_yaml_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of a YAML text of one or more documents."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="yaml", encoding=encoding, subjects=())
    if source is None:
        return
    yield source
    limits = Limits(depth=opened.limits.depth, digits=opened.limits.digits)
    nodes, found = read_yaml_documents(source, limits=limits)
    yield from found
    if not nodes and not found:
        yield complain("D002", Span(source.name, 0, len(source.text)), name=source.name)
    kinds = Kinds(opened.vocabulary, opened.roots, opened.options.columns)
    reader = TreeReader(opened, kinds, LocatedText(opened.name, lambda: source, lambda _: nodes))
    for number, node in enumerate(nodes):
        yield from reader.read(node.plain(), number)
