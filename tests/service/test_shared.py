"""A shared service: accounts and roles, kept results and their figures, objections and waivers, on SQLite and on PostgreSQL."""

import html
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from guiju.diagnostics.source import Source
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.store.waivers import read_waivers
from tests.servers import postgresql_cluster
from tests.service.serving import ROOT, Client, Service, book, service

pytestmark = pytest.mark.slow

_SECRET = "correct horse 电池"
_ROLES = {"甲": "applicant", "局": "bureau", "审": "auditor"}


def _serve(*words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "guiju", "serve", *words, "--lang", "zh"],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with accounts: an administrator made by the command, and one of each other role made by him."""
    pytest.importorskip("sqlalchemy", reason="a store needs guiju[sql]")

    def running(store: str) -> Iterator[Service]:
        made = _serve("--init-admin", "管", "--store", store, given=f"{_SECRET}\n")
        assert made.returncode == 0, made.stderr
        assert _serve("--init-admin", "管", "--store", store, given=f"{_SECRET}\n").returncode == 2
        with service("--auth", "local", "--store", store, "--limit", "logins=1000") as begun:
            with _in(begun, "管") as admin:
                for name, role in _ROLES.items():
                    assert (
                        admin.submit(
                            "/accounts", {"deed": "put", "name": name, "role": role, "password": _SECRET}, page="/accounts"
                        ).status_code
                        == 303
                    )
            yield begun

    if request.param == "sqlite":
        yield from running(str(tmp_path_factory.mktemp("store") / "runs.db"))
    else:
        with postgresql_cluster() as url:
            yield from running(url)


@contextmanager
def _in(served: Service, name: str) -> Iterator[Client]:
    """A browser in which somebody has logged in."""
    with served.client() as client:
        answer = client.submit("/login", {"name": name, "password": _SECRET}, page="/login")
        assert answer.status_code == 303, answer.text
        yield client


def test_nobody_gets_in_without_logging_in(shared: Service) -> None:
    with shared.client() as client:
        for page in ("/", "/fill", "/board", "/objections", "/accounts", "/audit", "/verify", "/account"):
            answer = client.get(page)
            assert answer.status_code == 303 and answer.headers["location"] == "/login", page
        assert client.get("/api/v1/kinds").status_code == 401
        assert client.get("/api/v1/kinds").headers["www-authenticate"].startswith("Basic")
        assert client.get("/api/v1/kinds", auth=("甲".encode(), _SECRET.encode())).status_code == 200


@pytest.mark.parametrize(
    "name, may, may_not",
    [
        ("甲", ["/", "/fill", "/objections", "/account"], ["/board", "/board/runs", "/accounts", "/audit"]),
        ("局", ["/", "/board", "/objections", "/book"], ["/accounts", "/audit"]),
        ("审", ["/", "/board", "/board/runs", "/objections", "/audit"], ["/accounts"]),
        ("管", ["/accounts", "/audit", "/"], ["/board", "/objections"]),
    ],
)
def test_each_role_sees_what_is_its_own(shared: Service, name: str, may: list[str], may_not: list[str]) -> None:
    with _in(shared, name) as client:
        assert {page: client.get(page).status_code for page in may} == dict.fromkeys(may, 200)
        assert {page: client.get(page).status_code for page in may_not} == dict.fromkeys(may_not, 403)


def test_what_an_applicant_checks_is_nobody_elses(shared: Service, tmp_path: Path) -> None:
    with _in(shared, "甲") as client:
        link = client.checked(book(tmp_path / "目录.xlsx"))
    for name in ("局", "管"):
        with _in(shared, name) as other:
            assert other.get(link).status_code == 404 and other.get(f"{link}/get/json").status_code == 404
    with shared.client() as stranger:
        assert stranger.get(link).status_code == 303
    with _in(shared, "甲") as again:
        assert link in again.get("/account").text and again.get(link).status_code == 200


def test_kept_results_become_figures_that_lead_back(shared: Service, tmp_path: Path) -> None:
    with _in(shared, "甲") as client:
        link = client.checked(book(tmp_path / "某区目录.xlsx"), as_of="2026-11-01")
        assert client.submit(f"{link}/keep", page=link).status_code == 303
        assert "已存入台账" in client.get(link).text
        mine = client.get("/account").text
        assert "某区目录.xlsx" in mine
    with _in(shared, "审") as auditor:
        board = auditor.get("/board").text
        for part in ("武汉市城管执法委", "2026-11", "有条件共享写明范围和用途", "按场景"):
            assert part in board, part
        behind = auditor.get("/board/findings", params={"rule": "SC809.15.2.conditional_sharing_states_scope_and_purpose"}).text
        run = next(part.split('"')[0] for part in behind.split('href="/board/runs/')[1:])
        assert "另议" in auditor.get(f"/board/runs/{run.replace('&amp;', '&')}").text
        sheets = openpyxl.load_workbook(BytesIO(auditor.get("/board/figures.xlsx").content))
        assert any("武汉市城管执法委" in str(cell.value) for row in sheets["按单位"] for cell in row)
        assert auditor.get("/api/v1/runs", auth=("审".encode(), _SECRET.encode())).json()["runs"]
        assert auditor.submit(f"{link}/keep", page="/").status_code in (403, 404)


def test_an_objection_is_answered_by_a_waiver_that_can_be_read(shared: Service, tmp_path: Path) -> None:
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    with _in(shared, "甲") as client:
        link = client.checked(book(tmp_path / "目录.xlsx"))
        form = next(part.split('"')[0] for part in client.get(link).text.split(f'href="{link}/object/')[1:])
        answer = client.submit(
            f"{link}/object/{form}",
            {"reason": "上级已同意 <b>"},
            page=f"{link}/object/{form}",
            files={"attachment": ("批文.pdf", b"%PDF-")},
        )
        case = answer.headers["location"]
        assert "上级已同意 &lt;b&gt;" in client.get(case).text
        assert (
            client.submit("/verify", page="/verify", files={"pack": ("凭单.json", client.get(f"{case}/slip.json").content)}).text.count(
                "逐字节成立"
            )
            == 1
        )
        assert client.get(f"{case}/attachment").headers["content-type"] == "application/octet-stream"
        assert client.submit(f"{case}/answer", {"state": "upheld", "words": "我自己答"}, page="/").status_code == 403
    with _in(shared, "局") as bureau:
        wrong = bureau.submit(
            f"{case}/answer",
            {"state": "waived", "words": "同意", "from": "2026-12-02", "to": "2026-12-01", "number": "x", "approver": "y"},
            page=case,
        )
        assert wrong.status_code == 400
        good = {
            "state": "waived",
            "words": "同意",
            "from": "2026-12-01",
            "to": "2027-06-30",
            "number": "武数〔2026〕9号",
            "approver": "分管处室",
        }
        assert bureau.submit(f"{case}/answer", good, page=case).status_code == 303
        text = bureau.get(case).text
        yaml = _unescaped(text.partition("<code>豁免:")[2].partition("</code>")[0])
        waivers, told = read_waivers(Source("豁免.yaml", f"豁免:{yaml}"), ruleset)
        assert len(waivers) == 1 and not told, told
        assert "准予豁免" in bureau.get("/objections").text
    with _in(shared, "审") as auditor:
        log = auditor.get("/audit").text
        for part in ("object", "answer", "log-in", "account-put"):
            assert part in log


def _unescaped(text: str) -> str:
    return html.unescape(text)


def test_an_account_is_locked_after_five_failures(shared: Service) -> None:
    with _in(shared, "管") as admin:
        admin.submit("/accounts", {"deed": "put", "name": "锁", "role": "applicant", "password": _SECRET}, page="/accounts")
    with shared.client() as client:
        for _ in range(5):
            assert client.submit("/login", {"name": "锁", "password": "wrong wrong wrong"}, page="/login").status_code == 403
        assert client.submit("/login", {"name": "锁", "password": _SECRET}, page="/login").status_code == 403


def test_logging_out_ends_the_session(shared: Service) -> None:
    with _in(shared, "甲") as client:
        kept = dict(client.cookies)
        client.submit("/logout", page="/account")
        client.cookies.update(kept)
        assert client.get("/account").status_code == 303


def test_the_administrator_cannot_lock_himself_out(shared: Service) -> None:
    with _in(shared, "管") as admin:
        for given in (
            {"deed": "remove", "name": "管"},
            {"deed": "put", "name": "管", "role": "applicant"},
            {"deed": "put", "name": "新", "role": "auditor", "password": "短"},
        ):
            assert admin.submit("/accounts", given, page="/accounts").status_code == 400


@pytest.mark.parametrize(
    "words", [("--host", "0.0.0.0"), ("--auth", "local"), ("--auth", "proxy"), ("--store", "mysql://x/y"), ("--limit", "nonsense=1")]
)
def test_what_would_be_open_or_broken_does_not_start(words: tuple[str, ...]) -> None:
    done = _serve("--port", "0", *words)
    assert done.returncode == 2 and done.stderr.strip() and "Traceback" not in done.stderr


def test_a_trusted_proxy_names_who_asks(tmp_path: Path) -> None:
    headers = {"x-remote-user": "someone", "x-remote-role": "auditor"}
    with service("--auth", "proxy", "--proxy", "127.0.0.1", "--store", tmp_path / "runs.db") as served, served.client() as client:
        assert client.get("/board").status_code == 303
        assert client.get("/board", headers=headers).status_code == 200
        assert client.get("/accounts", headers=headers).status_code == 403
        assert client.get("/board", headers={**headers, "x-remote-role": "king"}).status_code == 303
    with service("--auth", "proxy", "--proxy", "10.9.9.9", "--store", tmp_path / "runs.db") as served, served.client() as client:
        assert client.get("/board", headers=headers).status_code == 303
