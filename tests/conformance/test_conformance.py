"""Holds docs/language.md to its word: each case states rules, a document and the verdict, and names no implementation."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.author.layout import laid_out
from guiju.author.translate import translate
from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Place
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.standards import load
from guiju.terms.fact import Path as FactPath
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Tongue
from guiju.terms.types import ListT, RecordT, Type
from guiju.validators.findings.model import Finding
from guiju.validators.validate import validate
from tests.engines import held_equal, ways
from tests.pages.page import read_page, run_block

KINDS = ("refused", "warned", "printed", "translated", "errors", "page", "named")
HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "guiju" / "diagnostics" / "pages"
DAY = "2025-09-01"
HEAD = "规则 受测 / under_test\n  依据 政务数据共享条例 第十三条\n"


@dataclass(frozen=True, slots=True)
class _Nowhere:
    def place(self, path: FactPath) -> Place:
        return Place(file="case.yaml", pointer="".join(f"/{step}" for step in path))


def _cells(name: str, table: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The cases of a truth table: `of` names the operands of each truth, `cells` the truth of each pair."""
    cases = []
    for key, want in table["cells"].items():
        parts = [table["of"][one] for one in key.split()]
        cases.append(
            (f"{name} {key}", {"requires": table["form"].format(*parts), "given": table["given"], "want": table["verdicts"][want]})
        )
    return cases


