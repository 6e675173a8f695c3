"""What `guiju complete` does: read, evaluate as far as that goes, and list what is missing, counting down.

0 nothing is missing · 1 something is · 2 nothing could be read.
"""

import json
import re
from typing import Any

from guiju.commands.shared.question import Question, RunInputs, ask
from guiju.commands.terminal.terminal import put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.forms.template.form_scope import follows
from guiju.reports.layout.ranges import ranges_words
from guiju.reports.layout.text import place_words
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, counted
from guiju.terms.types import BoolT
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.failed_test import field_name, missing_words
from guiju.validators.explain.missing_inputs import Completion, NextInput, complete
from guiju.validators.explain.subjects import SubjectNamer, pointer

__all__ = ["run_complete"]

_MOST_RULES = 4
_MOST_FOLLOWING = 8
# Of many elements of a list no single one is meant.
_POSITION = re.compile(r"第 \d+ 项的?| \d+\b")


def run_complete(question: Question, *, most: int, as_json: bool) -> int:
    """The exit code, after the list has been written."""
    asked = ask(question)
    if asked is None:
        return 2
    found = complete(asked.runner)
    if as_json:
        put(json.dumps(_plain(found, asked.runner), ensure_ascii=False, indent=2) + "\n", None)
    else:
        put("\n".join(_lines(found, asked, most)) + "\n", None)
    return 1 if found.open else 0


def _lines(found: Completion, asked: RunInputs, most: int) -> list[str]:
    runner = asked.runner
    if not found.open:
        lines = [say("没有要补的了。", "Nothing is missing.")]
    else:
        n, entries = found.open, len(found.steps)
        lines = [say(f"因为缺内容而未能通过的判定有 {n} 项；补上下面 {entries} 处即可判定：", f"{n} verdicts wait for {entries} entries:")]
    namer = SubjectNamer(runner.world)
    groups = _groups(found.steps, runner)
    shown = groups if most == 0 else groups[:most]
    for number, steps in enumerate(shown, 1):
        lines += _told(number, steps, asked, namer)
    rest = sum(len(one) for one in groups[len(shown) :])
    if rest:
        lines.append(say(f"……另有 {rest} 处（--most 0 全部列出）", f"… {rest} more (--most 0 lists all)"))
    return [*lines, *_beyond(found, runner)]


def _beyond(found: Completion, runner: Runner) -> list[str]:
    if not found.beyond:
        return []
    causes = dict.fromkeys(missing_words(spot, runner.world).say(TONGUE) for one in found.beyond for spot in one.missing if spot.record < 0)
    why = ("；" if TONGUE.value == "zh" else "; ").join(causes)
    n = len(found.beyond)
    return [
        say(f"另有 {n} 项判定不是补内容能解决的", f"{n} more verdicts wait for something else") + (say("：", ": ") + why if why else "")
    ]


def _groups(steps: tuple[NextInput, ...], runner: Runner) -> list[tuple[NextInput, ...]]:
    """The entries, those of one field that settle the same rules together: questions first, then the gravest, then those that settle most."""
    rules = runner.world.plan.rules
    found: dict[object, list[NextInput]] = {}
    for one in steps:
        field = tuple(part for part in one.spot.path if isinstance(part, str))
        kind = runner.world.records[one.spot.record].shape
        found.setdefault((kind, field, frozenset(rules[settled.rule].rule.id for settled in one.settles)), []).append(one)

    def rank(group: list[NextInput]) -> tuple[bool, int, int]:
        settled = [rules[one.rule].rule for step in group for one in step.settles]
        gravest = max((int(Severity[one.severity.upper()]) for one in settled), default=0)
        return not any(one.of_profile for one in settled), -gravest, -len(settled)

    return [tuple(group) for group in sorted(found.values(), key=rank)]


def _told(number: int, steps: tuple[NextInput, ...], asked: RunInputs, namer: SubjectNamer) -> list[str]:
    """What is to be given and where, how grave it is, how many verdicts it settles of which rules; and what its answer brings."""
    runner, first = asked.runner, steps[0]
    lacks = missing_words(first.spot, runner.world).say(TONGUE)
    if len(steps) == 1:
        subject = namer.spoken(namer.at(first.spot.record)).say(TONGUE)
    else:
        kind = namer.kind(runner.world.records[first.spot.record].shape).say(TONGUE)
        subject = say(f"{kind}（{len(steps)} 处）", f"{kind} ({counted(len(steps), 'place')})")
        name = field_name(first.spot, runner.world)
        lacks = say(f"补齐“{_POSITION.sub('', name.zh)}”", f"give {_POSITION.sub('', name.en)}")
    rules = [runner.world.plan.rules[one.rule].rule for step in steps for one in step.settles]
    names = dict.fromkeys(one.name.say(TONGUE) for one in rules if not one.of_profile)
    gravest = max((Severity[one.severity.upper()] for one in rules), default=Severity.ADVISORY).words.say(TONGUE)
    said = ("、" if TONGUE.value == "zh" else ", ").join(list(names)[:_MOST_RULES])
    more = len(names) - _MOST_RULES
    said += say(f"等 {len(names)} 条", f" and {more} more") if more > 0 else ""
    told = say(f"可判定 {len(rules)} 项", f"settles {len(rules)}") + (say("：", ": ") + said if said else "")
    told = told if rules else say("和上面的一起才能判定", "settles with those above")
    colon = say("：", ": ")
    head = f"{number:>3}. {subject}{colon}{lacks}  {_where(steps, namer)}"
    return [head, f"     {gravest} · {told}", *_brings(first, asked)]


def _where(steps: tuple[NextInput, ...], namer: SubjectNamer) -> str:
    places = [namer.place(one.spot) for one in steps]
    cells = [one.cell for one in places if one.cell and (one.file, one.sheet) == (places[0].file, places[0].sheet)]
    if len(cells) < max(2, len(places)):
        return place_words(places[0]) + (" …" if len(places) > 1 else "")
    return f"{places[0].file} {places[0].sheet}!{ranges_words(cells)}" if places[0].sheet else f"{places[0].file} {ranges_words(cells)}"


def _brings(step: NextInput, asked: RunInputs) -> list[str]:
    """What follows from the answer to a screening question: what a yes, and what a no, asks for besides."""
    world, path = asked.runner.world, step.spot.path
    rules = [world.plan.rules[one.rule].rule for one in step.settles]
    profile = next((one for one in asked.ruleset.profiles for rule in rules if one.id == rule.of_profile), None)
    shape = world.records[step.spot.record].shape
    field = world.plan.vocabulary.shape(shape).field(str(path[0])) if len(path) == 1 else None
    if profile is None or field is None or not isinstance(field.type, BoolT):
        return []
    yes, no = follows(asked.ruleset, shape, profile, field.id, world.plan.as_of)
    lines = []
    for answer, names in ((Both("是", "yes"), yes), (Both("否", "no"), no)):
        if names:
            said = ("、" if TONGUE.value == "zh" else ", ").join(one.say(TONGUE).replace("_", " ") for one in names[:_MOST_FOLLOWING])
            more = say(f" 等 {len(names)} 项", f" … ({len(names)} in all)") if len(names) > _MOST_FOLLOWING else ""
            lines.append(say(f"     答“{answer.zh}”还要写：{said}{more}", f"     a {answer.en} asks for: {said}{more}"))
    return lines


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
