"""`fix --plan` and `complete --plan`: the smallest change of each record that makes it comply, proposed and never applied.

0 proposed, or nothing to do · 1 there is none for some record · 2 it could not be asked.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load_tables import load_calendar
from guiju.terms.shape import Shape
from guiju.validators.plan.profiles import take

__all__ = ["propose"]

_MOST = 20


def propose(
    files: Sequence[str],
    *,
    rules: tuple[Path, ...],
    add_rules: tuple[Path, ...],
    as_of: date | None = None,
    kind: str | None = None,
    fill_only: bool = False,
    color: bool | None = None,
) -> int:
    """The exit code, after the proposals were written."""
    try:
        from guiju.proofs.plan_change import plan_change
        from guiju.proofs.questions import Setting
    except ImportError:
        eprint(say("推算最小修改还需要安装：pip install 'guiju[smt]'", "the smallest change needs: pip install 'guiju[smt]'"))
        return 2
    ruleset = rules_or_complain(rules, add_rules, color=color)
    if ruleset is None:
        return 2
    submission = read(files, ruleset.vocabulary, kind=kind)
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=color)
    if not submission.records:
        eprint(say("没有读到可以检查的对象。", "There was nothing to check."))
        return 2
    setting = Setting(ruleset, as_of or submission.submitted or today(), load_calendar())
    taken = take(ruleset.profiles, submission.records, {one.shape for one in submission.records})
    status = 0
    for record in submission.records[:_MOST]:
        shape = ruleset.vocabulary.shape(record.shape)
        found = plan_change(record.shape, record.value, taken.of(record.shape), setting, fill_only=fill_only)
        place = record.locator.place(())
        put("\n".join([f"{place.file} {place.pointer or ''}".rstrip(), *_lines(found, shape, ruleset)]) + "\n", None)
        status = status if found.answer.value == "yes" else 1
    left = len(submission.records) - _MOST
    if left > 0:
        eprint(say(f"另有 {left} 条记录没有推算。", f"{left} more records were not asked about."))
    return status


def _lines(found: "object", shape: Shape, ruleset: Ruleset) -> list[str]:
    from guiju.proofs.plan_change import ChangePlan

    assert isinstance(found, ChangePlan)
    names = {one.id: one.name.say(TONGUE) for one in shape.fields}
    match found.answer.value:
        case "unknown":
            return ["  " + say("时限内没有答案。", "no answer in time.")]
        case "no":
            lines = ["  " + say("没有能全部符合的改法。", "no change makes it comply.")]
            if found.held:
                said = "、".join(names[one] for one in found.held)
                lines = ["  " + say(f"只靠补填不行，已填的这些挡着：{said}", f"filling alone does not do; these stand in the way: {said}")]
            for clash in found.clashes:
                for rule in clash.rules:
                    cited = "、".join(f"{one.title.say(TONGUE)} {one.clause_text.say(TONGUE)}" for one in rule.citations)
                    lines.append(f"    {cited}  {rule.name.say(TONGUE)} ({rule.id})")
            return lines
    if not found.steps and not found.others:
        return ["  " + say("不用改。", "nothing to change.")]
    lines = []
    for one in found.steps:
        before = say("（未填）", "(not given)") if one.before is None else str(one.before)
        after = say("（不填）", "(not given)") if one.after is None else str(one.after)
        lines.append(f"  {names[one.field]}: {before} → {after}")
    lines += [f"  + {ruleset.vocabulary.shape(kind).name.say(TONGUE)} × {count}" for kind, count in found.others]
    cost = sum(one.cost for one in found.steps)
    lines.append(
        "  "
        + (
            say(f"代价 {cost}，没有更小的改法。", f"cost {cost}; nothing smaller does.")
            if found.smallest
            else say(f"代价 {cost}，不一定最小。", f"cost {cost}; perhaps not the smallest.")
        )
    )
    if found.left:
        lines.append(
            "  " + say(f"{len(found.left)} 条规则没有问到（只能抽样）。", f"{len(found.left)} rules were not asked (sampled only).")
        )
    if found.breaches:
        lines.append("  " + say("引擎不同意，请报告：", "the engine disagrees, please report: ") + ", ".join(found.breaches))
    return lines
