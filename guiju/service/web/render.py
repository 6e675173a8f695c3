"""Templates: every page is made here, in the tongue of its reader, all words of data escaped."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from guiju.service.web.asker import Asker, asker_of
from guiju.service.web.forms import form_token
from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["fragment", "page", "rendered", "static_bytes", "version_of"]

_STATIC = resources.files("guiju.service") / "static"


@cache
def static_bytes(name: str) -> bytes:
    """One of our own files."""
    return (_STATIC / name).read_bytes()


@cache
def version_of(name: str) -> str:
    """What changes when the file does."""
    return hashlib.sha256(static_bytes(name)).hexdigest()[:10]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("guiju.service", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version_of"] = version_of
    made.filters["n"] = lambda count: f"{count:,}"
    return made


def _sayers(tongue: Tongue) -> dict[str, Callable[..., str]]:
    is_zh = tongue is Tongue.ZH

    def inline(zh: str, en: str, **facts: Any) -> str:
        words = zh if is_zh else en
        return words.format(**facts) if facts else words

    def say(words: Sequence[str] | Both | None) -> str:
        if words is None:
            return ""
        return words.say(tongue) if isinstance(words, Both) else words[0 if is_zh else 1]

    return {"_": inline, "say": say}


def page(request: Request, template: str, facts: Mapping[str, Any] | None = None, *, status: int = 200) -> HTMLResponse:
    """The page; `_(zh, en)` and `say(pair)` speak the tongue of the reader in its template."""
    tongue = tongue_of(request)
    asker: Asker = asker_of(request)
    words = _sayers(tongue)
    response = HTMLResponse(status_code=status)
    context = {
        **words,
        "tongue": tongue.value,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "asker": asker,
        "settings": request.app.state.settings,
        "has_store": request.app.state.settings.store is not None,
        "form_token": form_token(request, response),
        **(facts or {}),
    }
    response.body = response.render(_environment().get_template(template).render(context))
    response.headers["content-length"] = str(len(response.body))
    response.headers["content-language"] = "zh-CN" if tongue is Tongue.ZH else "en"
    return response


def rendered(template: str, tongue: Tongue, facts: Mapping[str, Any]) -> bytes:
    """A page that is a file: nobody asks for it."""
    text = _environment().get_template(template).render({**_sayers(tongue), "tongue": tongue.value, **facts})
    return text.encode("utf-8", "backslashreplace")


def fragment(request: Request, template: str, facts: Mapping[str, Any]) -> HTMLResponse:
    """A part of a page, for the script."""
    tongue = tongue_of(request)
    return HTMLResponse(_environment().get_template(template).render({**_sayers(tongue), "tongue": tongue.value, **facts}))
