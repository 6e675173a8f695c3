"""检查: choose what it is for, hand files in, wait, cancel; and the steps that lead from one result to the next."""

from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from guiju.service.checks.checks import Check, Checks
from guiju.service.checks.queue import Busy, State
from guiju.service.checks.uploads import Refused
from guiju.service.clock import now
from guiju.service.pages.result import is_expected, result_page
from guiju.service.web.asker import must
from guiju.service.web.forms import form_of, text_in
from guiju.service.web.knowledge import knowledge
from guiju.service.web.render import page
from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both

__all__ = ["ROUTES", "check_of", "queue_sentence"]

_WORK = {
    "": Both("正在开始", "starting"),
    "read": Both("正在读文件", "reading the files"),
    "judge": Both("正在按规则判定", "judging by the rules"),
    "explain": Both("正在说明理由", "explaining the verdicts"),
    "write": Both("正在整理结果", "laying out the result"),
}


def queue_sentence(waiting: int) -> Both:
    """What somebody is told who comes while the queue is full."""
    return Both(
        f"现在忙：已有 {waiting} 个检查在排队，这一个没有收下。请过一两分钟再试。",
        f"Busy: {waiting} checks are waiting already, so this one was not taken. Please try again in a minute or two.",
    )


def checks_of(request: Request) -> Checks:
    """The checks of this service."""
    found: Checks = request.app.state.checks
    return found


def check_of(request: Request) -> Check:
    """The check whose link was asked for; HTTPException 404 where there is none, or not for this one who asks."""
    found = checks_of(request).of(str(request.path_params["link"]))
    if found is None or (found.owner and found.owner != must(request, "check").name):
        raise HTTPException(404, "link")
    return found


async def home(request: Request) -> Response:
    """The page with which everything begins."""
    asker = must(request, "check")
    mine = checks_of(request).owned_by(asker.name) if asker.name else []
    return page(request, "check.html", {"profiles": knowledge().profiles, "fault": None, "mine": mine, "limits": checks_of(request).limits})


async def begin(request: Request) -> Response:
    """Takes the files, and leads to the page of the check."""
    asker = must(request, "check")
    form = await form_of(request)
    try:
        uploads = [one for one in form.getlist("files") if not isinstance(one, str)]
        made = checks_of(request).begin(
            uploads,
            owner=asker.name,
            tongue=tongue_of(request),
            profile=_profile(text_in(form, "profile")),
            kind=None,
            as_of=_day(text_in(form, "as_of")),
        )
    except Refused as refused:
        return _again(request, refused.words, refused.status)
    except Busy as busy:
        response = _again(request, queue_sentence(busy.waiting), 503)
        response.headers["retry-after"] = "60"
        return response
    return RedirectResponse(f"/check/{made.token}", 303)


def _again(request: Request, fault: Both, status: int) -> Response:
    facts = {"profiles": knowledge().profiles, "fault": fault, "mine": [], "limits": checks_of(request).limits}
    return page(request, "check.html", facts, status=status)


def _profile(name: str | None) -> str | None:
    if name is None:
        return None
    if name not in {one.id for one in knowledge().profiles}:
        raise Refused(Both("没有这个场景", "there is no such profile"))
    return name


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise Refused(Both("日期请写成 2026-03-01", "write the day as 2026-03-01")) from None


async def show(request: Request) -> Response:
    """The result; while there is none, how far the check has come."""
    one = check_of(request)
    job = one.job
    assert job is not None, "a check that has a link has a job"
    if job.state is State.DONE and is_expected(request):
        return result_page(request, one)
    if job.state.is_over:
        return page(request, "failed.html", {"check": one, "words": job.words}, status=200 if job.state is State.CANCELLED else 422)
    return page(request, "waiting.html", {"check": one, **_progress(request, one)})


async def state(request: Request) -> Response:
    """The same for the script."""
    one = check_of(request)
    told = _progress(request, one)
    tongue = tongue_of(request)
    return JSONResponse({**told, "words": told["words"].say(tongue)})


def _progress(request: Request, one: Check) -> dict[str, Any]:
    job = one.job
    assert job is not None, "a check that has a link has a job"
    if job.state is State.WAITING:
        before = checks_of(request).queue.place(job)
        words = Both(f"排队中，前面还有 {before} 个", f"waiting, {before} before it")
        return {"state": job.state.value, "share": 0, "words": words, "seconds": 0}
    work, done, of = job.progress
    words = _WORK.get(work, _WORK[""])
    share = {"": 2, "read": 5, "judge": 25, "explain": 60, "write": 95}.get(work, 2)
    if of and work in ("read", "judge", "explain"):
        share += {"read": 20, "judge": 35, "explain": 35}[work] * min(done, of) // of
    seconds = 0 if job.started_at is None else int(now() - job.started_at)
    return {"state": job.state.value, "share": 100 if job.state.is_over else share, "words": words, "seconds": seconds}


async def cancel(request: Request) -> Response:
    """Ends the check."""
    one = check_of(request)
    await form_of(request)
    if one.job is not None and not one.job.state.is_over:
        checks_of(request).queue.cancel(one.job)
        await one.job.over.wait()
    return RedirectResponse(f"/check/{one.token}", 303)


async def forget(request: Request) -> Response:
    """Deletes the check with its files, before its hour is over."""
    one = check_of(request)
    await form_of(request)
    checks_of(request).drop(one)
    return RedirectResponse("/", 303)


async def reading(request: Request) -> Response:
    """The files once more, read as the reader of the page says."""
    one = check_of(request)
    form = await form_of(request)
    columns, not_data = corrections(form.multi_items())
    try:
        made = checks_of(request).again(one, columns=columns, not_data=not_data, profile=_profile(text_in(form, "profile")))
    except Busy as busy:
        return _again(request, queue_sentence(busy.waiting), 503)
    except Refused as refused:
        return _again(request, refused.words, refused.status)
    return RedirectResponse(f"/check/{made.token}", 303)


def corrections(items: list[tuple[str, Any]]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What a form says of columns and sheets: those that differ from what was understood, and those that were said before."""
    columns: dict[str, str] = {}
    sheets: dict[str, None] = {}
    headers: dict[str, str] = {}
    for name, value in items:
        if not isinstance(value, str):
            continue
        kind, _, rest = name.partition(":")
        if kind == "header":
            headers[rest] = value
        elif kind == "field" and rest in headers and value != "=":
            columns[headers[rest]] = value
        elif kind == "sheet":
            sheets[value] = None
    return tuple(columns.items()), tuple(sheets)


async def mend(request: Request) -> Response:
    """Applies what is safe to copies, and checks them beside the first."""
    one = check_of(request)
    await form_of(request)
    if not one.is_done:
        raise HTTPException(404, "link")
    try:
        made = checks_of(request).mend(one)
    except Busy as busy:
        return _again(request, queue_sentence(busy.waiting), 503)
    return RedirectResponse(f"/check/{made.token}", 303)


ROUTES = [
    Route("/", home, methods=["GET"]),
    Route("/check", home, methods=["GET"]),
    Route("/check", begin, methods=["POST"]),
    Route("/check/{link}", show, methods=["GET"]),
    Route("/check/{link}/state", state, methods=["GET"]),
    Route("/check/{link}/cancel", cancel, methods=["POST"]),
    Route("/check/{link}/forget", forget, methods=["POST"]),
    Route("/check/{link}/reading", reading, methods=["POST"]),
    Route("/check/{link}/mend", mend, methods=["POST"]),
]
