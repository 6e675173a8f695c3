"""The table "How to add" of ARCHITECTURE.md is true: each row is played with a toy in a copy, and touches what it says and no more."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT

_TABLE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## How to add")[2]
ROWS = {row[1]: row[2] for row in re.finditer(r"^\| (an? [\w ]+) \| (.+) \|$", _TABLE, re.MULTILINE)}

# What a tool writes because the row says to run it.
_GENERATED = {"guiju/standards/registry.json", "guiju/standards/tables.json"}
# What guards these places: it must have nothing to say of the toys.
_GUARDS = (
    "tests/architecture/test_tables_of_names.py",
    "tests/architecture/test_pages_and_codes.py",
    "tests/architecture/test_tidiness.py",
    "tests/docs/test_json.py",
    "tests/readers/test_fuzz_page.py",
    "tests/rules/test_traceability.py::test_every_rule_has_cases_beside_it",
    "tests/rules/test_traceability.py::test_no_rule_name_is_used_in_two_files",
)


Use = Callable[[], None]
"""Uses what was added, and fails where that does not do what it should."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the repository; `touched` are the files that a row has changed or added."""

    root: Path
    touched: set[str] = field(default_factory=set)

    def write(self, name: str, text: str) -> None:
        """A new file."""
        path = self.root / name
        assert not path.exists(), f"{name} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.touched.add(name)

    def insert(self, name: str, before: str, text: str) -> None:
        """Text put before the first place at which `before` stands."""
        old = (self.root / name).read_text(encoding="utf-8")
        assert before in old, f"{name} has no place {before!r}"
        (self.root / name).write_text(old.replace(before, text + before, 1), encoding="utf-8")
        self.touched.add(name)

    def run(self, *words: str, code: int = 0) -> str:
        """What a command prints, run from the copy."""
        environ = os.environ | {"PYTHONPATH": str(self.root), "GUIJU_CACHE": "", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
        )
        assert done.returncode == code, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
        return done.stdout


