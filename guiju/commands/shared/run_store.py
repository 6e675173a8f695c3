"""Keeps a report in the store of runs, and opens that store."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.model import Report
from guiju.reports.writers.to_json import to_json
from guiju.terms.tongue import Both, Tongue

if TYPE_CHECKING:
    from guiju.store.database import Engine

__all__ = ["STORE_FAULTS", "keep", "open_runs"]

STORE_FAULTS = {
    "missing_extra": Both("台账还需要安装：pip install 'guiju[sql]'", "keeping runs needs: pip install 'guiju[sql]'"),
    "missing_driver": Both(
        "连接数据库还需要安装：pip install 'guiju[sql]'（{words}）", "this database needs: pip install 'guiju[sql]' ({words})"
    ),
    "bad_url": Both("这不是 SQLite 文件，也不是 postgresql://… 的地址", "this is neither a SQLite file nor a postgresql://… URL"),
    "absent": Both(
        "还没有台账：{words}；先用 guiju check --keep 存一次", "there is no store yet at {words}; keep a run with guiju check --keep"
    ),
    "unreachable": Both("台账用不了：{words}", "the store cannot be used: {words}"),
    "newer": Both("台账由更新的版本建立（第 {words} 版），请升级 guiju", "the store was made by a later version ({words}); upgrade guiju"),
    "unwritable": Both("写不了台账 {words}", "the store cannot be written: {words}"),
}


def keep(where: str | None, report: Report, tongue: Tongue) -> bool:
    """Whether the run is in the store now; what happened goes to stderr."""
    engine = open_runs(where, make=True)
    if engine is None:
        return False
    from guiju.store.database import StoreFault
    from guiju.store.runs import keep_run

    try:
        id, fresh = keep_run(engine, to_json(report, tongue).decode(), kept_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    except StoreFault as fault:
        eprint(STORE_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        return False
    eprint(
        say(f"已存入台账：{id}", f"kept as {id}") if fresh else say(f"台账里已有这次检查：{id}", f"this run is in the store already: {id}")
    )
    return True


def open_runs(where: str | None, *, make: bool) -> "Engine | None":
    try:
        from guiju.store.database import StoreFault, default_store, open_store
    except ImportError:
        eprint(STORE_FAULTS["missing_extra"].say(TONGUE))
        return None
    try:
        return open_store(where or default_store(os.environ), make=make)
    except StoreFault as fault:
        eprint(STORE_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        return None
