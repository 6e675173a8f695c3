"""Runs `guiju serve`: the settings out of the options, and the service until it is told to end.

0 ended · 2 it could not begin.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

import typer

from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import TONGUE, say

__all__ = ["run_serve"]

_AUTHS = ("none", "local", "proxy")


def run_serve(auth: str, *, show: bool, **asked: Any) -> int:
    """The exit code, after the service has ended."""
    if auth not in _AUTHS:
        raise typer.BadParameter(say("只有 none、local、proxy", "there are none, local and proxy"), param_hint="--auth")
    try:
        from guiju.service.checks.queue import default_workers
        from guiju.service.serve import NotServed, init_admin, serve
        from guiju.service.settings import Limits, Settings
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("guiju"):
            raise
        zh = f"网页还需要安装：pip install 'guiju[web]'（缺 {missing.name}）"
        eprint(say(zh, f"the page needs: pip install 'guiju[web]' ({missing.name} is missing)"))
        return 2
    workers = asked.pop("workers") or default_workers()
    limits = replace(Limits(workers=workers), **_limits(asked.pop("limit") or (), {one.name: one.default for one in fields(Limits)}))
    asked_admin = asked.pop("init_admin")
    if asked_admin is not None and asked["store"] is None:
        raise typer.BadParameter(
            say("账号放在台账里：请加 --store", "accounts are kept in a store: add --store"), param_hint="--init-admin"
        )
    for name in ("proxies", "names"):
        asked[name] = tuple(asked[name] or ())
    settings = Settings(auth=auth, limits=limits, **asked)
    try:
        if asked_admin is not None:
            init_admin(settings.store or "", asked_admin, _password())
            eprint(say(f"已建管理员 {asked_admin}", f"made the administrator {asked_admin}"))
            return 0
        serve(settings, lambda words: eprint(words.say(TONGUE)), show=show)
    except NotServed as fault:
        eprint(fault.words.say(TONGUE))
        return 2
    return 0


def _limits(said: Iterable[str], usual: Mapping[str, Any]) -> dict[str, Any]:
    """The limits that are said, each a number of the kind that it is by default."""
    found: dict[str, Any] = {}
    for one in said:
        name, _, value = one.partition("=")
        try:
            found[name] = type(usual[name])(value)
        except (KeyError, ValueError):
            words = say(f"“{one}”不对；可以是：{'、'.join(usual)}", f"{one!r} is not right; there are: {', '.join(usual)}")
            raise typer.BadParameter(words, param_hint="--limit") from None
    return found


def _password() -> str:
    """The password, asked for twice on a terminal; else the first line of stdin."""
    if sys.stdin is not None and sys.stdin.isatty():
        return str(typer.prompt(say("密码", "password"), hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n") if sys.stdin is not None else ""
