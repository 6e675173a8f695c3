"""`guiju serve`: the page, on this machine or, with accounts, for an office."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option("--host", help=say("在哪个地址上；本机之外的要加 --auth", "the address; one beyond this machine needs --auth"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("端口；0 为任意空闲的", "the port; 0 is any that is free"))] = 8765,
    store: Annotated[str | None, typer.Option("--store", metavar=say("路径或 URL", "PATH or URL"), help=say("台账所在：SQLite 文件或 postgresql://…；不写则什么都不留", "where runs are kept: a SQLite file or postgresql://…; without it nothing is kept"), show_default=False)] = None,
    open: Annotated[bool, typer.Option("--open", help=say("在浏览器里打开", "open it in the browser"))] = False,
    auth: Annotated[str, typer.Option("--auth", metavar="none|local|proxy", help=say("谁可以用：本机不登录、台账里的账号、代理告知的账号", "who may use it: this machine without login, accounts of the store, or accounts that a proxy names"))] = "none",
    proxy: Annotated[list[str] | None, typer.Option("--proxy", metavar=say("地址", "ADDRESS"), help=say("信任哪个地址送来的账号和来源（可多次）", "the address whose headers are believed; may be given again"), show_default=False)] = None,
    name: Annotated[list[str] | None, typer.Option("--name", metavar=say("域名", "NAME"), help=say("用户在浏览器里写的域名（可多次）", "a host name under which users reach it; may be given again"), show_default=False)] = None,
    folder: Annotated[Path | None, typer.Option("--folder", metavar=say("文件夹", "FOLDER"), help=say("检查时的临时文件放在哪里", "where files lie while they are checked"), show_default=False)] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help=say("同时检查几个（默认：处理器数）", "how many checks run at once (default: processors)"), show_default=False)] = None,
    limit: Annotated[list[str] | None, typer.Option("--limit", metavar=say("名称=数", "NAME=NUMBER"), help=say("另定一项限制，如 upload=100000000（见 docs/service.md）", "another limit, such as upload=100000000 (docs/service.md)"), show_default=False)] = None,
    init_admin: Annotated[str | None, typer.Option("--init-admin", metavar=say("名字", "NAME"), help=say("建第一个管理员账号（问密码），然后结束", "make the first administrator (asks for a password), and end"), show_default=False)] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Serve the page."""
    from guiju.commands.bureau.run_serve import run_serve

    asked = {"host": host, "port": port, "store": store, "proxies": proxy, "names": name, "folder": folder, "workers": workers, "limit": limit, "init_admin": init_admin}
    raise typer.Exit(run_serve(auth, show=open, **asked))
