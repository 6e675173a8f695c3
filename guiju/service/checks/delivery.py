"""Hands over a file that was made of a result: to be saved, and never to be shown within a page of ours."""

from urllib.parse import quote

from starlette.responses import FileResponse, Response

from guiju.service.checks.checks import Check, Checks
from guiju.service.checks.tasks.writing import FORMS
from guiju.terms.tongue import Tongue

__all__ = ["made_response"]


def made_response(checks: Checks, one: Check, form: str, tongue: Tongue) -> Response:
    """The file under its name."""
    file, name = checks.made(one, form, tongue)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}", "content-security-policy": "sandbox"}
    return FileResponse(file, media_type=FORMS[form].media, headers=headers)
