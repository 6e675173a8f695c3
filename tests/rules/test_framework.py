"""Holds the framework stated in the language to the registry: the same classes, each standard once, the kinds that it governs."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from guiju.dsl.ir.tree import Framework
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.load import load_registry
from guiju.standards.model import Edition, FrameworkClass, InstrumentLevel, Status
from guiju.standards.queries import editions_for_kind
from guiju.store.cache import Cache

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts"
STANDARDS = tuple(one for one in InstrumentLevel if "standard" in one.value)


@cache
def stated() -> dict[str, Framework]:
    """The classes that the shipped rules state, by their codes."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    return {one.code: one for one in ruleset.frameworks}


@cache
def known() -> dict[str, FrameworkClass]:
    """The classes and sub-classes of the registry, by their codes."""
    classes = load_registry().framework.classes
    return {one.code: one for top in classes for one in (top, *top.subclasses)}


@cache
def collected() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each collected number with the class that collects it and the kinds of project that it governs there."""
    return {line.number: (one.code, line.kinds) for one in stated().values() for line in one.collects}


@cache
def to_collect() -> dict[str, Edition]:
    """The recorded standards that have a number and were not replaced."""
    editions = load_registry().editions
    return {one.number: one for one in editions if one.number and one.level in STANDARDS and one.status is not Status.REPLACED}


def test_the_rules_state_the_classes_of_the_registry_and_no_others() -> None:
    assert sorted(stated()) == sorted(known())


def test_there_are_nine_classes_and_forty_nine_sub_classes() -> None:
    assert Counter(len(code) for code in stated()) == {5: 9, 7: 49}


def test_each_class_has_the_chinese_name_that_the_registry_gives_it() -> None:
    assert {code: one.name.zh for code, one in stated().items()} == {code: one.title.zh for code, one in known().items()}


def test_each_class_says_in_both_tongues_whose_its_code_is() -> None:
    silent = [
        code
        for code, one in stated().items()
        if one.about is None or "编号是规矩自己编的" not in one.about.zh or "The code is Guiju's own" not in one.about.en
    ]
    assert silent == []


def test_a_class_without_standards_says_so() -> None:
    bare = {code for code, one in stated().items() if len(code) == 7 and not one.collects}
    said = {code for code, one in stated().items() if one.about is not None and "还没有登记的标准" in one.about.zh}
    assert bare == said


def test_every_standing_standard_is_collected_once_in_its_class() -> None:
    assert {number: code for number, (code, _) in collected().items()} == {number: one.category for number, one in to_collect().items()}
    assert sum(len(one.collects) for one in stated().values()) == len(collected())


def test_every_collected_standard_names_the_kinds_that_the_registry_gives_it() -> None:
    names = {one.id: one.name.zh for one in load_registry().kinds}
    assert {number: kinds for number, (_, kinds) in collected().items()} == {
        number: tuple(names[kind] for kind in one.applies_to) for number, one in to_collect().items()
    }


def test_the_framework_is_the_tree_of_the_fact_base() -> None:
    if not FACTS.is_dir():
        pytest.skip("../shared is not here")
    tree = yaml.safe_load((FACTS / "framework.yaml").read_text(encoding="utf-8"))["tree"]
    facts = {one["code"]: one["title_zh"] for top in tree for one in (top, *top.get("children", ()))}
    assert {code: one.name.zh for code, one in stated().items()} == facts


def test_every_standing_standard_of_the_fact_base_is_collected_where_it_says() -> None:
    if not FACTS.is_dir():
        pytest.skip("../shared is not here")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    facts = yaml.load((FACTS / "standards.yaml").read_text(encoding="utf-8"), Loader=loader)["standards"]
    astray = {
        one["id"]: (one["category"], collected()[one["id"]][0])
        for one in facts
        if one["id"] in collected() and collected()[one["id"]][0] != one["category"]
    }
    missing = [one["id"] for one in facts if one["status"] == "现行" and one["id"] not in collected()]
    # The guide of an alliance, which has no number to be collected by.
    assert (astray, missing) == ({}, ["AII 二级节点建设导则(2021年)"])


def test_every_kind_of_project_of_the_rules_can_be_asked_of_the_registry() -> None:
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    kinds = next(one for one in ruleset.vocabulary.codes if one.id == "project_kind")
    names = [name for one in kinds.entries if one.name.en != "other" for name in (one.name.zh, one.name.en, *one.aliases)]
    assert [name for name in names if load_registry().kind(name) is None] == []


def test_every_kind_that_another_includes_is_known() -> None:
    known = {one.id for one in load_registry().kinds}
    assert [one.id for one in load_registry().kinds if not known.issuperset(one.includes)] == []


def test_the_usual_standards_of_a_task_are_among_those_of_its_kind() -> None:
    if not FACTS.is_dir():
        pytest.skip("../shared is not here")
    kinds = {
        "T03": "5G基础设施",
        "T04": "智慧灯杆",
        "T05": "智慧健康",
        "T06": "智能网联汽车",
        "T07": "智慧教育",
        "T08": "智慧农业",
        "T09": "智慧物流",
        "T10": "城市管理",
        "T12": "应急管理",
        "T16": "工业互联网标识",
        "T17": "智能工厂",
    }
    registry = load_registry()
    tasks = {
        one["key"]: one["typical_standards"] for one in yaml.safe_load((FACTS / "seed-tasks.yaml").read_text(encoding="utf-8"))["tasks"]
    }
    wanting = []
    for task, name in kinds.items():
        kind = registry.kind(name)
        assert kind is not None
        listed = {row.edition.number for row in editions_for_kind(registry, kind, on=date(2026, 11, 1))}
        wanting += [f"{task}: {number}" for number in tasks[task] if number not in listed]
    # The guide of an alliance, which has no number.
    assert wanting == ["T16: AII 二级节点建设导则(2021年)"]


def test_the_list_of_codes_for_entries_is_that_of_the_framework() -> None:
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    (listed,) = [one for one in ruleset.vocabulary.codes if one.id == "framework_code_list"]
    assert {one.code for one in listed.entries} == load_registry().framework.codes
