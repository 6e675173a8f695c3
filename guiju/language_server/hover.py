"""What is shown beside a word: the clause and its standing, the page of a thing, a rule in the other tongue, an amount in figures."""

from datetime import date
from decimal import Decimal

from lsprotocol import types as lsp

from guiju.author.article import Article, to_markdown
from guiju.author.explain import article_of
from guiju.author.explain_rule import Ground
from guiju.author.lookup import FieldOf, Thing, Versions
from guiju.author.translate import Renaming
from guiju.author.words import W, sure
from guiju.dsl.builtins import aggregate_named, builtin_named
from guiju.dsl.syntax.print.file import print_decl
from guiju.dsl.syntax.tree import Cite, DateLiteral, Decl, Except, Number
from guiju.language_server.citations import standing_of
from guiju.language_server.names import Used
from guiju.language_server.positions import range_of
from guiju.language_server.scope import decl_at
from guiju.language_server.to_protocol import tongue_of
from guiju.language_server.tree_walk import literals_in
from guiju.language_server.workspace import Snapshot
from guiju.standards.registry import CitedPlace
from guiju.terms.quantities.units import UNIT_SPELLINGS, Dimension
from guiju.terms.tongue import Both, Tongue

__all__ = ["hover"]

_WEEKDAYS = Both("一二三四五六日", "")
_LONGEST = 6_000


def hover(snapshot: Snapshot, file: str, offset: int) -> lsp.Hover | None:
    """What is known of what stands at an offset."""
    decl = decl_at(snapshot, file, offset)
    if decl is None:
        return None
    tongue = tongue_of(snapshot, file)
    source = snapshot.sources[file]
    for cite in _cites(decl):
        if cite.text_span.start <= offset <= cite.text_span.end:
            return lsp.Hover(_markdown(_citation(snapshot, cite.text, tongue)), range_of(source, cite.text_span))
    for literal in literals_in(decl):
        if literal.span.start <= offset <= literal.span.end:
            said = _number(literal, tongue) if isinstance(literal, Number) else _day(literal, tongue)
            return lsp.Hover(_markdown(said), range_of(source, literal.span)) if said else None
    used = snapshot.names.at(file, offset)
    if used is None:
        return None
    said = _name(snapshot, used, tongue)
    return lsp.Hover(_markdown(said), range_of(source, used.name.span)) if said else None


def _markdown(text: str) -> lsp.MarkupContent:
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text if len(text) <= _LONGEST else text[:_LONGEST] + " …")


def _cites(decl: Decl) -> list[Cite]:
    found = [part for part in decl.parts if isinstance(part, Cite)]
    found += [part.cite for part in decl.parts if isinstance(part, Except) and part.cite is not None]
    return found


def _citation(snapshot: Snapshot, text: str, tongue: Tongue) -> str:
    place = snapshot.registry.split_citation(text)
    if not isinstance(place, CitedPlace):
        near = "、".join(place.near)
        return Both(f"登记库里没有“{text}”", f"the registry has no `{text}`").say(tongue) + (f"\n\n{near}" if near else "")
    edition = place.edition
    lines = [f"**{edition.title.say(tongue) or edition.title.zh}**", standing_of(snapshot.registry, edition, tongue)]
    if place.clause is not None:
        lines.append(f"_{place.clause.say(tongue)}_")
        for clause in snapshot.registry.clauses_at(edition, place.clause)[:4]:
            lines += [f"- {one.says.say(tongue)} — {sure(one.confidence).say(tongue)}" for one in clause.provisions]
    return "\n\n".join(lines)


def _number(literal: Number, tongue: Tongue) -> str | None:
    """An amount in the units that people compare: 元 beside 万元, days beside 工作日 stay apart."""
    unit = UNIT_SPELLINGS.get(literal.unit or "")
    if unit is None or unit.dimension is not Dimension.MONEY:
        return None
    base = Decimal(unit.factor.numerator) / Decimal(unit.factor.denominator) * literal.value
    if tongue is Tongue.ZH:
        return f"{base:,f} 元 = {base / 10_000:,f} 万元 = {(base / 100_000_000).normalize():f} 亿元"
    return f"CNY {base:,f} = CNY {(base / 1_000_000).normalize():f} million"


