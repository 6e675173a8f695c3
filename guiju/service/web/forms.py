"""Forms that come from our own pages: read within limits, and refused where they do not bring the token that the page gave.

The token is bound to a cookie of this browser; another site can neither read nor guess it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["form_of", "form_token", "text_in"]

_COOKIE = "guiju_form"
_LONGEST = 4_000


def form_token(request: Request, response: Response) -> str:
    """The token for the forms of a page; the first page of a browser also gives it its cookie."""
    held = request.cookies.get(_COOKIE, "")
    if len(held) < 20:
        held = secrets.token_urlsafe(24)
        response.set_cookie(_COOKIE, held, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return _made(request, held)


def _made(request: Request, held: str) -> str:
    secret: bytes = request.app.state.secret
    return hmac.new(secret, held[:100].encode(), hashlib.sha256).hexdigest()


async def form_of(request: Request) -> FormData:
    """The form; HTTPException 403 without its token, 400 where it cannot be read, 413 where it is too large."""
    limits = request.app.state.settings.limits
    form = await request.form(max_files=limits.files, max_fields=2_000, max_part_size=1 << 18)
    said = form.get("token")
    held = request.cookies.get(_COOKIE, "")
    if not isinstance(said, str) or not held or not hmac.compare_digest(said.encode(), _made(request, held).encode()):
        raise HTTPException(403, "form")
    return form


def text_in(form: FormData | Mapping[str, Any], name: str) -> str | None:
    """The text of a field, None where it is blank or no text."""
    said = form.get(name)
    return said.strip()[:_LONGEST] if isinstance(said, str) and said.strip() else None
