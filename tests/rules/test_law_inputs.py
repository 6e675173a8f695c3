"""Inputs on which earlier rules said the wrong thing of the law: what each says now, and what it no longer says."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
# By input: the rules that fail (last parts of their ids), and those that must not.
SAID: dict[str, tuple[set[str], set[str]]] = {
    "retro": (
        set(),
        {
            "agreement_states_four_things",
            "impact_assessed_before_delivery",
            "request_states_five_things",
            "delivery_record_kept_three_years",
        },
    ),
    "auth": (set(), {"operator_chosen_by_competition", "term_within_five_years"}),
    "reg": (set(), {"first_registration_in_twenty_working_days", "earlier_operation_registered", "evidence_before_application"}),
    "vid": (set(), {"system_filed_in_thirty_days"}),
    "vid2": (
        set(),
        {
            "designed_to_standards",
            "filed_with_police_in_thirty_days",
            "security_arranged",
            "deletion_rule_stated",
            "project_keeps_video_thirty_days",
        },
    ),
    "vid3": ({"no_camera_in_private_places"}, set()),
    "gir": (set(), {"contractor_does_not_advance_funds", "estimate_within_ten_percent", "investment_within_estimate"}),
    "ogi": ({"disclosure_answered_in_twenty_working_days"}, set()),
    "lic": ({"operator_certified", "pilot_licensed"}, {"liability_insured", "owner_registered"}),
    "share": (
        {
            "unconditional_reply_in_one_working_day",
            "refusal_gives_reasons",
            "delivered_in_twenty_working_days",
            "correction_closed_in_ten_working_days",
        },
        {"request_approved_by_office_head", "request_states_five_things"},
    ),
    "std": (set(), {"reviewed_in_five_years", "city_standard_approved_and_filed", "local_standard_fills_a_gap"}),
    "UNIT": ({"role_as_assigned"}, {"plan_names_its_unit"}),
    "acc": (set(), {"accounts_settled_after_acceptance", "files_archived"}),
    "T14": (
        {
            "city_standard_approved_and_filed",
            "comments_before_approval",
            "comments_last_thirty_days",
            "filed_in_sixty_days",
            "local_standard_fills_a_gap",
            "standard_stages_in_order",
        },
        {"city_standard_number_is_of_the_city"},
    ),
    "T15": ({"comments_sought", "risk_report_made", "rule_draft_opinion_is_favourable", "rule_draft_takes_effect_after_issue"}, set()),
    "life": ({"project_life_in_order", "project_amounts_carried"}, {"not_started_before_approval"}),
    "start": ({"not_started_before_approval", "project_life_in_order"}, set()),
}


def checked(path: Path) -> dict[str, Any]:
    """The report of the command on one input."""
    words = [sys.executable, "-m", "guiju", "check", str(path), "--format", "json", "--as-of", "2026-12-01"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", SAID)
def test_each_input_gets_the_verdicts_of_the_law(name: str, shared: Path) -> None:
    report = checked(shared / "cases" / "law" / f"{name}.yaml")
    failed = {one["rule"].rsplit(".", 1)[-1] for one in report["findings"] if one["verdict"] == "FAIL"}
    must, must_not = SAID[name]
    assert must <= failed, sorted(must - failed)
    assert not must_not & failed


@pytest.mark.parametrize("name", ["T14", "T15", "life", "start", "vid"])
def test_each_header_is_known(name: str, shared: Path) -> None:
    report = checked(shared / "cases" / "law" / f"{name}.yaml")
    assert report["unmatched"] == []
