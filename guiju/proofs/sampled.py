"""Rules that the solver is not asked: documents are made up near to the good examples until each verdict was seen, or time is up."""

import time
from datetime import date, timedelta
from random import Random
from typing import Any

from guiju.dsl.ir import tree as ir
from guiju.proofs.encoding.bounds import expressions_of, walk
from guiju.proofs.encoding.samples import samples_of
from guiju.proofs.encoding.strings import sampled
from guiju.proofs.questions import QUESTIONS, Asked, RuleAnswers, Setting, Witness, needed_with
from guiju.proofs.replay import as_records, judged
from guiju.proofs.solver import Answer
from guiju.proofs.written import Documents
from guiju.terms.formats.formats import FORMATS
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.types import BoolT, CodeT, DateT, ListT, PeriodT, RecordT, RefT, TextT, Type
from guiju.terms.verdict import Verdict

__all__ = ["sample_rule"]

_SEED = 20200428


def sample_rule(rule: ir.Rule, setting: Setting, why: str, *, seconds: float = 2.0) -> RuleAnswers:
    """What was seen of a rule in documents that were made up; a verdict that was not seen is unknown, never excluded."""
    maker = _Maker(rule, setting.ruleset.vocabulary, setting.as_of)
    start = time.monotonic()
    seen: dict[Verdict, tuple[Witness, float]] = {}
    wanted = {verdict for _, verdict in QUESTIONS.values() if verdict is not None}
    bases = list(setting.examples.by_shape.get(rule.subject.shape, ())) or [{}]
    shape = setting.ruleset.vocabulary.shape(rule.subject.shape)
    needed = needed_with(rule, setting.ruleset)
    for turn in range(100_000):
        spent = time.monotonic() - start
        if spent > seconds or wanted <= seen.keys():
            break
        record = maker.record(shape, bases[turn % len(bases)], gentle=turn < 2 * len(bases))
        documents = Documents({rule.subject.shape: [record]})
        found = judged(needed, setting.ruleset, as_records(documents), setting.as_of, setting.calendar).get(rule.id, [])
        for number, path, verdict in found:
            if verdict in wanted and number == 0:
                seen.setdefault(verdict, (Witness(documents, number, path, verdict), spent))
    asked = tuple(
        Asked(name, Answer.YES, seen[verdict][1], seen[verdict][0]) if verdict in seen else Asked(name, Answer.UNKNOWN, seconds)
        for name, (_, verdict) in QUESTIONS.items()
        if verdict is not None
    )
    return RuleAnswers(rule.id, rule.version, setting.as_of, asked, why)


class _Maker:
    """Values out of what the rule names: its constants, the parts of its patterns, the codes of its lists, and nothing at all."""

    def __init__(self, rule: ir.Rule, vocabulary: Vocabulary, as_of: date) -> None:
        self.vocabulary, self.as_of = vocabulary, as_of
        self.random = Random(_SEED)
        nodes = [node for expr in expressions_of(rule) for node in walk(expr)]
        self.read = {id for node in nodes for id in _path_of(node)} | set(rule.subject.path)
        self.words = [one for node in nodes for one in _words(node)] or ["示例"]

    def record(self, shape: Shape, base: dict[str, Any], *, gentle: bool) -> dict[str, Any]:
        """A record near to the base; only what the rule reads is changed, and at first nothing."""
        return dict(base) if gentle and base else self._of_shape(shape, base)

    def _of_shape(self, shape: Shape, made: dict[str, Any]) -> dict[str, Any]:
        changed = dict(made)
        for one in shape.fields:
            if one.id in self.read and self.random.random() < 0.7:
                value = self._value(one, one.type)
                changed.pop(one.id, None)
                if value is not None:
                    changed[one.id] = value
        return changed

    def _value(self, field: Field | None, type: Type) -> Any:
        chance = self.random.random()
        if chance < 0.12:
            return None
        if chance < 0.18:
            return {"不适用": "本例不涉及"}
        match type:
            case BoolT():
                return self.random.choice((True, False))
            case CodeT(codes=codes):
                return self.random.choice(self.vocabulary.code_list(codes).entries).name.zh
            case DateT():
                return (self.as_of + timedelta(days=self.random.choice((-800, -366, -31, -10, -1, 0, 1, 30)))).isoformat()
            case PeriodT():
                return self.random.choice(("5个工作日", "30天", "6个月", "3年"))
            case ListT(element=element):
                return [self._value(None, element) for _ in range(self.random.randrange(3))]
            case RecordT(shape=shape):
                return self._of_shape(self.vocabulary.shape(shape), {})
            case TextT() | RefT():
                return "".join(self.random.sample(self.words, k=min(len(self.words), self.random.choice((1, 1, 2)))))
            case _:
                return self.random.choice((0, 1, 2, 10, 1000))


def _path_of(node: ir.Expr) -> tuple[str, ...]:
    """The fields that a node speaks of itself."""
    match node:
        case ir.Read(path=path) | ir.Is(operand=ir.Read(path=path)):
            return path
        case ir.Quant(source=ir.Each(path=path)) | ir.Fold(source=ir.Each(path=path)):
            return path
        case _:
            return ()


def _words(node: ir.Expr) -> list[str]:
    match node:
        case ir.Const(value=str() as text):
            return [text]
        case ir.HasFormat(format=format) if format in FORMATS:
            return list(samples_of(format)[:2])
        case ir.Match(pattern=pattern):
            return [sampled(pattern, turn) for turn in range(8)]
        case ir.Contains(part=ir.Const(value=str() as text)):
            return [text]
        case _:
            return []
