"""The names in an author's own words are held against the rule: what it tells the reader to fill in, to write, and to look at.

写明“共享条件” under a rule that reads 共享范围 sends the reader to the wrong field; 改为“不予共享” where the rule wants
有条件共享 leaves him where he was. Only names that the rules themselves declare are looked at, never mere likeness of words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children, sources_of
from guiju.dsl.model.messages.message_words import Said, Target, targets_in, these_in
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.model.names.tree import CheckedModel, CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import CodeList, Field, Shape
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, ListT, RecordT, Type

__all__ = ["check_names"]

_BOOLEANS = {"是": True, "yes": True, "true": True, "真": True, "否": False, "no": False, "false": False, "假": False}
_SURE = 3
_UNREAD = Both("规则没有读这个字段", "the rule does not read this field")
_OTHER_SHAPE = Both("规则说的不是它", "the rule does not speak of it")
_IN_VAIN = Both("照它去写，规则仍不符合", "whoever writes that still fails the rule")
_NO_SUCH = Both("没有叫这个名称的字段", "no field has this name")


def check_names(
    model: CheckedModel, checked: CheckedRule, parts: Iterable[syn.FreeText], terms: Mapping[str, ir.Term], found: DiagnosticSink
) -> None:
    """Warnings on words that name a field, a code or a subject that is not the rule's."""
    written = [(tuple(targets_in(part)), tuple(these_in(part))) for part in parts]
    if not any(targets or these for targets, these in written):
        return
    names = _names_of(model, checked.rule, terms)
    for targets, these in written:
        for target in targets:
            complaint = names.value(target) if target.value else names.name(target)
            if complaint is not None:
                _say(checked, target, complaint, names.near(target) if complaint is _NO_SUCH else None, found)
        for said in these:
            if names.is_another(said):
                _say(checked, said, _OTHER_SHAPE, None, found)


def _say(checked: CheckedRule, said: Said, what: Both, near: str | None, found: DiagnosticSink) -> None:
    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
    label = Label(checked.decl.keyword_span, Both("这条规则", "this rule"))
    found.report("H018", said.span, written=said.written, what=what, labels=(label,), help=help)


@dataclass(frozen=True, slots=True)
class _Names:
    """What one rule reads and speaks of, by every name."""

    rule: ir.Rule
    model: CheckedModel
    read: frozenset[str]
    fields: frozenset[str]
    shapes: frozenset[str]
    coded: tuple[tuple[ir.Read, CodeList], ...]
    truths: tuple[ir.Read, ...]

    def name(self, target: Target) -> Both | None:
        """What is wrong with a field that the reader is told to fill in."""
        spelled = _folded(target.written)
        # A short word without quotation marks is a word of the language as often as a name: 写明位置.
        if any(one.endswith(spelled) for one in self.read) or (not target.quoted and len(spelled) < _SURE):
            return None
        if spelled in self.fields:
            return _UNREAD
        return _NO_SUCH if target.quoted and self.near(target) is not None else None

    def near(self, target: Target) -> str | None:
        """The field of the rule that was meant by a name that none has."""
        known = self.read | self.fields | self.shapes | {name for _, codes in self.coded for name in _labels(codes)}
        return nearest(target.written, sorted(self.read)) if _folded(target.written) not in known else None

    def value(self, target: Target) -> Both | None:
        """What is wrong with a value that the reader is told to write: it is a code of a field, and still the rule fails."""
        spelled = _folded(target.written)
        outcomes = []
        for read, codes in self.coded:
            code = _labels(codes).get(spelled)
            if code is not None:
                outcomes.append(self._fails(read, code))
        if not outcomes and target.quoted and len(self.truths) == 1 and spelled in _BOOLEANS:
            outcomes.append(self._fails(self.truths[0], _BOOLEANS[spelled]))
        return _IN_VAIN if outcomes and all(outcomes) else None

    def _fails(self, read: ir.Read, value: object) -> bool:
        if self.rule.applies is not None and _truth(self.rule.applies, read, value) is False:
            return False
        if any(_truth(one.when, read, value) is not False for one in self.rule.exceptions):
            return False
        return _truth(self.rule.requirement, read, value) is self.rule.force.forbids

    def is_another(self, said: Said) -> bool:
        """Whether 本… names a shape that is none of the rule's: the longest name of a shape with which the words begin."""
        text = _folded(said.written)
        every = {_folded(name) for shape in _of_their_own(self.model.shapes) for name in (shape.name.zh, shape.name.en)}
        begun = [name for name in every if text.startswith(name) and (not name.isascii() or text[len(name) :][:1] in ("", "_"))]
        # A part of a name is a short way to say it: 本项 for 信息项.
        return bool(begun) and not any(
            own.endswith(max(begun, key=len)) or text.startswith(own) for own in self.shapes | self.fields | self.read
        )


