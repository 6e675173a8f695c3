"""The forms that machines read: what each verdict becomes, and that the form is what its reader expects."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from lxml import etree

from guiju.reports.layout.columns import COLUMNS, shown
from guiju.reports.writers.to_csv import to_csv
from guiju.reports.writers.to_github import to_github
from guiju.reports.writers.to_gitlab import to_gitlab
from guiju.reports.writers.to_junit import to_junit
from guiju.reports.writers.to_oscal import to_oscal
from guiju.reports.writers.to_sarif import FINGERPRINT, to_sarif
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from tests.unit.reports.made import LINE, card, finding, mixed, report

ZH = Tongue.ZH
_SCHEMA = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "schemas" / "sarif-schema-2.1.0.json"


def _run(made: Any) -> dict[str, Any]:
    return json.loads(to_sarif(made, ZH))["runs"][0]  # type: ignore[no-any-return]


# ---- SARIF -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tongue", list(Tongue))
def test_sarif_keeps_to_the_schema_of_oasis(tongue: Tongue) -> None:
    if not _SCHEMA.exists():
        pytest.skip("../shared is not here")
    faults = Draft4Validator(json.loads(_SCHEMA.read_text("utf-8"))).iter_errors(json.loads(to_sarif(mixed(), tongue)))
    assert [fault.message for fault in faults] == []


def test_each_verdict_has_its_kind_and_only_a_breach_has_a_level() -> None:
    kinds = [(one["properties"]["verdict"], one["kind"], one["level"]) for one in _run(mixed())["results"] if "properties" in one]
    assert kinds == [
        ("FAIL", "fail", "error"),
        ("FAIL", "fail", "warning"),
        ("ERROR", "open", "none"),
        ("UNDETERMINED", "open", "none"),
        ("WAIVED", "fail", "error"),
        ("NOT_APPLICABLE", "notApplicable", "none"),
        ("INACTIVE", "notApplicable", "none"),
    ]


def test_what_people_judge_is_for_review() -> None:
    last = _run(mixed())["results"][-1]
    assert (last["kind"], last["ruleId"], last["level"]) == ("review", "J.1.reasonable", "none")


def test_a_result_names_its_rule_by_number_and_keeps_its_fingerprint() -> None:
    run = _run(mixed())
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert run["results"][0]["partialFingerprints"] == {FINGERPRINT: f"{1:064x}"}


def test_a_waived_breach_is_suppressed_with_its_document() -> None:
    suppressed = [one["suppressions"] for one in _run(mixed())["results"] if "suppressions" in one]
    assert suppressed == [
        [{"kind": "external", "status": "accepted", "justification": "W-1 市数据局 武数〔2026〕1号: 试点期间 (→ 2026-12-31)"}]
    ]


def test_a_cell_is_a_logical_location_and_a_line_a_region() -> None:
    cell, line = (_run(mixed())["results"][number]["locations"][0] for number in (0, 1))
    assert cell["logicalLocations"][0] == {"name": "F12", "fullyQualifiedName": "数据目录!F12", "kind": "cell"}
    assert "region" not in cell["physicalLocation"]
    assert cell["physicalLocation"]["artifactLocation"]["index"] == 0
    assert line["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 3}
    assert line["physicalLocation"]["artifactLocation"]["uri"] == "in/%E7%9B%AE%E5%BD%95.yaml"


def test_a_rule_carries_its_help_with_the_clause_and_its_text() -> None:
    shown = _run(mixed())["tool"]["driver"]["rules"][0]["help"]
    assert "政务数据共享条例第十三条第一款" in shown["text"]
    assert "    规则 写明周期" in shown["markdown"].split("\n")


def test_an_error_is_told_as_a_notification_too() -> None:
    notes = _run(mixed())["invocations"][0]["toolExecutionNotifications"]
    assert [one["associatedRule"]["id"] for one in notes] == ["R.1.first"]


# ---- JUnit -------------------------------------------------------------------------------------------------------------------


def test_junit_counts_what_its_suites_hold() -> None:
    root = etree.fromstring(to_junit(mixed(), ZH).encode())
    for suite in root.findall("testsuite"):
        cases = suite.findall("testcase")
        held = {name: sum(case.find(tag) is not None for case in cases) for name, tag in _TAGS.items()}
        assert {name: int(suite.get(name)) for name in _TAGS} == held and int(suite.get("tests")) == len(cases)
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["8", "2", "1"]


_TAGS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


# The common ground of what build servers take in; written after their documentation, in RELAX NG.
_GRAMMAR = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="testsuites"><ref name="counts"/><zeroOrMore><ref name="suite"/></zeroOrMore></element></start>
  <define name="counts">
    <attribute name="name"/><attribute name="time"><data type="decimal"/></attribute>
    <attribute name="tests"><data type="nonNegativeInteger"/></attribute>
    <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
    <attribute name="errors"><data type="nonNegativeInteger"/></attribute>
  </define>
  <define name="suite"><element name="testsuite">
    <ref name="counts"/><attribute name="skipped"><data type="nonNegativeInteger"/></attribute>
    <element name="properties"><oneOrMore>
      <element name="property"><attribute name="name"/><attribute name="value"/></element>
    </oneOrMore></element>
    <oneOrMore><ref name="case"/></oneOrMore>
  </element></define>
  <define name="case"><element name="testcase">
    <attribute name="name"/><attribute name="classname"/><attribute name="time"><data type="decimal"/></attribute>
    <optional><choice>
      <element name="failure"><attribute name="type"/><attribute name="message"/><text/></element>
      <element name="error"><attribute name="type"/><attribute name="message"/><text/></element>
      <element name="skipped"><optional><attribute name="message"/></optional></element>
    </choice></optional>
  </element></define>
</grammar>
"""


