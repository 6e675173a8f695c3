"""Runs the cases that stand beside a rule (docs/cases.md) on any engine; what is wrong with a case is said, not raised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.catalog.records.model import Record
from guiju.catalog.records.place import Place
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Kind, Node
from guiju.diagnostics.source import Source
from guiju.dsl.ir.tree import Parameter, Rule
from guiju.dsl.ir.tree_profile import Profile
from guiju.terms.fact import Path
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.time.calendar import Calendar
from guiju.terms.time.dates import parse_iso
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, Type
from guiju.terms.verdict import Verdict
from guiju.validators.engines.engine import Engine, Observation
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.engines.interpreter.runner import Runner
from guiju.validators.explain.judge import Judge
from guiju.validators.findings.model import Finding
from guiju.validators.plan.from_ruleset import Rules, plan
from guiju.validators.plan.tree import Plan

__all__ = ["Case", "CaseFile", "CaseResult", "Prepared", "UnderTest", "asked_of", "prepare", "read_cases", "run_cases", "under_test"]

# The day of a case that states none, for a rule that has no first day either.
_DAY = date(2026, 1, 1)
# How many of the subjects that a case has are named.
_SHOWN = 5
_WORDS = ("given", "want", "as_of", "submitted", "with", "in", "subject")
_WANTS = tuple(one.value for one in Verdict if one is not Verdict.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as written; `problem` says why it cannot be run."""

    name: str
    line: int
    given: Any = None
    want: Verdict | None = None
    as_of: date | None = None
    submitted: date | None = None
    others: Mapping[str, list[Any]] = field(default_factory=dict)
    owner: Mapping[str, Any] = field(default_factory=dict)
    subject: str | int | None = None
    problem: Both | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The cases of one rule, by its id, its last part or its Chinese name."""

    file: str
    rule: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """How one case came out; `finding` tells why, where a verdict was reached."""

    file: str
    rule: str
    case: Case
    got: Verdict | None = None
    finding: Finding | None = None
    problem: Both | None = None

    @property
    def ok(self) -> bool:
        """Whether the verdict is the one that was wanted."""
        return self.problem is None and self.got is not None and self.got is self.case.want


# ---- reading -----------------------------------------------------------------------------------------------------------------


def read_cases(source: Source) -> tuple[CaseFile | None, tuple[Diagnostic, ...]]:
    """The cases of a file; None when it is no YAML, or names no rule."""
    root, diagnostics = read_yaml(source)
    if root is None or root.kind is not Kind.MAP:
        return None, diagnostics
    rule, cases = root.get("rule"), root.get("cases")
    if rule is None or cases is None or not isinstance(rule.value, str):
        return None, diagnostics
    day = _day(root.get("as_of"))
    found = tuple(_case(entry.key.value, entry.value, source, day) for item in cases.items for entry in item.entries)
    return CaseFile(file=source.name, rule=rule.value, cases=found), diagnostics


def _case(name: Any, node: Node, source: Source, day: date | None) -> Case:
    line = source.line_column(node.span.start)[0]
    if node.kind is not Kind.MAP:
        return Case(name=str(name), line=line, problem=Both("用例要写 given 和 want", "a case has given and want"))
    foreign = [str(entry.key.value) for entry in node.entries if entry.key.value not in _WORDS]
    if foreign:
        return Case(name=str(name), line=line, problem=Both(f"用例里没有“{foreign[0]}”这一项", f"a case has no part `{foreign[0]}`"))
    want = node.get("want")
    if want is None or want.value not in _WANTS:
        words = "、".join(_WANTS)
        return Case(name=str(name), line=line, problem=Both(f"want 应是其中之一：{words}", f"want is one of {', '.join(_WANTS)}"))
    for word in ("as_of", "submitted"):
        if node.get(word) is not None and _day(node.get(word)) is None:
            return Case(
                name=str(name), line=line, problem=Both(f"{word} 应是 2025-08-01 这样的日期", f"{word} is a date such as 2025-08-01")
            )
    others, owner, subject = (_plain(node.get(word)) for word in ("with", "in", "subject"))
    return Case(
        name=str(name),
        line=line,
        given=_plain(node.get("given")),
        want=Verdict(str(want.value)),
        as_of=_day(node.get("as_of")) or day,
        submitted=_day(node.get("submitted")),
        others=others if isinstance(others, dict) else {},
        owner=owner if isinstance(owner, dict) else {},
        subject=subject,
    )


def _plain(node: Node | None) -> Any:
    return None if node is None else node.plain()


def _day(node: Node | None) -> date | None:
    return parse_iso(str(node.value)) if node is not None else None


# ---- running -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderTest:
    """The versions of the rule under test, and `rules`: these and those to which it yields."""

    versions: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    parameters: tuple[Parameter, ...]
    vocabulary: Vocabulary
    digest: str
    profiles: tuple[Profile, ...] = ()
    """None: a case asks what its rule says, whatever the document is handed in for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A case that can be run: its day, its records, and the path or the record of the subject that is asked about."""

    case: Case
    as_of: date
    records: tuple[Record, ...]
    wanted: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _InCase:
    """Values of a case stand in its file, on its line."""

    file: str
    line: int

    def place(self, path: Path) -> Place:
        return Place(file=self.file, line=self.line, pointer="".join(f"/{step}" for step in path))


class _Misfit(Exception):
    """What a case says does not fit the rule; caught in this module, so that one case does not stop the others."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


