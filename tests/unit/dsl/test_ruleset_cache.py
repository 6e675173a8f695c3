"""A ruleset that was kept comes back as it was; bytes that are none, or that ask for more, give a fault and do nothing."""

import pickle
from pathlib import Path

import pytest

from guiju.dsl import ruleset_cache
from guiju.dsl.ruleset import Ruleset, RulesetFault, to_bytes
from guiju.dsl.ruleset_cache import from_cache, to_cache
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache


@pytest.fixture(scope="module")
def shipped() -> Ruleset:
    ruleset = read_rules((shipped_rules(),), Cache(None)).ruleset
    assert ruleset is not None
    return ruleset


@pytest.fixture(scope="module")
def data(shipped: Ruleset) -> bytes:
    found = to_cache(shipped)
    assert found is not None
    return found


def _layout(data: bytes) -> bytes:
    return data.partition(b"\n")[0] + b"\n"


def test_what_was_kept_comes_back(shipped: Ruleset, data: bytes) -> None:
    back = from_cache(data)
    assert back == shipped and to_bytes(back) == to_bytes(shipped) and back.digest == shipped.digest
    assert to_cache(back) == data


def test_broken_bytes_are_a_fault(data: bytes) -> None:
    for at in range(0, len(data), len(data) // 60):
        with pytest.raises(RulesetFault):
            from_cache(data[:at])
    for at in range(len(_layout(data))):
        with pytest.raises(RulesetFault):
            from_cache(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(RulesetFault):
        from_cache(_layout(data) + pickle.dumps(("no", "ruleset")))


def test_what_classes_with_other_fields_wrote_is_not_read(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ruleset_cache._names
    ruleset_cache._layout.cache_clear()
    monkeypatch.setattr(ruleset_cache, "_names", lambda cls: tuple(reversed(names(cls))))
    try:
        with pytest.raises(RulesetFault):
            from_cache(data)
    finally:
        ruleset_cache._layout.cache_clear()


class _Call:
    """Asks its reader to make a folder."""

    def __init__(self, where: Path) -> None:
        self.where = where

    def __reduce__(self) -> object:
        return Path.mkdir, (self.where,)


def test_bytes_cannot_name_anything_but_parts_of_a_ruleset(data: bytes, tmp_path: Path) -> None:
    asked = tmp_path / "made"
    hostile = pickle.dumps(_Call(asked))
    pickle.loads(hostile)
    assert asked.is_dir()
    asked.rmdir()
    with pytest.raises(RulesetFault):
        from_cache(_layout(data) + hostile)
    assert not asked.exists()


@pytest.mark.parametrize(
    "name",
    ["builtins eval", "os system", "guiju.dsl.ruleset_cache pickle.loads", "guiju.dsl.ruleset_cache _Reader", "datetime datetime.now"],
)
def test_no_other_name_is_looked_up(name: str, data: bytes) -> None:
    module, _, attribute = name.partition(" ")
    with pytest.raises(RulesetFault) as fault:
        from_cache(
            _layout(data)
            + pickle.PROTO
            + b"\x04"
            + b"\x8c"
            + bytes([len(module)])
            + module.encode()
            + b"\x8c"
            + bytes([len(attribute)])
            + attribute.encode()
            + b"\x93."
        )
    assert "no part of a ruleset" in str(fault.value.__cause__)
