"""Objections to findings: what an applicant says, the slip by which it can be verified, and what the bureau answered."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, Text, func, insert, select, update

from guiju.store.database import Engine, reading, writing

__all__ = ["Objection", "add_objection", "answer", "counts", "objection", "objections"]

_TABLE = Table(
    "objections",
    MetaData(),
    Column("id", String(16), primary_key=True),
    Column("made_at", String(20)),
    Column("made_by", String(200)),
    Column("rule", String(300)),
    Column("fingerprint", String(64)),
    Column("department", String(500)),
    Column("state", String(20)),
    Column("reason", Text),
    Column("finding", Text),
    Column("slip", Text),
    Column("attachment_name", String(200)),
    Column("attachment", Text),
    Column("answer", Text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection. `state` is open, upheld, rule_at_fault or waived; `finding` and `answer` are plain values, `attachment` base64."""

    id: str
    made_at: str
    made_by: str
    rule: str
    fingerprint: str
    department: str
    state: str
    reason: str
    finding: Any
    slip: str
    attachment_name: str
    attachment: str
    answer: Any


def add_objection(engine: Engine, one: Objection) -> None:
    """Keeps an objection."""
    with writing(engine) as connection:
        connection.execute(insert(_TABLE).values(**_row(one)))


def _row(one: Objection) -> dict[str, Any]:
    names = [column.name for column in _TABLE.c]
    plain = {name: getattr(one, name) for name in names}
    return {**plain, "finding": json.dumps(one.finding, ensure_ascii=False), "answer": json.dumps(one.answer, ensure_ascii=False)}


def _objection(row: Any) -> Objection:
    return Objection(**{**row, "finding": json.loads(row["finding"]), "answer": json.loads(row["answer"])})


def objections(engine: Engine, *, state: str | None = None, made_by: str | None = None, most: int = 500) -> tuple[Objection, ...]:
    """The objections, the last first."""
    query = select(_TABLE).order_by(_TABLE.c.made_at.desc(), _TABLE.c.id).limit(most)
    if state is not None:
        query = query.where(_TABLE.c.state == state)
    if made_by is not None:
        query = query.where(_TABLE.c.made_by == made_by)
    with reading(engine) as connection:
        return tuple(_objection(dict(row)) for row in connection.execute(query).mappings())


def objection(engine: Engine, id: str) -> Objection | None:
    """One objection."""
    with reading(engine) as connection:
        row = connection.execute(select(_TABLE).where(_TABLE.c.id == id)).mappings().first()
    return _objection(dict(row)) if row is not None else None


def answer(engine: Engine, id: str, state: str, said: Any) -> bool:
    """Answers an open objection; False where it was answered before."""
    with writing(engine) as connection:
        done = connection.execute(
            update(_TABLE)
            .where(_TABLE.c.id == id, _TABLE.c.state == "open")
            .values(state=state, answer=json.dumps(said, ensure_ascii=False))
        )
    return bool(done.rowcount)


def counts(engine: Engine) -> tuple[tuple[str, str, int], ...]:
    """How many objections of each rule stand how: (rule, state, count)."""
    query = select(_TABLE.c.rule, _TABLE.c.state, func.count()).group_by(_TABLE.c.rule, _TABLE.c.state).order_by(_TABLE.c.rule)
    with reading(engine) as connection:
        return tuple((rule, state, count) for rule, state, count in connection.execute(query))
