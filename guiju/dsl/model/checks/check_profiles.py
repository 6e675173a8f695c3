"""场景: names resolved, the gate made whole, and what in a profile can mean nothing or not be told apart."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children
from guiju.dsl.model.checks.check_rules import line_of
from guiju.dsl.model.checks.collect import words_known
from guiju.dsl.model.names.context import DiagnosticSink, Reference, fold_name
from guiju.dsl.model.names.declared import Collected, name_span
from guiju.dsl.model.names.resolve_names import find_field
from guiju.dsl.model.names.tree import CheckedRule
from guiju.dsl.syntax import tree as syn
from guiju.standards.registry import Registry
from guiju.terms.places import ANYWHERE
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["Profiles"]

_PROFILE = Both("场景", "profile")


class Profiles:
    """The maker of profiles."""

    def __init__(
        self,
        made: Collected,
        rules: tuple[CheckedRule, ...],
        terms: tuple[ir.Term, ...],
        registry: Registry,
        found: DiagnosticSink,
        lines: dict[str, tuple[int, ...]],
    ) -> None:
        self.made = made
        self.rules = rules
        self.terms = terms
        self.registry = registry
        self.found = found
        self.lines = lines

    def all(self) -> tuple[ir.Profile, ...]:
        """Every profile without a fault, in order of declaration."""
        used = frozenset(self._decisive())
        made = [(self._profile(id, name, decl, used), decl) for id, name, decl in self.made.waiting.get("profile", [])]
        whole = [(one, decl) for one, decl in made if one is not None]
        self._alike(whole)
        return tuple(one for one, _ in whole)

    def _profile(self, id: str, name: Both, decl: syn.Decl, used: frozenset[tuple[str, str]]) -> ir.Profile | None:
        faults = len(self.found.all)
        taken, left = self._members(decl, "takes_in"), self._members(decl, "leaves_out")
        places = words_known(decl, "place", self.found)
        kinds = tuple(shape.id for part in _names(decl, "kinds") for one in part.names if (shape := self._shape(one)) is not None)
        if not any(_names(decl, "kinds")):
            self.found.report("T019", decl.keyword_span, kind=_PROFILE, part=Both("对象", "kinds"))
        profile = ir.Profile(
            id=id,
            name=name,
            place=places[0] if places else ANYWHERE,
            stages=words_known(decl, "stages", self.found),
            shapes=kinds,
            instruments=taken[0],
            rules=taken[1],
            no_instruments=left[0],
            no_rules=left[1],
            screening=self._fields(decl, "screening", used),
            expects=self._fields(decl, "expects", None),
            gate=self._gate(decl, name),
            doc="\n".join(decl.docs),
            source=line_of(self.lines, decl.span),
        )
        return profile if not any(one.level == "error" for one in self.found.all[faults:]) else None

    # ---- names ----

    def _members(self, decl: syn.Decl, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The instruments and the rules that a part names, by id."""
        instruments: list[str] = []
        rules: list[str] = []
        for part in _names(decl, kind):
            for one in part.names:
                named = self._called.get(fold_name(one.text), [])
                editions = self.registry.candidates(one.text)
                if named:
                    rules += [rule.rule.id for rule in named]
                    self._meant(one, named[0].rule.name, ("rule", named[0].rule.id))
                elif editions:
                    family = {edition.instrument for edition in editions}
                    instruments += [edition.id for edition in self.registry.editions if edition.instrument in family]
                    self.made.names.meant[one.span] = editions[-1].title
                else:
                    self._unknown(one)
        return tuple(dict.fromkeys(instruments)), tuple(dict.fromkeys(rules))

    @cached_property
    def _called(self) -> dict[str, list[CheckedRule]]:
        """The rules by each name that they bear."""
        found: dict[str, list[CheckedRule]] = {}
        for one in self.rules:
            rule = one.rule
            for name in {rule.id, rule.id.rpartition(".")[2], fold_name(rule.name.zh), fold_name(rule.name.en)}:
                found.setdefault(name, []).append(one)
        return found

    def _meant(self, one: syn.Name, both: Both, to: Reference) -> None:
        self.made.names.meant[one.span], self.made.names.refers[one.span] = both, to

    def _unknown(self, one: syn.Name) -> None:
        names = [spelled for rule in self.rules for spelled in (rule.rule.name.zh, rule.rule.name.en)]
        near = nearest(one.text, names) or next(iter(self.registry.near(one.text)), None)
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
        self.found.report("N035", one.span, name=one.text, help=help)

    def _shape(self, one: syn.Name) -> Shape | None:
        shape = self.made.names.shapes.get(fold_name(one.text)) if one.text else None
        if shape is None and one.text:
            near = nearest(one.text, self.made.names.shapes)
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            self.found.report("N006", one.span, name=one.text, help=help)
        elif shape is not None:
            self._meant(one, shape.name, ("shape", shape.id))
        return shape

    def _fields(self, decl: syn.Decl, kind: str, used: frozenset[tuple[str, str]] | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The fields of a part by shape; with `used`, those that decide about no rule are told."""
        by_shape: dict[str, list[str]] = {}
        for part in decl.parts:
            if not isinstance(part, syn.FieldsPart) or part.kind != kind:
                continue
            shape = self._shape(part.shape)
            for one in part.fields if shape is not None else ():
                assert shape is not None
                field = find_field(shape, one.text) if one.text else None
                if field is None:
                    near = nearest(one.text, [spelled for each in shape.fields for spelled in (each.name.zh, each.name.en)])
                    help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                    self.found.report("N003", one.span, shape=shape.name, name=one.text, help=help)
                    continue
                self._meant(one, field.name, ("field", f"{shape.id}.{field.id}"))
                by_shape.setdefault(shape.id, []).append(field.id)
                if used is not None and (shape.id, field.id) not in used:
                    self.found.report("H031", one.span, field=field.name)
        return tuple((shape, tuple(dict.fromkeys(fields))) for shape, fields in by_shape.items())

    def _decisive(self) -> Iterator[tuple[str, str]]:
        """The fields, by shape, that the conditions and exceptions of rules read, in their terms too."""
        terms = {one.id: one for one in self.terms}
        for checked in self.rules:
            rule = checked.rule
            roots = [rule.applies, *(one.when for one in rule.exceptions)]
            waiting = [one for one in roots if one is not None]
            seen: set[str] = set()
            while waiting:
                node = waiting.pop()
                if isinstance(node, ir.Read) and node.path:
                    yield from ((rule.subject.shape, step) for step in node.path)
                if isinstance(node, ir.TermUse) and node.term in terms and node.term not in seen:
                    seen.add(node.term)
                    waiting.append(terms[node.term].body)
                waiting += children(node)

    # ---- gates ----

    def _gate(self, decl: syn.Decl, name: Both) -> tuple[ir.GateStep, ...]:
        lines = [line for part in decl.parts if isinstance(part, syn.GatePart) for line in part.lines]
        if not lines:
            self.found.report("T045", decl.keyword_span, name=name)
            return ()
        last = lines[-1]
        if last.verdict is not None or last.below is not None:
            self.found.report("T046", last.span, name=name)
        for line, following in pairwise(lines):
            if line.verdict is None and line.below is None:
                self.found.report("T047", following.span)
                break
        outcomes: dict[str, tuple[ir.Outcome, syn.GateLine]] = {}
        steps: list[ir.GateStep] = []
        for line in lines:
            made = ir.Outcome(id=fold_name(line.en.text), name=Both(line.zh.text, line.en.text), colour=line.colour, exit=line.exit)
            first, where = outcomes.setdefault(made.id, (made, line))
            if first != made:
                self.found.report("T048", line.span, name=made.name, labels=(Label(where.span, Both("先在这里", "first here")),))
            below = Fraction(line.below.value) / 100 if line.below is not None else None
            steps.append(ir.GateStep(severity=line.severity, force=line.force, verdict=line.verdict, below=below, outcome=made))
        return tuple(steps)

    def _alike(self, profiles: list[tuple[ir.Profile, syn.Decl]]) -> None:
        """Two profiles that any material fits equally: nothing could choose between them."""
        seen: dict[object, tuple[ir.Profile, syn.Decl]] = {}
        for profile, decl in profiles:
            marks = {(shape, field) for shape, fields in (*profile.screening, *profile.expects) for field in fields}
            key = profile.place, frozenset(profile.stages), frozenset(profile.shapes), frozenset(marks)
            other, first = seen.setdefault(key, (profile, decl))
            if other is not profile:
                label = Label(name_span(first), Both("先在这里", "first here"))
                self.found.report("N036", name_span(decl), name=profile.name, other=other.name, labels=(label,))


def _names(decl: syn.Decl, kind: str) -> Iterator[syn.NamesPart]:
    return (part for part in decl.parts if isinstance(part, syn.NamesPart) and part.kind == kind)
