"""Arrows 4 to 6: checked, lowered and sealed; the shipped rules, 2,000 rules, and again after one file has changed."""

from stopwatch import measure

from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ruleset import from_bytes, to_bytes
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry

_SHAPE = """对象 数据集 / dataset
  名称    name    文本
  数量值  amount  整数
  日期值  day     日期
"""
_RULE = """
## 第 {n} 条
规则 样例{n} / sample_{n}
  依据     政务数据共享条例 第十五条第二款
  对象     数据集
  适用     名称 已提供 且 数量值 ≥ {n}
  应当     日期值 已提供 且 日期值 不早于 2025-08-01 且 数量值 ≤ {m}
  整改     写明日期和数量。
  fix      State the day and the amount.
  自       2025-08-01
"""


def main() -> None:
    """Prints one line for each way."""
    registry = load_registry()
    shipped = tuple(Source(str(file), file.read_text("utf-8")) for file in rule_files([shipped_rules()]))
    ruleset, _ = compile_rules(shipped, registry)
    assert ruleset is not None
    measure(f"compile the shipped rules ({len(ruleset.rules)})", lambda: compile_rules(shipped, registry), rounds=3)
    sealed = to_bytes(ruleset)
    print(f"sealed: {len(sealed) / 1000:.0f} kB")
    measure("unseal them", lambda: from_bytes(sealed))
    files = [Source("shape.gj", _SHAPE)]
    files += [Source(f"{at}.gj", "".join(_RULE.format(n=n, m=n + 100_000) for n in range(at, at + 20))) for at in range(0, 2_000, 20)]
    made = tuple(files)
    memo: dict[tuple[str, str], object] = {}
    measure(
        f"compile 2,000 rules ({sum(len(one.text.encode()) for one in made) / 1000:.0f} kB)",
        lambda: compile_rules(made, registry),
        rounds=3,
    )
    compile_rules(made, registry, memo=memo)  # type: ignore[arg-type]
    changed = (*made[:-1], Source(made[-1].name, made[-1].text.replace("写明日期", "写清日期", 1)))
    measure("the same after one changed line", lambda: compile_rules(changed, registry, memo=dict(memo)), rounds=3)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
