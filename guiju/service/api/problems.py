"""Errors as RFC 9457 problems, in the tongue that was asked for."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from guiju.service.web.tongue import tongue_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["Problem", "failed", "problem", "refused"]

_log = logging.getLogger("guiju.service")
_KINDS: dict[int, tuple[str, Both]] = {
    400: ("malformed", Both("请求读不通", "the request cannot be read")),
    401: ("log-in", Both("请先登录", "log in first")),
    403: ("forbidden", Both("没有权限", "this is not allowed")),
    404: ("not-found", Both("没有这个资源", "there is no such thing")),
    405: ("method", Both("不支持这种方法", "this method is not offered here")),
    409: ("not-ready", Both("还没有结果", "there is no result yet")),
    413: ("too-large", Both("文件太大或太多", "too large, or too many files")),
    415: ("media-type", Both("请用 multipart/form-data 上传", "send multipart/form-data")),
    421: ("host", Both("这个服务不叫这个名字", "this service is not called so")),
    422: ("unreadable", Both("材料没有检查成", "the material could not be checked")),
    429: ("too-often", Both("请求太频繁", "too many requests")),
    500: ("our-fault", Both("规矩自己出了错", "Guiju itself failed")),
    503: ("busy", Both("现在忙，请稍后再试", "busy; try again later")),
}


class Problem(Exception):
    """An error to be told: a status, and what exactly is wrong."""

    def __init__(self, status: int, detail: Both | None = None) -> None:
        super().__init__(detail.en if detail is not None else str(status))
        self.status, self.detail = status, detail


def problem(request: Request, status: int, detail: Both | None = None) -> Response:
    """The answer that tells it."""
    kind, title = _KINDS.get(status, _KINDS[400])
    tongue = tongue_of(request)
    told = {"type": f"urn:guiju:problem:{kind}", "title": title.say(tongue), "status": status, "instance": request.url.path}
    if detail is not None:
        told["detail"] = detail.say(tongue)
    headers = {"content-language": "zh-CN" if tongue is Tongue.ZH else "en"}
    if status == 401:
        headers["www-authenticate"] = 'Basic realm="guiju", charset="UTF-8"'
    if status in (429, 503):
        headers["retry-after"] = "60"
    return JSONResponse(told, status, headers=headers, media_type="application/problem+json")


async def refused(request: Request, error: Exception) -> Response:
    """The answer to an HTTPException or a Problem."""
    if isinstance(error, Problem):
        return problem(request, error.status, error.detail)
    assert isinstance(error, HTTPException)
    response = problem(request, error.status_code)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def failed(request: Request, error: Exception) -> Response:
    """The answer to a bug of ours; its trace goes to the log."""
    _log.exception("%s %s", request.method, request.url.path, exc_info=error)
    return problem(request, 500)
