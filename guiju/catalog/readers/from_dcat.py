"""DCAT catalogs in Turtle, RDF/XML, JSON-LD and N-Triples become records; the place of a value is its subject's IRI.

Nothing is fetched: a remote JSON-LD context is taken from those that are shipped, or told as unknown. XML with a document
type is refused before any parser sees it, since entities can be made to grow without end.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from xml.parsers import expat

import pyoxigraph as rdf

from guiju.catalog.mapping import words
from guiju.catalog.mapping.dcat_terms import DCAT_CLASSES, FREQUENCIES, PREDICATES
from guiju.catalog.mapping.kinds import Kinds
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input, Record
from guiju.catalog.records.place import Place
from guiju.catalog.trees.from_tree import TreeReader
from guiju.catalog.trees.located_text import LocatedText
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path

__all__ = ["rdf_format", "read_dcat_file"]

_TYPE = rdf.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_NAMES = tuple(
    rdf.NamedNode(iri)
    for iri in ("http://xmlns.com/foaf/0.1/name", "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel",
                "http://www.w3.org/2006/vcard/ns#fn", "http://purl.org/dc/terms/title", "https://schema.org/name", "http://schema.org/name")
)  # fmt: skip
_FORMATS = {
    ".ttl": rdf.RdfFormat.TURTLE,
    ".n3": rdf.RdfFormat.TURTLE,
    ".nt": rdf.RdfFormat.N_TRIPLES,
    ".nq": rdf.RdfFormat.N_QUADS,
    ".rdf": rdf.RdfFormat.RDF_XML,
    ".xml": rdf.RdfFormat.RDF_XML,
    ".owl": rdf.RdfFormat.RDF_XML,
    ".jsonld": rdf.RdfFormat.JSON_LD,
}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_QUOTED = re.compile(r"<[^<>\s]+>|'[^']+'|\"[^\"]+\"|“[^”]+”|`[^`]+`|\w+:\w[\w./#-]*")
_DATASET = rdf.NamedNode("http://www.w3.org/ns/dcat#dataset")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LIST_TERMS = frozenset({"keyword", "theme", "language"})
_MOST_TRIPLES = 2_000_000
_DEEPEST = 64
_PREFERRED = ("zh-hans", "zh-cn", "zh", "", "en")


def rdf_format(name: str) -> rdf.RdfFormat:
    """The serialization that a file's name promises; JSON-LD for a JSON text."""
    return _FORMATS.get(name[name.rfind(".") :].lower(), rdf.RdfFormat.JSON_LD)


