"""豁免与异议: an applicant objects to a finding, the bureau answers, and every step is in the log. A waiver that is granted is drafted as YAML."""

import base64
import secrets
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from guiju.service.checks.checks import Check, Checks
from guiju.service.checks.queue import Busy, State
from guiju.service.clock import stamp, today
from guiju.service.pages.account import records_of
from guiju.service.pages.check import check_of
from guiju.service.web.asker import Asker, asker_of, must
from guiju.service.web.forms import form_of, text_in
from guiju.service.web.knowledge import knowledge
from guiju.service.web.records import Records
from guiju.service.web.render import page
from guiju.service.web.tongue import tongue_of
from guiju.store import objections as kept
from guiju.store.objections import Objection
from guiju.store.waiver_draft import WaiverDraft, draft_text
from guiju.terms.tongue import Both
from guiju.validators.findings.waivers import rule_digest

__all__ = ["ROUTES"]

_LARGEST = 2 << 20
_STATES = {
    "open": Both("待答复", "open"),
    "upheld": Both("维持原判", "the finding is upheld"),
    "rule_at_fault": Both("规则有误", "the rule is at fault"),
    "waived": Both("准予豁免", "a waiver is granted"),
}


async def every(request: Request) -> Response:
    """All objections, or one's own; and how they stand, by rule."""
    asker = asker_of(request)
    records = records_of(request)
    if asker.may("objections"):
        found = await run_in_threadpool(records.objections)
    else:
        must(request, "object")
        found = await run_in_threadpool(lambda: records.objections(made_by=asker.name))
    counts = await run_in_threadpool(kept.counts, records.engine) if asker.may("objections") else ()
    return page(request, "objections.html", {"objections": found, "states": _STATES, "counts": _table(counts)})


def _table(counts: tuple[tuple[str, str, int], ...]) -> list[tuple[str, dict[str, int]]]:
    table: dict[str, dict[str, int]] = {}
    for rule, state, count in counts:
        table.setdefault(rule, {})[state] = count
    return sorted(table.items(), key=lambda one: -sum(one[1].values()))


async def ask(request: Request) -> Response:
    """The form of an objection to one finding."""
    must(request, "object")
    records_of(request)
    one, finding = _finding(request)
    return page(request, "object.html", {"check": one, "finding": finding, "fault": None})


def _finding(request: Request) -> tuple[Any, dict[str, Any]]:
    one = check_of(request)
    number = str(request.path_params["n"])
    found = one.result().finding(int(number)) if one.is_done and number.isdigit() and len(number) < 9 else None
    if found is None:
        raise HTTPException(404, "link")
    return one, {**found, "card": one.result().rules().get(found["rule"])}


async def raise_one(request: Request) -> Response:
    """Keeps an objection."""
    asker = must(request, "object")
    records = records_of(request)
    form = await form_of(request)
    one, finding = _finding(request)
    reason = text_in(form, "reason")
    attachment = form.get("attachment")
    data = await attachment.read(_LARGEST + 1) if isinstance(attachment, UploadFile) and attachment.filename else b""
    if reason is None or len(data) > _LARGEST:
        fault = Both("请写明理由；附件最大 2 MB", "give a reason; an attachment has 2 MB at most")
        return page(request, "object.html", {"check": one, "finding": finding, "fault": fault}, status=400)
    slip = await _slip(request, one, finding["fingerprint"])
    made = Objection(
        id=secrets.token_hex(8),
        made_at=stamp(),
        made_by=asker.name,
        rule=finding["rule"],
        fingerprint=finding["fingerprint"],
        department=finding["department"],
        state="open",
        reason=reason,
        finding=finding,
        slip=slip,
        attachment_name=(attachment.filename or "")[:200] if isinstance(attachment, UploadFile) else "",
        attachment=base64.b64encode(data).decode(),
        answer=None,
    )
    await run_in_threadpool(kept.add_objection, records.engine, made)
    await run_in_threadpool(records.note, asker.name, "object", made.id, None, {"rule": made.rule, "fingerprint": made.fingerprint})
    return RedirectResponse(f"/objections/{made.id}", 303)


async def _slip(request: Request, one: Check, fingerprint: str) -> str:
    """The slip of the finding; blank where there can be none now, as of a reading that somebody corrected."""
    checks: Checks = request.app.state.checks
    tongue = tongue_of(request)
    try:
        job = checks.slip(one, fingerprint, tongue)
    except Busy:
        return ""
    await job.over.wait()
    if job.state is not State.DONE:
        return ""
    file, _ = checks.made(one, f"slip{fingerprint}", tongue)
    return await run_in_threadpool(file.read_text, encoding="utf-8")


