"""Every way of judging, held to what the interpreter finds: compiled in memory, streamed, with keys on a disk, in processes, on Spark.

`GUIJU_ENGINE` names the ways to try, with commas; without it all are tried but Spark, which has a lane of its own.
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from guiju.catalog.records.model import Record
from guiju.catalog.streams import stream as lines
from guiju.standards.load import load_calendar
from guiju.terms.time.calendar import Calendar
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.engine import Observation
from guiju.validators.engines.interpreter.runner import run
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.plan.tree import Plan
from guiju.validators.streaming.faults import NotStreamable
from guiju.validators.validate import LISTED, validate
from guiju.validators.validate_stream import validate_stream

__all__ = ["NotTaken", "Way", "held_equal", "ways"]

Way = str


class NotTaken(Exception):
    """A way cannot take these records, and why."""


@cache
def _calendar() -> Calendar:
    return load_calendar()


def ways() -> tuple[Way, ...]:
    """The ways to try."""
    named = [one for one in os.environ.get("GUIJU_ENGINE", "").split(",") if one]
    unknown = set(named) - set(_WAYS)
    assert not unknown, f"GUIJU_ENGINE names {', '.join(sorted(unknown))}; there are {', '.join(_WAYS)}"
    return tuple(named or (one for one in _WAYS if one != "spark"))


def held_equal(rules: Rules, records: Sequence[Record], as_of: date, submitted: date | None = None) -> dict[Way, str]:
    """Fails where a way finds anything else than the interpreter; those that cannot judge these rules or records, with why."""
    left: dict[Way, str] = {}
    lines_of_case: _Lines | None = None
    with tempfile.TemporaryDirectory(prefix="guiju-ways-") as folder:
        for way in ways():
            try:
                match way:
                    case "interpreted":
                        pass  # what the others are held to
                    case "compiled":
                        _hold_compiled(plan(rules, as_of=as_of, submitted=submitted), tuple(records))
                    case _ if way == "processes" and len(records) < 2:
                        pass  # one line is one part: what is streamed
                    case _:
                        lines_of_case = lines_of_case or _Lines(rules, tuple(records), as_of, submitted, Path(folder))
                        lines_of_case.hold(**_CARRIED[way])
            except NotTaken as why:
                left[way] = str(why)
            except AssertionError as fault:
                raise AssertionError(f"{way}: {fault}") from fault
    return left


def _hold_compiled(made: Plan, records: tuple[Record, ...]) -> None:
    expected = list(run(made, records, _calendar()))
    engine = CompiledEngine()
    assert list(engine.run(made, records, _calendar())) == expected
    told = engine.tell(made, records, _calendar())
    assert sorted(told.kept, key=_order) == sorted((one for one in expected if one.verdict in LISTED), key=_order)
    assert [+Counter(one) for one in told.counts] == [
        Counter(one.verdict for one in expected if one.rule == at) for at in range(len(made.rules))
    ]


def _order(one: Observation) -> tuple[object, ...]:
    return one.rule, one.subject.order


class _Lines:
    """Records as lines of a file, with what the interpreter finds in all of them in memory."""

    def __init__(self, rules: Rules, records: tuple[Record, ...], as_of: date, submitted: date | None, folder: Path) -> None:
        self.rules, self.path = rules, folder / "data.ndjson"
        kind = _write(records, self.path)
        self.given: dict[str, Any] = {"as_of": as_of, "calendar": _calendar(), "submitted": submitted, "kind": kind}
        submission = replace(read([self.path], rules.vocabulary, kind=kind), submitted=submitted)
        if [one.shape for one in records] != [one.shape for one in submission.records]:
            raise NotTaken("its lines are read as another kind")
        self.memory = validate(rules, submission, as_of=as_of, calendar=_calendar())

    def hold(self, **more: Any) -> None:
        """Fails where lines carried so lead to anything else."""
        if "keys" in more:
            pytest.importorskip("duckdb", reason="keys on a disk need guiju[big]")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lines, "_LEAST_PART", 1)
            try:
                stream = validate_stream(self.rules, self.path, **self.given, **more).outcome
            except NotStreamable as why:
                raise NotTaken(str(why)) from None
        assert stream.tally == self.memory.tally
        assert stream.findings == self.memory.findings


def _write(records: tuple[Record, ...], path: Path) -> str | None:
    """Writes the records as lines; their kind where they are of one, else each line says its own."""
    shapes = {one.shape for one in records}
    kind = shapes.pop() if len(shapes) == 1 else None
    values = [one.value if kind else {"shape": one.shape, **one.value} for one in records]
    try:
        path.write_text("".join(json.dumps(one, ensure_ascii=False, default=_plain) + "\n" for one in values), "utf-8")
    except (TypeError, UnicodeEncodeError) as error:
        raise NotTaken(f"JSON cannot say it: {error}") from None
    return kind


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Decimal() if Decimal(repr(float(value))) == value:
            return float(value)
    raise TypeError(type(value).__name__)


_CARRIED: dict[Way, dict[str, Any]] = {"streamed": {}, "spilled": {"keys": 1}, "processes": {"workers": 2}, "spark": {"on": "local[2]"}}
_WAYS: tuple[Way, ...] = ("interpreted", "compiled", *_CARRIED)
