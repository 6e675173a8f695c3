"""Editions are found by what people write, and citations split into edition and place."""

import time
from datetime import date

import pytest

from guiju.standards.load import load_registry, packed_text, registry_from_packed
from guiju.standards.model import Edition, Force
from guiju.standards.registry import CitationFailure, CitationFault, CitedPlace, ClauseStanding
from guiju.terms.clause import ClauseRef
from guiju.terms.clause_text import parse_clause
from guiju.terms.tongue import Tongue

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("SC809", "SC809"),
        ("政务数据共享条例", "SC809"),
        ("《政务数据共享条例》", "SC809"),
        ("国务院令第809号", "SC809"),
        ("国务院令 809号", "SC809"),
        ("武政办〔2020〕34号", "SEED34"),
        ("武政办[2020]34号", "SEED34"),
        ("武政办（2020）34号", "SEED34"),
        ("个人信息保护法", "PIPL"),
        ("中华人民共和国个人信息保护法", "PIPL"),
        ("GB/T 33356-2016", "GB_T_33356-2016"),
        ("ＧＢ／Ｔ　３３３５６—２０２２", "GB_T_33356-2022"),
        ("gb/t33356", "GB_T_33356-2022"),
        ("ISO 37120:2018", "ISO_37120-2018"),
        ("ISO 37120-2018", "ISO_37120-2018"),
        ("GBT22239", "GB_T_22239-2019"),
        ("Regulations on government data sharing", "SC809"),
    ],
)
def test_an_edition_is_found_however_its_name_is_written(text: str, edition: str) -> None:
    found = REGISTRY.find(text)
    assert found is not None and found.id == edition


@pytest.mark.parametrize("text", ["", "  ", "网络", "国务院", "GB/T", "x" * 10_000, "2016"])
def test_what_names_no_instrument_finds_nothing(text: str) -> None:
    assert REGISTRY.find(text) is None


@pytest.mark.parametrize(
    ("on", "edition"), [(date(2025, 12, 31), "CSL-2016"), (date(2026, 1, 1), "CSL-2025"), (date(2017, 5, 31), "CSL-2025")]
)
def test_a_name_without_a_year_means_the_edition_of_the_day_or_else_the_newest(on: date, edition: str) -> None:
    found = REGISTRY.find("网络安全法", on=on)
    assert found is not None and found.id == edition


@pytest.mark.parametrize(
    ("on", "edition"), [(date(2023, 4, 30), "GB_T_33356-2016"), (date(2023, 5, 1), "GB_T_33356-2022"), (date(2010, 1, 1), None)]
)
def test_one_edition_follows_the_other_from_one_day_to_the_next(on: date, edition: str | None) -> None:
    found = REGISTRY.in_force("GB_T_33356", on)
    assert (found.id if found else None) == edition


@pytest.mark.parametrize(
    ("text", "edition", "key"),
    [
        ("政务数据共享条例 第十五条第二款", "SC809", "15.2"),
        ("SC809 art 15 para 2", "SC809", "15.2"),
        ("SC809 15.2", "SC809", "15.2"),
        ("武政办〔2020〕34号 一(一)", "SEED34", "h1-1"),
        ("武政办〔2020〕34号二（三）2", "SEED34", "h2-3-2"),
        ("GB/T 51456-2023 5.2", "GB_T_51456-2023", "s5.2"),
        ("《个人信息保护法》第二十八条", "PIPL", "28"),
        ("GB/T 33356-2022", "GB_T_33356-2022", None),
        ("政务信息资源目录编制指南 核心元数据：更新周期", "NDRC1272", ClauseRef.named("核心元数据:更新周期").key),
        ("国办发〔2019〕57号 国家政务信息化项目建设管理办法 第九条", "GBF57", "9"),
        ("武汉市政府投资管理办法(武政规〔2022〕2号) 第三条", "WHG2", "3"),
        ("个人信息保护法（2021-08-20）第十三条", "PIPL", "13"),
        ("武汉市智能网联汽车发展促进条例(2024-12-30公布,2025-03-01施行)", "WHICV", None),
        ("中华人民共和国网络安全法(2016-11-07) 第二十一条", "CSL-2016", "21"),
    ],
)
def test_a_citation_splits_into_edition_and_place(text: str, edition: str, key: str | None) -> None:
    cited = REGISTRY.split_citation(text)
    assert isinstance(cited, CitedPlace)
    assert cited.edition.id == edition
    assert (cited.clause.key if cited.clause else None) == key


