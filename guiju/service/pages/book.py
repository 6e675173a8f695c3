"""规则: search, instruments article by article, the page of a rule with its cases to try, words, diagnostics, the framework of standards."""

from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from guiju.author.lookup import Versions
from guiju.dsl.ir.tree import Judged
from guiju.service.book import instruments, rules
from guiju.service.book.drawing import drawn
from guiju.service.book.shelf import found, thing_at
from guiju.service.checks.queue import Busy, State
from guiju.service.checks.tasks.trying import Tried, tried_of
from guiju.service.clock import today
from guiju.service.web.asker import asker_of
from guiju.service.web.forms import form_of
from guiju.service.web.render import page
from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both

__all__ = ["ROUTES", "address"]

_MOST_TRIED = 20_000


def address(kind: str, id: str) -> str:
    """The address of a thing on the page."""
    if kind == "field":
        shape, _, field = id.partition(".")
        return f"/book/kind/{quote(shape)}#{quote(field)}"
    return f"/book/{kind}/{quote(id)}"


def _on(request: Request) -> date:
    try:
        return date.fromisoformat(request.query_params.get("on", ""))
    except ValueError:
        return today()


async def front(request: Request) -> Response:
    """The search, and the instruments by level."""
    words = request.query_params.get("q", "").strip()[:200]
    entries, count = await run_in_threadpool(found, words)
    facts: dict[str, Any] = {"q": words, "entries": entries, "count": count, "link": address}
    if not words:
        facts["levels"] = await run_in_threadpool(instruments.levels)
        facts["covers"] = instruments.covers()
    return page(request, "book.html", facts)


async def thing(request: Request) -> Response:
    """The page of a rule, a provision for people, a kind, a code list, a parameter, a term or a diagnostic."""
    kind, id = str(request.path_params["kind"]), str(request.path_params["id"])
    known = thing_at(kind, id)
    if known is None:
        raise HTTPException(404, "link")
    facts = await run_in_threadpool(_facts, request, kind, known)
    return page(request, "thing.html", {"kind": kind, "id": id, "link": address, "tried": None, **facts})


def _facts(request: Request, kind: str, known: Any) -> dict[str, Any]:
    tongue = tongue_of(request)
    facts: dict[str, Any] = {"article": drawn(rules.article(known, tongue, _on(request)), address), "rule": None}
    if isinstance(known, Versions):
        rule = known.newest
        texts = ("", "") if rule.implicit else rules.texts_of(rule)
        records = request.app.state.records
        failed = records.failed_most(rule.id) if records is not None and asker_of(request).may("runs") else []
        facts |= {"failed": failed, "rule": rule, "texts": texts, "cases": rules.case_views(known), "bound": rules.bound(rule)}
    if isinstance(known, Judged):
        facts["judged"] = known
    if kind == "kind":
        facts["fields"] = rules.field_views(known, tongue, _on(request))
    return facts


async def attempt(request: Request) -> Response:
    """Tries a rule on what somebody wrote, in a process of its own."""
    id = str(request.path_params["id"])
    known = thing_at("rule", id)
    form = await form_of(request)
    text = form.get("given")
    if not isinstance(known, Versions) or not isinstance(text, str):
        raise HTTPException(404, "link")
    tried: list[Tried] | None = None
    fault: Both | None = None
    if len(text) > _MOST_TRIED:
        fault = Both("太长了", "it is too long")
    else:
        try:
            job = request.app.state.checks.attempt(id, text.replace("\r\n", "\n"))
            await job.over.wait()
            tried, fault = (tried_of(job.task.folder), None) if job.state is State.DONE else (None, job.words)
            request.app.state.checks.forget_attempt(job)
        except Busy as busy:
            fault = Both(f"现在忙：有 {busy.waiting} 个检查在排队", f"busy: {busy.waiting} checks are waiting")
    facts = await run_in_threadpool(_facts, request, "rule", known)
    return page(
        request,
        "thing.html",
        {"kind": "rule", "id": id, "link": address, "tried": {"text": text, "result": tried, "fault": fault}, **facts},
    )


async def instrument(request: Request) -> Response:
    """An instrument, article by article."""
    view = await run_in_threadpool(instruments.instrument_view, str(request.path_params["id"]), _on(request))
    if view is None:
        raise HTTPException(404, "link")
    return page(request, "instrument.html", {"link": address, **view})


async def standards(request: Request) -> Response:
    """The framework of standards, what a kind of project must cite on a day, and what is wanting."""
    on = _on(request)
    kind = request.query_params.get("kind", "")
    facts = {
        "on": on.isoformat(),
        "kind": kind,
        "kinds": instruments.kinds_of_project(),
        "wanted": instruments.standards_for(kind, on) if kind else None,
        "tree": instruments.tree(on),
        "gaps": instruments.gaps(on),
        "link": address,
    }
    return page(request, "standards.html", facts)


ROUTES = [
    Route("/book", front, methods=["GET"]),
    Route("/book/standards", standards, methods=["GET"]),
    Route("/book/instrument/{id}", instrument, methods=["GET"]),
    Route("/book/rule/{id}/try", attempt, methods=["POST"]),
    Route("/book/{kind}/{id}", thing, methods=["GET"]),
]
