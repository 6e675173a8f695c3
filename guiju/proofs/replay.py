"""Documents of the solver as files, read back by the readers and judged by the engine before anybody sees them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.catalog.read import read
from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.proofs.written import Documents
from guiju.terms.fact import Path
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.time.calendar import Calendar
from guiju.terms.types import ListT, RecordT, Type
from guiju.terms.verdict import Verdict
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.plan.from_ruleset import plan

__all__ = ["as_records", "judged", "read_back", "to_yaml", "verdict_of"]


class _Nowhere:
    """Documents that were never a file have no places."""

    def place(self, path: Path) -> Place:
        return Place(file="witness", pointer="".join(f"/{step}" for step in path))


def to_yaml(documents: Documents, vocabulary: Vocabulary, as_of: date, remark: str = "") -> str:
    """The document as a text of YAML, with the names that people use; `remark` stands above it."""
    lines = [f"# {one}" for one in remark.splitlines()]
    lines.append(f'提交日期: "{as_of.isoformat()}"')
    for shape_id, records in documents.records.items():
        shape = vocabulary.shape(shape_id)
        lines.append(f"{_key(shape.name.zh)}:")
        for one in records:
            lines += _block(_named(one, shape, vocabulary))
    return "\n".join(lines) + "\n"


def _named(value: Mapping[str, Any], shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in shape.fields:
        if one.id in value:
            made[one.name.zh] = _inner(value[one.id], one.type, vocabulary)
    return made


def _inner(value: Any, type: Type, vocabulary: Vocabulary) -> Any:
    match type, value:
        case RecordT(shape=shape), dict() if not set(value) & {"不适用", "待定"}:
            return _named(value, vocabulary.shape(shape), vocabulary)
        case ListT(element=element), list():
            return [_inner(one, element, vocabulary) for one in value]
        case _:
            return value


def _block(record: dict[str, Any]) -> list[str]:
    lines = [f"{_key(name)}: {_flow(value)}" for name, value in record.items()] or ["{}"]
    return [f"  - {lines[0]}", *(f"    {one}" for one in lines[1:])]


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name, ensure_ascii=False)


def _flow(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(str(name))}: {_flow(one)}" for name, one in value.items()) + "}"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def read_back(text: str, vocabulary: Vocabulary) -> Submission:
    """The document as the reader of YAML files understands it."""
    return read(["-"], vocabulary, stdin=text.encode(), stdin_name="witness.yaml")


def as_records(documents: Documents) -> tuple[Record, ...]:
    """The document without its file."""
    flat = [(shape, one) for shape, records in documents.records.items() for one in records]
    return tuple(Record(shape=shape, value=value, locator=_Nowhere(), number=at) for at, (shape, value) in enumerate(flat))


def judged(
    rules: Sequence[Rule], ruleset: Ruleset, records: Sequence[Record], as_of: date, calendar: Calendar
) -> dict[str, list[tuple[int, Path, Verdict]]]:
    """What the rules say of the records on a day: (record, path, verdict) of each subject by rule."""
    # Screening questions are asked here without the profile that asks them.
    small = replace(ruleset, rules=tuple(replace(one, of_profile="") if one.of_profile else one for one in rules), profiles=())
    runner = Runner(RecordStore(plan(small, as_of=as_of, submitted=as_of), records, calendar), quick=True)
    return {
        one.rule.id: [(seen.subject.record, seen.subject.path, seen.verdict) for seen in runner.of_rule(at)]
        for at, one in enumerate(runner.world.plan.rules)
    }


def verdict_of(found: Sequence[tuple[int, Path, Verdict]], record: int, path: Path) -> Verdict | None:
    """The verdict on one subject."""
    return next((verdict for at, where, verdict in found if at == record and where == path), None)
