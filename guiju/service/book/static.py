"""The rule book as files: the same pages in both tongues, with a search that needs no network and no server."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from guiju.author.lookup import Versions
from guiju.service.book import instruments, rules
from guiju.service.book.drawing import Link, drawn
from guiju.service.book.shelf import Entry, shelf, thing_at
from guiju.service.web.render import rendered, static_bytes
from guiju.terms.shape import Shape
from guiju.terms.tongue import Tongue

__all__ = ["book_files"]

_LAYOUT = "static_base.html"


def book_files(on: date, tell: Callable[[int, int], None]) -> Iterator[tuple[str, bytes]]:
    """Every file of the book: its path below the folder, and its bytes; the same rules and day give the same files."""
    yield "index.html", _doors()
    for name in ("app.css", "book.js", "icon.svg"):
        yield f"static/{name}", static_bytes(name)
    entries = [one for one in shelf() if one.kind != "field"]
    for number, tongue in enumerate((Tongue.ZH, Tongue.EN)):
        yield f"{tongue.value}/search.js", _index(tongue)
        yield f"{tongue.value}/index.html", _front(tongue)
        yield f"{tongue.value}/standards.html", _standards(tongue, on)
        for at, one in enumerate(entries):
            tell(number * len(entries) + at, 2 * len(entries))
            yield f"{tongue.value}/{_file(one.kind, one.id)}", _page(one, tongue, on)


def _file(kind: str, id: str) -> str:
    return f"{kind}/{quote(id, safe='')}.html"


def _address(kind: str, id: str) -> str:
    if kind in ("book", "standards"):
        return "index.html" if kind == "book" else "standards.html"
    if kind == "field":
        shape, _, field = id.partition(".")
        return f"{quote(_file('kind', shape))}#{quote(field)}"
    return quote(_file(kind, id))


def _linked(depth: int) -> Link:
    up = "../" * depth
    return lambda kind, id: f"{up}{_address(kind, id)}"


def _shell(tongue: Tongue, depth: int, here: str, **facts: Any) -> dict[str, Any]:
    up = "../" * depth
    return {
        "layout": _LAYOUT,
        "up": up,
        "root": f"{up}../",
        "other": f"{up}../{tongue.other.value}/{here}",
        "link": _linked(depth),
        "path": "",
        **facts,
    }


def _doors() -> bytes:
    return b'<!DOCTYPE html><meta charset="utf-8"><title>\xe8\xa7\x84\xe5\x88\x99\xe4\xb9\xa6 Rule book</title><p><a href="zh/index.html">\xe4\xb8\xad\xe6\x96\x87</a> <a href="en/index.html">English</a></p>\n'


def _index(tongue: Tongue) -> bytes:
    rows = [[one.name.say(tongue), one.kind_words.say(tongue), _address(one.kind, one.id), one.words] for one in shelf()]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"const SHELF = {text};\n".encode("utf-8", "backslashreplace")


def _front(tongue: Tongue) -> bytes:
    facts = {"q": "", "entries": [], "count": 0, "levels": instruments.levels(), "covers": instruments.covers()}
    return rendered("book.html", tongue, _shell(tongue, 0, "index.html", **facts))


def _standards(tongue: Tongue, on: date) -> bytes:
    facts = {"on": on.isoformat(), "kind": "", "kinds": [], "wanted": None, "tree": instruments.tree(on), "gaps": instruments.gaps(on)}
    return rendered("standards.html", tongue, _shell(tongue, 0, "standards.html", **facts))


def _page(one: Entry, tongue: Tongue, on: date) -> bytes:
    here = quote(_file(one.kind, one.id))
    if one.kind == "instrument":
        view = instruments.instrument_view(one.id, on)
        assert view is not None, "the shelf holds what the registry has"
        return rendered("instrument.html", tongue, _shell(tongue, 1, here, **view))
    thing = thing_at(one.kind, one.id)
    assert thing is not None, "the shelf holds what there is"
    facts: dict[str, Any] = {"kind": one.kind, "id": one.id, "tried": None, "rule": None}
    facts["article"] = drawn(rules.article(thing, tongue, on), _linked(1))
    if isinstance(thing, Versions):
        rule = thing.newest
        facts |= {"rule": rule, "texts": rules.texts_of(rule), "cases": rules.case_views(thing), "bound": rules.bound(rule)}
    if isinstance(thing, Shape):
        facts["fields"] = rules.field_views(thing, tongue, on)
    return rendered("thing.html", tongue, _shell(tongue, 1, here, **facts))