def _day(literal: DateLiteral, tongue: Tongue) -> str:
    day: date = literal.value
    if tongue is Tongue.ZH:
        return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS.zh[day.weekday()]}"
    return f"{day:%A}, {day.day} {day:%B %Y}"


def _name(snapshot: Snapshot, used: Used, tongue: Tongue) -> str | None:
    if used.to is None:
        return None
    kind, id = used.to
    if kind == "builtin":
        builtin, fold = builtin_named(id), aggregate_named(id)
        doc = builtin.doc if builtin is not None else fold.doc if fold is not None else Both("", "")
        return f"**{used.name.text}**\n\n{doc.say(tongue)}" + (f"\n\n{builtin.missing.say(tongue)}" if builtin is not None else "")
    thing = _thing(snapshot, kind, id)
    if thing is None:
        return _code(snapshot, id, tongue) if kind == "code" else _term(snapshot, used, tongue)
    ground = Ground(ruleset=snapshot.ruleset, registry=snapshot.registry, on=snapshot.registry.as_of, tongue=tongue)
    article = article_of(thing, ground, page="", examples=(), cases="", with_plan=False)
    text = to_markdown(_short(article, ground))
    return text + _other_tongue(snapshot, used, tongue) if isinstance(thing, Versions) else text


def _short(article: Article, ground: Ground) -> Article:
    """The page without what the text beside it already shows."""
    left_out = {ground.say(one) for one in (W.TEXT, W.EXAMPLES, W.HISTORY)}
    return Article(article.title, article.lead, tuple(one for one in article.sections if one.title not in left_out))


def _thing(snapshot: Snapshot, kind: str, id: str) -> Thing | None:
    model = snapshot.model
    match kind:
        case "shape":
            return next((one for one in model.shapes if one.id == id), None)
        case "field":
            shape, _, field = id.partition(".")
            found = next((one for one in model.shapes if one.id == shape), None)
            one = found.field(field) if found is not None else None
            return FieldOf(found, one) if found is not None and one is not None else None
        case "codelist":
            return next((one for one in model.codes if one.id == id), None)
        case "parameter":
            return next((one for one in model.parameters if one.id == id), None)
        case "rule":
            found_in = snapshot.names.declarations.get((kind, id))
            file = found_in[0].span.file if found_in is not None else ""
            rules = snapshot.rules_of(frozenset({file})).rules
            named = tuple(one for one in rules if id in (one.id, one.id.rpartition(".")[2]))
            return Versions(named) if named else None
        case _:
            return None


def _code(snapshot: Snapshot, id: str, tongue: Tongue) -> str | None:
    list_id, _, code = id.partition(".")
    codes = next((one for one in snapshot.model.codes if one.id == list_id), None)
    entry = next((one for one in codes.entries if one.code == code), None) if codes is not None else None
    if codes is None or entry is None:
        return None
    aliases = "、".join(entry.aliases)
    return f"**{entry.name.say(tongue)}** · {codes.name.say(tongue)} {entry.code}" + (f"\n\n{aliases}" if aliases else "")


def _term(snapshot: Snapshot, used: Used, tongue: Tongue) -> str | None:
    """A term, a table, a profile: as it is declared."""
    found = snapshot.names.declarations.get(used.to) if used.to is not None else None
    return f"```gj\n{print_decl(found[0])}\n```" if found is not None else None


def _other_tongue(snapshot: Snapshot, used: Used, tongue: Tongue) -> str:
    """The rule as it reads in the other tongue."""
    found = snapshot.names.declarations.get(used.to) if used.to is not None else None
    if found is None:
        return ""
    decl = found[0]
    tree = snapshot.trees[decl.span.file]
    rename = Renaming(snapshot.model, snapshot.registry, tongue.other, (tree,), frozenset())
    return f"\n```gj\n{print_decl(decl, tongue.other, rename)}\n```\n"
