"""What `guiju rules` does: one line, or one JSON object, for each rule and each judged provision."""

import json
from datetime import date
from pathlib import Path

from guiju.author.explain_rule import rule_name
from guiju.author.words import W
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import fold
from guiju.dsl.ir.tree import Judged, Rule
from guiju.terms.severity import Severity
from guiju.terms.time.period import Interval
from guiju.terms.tongue import counted

__all__ = ["run_rules"]


def run_rules(
    words: str, *, rules: tuple[Path, ...], add_rules: tuple[Path, ...], on: date | None, implicit: bool, as_json: bool, color: bool | None
) -> int:
    """0 with a list, 2 when nothing is such or the rules could not be read."""
    ruleset = rules_or_complain(rules, add_rules, color=color)
    if ruleset is None:
        return 2
    day = on or today()
    kept = [
        one
        for one in ruleset.rules
        if _is_asked(one, words) and (implicit or not one.implicit) and (on is None or Interval(one.start, one.end).contains(day))
    ]
    judged = [one for one in ruleset.judged if _is_asked(one, words)]
    if not kept and not judged:
        eprint(say("没有符合的规则。", "No rule is such."))
        return 2
    if as_json:
        put(json.dumps([*map(_rule_as_plain, kept), *map(_judged_as_plain, judged)], ensure_ascii=False, indent=2) + "\n", None)
    else:
        lines = [_line(one) for one in kept]
        lines += [f"{rule_name(one.name, one.id, TONGUE)} · {W.JUDGED.say(TONGUE)}" for one in judged]
        put("\n".join(lines) + "\n", None)
        eprint(say(f"{len(kept)} 条规则，{len(judged)} 条由人判断。", f"{counted(len(kept), 'rule')}, {len(judged)} judged by people."))
    return 0


def _line(one: Rule) -> str:
    severity = Severity[one.severity.upper()].words.say(TONGUE)
    return f"{rule_name(one.name, one.id, TONGUE)} · {severity} · {Interval(one.start, one.end).say(TONGUE)}"


def _is_asked(one: Rule | Judged, words: str) -> bool:
    wanted = fold(words)
    said = (
        one.id,
        one.name.zh,
        one.name.en,
        *(text for cited in one.citations for text in (cited.title.zh, cited.title.en, cited.text, cited.clause_text.zh)),
    )
    return not wanted or any(wanted in fold(text) for text in said)


def _rule_as_plain(one: Rule) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": "rule",
        "name": {"zh": one.name.zh, "en": one.name.en},
        "version": one.version,
        "subject": ".".join((one.subject.shape, *one.subject.path)),
        "force": one.force.value,
        "severity": one.severity,
        "dimension": one.dimension,
        "status": one.status,
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat() if one.end else None,
        "implicit": one.implicit,
        "cites": [_cite_as_plain(cited.instrument, cited.clause, cited.confidence) for cited in one.citations],
        "derives": [id for id, _ in one.derives],
        "file": one.source[0],
        "line": one.source[1],
    }


def _judged_as_plain(one: Judged) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": "judged",
        "name": {"zh": one.name.zh, "en": one.name.en},
        "because": {"zh": one.why.zh, "en": one.why.en},
        "by": {"zh": one.who.zh, "en": one.who.en},
        "cites": [_cite_as_plain(cited.instrument, cited.clause, cited.confidence) for cited in one.citations],
        "derives": [id for id, _ in one.derives],
        "file": one.source[0],
        "line": one.source[1],
    }


def _cite_as_plain(instrument: str, clause: str, confidence: str) -> dict[str, str]:
    return {"edition": instrument, "clause": clause, "confidence": confidence}
