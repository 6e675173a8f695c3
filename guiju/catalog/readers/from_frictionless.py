"""Frictionless data packages become records: each resource a dataset, its schema's fields its items.

Only the descriptor is read; the data that it points to is neither opened nor fetched.
"""

from collections.abc import Iterator

from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Entry, Kind, Node

__all__ = ["read_frictionless_file", "reshape_resource"]

_RESOURCE = {"name": "identifier", "path": "access_url", "bytes": "byteSize"}
_FIELD = {"name": "字段英文名", "title": "字段名称", "type": "字段类型", "description": "字段描述"}
_OF_PACKAGE = ("keywords", "created", "licenses", "contributors")


def read_frictionless_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of one datapackage.json."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="frictionless", encoding=encoding, subjects=())
    if source is None:
        return
    yield source
    root, found = read_json(source, limits=opened.limits.of_trees())
    yield from found
    resources = root.get("resources") if root is not None else None
    if root is None or resources is None:
        return
    package = root
    whole = Node(tuple(reshape_resource(one, package) for one in resources.items), resources.span, Kind.LIST)
    holder = LocatedText(opened.name, lambda: source, lambda _: (whole,))
    yield from TreeReader(opened, Kinds(opened.vocabulary, opened.roots, opened.options.columns), holder).read(whole.plain())


def reshape_resource(resource: Node, package: Node) -> Node:
    """One resource as a dataset; what only the package says is said of each of its resources."""
    own: list[Entry] = []
    for entry in resource.entries:
        key = str(entry.key.value)
        if key == "schema":
            own += _items(entry)
        elif key not in ("profile", "dialect", "encoding", "hash"):
            own.append(Entry(Node(_RESOURCE.get(key, key), entry.key.span, Kind.TEXT), entry.value))
    known = {str(entry.key.value) for entry in own}
    if "title" not in known:
        own += [Entry(Node("title", entry.key.span, Kind.TEXT), entry.value) for entry in resource.entries if entry.key.value == "name"]
    for entry in package.entries:
        key = str(entry.key.value)
        if key in _OF_PACKAGE and key not in known:
            own += _of_package(key, entry)
    return Node(tuple(own), resource.span, Kind.MAP)


def _of_package(key: str, entry: Entry) -> Iterator[Entry]:
    match key:
        case "keywords":
            yield Entry(Node("keyword", entry.key.span, Kind.TEXT), entry.value)
        case "created":
            yield Entry(Node("issued", entry.key.span, Kind.TEXT), entry.value)
        case "contributors":
            publisher = next((one for one in entry.value.items if (role := one.get("role")) and role.value == "publisher"), None)
            title = publisher.get("title") if publisher is not None else None
            if title is not None:
                yield Entry(Node("publisher", entry.key.span, Kind.TEXT), title)
        case _:
            yield Entry(Node("license", entry.key.span, Kind.TEXT), _first_name(entry.value))


def _first_name(value: Node) -> Node:
    first = value.items[0] if value.items else value
    return next((found for key in ("title", "name", "path") if (found := first.get(key)) is not None), value)


def _items(entry: Entry) -> Iterator[Entry]:
    fields = entry.value.get("fields")
    if fields is None:
        return
    items = tuple(
        Node(
            tuple(
                Entry(Node(_FIELD[str(part.key.value)], part.key.span, Kind.TEXT), part.value)
                for part in one.entries
                if part.key.value in _FIELD
            ),
            one.span,
            Kind.MAP,
        )
        for one in fields.items
    )
    yield Entry(Node("信息项", entry.key.span, Kind.TEXT), Node(items, fields.span, Kind.LIST))
