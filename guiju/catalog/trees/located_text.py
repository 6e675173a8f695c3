"""One text with its tree of located values, parsed when a place is first asked for; places of records out of trees.

A record of YAML or JSON keeps no place for each value: it keeps where it stood in the tree, and finds the rest on demand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from guiju.catalog.mapping.headers import embedded
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.mapping.labels import labelled
from guiju.catalog.records.place import Place
from guiju.catalog.trees.structure import is_section
from guiju.diagnostics.node import Kind, Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path
from guiju.terms.shape import Shape

__all__ = ["LocatedText", "TreeLocator", "pointer_of"]


def pointer_of(path: Path) -> str:
    """The JSON pointer of a path of written keys and positions."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


class LocatedText:
    """A text and its roots, one for each document; `parse` is asked at most once, and only when needed."""

    __slots__ = ("_parse", "_roots", "_source", "first_line", "name")

    def __init__(self, name: str, source: Callable[[], Source], parse: Callable[[Source], tuple[Node, ...]], first_line: int = 1) -> None:
        self.name, self.first_line = name, first_line
        self._source: Callable[[], Source] | Source = source
        self._parse = parse
        self._roots: tuple[Node, ...] | None = None

    @property
    def source(self) -> Source:
        """The text."""
        if not isinstance(self._source, Source):
            self._source = self._source()
        return self._source

    @property
    def roots(self) -> tuple[Node, ...]:
        """The documents of the text."""
        if self._roots is None:
            self._roots = self._parse(self.source)
        return self._roots

    def node(self, document: int, path: Path) -> tuple[Node | None, Path]:
        """The node at a path of written keys, or its nearest owner, and the part of the path that was found."""
        if document >= len(self.roots):
            return None, ()
        here, done = self.roots[document], 0
        for step in path:
            inner = step_into(here, step)
            if inner is None:
                break
            here, done = inner, done + 1
        return here, path[:done]

    def place(self, document: int, path: Path) -> Place:
        """Line, column and pointer of the value at a path of written keys."""
        node, found = self.node(document, path)
        if node is None:
            return Place(file=self.name, pointer=pointer_of(path))
        return self.place_at(node.span.start, found)

    def place_of_key(self, document: int, path: Path) -> Place:
        """Line, column and pointer of the key with which the path ends."""
        owner, found = self.node(document, path[:-1])
        entry = owner.entry(path[-1]) if owner is not None and found == path[:-1] and path else None
        return self.place_at(entry.key.span.start, path) if entry is not None else self.place(document, path)

    def place_at(self, offset: int, path: Path) -> Place:
        """The place of an offset."""
        line, column = self.source.line_column(offset)
        return Place(file=self.name, line=line + self.first_line - 1, column=column, pointer=pointer_of(path))

    def span(self, document: int, path: Path) -> Span:
        """The range of the value at a path of written keys."""
        node, _ = self.node(document, path)
        return node.span if node is not None else Span(self.name, 0, 0)


def step_into(node: Node, step: str | int) -> Node | None:
    """The value under a key or at a position."""
    if isinstance(step, int):
        if node.kind is Kind.MAP:
            return None
        return node.items[step] if 0 <= step < len(node.items) else None
    entry = node.entry(step)
    return entry.value if entry is not None else None


@dataclass(frozen=True, slots=True)
class TreeLocator:
    """The places of one record: the text, the document, the written path of the record, and its shape."""

    holder: LocatedText
    kinds: Kinds
    shape: Shape
    document: int
    path: Path

    def place(self, path: Path) -> Place:
        """Where the value at a path of field ids stood, or its nearest owner that was written."""
        node, _ = self.holder.node(self.document, self.path)
        if node is None:
            return Place(file=self.holder.name, pointer=pointer_of(self.path))
        here, written, _ = self._walk(path)
        return self.holder.place_at(here.span.start, written)

    def written(self, path: Path) -> Node | None:
        """The value at a path of field ids as it was written; None where just that value was not."""
        node, _ = self.holder.node(self.document, self.path)
        if node is None:
            return None
        here, _, whole = self._walk(path)
        return here if whole else None

    def _walk(self, path: Path) -> tuple[Node, Path, bool]:
        """The value at a path or its nearest owner, its written path, and whether it is the value itself."""
        node, found = self.holder.node(self.document, self.path)
        assert node is not None
        here, written, shape = node, list(found), self.shape if found == self.path else None
        rest = list(path)
        while rest:
            step = self._step(here, shape, rest)
            if step is None:
                break
            key, used, shape = step
            inner = step_into(here, key)
            if inner is None:
                break
            here = inner
            written.append(key)
            rest = rest[used:]
        return here, tuple(written), not rest and found == self.path

    def _step(self, here: Node, shape: Shape | None, rest: list[str | int]) -> tuple[str | int, int, Shape | None] | None:
        """The written key for the next ids, how many ids it stands for, and the shape that it leads into."""
        if isinstance(rest[0], int):
            return rest[0], 1, shape
        if shape is None:
            return (rest[0], 1, None) if here.get(rest[0]) is not None else None
        known = self.kinds.written(shape, here.keys)
        for length in range(1, len(rest) + 1):
            wanted = tuple([str(step) for step in rest[:length]])
            meant = known.by_path.get(wanted, ())
            if len(meant) > 1:
                values = {key: node.value for key in meant if (node := here.get(key)) is not None}
                return labelled(shape, wanted, values) or meant[0], length, self._into(shape, wanted)
            if meant:
                return meant[0], length, self._into(shape, wanted)
        section = self._section(here, shape, rest)
        if section is not None:
            return section, 0, shape
        # A path into a record whose fields were all written flat: provider.name stands for provider too.
        flat = known.by_field.get(rest[0])
        return (flat, 1, None) if flat is not None else None

    def _section(self, here: Node, shape: Shape, rest: list[str | int]) -> str | None:
        """The heading under which the field was written, where the record has its fields under headings."""
        index = self.kinds.index(shape)
        for key in self.kinds.written(shape, here.keys).others:
            node = here.get(key)
            if node is None or node.kind is not Kind.MAP or not is_section(self.kinds, shape, key, node.plain()):
                continue
            meant = map(index.find, node.keys)
            if any(match is not None and match.path[:1] == (rest[0],) for match in meant) or self._section(node, shape, rest):
                return key
        return None

    def _into(self, shape: Shape, path: tuple[str | int, ...]) -> Shape | None:
        inner: Shape | None = shape
        for id in path:
            one = inner.field(str(id)) if inner is not None else None
            inner = embedded(one.type, self.kinds.vocabulary)[0] if one is not None else None
        return inner
