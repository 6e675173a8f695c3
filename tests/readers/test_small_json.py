"""Every JSON document up to a size ends in records or in a word about it: no shape of wrappings is walked for ever."""

from collections.abc import Iterator
from functools import cache
from json import dumps
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.read import read
from tests.readers.vocabulary import VOCABULARY

_LEAVES: tuple[Any, ...] = (None, True, 0, "", "每年", "[]", '{"a":[]}', '[{"名称":"甲"}]')
_KEYS = ("a", "data", "名称", "数据集")
_FULL, _SIZE = 3, 4


@cache
def _documents(size: int, depth: int) -> tuple[Any, ...]:
    """All values of exactly that many nodes; below the full size with all leaves and keys, then with two of each."""
    leaves, keys = (_LEAVES, _KEYS) if size <= _FULL else (_LEAVES[4:7], _KEYS[::2])
    if size == 1:
        return (*leaves, [], {})
    found: list[Any] = [[*parts] for parts in _parts(size - 1, depth)]
    for parts in _parts(size - 1, depth):
        if len(parts) <= len(keys):
            found.extend(dict(zip(keys[at : at + len(parts)], parts, strict=True)) for at in range(len(keys) - len(parts) + 1))
    return tuple(found)


def _parts(size: int, depth: int) -> Iterator[tuple[Any, ...]]:
    if size == 0:
        yield ()
        return
    for first in range(1, size + 1):
        for head in _documents(first, depth + 1):
            for rest in _parts(size - first, depth):
                yield (head, *rest)


@pytest.mark.parametrize("size", [*range(1, _SIZE), pytest.param(_SIZE, marks=pytest.mark.slow)])
def test_every_small_document_ends(size: int) -> None:
    for document in _documents(size, 0):
        got = read(["-"], VOCABULARY, stdin=dumps(document, ensure_ascii=False).encode(), stdin_name="x.json")
        assert got.records or got.diagnostics or got.left_out, document


@pytest.mark.parametrize("text", ['{"a":[]}', '{"code":0,"data":[]}', '{"success":true,"records":[]}', '{"a":"[]"}', '{"a":[],"b":"{}"}'])
def test_an_answer_without_records_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    assert [one.code for one in read([file], VOCABULARY).diagnostics] and not read([file], VOCABULARY).records