def run_cases(file: CaseFile, ruleset: Rules, calendar: Calendar, *, engine: Engine | None = None) -> tuple[CaseResult, ...]:
    """Every case of a file, in the order written."""
    part = under_test(file, ruleset)
    if isinstance(part, Both):
        return tuple(CaseResult(file=file.file, rule=file.rule, case=one, problem=part) for one in file.cases)
    return tuple(_run_case(one, file, part, calendar, engine) for one in file.cases)


def under_test(file: CaseFile, ruleset: Rules) -> UnderTest | Both:
    """The rule that the cases of a file speak of; where several have its name, the one that stands beside the file."""
    name, rules = file.rule, ruleset.rules
    named = [one for one in rules if name in (one.id, one.id.rsplit(".", 1)[-1], one.name.zh, one.name.en)]
    ids = dict.fromkeys(one.id for one in named)
    if len(ids) > 1:
        stem = file.file.removesuffix(".cases.yaml") + ".gj"
        beside = dict.fromkeys(one.id for one in named if f"/{one.source[0]}".endswith(f"/{stem}") or stem.endswith(f"/{one.source[0]}"))
        ids = beside or ids
    if not ids:
        return Both(f"没有叫“{name}”的规则", f"there is no rule `{name}`")
    if len(ids) > 1:
        return Both(f"叫“{name}”的规则不止一条：{'、'.join(ids)}", f"more than one rule is called `{name}`: {', '.join(ids)}")
    versions = tuple(one for one in rules if one.id in ids)
    return UnderTest(
        versions=versions,
        rules=_with_overriding(versions, rules),
        parameters=ruleset.parameters,
        vocabulary=ruleset.vocabulary,
        digest=ruleset.digest,
    )


