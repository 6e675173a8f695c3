"""填报: a form to download, or one on the page that is judged by the same rules while somebody types; the draft stays in the browser."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from guiju.catalog.mapping.headers import embedded
from guiju.forms.files.tables_book import tables_book
from guiju.forms.template.form_plan import form_plan
from guiju.service.api.knowledge import root_shapes, template_of
from guiju.service.checks.queue import Busy, State
from guiju.service.checks.tasks.judging import judged
from guiju.service.clock import today
from guiju.service.pages.check import queue_sentence
from guiju.service.web.asker import asker_of, must
from guiju.service.web.forms import form_of
from guiju.service.web.knowledge import knowledge
from guiju.service.web.render import fragment, page
from guiju.service.web.tongue import tongue_of
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["ROUTES"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 5_000
_NOT_JUDGED = Both("没有判成", "it was not judged")


async def kinds(request: Request) -> Response:
    """The kinds, each with its form to download and its form on the page."""
    must(request, "check")
    # A document is written, and read by its chapters; nobody fills it in field by field.
    return page(request, "fill.html", {"kinds": [one for one in root_shapes() if one.id != "written_document"]})


def _shape(request: Request) -> Shape:
    must(request, "check")
    id = str(request.path_params["kind"])
    found = next((one for one in root_shapes() if one.id == id), None)
    if found is None:
        raise HTTPException(404, "link")
    return found


async def template(request: Request) -> Response:
    """The form of a kind as a workbook."""
    return await run_in_threadpool(template_of, request, _shape(request))


async def form(request: Request) -> Response:
    """The form on the page."""
    shape = _shape(request)
    facts = await run_in_threadpool(_facts, request, shape, {})
    return page(request, "form.html", facts)


def _facts(request: Request, shape: Shape, values: dict[str, str]) -> dict[str, Any]:
    tongue = tongue_of(request)
    plan = form_plan(knowledge().ruleset, (shape,), tongue, today(), short=False)
    columns = next((sheet.columns for sheet in plan.sheets if sheet.shape.id == shape.id), ())
    asked = {id for one in knowledge().profiles for kind, fields in one.screening if kind == shape.id for id in fields}
    fields = [
        {
            "name": one.path[-1],
            "path": ".".join(one.path),
            "label": one.label,
            "required": one.required,
            "choices": one.choices.shown if one.choices is not None else (),
            "doc": one.field.doc,
            "value": values.get(".".join(one.path), ""),
            "screening": one.path[0] in asked and len(one.path) == 1,
        }
        for one in columns
        if one.path
    ]
    # What decides which rules are asked at all is asked first, then what is required.
    fields.sort(key=lambda one: (not one["screening"], not one["required"]))
    return {"shape": shape, "fields": fields, "judged": None, "left_out": plan.left_out, "inner": [one.name for one in _lists(shape)]}


def _lists(shape: Shape) -> Iterator[Any]:
    return (one for one in shape.fields if embedded(one.type, knowledge().ruleset.vocabulary)[1])


def _values(form: FormData, shape: Shape) -> dict[str, str]:
    """What was filled in, by path; fields that the kind does not have are passed over."""
    known = {one.id for one in shape.fields}
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        path = name.removeprefix("f:")
        if name.startswith("f:") and path.split(".")[0] in known and isinstance(value, str) and value.strip():
            found[path] = value.strip()[:_LONGEST]
    return found


def record_of(values: dict[str, str]) -> dict[str, Any]:
    """The values under the ids of their fields, those of inner records inside them."""
    made: dict[str, Any] = {}
    for path, value in values.items():
        here = made
        *owners, last = path.split(".")
        for owner in owners:
            inner = here.setdefault(owner, {})
            here = inner if isinstance(inner, dict) else {}
        here[last] = value
    return made


async def send(request: Request) -> Response:
    """Judges what was filled in, for the page or its script; or saves it as a workbook or YAML; or checks it as a file."""
    shape = _shape(request)
    form = await form_of(request)
    values = _values(form, shape)
    deed = form.get("deed")
    if deed in ("xlsx", "yaml"):
        return await run_in_threadpool(_saved, request, shape, values, str(deed))
    checks = request.app.state.checks
    try:
        if deed == "check":
            made = checks.begin_text(f"{shape.id}.yaml", _as_yaml(shape, values), owner=asker_of(request).name, tongue=tongue_of(request))
            return RedirectResponse(f"/check/{made.token}", 303)
        job = checks.judge(_as_yaml(shape, values))
        await job.over.wait()
        words = job.words or _NOT_JUDGED
        found = judged(job.task.folder) if job.state is State.DONE else {"fault": [words.zh, words.en]}
        checks.forget_attempt(job)
    except Busy as busy:
        found = {"fault": [queue_sentence(busy.waiting).zh, queue_sentence(busy.waiting).en]}
    if deed == "live":
        return fragment(request, "judged.html", {"judged": found})
    facts = await run_in_threadpool(_facts, request, shape, values)
    return page(request, "form.html", {**facts, "judged": found})


def _as_yaml(shape: Shape, values: dict[str, str]) -> str:
    """One record as the readers take it; JSON is YAML, and nothing in a value can leave its quotes."""

    return f"{json.dumps(shape.id)}: {json.dumps(record_of(values), ensure_ascii=False, indent=2)}\n"


def _saved(request: Request, shape: Shape, values: dict[str, str], form: str) -> Response:
    tongue = tongue_of(request)
    name = quote(f"{shape.name.say(tongue)}.{form}", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    if form == "yaml":
        return Response(_as_yaml(shape, values), media_type="application/yaml", headers=headers)
    fields = _facts(request, shape, values)["fields"]
    heads = [one["label"] for one in fields]
    row = [one["value"] for one in fields]
    return Response(tables_book([(shape.name.say(tongue), heads, [row])]), media_type=_XLSX, headers=headers)


ROUTES = [
    Route("/fill", kinds, methods=["GET"]),
    Route("/fill/{kind}/form.xlsx", template, methods=["GET"]),
    Route("/fill/{kind}", form, methods=["GET"]),
    Route("/fill/{kind}", send, methods=["POST"]),
]
