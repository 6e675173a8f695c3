"""Kinds, profiles, rules, standards and templates for programs."""

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from guiju.author.standards_words import row_as_plain
from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.dsl.ir.tree import Rule
from guiju.forms.template.form_plan import form_plan
from guiju.forms.template.to_template import to_template
from guiju.service.api.asked import allow, choice, day, number, text
from guiju.service.api.problems import Problem
from guiju.service.book.rules import bound, texts_of
from guiju.service.book.shelf import found, versions_of
from guiju.service.clock import today
from guiju.service.web.asker import must
from guiju.service.web.knowledge import knowledge
from guiju.service.web.tongue import tongue_of
from guiju.standards.queries import editions_for_kind, list_editions, show_edition
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["ROUTES", "root_shapes", "template_of"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _pair(words: Both) -> dict[str, str]:
    return {"zh": words.zh or words.en, "en": words.en or words.zh}


def root_shapes() -> tuple[Shape, ...]:
    """The kinds that are handed in, in the order of the vocabulary."""
    vocabulary = knowledge().ruleset.vocabulary
    return Kinds(vocabulary, find_roots(vocabulary)).root_shapes


async def kinds(request: Request) -> Response:
    """The kinds of subjects with their fields."""
    must(request, "check")
    allow(request)
    told = [
        {
            "id": shape.id,
            "name": _pair(shape.name),
            "fields": [{"id": one.id, "name": _pair(one.name), "required": one.required or one.key} for one in shape.fields],
        }
        for shape in root_shapes()
    ]
    return JSONResponse({"kinds": told})


async def profiles(request: Request) -> Response:
    """The profiles."""
    must(request, "check")
    allow(request)
    told = [{"id": one.id, "name": _pair(one.name), "place": one.place, "kinds": list(one.shapes)} for one in knowledge().profiles]
    return JSONResponse({"profiles": told})


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": _pair(one.name),
        "kind": one.subject.shape,
        "severity": one.severity,
        "force": one.force.value,
        "status": one.status,
        "cites": [
            {
                "instrument": cite.instrument,
                "clause": cite.clause,
                "words": _pair(Both(f"{cite.title.zh}{cite.clause_text.zh}", f"{cite.title.en} {cite.clause_text.en}")),
            }
            for cite in one.citations
        ],
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat() if one.end else None,
    }


async def rules(request: Request) -> Response:
    """The rules, or those that hold some words."""
    must(request, "check")
    allow(request, "q", "offset", "limit")
    asked = request.query_params
    words = text(asked.get("q"), "q")
    offset, limit = number(asked.get("offset"), "offset", 0, 1_000_000), number(asked.get("limit"), "limit", 100, 1_000, least=1)
    every = {one.id: one for one in knowledge().ruleset.rules if not one.implicit and not one.of_profile}
    if words is not None:
        entries, _ = await run_in_threadpool(found, words)
        every = {one.id: every[one.id] for one in entries if one.kind == "rule"}
    chosen = list(every.values())
    return JSONResponse({"count": len(chosen), "rules": [_rule(one) for one in chosen[offset : offset + limit]]})


async def rule(request: Request) -> Response:
    """One rule: its texts in both tongues, its versions, the profiles that bind by it."""
    must(request, "check")
    allow(request)
    versions = versions_of(str(request.path_params["id"]))
    if versions is None:
        raise Problem(404)
    newest = versions.newest
    texts = await run_in_threadpool(texts_of, newest)
    told = {**_rule(newest), "text": {"zh": texts[0], "en": texts[1]}, "fix": _pair(newest.fix) if newest.fix else None,
            "versions": [one.version for one in versions.rules], "profiles": [one.id for one, _ in bound(newest)]}  # fmt: skip
    return JSONResponse(told)


async def standards(request: Request) -> Response:
    """The instruments of the registry, or those that a kind of project has to reckon with on a day."""
    must(request, "check")
    allow(request, "q", "kind", "on")
    asked = request.query_params
    on = day(asked.get("on"), "on") or today()
    registry = knowledge().registry
    name = choice(asked.get("kind"), "kind", [one.id for one in registry.kinds])
    words = text(asked.get("q"), "q")
    kind = registry.kind(name) if name is not None else None
    rows = editions_for_kind(registry, kind, on=on) if kind is not None else list_editions(registry, on=on, words=words or "")
    return JSONResponse({"on": on.isoformat(), "standards": [row_as_plain(one) for one in rows]})


async def standard(request: Request) -> Response:
    """One instrument with what it replaced and what replaced it."""
    must(request, "check")
    allow(request, "on")
    on = day(request.query_params.get("on"), "on") or today()
    shown = show_edition(knowledge().registry, str(request.path_params["id"]), on=on)
    if shown is None:
        raise Problem(404)
    kin = {"predecessors": shown.predecessors, "successors": shown.successors, "siblings": shown.siblings}
    clauses = [
        {"clause": clause.ref.key, "fact": said.fact, "says": _pair(said.says)}
        for clause in shown.row.edition.clauses
        for said in clause.provisions
    ]
    return JSONResponse(
        {**row_as_plain(shown.row), **{name: [row_as_plain(one) for one in rows] for name, rows in kin.items()}, "clauses": clauses}
    )


async def template(request: Request) -> Response:
    """A form to fill for a kind, as a workbook."""
    must(request, "check")
    allow(request)
    id = str(request.path_params["kind"])
    shape = next((one for one in root_shapes() if one.id == id), None)
    if shape is None:
        raise Problem(404)
    return await run_in_threadpool(template_of, request, shape)


def template_of(request: Request, shape: Shape) -> Response:
    """The form of a kind, as `guiju template` writes it."""
    tongue = tongue_of(request)
    ruleset = knowledge().ruleset
    data = to_template(form_plan(ruleset, (shape,), tongue, today(), short=False), ruleset.digest)
    name = quote(f"{shape.name.say(tongue)}.xlsx", safe="")
    return Response(data, media_type=_XLSX, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"})


ROUTES = [
    Route("/api/v1/kinds", kinds, methods=["GET"]),
    Route("/api/v1/profiles", profiles, methods=["GET"]),
    Route("/api/v1/rules", rules, methods=["GET"]),
    Route("/api/v1/rules/{id}", rule, methods=["GET"]),
    Route("/api/v1/standards", standards, methods=["GET"]),
    Route("/api/v1/standards/{id}", standard, methods=["GET"]),
    Route("/api/v1/templates/{kind}", template, methods=["GET"]),
]
