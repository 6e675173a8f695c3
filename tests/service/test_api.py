"""`/api/v1`: the document and the answers agree, errors are problems, and a check is ended with its connection."""

import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, assume, given, settings

from guiju.service.api.openapi import document
from tests.service.serving import Client, Service, many_rows, service

schemathesis = pytest.importorskip("schemathesis", reason="the test of the API needs schemathesis")


@pytest.fixture(scope="module")
def served() -> Iterator[Service]:
    """A service that does not mind being asked often."""
    with service("--limit", "requests=1000000", "--limit", "checks=1000000") as running:
        yield running


_OPERATIONS = [one.ok() for one in schemathesis.openapi.from_dict(document()).get_all_operations()]


def _breaks_only_bytes(case: Any) -> bool:
    """Whether all that is wrong with what is sent is its format `binary`: whatever bytes are sent are bytes."""
    told = str(getattr(case.meta.phase.data, "description", "") or "").splitlines()
    return bool(told) and all("violates `format`" in line for line in told)


@pytest.mark.slow
@pytest.mark.parametrize("operation", _OPERATIONS, ids=[one.label for one in _OPERATIONS])
def test_every_answer_is_as_the_document_says(served: Service, operation: Any) -> None:
    for mode in schemathesis.GenerationMode:

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def asked(case: Any) -> None:
            assume(not _breaks_only_bytes(case))
            case.call_and_validate(base_url=served.address, timeout=60)

        asked()


def test_the_service_gives_the_document(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json() == document()


def test_a_check_from_its_files_to_its_reports(client: Client, catalog: Path) -> None:
    made = client.post("/api/v1/checks", params={"wait": "true"}, files={"files": (catalog.name, catalog.read_bytes())})
    assert made.status_code == 201 and made.json()["state"] == "done"
    link = made.headers["location"]
    assert client.get(link).json()["result"]["outcome"]["colour"] == "red"
    found = client.get(f"{link}/findings", params={"limit": 2, "severity": "blocking"}).json()
    assert found["count"] == 7 and len(found["findings"]) == 2 and found["findings"][0]["severity"] == "blocking"
    report = client.get(f"{link}/reports/json").json()
    assert len([one for one in report["findings"] if one["verdict"] == "FAIL"]) == 8
    assert client.delete(link).status_code == 204 and client.get(link).status_code == 404


def test_errors_are_problems_in_the_tongue_that_was_asked_for(served: Service) -> None:
    with served.client(lang="en") as client:
        for answer, status in (
            (client.get("/api/v1/checks/nothing"), 404),
            (client.get("/api/v1/rules", params={"limt": 1}), 400),
            (client.post("/api/v1/checks", json={}), 415),
            (client.post("/api/v1/checks", files={"files": ("空.xlsx", b"")}, params={"wait": "maybe"}), 400),
            (client.put("/api/v1/kinds"), 405),
            (client.post("/api/v1/checks", headers={"sec-fetch-site": "cross-site"}), 403),
        ):
            assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
            told = answer.json()
            assert told["status"] == status and told["type"].startswith("urn:guiju:problem:") and told["title"].isascii()
        assert not client.get("/api/v1/checks/nothing", params={"lang": "zh"}).json()["title"].isascii()


def test_what_cannot_be_read_is_a_result_that_says_so(client: Client) -> None:
    made = client.post("/api/v1/checks", params={"wait": "true"}, files={"files": ("空.xlsx", b"")})
    assert made.status_code == 201 and made.json()["state"] == "failed" and "没有内容" in made.json()["words"]
    assert client.get(f"{made.headers['location']}/findings").status_code == 422


def test_a_check_ends_with_the_connection_of_the_one_who_waits(served: Service, tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 4_000)
    with pytest.raises(httpx.ReadTimeout), served.client() as client:
        client.post(
            "/api/v1/checks", params={"wait": "true"}, files={"files": (file.name, file.read_bytes())}, timeout=httpx.Timeout(30, read=0.3)
        )
    with served.client() as client:
        last = time.monotonic() + 30
        while client.get("/health").json()["running"] and time.monotonic() < last:
            time.sleep(0.1)
        assert client.get("/health").json()["running"] == 0


def test_a_pack_is_verified_and_a_changed_one_is_not(client: Client, catalog: Path) -> None:
    made = client.post("/api/v1/checks", params={"wait": "true"}, files={"files": (catalog.name, catalog.read_bytes())})
    pack = client.get(f"{made.headers['location']}/reports/pack").content
    assert client.post("/api/v1/verify", files={"pack": ("pack.zip", pack)}).json()["outcome"] == "holds"
    answer = client.post("/api/v1/verify", files={"pack": ("pack.zip", pack.replace(b"PK\x05\x06", b"PK\x05\x07"))})
    assert answer.json()["outcome"] == "broken" and "证据包" in answer.json()["checks"][0]["why"]


def test_a_form_to_fill_is_the_one_of_the_command(client: Client, tmp_path: Path) -> None:
    from tests.command import guiju

    given = client.get("/api/v1/templates/dataset", params={"lang": "en"})
    assert given.status_code == 200
    assert guiju("template", "dataset", "-o", tmp_path / "form.xlsx") == 0
    theirs = hashlib.sha256(client.get("/api/v1/templates/dataset", params={"lang": "zh"}).content).hexdigest()
    ours = hashlib.sha256((tmp_path / "form.xlsx").read_bytes()).hexdigest()
    assert ours in (theirs, hashlib.sha256(given.content).hexdigest())


def test_rules_and_standards_are_found(client: Client) -> None:
    found = client.get("/api/v1/rules", params={"q": "有条件共享 范围"}).json()
    assert any(one["id"].startswith("SC809.15.2.") for one in found["rules"])
    rule = client.get("/api/v1/rules/SC809.15.2.conditional_sharing_states_scope_and_purpose").json()
    assert "share_scope is given" in rule["text"]["en"] and "sharing_catalog" in rule["profiles"]
    assert client.get("/api/v1/standards", params={"q": "33356"}).json()["standards"]
    assert json.dumps(client.get("/api/v1/kinds").json())
