"""A live CKAN portal, `ckan:https://…`: its packages page by page, within limits of size, time and patience.

Only the address that was given is asked, by http or https, and only its own host is followed; nothing of an answer is
fetched further.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

from guiju.catalog.readers.from_ckan import items_of_package_text
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["Patience", "read_ckan_live"]

_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how often a portal is asked; seconds, and bytes of one answer."""

    timeout: float = 20.0
    tries: int = 3
    pause: float = 0.5
    bytes_page: int = 32_000_000
    pages: int = 10_000


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to the same host only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc or urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.HTTPError(newurl, code, "redirected to another host", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def read_ckan_live(opened: ReaderInput, patience: Patience = Patience()) -> Iterator[Item]:
    """The items of all packages of the portal; a page that cannot be had ends the reading and is told."""
    base = opened.name.removeprefix("ckan:").rstrip("/")
    if not _is_web_address(base):
        yield complain("D090", _nowhere(opened), url=base[:200])
        yield Input(file=opened.name, sha256="", format="ckan", encoding=None, subjects=())
        return
    digest, size, done = sha256(), 0, 0
    last = time.monotonic() + opened.limits.seconds
    for page in range(patience.pages):
        if time.monotonic() > last:
            yield complain("D082", _nowhere(opened), limit=f"{opened.limits.seconds:g}", name=opened.name)
            break
        data, fault = _page(base, page * _ROWS, patience, opened)
        if fault is not None:
            yield fault
            break
        digest.update(data)
        size += len(data)
        count, got = _counts(data)
        if got is None:
            yield complain("D092", _nowhere(opened), url=base[:200])
            break
        if got:
            yield from items_of_package_text(replace(opened, tell=None), Source(opened.name, data.decode("utf-8", "replace")))
        done += got
        if opened.tell is not None:
            opened.tell(done, count)
        if got == 0 or done >= count:
            break
    yield Input(file=opened.name, sha256=digest.hexdigest(), format="ckan", encoding="utf-8", subjects=(), size=size)


def _is_web_address(base: str) -> bool:
    try:
        parts = urlsplit(base)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _page(base: str, start: int, patience: Patience, opened: ReaderInput) -> tuple[bytes, Diagnostic | None]:
    url = f"{base}/api/3/action/package_search?{urlencode({'rows': _ROWS, 'start': start, 'sort': 'name asc'})}"
    opener = urllib.request.build_opener(_SameHost, urllib.request.ProxyHandler({}))
    why = Both("", "")
    for attempt in range(patience.tries):
        if attempt:
            time.sleep(patience.pause * 2 ** (attempt - 1))
        try:
            with opener.open(url, timeout=patience.timeout) as answer:
                data: bytes = answer.read(patience.bytes_page + 1)
            if len(data) > patience.bytes_page:
                return b"", complain("D074", _nowhere(opened), name=url, size=f">{patience.bytes_page}", limit=str(patience.bytes_page))
            return data, None
        except urllib.error.HTTPError as error:
            why = Both(f"答复 {error.code}", f"it answered {error.code}")
            if error.code < 500 and error.code != 429:
                break
        except TimeoutError:
            why = Both(f"{patience.timeout:g} 秒内没有答复", f"no answer within {patience.timeout:g} seconds")
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            why = Both(f"连不上（{reason}）", f"it cannot be reached ({reason})")
    return b"", complain("D091", _nowhere(opened), url=base[:200], why=why, tries=str(patience.tries))


def _counts(data: bytes) -> tuple[int, int | None]:
    """How many packages the portal says it has, and how many are on this page; None where the answer is none of CKAN's."""
    try:
        result = json.loads(data)["result"]
        return int(result["count"]), len(result["results"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return 0, None


def _nowhere(opened: ReaderInput) -> Span:
    return Span(opened.name, 0, 0)
