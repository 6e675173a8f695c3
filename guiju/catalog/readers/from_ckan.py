"""CKAN packages become records: an answer of package_show or package_search, or a list of packages.

The tree of located values is reshaped, not copied: every value keeps the place at which the portal wrote it. Extras become
fields of their own, tags words, an organization its title. It goes to no network (`from_ckan_live`).
"""

from collections.abc import Collection, Iterator

from guiju.catalog.mapping.dcat_terms import CKAN_KEYS, CKAN_MARKS, CKAN_RESOURCE_KEYS, FREQUENCIES
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.node import Entry, Kind, Node
from guiju.diagnostics.source import Source

__all__ = ["is_package", "items_of_package_text", "packages_of", "read_ckan_file", "reshape_package"]


def is_package(keys: Collection[str]) -> bool:
    """Whether a record with these keys is a package of CKAN: resources, and two more of its words."""
    return "resources" in keys and len(CKAN_MARKS.intersection(keys)) >= 2


def read_ckan_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of a JSON text of CKAN."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="ckan", encoding=encoding, subjects=())
    if source is not None:
        yield source
        yield from items_of_package_text(opened, source)


def items_of_package_text(opened: ReaderInput, source: Source) -> Iterator[Item]:
    """The items of a decoded text that holds packages."""
    limits = opened.limits.of_trees()
    root, found = read_json(source, limits=limits)
    yield from found
    if root is None:
        return
    whole = _node(tuple(reshape_package(one) for one in packages_of(root)), root, Kind.LIST)
    holder = LocatedText(opened.name, lambda: source, lambda _: (whole,))
    kinds = Kinds(opened.vocabulary, opened.roots, opened.options.columns, of_packages=True)
    yield from TreeReader(opened, kinds, holder).read(whole.plain())


def packages_of(root: Node) -> tuple[Node, ...]:
    """The packages in an answer, wherever CKAN puts them: result.results, result, a list, or the thing itself."""
    result = root.get("result")
    here = result if result is not None else root
    results = here.get("results")
    here = results if results is not None else here
    return here.items if here.kind is Kind.LIST else (here,)


def reshape_package(package: Node) -> Node:
    """One package in the terms of DCAT; what an extra says comes before what CKAN itself noted."""
    if package.kind is not Kind.MAP:
        return package
    own, first = [], []
    for entry in package.entries:
        key = str(entry.key.value)
        match key:
            case "extras":
                first += [_renamed(pair, CKAN_KEYS) for pair in _extras(entry.value)]
            case "resources":
                own.append(Entry(_key("distribution", entry.key), _each(entry.value, CKAN_RESOURCE_KEYS)))
            case "organization" | "publisher" | "maintainer" if entry.value.kind in (Kind.MAP, Kind.LIST):
                title = _titled(entry.value)
                if title is not None and key != "maintainer":
                    own.append(Entry(_key("publisher", entry.key), title))
            case "tags" | "keywords" | "groups":
                own.append(Entry(_key("theme" if key == "groups" else "keyword", entry.key), _words(entry.value)))
            case "name" if package.get("title") is not None:
                continue  # the portal's own short name of a package that has a title
            case "license_id" if (title := package.get("license_title")) is not None and title.value:
                continue  # the portal's own short name of a licence that has a title
            case _:
                own.append(_renamed(entry, CKAN_KEYS))
    first = [_in_words(entry) for entry in first]
    return _node(_without_repeats((*first, *own)), package, Kind.MAP)


def _extras(value: Node) -> Iterator[Entry]:
    if value.kind is Kind.MAP:
        yield from value.entries
    for item in value.items:
        key, content = item.get("key"), item.get("value")
        if key is not None and content is not None and isinstance(key.value, str):
            yield Entry(key, content)


def _in_words(entry: Entry) -> Entry:
    """An extra that names a frequency by its IRI, as the word of that IRI."""
    value = entry.value.value
    if entry.key.value == "accrualPeriodicity" and isinstance(value, str) and "://" in value:
        last = value.rstrip("/#").replace("#", "/").rpartition("/")[2]
        return Entry(entry.key, Node(FREQUENCIES.get(last.lower(), value), entry.value.span, Kind.TEXT))
    return entry


def _each(value: Node, names: dict[str, str]) -> Node:
    parts = tuple(_node(_without_repeats(tuple(_renamed(entry, names) for entry in item.entries)), item, Kind.MAP) for item in value.items)
    return _node(parts, value, Kind.LIST) if value.kind is Kind.LIST else value


def _words(value: Node) -> Node:
    """A list of tags as a list of words."""
    words = tuple(_titled(item) or item if item.kind is Kind.MAP else item for item in value.items)
    return _node(words, value, Kind.LIST) if value.kind is Kind.LIST else value


def _titled(value: Node) -> Node | None:
    if value.kind is Kind.LIST:
        return _titled(value.items[0]) if value.items else None
    return next((found for key in ("title", "display_name", "name") if (found := value.get(key)) is not None and found.value), None)


def _renamed(entry: Entry, names: dict[str, str]) -> Entry:
    new = names.get(str(entry.key.value))
    return entry if new is None else Entry(_key(new, entry.key), entry.value)


def _without_repeats(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        # The first says most: extras are put first, and a later key that came to the same name only repeats it.
        seen.setdefault(str(entry.key.value), entry)
    return tuple(seen.values())


def _key(name: str, like: Node) -> Node:
    return Node(name, like.span, Kind.TEXT)


def _node(value: "tuple[Node, ...] | tuple[Entry, ...]", like: Node, kind: Kind) -> Node:
    return Node(value, like.span, kind)
