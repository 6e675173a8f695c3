"""Everything that the rule book speaks of, with its address: rules, provisions for people, kinds, code lists, diagnostics, standards.

An address is a kind and an id; whoever draws a page turns it into a link.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from guiju.author.lookup import FieldOf, Thing, Versions
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.suggest import fold
from guiju.dsl.ir.tree import Judged, Rule
from guiju.dsl.ruleset import Ruleset
from guiju.service.web.knowledge import knowledge
from guiju.standards.model import Edition
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["Entry", "found", "shelf", "thing_at", "versions_of"]

_KINDS = {
    "rule": Both("规则", "rule"),
    "judged": Both("由人判断", "judged by people"),
    "kind": Both("对象", "kind"),
    "field": Both("字段", "field"),
    "list": Both("代码表", "code list"),
    "parameter": Both("参数", "parameter"),
    "term": Both("术语", "term"),
    "code": Both("诊断", "diagnostic"),
    "instrument": Both("文件与标准", "instrument"),
}
_MOST = 60


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing: its kind and id, its names, a line that says more, and all words by which it is found, folded."""

    kind: str
    id: str
    name: Both
    more: Both
    words: str

    @property
    def kind_words(self) -> Both:
        """What kind of thing it is."""
        return _KINDS[self.kind]


def _entry(kind: str, id: str, name: Both, more: Both, words: Iterable[str]) -> Entry:
    names = Both(name.zh or name.en, (name.en or name.zh).replace("_", " "))
    folded = "\n".join(dict.fromkeys(fold(one) for one in (id, name.zh, name.en, *words) if one))
    return Entry(kind=kind, id=id, name=names, more=more, words=folded)


@cache
def shelf() -> tuple[Entry, ...]:
    """All entries: rules first, then what people judge, words, instruments, diagnostics."""
    known = knowledge()
    return tuple(_entries(known.ruleset, known.registry.editions))


def _entries(ruleset: Ruleset, editions: Iterable[Edition]) -> Iterator[Entry]:
    for rule in {one.id: one for one in ruleset.rules if not one.implicit and not one.of_profile}.values():
        yield _entry("rule", rule.id, rule.name, _cited(rule), _said(rule))
    for judged in ruleset.judged:
        yield _entry("judged", judged.id, judged.name, _cited(judged), [one.text for one in judged.citations])
    for shape in ruleset.vocabulary.shapes:
        yield _entry("kind", shape.id, shape.name, shape.doc or Both("", ""), shape.aliases)
        for field in shape.fields:
            more = Both(f"{shape.name.zh}的字段", f"field of {shape.name.en}")
            yield _entry("field", f"{shape.id}.{field.id}", field.name, more, field.aliases)
    for codes in ruleset.vocabulary.codes:
        entries = [name for one in codes.entries for name in (one.code, one.name.zh, one.name.en)]
        count = len(codes.entries)
        yield _entry("list", codes.id, codes.name, Both(f"{count} 项", f"{count} entries"), entries)
    for parameter in ruleset.parameters:
        yield _entry("parameter", parameter.id, parameter.name, Both("", ""), ())
    for term in ruleset.terms:
        yield _entry("term", term.id, term.name, Both(term.doc, term.doc), ())
    for one in editions:
        number = one.number or ""
        more = Both(number or one.body.zh, number or one.body.en)
        yield _entry("instrument", one.id, one.title, more, (number, *one.names, one.body.zh))
    for code in TABLE.values():
        yield _entry("code", code.code, code.title, Both(code.slug, code.slug), (code.slug,))


def _cited(one: Rule | Judged) -> Both:
    zh = "；".join(f"{cite.title.zh}{cite.clause_text.zh}" for cite in one.citations)
    en = "; ".join(f"{cite.title.en} {cite.clause_text.en}" for cite in one.citations)
    return Both(zh, en)


def _said(rule: Rule) -> Iterator[str]:
    yield rule.doc
    for words in (rule.fix, rule.why, rule.says):
        if words is not None:
            yield words.zh
            yield words.en
    for cite in rule.citations:
        yield from (cite.text, cite.instrument, f"{cite.title.zh}{cite.clause_text.zh}", f"{cite.title.en}{cite.clause_text.en}")


def found(words: str) -> tuple[list[Entry], int]:
    """The entries that hold all the words, those that are called so first; and how many there are in all."""
    wanted = [folded for word in words.split()[:8] if (folded := fold(word))]
    if not wanted:
        return [], 0
    whole = fold(words)
    hits = [one for one in shelf() if all(word in one.words for word in wanted)]

    def rank(one: Entry) -> tuple[int, int]:
        names = (fold(one.id), fold(one.name.zh), fold(one.name.en))
        return (0 if whole in names else 1 if any(whole in name for name in names) else 2, len(one.words))

    return sorted(hits, key=rank)[:_MOST], len(hits)


def versions_of(id: str) -> Versions | None:
    """A rule in all its versions."""
    rules = [one for one in knowledge().ruleset.rules if one.id == id]
    return Versions(tuple(sorted(rules, key=lambda one: (str(one.start or ""), one.version)))) if rules else None


def thing_at(kind: str, id: str) -> Thing | None:
    """The thing at an address."""
    ruleset = knowledge().ruleset
    match kind:
        case "rule":
            return versions_of(id)
        case "judged":
            return next((one for one in ruleset.judged if one.id == id), None)
        case "kind":
            return next((one for one in ruleset.vocabulary.shapes if one.id == id), None)
        case "field":
            return _field(id, ruleset)
        case "list":
            return next((one for one in ruleset.vocabulary.codes if one.id == id), None)
        case "parameter":
            return next((one for one in ruleset.parameters if one.id == id), None)
        case "term":
            return next((one for one in ruleset.terms if one.id == id), None)
        case "code":
            return TABLE.get(id)
        case _:
            return None


def _field(id: str, ruleset: Ruleset) -> FieldOf | None:
    shape_id, _, field_id = id.partition(".")
    shape: Shape | None = next((one for one in ruleset.vocabulary.shapes if one.id == shape_id), None)
    field = shape.field(field_id) if shape is not None else None
    return FieldOf(shape, field) if shape is not None and field is not None else None
