"""The questions people ask of the registry, answered from the shipped records."""

from datetime import date

from guiju.standards.load import load_registry
from guiju.standards.model import Force, Kind
from guiju.standards.queries import (
    cited_standings,
    editions_as_of,
    editions_for_kind,
    known_kinds,
    list_editions,
    no_longer_in_force,
    show_edition,
    supersession_chain,
    tree_of_editions,
)

REGISTRY = load_registry()
TODAY = date(2026, 11, 23)


def _kind(text: str) -> Kind:
    found = REGISTRY.kind(text)
    assert found is not None
    return found


def test_a_kind_is_found_by_id_or_by_name_in_either_tongue() -> None:
    assert _kind("smart-pole") == _kind("智慧灯杆") == _kind("Smart Pole") == _kind("多功能杆")
    assert REGISTRY.kind("没有这一类") is None


def test_what_replaced_an_old_standard_is_answered() -> None:
    chain = supersession_chain(REGISTRY, "GB/T 33356-2016", on=TODAY)
    assert [(row.edition.id, row.force) for row in chain] == [
        ("GB_T_33356-2016", Force.ENDED),
        ("GB_T_33356-2022", Force.IN_FORCE),
    ]


def test_withdrawn_citations_are_picked_out_with_what_to_cite_instead() -> None:
    cited = ["GB/T 31167-2014", "GB/T 22239-2019", "GB/T 33356-2016", "GB/T 99999-2000"]
    over = no_longer_in_force(REGISTRY, cited, on=TODAY)
    assert [one.text for one in over] == ["GB/T 31167-2014", "GB/T 33356-2016"]
    assert [row.edition.id for one in over for row in one.instead] == ["GB_T_31167-2023", "GB_T_33356-2022"]


def test_a_citation_that_was_good_on_its_day_is_not_called_withdrawn() -> None:
    assert no_longer_in_force(REGISTRY, ["GB/T 33356-2016"], on=date(2020, 6, 1)) == ()


def test_an_unknown_citation_is_answered_with_near_names() -> None:
    (one,) = cited_standings(REGISTRY, ["GB/T 33357-2022"], on=TODAY)
    assert one.row is None and "GB/T 33356-2022" in one.near


def test_the_tree_has_nine_classes_and_every_edition_stands_in_it_once() -> None:
    tree = tree_of_editions(REGISTRY, on=TODAY)
    assert len(tree) == 9 and sum(len(one.subclasses) for one in tree) == 49
    assert sum(one.count for one in tree) == len(REGISTRY.editions)


def test_a_pole_project_must_reckon_with_laws_first_and_never_with_what_is_over() -> None:
    rows = editions_for_kind(REGISTRY, _kind("智慧多功能杆"), on=TODAY)
    assert any(row.edition.id == "GB_T_40994-2021" for row in rows)
    assert all(row.force not in (Force.ENDED, Force.NOT_YET) for row in rows)
    musts = [row.must for row in rows]
    assert musts == sorted(musts, reverse=True) and musts[0]


def test_in_an_earlier_year_a_project_reckons_with_the_editions_of_that_year() -> None:
    ids = {row.edition.id for row in editions_for_kind(REGISTRY, _kind("city-evaluation"), on=date(2020, 6, 1))}
    assert "GB_T_33356-2016" in ids and "GB_T_33356-2022" not in ids


def test_an_edition_is_shown_with_its_kin() -> None:
    shown = show_edition(REGISTRY, "CSL-2016", on=TODAY)
    assert shown is not None and shown.category is not None and shown.category.code == "WH-0801"
    assert [row.edition.id for row in shown.successors] == ["CSL-2025"]
    assert [row.edition.id for row in shown.siblings] == ["CSL-2025"]


def test_listing_looks_into_numbers_titles_and_names_and_sorts_by_rank() -> None:
    rows = list_editions(REGISTRY, on=TODAY, words="网络安全")
    assert rows[0].edition.level.value == "law"
    assert {"CSL-2025", "GB_T_22239-2019"} <= {row.edition.id for row in rows}


def test_a_class_lists_what_its_subclasses_hold() -> None:
    whole = list_editions(REGISTRY, on=TODAY, category="WH-08")
    part = list_editions(REGISTRY, on=TODAY, category="WH-0801")
    assert part and set(part) < set(whole)


def test_what_is_in_force_on_a_day_excludes_what_is_over_or_unknown() -> None:
    assert all(row.force is Force.IN_FORCE for row in editions_as_of(REGISTRY, on=date(2021, 1, 1)))
    assert "video" in {kind.id for kind in known_kinds(REGISTRY)}
