"""Rules and judged provisions: their parts put together, their subjects, days, citations, severity and ids."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import type_of
from guiju.dsl.model.checks.check_acts import ALWAYS, act_of, first_days
from guiju.dsl.model.checks.check_citations import Citations, Cited
from guiju.dsl.model.checks.check_definitions import check_interval, cites_of
from guiju.dsl.model.checks.collect import unknown_word, words_known
from guiju.dsl.model.expressions.check_types import Checker
from guiju.dsl.model.messages.placeholders import sentence_fills
from guiju.dsl.model.names.context import Binding, DiagnosticSink, Scope, fold_name
from guiju.dsl.model.names.declared import Collected, parts_of, said, word_of
from guiju.dsl.model.names.resolve_names import find_field, read_field_path
from guiju.dsl.model.names.resolve_sources import find_collection
from guiju.dsl.model.names.tree import CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tokens import WORDS, kinds_by_word
from guiju.terms.modality import Force
from guiju.terms.shape import Shape
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, ListT, RecordT, TruthT

__all__ = ["Rules", "line_of"]

_FORCES = {one.value: one for one in Force}
_RULE = Both("规则", "rule")


def line_of(lines: dict[str, tuple[int, ...]], span: Span) -> tuple[str, int]:
    """The file and the line, counted from 1, at which a span starts."""
    starts = lines.get(span.file, (0,))
    return span.file, bisect_right(starts, span.start)


@dataclass(frozen=True, slots=True)
class Rules:
    """The maker of rules."""

    made: Collected
    checker: Checker
    citations: Citations
    found: DiagnosticSink
    lines: dict[str, tuple[int, ...]]
    texts: dict[str, str]

    def rule(self, id: str, name: Both, decl: syn.Decl) -> CheckedRule | None:
        """The rule of a declaration; None when any part has a fault."""
        faults, interval = len(self.found.all), self._interval(decl)
        subject = self._subject(decl)
        force, requirement = self._requirement(decl)
        if subject is None:
            return None
        cited = self.citations.cite_all(cites_of(decl), interval)
        days = first_days(cited, interval)
        spec, scope = subject[0], replace(subject[1], days=(days.in_force, days.published))
        applies = self._applies(decl, scope)
        act, exceptions = act_of(self.checker, decl, scope, days, interval.end, self._exceptions(decl, scope, interval))
        expr = self.checker.proposition(requirement.expr, scope) if requirement is not None else None
        self._sizes(decl, applies, exceptions, expr, requirement)
        status = self._status(decl, name)
        severity = self.citations.severity(cited, force, self._word(decl, "severity"), self._severity_span(decl))
        if expr is None or applies is _FAULTY or None in exceptions or any(one.level == "error" for one in self.found.all[faults:]):
            return None
        rule = ir.Rule(
            id=rule_id(cited, id),
            name=name,
            version=(word_of(decl, "version") or ("1",))[0],
            subject=spec,
            applies=None if isinstance(applies, _Faulty) else applies,
            exceptions=tuple(one for one in exceptions if one is not None),
            yields_to=(),
            force=force,
            requirement=expr,
            citations=tuple(one.citation for one in cited),
            severity=severity.id,
            fix=said(decl, "fix"),
            says=said(decl, "says"),
            why=said(decl, "why"),
            doc="\n".join(decl.docs),
            start=days.in_force if act is not None and act.days else interval.start,
            end=interval.end,
            act=act,
            submitted=self._submitted(decl),
            status=status,
            empty_passes=word_of(decl, "empty_passes") is not None,
            dimension=self._word(decl, "dimension"),
            derives=_derives(decl),
            implicit=False,
            source=line_of(self.lines, decl.span),
            text=self._text(decl),
            because=said(decl, "because"),
            stages=words_known(decl, "stages", self.found),
            fills=sentence_fills(decl, self.checker, scope),
        )
        return CheckedRule(rule=rule, decl=decl, span=decl.span)

    def _sizes(
        self,
        decl: syn.Decl,
        applies: "ir.Expr | _Faulty | None",
        exceptions: tuple[ir.Exception_ | None, ...],
        expr: ir.Expr | None,
        requirement: syn.Requirement | None,
    ) -> None:
        if expr is not None and requirement is not None:
            self.checker.is_too_large(expr, requirement.expr.span)
        for made in (applies, *(one.when for one in exceptions if one is not None)):
            if made is not None and not isinstance(made, _Faulty):
                self.checker.is_too_large(made, decl.keyword_span)

    # ---- parts ----

    def _status(self, decl: syn.Decl, name: Both) -> str:
        """The status of a rule; a rule in force that cites nothing is complained of."""
        status = self._word(decl, "status")
        # A status that could not be read has been complained of; it may well have been draft.
        unread = status is None and word_of(decl, "status") is not None
        if not cites_of(decl) and status != "draft" and not unread:
            self.found.report("C007", decl.keyword_span, name=name, help=_DRAFT_HELP)
        return status or "active"

    def _text(self, decl: syn.Decl) -> str:
        return self.texts.get(decl.span.file, "")[decl.span.start : decl.span.end].strip()

    def _word(self, decl: syn.Decl, kind: str) -> str | None:
        known = kinds_by_word(WORDS[kind])
        for part in parts_of(decl, kind):
            if not part.words:
                continue
            if part.words[0] in known:
                return known[part.words[0]][0]
            unknown_word(self.found, kind, part.words[0], part.word_spans[0], tuple(known))
        return None

    def _severity_span(self, decl: syn.Decl) -> Span:
        return next((part.span for part in parts_of(decl, "severity")), decl.keyword_span)

    def _interval(self, decl: syn.Decl) -> Interval:
        start: syn.DateLiteral | None = None
        end: syn.DateLiteral | None = None
        span = decl.keyword_span
        for part in decl.parts:
            if isinstance(part, syn.IntervalPart) and part.kind == "force":
                start, end, span = start or part.start, end or part.end, part.span
        return check_interval(self.found, start, end, span)

    def _submitted(self, decl: syn.Decl) -> tuple[date | None, date | None]:
        for part in decl.parts:
            if isinstance(part, syn.IntervalPart) and part.kind == "submitted":
                days = check_interval(self.found, part.start, part.end, part.span)
                return days.start, days.end
        return None, None

    def _requirement(self, decl: syn.Decl) -> tuple[Force, syn.Requirement | None]:
        parts = [part for part in decl.parts if isinstance(part, syn.Requirement) and part.kind in _FORCES]
        if not parts:
            self.found.report("T019", decl.keyword_span, kind=_RULE, part=Both("应当", "shall"), help=_FORCES_HELP)
            return Force.SHALL, None
        for other in parts[1:]:
            label = Label(parts[0].span, Both("先在这里", "first here"))
            help = Both("用“且”连成一条，或分成两条规则", "join them with `and`, or make two rules")
            self.found.report("T020", other.span, part=_FORCES[other.kind].words, labels=(label,), help=help)
        return _FORCES[parts[0].kind], parts[0]

    def _applies(self, decl: syn.Decl, scope: Scope) -> "ir.Expr | _Faulty | None":
        parts = [part for part in decl.parts if isinstance(part, syn.Requirement) and part.kind == "applies"]
        made = [self.checker.proposition(part.expr, scope) for part in parts]
        args = tuple(one for one in made if one is not None)
        if len(args) != len(made):
            return _FAULTY
        return ir.And(args) if len(args) > 1 else args[0] if args else None

    def _exceptions(self, decl: syn.Decl, scope: Scope, interval: Interval) -> tuple[ir.Exception_ | None, ...]:
        excepted = (part for part in decl.parts if isinstance(part, syn.Except) and part.kind in ("except", "transition"))
        return tuple(self._exception(part, scope, interval) for part in excepted)

    def _exception(self, part: syn.Except, scope: Scope, interval: Interval) -> ir.Exception_ | None:
        when = self.checker.proposition(part.when, scope) if part.when is not None else ALWAYS
        instead = self.checker.proposition(part.instead, scope) if part.instead is not None else None
        cited = self.citations.cite_all((part.cite,), interval) if part.cite is not None else ()
        if when is None or (part.instead is not None and instead is None):
            return None
        label = part.label.text if part.label is not None else ""
        citations = tuple(one.citation for one in cited)
        return ir.Exception_(
            label=Both(label, label), when=when, instead=instead, citations=citations, transition=part.kind == "transition"
        )

    # ---- subjects ----

    def _subject(self, decl: syn.Decl) -> tuple[ir.SubjectSpec, Scope] | None:
        part = next((part for part in decl.parts if isinstance(part, syn.SubjectPart)), None)
        if part is None:
            self.found.report("T019", decl.keyword_span, kind=_RULE, part=Both("对象", "subject"))
            return None
        if not part.shape.names[0].text:
            return None
        scope_shape = self._shape(part.scope) if part.scope is not None else None
        if part.scope is not None and scope_shape is None:
            return None
        within = scope_shape.id if scope_shape is not None else None
        if part.owner is not None:
            return self._nested(decl, part, part.owner, within)
        shape = self._shape(part.shape.names[0])
        if shape is None:
            return None
        record = Binding(var=0, type=RecordT(shape.id), shape=shape)
        if part.group:
            return self._grouped(decl, part, shape, record, within)
        return ir.SubjectSpec(shape=shape.id, scope=within), Scope(bindings=(record,), next_var=1, tongue=decl.tongue)

    def _shape(self, name: syn.Name) -> Shape | None:
        if not name.text:
            return None
        shape = self.made.names.shapes.get(fold_name(name.text))
        if shape is None:
            near = self.checker.nearest(name.text, self.made.names.shapes)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            self.found.report("N006", name.span, name=name.text, help=help)
        return shape

    def _nested(self, decl: syn.Decl, part: syn.SubjectPart, owner: syn.Name, within: str | None) -> tuple[ir.SubjectSpec, Scope] | None:
        shape = self._shape(owner)
        if shape is None:
            return None
        record = Binding(var=1, type=RecordT(shape.id), shape=shape)
        outside = Scope(bindings=(record,), next_var=2, tongue=decl.tongue)
        over = find_collection(self.checker, part.shape, outside, quiet=True)
        if over is None or over.rest or not isinstance(over.source, ir.Each):
            lists = [name for one in shape.fields if isinstance(one.type, ListT) for name in (one.name.zh, one.name.en)]
            text = ".".join(name.text for name in part.shape.names)
            near = self.checker.nearest(text, lists)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            self.found.report("T028", part.shape.span, shape=shape.name, name=text, help=help)
            return None
        element = Binding(var=0, type=over.element, shape=over.shape, source=over.source if within is None else None)
        spec = ir.SubjectSpec(shape=shape.id, path=over.source.path, element=over.element, scope=within)
        return spec, Scope(bindings=(element, record), next_var=2, tongue=decl.tongue)

    def _grouped(
        self, decl: syn.Decl, part: syn.SubjectPart, shape: Shape, record: Binding, within: str | None
    ) -> tuple[ir.SubjectSpec, Scope] | None:
        keys: list[ir.Expr] = []
        for written in part.group:
            key = self._key(decl, written, shape, record)
            if key is None:
                return None
            keys.append(key)
        group = Binding(var=0, type=RecordT(shape.id), shape=shape, keys=tuple(one.path for one in keys if isinstance(one, ir.Read)))
        spec = ir.SubjectSpec(shape=shape.id, group=ir.Group(tuple(keys)), scope=within)
        return spec, Scope(bindings=(group,), next_var=1, members=shape, tongue=decl.tongue)

    def _key(self, decl: syn.Decl, written: syn.Expr, shape: Shape, record: Binding) -> ir.Expr | None:
        """A key of a group: a field, what is computed of the fields, or a term, whose truth is then a yes or a no."""
        if isinstance(written, syn.Hole):
            return None
        scope = Scope(bindings=(record,), next_var=1, tongue=decl.tongue)
        if isinstance(written, syn.Path):
            if any(not name.text for name in written.names):
                return None
            first = written.names[0].text
            is_term = len(written.names) == 1 and find_field(shape, first) is None and fold_name(first) in self.made.names.terms
            if not is_term:
                read = read_field_path(self.checker, record, written.names, written.span)
                if read is not None and isinstance(read.type, ListT | RecordT):
                    self.found.report("T003", written.span, name=".".join(name.text for name in written.names))
                    return None
                return read
        key = self.checker.operand(written, scope)
        if key is None or self.checker.is_too_large(key, written.span):
            return None
        if isinstance(type_of(key), TruthT):
            return ir.If(key, ir.Const(True, BoolT()), ir.Const(False, BoolT()), BoolT())
        return key

    # ---- provisions that people judge ----

    def judged(self, id: str, name: Both, decl: syn.Decl) -> ir.Judged | None:
        """人工: a provision with why no machine can judge it and who does."""
        part = next((part for part in decl.parts if isinstance(part, syn.SubjectPart)), None)
        shape = self._shape(part.shape.names[-1]) if part is not None else None
        because, by = said(decl, "because"), said(decl, "by")
        for text, kind in ((because, Both("因为", "because")), (by, Both("由", "by"))):
            if text is None:
                self.found.report("T019", decl.keyword_span, kind=Both("人工判断", "judged provision"), part=kind)
        cited = self.citations.cite_all(cites_of(decl), self._interval(decl))
        if because is None or by is None or (part is not None and shape is None):
            return None
        return ir.Judged(
            id=rule_id(cited, id),
            name=name,
            shape=shape.id if shape is not None else None,
            citations=tuple(one.citation for one in cited),
            why=because,
            who=by,
            derives=_derives(decl),
            source=line_of(self.lines, decl.span),
        )


class _Faulty:
    """A part that has been complained of."""


_FAULTY = _Faulty()
_FORCES_HELP = Both("写上 应当、不得、宜、不宜 或 可 中的一个", "write one of: shall, shall_not, should, should_not, may")
_DRAFT_HELP = Both("写上 依据，或写 状态 草案", "write `cites`, or `status draft`")


def rule_id(cited: tuple[Cited, ...], name: str) -> str:
    """`<instrument>.<clause>.<name>`, after the first citation; `draft.<name>` without one."""
    if not cited:
        return f"draft.{name}"
    first = cited[0].citation
    return ".".join(part for part in (first.instrument, first.clause, name) if part)


def _derives(decl: syn.Decl) -> tuple[tuple[str, str], ...]:
    return tuple((part.words[0], part.words[1] if len(part.words) > 1 else "") for part in parts_of(decl, "derives") if part.words)