@pytest.mark.parametrize("tongue", list(Tongue))
def test_junit_keeps_to_the_grammar_that_build_servers_share(tongue: Tongue) -> None:
    grammar = etree.RelaxNG(etree.fromstring(_GRAMMAR))
    for made in (mixed(), report()):
        grammar.assertValid(etree.fromstring(to_junit(made, tongue).encode()))


def test_a_public_reader_of_junit_counts_the_same() -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    read = junitparser.JUnitXml.fromstring(to_junit(mixed(), ZH).encode())
    assert (read.tests, read.failures, read.errors) == (8, 2, 1)
    read.update_statistics()
    assert (read.tests, read.failures, read.errors, read.skipped) == (8, 2, 1, 4)


def test_a_rule_that_applied_nowhere_is_skipped_and_not_passed() -> None:
    root = etree.fromstring(to_junit(report(cards=(card(not_applicable=3), card("R.2.second", **{"pass": 1}))), ZH).encode())
    idle, passed = root.iter("testcase")
    assert idle.find("skipped") is not None and len(passed) == 0


def test_the_suite_of_a_rule_has_its_exact_counts() -> None:
    root = etree.fromstring(to_junit(report(finding(), cards=(card(fail=1, **{"pass": 41}),)), ZH).encode())
    assert {one.get("name"): one.get("value") for one in root.iter("property")} == {"pass": "41", "fail": "1", "severity": "major"}


# ---- the forms of code hosts -------------------------------------------------------------------------------------------------


def test_github_annotates_breaches_and_errors_alone() -> None:
    lines = to_github(mixed(), ZH).rstrip("\n").split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::error", "::notice"]
    assert "file=in/目录.yaml,line=7,col=3::" in lines[1]
    assert "目录.xlsx 数据目录!F12" in lines[0] and "line=" not in lines[0]


