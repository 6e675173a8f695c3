"""YAML that remembers where each value stood; the only importer of the yaml library.

Only its events are used, and the values are built here: numbers, truths and null are those of JSON, everything else is text, and no
tag can make anything. Nothing is read from disk, and nothing here recurses, so that no text can exhaust the stack.
"""

import re
from collections.abc import Iterator

import yaml

from guiju.diagnostics.collector import collector_resting
from guiju.diagnostics.diagnostic import Diagnostic, Label, complain
from guiju.diagnostics.node import Entry, Kind, Limits, Node
from guiju.diagnostics.scalars import read_word
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.diagnostics.yaml_words import KEY_KINDS, explain, full_width_colon
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["read_yaml", "read_yaml_documents"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML does not allow in a text. Written as what it allows, the ranges took ten times as long to compile, at every start.
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

_TAGS = {
    Kind.TEXT: "tag:yaml.org,2002:str",
    Kind.LIST: "tag:yaml.org,2002:seq",
    Kind.MAP: "tag:yaml.org,2002:map",
}


def read_yaml(source: Source, *, limits: Limits = Limits()) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The one document of the text; None where it cannot be read or where there is nothing."""
    documents, found = read_yaml_documents(source, limits=limits)
    if not documents:
        if not found:
            found = (complain("D002", Span(source.name, 0, len(source.text)), name=source.name),)
        return None, found
    if len(documents) > 1:
        found += (complain("D020", documents[1].span),)
    return documents[0], found


def read_yaml_documents(source: Source, *, limits: Limits = Limits()) -> tuple[tuple[Node, ...], tuple[Diagnostic, ...]]:
    """All documents of the text in order; none at all where any of it breaks the syntax or a limit."""
    early = _refuse(source, limits)
    if early is not None:
        return (), (early,)
    # A leading byte order mark is passed over here; offsets go on counting it.
    skip = 1 if source.text.startswith("\ufeff") else 0
    builder = _Builder(source=source, limits=limits, skip=skip)
    try:
        with collector_resting():
            builder.build(yaml.parse(source.text[skip:], Loader=_LOADER))
    except yaml.YAMLError as error:
        return (), (*builder.found, _syntax(source, error, skip))
    except _Refused as refused:
        return (), (*builder.found, refused.diagnostic)
    return tuple(builder.documents), tuple(builder.found)


def _refuse(source: Source, limits: Limits) -> Diagnostic | None:
    """What can be said before any parsing: too much, or a character that YAML does not allow."""
    size = len(source.text)
    if size > limits.characters:
        return complain("D005", Span(source.name, 0, 0), size=str(size), limit=str(limits.characters))
    stray = _STRAY.search(source.text, 1 if source.text.startswith("\ufeff") else 0)
    if stray is None:
        return None
    return complain("D006", Span(source.name, stray.start(), stray.end()), character=f"U+{ord(stray.group()):04X}")


def _at(mark: object) -> int:
    """The offset of a mark of the library; its start of text where it gave none."""
    return int(getattr(mark, "index", 0))


def _syntax(source: Source, error: yaml.YAMLError, skip: int) -> Diagnostic:
    marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError()
    at = min(skip + _at(marked.problem_mark or marked.context_mark), len(source.text))
    span = Span(source.name, at, min(at + 1, len(source.text)))
    if source.text[at : at + 1] == "\t":
        return complain("D011", span)
    labels: tuple[Label, ...] = ()
    if marked.context_mark is not None and _at(marked.context_mark) + skip < at:
        start = _at(marked.context_mark) + skip
        labels = (Label(Span(source.name, start, start + 1), Both("从这里开始", "it begins here")),)
    return complain("D010", span, labels=labels, help=full_width_colon(source, at), what=explain(marked.problem))


class _Refused(Exception):
    """Carries a diagnostic out of the loop over events; never leaves this file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


@fast_dataclass(frozen=True, slots=True)
class _Built:
    """A finished node with how many values it stands for when written out, and how deep it is."""

    node: Node
    weight: int
    height: int


class _Frame:
    """A list or map that is still open."""

    __slots__ = ("anchor", "children", "end", "flow", "height", "kind", "start", "weight")

    def __init__(self, kind: Kind, start: int, anchor: str | None, *, flow: bool) -> None:
        self.kind, self.start, self.anchor, self.flow = kind, start, anchor, flow
        self.children: list[Node] = []
        self.weight, self.height, self.end = 1, 0, start


_NAME_GOES_ON = Both("锚点的名字里有别的程序会读成两样的字符", "the name of an anchor holds a character that programs read in two ways")


class _Builder:
    """Turns events into nodes, one at a time, with an explicit stack."""

    def __init__(self, *, source: Source, limits: Limits, skip: int) -> None:
        self.source, self.limits, self.skip = source, limits, skip
        self.documents: list[Node] = []
        self.found: list[Diagnostic] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Built] = {}
        self._written = self._expanded = 0

    def build(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if (name := getattr(event, "anchor", None)) is not None:
                self._check_name(name, event)
            match event:
                case yaml.ScalarEvent():
                    node = self._scalar(event)
                    self._place(_Built(node, 1, 0), event.anchor, node.span.end)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case yaml.AliasEvent():
                    self._place(self._alias(event), None, _at(event.end_mark) + self.skip)
                case yaml.DocumentStartEvent():
                    self._anchors.clear()
                case _:
                    pass

    def _check_name(self, name: str, event: yaml.Event) -> None:
        """Refuses a name of an anchor that goes on in the text: the library ends `&an:chor` at the colon and reads on with another."""
        text, start = self.source.text, _at(event.start_mark) + self.skip
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        at = text.find(sign + name, start)
        end = at + 1 + len(name)
        if at >= 0 and text[end : end + 1] not in ("", " ", "\t", "\n", "\r", ",", "]", "}", "\x85", "\u2028", "\u2029"):
            raise _Refused(complain("D010", Span(self.source.name, at, end + 1), what=_NAME_GOES_ON))

    def _span(self, start: int, end: int) -> Span:
        return Span(self.source.name, start + self.skip, max(start, end) + self.skip)

    def _count(self, span: Span) -> None:
        self._written += 1
        if self._written > self.limits.nodes:
            raise _Refused(complain("D017", span, limit=str(self.limits.nodes)))

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        start, end = _at(event.start_mark), _at(event.end_mark)
        if event.style in ("|", ">"):
            # A block text runs to the next token; blank lines after it are not part of the guilty range.
            end = start + len(self.source.text[start + self.skip : end + self.skip].rstrip())
        span = self._span(start, end)
        self._count(span)
        self._check_tag(event.tag, Kind.TEXT, span)
        if event.style is None or event.style == "":
            frame = self._stack[-1] if self._stack else None
            is_key = frame is not None and frame.kind is Kind.MAP and len(frame.children) % 2 == 0
            # A key is a word whatever it looks like: 2024 and true are names here.
            if not is_key and event.tag is None:
                node, complaint = read_word(event.value, span, self.limits)
                if complaint is not None:
                    self.found.append(complaint)
                return node
        return Node(event.value, span, Kind.TEXT)

    def _check_tag(self, tag: str | None, kind: Kind, span: Span) -> None:
        if tag not in (None, "!", _TAGS[kind]):
            self.found.append(complain("D018", span, tag=str(tag).replace("tag:yaml.org,2002:", "!!")))

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        kind = Kind.MAP if isinstance(event, yaml.MappingStartEvent) else Kind.LIST
        span = self._span(_at(event.start_mark), _at(event.end_mark))
        self._count(span)
        self._check_tag(event.tag, kind, span)
        if len(self._stack) >= self.limits.depth:
            raise _Refused(complain("D016", span, limit=str(self.limits.depth)))
        self._stack.append(_Frame(kind, _at(event.start_mark), event.anchor, flow=bool(event.flow_style)))

    def _close(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        frame = self._stack.pop()
        span = self._span(frame.start, _at(event.end_mark))
        if not frame.flow:
            # The library ends a block where the next token starts; ours ends with its last child.
            span = Span(span.file, span.start, frame.end)
        children = tuple(frame.children)
        node = Node(children if frame.kind is Kind.LIST else self._entries(children), span, frame.kind)
        self._place(_Built(node, frame.weight, frame.height + 1), frame.anchor, span.end)

    def _entries(self, children: tuple[Node, ...]) -> tuple[Entry, ...]:
        entries: dict[str, Entry] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if key.kind is not Kind.TEXT or key.value == "":
                self.found.append(complain("D019", key.span, kind=KEY_KINDS[key.kind]))
            elif key.value == "<<":
                self.found.append(complain("D013", key.span, help=Both("把要用的内容直接写在这里", "write the contents here instead")))
            elif (first := entries.get(str(key.value))) is not None:
                self.found.append(self._repeated(first.key, key))
            else:
                entries[str(key.value)] = Entry(key, value)
        return tuple(entries.values())

    def _repeated(self, first: Node, second: Node) -> Diagnostic:
        lines = [str(self.source.line_column(key.span.start)[0]) for key in (first, second)]
        labels = (Label(first.span, Both("先写在这里", "given first here")), Label(second.span, Both("又写了一次", "given again here")))
        return complain("D012", second.span, labels=labels, key=str(second.value), first=lines[0], second=lines[1])

    def _alias(self, event: yaml.AliasEvent) -> _Built:
        span = self._span(_at(event.start_mark), _at(event.end_mark))
        self._count(span)
        name = event.anchor or ""
        built = self._anchors.get(name)
        if any(frame.anchor == name for frame in self._stack):
            raise _Refused(complain("D021", span, name=name))
        if built is None:
            raise _Refused(complain("D014", span, name=name))
        self._expanded += built.weight
        if self._expanded > self.limits.expansion:
            raise _Refused(complain("D015", span, limit=str(self.limits.expansion)))
        if len(self._stack) + built.height > self.limits.depth:
            raise _Refused(complain("D016", span, limit=str(self.limits.depth)))
        return built

    def _place(self, built: _Built, anchor: str | None, end: int) -> None:
        """Put a finished node into the open frame; `end` is where it, or the alias for it, was written."""
        if anchor is not None:
            self._anchors[anchor] = built
        if not self._stack:
            self.documents.append(built.node)
            return
        frame = self._stack[-1]
        frame.children.append(built.node)
        frame.end = end
        frame.weight += built.weight
        frame.height = max(frame.height, built.height)
