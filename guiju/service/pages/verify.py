"""核验: drop a pack or a slip; whether it holds, and why."""

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from guiju.service.checks.checks import Checks
from guiju.service.checks.queue import Busy, State
from guiju.service.checks.tasks.verifying import verified_of
from guiju.service.checks.uploads import Refused
from guiju.service.web.asker import must
from guiju.service.web.forms import form_of, text_in
from guiju.service.web.render import page
from guiju.terms.tongue import Both

__all__ = ["ROUTES"]


async def ask(request: Request) -> Response:
    """The page with the form."""
    must(request, "check")
    return page(request, "verify.html", {"verified": None, "fault": None, "name": ""})


async def verify(request: Request) -> Response:
    """What holds of what was dropped."""
    must(request, "check")
    form = await form_of(request)
    checks: Checks = request.app.state.checks
    uploads = [one for name in ("pack", "inputs") for one in form.getlist(name) if isinstance(one, UploadFile)]
    name = uploads[0].filename if uploads else ""
    try:
        job = checks.verify(uploads, text_in(form, "key") or "")
        await job.over.wait()
        verified = verified_of(job.task.folder) if job.state is State.DONE else None
        fault = None if verified is not None else job.words
        checks.forget_attempt(job)
    except Refused as refused:
        verified, fault = None, refused.words
    except Busy as busy:
        verified, fault = None, Both(f"现在忙：有 {busy.waiting} 个检查在排队", f"busy: {busy.waiting} checks are waiting")
    status = 200 if verified is not None else 422
    return page(request, "verify.html", {"verified": verified, "fault": fault, "name": name}, status=status)


ROUTES = [Route("/verify", ask, methods=["GET"]), Route("/verify", verify, methods=["POST"])]
