"""What is left to people: of the profile, about what is there, and never a reminder for those who maintain rules."""

from guiju.dsl.ir.tree import Judged
from guiju.reports.for_people import MAINTAINERS, for_people
from guiju.reports.model import Kind
from guiju.terms.tongue import Both
from guiju.validators.plan.profiles import UNTAKEN
from tests.unit.reports.made import CITATION, card, same

_KINDS = (Kind(id="dataset", name=same("数据集"), count=3),)


def _judged(id: str, *, shape: str | None = None, who: str = "市数据局", cited: bool = True) -> Judged:
    cites = (CITATION,) if cited else ()
    return Judged(id=id, name=same(id), shape=shape, citations=cites, why=same("要看内容"), who=Both(who, who), derives=(), source=("", 0))


def test_a_reminder_for_maintainers_is_told_to_nobody() -> None:
    told = for_people([_judged("a", who=MAINTAINERS), _judged("b")], _KINDS, UNTAKEN, (card(fail=1),))
    assert [one.id for one in told] == ["b"]


def test_a_provision_on_another_kind_is_left_out() -> None:
    told = for_people([_judged("a", shape="project"), _judged("b", shape="dataset")], _KINDS, UNTAKEN, (card(fail=1),))
    assert [one.id for one in told] == ["b"]


def test_an_instrument_that_asks_nothing_here_leaves_nothing_to_people() -> None:
    asked, silent = (card(fail=1),), (card(not_applicable=3),)
    one = _judged("a")
    assert list(for_people([one], _KINDS, UNTAKEN, asked)) == [one]
    assert list(for_people([one], _KINDS, UNTAKEN, silent)) == []
    assert list(for_people([one], _KINDS, UNTAKEN, ())) == [one]
