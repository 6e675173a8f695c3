"""Accounts and sessions of a shared service, and the log of who did what; secrets come here hashed, and tokens as digests."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, insert, select, update

from guiju.store.database import Engine, reading, writing

__all__ = [
    "Account",
    "Act",
    "account",
    "accounts",
    "acts",
    "add_account",
    "begin_session",
    "change",
    "end_session",
    "log",
    "remove_account",
    "session",
]

_META = MetaData()
_ACCOUNTS = Table(
    "accounts",
    _META,
    Column("name", String(200), primary_key=True),
    Column("role", String(20)),
    Column("secret", String(300)),
    Column("failed", Integer),
    Column("locked_until", String(20)),
    Column("created_at", String(20)),
)
_SESSIONS = Table(
    "sessions", _META, Column("token", String(64), primary_key=True), Column("account", String(200)), Column("ends_at", String(20))
)
_AUDIT = Table(
    "audit",
    _META,
    Column("number", String(40), primary_key=True),
    Column("done_at", String(30)),
    Column("done_by", String(200)),
    Column("action", String(60)),
    Column("about", String(300)),
    Column("before_it", Text),
    Column("after_it", Text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A name with a role; `secret` is the hash of its password, times are as 2026-03-01T08:00:00Z (blank: not locked)."""

    name: str
    role: str
    secret: str
    failed: int
    locked_until: str
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody did: when, who, what, about what, and what was before and after it."""

    done_at: str
    done_by: str
    action: str
    about: str
    before: Any
    after: Any


def account(engine: Engine, name: str) -> Account | None:
    """The account of that name."""
    with reading(engine) as connection:
        row = connection.execute(select(_ACCOUNTS).where(_ACCOUNTS.c.name == name)).mappings().first()
    return Account(**row) if row is not None else None


def accounts(engine: Engine) -> tuple[Account, ...]:
    """All accounts by name."""
    with reading(engine) as connection:
        return tuple(Account(**row) for row in connection.execute(select(_ACCOUNTS).order_by(_ACCOUNTS.c.name)).mappings())


def add_account(engine: Engine, name: str, role: str, secret: str, at: str) -> None:
    """A new account."""
    with writing(engine) as connection:
        connection.execute(insert(_ACCOUNTS).values(name=name, role=role, secret=secret, failed=0, locked_until="", created_at=at))


def change(engine: Engine, name: str, **values: Any) -> None:
    """Other values of an account: role, secret, failed, locked_until."""
    with writing(engine) as connection:
        connection.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.name == name).values(**values))


def remove_account(engine: Engine, name: str) -> None:
    """Forgets an account and its sessions."""
    with writing(engine) as connection:
        connection.execute(delete(_SESSIONS).where(_SESSIONS.c.account == name))
        connection.execute(delete(_ACCOUNTS).where(_ACCOUNTS.c.name == name))


def begin_session(engine: Engine, token: str, name: str, ends_at: str, now: str) -> None:
    """A session under the digest of its token; those that are over are forgotten."""
    with writing(engine) as connection:
        connection.execute(delete(_SESSIONS).where(_SESSIONS.c.ends_at < now))
        connection.execute(insert(_SESSIONS).values(token=token, account=name, ends_at=ends_at))


def session(engine: Engine, token: str, now: str) -> Account | None:
    """Whose session it is, while it lasts."""
    of = select(_ACCOUNTS).join(_SESSIONS, _SESSIONS.c.account == _ACCOUNTS.c.name)
    with reading(engine) as connection:
        row = connection.execute(of.where(_SESSIONS.c.token == token, _SESSIONS.c.ends_at >= now)).mappings().first()
    return Account(**row) if row is not None else None


def end_session(engine: Engine, token: str) -> None:
    """Ends a session."""
    with writing(engine) as connection:
        connection.execute(delete(_SESSIONS).where(_SESSIONS.c.token == token))


def log(engine: Engine, act: Act) -> None:
    """Keeps who did what."""
    values = {"before_it": json.dumps(act.before, ensure_ascii=False), "after_it": json.dumps(act.after, ensure_ascii=False)}
    number = f"{act.done_at}-{secrets.token_hex(6)}"
    with writing(engine) as connection:
        connection.execute(
            insert(_AUDIT).values(
                number=number, done_at=act.done_at, done_by=act.done_by[:200], action=act.action, about=act.about[:300], **values
            )
        )


def acts(engine: Engine, most: int = 500) -> tuple[Act, ...]:
    """What was done, the last first."""
    with reading(engine) as connection:
        rows = connection.execute(select(_AUDIT).order_by(_AUDIT.c.done_at.desc(), _AUDIT.c.number.desc()).limit(most)).mappings().all()
    return tuple(
        Act(
            done_at=row["done_at"],
            done_by=row["done_by"],
            action=row["action"],
            about=row["about"],
            before=json.loads(row["before_it"]),
            after=json.loads(row["after_it"]),
        )
        for row in rows
    )
