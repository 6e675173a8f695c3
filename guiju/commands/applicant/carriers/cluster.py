"""`guiju check --on`: runs the check on a cluster, and says why that cannot be."""

from datetime import date
from typing import Any

from guiju.catalog.formats import suffix_format
from guiju.catalog.read import listed
from guiju.catalog.streams.open import lines_of
from guiju.catalog.streams.stream import NotAStream
from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_lines
from guiju.reports.model import Report
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Both
from guiju.validators.streaming.faults import RunFailed

__all__ = ["carried", "carrying_fault", "fault_words"]

_FAULTS = {
    "absent": Both("用 Spark 检查还需要安装 {0}（pip install guiju[spark]）。", "Spark needs the package {0} (pip install guiju[spark])."),
    "java": Both("用 Spark 检查需要 Java 17，这里没有。", "Spark needs Java 17, which is not here."),
    "unreachable": Both("连不上集群：{0}", "the cluster cannot be reached: {0}"),
    "lost": Both(
        "一个检查进程被外面结束了（{0}），没有结果；内存不够时可以减少 --jobs。",
        "a process of the check was ended from outside ({0}); where memory is short, give fewer --jobs.",
    ),
    "disk": Both(
        "跨记录规则的键超过了 --keys，又不能放到磁盘上：{0}", "there are more keys than --keys, and they cannot go to a disk: {0}"
    ),
    "failed": Both("集群没有完成检查：{0}", "the cluster did not finish the check: {0}"),
}


def carrying_fault(options: Any) -> str | None:
    """Why these options cannot run on a cluster; None where they can."""
    from guiju.validators.streaming.backends import is_backend

    if not is_backend(options.on):
        return say(
            f"“{options.on}”不是集群；请写 spark://主机:端口 或 local[2]",
            f"{options.on!r} is no cluster; write spark://host:port or local[2]",
        )
    names = None if "-" in options.files else listed(options.files)
    if not names or any(suffix_format(name) not in ("ndjson", "parquet") for name in names):
        return say(
            "--on 检查 NDJSON 和 Parquet 文件，或者只有这类文件的文件夹。",
            "--on checks files of NDJSON and Parquet, or folders of nothing else.",
        )
    others = {
        "--show": options.show,
        "--annotate": options.annotate,
        "--encoding": options.encoding,
        "--explain-reading": options.explain_reading,
    }
    others["--waivers"] = options.between.waivers
    if named := [name for name, value in others.items() if value]:
        return say(f"--on 不能与 {named[0]} 一起用。", f"--on does not go with {named[0]}.")
    return None


def fault_words(fault: RunFailed) -> str:
    """The sentence for a run that failed."""
    return _FAULTS[fault.kind].say(TONGUE).format(fault.words)


def carried(
    files: tuple[str, ...], ruleset: Ruleset, *, as_of: date, kind: str | None, on: str, keys: int | None, profile: str | None = None
) -> Report | None:
    """The report of a run on a cluster; None on failure, with the reason on stderr."""
    name = ""
    try:
        inputs = []
        for name in listed(files) or ():
            inputs.append(lines_of(name))
        report = check_lines(ruleset, inputs, as_of=as_of, calendar=load_calendar(), kind=kind, on=on, keys=keys, profile=profile)
    except OSError as error:
        eprint(say(f"打不开 {name}：", f"cannot open {name}: ") + (error.strerror or str(error)))
        return None
    except ImportError as error:
        raise RunFailed("absent", error.name or "") from None
    except NotAStream as fault:
        eprint(say(f"{name} 读不了：", f"{name} cannot be read: ") + fault.why.say(TONGUE))
        return None
    if report is None:
        eprint(
            say(
                "这些规则或这些文件要整个读入内存，集群不能代劳；请不带 --on 再检查。",
                "These rules or these files need all records in memory, which no cluster does; check them again without --on.",
            )
        )
    return report
