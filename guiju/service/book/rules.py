"""The page of a rule: its clause and its words as `guiju explain` has them, its text in both tongues, its cases, and who is bound by it."""

from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from guiju.author.article import Article
from guiju.author.explain import article_of, codes_of, type_words
from guiju.author.explain_rule import Ground
from guiju.author.lookup import Thing, Versions
from guiju.author.words import W
from guiju.diagnostics.codes.code import Code
from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import Profile, Rule
from guiju.pipeline import shipped_rules
from guiju.service.checks.tasks.texts import rule_texts
from guiju.service.checks.warm import calendar
from guiju.service.web.knowledge import knowledge
from guiju.terms.places import place_words
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both, Tongue
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.profiles import is_inside
from guiju.validators.testing.cases import CaseFile, CaseResult, read_cases, run_cases

__all__ = ["article", "bound", "case_views", "cases_beside", "field_views", "texts_of"]

_lock = Lock()


def ground(tongue: Tongue, on: date) -> Ground:
    """What a page of the author's circle stands on."""
    known = knowledge()
    return Ground(ruleset=known.ruleset, registry=known.registry, on=on, tongue=tongue)


def article(thing: Thing, tongue: Tongue, on: date) -> Article:
    """The page that `guiju explain` writes of it; the cases of a rule are drawn apart."""
    page = _page_of(thing) if isinstance(thing, Code) else ""
    whole = article_of(thing, ground(tongue, on), page=page, examples=(), cases="", with_plan=False)
    drawn_apart = {W.TEXT.say(tongue), W.EXAMPLES.say(tongue), W.FIELDS.say(tongue)}
    return replace(whole, sections=tuple(one for one in whole.sections if one.title not in drawn_apart))


def _page_of(code: Code) -> str:
    page = files("guiju.diagnostics") / "pages" / f"{code.code}-{code.slug}.md"
    return page.read_text("utf-8") if page.is_file() else ""


# ---- the text in both tongues --------------------------------------------------------------------------------------


def texts_of(rule: Rule) -> tuple[str, str]:
    """The file of a rule in Chinese and in English; what is the same in both is as it was written."""
    # Two readers at once must not both do the work of seconds.
    with _lock:
        zh, en = rule_texts()
    name = rule.source[0]
    return zh.get(name, rule.text), en.get(name, rule.text)


# ---- cases ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def cases_beside(id: str, source: str) -> tuple[CaseFile | None, str, tuple[str, ...]]:
    """The cases beside a rule's file, the text of the file, and the text of what each case is given."""
    rule = next((one for one in knowledge().ruleset.rules if one.id == id), None)
    if rule is None:
        return None, "", ()
    names = {rule.id, rule.id.rsplit(".", 1)[-1], rule.name.zh, rule.name.en}
    for file in _files_beside(source):
        text = file.read_text("utf-8", "replace")
        found, _ = read_cases(Source(file.relative_to(shipped_rules()).as_posix(), text))
        if found is not None and found.rule in names:
            return found, text, _texts(text, found)
    return None, "", ()


def _files_beside(source: str) -> list[Path]:
    file = shipped_rules() / source
    own = file.with_suffix(".cases.yaml")
    others = sorted(one for one in file.parent.glob("*.cases.yaml") if one != own) if file.parent.is_dir() else []
    return [*([own] if own.is_file() else []), *others]


def _texts(text: str, found: CaseFile) -> tuple[str, ...]:
    """The lines of each case, from the one that names it to the next."""
    lines = text.splitlines()
    starts = [one.line - 1 for one in found.cases]
    # A case is named on the line before what it holds, or on the same.
    begins = [at if lines[at].lstrip().startswith("- ") else max(at - 1, 0) for at in starts]
    ends = [*begins[1:], len(lines)]
    return tuple("\n".join(lines[begin:end]).rstrip() for begin, end in zip(begins, ends, strict=True))


def case_views(versions: Versions) -> list[dict[str, Any]]:
    """The cases as worked examples: what is given, what was wanted, what came out and why."""
    return _case_views(versions.newest.id, versions.newest.source[0])


@lru_cache(maxsize=2_000)
def _case_views(id: str, source: str) -> list[dict[str, Any]]:
    found, _, texts = cases_beside(id, source)
    if found is None:
        return []
    results = run_cases(found, knowledge().ruleset, calendar())
    return [_view(one, text) for one, text in zip(results, texts, strict=True)]


def _view(one: CaseResult, text: str) -> dict[str, Any]:
    finding = one.finding
    return {
        "name": one.case.name,
        "text": text,
        "want": one.case.want.value if one.case.want is not None else "",
        "got": one.got.words if one.got is not None else one.problem,
        "verdict": one.got.value if one.got is not None else "error",
        "ok": one.ok,
        "message": finding.message if finding is not None else one.problem,
        "flips": finding.flips if finding is not None else None,
    }


# ---- who is bound --------------------------------------------------------------------------------------------------


def bound(rule: Rule) -> list[tuple[Profile, Both]]:
    """The profiles inside which the rule is, with their places."""
    return [(one, place_words(one.place)) for one in knowledge().ruleset.profiles if is_inside(rule, one)]


# ---- words -----------------------------------------------------------------------------------------------------------


@cache
def _readers(on: date) -> dict[tuple[str, str], tuple[Rule, ...]]:
    found: dict[tuple[str, str], list[Rule]] = {}
    for one in plan(knowledge().ruleset, as_of=on).rules:
        for shape, fields in one.reads:
            for field in fields:
                found.setdefault((shape, field), []).append(one.rule)
    return {key: tuple(rules) for key, rules in found.items()}


def field_views(shape: Shape, tongue: Tongue, on: date) -> list[dict[str, Any]]:
    """The fields of a kind: their type in words, their other names, and the rules that read them."""
    readers = _readers(on)
    stand = ground(tongue, on)
    return [
        {
            "id": one.id,
            "name": one.name,
            "type": type_words(one.type, stand),
            "list": codes_of(one.type),
            "required": one.required or one.key,
            "aliases": one.aliases,
            "doc": one.doc,
            "rules": readers.get((shape.id, one.id), ()),
        }
        for one in shape.fields
    ]
