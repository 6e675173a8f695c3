"""A plan as readable text, for `explain --plan` and for golden pages; it decides nothing."""

from guiju.dsl.ir.print import print_expr
from guiju.dsl.ir.tree import Read
from guiju.terms.tongue import Both, Tongue
from guiju.validators.plan.tree import Plan, Planned, VersionStatus

__all__ = ["print_plan"]

_STANDINGS = {
    VersionStatus.ACTIVE: Both("生效", "in force"),
    VersionStatus.NOT_YET: Both("尚未施行", "not yet in force"),
    VersionStatus.NO_LONGER: Both("已经失效", "no longer in force"),
    VersionStatus.SUBMITTED: Both("不适用于这一天的提交", "not for submissions of this day"),
    VersionStatus.STATUS: Both("不在生效状态", "not active"),
    VersionStatus.PROFILE: Both("不在所取的场景内", "not in the profile taken"),
}


def print_plan(plan: Plan, tongue: Tongue) -> str:
    """The day, what is read, what is looked up, and every rule with its cost."""
    zh = tongue is Tongue.ZH
    lines = [f"检查日 {plan.as_of}" if zh else f"as of {plan.as_of}"]
    lines += [f"{'读取' if zh else 'read'} {shape}: {', '.join(fields)}" for shape, fields in plan.reads]
    lines += [
        f"{'查找' if zh else 'look up'} {join.shape}"
        + (f" {'按' if zh else 'by'} {', '.join('.'.join(key) for key in join.keys)}" if join.keys else "")
        for join in plan.joins
    ]
    for spec, positions in plan.scans:
        keys = spec.group.keys if spec.group is not None else ()
        said = ", ".join(".".join(key.path) if isinstance(key, Read) else print_expr(key) for key in keys)
        group = f" {'按' if zh else 'by'} {said}" if keys else ""
        lines.append(f"{'对象' if zh else 'subject'} {'.'.join((spec.shape, *spec.path))}{group}")
        lines += [f"  {_rule(plan.rules[at], tongue)}" for at in positions]
    return "\n".join(lines) + "\n"


def _rule(planned: Planned, tongue: Tongue) -> str:
    unique = (" · 唯一" if tongue is Tongue.ZH else " · unique") if planned.unique else ""
    standing = _STANDINGS[planned.standing].say(tongue)
    return f"{planned.rule.id} ({planned.rule.version}) · {planned.cost.words.say(tongue)}{unique} · {standing}"
