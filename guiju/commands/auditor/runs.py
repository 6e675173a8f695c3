"""`guiju runs`: past runs, one of them as it was, and how units fare from month to month."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.commands.shared.check_files import put
from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.source import display_width
from guiju.reports.model import Report
from guiju.reports.writers.to_json import to_json
from guiju.terms.tongue import Both, Tongue

if TYPE_CHECKING:
    from guiju.store.database import Engine

__all__ = ["keep", "report_of_run", "runs"]

_ACTIONS = ("list", "show", "trend", "drop")
_FAULTS = {
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


def runs(
    action: Annotated[
        str,
        typer.Argument(
            metavar="list|show|trend|drop", help=say("列出、查看一次、看走势、删去一次", "list, show one, show the trend, or drop one")
        ),
    ] = "list",
    run: Annotated[
        str | None,
        typer.Argument(
            metavar=say("编号", "ID"), help=say("运行编号的开头，或 last", "the first characters of an id, or last"), show_default=False
        ),
    ] = None,
    department: Annotated[str | None, typer.Option("--department", help=say("只看这个单位的走势", "the trend of this unit only"))] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar=say("路径或 URL", "PATH or URL"),
            help=say("台账所在（默认：GUIJU_STORE）", "where runs are kept (default: GUIJU_STORE)"),
            show_default=False,
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="text|json", help=say("输出格式", "form"))] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=say("写入文件", "write to a file"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Show past runs."""
    if action not in _ACTIONS or format not in ("text", "json"):
        raise typer.BadParameter(say("只有 ", "there are only ") + ", ".join(_ACTIONS))
    engine = _opened(store, make=False)
    if engine is None:
        raise typer.Exit(2)
    from guiju.store.database import StoreFault

    try:
        done = _act(engine, action, run or "last", department, format)
    except StoreFault as fault:
        eprint(_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        done = None
    if done is None:
        raise typer.Exit(2)
    if done:
        put(done, output)


def _act(engine: "Engine", action: str, run: str, department: str | None, format: str) -> str | None:
    """What is to be written; None after saying on stderr why there is nothing."""
    from guiju.store.runs import drop_run, report_text

    match action:
        case "list":
            return _list(engine, format)
        case "trend":
            return _trend(engine, format, department)
        case _:
            id = _one(engine, run)
            if id is None or action == "show":
                return None if id is None else report_text(engine, id)
            drop_run(engine, id)
            eprint(say(f"已删去 {id}", f"dropped {id}"))
            return ""


def keep(where: str | None, report: Report, tongue: Tongue) -> bool:
    """Whether the run is in the store now; what happened goes to stderr."""
    engine = _opened(where, make=True)
    if engine is None:
        return False
    from guiju.store.database import StoreFault
    from guiju.store.runs import keep_run

    try:
        id, fresh = keep_run(engine, to_json(report, tongue).decode(), kept_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    except StoreFault as fault:
        eprint(_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        return False
    eprint(
        say(f"已存入台账：{id}", f"kept as {id}") if fresh else say(f"台账里已有这次检查：{id}", f"this run is in the store already: {id}")
    )
    return True


def report_of_run(where: str | None, start: str) -> str | None:
    """The json report of the run whose id begins so; None after saying on stderr why there is none."""
    engine = _opened(where, make=False)
    id = _one(engine, start) if engine is not None else None
    if engine is None or id is None:
        return None
    from guiju.store.runs import report_text

    return report_text(engine, id)


def _opened(where: str | None, *, make: bool) -> "Engine | None":
    try:
        from guiju.store.database import StoreFault, default_store, open_store
    except ImportError:
        eprint(_FAULTS["missing_extra"].say(TONGUE))
        return None
    try:
        return open_store(where or default_store(os.environ), make=make)
    except StoreFault as fault:
        eprint(_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        return None


def _one(engine: "Engine", start: str) -> str | None:
    from guiju.store.runs import find_run

    found = find_run(engine, start)
    if len(found) == 1:
        return found[0]
    if not found:
        eprint(say(f"台账里没有“{start}”。", f"there is no run {start!r}."))
    else:
        eprint(say(f"“{start}”有 {len(found)} 个，请多写几位。", f"{len(found)} runs begin with {start!r}; write more of it."))
    return None


def _list(engine: "Engine", format: str) -> str:
    from guiju.store.runs import list_runs

    found = list_runs(engine)
    if format == "json":
        plain = [
            {
                "id": one.id,
                "kept_at": one.kept_at,
                "as_of": one.as_of,
                "series": one.series,
                "package": one.package,
                "ruleset": one.ruleset,
                "subjects": one.subjects,
                "rules": one.rules,
                "tally": dict(one.tally),
            }
            for one in found
        ]
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    head = [
        say("编号", "id"),
        say("检查日", "as of"),
        say("对象", "subjects"),
        say("不符合", "fail"),
        say("豁免", "waived"),
        say("无法判定", "undetermined"),
        say("内容", "what"),
    ]
    rows = [
        [
            one.id,
            one.as_of,
            str(one.subjects),
            str(one.count("FAIL") + one.count("ERROR")),
            str(one.count("WAIVED")),
            str(one.count("UNDETERMINED")),
            one.series,
        ]
        for one in found
    ]
    return _table([head, *rows])


def _trend(engine: "Engine", format: str, department: str | None) -> str:
    from guiju.store.runs import trend

    found = trend(engine, department=department)
    if format == "json":
        plain = [
            {
                "month": one.month,
                "department": one.department or None,
                "fail": one.fail,
                "waived": one.waived,
                "undetermined": one.undetermined,
            }
            for one in found
        ]
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    nobody = say("（未标明）", "(not named)")
    head = [say("单位", "unit"), say("月份", "month"), say("不符合", "fail"), say("豁免", "waived"), say("无法判定", "undetermined"), ""]
    most = max((one.fail for one in found), default=0)
    ordered = sorted(found, key=lambda one: (one.department, one.month))
    rows = [
        [
            one.department or nobody,
            one.month,
            str(one.fail),
            str(one.waived),
            str(one.undetermined),
            "█" * round(20 * one.fail / most) if most else "",
        ]
        for one in ordered
    ]
    return _table([head, *rows])


def _table(rows: list[list[str]]) -> str:
    widths = [max(display_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ("  ".join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)
