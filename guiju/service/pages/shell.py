"""The small things around all pages: our own files, the switch of the tongue, and a sentence for whatever goes wrong."""

import logging
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from guiju.service.web.render import page, static_bytes
from guiju.service.web.tongue import COOKIE
from guiju.terms.tongue import Both

__all__ = ["ROUTES", "failed", "health", "refused", "sentence"]

_FILES = {"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}
_YEAR = 31_536_000
_SENTENCES: dict[int, Both] = {
    400: Both("这个请求读不通。", "This request cannot be read."),
    401: Both("请先登录。", "Please log in first."),
    403: Both("没有权限，或者页面太旧了；请刷新后再试。", "You may not do this, or the page is too old; reload it and try again."),
    404: Both(
        "没有这一页。检查结果的链接一小时后失效，只有做检查的人打得开。",
        "There is no such page. A link to a result ends after an hour, and opens only for whoever made the check.",
    ),
    405: Both("这里不能这样做。", "That cannot be done here."),
    413: Both("文件太大或太多。", "The files are too large, or too many."),
    421: Both(
        "这个服务不叫这个名字；请用启动时给出的地址。", "This service is not called so; use the address that it gave when it started."
    ),
    422: Both("没有做成。", "It could not be done."),
    429: Both("请求太频繁了，请等一分钟。", "Too many requests; please wait a minute."),
    500: Both(
        "规矩自己出了错，已经记下。请把文件连同时间报给管理员。", "Guiju itself failed; it was noted. Please report the file and the time."
    ),
    503: Both("现在忙，请稍候再试。", "Busy; please try again later."),
}
_log = logging.getLogger("guiju.service")


def sentence(status: int) -> Both:
    """What is said of a status."""
    return _SENTENCES.get(status, _SENTENCES[400])


async def refused(request: Request, error: Exception) -> Response:
    """The page of an HTTPException."""
    assert isinstance(error, HTTPException)
    if error.status_code == 401:
        return RedirectResponse("/login", 303)
    response = page(request, "sorry.html", {"status": error.status_code, "words": sentence(error.status_code)}, status=error.status_code)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def failed(request: Request, error: Exception) -> Response:
    """The page of our own bug; its trace goes to the log."""
    _log.exception("%s %s", request.method, request.url.path, exc_info=error)
    return page(request, "sorry.html", {"status": 500, "words": sentence(500)}, status=500)


async def static(request: Request) -> Response:
    """One of our own files; its address changes when it does."""
    name = str(request.path_params["name"])
    if name not in _FILES:
        raise HTTPException(404, "link")
    return Response(static_bytes(name), media_type=_FILES[name], headers={"cache-control": f"public, max-age={_YEAR}, immutable"})


async def switch(request: Request) -> Response:
    """The other tongue from now on; back to the page, which is one of ours."""
    to = request.query_params.get("to", "/")
    parts = urlsplit(to)
    safe = to if to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme else "/"
    response = RedirectResponse(safe, 303)
    tongue = "en" if request.path_params["tongue"] == "en" else "zh"
    response.set_cookie(COOKIE, tongue, max_age=_YEAR, samesite="lax", httponly=True, path="/")
    return response


async def health(request: Request) -> Response:
    """Whether the service answers, and how much it has to do."""
    running, waiting = request.app.state.checks.queue.load
    return JSONResponse({"status": "ok", "running": running, "waiting": waiting})


async def robots(request: Request) -> Response:
    """Nothing here is to be gathered."""
    return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")


ROUTES = [
    Route("/static/{name}", static, methods=["GET"]),
    Route("/tongue/{tongue}", switch, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
    Route("/robots.txt", robots, methods=["GET"]),
]