def read_dcat_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of one RDF text: each dataset in it, in the order of their IRIs."""
    source, encoding, found = decode_bytes(opened.data, opened.name, opened.options.encoding)
    yield from found
    yield Input(file=opened.name, sha256="", format="dcat", encoding=encoding, subjects=())
    if source is None:
        return
    yield source
    format, text = rdf_format(opened.name), source.text
    if format is rdf.RdfFormat.RDF_XML and (entity := _DOCTYPE.search(text)):
        yield complain("D093", Span(opened.name, entity.start(), entity.end()), what=entity[0])
        return
    given = text
    if format is rdf.RdfFormat.JSON_LD:
        text, unknown = _with_known_contexts(text)
        for context in unknown:
            yield complain("D094", _span(source, context), context=context[:200])
        if unknown:
            return
    graph, order = rdf.Store(), dict[Any, int]()
    fault = _load(graph, text, format, order)
    if fault is not None:
        message, line, column = fault
        # A text with contexts put in has other lines: only half a pair of surrogates is found again in what was given.
        half = _HALF.search(source.text)
        at = _at(source, line, column) if text is given else Span(source.name, *(half.span() if half else (0, 1)))
        if format is rdf.RdfFormat.RDF_XML:
            at = _in_xml(source, message) or at
        if not _datasets(graph, order):
            yield complain("D101", at, why=message[:300])
            return
        yield complain("D095", at, why=message[:300])
    yield from _records(graph, order, opened, source)


def _in_xml(source: Source, message: str) -> Span | None:
    """Where XML stops being well-formed, or where what the message quotes first stands; None where neither is found."""
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(_DECLARATION.sub(lambda found: " " * len(found[0]), source.text).encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        line = source.line_text(error.lineno) if error.lineno <= len(source.lines) else ""
        # Columns are counted in bytes there.
        return _at(source, error.lineno, len(line.encode("utf-8", "surrogatepass")[: error.offset].decode("utf-8", "ignore")) + 1)
    words_ = (found.strip("<>'\"“”`") for found in _QUOTED.findall(message))
    return next((_span(source, one) for one in words_ if one and one in source.text), None)


def _load(graph: rdf.Store, text: str, format: rdf.RdfFormat, order: dict[Any, int]) -> tuple[str, int, int] | None:
    """Strictly first; where an address is no address, once more without looking at addresses, and the fault is told."""
    fault: tuple[str, int, int] | None = None
    for lenient in (False, True):
        graph.clear()
        order.clear()
        try:
            for number, quad in enumerate(rdf.parse(text, format, base_iri="urn:guiju:input", lenient=lenient)):
                if number >= _MOST_TRIPLES:
                    return f"more than {_MOST_TRIPLES} statements", 1, 1
                graph.add(quad)
                order.setdefault(quad.subject, number)
            return fault
        except SyntaxError as error:
            fault = fault or (str(error.msg), error.lineno or 1, error.offset or 1)
        except (ValueError, OSError) as error:
            return str(error), 1, 1
    graph.clear()
    return fault


@dataclass(frozen=True, slots=True)
class _IriLocator:
    """The place of a record out of a graph: its IRI, and the line on which the text first names it."""

    source: Source
    iri: str
    pointer: str

    def place(self, path: Path) -> Place:
        """The dataset's own place, whatever the field: a graph has no order of its own."""
        at = max(self.source.text.find(self.iri), 0) if self.iri else 0
        line, column = self.source.line_column(at)
        return Place(file=self.source.name, line=line, column=column, pointer=self.pointer, iri=self.iri or None)


def _datasets(graph: rdf.Store, order: dict[Any, int]) -> list[Any]:
    """What is called a dataset, or stands among the datasets of a catalog; by IRI, and those without one as they come in the text."""
    subjects: set[Any] = {quad.subject for iri in DCAT_CLASSES for quad in graph.quads_for_pattern(None, _TYPE, rdf.NamedNode(iri), None)}
    subjects |= {quad.object for quad in graph.quads_for_pattern(None, _DATASET, None, None) if quad.object in order}
    nameless = rdf.BlankNode
    return sorted(subjects, key=lambda one: (isinstance(one, nameless), "" if isinstance(one, nameless) else str(one), order[one]))


def _records(graph: rdf.Store, order: dict[Any, int], opened: ReaderInput, source: Source) -> Iterator[Item]:
    ordered = _datasets(graph, order)
    plains = [_dataset(graph, subject) for subject in ordered]
    kinds = Kinds(opened.vocabulary, opened.roots, opened.options.columns)
    reader = TreeReader(opened, kinds, LocatedText(opened.name, lambda: source, lambda _: ()))
    asked = opened.options.kind
    shape = kinds.named(asked) if asked else kinds.choose(tuple(dict.fromkeys(key for plain in plains for key in plain))).shape
    if shape is None:
        seen = sorted({key for plain in plains for key in plain} or {_last(quad.predicate.value) for quad in graph})
        yield complain("D096", Span(opened.name, 0, 0), count=str(len(plains)), seen=words.listed(tuple(seen[:12])))
        return
    for number, (subject, plain) in enumerate(zip(ordered, plains, strict=True)):
        iri = subject.value if isinstance(subject, rdf.NamedNode) else ""
        for item in reader.record(plain, (number,), shape):
            yield _placed(item, _IriLocator(source, iri, f"/{number}"))


def _placed(item: Item, locator: _IriLocator) -> Item:
    if isinstance(item, Record):
        return Record(shape=item.shape, value=item.value, locator=locator, number=item.number)
    return item