def _copied(folder: Path) -> Copy:
    for name in ("guiju", "tests", "docs", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for name in ("pyproject.toml", "ARCHITECTURE.md"):
        shutil.copy(ROOT / name, folder / name)
    return Copy(folder)


def _rule(copy: Copy) -> Use:
    text = """## 玩具规则
规则 玩具规则 / toy_rule
  依据     财库〔2021〕22号
  对象     采购需求
  适用     采购类别 已提供
  应当     需求文件 已提供
  整改     写上需求文件。
  fix      Name the file.
  理由     这是玩具。
  why      It is a toy.
  维度     完整性
  自       2021-07-01
"""
    cases = "rule: toy_rule\ncases:\n  - 写了: {given: {采购类别: 服务, 需求文件: 一号, 编号: C1}, want: pass}\n"
    cases += "  - 没有写: {given: {采购类别: 服务, 编号: C1}, want: fail}\n  - 无关: {given: {编号: C1}, want: not_applicable}\n"
    copy.write("guiju/rules/ck22/toy_rule.gj", text)
    copy.write("guiju/rules/ck22/toy_rule.cases.yaml", cases)

    def use() -> None:
        said = copy.run("-m", "guiju", "test", "--lang", "en", "guiju/rules/ck22/toy_rule.cases.yaml")
        assert "3/3 cases hold" in said, said

    return use


def _instrument(copy: Copy) -> Use:
    copy.write(
        "guiju/standards/instruments/cn-council/TOY1.yaml",
        """id: TOY1
instrument: TOY1
number: null
title:
  zh: "玩具条例"
  en: "Regulations on toys"
title_en_ours: true
body:
  zh: "国务院"
  en: "State Council"
level: administrative_regulation
nature: binding
status: current
issued: "2023-04-27"
in_force: null
until: null
category: WH-0802
applies_to:
  - all-it-project
confidence: memory-high
sources:
  - "a toy"
""",
    )

    def use() -> None:
        copy.run("-m", "guiju.standards.pack")
        copy.touched.update(name for name in _GENERATED if (copy.root / name).read_bytes() != (ROOT / name).read_bytes())
        assert "Regulations on toys" in copy.run("-m", "guiju", "standards", "show", "TOY1", "--lang", "en")

    return use


def _diagnostic(copy: Copy) -> Use:
    copy.insert(
        "guiju/diagnostics/codes/habits.py",
        '    Code("H013", ',
        '    Code("H099", "toy-name", _WARNING, Both("规则叫作“{name}”", "the rule is called `{name}`")),\n',
    )
    copy.insert(
        "guiju/dsl/model/checks/lints.py",
        '    if rule.fix is None and rule.status != "draft":',
        '    if rule.name.en == "toy":\n        found.report("H099", decl.keyword_span, name=rule.name)\n',
    )
    text = (ROOT / "guiju/diagnostics/pages/H010-never-applies.md").read_text(encoding="utf-8")
    text = text.replace("# H010 never-applies · 永远不适用", "# H099 toy-name · 玩具名").replace("  适用     2 < 1\n", "")
    head, mended, tail = text.partition("## 改法 · Mend")
    head = head.partition("## 图 · Drawing")[0].replace("试 / probe", "玩具 / toy")
    drawing = "## 图 · Drawing\n\n```text zh\nx\n```\n\n```text en\nx\n```\n\n"
    copy.write("guiju/diagnostics/pages/H099-toy-name.md", head + drawing + mended + tail)

    def use() -> None:
        accept = "import os, sys, pytest; os.environ['GUIJU_ACCEPT'] = '1'; sys.exit(pytest.main(sys.argv[1:]) > 1)"
        copy.run("-c", accept, "-q", "-p", "no:cacheprovider", "tests/pages", "-k", "H099")
        copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/pages", "-k", "H099")
        assert "toy-name" in copy.run("-m", "guiju", "explain", "H099", "--lang", "en")

    return use


def _builtin(copy: Copy) -> Use:
    copy.insert(
        "guiju/dsl/builtins.py",
        '    Builtin(\n        id="abs",',
        '    Builtin(\n        id="twice",\n        name=Both("两倍", "twice"),\n        takes=(Sort.AMOUNT,),\n        gives=Sort.AMOUNT,\n'
        '        missing=_STRICT,\n        doc=Both("乘以二", "the value times two"),\n    ),\n',
    )
    functions = "guiju/validators/engines/interpreter/functions.py"
    copy.insert(
        functions,
        "def _abs(",
        "def _twice(_: Setting, type: Type, amount: Any) -> Operand:\n    return Has(exact(2 * _number(amount), type))\n\n\n",
    )
    copy.insert(functions, '        "abs": _abs,', '        "twice": _twice,\n')

    def use() -> None:
        rules, data = copy.root / "toy.gj", copy.root / "toy.yaml"
        rules.write_text(
            "对象 物 / thing\n  名称 name 文本 主键\n  数 size 数\n规则 试 / probe\n  状态 生效\n"
            "  依据 政务数据共享条例 第十三条\n  对象 物\n  应当 两倍(数) = 4\n",
            encoding="utf-8",
        )
        data.write_text("物:\n" + "".join(f"  - {{名称: n{number}, 数: {number}}}\n" for number in (1, 2, 3)), encoding="utf-8")
        told = {}
        for engine in ("interpreter", "compiled"):
            code = (
                "import sys; from datetime import date; from pathlib import Path; from guiju.pipeline import check_submission, read_rules, Cache\n"
                "from guiju.catalog.read import read; from guiju.standards.load_tables import load_calendar\n"
                "rules = read_rules([Path('toy.gj')], Cache(None)); assert rules.ruleset is not None, rules.diagnostics\n"
                "given = read(['toy.yaml'], rules.ruleset.vocabulary)\n"
                f"report = check_submission(rules.ruleset, given, as_of=date(2026, 3, 2), calendar=load_calendar(), engine={engine!r})\n"
                "print([(one.subject.id, str(one.verdict)) for one in report.findings])"
            )
            told[engine] = copy.run("-c", code)
        assert told["compiled"] == told["interpreter"] and told["compiled"].count("fail") == 2, told

    return use


def _reader(copy: Copy) -> Use:
    copy.write(
        "guiju/catalog/readers/from_toy.py",
        '''"""Toy files become records: a line `key=value` each, read as YAML is."""

from collections.abc import Iterator
from dataclasses import replace

from guiju.catalog.readers.from_yaml import read_yaml_file
from guiju.catalog.records.item import Item, ReaderInput

__all__ = ["read_toy_file"]


def read_toy_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of a toy file."""
    yield from read_yaml_file(replace(opened, data=opened.data.replace(b"=", b": ")))
''',
    )
    copy.insert(
        "guiju/catalog/formats.py",
        '    "json": ReaderEntry(',
        '    "toy": ReaderEntry("guiju.catalog.readers.from_toy", "read_toy_file", (".toy",)),\n',
    )
    copy.insert("docs/readers.md", "| `json` |", "| `toy` | `.toy` | an entry | line |\n")

    def use() -> None:
        (copy.root / "a.toy").write_text("采购需求:\n  - 编号=C1\n    采购类别=服务\n", encoding="utf-8")
        assert "procurement 1" in copy.run("-m", "guiju", "read", "a.toy", "--lang", "en")

    return use


def _report_format(copy: Copy) -> Use:
    copy.write(
        "guiju/reports/writers/to_toy.py",
        '''"""A report as one line: how many findings it has."""

from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["to_toy"]


def to_toy(report: Report, tongue: Tongue) -> str:
    """The line."""
    return f"{len(report.findings)} toys\\n"
''',
    )
    copy.insert(
        "guiju/reports/formats.py",
        '    "sarif": OutputFormat(',
        '    "toy": OutputFormat("guiju.reports.writers.to_toy", "to_toy"),\n',
    )
    copy.insert("docs/forms.md", "| `sarif` |", "| `toy` | children | one line |\n")

    def use() -> None:
        said = copy.run("-m", "guiju", "check", "examples/lamp-poles/faulty.yaml", "--format", "toy", "--as-of", "2026-03-02", code=1)
        assert re.fullmatch(r"\d+ toys\n", said), said

    return use


def _command(copy: Copy) -> Use:
    copy.write(
        "guiju/commands/bureau/toy.py",
        '"""`guiju toy`: says that it is one."""\n\n__all__ = ["toy"]\n\n\ndef toy() -> None:\n    """Say so."""\n    print("a toy")\n',
    )
    copy.insert("guiju/cli.py", '    "doctor": (', '    "toy": ("guiju.commands.bureau.toy", say("玩具", "a toy")),\n')

    def use() -> None:
        assert copy.run("-m", "guiju", "toy") == "a toy\n"

    return use


_PLAYS: dict[str, Callable[[Copy], Use]] = {
    "a rule": _rule,
    "an instrument": _instrument,
    "a diagnostic": _diagnostic,
    "a builtin": _builtin,
    "a reader": _reader,
    "a report format": _report_format,
    "a command": _command,
}


def _patterns(row: str) -> list[str]:
    """The files that a row names, as patterns; a name that begins with a full stop stands beside the one before it."""
    found: list[str] = []
    for name in re.findall(r"`([\w./<>-]+)`", row):
        if name.startswith("."):
            name = found[-1].removesuffix(".gj") + name
        found.append(re.sub(r"<\w+>", "*", name) + ("*" if name.endswith("/") else ""))
    return found


def _is_told(touched: Iterable[str], row: str) -> tuple[list[str], list[str]]:
    patterns = _patterns(row)
    untold = sorted(name for name in touched if name not in _GENERATED and not any(fnmatchcase(name, one) for one in patterns))
    needless = [one for one in patterns if not any(fnmatchcase(name, one) for name in touched)]
    return untold, needless


def test_every_row_is_played() -> None:
    assert list(ROWS) == list(_PLAYS)


@pytest.mark.parametrize("what", _PLAYS)
def test_a_toy_is_added_as_the_table_says(what: str, tmp_path: Path) -> None:
    copy = _copied(tmp_path)
    _PLAYS[what](copy)()
    untold, needless = _is_told(copy.touched, ROWS[what])
    # Where a diagnostic is raised depends on it, and the row says "the line that raises it".
    assert len(untold) == (what == "a diagnostic"), f"{what}: the table does not name {untold}"
    assert needless == [], f"{what}: the table names {needless}, which was not needed"


def test_the_guards_ask_for_nothing_more(tmp_path: Path) -> None:
    copy = _copied(tmp_path)
    for play in _PLAYS.values():
        play(copy)
    copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *_GUARDS)
