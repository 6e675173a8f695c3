"""看板: the figures of kept runs, drawn; each leads to the runs and findings that it counts. And keeping a result."""

import json
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from guiju.service.book.shelf import versions_of
from guiju.service.checks.queue import Busy, State
from guiju.service.clock import today
from guiju.service.pages.account import records_of
from guiju.service.pages.check import check_of, queue_sentence
from guiju.service.pages.sheet import figures_book
from guiju.service.web.asker import must
from guiju.service.web.forms import form_of
from guiju.service.web.knowledge import knowledge
from guiju.service.web.render import page
from guiju.service.web.tongue import tongue_of
from guiju.store.figures import Chosen, Figures
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both

__all__ = ["ROUTES"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE, _HIGH = 640, 160
_MOST = 15


def _chosen(request: Request) -> Chosen:
    asked = request.query_params

    def given(name: str) -> str | None:
        return asked[name][:500] if name in asked else None

    return Chosen(department=given("department"), district=given("district"), profile=given("profile"), month=given("month") or None)


async def board(request: Request) -> Response:
    """The dashboard."""
    must(request, "runs")
    chosen = _chosen(request)
    found = await run_in_threadpool(records_of(request).figures, chosen, today())
    given = {name: getattr(chosen, name) for name in ("department", "district", "profile", "month") if getattr(chosen, name) is not None}
    facts: dict[str, Any] = {
        "figures": found,
        "chosen": given,
        "query": urlencode(given),
        "line": _line(found),
        "severities": [(one.id, one.words) for one in reversed(Severity)],
        "most": _MOST,
        "names": _names(found),
        "profiles": {one.id: one.name for one in knowledge().profiles},
        "silent": _silent(found),
        "more": lambda **facts: f"/board?{urlencode({**given, **facts})}",
    }
    return page(request, "board.html", facts)


def _names(found: Figures) -> dict[str, Both]:
    named: dict[str, Both] = {}
    for one in found.rules:
        versions = versions_of(one.of)
        if versions is not None:
            named[one.of] = versions.newest.name
    return named


def _silent(found: Figures) -> list[Any]:
    """Rules of which no run has a finding: they hold everywhere, or are never asked."""
    spoken = {one.of for one in found.rules}
    if not found.runs:
        return []
    every = {one.id: one for one in knowledge().ruleset.rules if not one.implicit and not one.of_profile and one.status == "active"}
    return [one for id, one in every.items() if id not in spoken]


def _line(found: Figures) -> dict[str, Any] | None:
    """The failures of each month as points of a line."""
    months = found.months
    if not months:
        return None
    most = max(1, *(one.fail for one in months))
    step = (_WIDE - 80) / max(1, len(months) - 1)
    spots = [(round(40 + at * step), round(20 + (_HIGH - 50) * (1 - one.fail / most)), one) for at, one in enumerate(months)]
    return {"points": " ".join(f"{x},{y}" for x, y, _ in spots), "spots": spots, "most": most, "wide": _WIDE, "high": _HIGH}


async def export(request: Request) -> Response:
    """The figures as a workbook."""
    must(request, "runs")
    found = await run_in_threadpool(records_of(request).figures, _chosen(request), today())
    data = await run_in_threadpool(figures_book, found, tongue_of(request))
    return Response(data, media_type=_XLSX, headers={"content-disposition": 'attachment; filename="figures.xlsx"'})


async def runs(request: Request) -> Response:
    """The runs that were kept."""
    must(request, "runs")
    return page(request, "runs.html", {"runs": await run_in_threadpool(records_of(request).runs, 500)})


async def run(request: Request) -> Response:
    """One run with its findings, as it was kept; of those asked for, where a rule or a unit is named."""
    asker = must(request, "check")
    records = records_of(request)
    id = str(request.path_params["id"])
    if not asker.may("runs") and id not in {one["id"] for one in await run_in_threadpool(records.runs, 10_000, asker.name)}:
        raise HTTPException(404, "link")
    text = await run_in_threadpool(records.report, id)
    if text is None:
        raise HTTPException(404, "link")
    report = json.loads(text)
    rule, unit = request.query_params.get("rule"), request.query_params.get("department")
    wanted = [
        one
        for one in report["findings"]
        if one["verdict"] in ("FAIL", "ERROR")
        and (rule is None or one["rule"] == rule)
        and (unit is None or (one["department"] or "") == unit)
    ]
    return page(
        request, "run.html", {"id": id, "report": report, "findings": wanted[:1_000], "count": len(wanted), "rule": rule, "unit": unit}
    )


async def findings(request: Request) -> Response:
    """The runs in which a rule failed: a figure of the dashboard, followed."""
    must(request, "runs")
    found = await run_in_threadpool(records_of(request).figures, _chosen(request), today())
    rule = request.query_params.get("rule")
    unit = request.query_params.get("department")
    query = urlencode({name: value for name, value in (("rule", rule), ("department", unit)) if value is not None})
    versions = versions_of(rule) if rule else None
    return page(
        request,
        "behind.html",
        {"runs": found.runs, "query": query, "rule": rule, "unit": unit, "name": versions.newest.name if versions else None},
    )


async def keep(request: Request) -> Response:
    """Keeps a result in the store; its link then lives on."""
    asker = must(request, "keep")
    one = check_of(request)
    await form_of(request)
    records = records_of(request)
    tongue = tongue_of(request)
    if not one.is_done:
        raise HTTPException(404, "link")
    checks = request.app.state.checks
    try:
        job = checks.write(one, "json", tongue)
    except Busy as busy:
        return page(request, "sorry.html", {"status": 503, "words": queue_sentence(busy.waiting)}, status=503)
    if job is not None:
        await job.over.wait()
    if job is not None and job.state is not State.DONE:
        return page(request, "sorry.html", {"status": 422, "words": job.words}, status=422)
    file, _ = checks.made(one, "json", tongue)
    text = await run_in_threadpool(file.read_text, encoding="utf-8")
    one.kept = await run_in_threadpool(records.keep, text, asker.name)
    one.expires = 0.0
    return RedirectResponse(f"/check/{one.token}", 303)


ROUTES = [
    Route("/board", board, methods=["GET"]),
    Route("/board/figures.xlsx", export, methods=["GET"]),
    Route("/board/findings", findings, methods=["GET"]),
    Route("/board/runs", runs, methods=["GET"]),
    Route("/board/runs/{id}", run, methods=["GET"]),
    Route("/check/{link}/keep", keep, methods=["POST"]),
]
