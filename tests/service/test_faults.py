"""Load, faults and bad input: nobody's check is lost, one that dies dies alone, and whatever is handed in is answered by a sentence."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.service.serving import Service, book, many_rows, service

pytestmark = pytest.mark.slow

_FREE = ("--limit", "requests=1000000", "--limit", "checks=1000000")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that does not mind being asked often, with its files where they can be looked at."""
    with service(*_FREE, "--folder", tmp_path_factory.mktemp("files")) as running:
        yield running


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                fields = (one / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found += [int(one.name), *_children(int(one.name))]
    return found


def test_twenty_people_at_once_are_all_answered(served: Service, tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 300)

    def one(number: int) -> tuple[str, bytes]:
        with served.client() as client:
            link = client.checked((f"第{number}份.xlsx", file.read_bytes()))
            return client.get(link).text, client.get(f"{link}/get/json").content

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(one, range(20)))
    for number, (page, report) in enumerate(answers):
        assert f"第{number}份.xlsx" in page and f"第{number}份.xlsx".encode() in report


def test_a_full_queue_says_so_and_takes_no_more(tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 1_500)
    with service(*_FREE, "--workers", "1", "--limit", "waiting=1") as served, served.client() as client:
        answers = [client.hand_in(file) for _ in range(5)]
        busy = [one for one in answers if one.status_code == 503]
        assert busy and all("现在忙" in one.text and one.headers["retry-after"] for one in busy)
        taken = [one.headers["location"] for one in answers if one.status_code == 303]
        assert taken and all(client.wait(link) == "done" for link in taken)


def test_a_killed_process_fails_its_own_check_only(served: Service, tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 3_000)
    with served.client() as client:
        link = client.hand_in(file).headers["location"]
        other = client.hand_in(book(tmp_path / "小.xlsx")).headers["location"]
        assert client.wait(other) == "done"
        killed = False
        last = time.monotonic() + 30
        while not killed and time.monotonic() < last:
            for one in _children(served.process.pid):
                try:
                    if os.readlink(f"/proc/{one}/cwd").endswith(f"{link.rpartition('/')[2]}/given"):
                        os.kill(one, signal.SIGKILL)
                        killed = True
                except OSError:
                    continue
        assert killed
        assert client.wait(link) == "failed"
        assert "意外结束" in client.get(link).text
        assert client.checked(book(tmp_path / "又.xlsx"))


def test_a_cancelled_check_ends_at_once(served: Service, tmp_path: Path) -> None:
    with served.client() as client:
        link = client.hand_in(many_rows(tmp_path / "多.xlsx", 6_000)).headers["location"]
        assert client.submit(f"{link}/cancel", page=link).status_code == 303
        assert client.get(f"{link}/state").json()["state"] == "cancelled" and "已取消" in client.get(link).text


def test_a_check_beyond_its_memory_or_time_is_a_sentence(tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 4_000)
    for limit, words in (("memory=20000000", ("内存不够", "意外结束")), ("seconds=1", ("超过了 1 秒", "意外结束"))):
        with service(*_FREE, "--limit", limit) as served, served.client() as client:
            link = client.hand_in(file).headers["location"]
            assert client.wait(link) == "failed"
            assert any(one in client.get(link).text for one in words)


def test_after_kill_nine_kept_runs_are_whole_and_nothing_is_left_running(tmp_path: Path) -> None:
    store = tmp_path / "runs.db"
    with service(*_FREE, "--store", store, "--folder", tmp_path) as served, served.client() as client:
        link = client.checked(book(tmp_path / "目录.xlsx"))
        client.submit(f"{link}/keep", page=link)
        client.hand_in(many_rows(tmp_path / "多.xlsx", 4_000))
        children = _children(served.process.pid)
        served.process.kill()
        served.process.wait()
        last = time.monotonic() + 20
        while any(Path(f"/proc/{one}").exists() and _state(one) != "Z" for one in children) and time.monotonic() < last:
            time.sleep(0.1)
        assert not [one for one in children if Path(f"/proc/{one}").exists() and _state(one) != "Z"]
    with sqlite3.connect(store) as base:
        [(run, report)] = base.execute("SELECT id, report FROM runs").fetchall()
        counted = base.execute("SELECT COUNT(*) FROM findings WHERE run = ?", (run,)).fetchone()[0]
    assert counted == report.count('"fingerprint"')
    with service(*_FREE, "--store", store, "--folder", tmp_path) as served, served.client() as client:
        assert "目录.xlsx" in client.get("/board/runs").text
        assert len(list(tmp_path.glob("guiju-checks-*"))) == 1


