"""An article of the author's circle as a page: its blocks with the names in them made into links."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from guiju.author.article import Article, Block, Code, Items, Prose
from guiju.service.book.shelf import shelf

__all__ = ["Link", "drawn", "linked"]

Link = Callable[[str, str], str]
"""The address of a thing of a kind, as the page that is drawn may follow it."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9_-]+)+|[A-Z]\d{3}")
_TICKED = re.compile(r"`([^`\n]{1,200})`")


@cache
def _known() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for one in shelf():
        if "." in one.id or one.kind == "code":
            found.setdefault(one.id, (one.kind, one.id))
    return found


def linked(text: str, link: Link) -> Markup:
    """The text with the ids of things made into links, and what is ticked as code."""
    known = _known()
    out: list[Markup] = []
    at = 0
    for hit in _NAME.finditer(text):
        address = known.get(hit[0])
        if address is not None:
            out += [escape(text[at : hit.start()]), Markup('<a href="{}">{}</a>').format(link(*address), hit[0])]
            at = hit.end()
    out.append(escape(text[at:]))
    return Markup(_TICKED.sub(r"<code>\1</code>", Markup("").join(out)))


def drawn(article: Article, link: Link) -> dict[str, Any]:
    """The parts of the page: its lead and its sections, each block as (kind, content)."""
    return {
        "title": article.title,
        "lead": [_block(one, link) for one in article.lead],
        "sections": [{"title": one.title, "blocks": [_block(each, link) for each in one.blocks]} for one in article.sections if one.blocks],
    }


def _block(block: Block, link: Link) -> tuple[str, Any]:
    match block:
        case Prose(text=text):
            return "prose", linked(text, link)
        case Items(items=items):
            return "items", [[linked(line, link) for line in item.split("\n")] for item in items]
        case Code(text=text):
            return "code", text
