"""Asks everything of a set of rules: rule by rule in several processes, kept by the digest of what each answer rests on.

Results are plain data (text, numbers, lists and tables of them), so that they can be kept, sent and written as JSON; a witness is the
text of a YAML file.
"""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import guiju
from guiju.dsl.ir.encode import encode_bytes
from guiju.dsl.ir.tree import Rule
from guiju.proofs.encoding.documents import Unencodable
from guiju.proofs.feasible import is_feasible
from guiju.proofs.questions import Asked, RuleAnswers, Setting, Witness, ask_rule, needed_with
from guiju.proofs.relations import exceptions_met, implied_among
from guiju.proofs.replay import to_yaml
from guiju.proofs.sampled import sample_rule
from guiju.proofs.structure import falls_below, local_pairs, table_faults

__all__ = ["Memo", "day_for", "plain_rule", "prove_kinds", "prove_pairs", "prove_rules", "rule_key"]

_KIND = "proof"


class Memo(Protocol):
    """Where answers are kept."""

    def load(self, kind: str, digest: str) -> bytes | None: ...
    def save(self, kind: str, digest: str, data: bytes) -> None: ...


def day_for(rule: Rule, as_of: date) -> date:
    """The day on which a rule is asked: the one wished for where it is in force, else its last or first day."""
    if rule.end is not None and as_of > rule.end:
        return rule.end
    if rule.start is not None and as_of < rule.start:
        return rule.start
    return as_of


def rule_key(rule: Rule, setting: Setting) -> str:
    """The digest of all that the answers about a rule rest on."""
    vocabulary = _digest(encode_bytes(setting.ruleset.vocabulary))
    parts = [
        _own_code(),
        setting.as_of.isoformat(),
        f"{setting.seconds} {setting.near}",
        vocabulary,
        _digest(encode_bytes(setting.ruleset.parameters)),
        _digest(repr((setting.calendar.years, sorted(setting.calendar.off), sorted(setting.calendar.work))).encode()),
        _digest(json.dumps(setting.examples.by_shape.get(rule.subject.shape, ()), default=str, ensure_ascii=False).encode()),
        *(_digest(encode_bytes(replace(one, source=("", 0), text=""))) for one in needed_with(rule, setting.ruleset)),
    ]
    return _digest("\n".join(parts).encode())


@cache
def _own_code() -> str:
    """The digest of the code that encodes and judges: what another code found is not taken for what this one would find."""
    package = Path(guiju.__file__).parent
    files = sorted([*(package / "proofs").rglob("*.py"), *(package / "validators" / "engines" / "interpreter").glob("*.py")])
    return _digest(b"".join(one.read_bytes() for one in files))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ---- one rule ----------------------------------------------------------------------------------------------------------------


def plain_rule(rule: Rule, setting: Setting) -> dict[str, Any]:
    """Everything about one rule by itself: its questions, its tables, its exceptions."""
    answers = ask_rule(rule, setting)
    more: dict[str, Any] = {"tables": [], "exceptions": []}
    if answers.sampled:
        answers = sample_rule(rule, setting, answers.sampled)
    else:
        more["tables"] = [
            {"row": one.row, "answer": one.answer.value, **_witness(one.witness, setting)} for one in table_faults(rule, setting)
        ]
        more["exceptions"] = [
            {
                "first": rule.exceptions[one.first].label.zh,
                "second": rule.exceptions[one.second].label.zh,
                "answer": one.answer.value,
                **_witness(one.witness, setting),
            }
            for one in exceptions_met(rule, setting)
        ]
    return {**_plain(answers, setting), **more}


def _plain(answers: RuleAnswers, setting: Setting) -> dict[str, Any]:
    return {
        "rule": answers.rule,
        "version": answers.version,
        "day": answers.day.isoformat(),
        "sampled": answers.sampled or None,
        "applies": answers.applies.value,
        "asked": {one.question: _asked(one, setting) for one in answers.asked},
        "bounds": {"elements": answers.bounds.elements, "records": answers.bounds.records, "lists": dict(answers.bounds.wider)},
    }


def _asked(one: Asked, setting: Setting) -> dict[str, Any]:
    return {"answer": one.answer.value, "seconds": round(one.seconds, 3), **_witness(one.witness, setting)}


