"""What `guiju test` says of a proof: lines for people, and plain data for machines."""

from typing import Any

from guiju.dsl.ir.tree import Rule
from guiju.terms.tongue import Both, Tongue, counted
from guiju.terms.verdict import Verdict
from guiju.validators.testing.cases import CaseResult
from guiju.validators.testing.coverage import Proof

__all__ = ["is_draft", "proof_lines", "proof_plain", "summary_lines", "summary_plain"]

_MOST_BARE = 20


def proof_lines(proof: Proof, tongue: Tongue, *, every: bool, most: int) -> list[str]:
    """The rule with what its cases miss; nothing for a rule that misses nothing, unless every rule is asked for."""
    failed = [_failed(one, tongue) for one in proof.results if not one.ok]
    gaps = [one.say(tongue) for one in _gaps(proof)]
    if not failed and not gaps and not every:
        return []
    shown = gaps if most == 0 else gaps[:most]
    lines = [_head(proof).say(tongue), *(f"  ✗ {one}" for one in failed), *(f"  · {one}" for one in shown)]
    if len(shown) < len(gaps):
        more = len(gaps) - len(shown)
        lines.append("  · " + Both(f"另有 {more} 处缺口（--most 0 全部列出）", f"{more} more gaps (--most 0 lists all)").say(tongue))
    return lines


def is_draft(proof: Proof) -> bool:
    """Whether the rule is not in force yet."""
    return proof.rule is not None and proof.rule.status == "draft"


def _head(proof: Proof) -> Both:
    name = proof.rule.id if proof.rule is not None else proof.file
    held = sum(one.ok for one in proof.results)
    mark = Both("（草案）", " (draft)") if is_draft(proof) else Both("", "")
    zh, en = f"{name}{mark.zh}  用例 {held}/{len(proof.results)}", f"{name}{mark.en}  cases {held}/{len(proof.results)}"
    owed, shown = _conditions((proof,))
    zh, en = f"{zh}  条件 {shown}/{owed}", f"{en}  conditions {shown}/{owed}"
    if proof.tried:
        score = f"{proof.killed}/{len(proof.tried)} = {_share(proof.killed, len(proof.tried))}"
        zh, en = f"{zh}  变异 {score}", f"{en}  mutants {score}"
    return Both(zh, en)


def _failed(result: CaseResult, tongue: Tongue) -> str:
    where = f"{result.file}:{result.case.line} {result.case.name}"
    if result.problem is not None:
        return f"{where}: {result.problem.say(tongue)}"
    want, got = result.case.want, result.got
    words = Both(f"应为 {want}，得到 {got}", f"wanted {want}, got {got}").say(tongue)
    return f"{where}: {words}" + (f" — {result.finding.message.say(tongue)}" if result.finding is not None else "")


def _gaps(proof: Proof) -> list[Both]:
    """What no case shows: verdicts, then escaped mutants, then conditions."""
    found = [Both(f"没有判为 {one.value} 的用例", f"no case wants {one.value}") for one in proof.wanting]
    found += [Both(f"没有用例反对：{one.words.zh}", f"no case objects: {one.words.en}") for one in proof.survivors]
    for one in proof.conditions:
        if one.wanting:
            truths = Both("、".join(t.words.zh for t in one.wanting), ", ".join(t.words.en for t in one.wanting))
            found.append(
                Both(
                    f"没有用例显出{one.part.zh}“{one.says.zh}”为{truths.zh}时的作用",
                    f'no case shows {one.part.en} "{one.says.en}" to matter when {truths.en}',
                )
            )
    return list(dict.fromkeys(found))


def _conditions(proofs: tuple[Proof, ...]) -> tuple[int, int]:
    conditions = [condition for one in proofs for condition in one.conditions]
    return sum(len(one.owed) for one in conditions), sum(len(one.owed) - len(one.wanting) for one in conditions)


def _share(part: int, whole: int) -> str:
    # Cut, not rounded: 0.999 is not yet 1.00.
    return f"{(part * 100 // whole) / 100:.2f}" if whole else "–"


