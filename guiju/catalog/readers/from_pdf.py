"""PDF documents with text become a 文稿; one made of pictures is told to be that, and nothing of it is guessed."""

import hashlib
from collections.abc import Iterator

from guiju.catalog.documents.from_pdf import NoText, read_pdf
from guiju.catalog.documents.to_items import items_of
from guiju.catalog.documents.to_records import SHAPE
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["read_pdf_file"]

_PICTURES = Both(
    "页面是图片或者字体没有文字编码，读不出文字；请交带文字的 PDF 或者 Word",
    "its pages are pictures, or its fonts name no characters; hand in a PDF with text, or Word",
)
_LONG = Both("页数太多，后面的没有读", "it has too many pages; those at the end were not read")
_BROKEN = Both("不是完好的 PDF，或者有密码", "it is no sound PDF, or it is locked")


def read_pdf_file(opened: ReaderInput) -> Iterator[Item]:
    """The records of a PDF; a place is the page and the heading."""
    yield Input(file=opened.name, sha256=hashlib.sha256(opened.data).hexdigest(), format="pdf", encoding=None, subjects=())
    try:
        writing = read_pdf(opened.data, opened.name, opened.limits.pages)
    except NoText:
        yield complain("D150", Span(opened.name, 0, 0), why=_PICTURES)
        return
    except Exception:  # what is damaged fails in the library in a hundred ways
        yield complain("D150", Span(opened.name, 0, 0), why=_BROKEN)
        return
    if not writing.whole:
        yield complain("D140", Span(opened.name, 0, 0), why=_LONG)
    if writing.blank:
        told = "、".join(map(str, writing.blank[:20])) + ("…" if len(writing.blank) > 20 else "")
        why = Both(f"第 {told} 页没有文字，可能是图片", f"pages {told} hold no text; they may be pictures")
        yield complain("D140", Span(opened.name, 0, 0), why=why)
    if SHAPE in opened.roots:
        yield from items_of(opened, writing)
