"""One page for whatever a name means: a rule, a diagnostic, a field, a shape, a code list, a parameter, a term, a profile."""

import re
from typing import assert_never

from guiju.author.article import Article, Block, Code, Items, Prose, Section
from guiju.author.explain_profile import profile_article, profile_title
from guiju.author.explain_rule import Ground, citations, judged_article, parameter_lines, rule_article, rule_name
from guiju.author.lookup import FieldOf, Thing, Versions
from guiju.author.words import LEVELS, W
from guiju.diagnostics.codes import code as codes
from guiju.dsl.ir.tree import Judged, Parameter, Profile
from guiju.dsl.model.names.type_words import words_of
from guiju.dsl.ruleset import TermDoc
from guiju.terms.shape import CodeEntry, CodeList, Field, Shape
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import CodeT, ListT, RecordT, RefT, Type
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.testing.cases import CaseResult

__all__ = ["article_of", "codes_of", "page_article", "several_article", "title_of", "type_words"]

_FENCE = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[A-Za-z]+")


def article_of(thing: Thing, ground: Ground, *, page: str, examples: tuple[CaseResult, ...], cases: str, with_plan: bool) -> Article:
    """The page of the thing; `page` is the text of a diagnostic's page, `examples` and `cases` the cases of a rule."""
    match thing:
        case codes.Code():
            return page_article(thing, page, ground.tongue)
        case Versions():
            return rule_article(thing, examples, cases, ground, with_plan=with_plan)
        case Judged():
            return judged_article(thing, ground)
        case FieldOf():
            return _field_article(thing, ground)
        case Shape():
            return _shape_article(thing, ground)
        case CodeList():
            return Article(
                title_of(thing, ground),
                _docs(thing.doc),
                (Section(ground.say(W.CODES), _entries(thing, ground)), _cites(thing.cites, ground)),
            )
        case Parameter():
            return Article(title_of(thing, ground), (), (Section(ground.say(W.VALUES), (Items((parameter_lines(thing, ground),)),)),))
        case Profile():
            return profile_article(thing, ground)
        case TermDoc():
            lead = (Prose(thing.doc),) if thing.doc else ()
            return Article(
                title_of(thing, ground),
                lead,
                (Section(ground.say(W.CLAUSE), citations(thing.citations, ground) if thing.citations else ()),),
            )
        case _:
            assert_never(thing)


def title_of(thing: Thing, ground: Ground) -> str:
    """One line that names the thing and says what it is."""
    tongue = ground.tongue
    match thing:
        case codes.Code(code=code, slug=slug):
            return f"{code} {slug} · {W.DIAGNOSTIC.say(tongue)}"
        case Versions():
            return rule_name(thing.newest.name, thing.newest.id, tongue)
        case Judged():
            return rule_name(thing.name, thing.id, tongue)
        case FieldOf(shape=shape, field=field):
            return f"{shape.id}.{field.id} · {_spoken(field.name)} · {ground.say(W.FIELD, shape=_spoken(shape.name))}"
        case Shape():
            return f"{thing.id} · {_spoken(thing.name)} · {ground.say(W.REGISTER if thing.register else W.SHAPE)}"
        case CodeList():
            return f"{thing.id} · {_spoken(thing.name)} · {ground.say(W.CODE_LIST)}"
        case Parameter():
            return f"{thing.id} · {_spoken(thing.name)} · {ground.say(W.PARAMETER)}"
        case TermDoc():
            return f"{thing.id} · {_spoken(thing.name)} · {ground.say(W.TERM)}"
        case Profile():
            return profile_title(thing, ground)
        case _:
            assert_never(thing)


def several_article(name: str, things: tuple[Thing, ...], ground: Ground) -> Article:
    """What a name that means several things may mean."""
    return Article(ground.say(W.SEVERAL, name=name, count=str(len(things))), (Items(tuple(title_of(one, ground) for one in things)),), ())


def _spoken(name: Both) -> str:
    return name.zh or name.en


# ---- diagnostics -----------------------------------------------------------------------------------------------------


def page_article(code: codes.Code, page: str, tongue: Tongue) -> Article:
    """The page of a diagnostic in one tongue; where the page has only the other, that one."""
    level = LEVELS[code.level].say(tongue)
    head = page.split("\n", 1)[0].removeprefix("# ") if page else f"{code.code} {code.slug}"
    if not page:
        return Article(head, (Prose(f"{code.title.say(tongue)} ({level})"), Prose(W.NO_PAGE.say(tongue))), ())
    hidden = _FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match.group()), page)
    heads = list(re.finditer(r"^## (.+)$", hidden, re.MULTILINE))
    ends = [one.start() for one in heads[1:]] + [len(page)]
    sections = tuple(
        Section(_heading(one.group(1), tongue), _in_tongue(_blocks(page[one.end() : end]), tongue))
        for one, end in zip(heads, ends, strict=True)
    )
    return Article(head, (Prose(level),), sections)


def _heading(text: str, tongue: Tongue) -> str:
    zh, _, en = text.partition(" · ")
    return zh if tongue is Tongue.ZH or not en else en


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for match in _FENCE.finditer(text):
        blocks += _paragraphs(text[at : match.start()])
        blocks.append(Code(match.group(3).rstrip("\n"), f"{match.group(1)}{match.group(2)}"))
        at = match.end()
    return [*blocks, *_paragraphs(text[at:])]


