"""A sealed ruleset comes back as it was, runs without the parser, and changes its digest only with its meaning."""

import subprocess
import sys
import time

import pytest

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import RulesetFault, from_bytes, to_bytes
from guiju.standards.load import load_registry
from tests.check import compiled
from tests.unit.dsl.model.given import GIVEN, probe

TEXT = probe("名称 已提供 且 总投资 ≥ 500万元 且 共享属性 是 有条件共享")


def test_what_was_sealed_comes_back() -> None:
    ruleset = compiled(TEXT)
    assert from_bytes(to_bytes(ruleset)) == ruleset


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  应当 名称", "  应当      名称"),
        ("规则 试", "# 一句话\n规则 试"),
        ("  应当 名称 已提供", "  # 一句话\n  应当 名称 已提供"),
        ("500万元", "5000000元"),
        ("名称 已提供 且", "name is given and"),
        ("是 有条件共享", "is conditional"),
        ("规则 试", "\n\n规则 试"),
        ("≥ 500", "≥　５００"),
    ],
)
def test_layout_comments_and_the_tongue_do_not_change_the_digest(old: str, new: str) -> None:
    assert old in TEXT
    assert compiled(TEXT.replace(old, new)).digest == compiled(TEXT).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("500万元", "501万元"),
        ("应当", "不得"),
        ("有条件共享 / conditional", "有条件的 / conditional"),
        ("  整改 改。\n", "  整改 快改。\n"),
        ("20000 个", "20001 个"),
        ("≥", ">"),
    ],
)
def test_another_meaning_changes_the_digest(old: str, new: str) -> None:
    changed = TEXT.replace(old, new).replace("是 有条件共享", "是 conditional")
    assert compiled(changed).digest != compiled(TEXT).digest


def test_a_changed_byte_is_noticed() -> None:
    data = bytearray(to_bytes(compiled(TEXT)))
    data[-40] ^= 1
    with pytest.raises(RulesetFault):
        from_bytes(bytes(data))
    for other in (b"", b"{}", to_bytes(compiled(TEXT))[:-1], b"guiju-ruleset 1 \n[]"):
        with pytest.raises(RulesetFault):
            from_bytes(other)


def test_reading_a_sealed_ruleset_does_not_load_the_parser() -> None:
    code = "import sys, guiju.dsl.ruleset; sys.exit(any(name.startswith(('guiju.dsl.syntax', 'guiju.dsl.model', 'guiju.standards')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_three_hundred_rules_are_read_in_a_twentieth_of_a_second() -> None:
    rule = TEXT[TEXT.index("规则 试") :]
    text = GIVEN + "".join(rule.replace("试 / probe", f"试{at} / probe{at}").replace("500万元", f"{at}万元") for at in range(300))
    data = to_bytes(compiled(text))
    best = min(_seconds(data) for _ in range(5))
    assert best < 0.05


def _seconds(data: bytes) -> float:
    start = time.perf_counter()
    from_bytes(data)
    return time.perf_counter() - start


def test_the_memo_gives_the_same_ruleset() -> None:
    memo: dict = {}  # type: ignore[type-arg]
    sources = (Source("a.gj", TEXT),)
    first, _ = compile_rules(sources, load_registry(), memo=memo)
    again, _ = compile_rules(sources, load_registry(), memo=memo)
    assert memo
    assert first == again == compiled(TEXT, "a.gj")