async def slip(request: Request) -> Response:
    """The slip, to be verified by whoever doubts the finding."""
    _, _, found = await _one(request)
    if not found.slip:
        raise HTTPException(404, "link")
    return Response(found.slip, media_type="application/json", headers={"content-disposition": "attachment; filename=slip.json"})


async def _one(request: Request) -> tuple[Records, Asker, Objection]:
    asker = asker_of(request)
    records = records_of(request)
    found = await run_in_threadpool(kept.objection, records.engine, str(request.path_params["id"]))
    if found is None or not (asker.may("objections") or (asker.may("object") and found.made_by == asker.name)):
        must(request, "object" if asker.role is None else "objections")
        raise HTTPException(404, "link")
    return records, asker, found


async def show(request: Request) -> Response:
    """One objection with its finding, its clause and what was answered."""
    _, _, found = await _one(request)
    return page(request, "objection.html", {"one": found, "states": _STATES, "fault": None, "today": today().isoformat()})


async def attached(request: Request) -> Response:
    """The attachment, to be saved."""
    _, _, found = await _one(request)
    if not found.attachment:
        raise HTTPException(404, "link")
    headers = {"content-disposition": "attachment; filename=attachment.bin", "content-security-policy": "sandbox"}
    return Response(base64.b64decode(found.attachment), media_type="application/octet-stream", headers=headers)


async def answer(request: Request) -> Response:
    """Answers an objection; it is answered once."""
    asker = must(request, "answer")
    records, _, found = await _one(request)
    form = await form_of(request)
    said, fault = _answer(request, found, form, asker)
    if fault is None:
        done = await run_in_threadpool(kept.answer, records.engine, found.id, said["state"], said)
        fault = None if done else Both("这件异议已经答复过", "it was answered before")
    if fault is not None:
        facts = {"one": found, "states": _STATES, "fault": fault, "today": today().isoformat()}
        return page(request, "objection.html", facts, status=400)
    await run_in_threadpool(
        records.note, asker.name, "answer", found.id, {"state": found.state}, {"state": said["state"], "words": said["words"]}
    )
    return RedirectResponse(f"/objections/{found.id}", 303)


def _answer(request: Request, found: Objection, form: FormData, asker: Asker) -> tuple[dict[str, Any], Both | None]:
    state, words = text_in(form, "state"), text_in(form, "words")
    if state not in ("upheld", "rule_at_fault", "waived") or words is None:
        return {}, Both("请选一种答复，并写明理由", "choose an answer, and give its reason")
    said: dict[str, Any] = {"state": state, "words": words, "by": asker.name, "at": stamp(), "waiver": None}
    if state != "waived":
        return said, None
    try:
        start, end = date.fromisoformat(text_in(form, "from") or ""), date.fromisoformat(text_in(form, "to") or "")
    except ValueError:
        return {}, Both("豁免要有起止日期", "a waiver has a first and a last day")
    number, approver = text_in(form, "number"), text_in(form, "approver")
    if number is None or approver is None or end < start:
        return {}, Both(
            "豁免要有批准文号、批准人的岗位，止期不早于起期",
            "a waiver has the number of its document, the office that approves it, and ends no earlier than it begins",
        )
    rule = next((one for one in knowledge().ruleset.rules if one.id == found.rule), None)
    draft = WaiverDraft(
        id=f"{start.year}-{found.id[:6]}",
        rule=found.rule,
        digest=rule_digest(rule) if rule is not None else "",
        kinds=(rule.subject.shape,) if rule is not None else (),
        subjects=(),
        findings=(found.fingerprint,),
        start=start,
        title=found.finding["card"]["name"][0] if found.finding.get("card") else found.rule,
        message=found.finding["wrong"][0],
        approver=approver,
        number=number,
        reason=words,
        end=end,
    )
    return {**said, "waiver": draft_text([draft], tongue_of(request)), "to": end.isoformat()}, None


ROUTES = [
    Route("/objections", every, methods=["GET"]),
    Route("/check/{link}/object/{n}", ask, methods=["GET"]),
    Route("/check/{link}/object/{n}", raise_one, methods=["POST"]),
    Route("/objections/{id}", show, methods=["GET"]),
    Route("/objections/{id}/answer", answer, methods=["POST"]),
    Route("/objections/{id}/slip.json", slip, methods=["GET"]),
    Route("/objections/{id}/attachment", attached, methods=["GET"]),
]
