"""The store of a service, if it has one: kept runs, figures, accounts, objections, and the log of who did what."""

from datetime import date
from typing import Any

from guiju.service.clock import stamp
from guiju.store import accounts, figures, objections
from guiju.store.accounts import Act
from guiju.store.database import Engine, open_store
from guiju.store.runs import find_run, keep_run, list_runs, report_text

__all__ = ["Records"]


class Records:
    """Everything blocks, and is called in a thread. Raises StoreFault."""

    def __init__(self, where: str) -> None:
        self.engine: Engine = open_store(where)

    def keep(self, report: str, owner: str) -> str:
        """The id of the run that is kept now."""
        id, fresh = keep_run(self.engine, report, kept_at=stamp(), owner=owner)
        if fresh:
            self.note(owner, "keep", id)
        return id

    def runs(self, most: int = 200, owner: str | None = None) -> list[dict[str, Any]]:
        """The runs, the latest first; of one owner, where one is named."""
        found = [one for one in list_runs(self.engine) if owner is None or one.owner == owner][:most]
        return [
            {
                "id": one.id,
                "kept_at": one.kept_at,
                "as_of": one.as_of,
                "series": one.series,
                "profile": one.profile,
                "outcome": one.outcome,
                "subjects": one.subjects,
                "rules": one.rules,
                "tally": dict(one.tally),
                "owner": one.owner,
            }
            for one in found
        ]

    def report(self, id: str) -> str | None:
        """The json report of a run; None where there is none of that whole id."""
        return report_text(self.engine, id) if id and find_run(self.engine, id) == (id,) else None

    def figures(self, chosen: figures.Chosen, today: date) -> figures.Figures:
        """The figures of the dashboard."""
        return figures.figures(self.engine, chosen, today=today)

    def failed_most(self, rule: str) -> list[tuple[str, int]]:
        """The units in which a rule failed most, over the last runs."""
        return figures.failing_units(self.engine, rule)

    def note(self, by: str, action: str, about: str, before: Any = None, after: Any = None) -> None:
        """Writes into the log who did what."""
        accounts.log(self.engine, Act(done_at=stamp(), done_by=by, action=action, about=about, before=before, after=after))

    def objections(self, *, made_by: str | None = None) -> tuple[objections.Objection, ...]:
        """The objections, or those of one account."""
        return objections.objections(self.engine, made_by=made_by)
