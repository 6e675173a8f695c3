"""Waivers and the baseline of an earlier report, laid over a report; and whether the run is kept.

`with_overlays` adds the options to a command. Nothing here decides about a finding.
"""

import hashlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.commands.shared.report_files import plain_report
from guiju.commands.shared.waiver_files import load_waivers, read_bytes
from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.source import Source
from guiju.dsl.ruleset import Ruleset
from guiju.reports.model import Report
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.validators.findings.waivers import Waiver

__all__ = ["LoadedOverlays", "Overlays", "keep_run", "prepare", "with_overlays"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Overlays:
    """The options: waiver files, baseline, and whether to keep the run."""

    waivers: tuple[Path, ...] = ()
    baseline: Path | None = None
    new_only: bool = False
    keep: bool = False
    store: str | None = None


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class LoadedOverlays:
    """The waivers (None: none were asked for), their texts, and the baseline as (plain report, digest)."""

    waivers: tuple[Waiver, ...] | None
    sources: tuple[Source, ...] = ()
    baseline: tuple[Any, str] | None = None
    new_only: bool = False
    color: bool | None = None

    def apply(self, report: Report) -> Report:
        """Marks the findings of a report against the baseline, and prints diagnostics of the waivers."""
        if report.waivers is not None:
            print_diagnostics(report.waivers.diagnostics, {one.name: one for one in self.sources}, color=self.color)
        if self.baseline is None:
            return report
        from guiju.reports.layout.compare import against_baseline, side_of_plain

        plain, digest = self.baseline
        side = side_of_plain(plain, "baseline")
        assert side is not None, "`prepare` refuses what is no report"
        return against_baseline(report, side, digest, new_only=self.new_only)


def with_overlays(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of `Overlays` to a command, which takes them as its argument `between`."""

    def called(**words: Any) -> None:
        between = Overlays(
            waivers=tuple(words.pop("waivers") or ()),
            baseline=words.pop("baseline"),
            new_only=words.pop("new_only"),
            keep=words.pop("keep"),
            store=words.pop("store"),
        )
        command(**words, between=between)

    signature = inspect.signature(command)
    own = [one for one in signature.parameters.values() if one.name != "between"]
    # typer reads both: the signature for defaults, the annotations for types.
    called.__signature__ = signature.replace(parameters=[*own, *_OPTIONS])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in (*own, *_OPTIONS)}
    called.__name__ = command.__name__
    called.__doc__ = command.__doc__
    return called


def _option(name: str, default: object, type: object, *words: str, help: str, metavar: str | None = None) -> inspect.Parameter:
    option = typer.Option(*words, help=help, metavar=metavar, show_default=False)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[type, option])


_FILE = say("文件", "FILE")
_OPTIONS = (
    _option(
        "waivers",
        None,
        list[Path] | None,
        "--waivers",
        metavar=_FILE,
        help=say("豁免清单（YAML，可多份）", "waivers (YAML, may be given again)"),
    ),
    _option(
        "baseline",
        None,
        Path | None,
        "--baseline",
        metavar=_FILE,
        help=say("以往的 json 报告；只有新增的算不通过", "an earlier json report; only what is new counts"),
    ),
    _option("new_only", False, bool, "--new-only", help=say("不列出基线里已有的", "do not list what the baseline holds")),
    _option("keep", False, bool, "--keep", help=say("把这次检查存入台账（见 guiju runs）", "keep this run (see guiju runs)")),
    _option(
        "store",
        None,
        str | None,
        "--store",
        metavar=say("路径或 URL", "PATH or URL"),
        help=say(
            "台账所在：SQLite 文件或 postgresql://…（默认：GUIJU_STORE）",
            "where runs are kept: a SQLite file or postgresql://… (default: GUIJU_STORE)",
        ),
    ),
)


def prepare(between: Overlays, ruleset: Ruleset, *, color: bool | None) -> LoadedOverlays | None:
    """Loads waivers and baseline. Prints the reason and returns None on failure."""
    if between.new_only and between.baseline is None:
        eprint(say("--new-only 要与 --baseline 一起用。", "--new-only needs --baseline."))
        return None
    waivers, sources = load_waivers(between.waivers, ruleset, color=color) if between.waivers else (None, ())
    if between.waivers and waivers is None:
        return None
    baseline = None
    if between.baseline is not None:
        data = read_bytes(between.baseline)
        plain = None if data is None else plain_report(data)
        if data is None or plain is None:
            if data is not None:
                eprint(say(f"{between.baseline} 不是 guiju 的 json 报告。", f"{between.baseline} is no json report of guiju."))
            return None
        baseline = (plain, hashlib.sha256(data).hexdigest())
    return LoadedOverlays(waivers=waivers, sources=sources, baseline=baseline, new_only=between.new_only, color=color)


def keep_run(url: str | None, report: Report) -> bool:
    """Keeps the report in the store of runs; False, with the reason on stderr, on failure."""
    from guiju.commands.shared.run_store import keep

    return keep(url, report, TONGUE)
