"""What a request to the API asks: its parameters, each checked; whatever is not offered is a problem that names it."""

from collections.abc import Iterable
from datetime import date

from starlette.requests import Request

from guiju.service.api.problems import Problem
from guiju.terms.tongue import Both

__all__ = ["allow", "choice", "day", "flag", "number", "text"]

_LONGEST = 400


def allow(request: Request, *names: str) -> None:
    """Refuses a query parameter that is not offered, or comes twice: a misspelled filter must not look like one that was obeyed."""
    seen: set[str] = set()
    for name, _ in request.query_params.multi_items():
        if name not in (*names, "lang"):
            raise Problem(400, Both(f"没有“{name[:40]}”这个参数", f"there is no parameter {name[:40]!r}"))
        if name in seen:
            raise Problem(400, Both(f"参数“{name}”写了两次", f"the parameter {name!r} is given twice"))
        seen.add(name)
    choice(request.query_params.get("lang"), "lang", ("zh", "en"))


def text(said: str | None, name: str) -> str | None:
    """The text of a parameter; None where it is not given."""
    if said is None:
        return None
    if not said.strip() or len(said) > _LONGEST or "\0" in said:
        raise Problem(400, Both(f"参数“{name}”是空的或者太长", f"the parameter {name!r} is blank or too long"))
    return said


def number(said: str | None, name: str, usual: int, most: int, least: int = 0) -> int:
    """A whole number within bounds."""
    if said is None:
        return usual
    if not (said.isascii() and said.isdigit() and len(said) < 10 and least <= int(said) <= most):
        raise Problem(
            400, Both(f"参数“{name}”应是 {least} 到 {most} 的整数", f"the parameter {name!r} is a whole number from {least} to {most}")
        )
    return int(said)


def choice(said: str | None, name: str, known: Iterable[str]) -> str | None:
    """One of some words; None where it is not given."""
    words = tuple(known)
    if said is not None and said not in words:
        raise Problem(
            400, Both(f"参数“{name}”可以是：{'、'.join(words)[:300]}", f"the parameter {name!r} is one of: {', '.join(words)[:300]}")
        )
    return said


def flag(said: str | None, name: str) -> bool:
    """true or false."""
    return choice(said, name, ("true", "false")) == "true"


def day(said: str | None, name: str) -> date | None:
    """A day such as 2026-03-01."""
    if said is None:
        return None
    try:
        if len(said) != 10:
            raise ValueError
        return date.fromisoformat(said)
    except ValueError:
        raise Problem(400, Both(f"参数“{name}”应是 2026-03-01 这样的日期", f"the parameter {name!r} is a day such as 2026-03-01")) from None
