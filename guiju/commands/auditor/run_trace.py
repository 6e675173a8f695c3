"""What `guiju trace` does: find the rule and the subject, evaluate, and draw the tree.

0 traced · 2 there is no such rule or subject, or several, or nothing could be read.
"""

import json
from typing import Any

from guiju.author.lookup import find_rules, near_rules
from guiju.catalog.records.place import Place
from guiju.commands.shared.question import Question, RunInputs, ask
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import fold
from guiju.reports.layout.text import place_words
from guiju.terms.tongue import Both
from guiju.terms.verdict import Truth
from guiju.validators.engines.engine import Observation
from guiju.validators.explain.counterfactuals import Counterfactual, counterfactuals
from guiju.validators.explain.judge import Judge
from guiju.validators.explain.subjects import SubjectNamer
from guiju.validators.explain.trace import Trace, Traced, trace
from guiju.validators.findings.model import Finding, SubjectName

__all__ = ["run_trace"]

_MARKS = {Truth.T: "✓", Truth.F: "✗", Truth.U: "?", Truth.V: "○"}
_MOST_NAMED = 12


def run_trace(question: Question, *, rule: str, subject: str | None, as_json: bool) -> int:
    """The exit code, after the tree has been written."""
    asked = ask(question)
    if asked is None:
        return 2
    at = _position(asked, rule)
    if at is None:
        return 2
    namer = SubjectNamer(asked.runner.world)
    observation = _chosen(asked, at, subject, namer)
    if observation is None:
        return 2
    found = trace(observation, asked.runner, namer)
    finding = Judge(asked.runner).finding(observation)
    turns, more = counterfactuals(observation, asked.runner, namer)
    if as_json:
        put(json.dumps(_plain(found, finding, turns, more), ensure_ascii=False, indent=2) + "\n", None)
    else:
        put("\n".join(_lines(found, finding, turns, more)) + "\n", None)
    return 0


# ---- which rule, which subject -----------------------------------------------------------------------------------------------


def _position(asked: RunInputs, name: str) -> int | None:
    ids = find_rules(name, asked.ruleset)
    if len(ids) > 1:
        eprint(say(f"叫“{name}”的规则不止一条：{'、'.join(ids)}", f"more than one rule is called {name!r}: {', '.join(ids)}"))
        return None
    if not ids:
        neighbours = near_rules(name, asked.ruleset)
        eprint(
            say(f"没有叫“{name}”的规则。", f"There is no rule {name!r}.")
            + (say("是不是：", " Perhaps: ") + ", ".join(neighbours) if neighbours else "")
        )
        return None
    at = asked.runner.world.plan.position(ids[0])
    if at is None:
        eprint(say("文件里没有这条规则的对象。", "The files hold no subject of this rule."))
    return at


def _chosen(asked: RunInputs, at: int, wanted: str | None, namer: SubjectNamer) -> Observation | None:
    spec = asked.runner.world.plan.rules[at].rule.subject
    subjects = list(asked.runner.world.subjects(spec))
    if not subjects:
        eprint(say("文件里没有这条规则的对象。", "The files hold no subject of this rule."))
        return None
    if wanted is None and len(subjects) == 1:
        return asked.runner.observe(at, subjects[0])
    if wanted is not None:
        matching = [one for number, one in enumerate(subjects, 1) if _is_called(namer.subject(spec, one), wanted, number)]
        if len(matching) == 1:
            return asked.runner.observe(at, matching[0])
        subjects = matching or subjects
    named = [f"  #{number}  {name.name}  ({name.id})" for number, name in _numbered(asked, at, namer, subjects)[:_MOST_NAMED]]
    more = len(subjects) - len(named)
    head = say("用 --subject 说明是哪一个：", "Say which with --subject:")
    if wanted is not None and subjects and not any(_is_called(namer.subject(spec, one), wanted, 0) for one in subjects):
        head = say(f"没有叫“{wanted}”的对象；有：", f"There is no subject {wanted!r}; there are:")
    eprint("\n".join([head, *named, *([say(f"  ……另有 {more} 个", f"  … {more} more")] if more else [])]))
    return None


def _numbered(asked: RunInputs, at: int, namer: SubjectNamer, subjects: list[Any]) -> list[tuple[int, SubjectName]]:
    spec = asked.runner.world.plan.rules[at].rule.subject
    return [(number, namer.subject(spec, one)) for number, one in enumerate(asked.runner.world.subjects(spec), 1) if one in subjects]


