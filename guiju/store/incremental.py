"""Keeps verdicts between runs, so that only what can have changed is judged again: an engine around another engine.

Verdicts of a rule on one record are kept under a digest of what they depend on: the rule with its parameters, the vocabulary, the
days, the calendar, and the record. A rule across records depends on all records. What is not plainly passed is always judged
again, since explanations name places; so the findings are those of a full run. The cache is only ever a copy.
"""

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import orjson

from guiju.catalog.records.model import Record
from guiju.dsl.ir.encode import encode_bytes
from guiju.store.cache import Cache, digest_of
from guiju.terms.time.calendar import Calendar
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Engine, Observation, Reason, Subject
from guiju.validators.engines.interpreter.alike import AlikeObserver
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.tree import Cost, Plan, Planned

__all__ = ["Incremental"]

_KIND = "increments"
_PLAIN = (Verdict.PASS, Verdict.NOT_APPLICABLE)
_VERDICTS, _REASONS = {one.value: one for one in Verdict}, {one.value: one for one in Reason}
# Below this share of known (rule, record) pairs the ordinary engine is faster on all of them.
_WORTH = 0.5
_Asked = tuple[Runner, AlikeObserver]
Kept = tuple[tuple[str, str] | None, ...]
"""For the subjects of one record in reading order: verdict and reason, or None where it must be asked again."""


class Incremental:
    """The engine. `series` names the inputs whose last verdicts are kept; `judged` counts what the last run judged anew."""

    def __init__(self, memo: Cache, series: str, package: str, full: Engine | None = None) -> None:
        self._memo, self._series, self._package, self._full = memo, series, package, full
        self.judged = 0
        self.kept = 0

    def run(self, plan: Plan, records: Sequence[Record], calendar: Calendar) -> Iterator[Observation]:
        """Every observation of the plan, by rule in the order of the plan, then by subject in reading order."""
        self.judged = self.kept = 0
        runner = Runner(RecordStore(plan, records, calendar))
        alike = AlikeObserver(plan)
        digests = {number: _digest(one) for number, one in runner.world.records.items()}
        whole = digest_of(digests[number].encode() for number in sorted(digests))
        base = [self._package.encode(), repr(plan.as_of).encode(), repr(plan.submitted).encode(), encode_bytes(plan.vocabulary)]
        base.append(repr((calendar.years, sorted(calendar.off), sorted(calendar.work))).encode())
        name = digest_of([self._series.encode(), *base])
        before = self._load(name)
        after: dict[str, dict[str, Kept]] = {}
        keys = [hashlib.sha256(encode_bytes(one.rule) + one.standing.encode()).hexdigest() for one in plan.rules]
        # Found by walking over the rules, so once.
        local = [_is_local(one) for one in plan.rules]
        if self._full is not None and not _worth(plan, runner, before, keys, digests, local):
            observed = groupby(self._full.run(plan, records, calendar), key=lambda one: one.rule)
            of_rules = {at: list(group) for at, group in observed}
        else:
            of_rules = None
        for at, planned in enumerate(plan.rules):
            told = before.get(keys[at], {}) if of_rules is None else {}
            given = (
                self._of_rule(at, planned, (runner, alike), told, digests if local[at] else None, whole)
                if of_rules is None
                else of_rules.get(at, [])
            )
            if of_rules is not None:
                self.judged += len(given)
            after[keys[at]] = _keep(given, digests if local[at] else None, whole)
            yield from given
        self._memo.save(_KIND, name, pickle.dumps(after))

    def _of_rule(
        self,
        at: int,
        planned: Planned,
        worlds: tuple[Runner, AlikeObserver],
        told: dict[str, Kept],
        digests: dict[int, str] | None,
        whole: str,
    ) -> list[Observation]:
        runner, alike = worlds
        found: list[Observation] = []
        for name, subjects in _by_name(runner.world.subjects(planned.rule.subject), digests, whole):
            kept = told.get(name)
            if kept is None or len(kept) != len(subjects):
                kept = (None,) * len(subjects)
                self.judged += len(subjects)
            else:
                self.kept += len(subjects)
            for subject, one in zip(subjects, kept, strict=True):
                found.append(
                    alike.observe(runner, at, subject) if one is None else Observation(at, subject, _VERDICTS[one[0]], _REASONS[one[1]])
                )
        return found

    def _load(self, name: str) -> dict[str, dict[str, Kept]]:
        data = self._memo.load(_KIND, name)
        try:
            # The cache holds only what this program wrote, under a seal, in the user's own folder.
            return {} if data is None else pickle.loads(data)
        except Exception:  # a damaged copy is no fault, whatever it raises
            return {}


def _is_local(planned: Planned) -> bool:
    """Whether its verdicts on a record rest on nothing but that record."""
    rule = planned.rule
    # A rule that joins has the cost of a catalog.
    return rule.subject.group is None and not rule.yields_to and not planned.unique and planned.cost is not Cost.CATALOG


def _by_name(subjects: Iterator[Subject], digests: dict[int, str] | None, whole: str) -> Iterator[tuple[str, list[Subject]]]:
    """Subjects with the digest of what their verdicts rest on: of their record, or, where there are none of records, of all."""
    if digests is None:
        yield whole, list(subjects)
        return
    for number, group in groupby(subjects, key=lambda one: one.record):
        yield digests[number], list(group)


def _keep(given: list[Observation], digests: dict[int, str] | None, whole: str) -> dict[str, Kept]:
    by_subject = {one.subject: one for one in given}
    named = _by_name((one.subject for one in given), digests, whole)
    return {name: tuple(_plain(by_subject[one]) for one in subjects) for name, subjects in named}


def _plain(one: Observation) -> tuple[str, str] | None:
    plain = one.verdict in _PLAIN and not (one.missing or one.fired or one.by or one.fault)
    return (one.verdict.value, one.reason.value) if plain else None


def _worth(
    plan: Plan, runner: Runner, before: dict[str, dict[str, Kept]], keys: list[str], digests: dict[int, str], local: list[bool]
) -> bool:
    pairs = known = 0
    for at, planned in enumerate(plan.rules):
        if local[at]:
            told = before.get(keys[at], {})
            records = runner.world.of_shape(planned.rule.subject.shape)
            pairs += len(records)
            known += sum(1 for one in records if digests[one.number] in told)
    return known >= pairs * _WORTH


def _digest(record: Record) -> str:
    options = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    try:
        text = orjson.dumps([record.shape, record.value], default=_spelt, option=options)
    except (TypeError, ValueError):
        text = repr((record.shape, record.value)).encode("utf-8", "surrogatepass")  # lone surrogates, numbers past 64 bits
    return hashlib.sha256(text).hexdigest()


def _spelt(value: Any) -> Any:
    return [type(value).__name__, repr(value)]