def summary_lines(proofs: tuple[Proof, ...], bare: tuple[Rule, ...], tongue: Tongue, *, mutants: bool) -> list[str]:
    """The totals; drafts are counted apart, behind the rules in force."""
    drafts = tuple(one for one in proofs if is_draft(one))
    if drafts and len(drafts) < len(proofs):
        rest = tuple(one for one in proofs if not is_draft(one))
        said = Both("草案另计：", "Drafts, counted apart:").say(tongue)
        return [*summary_lines(rest, bare, tongue, mutants=mutants), said, *summary_lines(drafts, (), tongue, mutants=mutants)]
    plain = summary_plain(proofs)
    cases, rules, owed = plain["cases"], plain["rules_with_cases"], plain["conditions"]
    lines = [
        Both(
            f"规则 {rules} 条有用例；用例 {cases['held']}/{cases['total']} 个通过",
            f"{counted(rules, 'rule')} with cases; {cases['held']}/{cases['total']} cases hold",
        )
    ]
    if bare:
        names = "、".join(one.id for one in bare[:_MOST_BARE]) + ("……" if len(bare) > _MOST_BARE else "")
        lines.append(Both(f"没有用例的规则 {len(bare)} 条：{names}", f"{counted(len(bare), 'rule')} without cases: {names}"))
    wanting = plain["verdicts"]
    lines.append(
        Both(
            f"判定：{wanting['wanted']}/{wanting['reachable']} 种有用例",
            f"verdicts: {wanting['wanted']}/{wanting['reachable']} have a case",
        )
    )
    lines.append(
        Both(
            f"条件（三值 MC/DC）：{owed['shown']}/{owed['owed']} = {_share(owed['shown'], owed['owed'])}",
            f"conditions (three-valued MC/DC): {owed['shown']}/{owed['owed']} = {_share(owed['shown'], owed['owed'])}",
        )
    )
    if mutants:
        tried = plain["mutants"]
        score = f"{tried['killed']}/{tried['total']} = {_share(tried['killed'], tried['total'])}"
        lines.append(
            Both(
                f"变异得分：{score}；漏网 {tried['total'] - tried['killed']} 个",
                f"mutation score: {score}; {tried['total'] - tried['killed']} survive",
            )
        )
    return [one.say(tongue) for one in lines]


def summary_plain(proofs: tuple[Proof, ...]) -> dict[str, Any]:
    """The totals as data."""
    owed, shown = _conditions(proofs)
    results = [result for one in proofs for result in one.results]
    wanted = sum(len([v for v in one.verdicts if v not in (Verdict.ERROR, Verdict.INACTIVE)]) for one in proofs)
    return {
        "rules_with_cases": len({one.rule.id for one in proofs if one.rule is not None}),
        "cases": {"total": len(results), "held": sum(one.ok for one in results)},
        "verdicts": {"reachable": wanted + sum(len(one.wanting) for one in proofs), "wanted": wanted},
        "conditions": {"owed": owed, "shown": shown},
        "mutants": {"total": sum(len(one.tried) for one in proofs), "killed": sum(one.killed for one in proofs)},
    }


def proof_plain(proof: Proof, tongue: Tongue) -> dict[str, Any]:
    """One proof as data."""
    return {
        "rule": proof.rule.id if proof.rule is not None else None,
        "file": proof.file,
        "cases": [
            {
                "name": one.case.name,
                "line": one.case.line,
                "ok": one.ok,
                "want": one.case.want,
                "got": one.got,
                "problem": one.problem.say(tongue) if one.problem is not None else None,
            }
            for one in proof.results
        ],
        "verdicts": list(proof.verdicts),
        "verdicts_wanting": list(proof.wanting),
        "conditions": [
            {
                "part": one.part.say(tongue),
                "condition": one.says.say(tongue),
                "shown": [truth.name for truth in one.shown],
                "wanting": [truth.name for truth in one.wanting],
            }
            for one in proof.conditions
        ],
        "mutants": {
            "total": len(proof.tried),
            "killed": proof.killed,
            "survivors": [one.words.say(tongue) for one in proof.survivors],
        },
    }
