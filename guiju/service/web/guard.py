"""Before every request: which host it names, where it comes from, how often, how large; after it, the headers that keep a browser safe.

It is plain ASGI, so that nothing of an upload is read before it is allowed.
"""

import ipaddress
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guiju.service.clock import now
from guiju.service.settings import Settings, is_loopback

__all__ = ["Guard", "address_of"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_MOST_ADDRESSES = 10_000
_SMALL = 1 << 20


def address_of(scope: Scope, settings: Settings) -> str:
    """The address that asks; behind a proxy that is believed, the one that it names."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    if address in settings.proxies:
        named = Headers(scope=scope).get("x-forwarded-for", "").split(",")[-1].strip()
        try:
            return str(ipaddress.ip_address(named))
        except ValueError:
            return address
    return address


class Guard:
    """The middleware. What it refuses is answered by `refuse`, as every other HTTPException is."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self.app, self.settings, self.refuse = app, settings, refuse
        self._often = Often()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, self._counted(scope, receive), sent)
            return
        response = await self.refuse(Request(scope, receive), refusal)
        # What was refused unread may be large: the connection is not used again.
        response.headers["connection"] = "close"
        await response(scope, receive, sent)

    def _refusal(self, scope: Scope) -> HTTPException | None:
        headers = Headers(scope=scope)
        if not self._is_our_host(headers.get("host", "")):
            return HTTPException(421, "host")
        if scope["method"] not in _SAFE and not self._is_from_here(headers):
            return HTTPException(403, "origin")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._most(scope):
            return HTTPException(413, "size")
        address = address_of(scope, self.settings)
        limits = self.settings.limits
        if not self._often.allows(("all", address), limits.requests):
            return HTTPException(429, "often")
        if scope["method"] == "POST" and _begins_a_check(scope["path"]) and not self._often.allows(("check", address), limits.checks):
            return HTTPException(429, "often")
        return None

    def _most(self, scope: Scope) -> int:
        return self.settings.limits.upload + _SMALL

    def _is_our_host(self, host: str) -> bool:
        """A page elsewhere can make its own name lead here; the browser then says that name."""
        name = urlsplit(f"//{host}").hostname or ""
        return (
            name in self.settings.names or name == self.settings.host.strip("[]") or (is_loopback(name) and is_loopback(self.settings.host))
        )

    def _is_from_here(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host", "")

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        left = self._most(scope)

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            if message["type"] == "http.request":
                left -= len(message.get("body", b""))
                if left < 0:
                    raise HTTPException(413, "size")
            return message

        return counted


def _begins_a_check(path: str) -> bool:
    return path in ("/check", "/api/v1/checks", "/verify", "/api/v1/verify")


class Often:
    """How often somebody has asked in the last minute; those who have not asked for long are forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def allows(self, who: tuple[str, str], most: int) -> bool:
        """Counts one more, and says whether it is within `most` of a minute."""
        begun, count = self._seen.pop(who, (now(), 0))
        if now() - begun > 60:
            begun, count = now(), 0
        self._seen[who] = (begun, count + 1)
        while len(self._seen) > _MOST_ADDRESSES:
            self._seen.popitem(last=False)
        return count < most