def _state(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


# ---- bad input -----------------------------------------------------------------------------------------------------


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.csv", b"a,b\n" + b"0" * (300 << 20))
    return out.getvalue()


def _climbing() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../../../../tmp/guiju-climbed.csv", "/tmp/guiju-climbed.csv", "C:\\windows\\x.csv", "a/../../b.csv"):
            archive.writestr(name, "名称,提供单位\n路灯,武汉市一局\n")
    return out.getvalue()


_HOSTILE: dict[str, bytes] = {
    "空.xlsx": b"",
    "随机.xlsx": bytes(range(256)) * 64,
    "假.docx": b"PK\x03\x04" + b"\0" * 200,
    "深.json": b"[" * 200_000,
    "锚.yaml": b"a: &a [1]\n" + b"\n".join(b"b%d: &b%d [*a, *a, *a, *a, *a, *a, *a, *a]" % (at, at) for at in range(60)),
    "标签.yaml": b"!!python/object/apply:os.system ['touch /tmp/guiju-owned']\n",
    "实体.rdf": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rdf:RDF xmlns:rdf="x">&e;</rdf:RDF>',
    "炸弹.zip": _bomb(),
    "爬.zip": _climbing(),
    "假.zip": b"PK\x05\x06 not a zip",
    "表.csv": "名称,提供单位\n\"=cmd|' /C calc'!A0\",<script>alert(1)</script>\n{{7*7}},${7*7}\n".encode(),
    "零.csv": b"\0" * 10_000,
    "脚本.html": b"<script>alert(1)</script>",
    "没有后缀": b"hello",
    "公式.pdf": b"%PDF-1.7\n" + b"0" * 5_000,
    "老.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_whatever_is_handed_in_is_answered_by_a_sentence(served: Service, name: str) -> None:
    with served.client() as client:
        answer = client.hand_in((name, _HOSTILE[name]))
        assert answer.status_code in (303, 400, 413), answer.text
        if answer.status_code == 303:
            client.wait(answer.headers["location"])
            answer = client.get(answer.headers["location"])
            assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text and "Traceback" not in answer.text and "root:" not in answer.text
    assert not Path("/tmp/guiju-climbed.csv").exists() and not Path("/tmp/guiju-owned").exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "a\0b.csv", "<img src=x onerror=alert(1)>.csv", "'; DROP TABLE runs; --.csv", "{{7*7}}.csv", "x" * 300 + ".csv",
     "\u202egnp.csv", "a\r\nX-Injected: 1.csv", "~$锁.csv", ".隐藏.csv", "%2e%2e%2fx.csv", "文件.csv/", "-rf.csv", "CON.csv"],
)  # fmt: skip
def test_no_name_of_a_file_is_more_than_a_name(served: Service, name: str) -> None:
    with served.client() as client:
        answer = client.hand_in((name, "名称,提供单位,摘要\n路灯,武汉市一局,全市路灯\n".encode()))
        assert answer.status_code in (303, 400) and "x-injected" not in answer.headers
        if answer.status_code == 303:
            link = answer.headers["location"]
            client.wait(link)
            page = client.get(link).text
            assert "<img src=x" not in page and "49.csv" not in page
            for form in ("json", "marked", "html"):
                given = client.get(f"{link}/get/{form}")
                assert given.status_code in (200, 404, 422) and "x-injected" not in given.headers


@pytest.mark.parametrize("field", ["words", "rule", "unit", "severity", "verdict", "sheet", "table", "from", "at"])
def test_no_query_is_more_than_a_query(served: Service, tmp_path: Path, field: str) -> None:
    with served.client() as client:
        link = client.checked(book(tmp_path / "目录.xlsx"))
        for value in (
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "99999999999999999999",
            "-1",
            "%",
            "😀\ufffd",
            "{{7*7}}",
            "x" * 3_000,
        ):
            for path in (link, f"{link}/table", f"{link}/more"):
                answer = client.get(path, params={field: value})
                assert answer.status_code in (200, 404) and "<script>alert" not in answer.text, (path, value)


def test_every_file_that_lies_beside_is_answered(served: Service, shared: Path) -> None:
    files = [
        one
        for folder in ("corpus", "cases")
        for one in sorted((shared / folder).rglob("*"))
        if one.is_file() and one.stat().st_size < 4 << 20
    ]

    def one(file: Path) -> tuple[Path, int]:
        with served.client() as client:
            answer = client.hand_in(file)
            if answer.status_code != 303:
                return file, answer.status_code
            client.wait(answer.headers["location"])
            return file, client.get(answer.headers["location"]).status_code

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(one, files[:: max(1, len(files) // 60)]))
    assert [(file, status) for file, status in answers if status not in (200, 400, 413, 422)] == []


def test_too_large_and_too_many_are_told_before_they_are_read(tmp_path: Path) -> None:
    with service(*_FREE, "--limit", "upload=100000", "--limit", "files=3") as served, served.client() as client:
        token = client.token()
        parts = [("files", ("大.csv", b"0" * 3_000_000))]
        assert client.post("/check", data={"token": token}, files=parts).status_code == 413
        many = [("files", (f"{at}.csv", b"a,b\n1,2\n")) for at in range(5)]
        assert client.post("/check", data={"token": token}, files=many).status_code in (400, 413)


def test_whoever_asks_too_often_waits() -> None:
    with service("--limit", "requests=5") as served, served.client() as client:
        statuses = [client.get("/health").status_code for _ in range(8)]
        assert statuses == [200] * 5 + [429] * 3


def test_help_and_check_load_nothing_of_the_service(root: Path) -> None:
    code = (
        "import sys; from guiju.cli import main; sys.argv = ['guiju', *{words!r}]\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([n for n in sys.modules if n.startswith(('guiju.service', 'starlette', 'uvicorn', 'jinja2', 'argon2', 'sqlalchemy'))], file=sys.stderr)"
    )
    for words in (["--help"], ["check", "examples/lamp-poles/clean.yaml", "-q"]):
        done = subprocess.run(
            [sys.executable, "-c", code.format(words=words)], cwd=root, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.stderr.strip().splitlines()[-1] == "[]", done.stderr[-500:]
