"""What `guiju test --generate` does: cases at the edges of each rule, and for each change that no case notices one that does.

0 proposed · 2 nothing could be asked. Nothing is written: the cases go to stdout, for the author to accept.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guiju.commands.author.run_test import case_files, read_case_file, ruleset_for
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import shipped_rules
from guiju.standards.load import load_calendar
from guiju.validators.testing.coverage import Proof, prove

if TYPE_CHECKING:
    from guiju.proofs.boundaries import Boundary

__all__ = ["cases_for", "run_generate"]

# Rules that are not in force on it are asked on the nearest day on which they are.
_DAY = date(2026, 1, 1)


def run_generate(paths: tuple[Path, ...], rules: tuple[Path, ...], *, most: int, color: bool | None) -> int:
    """The exit code, after the proposals were written."""
    try:
        import guiju.proofs.boundaries  # noqa: F401
    except ImportError:
        eprint(say("提议用例还需要安装：pip install 'guiju[smt]'", "proposing cases needs: pip install 'guiju[smt]'"))
        return 2
    places = paths or rules or (shipped_rules(),)
    missing = [one for one in places if not one.exists()]
    if missing:
        eprint(say(f"没有这个文件：{missing[0]}", f"no such file: {missing[0]}"))
        return 2
    ruleset = ruleset_for(places, rules, color=color, broken=set())
    if ruleset is None:
        return 2
    files = [one for one in (read_case_file(path, color=color) for path in case_files(places)) if one is not None]
    proofs = {one.rule.id: one for one in (prove(file, ruleset, load_calendar()) for file in files) if one.rule is not None}
    asked = [one for one in ruleset.rules if not one.implicit and (one.id in proofs or not paths)]
    if not asked:
        asked = [one for one in ruleset.rules if not one.implicit]
    for rule in asked:
        lines = [f"rule: {rule.id}", "cases:"]
        found = list(cases_for(rule, ruleset, proofs.get(rule.id), most))
        for number, one in enumerate(found, 1):
            lines.append(_line(one, number, rule))
        if found:
            put("\n".join(lines) + "\n", None)
    return 0


def cases_for(rule: Rule, ruleset: Ruleset, proof: Proof | None, most: int) -> Iterator["Boundary"]:
    """The proposals for one rule: its edges, then what tells it from the changes that the written cases let pass."""
    from guiju.proofs.boundaries import boundaries_of, told_apart
    from guiju.proofs.questions import Setting
    from guiju.proofs.run import day_for
    from guiju.proofs.solver import Answer

    setting = Setting(ruleset, day_for(rule, _DAY), load_calendar(), near=False)
    yield from boundaries_of(rule, setting)
    alive = [one for one in (proof.survivors if proof is not None else ()) if not one.parameters]
    for mutant in alive[: most or None]:
        answer, case = told_apart(rule, mutant.rule, mutant.words, setting)
        if case is not None:
            yield case
        elif answer is Answer.NO:
            eprint(say(f"没有材料能区分：{mutant.words.zh}", f"no document tells apart: {mutant.words.en}"))


def _line(one: "Boundary", number: int, rule: Rule) -> str:
    parts: dict[str, Any] = {"given": _plain(one.record), "want": one.verdict.name.lower(), "as_of": one.day.isoformat()}
    if rule.subject.path:
        parts["subject"] = "".join(f"/{step}" for step in one.path)
    if one.others:
        parts["with"] = {kind: [_plain(each) for each in held] for kind, held in one.others.items()}
    name = f"{number} {one.name.say(TONGUE)}"
    return f"  - {json.dumps(name, ensure_ascii=False)}: {json.dumps(parts, ensure_ascii=False)}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