def _of_their_own(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """The shapes that are handed in: no register, and part of no other."""
    held = {inner for shape in shapes for one in shape.fields if (inner := _inner(one.type)) is not None}
    return tuple(one for one in shapes if not one.register and one.id not in held)


@lru_cache(maxsize=65_536)
def _folded(name: str) -> str:
    return fold_name(name).lower().replace(" ", "_")


def _labels(codes: CodeList) -> dict[str, str]:
    return {_folded(name): one.code for one in codes.entries for name in (one.name.zh, one.name.en, one.id, *one.aliases)}


def _names_of(model: CheckedModel, rule: ir.Rule, terms: Mapping[str, ir.Term]) -> _Names:
    shapes = {one.id: one for one in model.shapes}
    lists = {one.id: one for one in model.codes}
    nodes = tuple(_nodes(rule, terms))
    spoken = _spoken(rule, nodes, shapes)
    steps = {step for node in nodes for step in _steps(node)} | {step for key in _keys(rule) for step in key}
    fields = [one for shape in spoken for one in shape.fields]
    keys = [one for one in fields if one.key]
    read = {name for one in fields if one.id in steps for name in _field_names(one)} | {name for one in keys for name in _field_names(one)}
    asked = tuple(dict.fromkeys(node for node in _below(rule.requirement, terms) if isinstance(node, ir.Read)))
    return _Names(
        rule=rule,
        model=model,
        read=frozenset(read),
        fields=frozenset(name for one in fields for name in _field_names(one) if name not in read),
        shapes=frozenset(_folded(name) for shape in spoken for name in (shape.name.zh, shape.name.en, *shape.aliases)),
        coded=tuple((one, lists[one.type.codes]) for one in asked if isinstance(one.type, CodeT)),
        truths=tuple(one for one in asked if isinstance(one.type, BoolT)),
    )


def _field_names(one: Field) -> tuple[str, ...]:
    return tuple(_folded(name) for name in (one.name.zh, one.name.en, *one.aliases))


def _nodes(rule: ir.Rule, terms: Mapping[str, ir.Term]) -> Iterator[ir.Expr]:
    roots = [rule.requirement, *([rule.applies] if rule.applies is not None else [])]
    roots += [part for one in rule.exceptions for part in (one.when, one.instead) if part is not None]
    for root in roots:
        yield from _below(root, terms)


def _below(root: ir.Expr, terms: Mapping[str, ir.Term]) -> Iterator[ir.Expr]:
    waiting, used = [root], set[str]()
    while waiting:
        at = waiting.pop()
        yield at
        waiting += children(at)
        if isinstance(at, ir.TermUse) and at.term in terms and at.term not in used:
            used.add(at.term)
            waiting.append(terms[at.term].body)


def _steps(node: ir.Expr) -> Iterator[str]:
    if isinstance(node, ir.Read):
        yield from node.path
    for source in sources_of(node):
        if isinstance(source, ir.Each):
            yield from source.path
        elif isinstance(source, ir.Corpus):
            yield from (step for path, _ in source.keys for step in path)


def _keys(rule: ir.Rule) -> Iterator[tuple[str, ...]]:
    yield rule.subject.path
    if rule.subject.group is not None:
        for key in rule.subject.group.keys:
            yield from (one.path for one in _below(key, {}) if isinstance(one, ir.Read))


def _spoken(rule: ir.Rule, nodes: tuple[ir.Expr, ...], shapes: Mapping[str, Shape]) -> tuple[Shape, ...]:
    """The shapes of the subject, of what holds it, of what it holds, and of what the rule ranges over."""
    ids = [rule.subject.shape, *([rule.subject.scope] if rule.subject.scope else [])]
    ids += [source.shape for node in nodes for source in sources_of(node) if not isinstance(source, ir.Each)]
    seen: dict[str, None] = {}
    while ids:
        id = ids.pop()
        if id not in seen and id in shapes:
            seen[id] = None
            ids += [inner for one in shapes[id].fields if (inner := _inner(one.type)) is not None]
    return tuple(shapes[id] for id in seen)


def _inner(type: Type) -> str | None:
    match type:
        case RecordT(shape=shape):
            return shape
        case ListT(element=element):
            return _inner(element)
        case _:
            return None


def _truth(expr: ir.Expr, read: ir.Read, value: object) -> bool | None:
    """The truth of a condition where that field has that value; None where it depends on more."""
    match expr:
        case ir.Compare(op="=" | "≠" as op, left=left, right=ir.Const(value=other)) if left == read:
            return (value == other) is (op == "=")
        case ir.In(operand=operand, options=options) if operand == read:
            return value in {one.value for one in options}
        case ir.Truthy(operand=operand) if operand == read and isinstance(value, bool):
            return value
        case ir.Not(arg=arg):
            inner = _truth(arg, read, value)
            return None if inner is None else not inner
        case ir.And(args=args):
            truths = [_truth(one, read, value) for one in args]
            return False if False in truths else True if all(truths) else None
        case ir.Or(args=args):
            truths = [_truth(one, read, value) for one in args]
            return True if True in truths else False if all(one is False for one in truths) else None
        case ir.Quant(kind=ir.QuantKind.EVERY | ir.QuantKind.NO as kind):
            # One element with that value is enough to fail it.
            inner = _truth(expr.body, read, value)
            return False if inner is (kind is ir.QuantKind.NO) else None
        case _:
            return None