def _paragraphs(text: str) -> list[Block]:
    return [Prose(one.strip()) for one in re.split(r"\n\s*\n", text) if one.strip()]


def _in_tongue(blocks: list[Block], tongue: Tongue) -> tuple[Block, ...]:
    spoken = {one: _tongue_of(one) for one in blocks}
    has_own = {kind for kind in (Prose, Code) for one, other in spoken.items() if isinstance(one, kind) and other is tongue}
    kept = [one for one in blocks if spoken[one] in (None, tongue) or type(one) not in has_own]
    return tuple(Code(one.text, one.language.partition(" ")[0]) if isinstance(one, Code) else one for one in kept)


def _tongue_of(block: Block) -> Tongue | None:
    match block:
        case Prose(text=text):
            return Tongue.ZH if len(_HAN.findall(text)) > len(_WORD.findall(text)) else Tongue.EN
        case Code(language=language):
            return Tongue(language.removeprefix("text ")) if language in ("text zh", "text en") else None
        case Items():
            return None
        case _:
            assert_never(block)


# ---- the vocabulary --------------------------------------------------------------------------------------------------


def _field_article(thing: FieldOf, ground: Ground) -> Article:
    shape, field = thing.shape, thing.field
    sections = [Section(ground.say(W.FACTS), (Items(tuple(_field_facts(shape, field, ground))),))]
    list_id = codes_of(field.type)
    if list_id is not None:
        sections.append(Section(ground.say(W.CODES), _entries(ground.ruleset.vocabulary.code_list(list_id), ground)))
    sections.append(Section(ground.say(W.READ_BY), _rules_that_read(shape, field, ground)))
    return Article(title_of(thing, ground), _docs(field.doc), tuple(sections))


def _field_facts(shape: Shape, field: Field, ground: Ground) -> list[str]:
    lines = [ground.say(W.TYPE, what=type_words(field.type, ground)), ground.say(W.REQUIRED if field.required else W.OPTIONAL)]
    if field.key:
        lines.append(ground.say(W.KEY, shape=shape.name.say(ground.tongue)))
    if not field.complete:
        lines.append(ground.say(W.INCOMPLETE))
    if field.sensitivity:
        lines.append(ground.say(W.SENSITIVE, what=field.sensitivity))
    if field.aliases:
        lines.append(ground.say(W.ALIASES, what=", ".join(field.aliases)))
    if field.cites:
        lines.append(ground.say(W.CITES, what="; ".join(field.cites)))
    return lines


def type_words(type: Type, ground: Ground) -> str:
    """The type in words, with the id of the list or the kind that it names."""
    vocabulary, tongue = ground.ruleset.vocabulary, ground.tongue
    match type:
        case ListT(element=element):
            inner = type_words(element, ground)
            return f"若干 {inner}" if tongue is Tongue.ZH else f"many {inner}"
        case CodeT(codes=id):
            return f"{_spoken(vocabulary.code_list(id).name)} ({id})"
        case RecordT(shape=id) | RefT(shape=id):
            return f"{_spoken(vocabulary.shape(id).name)} ({id})"
        case _:
            return words_of(type).say(tongue)


def codes_of(type: Type) -> str | None:
    """The code list from which values of the type come, one or many; None for other types."""
    inner = type.element if isinstance(type, ListT) else type
    return inner.codes if isinstance(inner, CodeT) else None


def _entries(codes: CodeList, ground: Ground) -> tuple[Block, ...]:
    return (Items(tuple(_entry(one, ground) for one in codes.entries)),) if codes.entries else ()


def _entry(one: CodeEntry, ground: Ground) -> str:
    names = one.name.zh if one.name.zh == one.name.en else f"{one.name.zh} / {one.name.en}"
    aliases = f"\n{ground.say(W.ALIASES, what=', '.join(one.aliases))}" if one.aliases else ""
    return f"{one.code}  {names}{aliases}"


def _rules_that_read(shape: Shape, field: Field, ground: Ground) -> tuple[Block, ...]:
    whole = plan(ground.ruleset, as_of=ground.on)
    readers = [one.rule for one in whole.rules if any(id == shape.id and field.id in fields for id, fields in one.reads)]
    if not readers:
        return (Prose(ground.say(W.NO_RULE)),)
    return (Items(tuple(rule_name(one.name, one.id, ground.tongue) for one in readers)),)


def _shape_article(shape: Shape, ground: Ground) -> Article:
    fields = tuple(
        f"{_spoken(one.name)} / {one.id} · {type_words(one.type, ground)}" + (f" · {ground.say(W.REQUIRED)}" if one.required else "")
        for one in shape.fields
    )
    rules = tuple(
        dict.fromkeys(rule_name(one.name, one.id, ground.tongue) for one in ground.ruleset.rules if one.subject.shape == shape.id)
    )
    lead = (Items((ground.say(W.ALIASES, what=", ".join(shape.aliases)),)),) if shape.aliases else ()
    sections = (
        Section(ground.say(W.FIELDS), (Items(fields),) if fields else ()),
        Section(ground.say(W.RULES_OF), (Items(rules),) if rules else ()),
    )
    return Article(title_of(shape, ground), (*_docs(shape.doc), *lead), sections)


def _docs(doc: Both | None) -> tuple[Block, ...]:
    return (Prose(doc.zh or doc.en),) if doc is not None and (doc.zh or doc.en) else ()


def _cites(cites: tuple[str, ...], ground: Ground) -> Section:
    return Section(ground.say(W.CLAUSE), (Items(cites),) if cites else ())
