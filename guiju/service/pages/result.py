"""The result of a check: at a glance, the findings beside the picture of the table, what was understood, and what can be downloaded."""

from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from guiju.catalog.records.cells import column_name
from guiju.service.checks.checks import Check, Checks
from guiju.service.checks.delivery import made_response
from guiju.service.checks.queue import Busy, Job, State
from guiju.service.checks.result import Filter, Result
from guiju.service.checks.tasks.writing import FORMS
from guiju.service.web.asker import asker_of, must
from guiju.service.web.render import fragment, page
from guiju.service.web.tongue import tongue_of
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue

__all__ = ["ROUTES", "finished", "is_expected", "result_page"]

_ROWS = 60
_MOST_COLUMNS = 5
_REPORTS = ("html", "pdf", "docx", "xlsx", "json")
_MORE = ("csv", "markdown", "sarif", "junit", "oscal", "jsonl")
_COLOURS = {"red": "red", "yellow": "amber", "green": "green", "grey": "grey"}


def is_expected(request: Request) -> bool:
    """Whether a browser asks for the page, as it always does."""
    return request.method in ("GET", "HEAD")


def filter_of(request: Request) -> Filter:
    """What the address asks of the findings."""
    asked = request.query_params
    sheet = asked.get("sheet", "")
    return Filter(
        sheet=int(sheet) if sheet.isdigit() and len(sheet) < 6 else None,
        severity=asked.get("severity") or None,
        unit=asked.get("unit") or None,
        rule=asked.get("rule") or None,
        verdict=asked.get("verdict") or "fail",
        words=asked.get("words") or None,
    )


def result_page(request: Request, one: Check) -> Response:
    """The whole page."""
    result = one.result()
    asked = filter_of(request)
    glance = result.fact("glance")
    sheets = result.sheets()
    picture = _picture(request, result, asked, sheets)
    facts: dict[str, Any] = {
        "check": one,
        "glance": glance,
        "light": _COLOURS.get((glance["outcome"] or {}).get("colour", ""), "grey"),
        "groups": result.groups(asked, most=5 if asked.rule is None else 50),
        "rules": result.rules(),
        "asked": asked,
        "query": _query(asked),
        "sheets": sheets,
        "units": result.units(),
        "severities": [(one.id, one.words) for one in reversed(Severity)],
        "picture": picture,
        "reading": result.fact("reading"),
        "mendable": result.fact("mendable"),
        "mends": result.fact("mends"),
        "waived": result.count(Filter(verdict="waived")),
        "beside": None,
        "has_objections": request.app.state.records is not None and asker_of(request).may("object"),
        "forms": FORMS,
        "reports": _REPORTS,
        "more": _MORE,
    }
    if one.before is not None and one.before.is_done:
        facts["beside"] = result.beside(one.before.result())
        facts["before"] = one.before.result().fact("glance")
    return page(request, "result.html", facts)


def _query(asked: Filter) -> str:
    given = {
        name: value
        for name, value in (
            ("sheet", asked.sheet),
            ("severity", asked.severity),
            ("unit", asked.unit),
            ("rule", asked.rule),
            ("words", asked.words),
        )
        if value is not None
    }
    if asked.verdict != "fail":
        given["verdict"] = asked.verdict
    return urlencode(given)


def _number(request: Request, name: str, least: int = 0) -> int:
    said = request.query_params.get(name, "")
    return max(least, int(said)) if said.isdigit() and len(said) < 9 else least


