"""核验 on the page: a pack holds, a changed one does not, and what is neither is a sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.service.serving import Client


@pytest.fixture
def pack(client: Client, catalog: Path) -> bytes:
    """The pack of a check."""
    return client.get(f"{client.checked(catalog)}/get/pack").content


def test_a_pack_holds(client: Client, pack: bytes) -> None:
    page = client.submit("/verify", page="/verify", files={"pack": ("证据包.zip", pack)}).text
    assert "逐字节成立" in page and "重新判定" not in page.partition("核验了什么")[0]


def test_a_changed_pack_does_not(client: Client, pack: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one.filename, data.replace(b'"fail"', b'"pass"') if one.filename.endswith("findings.jsonl") else data + b" ")
    page = client.submit("/verify", page="/verify", files={"pack": ("证据包.zip", out.getvalue())}).text
    assert "不成立" in page


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b"PK\x03\x04", b"[" * 100_000, b'{"format": 1e999}'])
def test_what_is_no_pack_is_a_sentence(client: Client, data: bytes) -> None:
    answer = client.submit("/verify", page="/verify", files={"pack": ("x.zip", data)})
    assert answer.status_code == 200 and "不成立" in answer.text
