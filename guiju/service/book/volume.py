"""The rule book as one document, for Word and PDF: instrument by instrument, clause by clause, with the rules and what they ask."""

from collections.abc import Iterator
from datetime import date, datetime

from guiju.author.article import Article, Code, Items, Prose
from guiju.author.coverage import ClauseCover, Covered
from guiju.dsl.ir.tree import Rule
from guiju.reports.layout.letters.letter import Block, Heading, Letter, Paragraph
from guiju.service.book import instruments, rules
from guiju.service.book.shelf import versions_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["book_volume"]


def book_volume(tongue: Tongue, on: date, form: str) -> bytes:
    """The document as docx or pdf."""
    title = Both("规则书", "Rule book").say(tongue)
    day = on.isoformat()
    letter = Letter(tongue=tongue, title=title, addressee="", notice="", body=tuple(_body(tongue, on)), attachments=(), day=day, footer="")
    if form == "pdf":
        from guiju.reports.writers.to_pdf import letter_to_pdf

        made: bytes = letter_to_pdf(letter, (on.year, on.month, on.day))
        return made
    from guiju.reports.writers.to_docx import letter_to_docx

    written: bytes = letter_to_docx(letter, datetime.combine(on, datetime.min.time()))
    return written


def _body(tongue: Tongue, on: date) -> Iterator[Block]:
    for one in instruments.covered():
        if any(each.rules or each.judged for clause in one.clauses for each in clause.provisions):
            yield from _instrument(one, tongue, on)


def _instrument(one: Covered, tongue: Tongue, on: date) -> Iterator[Block]:
    yield Heading(1, f"{one.edition.title.say(tongue)} {one.edition.number or ''}".strip())
    for clause in one.clauses:
        yield from _clause(clause, tongue, on)


def _clause(clause: ClauseCover, tongue: Tongue, on: date) -> Iterator[Block]:
    yield Heading(2, clause.ref.say(tongue))
    for each in clause.provisions:
        yield Paragraph(f"{each.provision.says.say(tongue)}（{each.cover.words.say(tongue)}）")
        for rule in each.rules:
            yield from _rule(rule, tongue, on)
        for judged in each.judged:
            yield Paragraph(f"{judged.name.say(tongue)}：{judged.why.say(tongue)}（{judged.who.say(tongue)}）")


def _rule(rule: Rule, tongue: Tongue, on: date) -> Iterator[Block]:
    versions = versions_of(rule.id)
    if versions is None:
        return
    page: Article = rules.article(versions, tongue, on)
    yield Paragraph(page.title)
    for section in page.sections[:4]:
        for block in section.blocks:
            match block:
                case Prose(text=text):
                    yield Paragraph(f"{section.title}：{text}")
                case Items(items=items):
                    yield Paragraph(f"{section.title}：{'；'.join(item.replace(chr(10), ' ') for item in items)}")
                case Code():
                    continue
