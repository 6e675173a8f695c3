"""Finds out who asks: by the session's cookie, by Basic for programs, or by the headers of a proxy that is trusted.

Passwords are hashed with argon2; after so many failures an account is locked for a while.
"""

import base64
import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from guiju.service.clock import moment, stamp
from guiju.service.settings import Settings
from guiju.service.web.asker import NOBODY, Asker, Role
from guiju.service.web.records import Records
from guiju.store import accounts

__all__ = ["COOKIE", "HOURS", "Identity", "begin_session", "hashed", "log_in"]

COOKIE = "guiju_session"
HOURS = 12
_MOST_FAILURES = 5
_LOCKED = timedelta(minutes=15)
_HASHER = PasswordHasher()
_LONGEST = 200


def hashed(password: str) -> str:
    """The hash of a password."""
    return _HASHER.hash(password)


# Verified where there is no such account, so that the time of an answer does not say whether there is.
_NOBODYS = _HASHER.hash(secrets.token_hex(16))


def log_in(records: Records, name: str, password: str) -> accounts.Account | None:
    """The account, if the password is its own and it is not locked; every try is counted and noted."""
    known = accounts.account(records.engine, name[:_LONGEST]) if name else None
    if known is not None and known.locked_until > stamp():
        records.note(known.name, "log-in-locked", known.name)
        return None
    if not _is_right(known.secret if known is not None else _NOBODYS, password[:1_000]) or known is None:
        if known is not None:
            failed = known.failed + 1
            locked = (moment() + _LOCKED).strftime("%Y-%m-%dT%H:%M:%SZ") if failed >= _MOST_FAILURES else ""
            accounts.change(records.engine, known.name, failed=0 if locked else failed, locked_until=locked)
            records.note(known.name, "log-in-failed", known.name)
        return None
    if known.failed or known.locked_until:
        accounts.change(records.engine, known.name, failed=0, locked_until="")
    return known


def _is_right(secret: str, password: str) -> bool:
    try:
        return _HASHER.verify(secret, password)
    except (VerificationError, InvalidHashError):
        return False


def begin_session(records: Records, name: str) -> str:
    """The token of a new session; the store has its digest alone."""
    token = secrets.token_urlsafe(32)
    ends = (moment() + timedelta(hours=HOURS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    accounts.begin_session(records.engine, digest(token), name, ends, stamp())
    records.note(name, "log-in", name)
    return token


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Identity:
    """The middleware: it puts an Asker into the scope of each request."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["guiju_asker"] = await self._asker(scope)
        await self.app(scope, receive, send)

    async def _asker(self, scope: Scope) -> Asker:
        match self.settings.auth:
            case "none":
                return Asker(open=True)
            case "proxy":
                return self._named(scope)
            case _:
                records: Records = scope["app"].state.records
                return await run_in_threadpool(_local, records, Request(scope))

    def _named(self, scope: Scope) -> Asker:
        client = scope.get("client")
        headers = Headers(scope=scope)
        name, role = headers.get("x-remote-user", "").strip()[:_LONGEST], headers.get("x-remote-role", "").strip()
        if client is None or client[0] not in self.settings.proxies or not name or role not in tuple(Role):
            return NOBODY
        return Asker(name=name, role=Role(role))


def _local(records: Records, request: Request) -> Asker:
    token = request.cookies.get(COOKIE, "")
    if token:
        known = accounts.session(records.engine, digest(token[:_LONGEST]), stamp())
        if known is not None:
            return Asker(name=known.name, role=Role(known.role), session=digest(token))
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic" and request.url.path.startswith("/api/"):
        try:
            name, _, password = base64.b64decode(said, validate=True).decode().partition(":")
        except (ValueError, UnicodeDecodeError):
            return NOBODY
        known = log_in(records, name, password)
        if known is not None:
            return Asker(name=known.name, role=Role(known.role))
    return NOBODY
