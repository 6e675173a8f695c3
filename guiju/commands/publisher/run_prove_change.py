"""`guiju prove --old A --new B`: rule by rule whether the new one is equal, stricter, looser or incomparable, with a document each way.

0 equal, looser or reasoned otherwise · 1 something is stricter, incomparable or without an answer · 2 the question could not be asked.
"""

import json
from typing import TYPE_CHECKING, Any

from guiju.commands.publisher.prove_options import ProveOptions
from guiju.commands.shared.example_files import good_examples
from guiju.commands.shared.rulesets import today
from guiju.commands.shared.sides import side
from guiju.commands.terminal.terminal import put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Both

if TYPE_CHECKING:
    from guiju.proofs.change import SetChange
    from guiju.proofs.questions import Witness

__all__ = ["RELATIONS", "run_prove_change"]

RELATIONS = {
    "equal": Both("相同", "equal"),
    "stricter": Both("更严", "stricter"),
    "looser": Both("更宽", "looser"),
    "incomparable": Both("有严有宽", "incomparable"),
    "reasoned otherwise": Both("结果相同，理由不同", "equal in outcome, reasoned otherwise"),
    "unknown": Both("没有答案", "no answer"),
    "sampled only": Both("只做抽样", "sampled only"),
}
_KINDS = {
    "changed": Both("改动", "changed"),
    "new": Both("新增", "new"),
    "gone": Both("删去", "gone"),
    "reworded": Both("只改了措辞", "reworded"),
}


def run_prove_change(options: ProveOptions) -> int:
    """The exit code, after everything has been written."""
    from guiju.proofs.change import compare_sets
    from guiju.proofs.questions import Setting

    assert options.old is not None and options.new is not None
    old = side(options.old, options.color)
    new = side(options.new, options.color) if old is not None else None
    if old is None or new is None:
        return 2
    examples = good_examples(new.vocabulary)
    setting = Setting(new, options.as_of or today(), load_calendar(), examples, seconds=options.seconds)
    found = compare_sets(old, new, setting)
    plain = _plain(found, setting)
    put(json.dumps(plain, ensure_ascii=False, indent=2) + "\n" if options.json else _text(plain), None)
    return 0 if found.relation.value in ("equal", "looser", "reasoned otherwise") else 1


def _plain(found: "SetChange", setting: Any) -> dict[str, Any]:
    return {
        "day": setting.as_of.isoformat(),
        "relation": found.relation.value,
        "same": found.same,
        "changes": [
            {
                "rule": change.rule,
                "kind": kind,
                "relation": change.relation.value,
                "why": change.why or None,
                "worse": _document(change.worse, setting),
                "better": _document(change.better, setting),
                "confirmed": all(one is None or one.confirmed for one in (change.worse, change.better)),
                "seconds": round(change.seconds, 3),
            }
            for kind, change in found.changes
        ],
    }


def _document(witness: "Witness | None", setting: Any) -> str | None:
    from guiju.proofs.replay import to_yaml

    return None if witness is None else to_yaml(witness.documents, setting.ruleset.vocabulary, setting.as_of)


def _text(plain: dict[str, Any]) -> str:
    word = RELATIONS[plain["relation"]].say(TONGUE)
    lines = [
        say(
            f"{plain['day']}：新规则与旧规则相比{word}；{len(plain['changes'])} 条有变化，{plain['same']} 条没有。",
            f"{plain['day']}: the new rules are {word}; {len(plain['changes'])} rules changed, {plain['same']} did not.",
        )
    ]
    for one in plain["changes"]:
        why = f" ({one['why']})" if one["why"] else ""
        lines.append(f"\n{one['rule']}  {_KINDS[one['kind']].say(TONGUE)} · {RELATIONS[one['relation']].say(TONGUE)}{why}")
        for key, words in (
            ("worse", Both("在新规则下更差的材料：", "a document that fares worse under the new rules:")),
            ("better", Both("在新规则下更好的材料：", "a document that fares better under the new rules:")),
        ):
            if one[key]:
                lines.append(f"  {words.say(TONGUE)}")
                lines += [f"    {line}" for line in one[key].rstrip().splitlines()]
    return "\n".join(lines) + "\n"
