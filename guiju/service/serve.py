"""Starts the service on an address, says where it is, and ends with it."""

import socket
import webbrowser
from collections.abc import Callable
from threading import Timer

import uvicorn
from starlette.applications import Starlette

from guiju.service.app import make_app
from guiju.service.clock import stamp
from guiju.service.pages.account import LEAST, NAME
from guiju.service.settings import Settings, is_loopback
from guiju.service.web.asker import Role
from guiju.service.web.identity import hashed
from guiju.service.web.records import Records
from guiju.store.accounts import account, add_account
from guiju.store.database import StoreFault
from guiju.terms.tongue import Both

__all__ = ["NotServed", "init_admin", "serve"]


class NotServed(Exception):
    """The service cannot begin; `words` say why."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


def serve(settings: Settings, tell: Callable[[Both], None], *, show: bool = False) -> None:
    """Serves until it is told to end. Raises NotServed."""
    if not is_loopback(settings.host) and settings.auth == "none":
        raise NotServed(
            Both(
                f"{settings.host} 在别的机器上也能访问：请加 --auth local 或 --auth proxy，或者只用 127.0.0.1",
                f"{settings.host} is reached from other machines: add --auth local or --auth proxy, or use 127.0.0.1 only",
            )
        )
    if settings.auth == "local" and settings.store is None:
        raise NotServed(
            Both("--auth local 的账号放在台账里：请加 --store", "the accounts of --auth local are kept in a store: add --store")
        )
    if settings.auth == "proxy" and not settings.proxies:
        raise NotServed(
            Both("--auth proxy 要用 --proxy 指明信任哪个地址", "--auth proxy needs --proxy: the address whose headers are believed")
        )
    app = _made(settings)
    listening = _bound(settings)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        lifespan="on",
    )
    tell(Both(f"规矩：{address} （按 Ctrl+C 结束）", f"Guiju: {address} (Ctrl+C ends it)"))
    if show:
        Timer(0.5, webbrowser.open, (address,)).start()
    uvicorn.Server(config).run(sockets=[listening])


def _made(settings: Settings) -> Starlette:
    try:
        return make_app(settings)
    except StoreFault as fault:
        raise NotServed(Both(f"台账用不了：{fault.words}", f"the store cannot be used: {fault.words}")) from None


def init_admin(store: str, name: str, password: str) -> None:
    """Makes the first administrator. Raises NotServed."""
    if not NAME.fullmatch(name) or len(password) < LEAST:
        raise NotServed(
            Both(
                f"名字只用字母、汉字、数字和 . @ - _，密码至少 {LEAST} 个字",
                f"a name has letters, digits and . @ - _ only, a password at least {LEAST} characters",
            )
        )
    try:
        records = Records(store)
        if account(records.engine, name) is not None:
            raise NotServed(Both(f"已有账号 {name}", f"there is an account {name} already"))
        add_account(records.engine, name, Role.ADMINISTRATOR.value, hashed(password), stamp())
        records.note(name, "init-admin", name, None, {"role": Role.ADMINISTRATOR.value})
    except StoreFault as fault:
        raise NotServed(Both(f"台账用不了：{fault.words}", f"the store cannot be used: {fault.words}")) from None


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host.strip("[]"), settings.port), family=family, backlog=256)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise NotServed(
            Both(
                f"{where} 用不了：{error.strerror}；可用 --port 换一个端口",
                f"{where} cannot be used: {error.strerror}; --port takes another",
            )
        ) from None
