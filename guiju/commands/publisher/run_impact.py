"""What `guiju impact` does: judge the same material by both sets of rules, and put what was proved beside what was seen.

0 done · 1 more newly fail than the gate allows, or what was seen contradicts the proof · 2 it could not be done.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.shared.sides import side
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.impact import Impact, impact_of
from guiju.reports.writers.to_impact import impact_html, impact_json, impact_text, impact_xlsx
from guiju.standards.load_tables import load_calendar

__all__ = ["ImpactOptions", "contradicted", "run_impact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactOptions:
    """The options of the command."""

    corpus: tuple[str, ...]
    old: Path | None
    new: Path
    as_of: date | None
    kind: str | None
    form: str
    output: Path | None
    allow: int | None
    proof: bool
    color: bool | None


class _Unread(Exception):
    """The material cannot be read by one side; its words are the sentence to say."""


def run_impact(options: ImpactOptions) -> int:
    """The exit code, after everything has been written."""
    old = side(options.old, options.color) if options.old is not None else rules_or_complain((), (), color=options.color)
    new = side(options.new, options.color) if old is not None else None
    if old is None or new is None:
        return 2
    try:
        found = impact_of(
            old,
            new,
            lambda rules: _read(options, rules),
            as_of=options.as_of,
            default=today(),
            calendar=load_calendar(),
        )
    except _Unread as fault:
        eprint(str(fault))
        return 2
    proofs = _proofs(old, new, found, options) if options.proof else {}
    plain = _plain(found, proofs, options.as_of or today())
    put(_written(plain, options.form), options.output)
    wrong = contradicted(plain)
    if wrong:
        said = ", ".join(wrong)
        eprint(say(f"所见与证明不符，请报告：{said}", f"what was seen contradicts the proof, please report: {said}"))
        return 1
    if options.allow is not None and found.newly_failing > options.allow:
        eprint(
            say(
                f"新的不符合 {found.newly_failing} 处，多于允许的 {options.allow} 处。",
                f"{found.newly_failing} newly fail, more than the {options.allow} that are allowed.",
            )
        )
        return 1
    return 0


def _read(options: ImpactOptions, rules: Ruleset) -> list[Submission]:
    """The material in one submission, by the words of one side. Raises _Unread."""
    found = read(options.corpus, rules.vocabulary, kind=options.kind)
    worst = next((one for one in found.diagnostics if one.level is Level.ERROR), None)
    if worst is not None:
        raise _Unread(worst.headline(TONGUE))
    if not found.records:
        raise _Unread(say("材料里没有这套规则所说的对象。", "The material holds nothing that these rules speak of."))
    return [found]


def _written(plain: dict[str, Any], form: str) -> str | bytes:
    match form:
        case "json":
            return impact_json(plain)
        case "html":
            return impact_html(plain, TONGUE)
        case "xlsx":
            return impact_xlsx(plain, TONGUE)
        case _:
            return impact_text(plain, TONGUE)


def _proofs(old: Ruleset, new: Ruleset, found: Impact, options: ImpactOptions) -> dict[str, str]:
    """What is proved of each rule whose outcomes change; nothing where the solver is not installed."""
    try:
        from guiju.proofs.change import compare_some
        from guiju.proofs.questions import Setting
    except ImportError:
        return {}
    setting = Setting(new, options.as_of or today(), load_calendar(), near=False)
    return compare_some({one.rule for one in found.transitions}, old, new, setting)


def contradicted(plain: dict[str, Any]) -> list[str]:
    """The rules of which a change was seen that the proof excludes."""
    ranks = {"FAIL": 2, "UNDETERMINED": 1, "met": 0}
    wrong = []
    for one in plain["transitions"]:
        step = ranks[one["after"]] - ranks[one["before"]]
        if (one["proof"] == "stricter" and step < 0) or (one["proof"] == "looser" and step > 0) or one["proof"] == "equal":
            wrong.append(one["rule"])
    return sorted(set(wrong))


def _plain(found: Impact, proofs: dict[str, str], day: date) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "records": found.records,
        "failing": found.newly_failing,
        "passing": found.newly_passing,
        "opened": sum(one.count for one in found.transitions if one.after == "UNDETERMINED"),
        "settled": sum(one.count for one in found.transitions if one.before == "UNDETERMINED"),
        "transitions": [
            {
                "rule": one.rule,
                "before": one.before,
                "after": one.after,
                "count": one.count,
                "units": [list(pair) for pair in one.units],
                "districts": [list(pair) for pair in one.districts],
                "proof": proofs.get(one.rule),
            }
            for one in found.transitions
        ],
        "samples": [
            {
                "rule": one.rule,
                "before": one.before,
                "after": one.after,
                "subject": one.subject,
                "unit": one.unit,
                "old": one.old.message.say(TONGUE) if one.old is not None else None,
                "new": one.new.message.say(TONGUE) if one.new is not None else None,
            }
            for one in found.samples
        ],
    }
