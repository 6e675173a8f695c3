"""What a page about a waiver is run against: one rule, three subjects that break it, and a fixed day."""

from datetime import date
from unittest.mock import patch

from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.standards.load import load_calendar
from guiju.store.waivers import read_waivers
from guiju.validators.findings.waivers import apply_waivers, rule_digest
from guiju.validators.validate import validate
from tests.check import compiled

DAY = date(2026, 3, 1)
# A page says this where its reader would put the digest that `guiju waive` prints.
DIGEST = "<规则的摘要>"

_RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键
  单位 unit 文本
  更新周期 cycle 文本

规则 更新周期已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供
"""
_INPUT = "数据集:\n  - {名称: 空气质量, 单位: 甲局}\n  - {名称: 水质, 单位: 甲局}\n  - {名称: 噪声, 单位: 乙局}\n".encode()


def run_waivers(text: str, *, most: int) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """What is said of a text of waivers when it is read, and when it is laid on that day; `most` waivers are taken."""
    ruleset = compiled(_RULES)
    submission: Submission = read(["-"], ruleset.vocabulary, stdin=_INPUT, stdin_name="c.yaml")
    outcome = validate(ruleset, submission, as_of=DAY, calendar=load_calendar())
    source = Source("waivers.yaml", text.replace(DIGEST, rule_digest(outcome.plan.rules[0].rule)))
    with patch("guiju.store.waivers.MOST_WAIVERS", most):
        waivers, found = read_waivers(source, ruleset)
    _, told = apply_waivers(outcome.findings, waivers, DAY, plan=outcome.plan, records=submission.records)
    return (source,), (*found, *told.diagnostics)
