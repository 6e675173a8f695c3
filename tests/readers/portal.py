"""A small portal on loopback that answers as CKAN does, and misbehaves as asked; a real server, no network beyond this machine."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["package", "portal"]


def package(number: int) -> dict[str, Any]:
    """One package as CKAN writes it."""
    return {
        "id": f"id-{number}",
        "name": f"package-{number}",
        "title": f"公交站点 {number}",
        "notes": "全市公交站点",
        "organization": {"title": "市交通运输局", "name": "transport"},
        "metadata_created": "2026-01-02",
        "tags": [{"name": "交通"}, {"display_name": "公交"}],
        "extras": [{"key": "update_frequency", "value": "每月"}],
        "resources": [{"name": "站点.csv", "format": "CSV", "url": "https://data.example.cn/1.csv"}],
    }


@contextmanager
def portal(count: int, *, behave: str = "well") -> Iterator[str]:
    """The address of a running portal with so many packages; `behave` is well, flaky, slow, broken, huge, away or wrong."""
    failed = set()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: a test's output is its own."""

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            start, rows = int(query["start"][0]), int(query["rows"][0])
            if behave == "flaky" and start not in failed:
                failed.add(start)
                self.send_error(503)
                return
            if behave == "away":
                self.send_response(302)
                self.send_header("Location", "http://elsewhere.invalid/")
                self.end_headers()
                return
            if behave == "slow":
                time.sleep(1.5)
            found = [package(number) for number in range(start, min(start + rows, count))]
            body = json.dumps({"success": True, "result": {"count": count, "results": found}}, ensure_ascii=False).encode()
            if behave == "broken":
                body = body[: len(body) // 2]
            if behave == "wrong":
                body = b"<html>not a portal</html>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
