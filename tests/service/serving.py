"""One running service for the tests of a file, a client that behaves as a browser does without script, and files to hand in."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import openpyxl

ROOT = Path(__file__).parents[2]

__all__ = ["ROOT", "Client", "Service", "book", "many_rows", "service"]


class Service:
    """A service in a process of its own."""

    def __init__(self, address: str, process: "subprocess.Popen[str]") -> None:
        self.address, self.process = address, process

    def client(self, **words: Any) -> "Client":
        """A new browser of it."""
        return Client(self.address, **words)


@contextmanager
def service(*words: object, environ: Mapping[str, str] | None = None) -> Iterator[Service]:
    """A service on a free port; it ends with the block."""
    command = [sys.executable, "-m", "guiju", "serve", "--port", "0", "--lang", "zh", *map(str, words)]
    process = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **(environ or {})}
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+?/", line)
        assert found is not None, line + process.stderr.read()
        yield Service(found[0].rstrip("/"), process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


class Client(httpx.Client):
    """A browser without script: it keeps cookies and sends the token of the page with each form."""

    def __init__(self, address: str, *, lang: str = "zh", **words: Any) -> None:
        super().__init__(base_url=address, timeout=300, headers={"accept-language": lang}, **words)

    def token(self, page: str = "/") -> str:
        """The token of a page's forms."""
        found = re.search(r'name="token" value="(\w+)"', self.get(page).text)
        assert found is not None, page
        return found[1]

    def submit(self, to: str, data: Mapping[str, Any] | None = None, *, page: str = "/", **words: Any) -> httpx.Response:
        """The answer to a form of that page."""
        return self.post(to, data={"token": self.token(page), **(data or {})}, **words)

    def hand_in(self, *files: Path | tuple[str, bytes], **fields: str) -> httpx.Response:
        """The answer to an upload."""
        parts = [("files", (one[0], one[1]) if isinstance(one, tuple) else (one.name, one.read_bytes())) for one in files]
        return self.submit("/check", fields, files=parts)

    def wait(self, link: str) -> str:
        """Waits until a check is over; its state."""
        last = time.monotonic() + 300
        while time.monotonic() < last:
            state = str(self.get(f"{link}/state").json()["state"])
            if state in ("done", "failed", "cancelled"):
                return state
            time.sleep(0.05)
        raise TimeoutError(link)

    def checked(self, *files: Path | tuple[str, bytes], **fields: str) -> str:
        """The link of a check that is done."""
        answer = self.hand_in(*files, **fields)
        assert answer.status_code == 303, answer.text
        link = answer.headers["location"]
        assert self.wait(link) == "done", self.get(link).text
        return str(link)


_HEADERS = ("名称", "提供单位", "摘要", "更新频率", "共享属性", "开放属性", "更新日期", "共享范围", "使用用途", "目录类别", "咱们的备注栏")
_ROWS = (
    (
        "路灯位置",
        "武汉市城管执法委",
        "全市路灯的位置",
        "每年",
        "有条件共享",
        "不予开放",
        "2026年3月1日",
        "另议",
        "另议",
        "政务数据目录",
        "甲",
    ),
    (
        "道路名录",
        "武汉市自然资源局",
        "全市道路的名录",
        "每年",
        "无条件共享",
        "无条件开放",
        "2026-03-01",
        "全市",
        "办事",
        "政务数据目录",
        "乙",
    ),
)


def book(file: Path, rows: Sequence[Sequence[object]] = _ROWS) -> Path:
    """A small catalog with a breach, a day that can be spelled better, and a header that nobody knows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "数据集"
    for row in (_HEADERS, *rows):
        sheet.append(list(row))
    made.save(file)
    return file


def many_rows(file: Path, count: int) -> Path:
    """A catalog of so many rows, every tenth with a breach."""
    rows = []
    for at in range(1, count + 1):
        shared, scope = ("有条件共享", "另议") if at % 10 == 0 else ("无条件共享", "全市")
        rows.append(
            (
                f"数据集{at}",
                f"武汉市{at % 7}局",
                f"第 {at} 个数据集的摘要",
                "每年",
                shared,
                "无条件开放",
                "2026-03-01",
                scope,
                scope,
                "政务数据目录",
                "",
            )
        )
    return book(file, rows)
