"""What `guiju complete` does: read, evaluate as far as that goes, and list what is missing, counting down.

0 nothing is missing · 1 something is · 2 nothing could be read.
"""

import json
from typing import Any

from guiju.commands.shared.question import Question, ask
from guiju.commands.terminal.terminal import put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.layout.text import place_words
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.failed_test import field_name, missing_words
from guiju.validators.explain.missing_inputs import Completion, NextInput, complete
from guiju.validators.explain.subjects import SubjectNamer, pointer

__all__ = ["run_complete"]

_MOST_RULES = 4


def run_complete(question: Question, *, most: int, as_json: bool) -> int:
    """The exit code, after the list has been written."""
    asked = ask(question)
    if asked is None:
        return 2
    found = complete(asked.runner)
    if as_json:
        put(json.dumps(_plain(found, asked.runner), ensure_ascii=False, indent=2) + "\n", None)
    else:
        put("\n".join(_lines(found, asked.runner, most)) + "\n", None)
    return 1 if found.open else 0


def _lines(found: Completion, runner: Runner, most: int) -> list[str]:
    if not found.open:
        lines = [say("没有要补的了。", "Nothing is missing.")]
    else:
        n, steps = found.open, len(found.steps)
        lines = [say(f"因为缺内容而未能通过的判定有 {n} 项；补上下面 {steps} 处即可判定：", f"{n} verdicts wait for {steps} entries:")]
    namer = SubjectNamer(runner.world)
    shown = found.steps if most == 0 else found.steps[:most]
    for number, step in enumerate(shown, 1):
        lines += _step(number, step, runner, namer)
    if len(shown) < len(found.steps):
        more = len(found.steps) - len(shown)
        lines.append(say(f"……另有 {more} 处（--most 0 全部列出）", f"… {more} more (--most 0 lists all)"))
    if found.beyond:
        causes = dict.fromkeys(
            missing_words(spot, runner.world).say(TONGUE) for one in found.beyond for spot in one.missing if spot.record < 0
        )
        why = ("；" if TONGUE.value == "zh" else "; ").join(causes)
        n = len(found.beyond)
        lines.append(
            say(f"另有 {n} 项判定不是补内容能解决的", f"{n} more verdicts wait for something else") + (say("：", ": ") + why if why else "")
        )
    return lines


def _step(number: int, step: NextInput, runner: Runner, namer: SubjectNamer) -> list[str]:
    subject = namer.spoken(namer.at(step.spot.record)).say(TONGUE)
    what = say("{subject}：{lacks}", "{subject}: {lacks}").format(subject=subject, lacks=missing_words(step.spot, runner.world).say(TONGUE))
    names = dict.fromkeys(runner.world.plan.rules[one.rule].rule.name.say(TONGUE) for one in step.settles)
    rules = ("、" if TONGUE.value == "zh" else ", ").join(list(names)[:_MOST_RULES])
    more = len(names) - _MOST_RULES
    if more > 0:
        rules += say(f"等 {len(names)} 条", f" and {more} more")
    tail = say(f"还剩 {step.left} 项", f"{step.left} left")
    head = f"{number:>3}. {what}  {place_words(namer.place(step.spot))}"
    settled = say(f"     {tail}；可判定：{rules}", f"     {tail}; settles: {rules}") if rules else f"     {tail}"
    return [head, settled]


def _plain(found: Completion, runner: Runner) -> dict[str, Any]:
    namer = SubjectNamer(runner.world)
    rules = runner.world.plan.rules
    steps = []
    for step in found.steps:
        name = namer.at(step.spot.record)
        steps.append(
            {
                "subject": {"kind": name.kind, "id": name.id, "name": name.name},
                "field": field_name(step.spot, runner.world).say(TONGUE),
                "pointer": pointer(step.spot),
                "place": place_words(namer.place(step.spot)),
                "settles": list(dict.fromkeys(rules[one.rule].rule.id for one in step.settles)),
                "left": step.left,
            }
        )
    return {"open": found.open, "steps": steps, "beyond": list(dict.fromkeys(rules[one.rule].rule.id for one in found.beyond))}
