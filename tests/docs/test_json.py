"""docs/json.md promises keys; a report has exactly these, each with what it is said to hold; docs/forms.md names every form."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import GateStep, Outcome, Profile
from guiju.reports.formats import FORMATS
from guiju.reports.layout.plain import report_as_plain
from guiju.reports.model import Baseline, Fold, Report
from guiju.terms.tongue import Both, Tongue
from guiju.validators.plan.profiles import Taken
from tests.unit.reports.made import complaint, finding, mixed, report

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|", re.MULTILINE)


def _tables() -> dict[str, dict[str, str]]:
    """The promised keys of each kind of object, with what they hold."""
    parts = (_DOCS / "json.md").read_text("utf-8").split("\n## ")[1:]
    return {part.split("\n")[0].strip(): {key: holds.strip() for key, holds in _ROW.findall(part)} for part in parts}


TABLES = _tables()


def _rich() -> Report:
    """A report in which every key holds something."""
    made = mixed()
    iri = finding(
        8, places=(Place(file="x.ttl", iri="urn:x"),), baseline="new", cause="R@dataset:1", district="江岸区", members=(finding().subject,)
    )
    said = (complaint("D007", "目录.xlsx", encoding="x"),)
    gate = (
        GateStep(
            severity=None,
            force=None,
            verdict=None,
            below=None,
            outcome=Outcome(id="ready", name=Both("可以", "ready"), colour="green", exit=0),
        ),
    )
    profile = Profile(
        id="filing",
        name=Both("申报", "filing"),
        place="CN-4201",
        stages=(),
        shapes=("dataset",),
        instruments=(),
        rules=(),
        no_instruments=(),
        no_rules=(),
        screening=(),
        expects=(),
        gate=gate,
        doc="",
        source=("x.gj", 1),
    )
    fold = Fold(
        level="column",
        field=Both("甲", "a"),
        kind=Both("数据集", "dataset"),
        place=Place(file="x.csv"),
        records=2,
        verdicts=3,
        rules=("R",),
    )
    made = replace(made, taken=Taken(by_shape=(("dataset", profile),)), folds=(fold,))
    return replace(
        made, findings=(*made.findings, iri), diagnostics=said, baseline=Baseline(digest="e" * 64, new=1, known=2, gone=3, new_only=False)
    )


def _faults(kind: str, plain: Any, at: str) -> list[str]:
    """Where an object departs from its table."""
    promised = TABLES[kind]
    needed = {key for key, holds in promised.items() if not holds.endswith(", if any")}
    faults = [f"{at}: {key} is promised and absent" for key in sorted(needed - set(plain))]
    faults += [f"{at}: {key} is not in the table" for key in sorted(set(plain) - set(promised))]
    for key in sorted(set(plain) & set(promised)):
        faults += _wrong(promised[key].removesuffix(", if any"), plain[key], f"{at}.{key}")
    return faults


def _wrong(holds: str, value: Any, at: str) -> list[str]:
    if holds.endswith(" or null"):
        return [] if value is None else _wrong(holds.removesuffix(" or null"), value, at)
    if holds.startswith("list of "):
        if not isinstance(value, list):
            return [f"{at}: no list"]
        return [fault for number, one in enumerate(value) for fault in _wrong(holds.removeprefix("list of "), one, f"{at}[{number}]")]
    if "`" in holds:
        return _faults(holds.removeprefix("object ").strip("`"), value, at)
    kinds = {"text": str, "number": int, "object": dict, "true or false": bool}
    return [] if isinstance(value, kinds[holds]) and (holds == "true or false" or not isinstance(value, bool)) else [f"{at}: not {holds}"]


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_json_has_the_promised_keys_and_no_others(tongue: Tongue) -> None:
    assert _faults("report", report_as_plain(_rich(), tongue), "report") == []
    assert _faults("report", report_as_plain(report(), tongue), "report") == []


def test_the_rich_report_reaches_every_table() -> None:
    seen: set[str] = set()

    def walk(kind: str, plain: Any) -> None:
        seen.add(kind)
        for key, holds in TABLES[kind].items():
            inner = re.search(r"`(\w+)`", holds)
            value = plain.get(key)
            for one in value if isinstance(value, list) else [value] if value is not None else []:
                if inner is not None:
                    walk(inner[1], one)

    walk("report", report_as_plain(_rich(), Tongue.ZH))
    assert seen == set(TABLES)


def test_every_form_is_described() -> None:
    described = set(_ROW.findall((_DOCS / "forms.md").read_text("utf-8").split("\n## ")[0]))
    assert {"text", *FORMATS} <= {form for form, _ in described}