def test_gitlab_has_an_entry_for_each_breach_with_a_mark_of_its_own() -> None:
    twice = [finding(1, places=(LINE,)), finding(1), finding(1, Verdict.ERROR, severity=Severity.MINOR, places=())]
    entries = json.loads(to_gitlab(report(*twice, finding(2, Verdict.UNDETERMINED)), ZH))
    assert [one["severity"] for one in entries] == ["major", "major", "critical"]
    assert [one["location"]["lines"]["begin"] for one in entries] == [7, 12, 1]
    assert len({one["fingerprint"] for one in entries}) == 3 and entries[0]["fingerprint"] == f"{1:064x}"


# ---- CSV ---------------------------------------------------------------------------------------------------------------------


def test_csv_has_a_line_for_each_finding_under_heads_in_the_readers_tongue() -> None:
    for tongue in Tongue:
        text = to_csv(mixed(), tongue)
        assert text.startswith("\ufeff") and text.endswith("\r\n")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert [row[COLUMNS[0].head.say(tongue)] for row in rows] == [shown(one).words.say(tongue) for one in mixed().findings]


def test_csv_keeps_the_text_of_a_value_that_looks_like_a_formula() -> None:
    row = next(csv.DictReader(io.StringIO(to_csv(report(finding(words="=1+1")), ZH).removeprefix("\ufeff"), newline="")))
    assert row["问题"] == "'=1+1"


# ---- OSCAL -------------------------------------------------------------------------------------------------------------------


def _result(made: Any) -> dict[str, Any]:
    return json.loads(to_oscal(made, ZH))["assessment-results"]["results"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("tongue", list(Tongue))
def test_a_public_implementation_of_oscal_reads_the_results(tongue: Tongue, tmp_path: Path) -> None:
    oscal = pytest.importorskip("trestle.oscal.assessment_results", reason="compliance-trestle is not installed")
    file = tmp_path / "results.json"
    for made in (mixed(), report()):
        file.write_bytes(to_oscal(made, tongue))
        read = oscal.AssessmentResults.oscal_read(file)
        assert len(read.results[0].observations or []) == sum(one.verdict in _OBSERVED for one in made.findings)


_OBSERVED = (Verdict.FAIL, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.ERROR)


def test_a_rule_is_satisfied_only_when_it_passed_and_nothing_stood_against_it() -> None:
    cards = (
        card("R.1.broken", fail=1, **{"pass": 9}), card("R.2.unknown", undetermined=1, **{"pass": 9}), card("R.3.passed", **{"pass": 1}),
        card("R.4.nowhere", not_applicable=4), card("R.5.waived", waived=1),
    )  # fmt: skip
    states = {one["target"]["target-id"]: tuple(one["target"]["status"].values()) for one in _result(report(cards=cards))["findings"]}
    assert states == {
        "R.1.broken": ("not-satisfied", "fail"),
        "R.2.unknown": ("not-satisfied", "other"),
        "R.3.passed": ("satisfied", "pass"),
        "R.5.waived": ("not-satisfied", "fail"),
    }


def test_a_waiver_is_an_approved_deviation() -> None:
    result = _result(mixed())
    assert [risk["status"] for risk in result["risks"]] == ["deviation-approved"]
    waived = [one["uuid"] for one in result["observations"] if {"name": "verdict", "value": "waived"} in one["props"]]
    assert [one["observation-uuid"] for one in result["risks"][0]["related-observations"]] == waived


def test_every_reference_of_oscal_leads_somewhere() -> None:
    document = json.loads(to_oscal(mixed(), ZH))["assessment-results"]
    text = json.dumps(document)
    resources = {one["uuid"] for one in document["back-matter"]["resources"]}
    hrefs = {part.split('"')[0] for part in text.split('"href": "#')[1:]}
    observations = {one["uuid"] for one in document["results"][0]["observations"]}
    related = {part.split('"')[0] for part in text.split('"observation-uuid": "')[1:]}
    assert hrefs and hrefs <= resources
    assert related == observations


def test_two_findings_with_one_fingerprint_have_two_uuids() -> None:
    observations = _result(report(finding(1), finding(1)))["observations"]
    assert len({one["uuid"] for one in observations}) == 2
