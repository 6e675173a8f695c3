"""The application: routes, the guard before them, and what lives as long as the service does."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from guiju.service.checks.checks import Checks
from guiju.service.pages import book, check, result, shell
from guiju.service.settings import Settings
from guiju.service.web.asker import Asker
from guiju.service.web.guard import Guard

__all__ = ["make_app"]

_SWEEP = 15.0


class _Asked:
    """Finds out who asks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["guiju_asker"] = Asker(open=self.settings.auth == "none")
        await self.app(scope, receive, send)


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
        routes=[*shell.ROUTES, *check.ROUTES, *result.ROUTES, *book.ROUTES],
        middleware=[Middleware(_Asked, settings=settings), Middleware(Guard, settings=settings, refuse=shell.refused)],
        exception_handlers={HTTPException: shell.refused, Exception: shell.failed},
        lifespan=life,
    )
    app.state.settings = settings
    app.state.secret = secrets.token_bytes(32)
    return app


async def _sweep(checks: Checks) -> None:
    while True:
        await asyncio.sleep(_SWEEP)
        checks.sweep()
