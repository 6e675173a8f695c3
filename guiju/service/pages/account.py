"""Logging in and out, one's own account and results, accounts for administrators, and the log of who did what."""

import re
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from guiju.service.clock import stamp
from guiju.service.web.asker import Role, asker_of, must
from guiju.service.web.forms import form_of, text_in
from guiju.service.web.guard import Often, address_of
from guiju.service.web.identity import COOKIE, HOURS, begin_session, hashed, log_in
from guiju.service.web.records import Records
from guiju.service.web.render import page
from guiju.store import accounts
from guiju.terms.tongue import Both

__all__ = ["LEAST", "NAME", "ROUTES"]

LEAST = 10
"""The fewest characters of a password."""
NAME = re.compile(r"[\w.@-]{1,60}")
_WRONG = Both(
    "名字或密码不对；连错五次，账号锁十五分钟。",
    "The name or the password is wrong; after five failures an account is locked for a quarter of an hour.",
)
_OFTEN = Both("试得太多了，请等一分钟。", "Too many tries; please wait a minute.")
_often = Often()


def records_of(request: Request) -> Records:
    """The store; HTTPException 404 where there is none."""
    found: Records | None = request.app.state.records
    if found is None:
        raise HTTPException(404, "store")
    return found


async def ask(request: Request) -> Response:
    """The form to log in."""
    if request.app.state.settings.auth != "local":
        raise HTTPException(404, "link")
    return page(request, "login.html", {"fault": None})


async def enter(request: Request) -> Response:
    """Logs in."""
    records = records_of(request)
    form = await form_of(request)
    if not _often.allows(("login", address_of(request.scope, request.app.state.settings)), request.app.state.settings.limits.logins):
        return page(request, "login.html", {"fault": _OFTEN}, status=429)
    password = form.get("password")
    known = await run_in_threadpool(log_in, records, text_in(form, "name") or "", password if isinstance(password, str) else "")
    if known is None:
        return page(request, "login.html", {"fault": _WRONG}, status=403)
    token = await run_in_threadpool(begin_session, records, known.name)
    response = RedirectResponse("/", 303)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="lax", secure=secure, path="/")
    return response


async def leave(request: Request) -> Response:
    """Logs out."""
    records = records_of(request)
    await form_of(request)
    asker = asker_of(request)
    if asker.session:
        await run_in_threadpool(accounts.end_session, records.engine, asker.session)
        await run_in_threadpool(records.note, asker.name, "log-out", asker.name)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


async def mine(request: Request) -> Response:
    """One's own results, and one's password."""
    asker = must(request, "check")
    records: Records | None = request.app.state.records
    runs = await run_in_threadpool(records.runs, 200, asker.name) if records is not None and asker.name else []
    checks = request.app.state.checks.owned_by(asker.name) if asker.name else []
    return page(request, "account.html", {"runs": runs, "checks": checks, "fault": None})


async def password(request: Request) -> Response:
    """Another password for oneself."""
    asker = must(request, "check")
    records = records_of(request)
    form = await form_of(request)
    old, new = form.get("old"), form.get("new")
    known = await run_in_threadpool(log_in, records, asker.name, old if isinstance(old, str) else "")
    if known is None or not isinstance(new, str) or len(new) < LEAST:
        fault = Both(
            f"原密码不对，或者新密码不到 {LEAST} 个字", f"the old password is wrong, or the new one has fewer than {LEAST} characters"
        )
        return page(request, "account.html", {"runs": [], "checks": [], "fault": fault}, status=400)
    await run_in_threadpool(accounts.change, records.engine, asker.name, secret=await run_in_threadpool(hashed, new))
    await run_in_threadpool(records.note, asker.name, "password", asker.name)
    return RedirectResponse("/account", 303)


async def every(request: Request) -> Response:
    """All accounts."""
    must(request, "accounts")
    return page(request, "accounts.html", await _accounts(request, None))


async def _accounts(request: Request, fault: Both | None) -> dict[str, Any]:
    found = await run_in_threadpool(accounts.accounts, records_of(request).engine)
    return {"accounts": found, "roles": [(one.value, one.words) for one in Role], "fault": fault}


async def change(request: Request) -> Response:
    """A new account, another role or password, an account removed."""
    asker = must(request, "accounts")
    records = records_of(request)
    form = await form_of(request)
    deed, name, role = text_in(form, "deed"), text_in(form, "name") or "", text_in(form, "role")
    secret = form.get("password")
    known = await run_in_threadpool(accounts.account, records.engine, name)
    fault = _fault(deed, name, role, secret, known, asker.name)
    if fault is not None:
        return page(request, "accounts.html", await _accounts(request, fault), status=400)
    before = {"role": known.role} if known is not None else None
    if deed == "remove":
        await run_in_threadpool(accounts.remove_account, records.engine, name)
    elif known is None:
        made = await run_in_threadpool(hashed, str(secret))
        await run_in_threadpool(accounts.add_account, records.engine, name, str(role), made, stamp())
    else:
        values: dict[str, Any] = {"role": role, "failed": 0, "locked_until": ""}
        if secret:
            values["secret"] = await run_in_threadpool(hashed, str(secret))
        await run_in_threadpool(lambda: accounts.change(records.engine, name, **values))
    after = None if deed == "remove" else {"role": role, "password": bool(secret)}
    await run_in_threadpool(records.note, asker.name, f"account-{deed}", name, before, after)
    return RedirectResponse("/accounts", 303)


def _fault(deed: str | None, name: str, role: str | None, secret: object, known: object, own: str) -> Both | None:
    if deed == "remove":
        return (
            Both("不能删自己，也不能删没有的账号", "your own account cannot be removed, nor one that is not there")
            if name == own or known is None
            else None
        )
    if deed != "put" or not NAME.fullmatch(name) or role not in tuple(Role):
        return Both(
            "名字只用字母、汉字、数字和 . @ - _，角色要选一个", "a name has letters, digits and . @ - _ only, and a role must be chosen"
        )
    if name == own and role != Role.ADMINISTRATOR:
        return Both("不能改掉自己的管理员角色", "you cannot take the role of administrator from yourself")
    is_short = not isinstance(secret, str) or len(secret) < LEAST
    if (known is None or secret) and is_short:
        return Both(f"密码至少 {LEAST} 个字", f"a password has at least {LEAST} characters")
    return None


async def audit(request: Request) -> Response:
    """Who did what."""
    must(request, "audit")
    found = await run_in_threadpool(accounts.acts, records_of(request).engine)
    return page(request, "audit.html", {"acts": found})


ROUTES = [
    Route("/login", ask, methods=["GET"]),
    Route("/login", enter, methods=["POST"]),
    Route("/logout", leave, methods=["POST"]),
    Route("/account", mine, methods=["GET"]),
    Route("/account/password", password, methods=["POST"]),
    Route("/accounts", every, methods=["GET"]),
    Route("/accounts", change, methods=["POST"]),
    Route("/audit", audit, methods=["GET"]),
]