def _is_called(name: SubjectName, wanted: str, number: int) -> bool:
    return wanted == f"#{number}" or fold(wanted) in (fold(name.name), fold(name.id))


# ---- drawing -----------------------------------------------------------------------------------------------------------------


def _lines(found: Trace, finding: Finding, turns: tuple[Counterfactual, ...], more: int) -> list[str]:
    lines = [
        f"{found.rule}  {finding.rule_name.say(TONGUE)}",
        say("对象：", "subject: ") + f"{found.subject.name} ({found.subject.id})",
        say("判定：", "verdict: ") + f"{found.verdict.words.say(TONGUE)} — {finding.message.say(TONGUE)}",
    ]
    if finding.reason is not None:
        lines.append(say("原因：", "why: ") + finding.reason.say(TONGUE))
    if found.act is not None:
        lines += ["", Both("行为日", "act day").say(TONGUE), *_drawn(found.act, 1)]
    if found.applies is not None:
        lines += ["", Both("适用", "applies").say(TONGUE), *_drawn(found.applies, 1)]
    for label, traced in found.exceptions:
        lines += ["", Both(f"除外 {label.zh}", f"except {label.en or label.zh}").say(TONGUE), *_drawn(traced, 1)]
    lines += ["", finding.force.words.say(TONGUE), *_drawn(found.requirement, 1)]
    lines += ["", say("什么会改变判定", "what would turn it"), *([f"  {_turn(one)}" for one in turns] or ["  " + _no_turn()])]
    if more:
        lines.append(say(f"  ……另有 {more} 处", f"  … {more} more"))
    if finding.flips is not None:
        lines.append("  → " + finding.flips.say(TONGUE))
    return lines


def _no_turn() -> str:
    return say("没有哪一个条件单独能改变它", "no condition alone would")


def _drawn(traced: Traced, depth: int) -> list[str]:
    mark = _MARKS[traced.truth] if traced.truth is not None else "·"
    places = "  @ " + ", ".join(_place(one) for one in traced.places) if traced.places else ""
    lines = ["  " * depth + f"{mark} {traced.says.say(TONGUE)} = {traced.result.say(TONGUE)}{places}"]
    for part in traced.parts:
        # A literal says nothing that its test has not said.
        if part.places or part.parts or part.says != part.result:
            lines += _drawn(part, depth + 1)
    if traced.more:
        lines.append("  " * (depth + 1) + say(f"……另有 {traced.more} 项", f"… {traced.more} more"))
    return lines


def _place(place: Place) -> str:
    return place_words(place)


def _turn(turn: Counterfactual) -> str:
    where = "  @ " + ", ".join(_place(one) for one in turn.places[:3]) if turn.places else ""
    return (
        Both(
            f"{turn.part.zh}“{turn.says.zh}”现为{turn.truth.words.zh}，若为{turn.other.words.zh} → {turn.verdict.words.zh}",
            f'{turn.part.en} "{turn.says.en}" is {turn.truth.words.en}; were it {turn.other.words.en} → {turn.verdict.words.en}',
        ).say(TONGUE)
        + where
    )


# ---- as data -----------------------------------------------------------------------------------------------------------------


def _plain(found: Trace, finding: Finding, turns: tuple[Counterfactual, ...], more: int) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "version": found.version,
        "subject": {"kind": found.subject.kind, "id": found.subject.id, "name": found.subject.name},
        "verdict": found.verdict,
        "message": finding.message.say(TONGUE),
        "reason": finding.reason.say(TONGUE) if finding.reason is not None else None,
        "act_day": _node(found.act) if found.act is not None else None,
        "applies": _node(found.applies) if found.applies is not None else None,
        "exceptions": [{"label": label.say(TONGUE), **_node(traced)} for label, traced in found.exceptions],
        "requirement": _node(found.requirement),
        "turns": [
            {
                "part": one.part.say(TONGUE),
                "condition": one.says.say(TONGUE),
                "truth": one.truth.name,
                "other": one.other.name,
                "verdict": one.verdict,
                "places": [_place(place) for place in one.places],
            }
            for one in turns
        ],
        "more_turns": more,
    }


def _node(traced: Traced) -> dict[str, Any]:
    return {
        "says": traced.says.say(TONGUE),
        "result": traced.result.say(TONGUE),
        "truth": traced.truth.name if traced.truth is not None else None,
        "places": [_place(one) for one in traced.places],
        "parts": [_node(one) for one in traced.parts],
        "more": traced.more,
    }
