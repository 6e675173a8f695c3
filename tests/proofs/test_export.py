"""What other tools say by an export is what Guiju says, on every rule that is in it; what is not in it is told."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from guiju.author.export.conditions import All, Any_, Breach, Given, Test, breach_of
from guiju.author.export.model import Export, Scope
from guiju.author.export.to_forms import BASE, FORMS, export
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import read_rules, shipped_rules
from guiju.proofs.replay import as_records, judged
from guiju.proofs.written import Documents
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.types import BoolT, CodeT, DateT, IntT, MoneyT, TextT
from guiju.terms.verdict import Verdict
from guiju.validators.plan.from_ruleset import plan
from tests.proofs.conftest import Done

DAY = date(2026, 3, 2)
SIZE = int(os.environ.get("GUIJU_SIZE", "24"))
KINDS = ("project", "dataset", "acceptance", "sharing_request")


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    found = read_rules([shipped_rules()], Cache(None)).ruleset
    assert found is not None
    return found


def scope_of(ruleset: Ruleset, kind: str) -> Scope:
    planned = plan(ruleset, as_of=DAY, shapes=frozenset({kind})).rules
    rules = tuple(one.rule for one in planned if one.active and not one.rule.of_profile)
    return Scope(shape=ruleset.vocabulary.shape(kind), vocabulary=ruleset.vocabulary, rules=rules, as_of=DAY)


def values_near(breaches: list[Breach]) -> dict[str, list[Any]]:
    """For each field the values about which the rules ask, and those beside them."""
    found: dict[str, list[Any]] = {}

    def walk(one: Breach) -> None:
        match one:
            case All(parts=parts) | Any_(parts=parts):
                for part in parts:
                    walk(part)
            case Given(field=field):
                found.setdefault(field, [])
            case Test(field=field, value=value):
                for each in value if isinstance(value, tuple) else (value,):
                    near = [each]
                    if isinstance(each, date):
                        near += [each - timedelta(1), each + timedelta(1)]
                    elif isinstance(each, int | Decimal) and not isinstance(each, bool):
                        near += [each - 1, each + 1]
                    found.setdefault(field, []).extend(near)

    for one in breaches:
        walk(one)
    return found


def documents(scope: Scope, made: Export, size: int) -> Iterator[dict[str, Any]]:
    """Typed values by field; what is not there is not in it."""
    random = Random(size)
    near = values_near([breach_of(one) for one in scope.rules if one.id in made.rules])
    for _ in range(size):
        one: dict[str, Any] = {}
        for field, values in near.items():
            declared = scope.shape.field(field)
            assert declared is not None
            if random.random() < 0.25:
                continue
            match declared.type:
                case BoolT():
                    one[field] = random.random() < 0.5
                case CodeT(codes=codes):
                    one[field] = random.choice(scope.vocabulary.code_list(codes).entries).code
                case DateT():
                    one[field] = random.choice([*values, date(2024, 5, 1)])
                case IntT():
                    one[field] = int(random.choice([*values, 0, 7]))
                case TextT():
                    one[field] = random.choice([*values, "示例"])
                case _:
                    one[field] = Decimal(random.choice([*values, Decimal(5)]))
        yield one


def raw(scope: Scope, document: dict[str, Any]) -> dict[str, Any]:
    """As an applicant writes it."""
    made: dict[str, Any] = {}
    for field, value in document.items():
        declared = scope.shape.field(field)
        assert declared is not None
        match declared.type:
            case CodeT(codes=codes):
                made[field] = next(one.name.zh for one in scope.vocabulary.code_list(codes).entries if one.code == value)
            case MoneyT():
                made[field] = f"{value:f}元"
            case DateT():
                made[field] = value.isoformat()
            case _:
                made[field] = value
    return made


def failing(scope: Scope, ruleset: Ruleset, made: Export, found: list[dict[str, Any]]) -> list[set[str]]:
    rules = [one for one in scope.rules if one.id in made.rules]
    records = as_records(Documents({scope.shape.id: [raw(scope, one) for one in found]}))
    seen = judged(rules, ruleset, records, DAY, load_calendar())
    bad: list[set[str]] = [set() for _ in found]
    for id, verdicts in seen.items():
        for number, path, verdict in verdicts:
            if verdict is Verdict.FAIL and not path and number < len(found):
                bad[number].add(id)
    return bad


@pytest.mark.parametrize("kind", KINDS)
def test_json_schema_agrees(ruleset: Ruleset, kind: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    scope = scope_of(ruleset, kind)
    made = export("jsonschema", scope)
    schema = json.loads(made.text)
    checkers = {id: jsonschema.Draft202012Validator(part) for id, part in schema["$defs"].items()}
    jsonschema.Draft202012Validator.check_schema(schema)
    found = list(documents(scope, made, SIZE))
    for document, bad in zip(found, failing(scope, ruleset, made, found), strict=True):
        plain = {key: _plain(value) for key, value in document.items()}
        assert {id for id, checker in checkers.items() if not checker.is_valid(plain)} == bad


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("kind", KINDS)
def test_sql_agrees(ruleset: Ruleset, kind: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    scope = scope_of(ruleset, kind)
    made = export("sql", scope)
    base = duckdb.connect()
    base.execute(made.text)
    found = list(documents(scope, made, SIZE))
    for at, one in enumerate(found):
        names = ", ".join(f'"{name}"' for name in ("row_number", *one))
        marks = ", ".join("?" for _ in range(len(one) + 1))
        base.execute(f'INSERT INTO "{kind}" ({names}) VALUES ({marks})', [at, *one.values()])
    said: list[set[str]] = [set() for _ in found]
    for rule, at in base.execute(f'SELECT rule, row_number FROM "{kind}_breaches"').fetchall():
        said[at].add(rule)
    assert said == failing(scope, ruleset, made, found)


@pytest.mark.parametrize("kind", KINDS[1:3])
def test_shacl_agrees(ruleset: Ruleset, kind: str) -> None:
    pyshacl, rdflib = pytest.importorskip("pyshacl"), pytest.importorskip("rdflib")
    scope = scope_of(ruleset, kind)
    made = export("shacl", scope)
    found = list(documents(scope, made, max(SIZE // 3, 8)))
    data, g = rdflib.Graph(), rdflib.Namespace(BASE)
    for at, one in enumerate(found):
        node = g[f"row:{at}"]
        data.add((node, rdflib.RDF.type, g[kind]))
        for field, value in one.items():
            data.add((node, g[field], _term(rdflib, value)))
    shapes = rdflib.Graph().parse(data=made.text, format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    said: list[set[str]] = [set() for _ in found]
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        at = int(str(results.value(result, sh.focusNode)).rpartition(":")[2])
        said[at].add(str(results.value(result, sh.sourceShape)).removeprefix(f"{BASE}rule:"))
    assert said == failing(scope, ruleset, made, found)


def _term(rdflib: Any, value: Any) -> Any:
    xsd = rdflib.XSD
    match value:
        case bool() | str():
            return rdflib.Literal(value)
        case date():
            return rdflib.Literal(value.isoformat(), datatype=xsd.date)
        case _:
            return rdflib.Literal(f"{Decimal(value).normalize():f}", datatype=xsd.decimal)


@pytest.mark.parametrize("form", FORMS)
def test_every_rule_is_in_it_or_in_the_list_of_losses(ruleset: Ruleset, form: str) -> None:
    scope = scope_of(ruleset, "dataset")
    made = export(form, scope)
    assert {*made.rules, *(one.rule for one in made.losses)} == {one.id for one in scope.rules}
    assert not set(made.rules) & {one.rule for one in made.losses}
    assert all(id in made.text for id in made.rules)


def test_the_command(guiju: Callable[..., Done], tmp_path: Path) -> None:
    done = guiju(
        "export", "--to", "sql", "dataset", "--as-of", "2026-03-02", "--losses", tmp_path / "lost.json", "-o", tmp_path / "out.sql"
    )
    assert done.exit_code == 0
    assert json.loads((tmp_path / "lost.json").read_text("utf-8"))[0]["why"]
    done = guiju("export", "--to", "sql", "nothing")
    assert (done.exit_code, done.stdout) == (2, "") and len(done.stderr.strip().splitlines()) == 1
