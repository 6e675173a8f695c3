"""What a test of a page in Chromium does again and again: open it at a width, in a tongue, with or without script; hear what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["WIDTHS", "opened", "violations"]

WIDTHS = (390, 1440)


@contextmanager
def opened(browser: Any, address: str, *, width: int = 1440, lang: str = "zh-CN", script: bool = True) -> Iterator[Any]:
    """A page of a new browser; a fault in its script, or a request for anything that is not ours, fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=lang, java_script_enabled=script, accept_downloads=True, base_url=address
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith((address, "data:")) else None)
    try:
        yield page
    finally:
        context.close()
    assert faults == []


def violations(page: Any) -> list[str]:
    """What axe says of the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0].get('failureSummary', '')[:160]}" for one in found]
