"""`guiju runs`: past runs, one of them as it was, and how units fare from month to month."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.commands.shared.run_store import STORE_FAULTS, open_runs
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.source import display_width

if TYPE_CHECKING:
    from guiju.store.database import Engine

__all__ = ["report_of_run", "runs"]

_LEAST = 6
_FORMS = ("--format text", "--format json", "trend --format html")
_ACTIONS = ("list", "show", "trend", "figures", "drop")


def runs(
    action: Annotated[
        str,
        typer.Argument(
            metavar="|".join(_ACTIONS), help=say("列出、查看一次、看走势、看板的数、删去一次", "list, show one, trend, dashboard, drop one")
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
    format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="text|json|html", help=say("输出格式（html 只用于走势）", "form (html for the trend only)")),
    ] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=say("写入文件", "write to a file"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Show past runs."""
    if action not in _ACTIONS or format not in ("text", "json", *(["html"] if action == "trend" else [])):
        raise typer.BadParameter(say("只有 ", "there are only ") + ", ".join((*_ACTIONS, *_FORMS)))
    if action == "drop" and (fault := _drop_fault(run)) is not None:
        eprint(fault)
        raise typer.Exit(2)
    engine = open_runs(store, make=False)
    if engine is None:
        raise typer.Exit(2)
    from guiju.store.database import StoreFault

    try:
        done = _act(engine, action, run or "last", department, format)
    except StoreFault as fault:
        eprint(STORE_FAULTS[fault.kind].say(TONGUE).format(words=fault.words))
        done = None
    if done is None:
        raise typer.Exit(2)
    if done:
        put(done, output)


def _drop_fault(run: str | None) -> str | None:
    """Why nothing is deleted: what destroys has no default, and few characters name nothing."""
    if run is None:
        return say("请写明删去哪一次：guiju runs drop 编号", "say which run to drop: guiju runs drop ID")
    if run != "last" and len(run) < _LEAST:
        return say(f"编号“{run}”太短，请至少写 {_LEAST} 位。", f"the id {run!r} is too short; write at least {_LEAST} characters of it")
    return None


def _act(engine: "Engine", action: str, run: str, department: str | None, format: str) -> str | None:
    """What is to be written; None after saying on stderr why there is nothing."""
    from guiju.store.runs import drop_run, report_text

    match action:
        case "list":
            return _list(engine, format)
        case "trend":
            return _trend(engine, format, department)
        case "figures":
            from guiju.commands.auditor.run_figures import figures_text

            return figures_text(engine, format, department)
        case _:
            id = _one(engine, run)
            if id is None or action == "show":
                return None if id is None else report_text(engine, id)
            drop_run(engine, id)
            eprint(say(f"已删去 {id}", f"dropped {id}"))
            return ""


def report_of_run(where: str | None, start: str) -> str | None:
    """The json report of the run whose id begins so; None after saying on stderr why there is none."""
    engine = open_runs(where, make=False)
    id = _one(engine, start) if engine is not None else None
    if engine is None or id is None:
        return None
    from guiju.store.runs import report_text

    return report_text(engine, id)


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
    if format == "html":
        from guiju.reports.writers.compared.to_trend import to_html

        return to_html(((one.month, one.department, one.fail, one.waived, one.undetermined) for one in found), TONGUE)
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
