"""`guiju compare`: two reports, two catalogs, or one catalog on two days of law, side by side.

0 nothing new · 1 something is new or fails that did not · 2 the comparison could not be made.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.commands.shared.check_files import check_files, day_of
from guiju.commands.shared.report_files import plain_report
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.layout.compare import Change, Comparison, Side, side_of_plain, side_of_report
from guiju.reports.layout.compare import compare as compare_sides
from guiju.reports.writers.compared.to_comparison import COMPARISON_FORMS

__all__ = ["compare"]

_HEAD = 4096


def compare(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="OLD [NEW]",
            help=say(
                "json 报告、要检查的文件，或 run:编号；按两天比对时只给一个",
                "json reports, files to check, or run:ID; one only where two days are compared",
            ),
            show_default=False,
        ),
    ],
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=say("检查日；写两次则比对这两天的法", "the day of judgement; given twice, the law of these two days is compared"),
        ),
    ] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: Annotated[
        list[Path] | None, typer.Option("--add-rules", help=say("再加这些规则文件", "these rule files besides the shipped ones"))
    ] = None,
    waivers: Annotated[list[Path] | None, typer.Option("--waivers", help=say("豁免清单", "waivers"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=say("文件里是什么", "what the files hold"))] = None,
    store: Annotated[str | None, typer.Option("--store", help=say("台账（用于 run:编号）", "where runs are kept (for run:ID)"))] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="|".join(COMPARISON_FORMS), help=say("输出格式", "form"))] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=say("写入文件", "write to a file"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Compare two runs."""
    days = [day_of(text) for text in as_of or ()]
    if format not in COMPARISON_FORMS:
        raise typer.BadParameter(say(f"没有“{format}”这种格式", f"no form {format!r}"), param_hint="--format")
    if (len(files), len(days)) not in ((2, 0), (2, 1), (2, 2), (1, 2)):
        raise typer.BadParameter(say("给两个文件，或一个文件和两个 --as-of", "give two files, or one file and --as-of twice"))
    way = _Way(rules=tuple(rules or ()), add_rules=tuple(add_rules or ()), waivers=tuple(waivers or ()), kind=kind, store=store)
    old, new = files if len(files) == 2 else (files[0], files[0])
    old_day, new_day = (days * 2 if len(days) == 1 else days) or (None, None)
    found = compare_sides(way.side(old, old_day), way.side(new, new_day))
    put(COMPARISON_FORMS[format](found, TONGUE), output)
    raise typer.Exit(1 if _is_worse(found) else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How either side is come by."""

    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    waivers: tuple[Path, ...]
    kind: str | None
    store: str | None

    def side(self, file: str, day: date | None) -> Side:
        """A run of the store, a report, or files that are judged now; the process ends where it is none of them."""
        side = _kept(file, self.store) if file.startswith("run:") else _read_report(file)
        if side is None:
            judged = check_files((file,), as_of=day, rules=self.rules, add_rules=self.add_rules, waivers=self.waivers, kind=self.kind)
            if judged is None:
                raise typer.Exit(2)
            return side_of_report(judged.report, file, TONGUE)
        if day is not None and day.isoformat() != side.as_of:
            zh = f"{file} 是 {side.as_of} 的报告，不能改按 {day} 的法。"
            eprint(say(zh, f"{file} is a report as of {side.as_of}; it cannot be judged as of {day}."))
            raise typer.Exit(2)
        return side


def _is_worse(found: Comparison) -> bool:
    wrong = ("FAIL", "ERROR")
    return any(one.change in (Change.NEW, Change.CHANGED) and one.after is not None and one.after.verdict in wrong for one in found.pairs)


def _read_report(file: str) -> Side | None:
    """The side of a json report; None for anything else, which is then read as a submission."""
    path = Path(file)
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD).lstrip()
        if not (head.startswith(b"{") and b'"guiju"' in head):
            return None
        plain = plain_report(path.read_bytes())
    except OSError:
        return None
    return None if plain is None else side_of_plain(plain, file)


def _kept(name: str, store: str | None) -> Side:
    """The side of a run in the store; the process ends where there is none."""
    from guiju.commands.auditor.runs import report_of_run

    text = report_of_run(store, name.removeprefix("run:"))
    side = side_of_plain(json.loads(text), name) if text is not None else None
    if side is None:
        raise typer.Exit(2)
    return side
