"""NDJSON of any size passes in constant memory; the items come in order and the counts last."""

import hashlib
import tracemalloc
from pathlib import Path

from guiju.catalog.read import read_stream
from guiju.catalog.records.model import HeaderMatch, Input, Record
from guiju.diagnostics.diagnostic import Diagnostic
from tests.readers.vocabulary import VOCABULARY


def test_items_come_in_order_and_the_digest_last(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    data = '\ufeff{"名称": "甲", "更新频率": "每年"}\n\nnonsense\n{"名称": "乙", "更新频率": "每月"}'.encode()
    file.write_bytes(data)
    items = list(read_stream(file, VOCABULARY))
    records = [one for one in items if isinstance(one, Record)]
    assert [one.value["name"] for one in records] == ["甲", "乙"]
    assert [one.locator.place(("cycle",)).line for one in records] == [1, 4]
    assert records[1].locator.place(("cycle",)).column == 21
    assert [one.code for one in items if isinstance(one, Diagnostic)] == ["D085"]
    assert len([one for one in items if isinstance(one, HeaderMatch)]) == 2
    assert isinstance(items[-1], Input)
    assert items[-1].sha256 == hashlib.sha256(data).hexdigest()
    assert items[-1].subjects == (("dataset", 2),) and items[-1].size == len(data)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    line = '{"名称": "甲", "更新频率": "每年", "简介": "' + "很长的简介" * 200 + '"}\n'
    file.write_text(line * 4_000, encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for one in read_stream(file, VOCABULARY) if isinstance(one, Record))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4_000
    # The head that is sniffed is a megabyte; the file is more than ten.
    assert peak < 8_000_000 < file.stat().st_size


def test_keys_that_never_repeat_do_not_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text("".join(f'{{"名称": "甲", "更新频率": "每年", "k{n}": 1}}\n' for n in range(5_000)), encoding="utf-8")
    items = list(read_stream(file, VOCABULARY))
    assert len([one for one in items if isinstance(one, HeaderMatch)]) <= 2_000
    assert [one.code for one in items if isinstance(one, Diagnostic)] == ["D083"]
    assert len([one for one in items if isinstance(one, Record)]) == 5_000