def _witness(witness: Witness | None, setting: Setting) -> dict[str, Any]:
    if witness is None:
        return {}
    return {
        "witness": to_yaml(witness.documents, setting.ruleset.vocabulary, setting.as_of),
        "subject": [witness.record, *witness.path],
        "verdict": witness.verdict.value if witness.verdict is not None else None,
        "confirmed": witness.confirmed,
    }


# ---- many rules --------------------------------------------------------------------------------------------------------------

_WORK: list[Callable[[int], Any]] = []


def _at(number: int) -> Any:
    return _WORK[0](number)


def _spread(work: Callable[[int], Any], count: int, jobs: int, tell: Callable[[int, int], None] | None) -> list[Any]:
    """The results of a work by number, from as many processes as are asked for; they see what this one holds."""
    made: list[Any] = []
    if jobs <= 1 or count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for number in range(count):
            made.append(work(number))
            if tell is not None:
                tell(number + 1, count)
        return made
    _WORK[:] = [work]
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            for number, one in enumerate(pool.imap(_at, range(count), chunksize=1), 1):
                made.append(one)
                if tell is not None:
                    tell(number, count)
    finally:
        _WORK.clear()
    return made


def prove_rules(
    rules: Sequence[Rule], setting: Setting, *, memo: Memo, jobs: int = 1, tell: Callable[[int, int], None] | None = None
) -> list[dict[str, Any]]:
    """The plain results of the rules, in order; those that rest on the same as before are taken from the memo."""

    def work(number: int) -> dict[str, Any]:
        rule = rules[number]
        own = replace(setting, as_of=day_for(rule, setting.as_of))
        key = rule_key(rule, own)
        kept = memo.load(_KIND, key)
        if kept is not None:
            known: dict[str, Any] = json.loads(kept)
            return known
        made = plain_rule(rule, own)
        memo.save(_KIND, key, json.dumps(made, ensure_ascii=False).encode())
        return made

    return _spread(work, len(rules), jobs, tell)


def prove_kinds(
    wanted: Sequence[tuple[str, str]], setting: Setting, *, jobs: int = 1, tell: Callable[[int, int], None] | None = None
) -> list[dict[str, Any]]:
    """Whether each kind can pass everything that its profile asks on the day."""
    profiles = {one.id: one for one in setting.ruleset.profiles}

    def work(number: int) -> dict[str, Any]:
        profile, kind = wanted[number]
        found = is_feasible(profiles.get(profile), kind, setting)
        text = to_yaml(found.documents, setting.ruleset.vocabulary, setting.as_of) if found.documents is not None else None
        return {
            "profile": profile,
            "kind": kind,
            "day": found.day.isoformat(),
            "answer": found.answer.value,
            "seconds": round(found.seconds, 3),
            "rules": found.rules,
            "left": list(found.left),
            "clashes": [[one.id for one in clash.rules] for clash in found.clashes],
            "breaches": list(found.breaches),
            "witness": text,
        }

    return _spread(work, len(wanted), jobs, tell)


def prove_pairs(rules: Iterable[Rule], setting: Setting, *, jobs: int = 1) -> dict[str, Any]:
    """Rules that follow from others on the same subject, and local rules that fall below national ones."""
    active = [one for one in rules if day_for(one, setting.as_of) == setting.as_of and one.status == "active"]
    groups: dict[Any, list[Rule]] = {}
    for rule in active:
        groups.setdefault(rule.subject, []).append(rule)
    many = [group for group in groups.values() if len(group) > 1]

    def work(number: int) -> Any:
        found, seconds, left = implied_among(many[number], setting)
        return [(one.rule.id, one.by.id, one.identical) for one in found], seconds, left

    results = _spread(work, len(many), jobs, None)
    below, open_ = [], []
    for local, national in local_pairs(active, setting.ruleset):
        try:
            one = falls_below(local, national, setting)
        except Unencodable:
            open_.append([local.id, national.id])
            continue
        if one.answer.value != "no":
            below.append({"local": local.id, "national": national.id, "answer": one.answer.value, **_witness(one.witness, setting)})
    return {
        "implied": [{"rule": rule, "by": by, "identical": same} for found, _, _ in results for rule, by, same in found],
        "left": sum(left for _, _, left in results),
        "seconds": round(sum(seconds for _, seconds, _ in results), 3),
        "below": below,
        "below_open": open_,
    }
