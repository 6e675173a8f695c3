"""Checks for programs: create, ask, list the findings, fetch a report, end."""

import asyncio
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from guiju.service.api.asked import allow, choice, day, flag, number, text
from guiju.service.api.problems import Problem
from guiju.service.checks.checks import Check, Checks
from guiju.service.checks.delivery import made_response
from guiju.service.checks.queue import Busy, Job, State
from guiju.service.checks.result import Filter
from guiju.service.checks.tasks.writing import FORMS
from guiju.service.checks.uploads import Refused
from guiju.service.web.asker import must
from guiju.service.web.knowledge import knowledge
from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["ROUTES", "busy", "checks_of", "until_over"]

_FIELDS = ("files", "profile", "kind", "as_of")
_SEVERITIES = ("blocking", "major", "minor", "advisory")


def checks_of(request: Request) -> Checks:
    """The checks of this service."""
    found: Checks = request.app.state.checks
    return found


def busy(error: Busy) -> Problem:
    """The queue is full."""
    return Problem(503, Both(f"已有 {error.waiting} 个检查在排队", f"{error.waiting} checks are waiting"))


def _check(request: Request) -> Check:
    asker = must(request, "check")
    one = checks_of(request).of(str(request.path_params["id"]))
    if one is None or one.owner != asker.name:
        raise Problem(404, Both("没有这次检查，或者已经过期", "there is no such check, or it has ended"))
    return one


def _done(request: Request) -> Check:
    one = _check(request)
    if one.job is not None and one.job.state is State.FAILED:
        raise Problem(422, one.job.words)
    if not one.is_done:
        raise Problem(409)
    return one


async def create(request: Request) -> Response:
    """A new check; with `wait=true` its answer comes when it is over, and it is ended with the connection."""
    asker = must(request, "check")
    allow(request, "wait")
    wait = flag(request.query_params.get("wait"), "wait")
    form = await _form(request)
    profile = choice(form.get("profile"), "profile", [one.id for one in knowledge().profiles])
    kind = choice(form.get("kind"), "kind", kinds())
    as_of = day(form.get("as_of"), "as_of")
    try:
        one = checks_of(request).begin(form["files"], owner=asker.name, tongue=tongue_of(request), profile=profile, kind=kind, as_of=as_of)
    except Refused as refused:
        raise Problem(refused.status, refused.words) from None
    except Busy as error:
        raise busy(error) from None
    one.by_api = True
    assert one.job is not None
    if wait and not await until_over(request, checks_of(request), one.job):
        checks_of(request).drop(one)
        raise Problem(409)
    status = 201 if one.job.state.is_over else 202
    return JSONResponse(_view(one, tongue_of(request)), status, headers={"location": f"/api/v1/checks/{one.token}"})


def kinds() -> list[str]:
    """The kinds of subjects that can be handed in."""
    return [one.id for one in knowledge().ruleset.vocabulary.shapes if not one.register]


async def _form(request: Request) -> dict[str, Any]:
    """The parts of the form: files, and at most one of each other field."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem(415)
    limits = request.app.state.settings.limits
    form = await request.form(max_files=limits.files, max_fields=20, max_part_size=4_096)
    found: dict[str, Any] = {"files": []}
    for name, value in form.multi_items():
        if name == "files" and isinstance(value, UploadFile):
            found["files"].append(value)
        elif name not in _FIELDS or name == "files" or not isinstance(value, str) or name in found:
            raise Problem(400, Both(f"表单里的“{name[:40]}”不对", f"the field {name[:40]!r} of the form is not right"))
        else:
            found[name] = text(value, name)
    return found


async def until_over(request: Request, checks: Checks, job: Job) -> bool:
    """Waits until the job is over; False where the one who asked has gone, and the job was ended for that."""
    while not job.over.is_set():
        waiting = asyncio.ensure_future(job.over.wait())
        await asyncio.wait({waiting}, timeout=0.5)
        waiting.cancel()
        if not job.over.is_set() and await request.is_disconnected():
            checks.queue.cancel(job)
            return False
    return True


def _view(one: Check, tongue: Tongue) -> dict[str, Any]:
    job = one.job
    assert job is not None
    view: dict[str, Any] = {
        "id": one.token,
        "state": job.state.value,
        "files": list(one.asked.files),
        "words": job.words.say(tongue) if job.words is not None else None,
        "result": None,
    }
    if one.is_done:
        glance = one.result().fact("glance")
        said = 0 if tongue is Tongue.ZH else 1
        outcome = glance["outcome"]
        view["result"] = {
            "outcome": None if outcome is None else {"name": outcome["name"][said], "colour": outcome["colour"]},
            "as_of": glance["as_of"],
            "expected": glance["expected"],
            "judged": glance["judged"],
            "must": glance["must"],
            "advice": glance["advice"],
            "tally": glance["counts"],
            "ruleset": glance["ruleset"],
        }
    return view


async def show(request: Request) -> Response:
    """The state of a check, and its result at a glance."""
    allow(request)
    return JSONResponse(_view(_check(request), tongue_of(request)))


async def end(request: Request) -> Response:
    """Ends and forgets a check."""
    allow(request)
    checks_of(request).drop(_check(request))
    return Response(status_code=204)


async def findings(request: Request) -> Response:
    """The findings of a check, a part at a time."""
    one = _done(request)
    allow(request, "verdict", "severity", "rule", "offset", "limit")
    asked = request.query_params
    wanted = Filter(
        verdict=choice(asked.get("verdict"), "verdict", ("fail", "undetermined", "waived")) or "fail",
        severity=choice(asked.get("severity"), "severity", _SEVERITIES),
        rule=text(asked.get("rule"), "rule"),
    )
    offset, limit = number(asked.get("offset"), "offset", 0, 1_000_000), number(asked.get("limit"), "limit", 100, 1_000, least=1)
    result, said = one.result(), 0 if tongue_of(request) is Tongue.ZH else 1
    rows = result.some(wanted, offset, limit)
    return JSONResponse({"count": result.count(wanted), "findings": [_finding(row, said) for row in rows]})


def _finding(row: dict[str, Any], said: int) -> dict[str, Any]:
    def spoken(name: str) -> str | None:
        words = row.get(name)
        return words[said] if words else None

    return {
        "number": row["n"],
        "rule": row["rule"],
        "verdict": row["verdict"],
        "severity": row["severity"],
        "subject": row["subject"],
        "file": row["file"],
        "where": row["where"],
        "message": spoken("wrong"),
        "fix": spoken("fix"),
        "flips": spoken("flips"),
        "fingerprint": row["fingerprint"],
    }


async def report(request: Request) -> Response:
    """A form of the report, with the bytes that the command writes."""
    one = _done(request)
    allow(request)
    form = str(request.path_params["form"])
    if form not in FORMS:
        raise Problem(404)
    tongue = tongue_of(request)
    checks = checks_of(request)
    try:
        job = checks.write(one, form, tongue)
    except Busy as error:
        raise busy(error) from None
    if job is not None:
        if not await until_over(request, checks, job):
            raise Problem(409)
        if job.state is not State.DONE:
            raise Problem(422, job.words)
    return made_response(checks, one, form, tongue)


ROUTES = [
    Route("/api/v1/checks", create, methods=["POST"]),
    Route("/api/v1/checks/{id}", show, methods=["GET"]),
    Route("/api/v1/checks/{id}", end, methods=["DELETE"]),
    Route("/api/v1/checks/{id}/findings", findings, methods=["GET"]),
    Route("/api/v1/checks/{id}/reports/{form}", report, methods=["GET"]),
]