def _values(name: str, row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The cases of a row of values: each value of one field, with the verdict under which it is listed."""
    return [
        (f"{name} {value!r} {want}", {"requires": row["requires"], "given": {row["field"]: value}, "want": want})
        for want in ("pass", "fail", "undetermined")
        for value in row.get(want, ())
    ]


@cache
def _collect() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        cases = [(name, case) for entry in file.get("cases", ()) for name, case in entry.items()]
        for name, table in file.get("tables", {}).items():
            cases += _cells(name, table)
        for name, row in file.get("values", {}).items():
            cases += _values(name, row)
        found += [pytest.param(file, case, id=f"{path.stem}: {name}") for name, case in cases]
    return found


def _ids(value: Any, type: Type, vocabulary: Vocabulary) -> Any:
    if isinstance(type, ListT) and isinstance(value, list):
        return [_ids(one, type.element, vocabulary) for one in value]
    if isinstance(type, RecordT) and isinstance(value, dict):
        shape = vocabulary.shape(type.shape)
        names = {name: field for field in shape.fields for name in (field.id, field.name.zh)}
        if set(value) <= set(names):
            return {names[name].id: _ids(raw, names[name].type, vocabulary) for name, raw in value.items()}
    return value


def _shape(vocabulary: Vocabulary, name: str) -> Shape:
    return next(one for one in vocabulary.shapes if name in (one.id, one.name.zh))


def _compiled(file: dict[str, Any], case: dict[str, Any]) -> Any:
    """The ruleset of a case, None where it is refused, and what was said of its text."""
    subject = case.get("subject", file.get("subject"))
    parts = case.get("rule") or f"  对象 {subject}\n  应当 {case.get('requires')}\n"
    text = case.get("rules", file.get("rules", "")) + "\n" + case.get("also", "") + "\n"
    if "whole" in case:
        text = case["whole"]
    else:
        text += case.get("head", HEAD) + parts.rstrip() + "\n"
    return compile_rules((Source("case.gj", text),), load.load_registry())


def _of(*kinds: str) -> list[Any]:
    """The cases of these kinds: refused, warned, printed; those of no kind are judged."""
    return [one for one in _collect() if (next((kind for kind in KINDS if kind in one.values[1]), "judged")) in kinds]


@pytest.mark.parametrize(("file", "case"), _of("refused"))
def test_the_language_refuses_what_the_specification_refuses(file: dict[str, Any], case: dict[str, Any]) -> None:
    ruleset, diagnostics = _compiled(file, case)
    assert ruleset is None
    assert case["refused"] in [one.code for one in diagnostics], [one.headline(Tongue.EN) for one in diagnostics]
    assert all(one.headline(Tongue.ZH) and one.headline(Tongue.EN) for one in diagnostics)


@pytest.mark.parametrize(("file", "case"), _of("warned"))
def test_the_language_warns_of_what_the_specification_warns_of(file: dict[str, Any], case: dict[str, Any]) -> None:
    ruleset, diagnostics = _compiled(file, case)
    assert ruleset is not None, [one.headline(Tongue.EN) for one in diagnostics]
    assert case["warned"] in [one.code for one in diagnostics], [one.headline(Tongue.EN) for one in diagnostics]


@pytest.mark.parametrize(("file", "case"), _of("errors"))
def test_each_mistake_of_a_text_is_one_message_in_both_tongues(file: dict[str, Any], case: dict[str, Any]) -> None:
    _, diagnostics = _compiled(file, case)
    found = [one for one in diagnostics if one.level is Level.ERROR]
    assert [one.code for one in found] == case["errors"], [one.headline(Tongue.EN) for one in found]
    helps = [one.help.zh for one in found if one.help is not None]
    for words in case.get("helps", ()):
        assert any(words in one for one in helps), helps
    for words in case.get("silent", ()):
        assert not any(words in one for one in helps), helps


@pytest.mark.parametrize(("file", "case"), _of("page"))
def test_the_page_of_a_code_shows_what_the_specification_says(file: dict[str, Any], case: dict[str, Any]) -> None:
    for code in case["page"].split():
        page = read_page(PAGES / f"{code}-{TABLE[code].slug}.md")
        for heading, is_guilty in (("有错的例子 · Guilty", True), ("改好的例子 · Mended", False)):
            (block,) = page.blocks(heading)
            _, found = run_block(block)
            assert (code in {one.code for one in found}) is is_guilty, (code, heading)


@pytest.mark.parametrize(("file", "case"), _of("printed"))
def test_the_layout_is_the_one_of_the_specification(file: dict[str, Any], case: dict[str, Any]) -> None:
    text, _ = laid_out(Source("case.gj", case["whole"]))
    assert text == case["printed"]
    assert laid_out(Source("case.gj", text))[0] == text


@pytest.mark.parametrize(("file", "case"), _of("translated"))
def test_a_text_comes_back_from_the_other_tongue(file: dict[str, Any], case: dict[str, Any]) -> None:
    text, _ = laid_out(Source("case.gj", case["whole"]))
    assert text is not None
    (there,) = translate((Source("case.gj", text),), (), load.load_registry(), Tongue.EN).texts
    assert there == case["translated"]
    (back,) = translate((Source("case.gj", there),), (), load.load_registry(), Tongue.ZH).texts
    assert back == text


@pytest.mark.parametrize(("file", "case"), _of("named"))
def test_a_rule_bears_the_name_of_the_specification(file: dict[str, Any], case: dict[str, Any]) -> None:
    ruleset, diagnostics = _compiled(file, case)
    assert ruleset is not None, [one.headline(Tongue.EN) for one in diagnostics]
    ids = {one.id for one in (*ruleset.rules, *ruleset.judged)} | {one.code for one in ruleset.frameworks}
    assert set(case["named"]) <= ids, ids
    assert not set(case.get("nameless", ())) & {one.id for one in ruleset.rules}


@pytest.mark.parametrize(("file", "case"), _of("judged"))
def test_the_language_means_what_the_specification_says(file: dict[str, Any], case: dict[str, Any]) -> None:
    judge(file, case)


# Their rules need all records in memory; what carries lines says so, and the command then reads the file whole.
IN_MEMORY = {
    "2-rules: first of its value",
    "2-rules: a key that cannot be computed is not known",
    "2-rules: groups by a term",
    "2-rules: groups by arithmetic in brackets",
    "2-rules: groups by two fields",
    "2-rules: groups by what is computed",
    "2-rules: unique among all subjects",
    "4-open: an unknown value of another is not equal to it",
    "4-open: 唯一 of an unknown value is open",
    "4-open: 首次出现 of an unknown value is open",
    "7-documents: at least so many",
    "9-texts: the members of a group have one value",
    "9-texts: unique over all subjects of a scope",
}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_way_of_judging_finds_what_the_interpreter_finds(path: Path) -> None:
    left: set[str] = set()
    for one in _of("judged"):
        if one.id.startswith(f"{path.stem}: "):
            file, case = one.values
            ruleset, records, submitted = submission(file, case)
            try:
                not_taken = held_equal(ruleset, records, date.fromisoformat(case.get("as_of", DAY)), submitted)
            except AssertionError as fault:
                raise AssertionError(f"{one.id}, {fault}") from fault
            left |= {one.id} if not_taken else set()
    carried = set(ways()) - {"interpreted", "compiled"}
    assert left == {one for one in IN_MEMORY if carried and one.startswith(f"{path.stem}: ")}


def judge(file: dict[str, Any], case: dict[str, Any]) -> None:
    """Compiles the rules of a case, judges its document, and holds the verdict to what is wanted."""
    ruleset, records, submitted = submission(file, case)
    outcome = validate(
        ruleset,
        Submission(records=records, inputs=(), submitted=submitted),
        as_of=date.fromisoformat(case.get("as_of", DAY)),
        calendar=load.load_calendar(),
        show_passed=True,
    )
    _hold(case, outcome.findings)


def submission(file: dict[str, Any], case: dict[str, Any]) -> tuple[Any, tuple[Record, ...], date | None]:
    """The ruleset of a case, its records, and the day on which they were submitted."""
    ruleset, diagnostics = _compiled(file, case)
    assert ruleset is not None, [one.headline(Tongue.EN) for one in diagnostics]
    first = _shape(ruleset.vocabulary, case.get("subject", file["subject"]))
    given = case["given"] if isinstance(case["given"], list) else [case["given"]]
    rows = [(first, one) for one in given]
    rows += [(_shape(ruleset.vocabulary, name), one) for name, more in case.get("with", {}).items() for one in more]
    records = tuple(
        Record(shape=shape.id, value=_ids(value, RecordT(shape.id), ruleset.vocabulary), locator=_Nowhere(), number=at)
        for at, (shape, value) in enumerate(rows)
    )
    return ruleset, records, date.fromisoformat(case["submitted"]) if "submitted" in case else None


def _hold(case: dict[str, Any], findings: tuple[Finding, ...]) -> None:
    """Holds what was found to what the case wants."""
    asked = case.get("asked", "under_test")
    found = [one for one in findings if asked in (one.rule, one.rule.rsplit(".", 1)[-1])]
    wanted = case["want"] if isinstance(case["want"], list) else [case["want"]]
    assert [str(one.verdict) for one in found][: len(wanted)] == wanted, [one.message.en for one in found]
    if "missing" in case:
        assert sorted(found[0].missing) == sorted(case["missing"])
    for words in case.get("said", ()):
        assert any(words in one.message.zh for one in found), [one.message.zh for one in found]
    if "flips" in case:
        assert [one.flips.zh if one.flips is not None else None for one in found][: len(case["flips"])] == case["flips"]
    if "own" in case:
        assert [one.says.zh if one.says is not None else None for one in found] == case["own"]
    if "own_en" in case:
        assert [one.says.en if one.says is not None else None for one in found] == case["own_en"]
    if "lines" in case:
        assert [[one.problem.zh, one.todo.zh if one.todo is not None else None, one.basis.zh] for one in found] == case["lines"]
    if "asks" in case:
        assert [one.required.zh for one in found] == case["asks"]
    if "caused" in case:
        assert [one.cause.split("@")[0] if one.cause is not None else None for one in found] == case["caused"]
    if "cited" in case:
        assert [[each.clause_text.zh for each in one.citations] for one in found] == case["cited"]
    for words in case.get("said_en", ()):
        assert any(words in one.message.en for one in found), [one.message.en for one in found]
    for words in case.get("unsaid", ()):
        assert not any(words in one.message.zh for one in found), [one.message.zh for one in found]
    if "severity" in case:
        assert {one.severity.id for one in found} == {case["severity"]}
    for one in found:
        assert one.message.zh and one.message.en and one.required.zh and one.required.en
