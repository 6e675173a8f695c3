"""What a document gives the doorkeeper: its records, and how it was read."""

from collections import Counter
from collections.abc import Iterator

from guiju.catalog.documents.model import Writing
from guiju.catalog.documents.to_records import records_of
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Record, SheetReading
from guiju.catalog.records.place import Place
from guiju.terms.tongue import Both

__all__ = ["items_of"]

_AS_TEXT = Both("按章节、段落和表格读", "read by its chapters, paragraphs and tables")


def items_of(opened: ReaderInput, writing: Writing) -> Iterator[Item]:
    """The records of a document of chapters; its tables are read with the text around them."""
    counts: Counter[str] = Counter()
    for shape, value, locator in records_of(writing, opened.vocabulary):
        counts[shape] += 1
        yield Record(shape=shape, value=value, locator=locator, number=next(opened.numbers))
    for shape in counts:
        yield SheetReading(shape=shape, how=_AS_TEXT, place=Place(file=opened.name), sure=90, records=counts[shape])
