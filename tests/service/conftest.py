"""One service and one Chromium for the tests of a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.serving import Client, Service, book, service

CHROMIUM = shutil.which("chromium")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def served() -> Iterator[Service]:
    """A service as `guiju serve` starts it: on this machine, without accounts and without a store."""
    pytest.importorskip("starlette", reason="the service needs guiju[web]")
    with service() as running:
        yield running


@pytest.fixture
def client(served: Service) -> Iterator[Client]:
    """A browser without script."""
    with served.client() as opened:
        yield opened


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A small catalog with something amiss."""
    return book(tmp_path / "目录.xlsx")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the browser test needs playwright")
    if CHROMIUM is None:
        pytest.skip("no chromium here: as root, make setup-system")
    with sync_api.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield running
        running.close()
