"""What `guiju check --on` says around a check that a cluster carries: what can be carried, and why it could not be."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from guiju.catalog.formats import suffix_format
from guiju.commands.outlet import note
from guiju.commands.tongue import TONGUE, say
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_file
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Both

__all__ = ["carried", "carrying_fault"]

_FAULTS = {
    "absent": Both("用 Spark 检查还需要安装 {0}（pip install guiju[spark]）。", "Spark needs the package {0} (pip install guiju[spark])."),
    "java": Both("用 Spark 检查需要 Java 17，这里没有。", "Spark needs Java 17, which is not here."),
    "unreachable": Both("连不上集群：{0}", "the cluster cannot be reached: {0}"),
    "failed": Both("集群没有完成检查：{0}", "the cluster did not finish the check: {0}"),
}


def carrying_fault(wish: Any) -> str | None:
    """Why what is wished cannot be carried; None where it can."""
    if not import_module("guiju.validators.carriers.choose").is_carrier(wish.on):
        return say(
            f"“{wish.on}”不是集群；请写 spark://主机:端口 或 local[2]", f"{wish.on!r} is no cluster; write spark://host:port or local[2]"
        )
    if len(wish.files) != 1 or wish.files[0] == "-" or suffix_format(wish.files[0]) != "ndjson":
        return say("--on 一次检查一个 NDJSON 文件。", "--on checks one NDJSON file at a time.")
    others = {"--show": wish.show, "--annotate": wish.annotate, "--encoding": wish.encoding, "--explain-reading": wish.explain_reading}
    others["--waivers"] = wish.between.waivers
    if named := [name for name, value in others.items() if value]:
        return say(f"--on 不能与 {named[0]} 一起用。", f"--on does not go with {named[0]}.")
    return None


def carried(files: tuple[str, ...], ruleset: Ruleset, *, as_of: date, kind: str | None, on: str) -> Report | None:
    """The report; None after saying on stderr why there is none."""
    streams = import_module("guiju.validators.validate_stream")
    try:
        with Path(files[0]).open("rb"):
            pass
        report = check_file(ruleset, files[0], as_of=as_of, calendar=load_calendar(), kind=kind, on=on)
    except OSError as error:
        note(say(f"打不开 {files[0]}：", f"cannot open {files[0]}: ") + (error.strerror or str(error)))
        return None
    except streams.CarrierFault as fault:
        note(_FAULTS[fault.kind].say(TONGUE).format(fault.words))
        return None
    if report is None:
        note(
            say(
                "这些规则或这个文件要整个读入内存，集群不能代劳；请不带 --on 再检查。",
                "These rules or this file need all records in memory, which no cluster does; check it again without --on.",
            )
        )
    return report
