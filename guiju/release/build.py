"""Makes a release: everything that somebody needs who judges by the rules, after everything that speaks against them was asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.forms.template.form_plan import form_plan
from guiju.forms.template.to_template import to_template
from guiju.standards.packed import packed_tables
from guiju.terms.tongue import Both, Tongue
from guiju.validators.testing.cases import CaseResult

__all__ = ["contents", "faults_of", "rule_book"]


def faults_of(
    ruleset: Ruleset, cases: Iterable[CaseResult], rules: Sequence[Mapping[str, Any]], kinds: Sequence[Mapping[str, Any]]
) -> Iterator[Both]:
    """What keeps the rules from being published, a sentence each: no basis, a case that fails, a contradiction, an infeasible kind."""
    for rule in ruleset.rules:
        if not rule.citations and not rule.implicit:
            yield Both(f"{rule.name.zh}（{rule.id}）没有依据", f"{rule.name.en} ({rule.id}) has no basis")
    for one in cases:
        if not one.ok:
            yield Both(f"{one.rule} 的用例“{one.case.name}”不成立", f"the case `{one.case.name}` of {one.rule} does not hold")
    for found in rules:
        if not found["sampled"] and found["asked"]["pass"]["answer"] == "no":
            yield Both(f"{found['rule']} 永远不可能符合", f"{found['rule']} can never pass")
        for pair in found["exceptions"]:
            yield Both(
                f"{found['rule']} 的两项除外“{pair['first']}”“{pair['second']}”可以同时成立而结论不同",
                f"the exceptions `{pair['first']}` and `{pair['second']}` of {found['rule']} can hold at once, with different outcomes",
            )
    for kind in kinds:
        for clash in kind["clashes"]:
            said = ", ".join(clash)
            yield Both(
                f"{kind['kind']}（{kind['profile']}）不能全部符合：{said}", f"{kind['kind']} ({kind['profile']}) cannot be met: {said}"
            )


def contents(
    ruleset: Ruleset, texts: Mapping[str, bytes], registry: bytes, changes: Sequence[Mapping[str, str]], on: date
) -> dict[str, bytes]:
    """The files of a release beside the sealed ruleset: words are in the ruleset, in both tongues."""
    files = {f"rules/{name}": data for name, data in texts.items()}
    files["registry.json"] = registry
    files["calendars.json"] = packed_tables().encode()
    for tongue in Tongue:
        files[f"rule-book.{tongue.value}.md"] = rule_book(ruleset, tongue).encode()
        files[f"changes.{tongue.value}.md"] = "".join(f"- [{one['class']}] {one[tongue.value]}\n" for one in changes).encode()
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    asked = sorted({shape for profile in ruleset.profiles for shape in profile.shapes} - registers)
    for shape in asked:
        plan = form_plan(ruleset, (ruleset.vocabulary.shape(shape),), Tongue.ZH, on)
        files[f"forms/{shape}.xlsx"] = to_template(plan, ruleset.digest)
    return files


def rule_book(ruleset: Ruleset, tongue: Tongue) -> str:
    """Every rule with its clause, in the words of its author."""
    lines = ["# 规则手册" if tongue is Tongue.ZH else "# Rule book", ""]
    for rule in sorted((one for one in ruleset.rules if not one.implicit), key=_place):
        lines.append(f"## {rule.name.say(tongue)} · {rule.id}")
        lines += [f"- {one.title.say(tongue)} {one.clause_text.say(tongue)}".rstrip() for one in rule.citations]
        lines += ["", "```", rule.text.strip(), "```", ""]
    return "\n".join(lines)


def _place(rule: Rule) -> tuple[str, str, str]:
    first = rule.citations[0] if rule.citations else None
    return (first.instrument if first is not None else "", first.clause if first is not None else "", rule.id)
