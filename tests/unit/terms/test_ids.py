"""Ids are read strictly and built from their parts."""

import pytest

from guiju.terms.ids import EditionId, read_edition_id, read_rule_id, rule_id


@pytest.mark.parametrize("text", ["SC809", "GB_T_33356-2022", "ITU-T_Y.4900_L.1600", "DB4201_T_677.1-2023"])
def test_an_edition_id_of_the_registry_reads_as_itself(text: str) -> None:
    assert read_edition_id(text) == text


@pytest.mark.parametrize("text", ["", "gb", "GB/T 1", "政务", "A..B", "A-", "A" * 121, "../A", "SC809\n"])
def test_what_is_no_edition_id_is_refused(text: str) -> None:
    assert read_edition_id(text) is None


def test_a_rule_id_joins_edition_clause_and_slug() -> None:
    assert rule_id(EditionId("SC809"), "15.2", "reply_within_limit") == "SC809.15.2.reply_within_limit"


def test_a_rule_id_of_a_whole_instrument_has_no_clause() -> None:
    assert rule_id(EditionId("SC809"), "", "catalog_kept") == "SC809.catalog_kept"


@pytest.mark.parametrize("text", ["SC809", "SC809.15.2.", "SC809.15.2.Reply", "SC809.15.2.reply__x", "sc809.15.reply"])
def test_a_rule_id_without_a_snake_case_slug_is_refused(text: str) -> None:
    assert read_rule_id(text) is None