def test_a_day_in_brackets_that_is_no_day_of_the_instrument_is_not_passed_over() -> None:
    assert isinstance(REGISTRY.split_citation("个人信息保护法(2010-01-01) 第十三条"), CitationFailure)


def test_a_citation_on_a_day_means_the_text_of_that_day() -> None:
    cited = REGISTRY.split_citation("网络安全法 第二十一条", on=date(2020, 1, 1))
    assert isinstance(cited, CitedPlace) and cited.edition.id == "CSL-2016"


def test_an_unknown_instrument_is_answered_with_names_like_it() -> None:
    failed = REGISTRY.split_citation("《政务数据共享管理条例》第十条")
    assert isinstance(failed, CitationFailure) and failed.fault is CitationFault.UNKNOWN_INSTRUMENT
    assert "政务数据共享条例" in failed.near


def test_an_unreadable_clause_is_pointed_at_within_the_citation() -> None:
    failed = REGISTRY.split_citation("SC809 第十五条第二啥")
    assert isinstance(failed, CitationFailure) and failed.fault is CitationFault.UNREADABLE_CLAUSE
    assert failed.edition is not None and failed.edition.id == "SC809"
    assert failed.text[failed.start :] == "第十五条第二啥"


@pytest.mark.parametrize("text", ["", " ", "第十五条", "(" * 300, "政" * 299, "SC809 " * 49, "x" * 100_000])
def test_no_citation_however_strange_breaks_the_splitter_or_takes_long(text: str) -> None:
    start = time.perf_counter()
    assert isinstance(REGISTRY.split_citation(text), CitationFailure)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("第十五条第二款", ClauseStanding.RECORDED),
        ("第四十五条", ClauseStanding.BEYOND_TEXT),
        ("第三十七条", ClauseStanding.HOLDS_RECORDED),
        ("第十三条第一款第一项", ClauseStanding.INSIDE_RECORDED),
        ("第一条", ClauseStanding.NOT_RECORDED),
    ],
)
def test_the_registry_tells_what_it_knows_of_a_place(clause: str, wanted: ClauseStanding) -> None:
    edition, ref = REGISTRY.get("SC809"), parse_clause(clause)
    assert edition is not None and ref is not None
    assert REGISTRY.standing(edition, ref) is wanted


def test_a_chain_of_supersession_is_followed_both_ways() -> None:
    old, new = REGISTRY.get("GB_T_28181-2016"), REGISTRY.get("GB_T_28181-2022")
    assert old is not None and new is not None
    assert REGISTRY.successors(old) == (new,)
    assert REGISTRY.predecessors(new) == (old,)
    assert REGISTRY.force(old, date(2023, 7, 1)) is Force.ENDED


def test_the_packed_registry_reads_back_as_itself() -> None:
    again = registry_from_packed(packed_text())
    assert again.editions == REGISTRY.editions and again.digest == REGISTRY.digest


def test_the_registry_loads_fast() -> None:
    text = packed_text()
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        registry_from_packed(text)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.1


def _all_names(edition: Edition) -> list[str]:
    titles = [] if edition.known_by_reference else [edition.title.zh, f"《{edition.title.zh}》", edition.title.en]
    return [edition.id, *([edition.number] if edition.number else []), *edition.names, *titles]


def test_every_recorded_clause_is_found_again_from_every_name_of_its_edition_in_both_tongues() -> None:
    lost = []
    for edition in REGISTRY.editions:
        for name in _all_names(edition):
            for ref in (clause.ref for clause in edition.clauses):
                for tongue in Tongue:
                    text = f"{name} {ref.say(tongue)}"
                    cited = REGISTRY.split_citation(text, on=edition.in_force)
                    if not isinstance(cited, CitedPlace) or (cited.edition.instrument, cited.clause) != (edition.instrument, ref):
                        lost.append(text)
    assert lost == []


def test_an_id_and_a_number_mean_exactly_one_edition() -> None:
    for edition in REGISTRY.editions:
        assert REGISTRY.find(edition.id) is edition
        assert edition.number is None or REGISTRY.find(edition.number) is edition
