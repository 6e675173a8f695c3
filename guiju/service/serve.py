"""Starts the service on an address, says where it is, and ends with it."""

import socket
import webbrowser
from collections.abc import Callable
from threading import Timer

import uvicorn

from guiju.service.app import make_app
from guiju.service.settings import Settings, is_loopback
from guiju.terms.tongue import Both

__all__ = ["NotServed", "serve"]


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
    listening = _bound(settings)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    config = uvicorn.Config(
        make_app(settings),
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
