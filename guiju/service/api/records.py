"""Verification and past runs for programs."""

import json
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from guiju.service.api.asked import allow, number
from guiju.service.api.checks import busy, checks_of, until_over
from guiju.service.api.problems import Problem
from guiju.service.checks.queue import Busy, State
from guiju.service.checks.tasks.verifying import verified_of
from guiju.service.checks.uploads import Refused
from guiju.service.web.asker import must
from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["ROUTES"]

_PEM = re.compile(r"-----BEGIN [A-Z ]+-----")


async def verify(request: Request) -> Response:
    """Whether a pack or a slip holds."""
    must(request, "check")
    allow(request)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem(415)
    form = await request.form(max_files=request.app.state.settings.limits.files, max_fields=4, max_part_size=65_536)
    unknown = [
        name for name, value in form.multi_items() if name not in ("pack", "inputs", "key") or (name == "key") is not isinstance(value, str)
    ]
    packs = [one for one in form.getlist("pack") if isinstance(one, UploadFile)]
    if unknown or len(packs) != 1:
        raise Problem(400, Both("表单要有一个 pack，可有 inputs 和 key", "the form has one pack, and may have inputs and a key"))
    uploads = [*packs, *(one for one in form.getlist("inputs") if isinstance(one, UploadFile))]
    key = form.get("key")
    if isinstance(key, str) and not _PEM.match(key):
        raise Problem(400, Both("key 应是 PEM 公钥的文字", "the key is the text of a public key in PEM"))
    checks = checks_of(request)
    try:
        job = checks.verify(uploads, key if isinstance(key, str) else "")
    except Refused as refused:
        raise Problem(refused.status, refused.words) from None
    except Busy as error:
        raise busy(error) from None
    try:
        await until_over(request, checks, job)
        if job.state is not State.DONE:
            raise Problem(422, job.words)
        told = verified_of(job.task.folder)
    finally:
        checks.forget_attempt(job)
    said = 0 if tongue_of(request) is Tongue.ZH else 1
    made = [
        {"what": one["what"][said], "outcome": one["outcome"], "why": one["why"][said] if one["why"] else None} for one in told["checks"]
    ]
    return JSONResponse({"outcome": told["outcome"], "checks": made})


async def runs(request: Request) -> Response:
    """The runs of the store."""
    must(request, "runs")
    allow(request, "limit")
    most = number(request.query_params.get("limit"), "limit", 100, 1_000, least=1)
    records = request.app.state.records
    if records is None:
        raise Problem(404, _NO_STORE)
    found = await run_in_threadpool(records.runs, most)
    return JSONResponse({"runs": found})


async def run(request: Request) -> Response:
    """The report of one run, as it was kept."""
    must(request, "runs")
    allow(request)
    records = request.app.state.records
    if records is None:
        raise Problem(404, _NO_STORE)
    text = await run_in_threadpool(records.report, str(request.path_params["id"]))
    if text is None:
        raise Problem(404)
    return JSONResponse(json.loads(text))


_NO_STORE = Both("这个服务没有台账（--store）", "this service keeps no runs (--store)")

ROUTES = [
    Route("/api/v1/verify", verify, methods=["POST"]),
    Route("/api/v1/runs", runs, methods=["GET"]),
    Route("/api/v1/runs/{id}", run, methods=["GET"]),
]
