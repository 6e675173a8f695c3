"""What `guiju prove` does: ask the solver about rules, have the engine judge every document that it finds, and write down what came.

0 nothing is wrong with the rules · 1 a clash, a rule that cannot be met, a gap, or a witness that the engine did not confirm ·
2 the question could not be asked.
"""

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

from guiju.commands.publisher.prove_options import ProveOptions
from guiju.commands.publisher.prove_report import report_text
from guiju.commands.shared.example_files import good_examples
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of
from guiju.standards.load_tables import load_calendar
from guiju.terms.progress import Work
from guiju.validators.plan.profiles import profile_named

__all__ = ["run_prove", "without_solver"]


def without_solver() -> str | None:
    """What to say where the solver is not installed."""
    try:
        import z3  # noqa: F401
    except ImportError:
        return say("证明还需要安装求解器：pip install 'guiju[smt]'", "proving needs the solver: pip install 'guiju[smt]'")
    return None


def run_prove(options: ProveOptions) -> int:
    """The exit code, after everything has been written."""
    fault = without_solver()
    if fault is not None:
        eprint(fault)
        return 2
    if options.old is not None and options.new is not None:
        from guiju.commands.publisher.run_prove_change import run_prove_change

        return run_prove_change(options)
    paths, names = _paths_and_names(options.wanted)
    ruleset = rules_or_complain(paths, options.add_rules, color=options.color)
    if ruleset is None:
        return 2
    rules = _chosen(ruleset, names, options)
    if rules is None:
        return 2
    found = _prove(ruleset, rules, bool(names), options)
    if options.output is not None and not _write_witnesses(found, options):
        return 2
    put(json.dumps(found, ensure_ascii=False, indent=2) + "\n" if options.json else report_text(found, ruleset, TONGUE), None)
    return 1 if _is_wrong(found) else 0


def _paths_and_names(wanted: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    paths = tuple(Path(one) for one in wanted if Path(one).exists())
    return paths, tuple(one for one in wanted if not Path(one).exists())


def _chosen(ruleset: Ruleset, names: tuple[str, ...], options: ProveOptions) -> tuple[Rule, ...] | None:
    """The rules asked about; None after saying on stderr what there is not."""
    from guiju.validators.plan.profiles import is_inside

    rules = ruleset.rules
    if options.profile is not None:
        profile = profile_named(options.profile, ruleset.profiles)
        if profile is None:
            known = ", ".join(one.name.say(TONGUE) for one in ruleset.profiles)
            eprint(say(f"没有“{options.profile}”这个场景；有：{known}", f"there is no profile {options.profile!r}; there are: {known}"))
            return None
        rules = tuple(one for one in rules if is_inside(one, profile))
    if options.kind is not None:
        kind = kind_named(ruleset, options.kind)
        if kind is None:
            eprint(say(f"没有“{options.kind}”这类对象", f"there is no kind {options.kind!r}"))
            return None
        rules = tuple(one for one in rules if one.subject.shape == kind)
    if names:
        picked = [one for one in rules if any(name in (one.id, one.id.rpartition(".")[2], one.name.zh, one.name.en) for name in names)]
        borne = {name for one in picked for name in (one.id, one.id.rpartition(".")[2], one.name.zh, one.name.en)}
        missing = [name for name in names if name not in borne]
        if missing:
            eprint(say(f"没有规则或文件“{missing[0]}”", f"there is no rule or file {missing[0]!r}"))
            return None
        rules = tuple(picked)
    return rules


def kind_named(ruleset: Ruleset, name: str) -> str | None:
    """The id of the shape of that id or name."""
    found = (one.id for one in ruleset.vocabulary.shapes if name.strip() in (one.id, one.name.zh, one.name.en))
    return next(found, None)


def _prove(ruleset: Ruleset, rules: tuple[Rule, ...], few: bool, options: ProveOptions) -> dict[str, Any]:
    from guiju.proofs.questions import Setting
    from guiju.proofs.run import prove_kinds, prove_pairs, prove_rules
    from guiju.proofs.structure import days_of_change, unreached

    setting = Setting(ruleset, options.as_of or today(), load_calendar(), good_examples(ruleset.vocabulary), seconds=options.seconds)
    jobs = options.jobs or len(os.sched_getaffinity(0))
    memo = memo_of(dict(os.environ))
    found: dict[str, Any] = {"day": setting.as_of.isoformat(), "digest": ruleset.digest}
    with bar(color=options.color) as progress:
        told = None if progress is None else partial(progress, Work.JUDGE)
        found["rules"] = prove_rules(rules, setting, memo=memo, jobs=jobs, tell=told)
    if few:
        return found
    found["kinds"] = prove_kinds(_kinds(ruleset, options), setting, jobs=jobs)
    found.update(prove_pairs(rules, setting, jobs=jobs))
    found["unreached"] = [one.id for one in unreached(ruleset) if one in rules]
    found["days"] = [[day.isoformat(), list(ids)] for day, ids in days_of_change(ruleset)]
    return found


def _kinds(ruleset: Ruleset, options: ProveOptions) -> list[tuple[str, str]]:
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    profile = profile_named(options.profile, ruleset.profiles) if options.profile is not None else None
    profiles = ruleset.profiles if profile is None else (profile,)
    pairs = [(one.id, shape) for one in profiles for shape in one.shapes if shape not in registers]
    if not ruleset.profiles:
        asked = {one.subject.shape for one in ruleset.rules} - registers
        pairs = [("", shape) for shape in sorted(asked)]
    kind = kind_named(ruleset, options.kind) if options.kind is not None else None
    return [(profile_id, shape) for profile_id, shape in pairs if kind in (None, shape)]


def _is_wrong(found: dict[str, Any]) -> bool:
    for one in found["rules"]:
        asked = one["asked"]
        if not one["sampled"] and (asked.get("pass", {}).get("answer") == "no" or one["tables"] or one["exceptions"]):
            return True
        if any(each.get("confirmed") is False for each in asked.values()):
            return True
    return any(one["answer"] == "no" or one["breaches"] for one in found.get("kinds", ())) or bool(found.get("below"))


def _write_witnesses(found: dict[str, Any], options: ProveOptions) -> bool:
    """One witness into a file, or all of them into a folder; a workbook where its name says so."""
    assert options.output is not None
    texts = {
        f"{one['rule']}.{question}": asked["witness"]
        for one in found["rules"]
        for question, asked in one["asked"].items()
        if asked.get("witness") is not None
    }
    texts |= {f"{one['profile']}.{one['kind']}": one["witness"] for one in found.get("kinds", ()) if one["witness"] is not None}
    if options.output.is_dir():
        for name, text in sorted(texts.items()):
            put(text, options.output / f"{name}.yaml")
        return True
    text = next((text for name, text in texts.items() if name.endswith(f".{options.want}")), None)
    if text is None:
        eprint(say("没有这样的文件：求解器没有找到。", "There is no such document: the solver found none."))
        return False
    if options.output.suffix.lower() == ".xlsx":
        from guiju.forms.witness_book import book_of

        put(book_of(text), options.output)
    else:
        put(text, options.output)
    return True