def _dataset(graph: rdf.Store, subject: Any) -> dict[str, Any]:
    """One dataset as a plain map in the terms of DCAT."""
    plain: dict[str, Any] = {}
    for predicate, objects in _by_predicate(graph, subject):
        term = PREDICATES.get(predicate, _last(predicate))
        if term == "distribution":
            plain[term] = [_dataset(graph, one) if not isinstance(one, rdf.Literal) else one.value for one in objects]
        elif term in _LIST_TERMS:
            plain[term] = [_said(graph, one, term) for one in objects]
        elif term != "type":
            plain[term] = _best(graph, objects, term)
    if "identifier" not in plain and isinstance(subject, rdf.NamedNode):
        plain["identifier"] = subject.value
    return plain


def _by_predicate(graph: rdf.Store, subject: Any) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for quad in graph.quads_for_pattern(subject, None, None, None):
        found.setdefault(quad.predicate.value, []).append(quad.object)
    return [(predicate, sorted(found[predicate], key=str)) for predicate in sorted(found)]


def _best(graph: rdf.Store, objects: list[Any], term: str) -> str:
    """Of several literals the one in the preferred tongue; else the first."""

    def rank(one: Any) -> tuple[int, str]:
        tongue = (one.language or "") if isinstance(one, rdf.Literal) else ""
        return (_PREFERRED.index(tongue.lower()) if tongue.lower() in _PREFERRED else len(_PREFERRED), str(one))

    return _said(graph, min(objects, key=rank), term)


def _said(graph: rdf.Store, value: Any, term: str) -> str:
    if isinstance(value, rdf.Literal):
        return str(value.value)
    for name in _NAMES:
        labels = [quad.object for quad in graph.quads_for_pattern(value, name, None, None) if isinstance(quad.object, rdf.Literal)]
        if labels:
            return _best(graph, labels, term)
    if isinstance(value, rdf.BlankNode):
        return ""
    word = _last(value.value)
    if term == "accrualPeriodicity":
        return FREQUENCIES.get(word.lower(), word)
    return word if term in ("format", "mediaType", "accessRights", "language") else str(value.value)


def _last(iri: str) -> str:
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1]


_HALF = re.compile(r"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[c-fC-F][0-9a-fA-F]{2})")


@cache
def _contexts() -> dict[str, Any]:
    """The shipped contexts, by every address under which they are known."""
    known: dict[str, Any] = json.loads(files("guiju.catalog").joinpath("contexts.json").read_text(encoding="utf-8"))
    # A term that a context does not know would be dropped without a word: it keeps its name here, and is told as not recognised.
    return {address: {"@vocab": "urn:guiju:term:", **one["@context"]} for one in known["contexts"] for address in one["addresses"]}


def _with_known_contexts(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with shipped contexts put in for their addresses, and the addresses that nobody here knows."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text, ()
    unknown: list[str] = []

    def known(context: Any) -> Any:
        if isinstance(context, str):
            here = _contexts().get(context.rstrip("/"))
            if here is None:
                unknown.append(context)
            return here
        if isinstance(context, list):
            return [known(one) for one in context]
        if isinstance(context, dict) and "@import" in context:
            unknown.append(str(context["@import"]))
        return context

    def walk(node: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            return node
        if isinstance(node, list):
            return [walk(one, depth + 1) for one in node]
        if isinstance(node, dict):
            return {key: known(value) if key == "@context" else walk(value, depth + 1) for key, value in node.items()}
        return node

    changed = walk(document, 0)
    # What stands for no character, half of a pair, stays written as it was: the parser says so, and no string could hold it.
    return text if changed == document else json.dumps(changed), tuple(dict.fromkeys(unknown))


def _span(source: Source, words_: str) -> Span:
    at = max(source.text.find(words_), 0)
    return Span(source.name, at, at + len(words_))


def _at(source: Source, line: int, column: int) -> Span:
    start = source.lines[min(max(line, 1), len(source.lines)) - 1]
    at = min(start + max(column - 1, 0), len(source.text))
    return Span(source.name, at, min(at + 1, len(source.text)))
