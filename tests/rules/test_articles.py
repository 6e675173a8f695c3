"""Rules beside the articles that they cite: nothing in a rule that is not in its article, and nothing has changed since it was read."""

import json
import runpy
from functools import cache
from pathlib import Path

import pytest

from guiju.author.held import Fault, Unlike, changed_since, held_against, untested
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.articles.digest import edition_of
from guiju.standards.articles.held import Held, NoPlace, article_of, article_to_plain, load_articles, place_in
from guiju.standards.articles.text import measures_in, read_articles, start_of
from guiju.standards.load import load_registry
from guiju.store.cache import Cache
from guiju.terms.clause_text import parse_clause
from tests.command import guiju

ROOT = Path(__file__).resolve().parents[2]

LAW = """# 某某条例

## 第一章 总则

第一条 为了示范，制定本条例。

第二条 单位应当在3日内报告；原则上不超过五年。

可以延长10个工作日。

第三条　下列事项，由单位办理：

（一）登记；

（二）在20个工作日内应当公示。

**第四条** 本条例自2025年4月1日起施行。
"""
RULE = """规则 甲 / one
  依据     无人驾驶航空器飞行管理暂行条例 {place}
  对象     单位记录
  {force}     报告日期 ≤ 发生日期 + {period}
  整改     报告。
{why}  维度     时效性
  自       {start}

对象 单位记录 / unit_record
  报告日期  reported  日期
  发生日期  happened  日期
"""


@cache
def shipped() -> Ruleset:
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    return ruleset


def made(folder: Path, **words: str) -> Ruleset:
    """A ruleset of one rule."""
    said = {"place": "第二条", "force": "应当", "period": "3 天", "why": "", "start": "2024-01-01"} | words
    file = folder / "one.gj"
    file.write_text(RULE.format(**said), encoding="utf-8")
    compiled = read_rules([file], Cache(None))
    assert compiled.ruleset is not None, compiled.diagnostics
    return compiled.ruleset


def beside(ruleset: Ruleset) -> tuple[Unlike, ...]:
    """What is unlike when the regulation that the rule cites is LAW."""
    held = {"UAVREG": Held("UAVREG", {one.number: article_of(one) for one in read_articles(LAW)})}
    return held_against(ruleset, held, load_registry())


def test_every_shipped_rule_agrees_with_the_articles_that_it_cites() -> None:
    assert [one.words.en for one in held_against(shipped(), load_articles(), load_registry())] == []


def test_no_shipped_rule_speaks_of_a_limit_that_it_does_not_test() -> None:
    assert {rule.id: untested(rule) for rule in shipped().rules if not rule.implicit and untested(rule)} == {}


def test_the_articles_are_as_they_were_when_the_rules_were_held_against_them() -> None:
    written = Path(shipped_rules(), "articles.yaml").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "tests" / "tools" / "hold_articles.py"))["text"]()


def test_what_is_held_is_what_the_texts_say(shared: Path) -> None:
    held, seen = load_articles(), set()
    for path in sorted((shared / "law").iterdir()):
        edition = edition_of(path, load_registry())
        if edition is not None:
            seen.add(edition.id)
            articles = read_articles(path.read_text(encoding="utf-8"))
            assert {one.number: article_of(one) for one in articles} == held[edition.id].articles, edition.id
    assert seen == set(held)


def test_first_days_of_the_registry_are_those_of_the_last_articles(shared: Path) -> None:
    differ = {}
    for path in sorted((shared / "law").iterdir()):
        edition = edition_of(path, load_registry())
        said = start_of(read_articles(path.read_text(encoding="utf-8")))
        # An amended law keeps the article that says when it first came into force.
        if edition is not None and said is not None and said != edition.in_force and edition.id != "CSL-2025":
            differ[edition.id] = (said, edition.in_force)
    assert differ == {}


def test_a_text_is_taken_apart_into_articles_paragraphs_and_items() -> None:
    articles = {one.number: one for one in read_articles(LAW)}
    assert list(articles) == ["1", "2", "3", "4"]
    assert [len(one.paragraphs) for one in articles.values()] == [1, 2, 1, 1]
    assert articles["3"].paragraphs[0][1] == ("（一）登记；", "（二）在20个工作日内应当公示。")
    assert start_of(tuple(articles.values())).isoformat() == "2025-04-01"  # type: ignore[union-attr]
    again = article_of(read_articles(LAW.replace("**", "").replace("　", " "))[3])
    assert again == article_of(articles["4"])


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("在二十个工作日内", {"20 workday"}),
        ("超过10%的，百分之十五", {"10 percent", "15 percent"}),
        ("3000万元以上", {"30000000 yuan"}),
        ("每年至少一次", {"1 year", "1 count"}),
        ("一般不少于30日；应当7日内", {"30 day~", "7 day"}),
        ("自2025年4月1日起施行", {"2025-04-01"}),
        ("最大起飞重量不超过150千克", {"150 kilogram"}),
    ],
)
def test_numbers_with_units_are_found(words: str, measures: set[str]) -> None:
    assert measures_in(words) == measures


def test_a_place_that_is_not_there_is_told() -> None:
    article = article_of(read_articles(LAW)[2])
    wanted = parse_clause("第三条第三项")
    assert wanted is not None
    found = place_in(article, wanted)
    assert isinstance(found, NoPlace) and found.there == 2
    assert article_to_plain(article)["paragraphs"][0][2] == "b,20 workday"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({}, None),
        ({"place": "第九条"}, Fault.NO_ARTICLE),
        ({"place": "第二条第三款"}, Fault.NO_PLACE),
        ({"period": "4 天"}, Fault.NUMBER),
        ({"period": "4 天", "why": "  理由     四日是推断，条文没有写。\n"}, None),
        ({"period": "5 年"}, Fault.EASED),
        ({"place": "第二条第二款", "period": "10 个工作日"}, Fault.NOT_BINDING),
        ({"place": "第二条第二款", "period": "10 个工作日", "force": "宜"}, None),
        ({"place": "第三条第二项", "period": "20 个工作日", "force": "宜"}, Fault.WEAKER),
    ],
)
def test_each_way_of_being_unlike_is_found(tmp_path: Path, words: dict[str, str], fault: Fault | None) -> None:
    assert [one.fault for one in beside(made(tmp_path, **words))] == ([] if fault is None else [fault])


def test_an_article_that_changed_is_told_with_the_rules_that_cite_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "law.md"
    text.write_text("\n".join(f"第{number}条 应当在七日内办理。" for number in ("一", "二", "三")), encoding="utf-8")
    assert guiju("coverage", "BIDLAW", "--text", text, "--json") == 0
    (said,) = json.loads(capfd.readouterr().out)
    changed = {one["article"]: one["rules"] for one in said["articles_changed"]}
    assert said["articles_held"] == 3 and "BIDLAW.9.approved_before_tender" in changed["9"]
    assert changed_since({"X": {"1": "a"}}, {}) == {}


def test_a_text_without_articles_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "law.md"
    text.write_text("没有条文", encoding="utf-8")
    assert guiju("coverage", "BIDLAW", "--text", text) == 2
