"""`guiju check`: what is wrong with a submission, where, by which article, and how to mend it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.applicant.overlay import Overlays, with_overlays
from guiju.commands.shared.said_columns import said_columns
from guiju.commands.terminal.outputs import Outputs, with_outputs
from guiju.commands.terminal.tongue import say
from guiju.reports.formats import FORMATS

__all__ = ["check"]

_LEVELS = ("blocking", "major", "minor", "advisory")
_GROUPS = ("rule", "subject", "unit")
_SUFFIXES = {"md": "markdown", "htm": "html", "ndjson": "jsonl"}
_LEVEL_NAMES = {"error": "major", "warning": "minor", "hint": "advisory"}


@with_outputs
@with_overlays
def check(
    files: Annotated[list[str], typer.Argument(metavar=say("文件…", "FILE…"), help=say("要检查的文件或文件夹；- 表示标准输入", "files or folders to check; - is stdin"), show_default=False)],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天的规则检查（默认：提交日，否则今天）", "the day whose law holds (default: the submission day, else today)"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", metavar="text|json|…", help=say("输出格式（默认：看 -o 的后缀，没有就是 text）", "form of the report (default: by the suffix of -o, else text)"), show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写入文件", "write to a file"))] = None,
    fail_level: Annotated[str | None, typer.Option("--fail-level", metavar="blocking|major|minor|advisory", help=say("从哪一级起算不通过（退出码 1）；默认按场景的门槛", "from which severity on the exit code is 1 (default: by the gate of the profile)"), show_default=False)] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar=say("场景", "PROFILE"), help=say("为什么事提交（默认按材料认出）", "what it is handed in for (default: inferred from the material)"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar=say("规则", "RULES"), help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: Annotated[list[Path] | None, typer.Option("--add-rules", metavar=say("规则", "RULES"), help=say("在随附规则之外再加这些", "these rule files besides the shipped ones"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar=say("类别", "KIND"), help=say("文件里是什么（默认自动识别）", "what the files hold (default: found out)"))] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help=say("文字编码（默认自动识别）", "text encoding (default: found out)"))] = None,
    columns: Annotated[list[str] | None, typer.Option("--column", metavar=say("表头=字段", "HEADER=FIELD"), help=say("这个表头（或键）是哪个字段；等号后留空表示不是字段；可写多次", "which field a header or key means; nothing after = means none; may be given again"), show_default=False)] = None,
    not_data: Annotated[list[str] | None, typer.Option("--not-data", metavar=say("工作表", "SHEET"), help=say("这张工作表不是数据；可写多次", "this sheet is no data; may be given again"), show_default=False)] = None,
    stdin_filename: Annotated[str, typer.Option("--stdin-filename", help=say("标准输入的文件名，决定格式", "the name of stdin, which decides its format"))] = "stdin.yaml",
    group: Annotated[str, typer.Option("--group", metavar="rule|subject|unit", help=say("按规则、按对象或按单位归组", "group by rule, by subject or by unit"))] = "rule",
    most: Annotated[int, typer.Option("--most", help=say("每条规则最多列几处；0 为全部", "how many findings of a rule to draw; 0 for all"))] = 10,
    details: Annotated[bool, typer.Option("--details", help=say("每处再列出现状、要求和怎样才符合", "of each finding also what was seen, what is required and what would pass"))] = False,
    show: Annotated[list[str] | None, typer.Option("--show", metavar=say("判定", "VERDICT"), help=say("另外列出 undetermined、pass、not_applicable、inactive", "also list undetermined, pass, not_applicable, inactive"))] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help=say("附按规则统计", "add counts by rule"))] = False,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help=say("着色", "colour"))] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help=say("只用 ASCII 画框", "draw frames in ASCII only"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("不写提示", "no hints"))] = False,
    annotate: Annotated[Path | None, typer.Option("--annotate", metavar=say("文件", "FILE"), help=say("把问题标回原表的副本（.xlsx，或与原件同后缀；多个文件时是文件夹）", "give the input back as a marked copy (.xlsx or the suffix of the input; a folder for several)"))] = None,
    problem_list: Annotated[Path | None, typer.Option("--problem-list", metavar=say("文件", "FILE"), help=say("文稿的问题按章节列成清单（.docx 或 .xlsx）", "list the problems of documents by chapter (.docx or .xlsx)"))] = None,
    answers: Annotated[Path | None, typer.Option("--answers", metavar=say("文件", "FILE"), help=say("筛查问题的答案（guiju read --answers 写出，补完后用）", "answers to the screening questions (written by guiju read --answers, completed by you)"))] = None,
    explain_reading: Annotated[bool, typer.Option("--explain-reading", help=say("先说明读懂了什么", "first tell what was understood"))] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, max=256, metavar="N", help=say("用几个进程检查一个 NDJSON 文件（默认：文件大时用全部处理器）", "processes for one NDJSON file (default: all processors where it is large)"), show_default=False)] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="spark://HOST:PORT|local[N]", help=say("在 Apache Spark 集群上检查一个 NDJSON 文件（见 docs/spark.md）", "check one NDJSON file on an Apache Spark cluster (see docs/spark.md)"), show_default=False)] = None,
    keys: Annotated[int | None, typer.Option("--keys", min=1, metavar="N", help=say("跨记录规则的键在内存里最多留几个，多出的放到磁盘上（默认 4000000，约 500 MB；要装 guiju[big]）", "keys of rules across records to hold in memory; more go to a disk (default 4000000, about 500 MB; needs guiju[big])"), show_default=False)] = None,
    incremental: Annotated[bool, typer.Option("--incremental", help=say("只重新判断可能变了的", "judge again only what can have changed"))] = False,
    costs: Annotated[bool, typer.Option("--costs", help=say("另在标准错误输出上说明每条规则的代价，列出最慢的十条", "also tell on stderr what the rules cost, the slowest ten by name"))] = False,
    with_drafts: Annotated[bool, typer.Option("--with-drafts", help=say("另外预演草案和尚未施行的规则，另行计数，不影响结论", "also rehearse drafts and rules still to come, counted apart; they decide nothing"))] = False,
    outputs: Outputs = (),
    between: Overlays = Overlays(),
) -> None:
    """Check submissions."""
    from guiju.commands.applicant.run_check import CheckOptions, run_check

    options = CheckOptions(
        files=tuple(files),
        as_of=_day(as_of),
        rules=tuple(rules or ()),
        add_rules=tuple(add_rules or ()),
        kind=kind,
        encoding=encoding,
        columns=said_columns(columns or ()),
        not_data=tuple(not_data or ()),
        stdin_name=stdin_filename,
        form=format or _form_of(output),
        output=output,
        outputs=outputs,
        between=between,
        fail_level=None if fail_level is None else _level(fail_level),
        profile=profile,
        group=_group(group),
        most=most,
        details=details,
        show=tuple(show or ()),
        statistics=statistics,
        color=color,
        ascii=ascii,
        quiet=quiet,
        annotate=annotate,
        answers=answers,
        problem_list=problem_list,
        explain_reading=explain_reading,
        jobs=jobs,
        on=on,
        keys=keys,
        incremental=incremental,
        costs=costs,
        with_drafts=with_drafts,
    )
    raise typer.Exit(run_check(options))


def _level(text: str) -> str:
    level = _LEVEL_NAMES.get(text, text)
    if level not in _LEVELS:
        raise typer.BadParameter(say(f"没有“{text}”这一级", f"no such level: {text}"), param_hint="--fail-level")
    return level


def _group(text: str) -> str:
    if text not in _GROUPS:
        raise typer.BadParameter(say(f"不能按“{text}”归组；可写 {'、'.join(_GROUPS)}", f"cannot group by {text!r}; write {', '.join(_GROUPS)}"), param_hint="--group")
    return text


def _form_of(output: Path | None) -> str:
    """The form that the name of a file asks for."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    found = _SUFFIXES.get(suffix, suffix)
    return found if found in FORMATS else "text"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01"), param_hint="--as-of") from None