def _with_overriding(versions: tuple[Rule, ...], rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    wanted = {one.id for one in versions}
    grown = True
    while grown:
        more = {other for one in rules if one.id in wanted for other in one.yields_to} - wanted
        grown = bool(more)
        wanted |= more
    return tuple(one for one in rules if one.id in wanted)


def prepare(case: Case, part: UnderTest, file: str) -> Prepared | Both:
    """The case as records of its day; or why it cannot be run."""
    if case.problem is not None:
        return case.problem
    try:
        records, wanted = _records(case, part.versions[0], part.vocabulary, file)
    except _Misfit as misfit:
        return misfit.words
    day = case.as_of or max((one.start for one in part.versions if one.start is not None), default=_DAY)
    return Prepared(case=case, as_of=day, records=records, wanted=wanted)


def asked_of(prepared: Prepared, made: Plan, observations: Iterable[Observation], rule: str) -> Observation | None:
    """The observation of the rule on the subject that the case asks about; None when there is no such subject."""
    position, wanted = made.position(rule), prepared.wanted
    return next((one for one in observations if one.rule == position and wanted in (one.subject.path, (one.subject.record,))), None)


def _run_case(case: Case, file: CaseFile, part: UnderTest, calendar: Calendar, engine: Engine | None) -> CaseResult:
    ready = prepare(case, part, file.file)
    if isinstance(ready, Both):
        return CaseResult(file=file.file, rule=file.rule, case=case, problem=ready)
    made = plan(part, as_of=ready.as_of, submitted=case.submitted, drafts=True)
    runner = Runner(RecordStore(made, ready.records, calendar))
    position = made.position(part.versions[0].id) or 0
    found = list(engine.run(made, ready.records, calendar) if engine is not None else runner.of_rule(position))
    observation = asked_of(ready, made, found, part.versions[0].id)
    if observation is None:
        words = _no_such_subject(case, [one.subject.path for one in found if one.rule == position])
        return CaseResult(file=file.file, rule=file.rule, case=case, problem=words)
    finding = Judge(runner).finding(observation)
    return CaseResult(file=file.file, rule=file.rule, case=case, got=observation.verdict, finding=finding)


def _no_such_subject(case: Case, paths: Sequence[tuple[str | int, ...]]) -> Both:
    """Which subjects the case has instead, where it points at none of them."""
    if case.subject is None or not paths:
        return Both("这个用例里没有这条规则的对象", "this case holds no subject of the rule")
    there = ["/" + "/".join(map(str, path)) for path in paths[:_SHOWN]]
    more = " …" if len(paths) > _SHOWN else ""
    asked = case.subject
    return Both(
        f"这个用例里没有“{asked}”这个对象；有的是 {'、'.join(there)}{more}",
        f"this case holds no subject {asked}; it has {', '.join(there)}{more}",
    )


def _records(case: Case, rule: Rule, vocabulary: Vocabulary, file: str) -> tuple[tuple[Record, ...], tuple[str | int, ...]]:
    """The records of a case; and the path, or the record, of the subject that is asked about."""
    spec = rule.subject
    shape = vocabulary.shape(spec.shape)
    given = case.given if isinstance(case.given, list) else [case.given if case.given is not None else {}]
    wanted: tuple[str | int, ...] = (0,)
    values: list[dict[str, Any]]
    if spec.path and case.subject is None:
        wanted, owner = (), _named(case.owner, shape, vocabulary)
        wanted = _placed(owner, shape, spec.path, given[0], vocabulary)
        values = [owner]
    else:
        values = [_named(one, shape, vocabulary) for one in given]
        if isinstance(case.subject, str):
            wanted = _pointed(case.subject, shape, vocabulary)
        elif isinstance(case.subject, int):
            wanted = (case.subject,)
    made = [(spec.shape, value) for value in values]
    for name, others in case.others.items():
        other = _shape_named(name, vocabulary)
        made.extend((other.id, _named(one, other, vocabulary)) for one in (others if isinstance(others, list) else [others]))
    at = _InCase(file, case.line)
    return tuple(Record(shape=id, value=value, locator=at, number=n) for n, (id, value) in enumerate(made)), wanted


def _placed(owner: dict[str, Any], shape: Shape, path: tuple[str, ...], given: Any, vocabulary: Vocabulary) -> tuple[str | int, ...]:
    """Puts the given element into the lists of its owner; returns its path."""
    here: dict[str, Any] = owner
    steps: list[str | int] = []
    for at, id in enumerate(path):
        type: Type | None = next((one.type for one in shape.fields if one.id == id), None)
        steps.append(id)
        element = type.element if isinstance(type, ListT) else type
        inner: Any = {} if isinstance(element, RecordT) else given
        if isinstance(element, RecordT):
            shape = vocabulary.shape(element.shape)
            if at == len(path) - 1:
                inner = _named(given, shape, vocabulary)
        if isinstance(type, ListT):
            steps.append(0)
            here[id] = [inner]
        else:
            here[id] = inner
        here = inner if isinstance(inner, dict) else {}
    return tuple(steps)


def _pointed(pointer: str, shape: Shape, vocabulary: Vocabulary) -> tuple[str | int, ...]:
    """The path of a pointer, /行/0, by the ids of its fields, whichever of their names it uses."""
    steps: list[str | int] = []
    for step in pointer.strip("/").split("/"):
        if step.isdigit():
            steps.append(int(step))
            continue
        known = next((one for one in shape.fields if step in (one.id, one.name.zh, one.name.en, *one.aliases)), None)
        if known is None:
            raise _Misfit(Both(f"{shape.name.zh}没有“{step}”这个字段", f"a {shape.name.en} has no field `{step}`"))
        steps.append(known.id)
        element = known.type.element if isinstance(known.type, ListT) else known.type
        if isinstance(element, RecordT):
            shape = vocabulary.shape(element.shape)
    return tuple(steps)


def _named(value: Any, shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    """The values under the ids of their fields, whichever of their names the case uses."""
    if not isinstance(value, dict):
        raise _Misfit(Both(f"{shape.name.zh}要写成一组字段", f"a {shape.name.en} is a group of fields"))
    names = {name: one for one in shape.fields for name in (one.id, one.name.zh, one.name.en, *one.aliases)}
    found: dict[str, Any] = {}
    for name, raw in value.items():
        known = names.get(name)
        if known is None:
            raise _Misfit(Both(f"{shape.name.zh}没有“{name}”这个字段", f"a {shape.name.en} has no field `{name}`"))
        found[known.id] = _inside(raw, known.type, vocabulary)
    return found


def _inside(raw: Any, type: Type, vocabulary: Vocabulary) -> Any:
    if isinstance(type, ListT) and isinstance(raw, list):
        return [_inside(one, type.element, vocabulary) for one in raw]
    # A declaration such as {不适用: …} stands in place of the record and has no fields.
    if (
        isinstance(type, RecordT)
        and isinstance(raw, dict)
        and not (len(raw) == 1 and set(raw) <= {"不适用", "not_applicable", "待定", "pending"})
    ):
        return _named(raw, vocabulary.shape(type.shape), vocabulary)
    return raw


def _shape_named(name: str, vocabulary: Vocabulary) -> Shape:
    for shape in vocabulary.shapes:
        if name in (shape.id, shape.name.zh, shape.name.en, *shape.aliases):
            return shape
    raise _Misfit(Both(f"没有叫“{name}”的对象", f"there is no shape `{name}`"))
