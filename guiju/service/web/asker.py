"""Who asks: nobody in particular, somebody of a role who has logged in, or the one that a trusted proxy names."""

from dataclasses import dataclass
from enum import StrEnum

from starlette.exceptions import HTTPException
from starlette.requests import Request

from guiju.terms.tongue import Both

__all__ = ["NOBODY", "Asker", "Role", "asker_of", "must"]


class Role(StrEnum):
    """What somebody may do."""

    APPLICANT = "applicant"
    BUREAU = "bureau"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.APPLICANT: Both("申报单位", "applicant"),
    Role.BUREAU: Both("主管部门", "bureau"),
    Role.AUDITOR: Both("审计", "auditor"),
    Role.ADMINISTRATOR: Both("管理员", "administrator"),
}
_MAY: dict[str, tuple[Role, ...]] = {
    "check": (Role.APPLICANT, Role.BUREAU, Role.AUDITOR, Role.ADMINISTRATOR),
    "keep": (Role.APPLICANT, Role.BUREAU),
    "runs": (Role.BUREAU, Role.AUDITOR),
    "object": (Role.APPLICANT,),
    "objections": (Role.BUREAU, Role.AUDITOR),
    "answer": (Role.BUREAU,),
    "accounts": (Role.ADMINISTRATOR,),
    "audit": (Role.AUDITOR, Role.ADMINISTRATOR),
}
"""Which roles may do what. Without accounts whoever reaches the service is alone on his own machine, and may do all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A name and a role; without accounts both are empty. `session` is the digest of the session's token."""

    name: str = ""
    role: Role | None = None
    session: str = ""
    open: bool = False
    """Whether the service has no accounts at all."""

    def may(self, what: str) -> bool:
        """Whether it is allowed."""
        return self.open if self.role is None else self.role in _MAY[what]


NOBODY = Asker()


def asker_of(request: Request) -> Asker:
    """Who asks this request, as was found out before it."""
    found: Asker = request.scope.get("guiju_asker", NOBODY)
    return found


def must(request: Request, what: str) -> Asker:
    """Who asks, if it is allowed; HTTPException 401 where somebody has to log in first, 403 where the role may not."""
    asker = asker_of(request)
    if not asker.may(what):
        raise HTTPException(401 if asker.role is None else 403, what)
    return asker
