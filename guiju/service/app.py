"""The application: routes, the guard before them, and what lives as long as the service does."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from guiju.service.api import checks as api_checks
from guiju.service.api import knowledge as api_knowledge
from guiju.service.api import openapi, problems, records
from guiju.service.checks.checks import Checks
from guiju.service.pages import account, board, book, check, fill, objections, result, shell, verify
from guiju.service.settings import Settings
from guiju.service.web.guard import Guard
from guiju.service.web.identity import Identity
from guiju.service.web.records import Records

__all__ = ["make_app"]

_SWEEP = 15.0


_API = (*api_checks.ROUTES, *api_knowledge.ROUTES, *records.ROUTES, *openapi.ROUTES)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def _refused(request: Request, error: Exception) -> Response:
    return await (problems.refused if _is_api(request) else shell.refused)(request, error)


async def _failed(request: Request, error: Exception) -> Response:
    return await (problems.failed if _is_api(request) else shell.failed)(request, error)


def make_app(settings: Settings) -> Starlette:
    """The application of these settings."""

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        checks = app.state.checks = Checks(settings.limits, settings.folder)
        checks.queue.warm_up()
        checks.make_texts()
        sweeping = asyncio.create_task(_sweep(checks))
        try:
            yield
        finally:
            sweeping.cancel()
            await checks.stop()

    app = Starlette(
        routes=[
            *shell.ROUTES,
            *check.ROUTES,
            *result.ROUTES,
            *book.ROUTES,
            *verify.ROUTES,
            *account.ROUTES,
            *board.ROUTES,
            *objections.ROUTES,
            *fill.ROUTES,
            *_API,
        ],
        middleware=[Middleware(Identity, settings=settings), Middleware(Guard, settings=settings, refuse=_refused)],
        exception_handlers={HTTPException: _refused, problems.Problem: _refused, Exception: _failed},
        lifespan=life,
    )
    app.state.settings = settings
    app.state.records = Records(settings.store) if settings.store is not None else None
    app.state.secret = secrets.token_bytes(32)
    return app


async def _sweep(checks: Checks) -> None:
    while True:
        await asyncio.sleep(_SWEEP)
        checks.sweep()
