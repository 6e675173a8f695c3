"""Which provisions a report leaves to people: those of its profile, about what is there, that ask something of whoever hands it in."""

from collections.abc import Iterable, Iterator

from guiju.dsl.ir.tree import Judged, Profile
from guiju.reports.model import Kind, RuleCard
from guiju.terms.places import holds_in
from guiju.terms.verdict import Verdict
from guiju.validators.plan.profiles import Taken

__all__ = ["MAINTAINERS", "for_people"]

MAINTAINERS = "规则的维护者"
"""Who judges what only reminds those who write rules: no applicant is told of it."""
_ASKED = (Verdict.PASS, Verdict.FAIL, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.ERROR)


def for_people(judged: Iterable[Judged], kinds: tuple[Kind, ...], taken: Taken, cards: tuple[RuleCard, ...]) -> Iterator[Judged]:
    """The provisions to tell, in their order.

    Where rules cite an instrument and none of them applies to anything here, what the instrument leaves to people does not either.
    """
    here = {kind.id for kind in kinds}
    cited: dict[str, bool] = {}
    for card in cards:
        is_asked = any(count and verdict in _ASKED for verdict, count in card.tally)
        for cite in card.citations:
            cited[cite.instrument] = cited.get(cite.instrument, False) or is_asked
    for one in judged:
        if one.who.zh.strip() == MAINTAINERS or (one.shape is not None and one.shape not in here):
            continue
        profiles = _profiles(one, taken)
        if profiles is not None and not any(_is_inside(one, profile) for profile in profiles):
            continue
        if not one.citations or any(cited.get(cite.instrument, True) for cite in one.citations):
            yield one


def _profiles(one: Judged, taken: Taken) -> tuple[Profile, ...] | None:
    """The profiles that decide about a provision; None where its kind has none, and so everything is told."""
    if one.shape is None:
        return taken.profiles or None
    profile = taken.of(one.shape)
    return (profile,) if profile is not None else None


def _is_inside(one: Judged, profile: Profile) -> bool:
    """As a rule that cites the same would be."""
    if not one.citations:
        return True
    if all(cite.instrument in profile.no_instruments for cite in one.citations):
        return False
    if (profile.instruments or profile.rules) and not any(cite.instrument in profile.instruments for cite in one.citations):
        return False
    return any(holds_in(cite.place, profile.place) for cite in one.citations)