def _picture(request: Request, result: Result, asked: Filter, sheets: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The part of the table that is shown: by default the rows and columns concerned."""
    if not sheets:
        return None
    chosen = _number(request, "table") if "table" in request.query_params else -1
    marked = [one for one in sheets if result.marked_columns(one["id"], asked)]
    fallback = max(marked, key=lambda one: one["found"]) if marked else sheets[0]
    sheet = next((one for one in sheets if one["id"] == (asked.sheet if asked.sheet is not None else chosen)), fallback)
    whole = request.query_params.get("whole") == "1" or (not marked and not sheet["lines"])
    every = result.marked_columns(sheet["id"], asked)
    columns, left_out = _columns(sheet, every, whole)
    count = result.row_count(sheet["id"], asked, whole=whole)
    start = _number(request, "from")
    at = _number(request, "at")
    if at:
        start = max(0, result.position(sheet["id"], at, asked, whole=whole) - 5)
    start = min(start, max(0, count - 1)) if count else 0
    return {
        "sheet": sheet,
        "whole": whole,
        "columns": columns,
        "columns_left_out": left_out,
        "count": count,
        "from": start,
        "rows": result.rows(sheet["id"], start, _ROWS, asked, whole=whole),
        "size": _ROWS,
        "at": at,
    }


def _columns(sheet: dict[str, Any], marked: list[int], whole: bool) -> tuple[list[dict[str, Any]], int]:
    """The columns to show: all, or the first that names a row and those in which something is marked, as many as fit."""
    known = {int(at): text for at, text in sheet["columns"].items()}
    if sheet["lines"]:
        return [{"at": 0, "letter": "", "name": "", "marked": bool(marked)}], 0
    if whole:
        every = list(range(sheet["left"], sheet["left"] + sheet["width"]))
        left_out = 0
    else:
        naming = sorted(known)[:1] or [sheet["left"]]
        wanted = [at for at in marked if at not in naming]
        left_out = max(0, len(wanted) - _MOST_COLUMNS)
        every = sorted({*naming, *wanted[:_MOST_COLUMNS]})
    return [{"at": at, "letter": column_name(at), "name": known.get(at, ""), "marked": at in marked} for at in every], left_out


async def table(request: Request) -> Response:
    """Some rows of the picture, for the script that shows those on the screen."""
    one = _done(request)
    result = one.result()
    asked = filter_of(request)
    picture = _picture(request, result, asked, result.sheets())
    if picture is None:
        raise HTTPException(404, "link")
    return fragment(request, "rows.html", {"picture": picture, "check": one})


async def position(request: Request) -> Response:
    """How many rows of the picture are before one, for the script."""
    one = _done(request)
    result = one.result()
    sheet, at = _number(request, "table"), _number(request, "at")
    whole = request.query_params.get("whole") == "1"
    return PlainTextResponse(str(result.position(sheet, at, filter_of(request), whole=whole)))


async def more(request: Request) -> Response:
    """More findings of one rule, for the script."""
    one = _done(request)
    asked = filter_of(request)
    result = one.result()
    start = _number(request, "from")
    rule = asked.rule or ""
    found = result.findings(asked, rule, start, 50)
    facts = {
        "findings": found,
        "rule": result.rules().get(rule),
        "check": one,
        "query": _query(asked),
        "has_objections": request.app.state.records is not None and asker_of(request).may("object"),
    }
    return fragment(request, "findings.html", facts)


def _done(request: Request) -> Check:
    checks: Checks = request.app.state.checks
    one = checks.of(str(request.path_params["link"]))
    if one is None or not one.is_done or (one.owner and one.owner != must(request, "check").name):
        raise HTTPException(404, "link")
    return one


async def download(request: Request) -> Response:
    """A form of the result, made now if it was not made before."""
    one = _done(request)
    form = str(request.path_params["form"])
    if form not in FORMS:
        raise HTTPException(404, "link")
    tongue = tongue_of(request)
    try:
        job = await finished(request, one, form, tongue)
    except Busy as busy:
        response = page(
            request,
            "sorry.html",
            {
                "status": 503,
                "words": Both(
                    f"现在忙：有 {busy.waiting} 个检查在排队，请稍候再下载",
                    f"Busy: {busy.waiting} checks are waiting; please download later",
                ),
            },
            status=503,
        )
        response.headers["retry-after"] = "30"
        return response
    if job is not None and job.state is not State.DONE:
        words = job.words or Both("没有写成", "it could not be written")
        return page(request, "sorry.html", {"status": 422, "words": words}, status=422)
    return made_response(request.app.state.checks, one, form, tongue)


async def finished(request: Request, one: Check, form: str, tongue: Tongue) -> Job | None:
    """The job that made a form, when it is over; ended with the connection of the one who waits for it."""
    checks: Checks = request.app.state.checks
    job = checks.write(one, form, tongue)
    if job is not None:
        await job.over.wait()
    return job


async def finding(request: Request) -> Response:
    """Leads to one finding: to its rule in the list, and its row in the table."""
    one = _done(request)
    number = str(request.path_params["n"])
    found = one.result().finding(int(number)) if number.isdigit() and len(number) < 9 else None
    if found is None:
        raise HTTPException(404, "link")
    return RedirectResponse(f"/check/{one.token}?{urlencode({'rule': found['rule']})}#f{found['n']}", 303)


ROUTES = [
    Route("/check/{link}/table", table, methods=["GET"]),
    Route("/check/{link}/position", position, methods=["GET"]),
    Route("/check/{link}/more", more, methods=["GET"]),
    Route("/check/{link}/finding/{n}", finding, methods=["GET"]),
    Route("/check/{link}/get/{form}", download, methods=["GET"]),
]
