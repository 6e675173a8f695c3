"""Compiles a plan to one Python module: for each root shape a function that judges a batch of its records.

A function counts verdicts in local integers and notes those that can become findings; a PASS costs nothing. Rules across records
only fill columns, which `joins` reads.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from guiju.dsl.ir.tree import Each, Rule, SubjectSpec
from guiju.terms.modality import Force
from guiju.terms.time.calendar import Calendar
from guiju.terms.types import ListT, RecordT, Type
from guiju.validators.engines.compiled.codegen.emitter import Scope, Unsupported
from guiju.validators.engines.compiled.codegen.lookup import LookupEmitter, LookupParts, parts_of
from guiju.validators.engines.compiled.codegen.module import Draft, Module, Unit
from guiju.validators.engines.compiled.codegen.region import Cursor, Region, Slot, TooDeep
from guiju.validators.engines.compiled.codegen.rule_lines import RuleTest
from guiju.validators.engines.joins.specs import ForeignKeySpec, UniqueSpec
from guiju.validators.engines.state import State
from guiju.validators.plan.tree import Plan

__all__ = ["Module", "State", "Unit", "write"]


def write(
    plan: Plan,
    calendar: Calendar,
    *,
    only: frozenset[int] | None = None,
    everything: bool = False,
    wide: bool = False,
    celled: frozenset[str] = frozenset(),
) -> Module:
    """The module of a plan, or of some of its rules. With `everything` it notes all verdicts but plain PASS.

    With `wide` it fills the columns of rules across records; without, those rules are left out. `celled` names fields of root
    shapes whose values repeat: they are dictionary encoded, and come as the bytes of their JSON.
    """
    writer = _Rules(plan, calendar)
    writer.everything = everything
    writer.gathers = wide
    writer.celled = celled
    units = []
    left: set[int] = set()
    # A shape on which there is no rule has a function too where others look for its records.
    sought = [parts.source.shape for _, parts in writer._searches] if wide else []
    for shape in dict.fromkeys((*(spec.shape for spec, _ in plan.scans), *sought)):
        unit, refused = writer.unit(shape, only)
        units.append(unit)
        left |= refused
    return Module(tuple(units), writer.names, tuple(sorted(left)))


class _Rules(LookupEmitter):
    """Emits whole rules."""

    gathers = False

    def unit(self, shape: str, only: frozenset[int] | None) -> tuple[Unit, set[int]]:
        """The function of one shape, and the rules that it cannot hold."""
        slot = Slot(RecordT(shape), "")
        top = Region(0)
        root = Cursor("x", RecordT(shape), self.vocabulary.reading(self.vocabulary.shape(shape)), None, top, slot)
        draft = Draft(top, root)
        self.guard(root, "")
        specs = [(spec, rules) for spec, rules in self.plan.scans if spec.shape == shape]
        refused: set[int] = set()
        done: list[int] = []
        counted: list[SubjectSpec] = []
        for spec, positions in specs:
            wanted = [at for at in positions if only is None or at in only]
            if spec.group is not None:
                refused |= {at for at in wanted if not self._wide(at, draft)}
                continue
            if not wanted or not self._count(spec, draft, len(counted)):
                refused |= set(wanted)
                continue
            counted.append(spec)
            for at in wanted:
                if self._rule(at, draft):
                    done.append(at)
                elif not self._wide(at, draft):
                    refused.add(at)
        if self.gathers:
            refused |= set(self._found(shape, draft))
        return self.finish(shape, draft, tuple(counted), tuple(done)), refused

    def _counter(self, draft: Draft, rule: int, state: int) -> str:
        key = (rule, state)
        if key not in draft.counters:
            draft.counters.append(key)
            draft.names.append(self.fresh("n"))
        return draft.names[draft.counters.index(key)]

    def _count(self, spec: SubjectSpec, draft: Draft, number: int) -> bool:
        """Counts the subjects of a spec; False where they cannot be walked."""
        try:
            scope = self._subject(spec, draft, None)
        except Unsupported:
            return False
        name = self._counter(draft, -1 - number, -1)
        own = scope[0]
        if own.source is None:
            draft.roots.append(name)
            return True
        owner = own.region.owner
        assert owner is not None
        owner.pre.append(f"if {own.source} is not None: {name} += len({own.source})")
        if not isinstance(own.type, RecordT):
            # Scalars may be one and the same object, so they are numbered as they come.
            at = self.fresh("i")
            owner.pre.append(f"{at} = -1")
            own.region.pre.append(f"{at} += 1")
            own.region.known["at"] = at
        return True

    def _subject(self, spec: SubjectSpec, draft: Draft, late: Region | None) -> Scope:
        """The variables of a rule: the subject, then its owners outwards, one for each list that is crossed."""
        cursors = [draft.root]
        path: list[str] = []
        at: Type = draft.root.type
        for step in spec.path:
            path.append(step)
            declared = self.vocabulary.shape(at.shape).field(step) if isinstance(at, RecordT) else None
            if declared is None:
                raise Unsupported
            at = declared.type
            if isinstance(at, ListT):
                shared = late is None or len(cursors) > 1
                cursor, _ = self.loop(Each(0, tuple(path), at.element, True), {0: cursors[-1]}, late or draft.top, shared=shared)
                cursors.append(cursor)
                path, at = [], at.element
        if path:
            raise Unsupported
        return dict(enumerate(reversed(cursors)))

    # ---- rules -----------------------------------------------------------------------------------------------------------------

    def _rule(self, at: int, draft: Draft) -> bool:
        """Adds one rule; False where it cannot be stated."""
        planned = self.plan.rules[at]
        rule = planned.rule
        if not planned.active:
            return True
        if planned.metered or planned.acts:
            return False
        try:
            scope = self._subject(rule.subject, draft, None)
            try:
                test = self._test_of(at, rule, scope, draft)
            except TooDeep:
                if len(scope) != 2 or not isinstance(scope[0].type, RecordT):
                    return False
                scope = self._subject(rule.subject, draft, draft.top)
                test = self._test_of(at, rule, scope, draft)
                draft.top.post.append((scope[0].region.known["head"], scope[0].region))
        except (Unsupported, TooDeep):
            return False
        scope[0].region.tests.append(test)
        return True

    def _wide(self, at: int, draft: Draft) -> bool:
        """Adds what a rule beyond one record gathers; False where it cannot be stated."""
        rule = self.plan.rules[at].rule
        if not self.gathers or not self.plan.rules[at].active or self.plan.rules[at].acts:
            return False
        try:
            scope = None if rule.subject.group is not None else self._subject(rule.subject, draft, None)
            form, text = self.wide(at, rule, draft.root, scope)
        except (Unsupported, TooDeep):
            return self._sought(at, draft)
        region = scope[0].region if scope else draft.top
        if isinstance(form, ForeignKeySpec) and scope:
            way = ", ".join(self._index(one) for one in reversed(scope.values()) if one.source is not None)
            text = f"({text}, number, ({way}{',' if way else ''}))"
        region.tests.append(f"col{len(draft.columns)}({text})")
        draft.columns.append(form)
        return True

    def _sought(self, at: int, draft: Draft) -> bool:
        """Adds the looks of a rule's subjects; False where they cannot be stated."""
        rule = self.plan.rules[at].rule
        try:
            scope = self._subject(rule.subject, draft, None)
            self._seek(at, rule, scope, draft, self._way(scope))
        except (Unsupported, TooDeep):
            return False
        return True

    def _found(self, shape: str, draft: Draft) -> Iterator[int]:
        """Adds that by which rules find these records; gives the rules of which it cannot be stated."""
        for at, parts in self._searches:
            if parts.source.shape != shape:
                continue
            try:
                if parts.keyed:
                    self._index_by(parts.source.keys[0][0], shape, draft)
                else:
                    self._emit_build(at, parts, draft)
            except (Unsupported, TooDeep):
                yield at

    @cached_property
    def _searches(self) -> tuple[tuple[int, LookupParts], ...]:
        """The rules that look for records; found by walking over all rules."""
        found = (
            (at, parts_of(one.rule, self.vocabulary)) for at, one in enumerate(self.plan.rules) if one.active and one.joins and not one.acts
        )
        return tuple((at, parts) for at, parts in found if parts is not None)

    def _index_by(self, path: tuple[str, ...], shape: str, draft: Draft) -> None:
        if not any(isinstance(one, UniqueSpec) and one.path == path for one in draft.columns):
            draft.top.tests.append(f"col{len(draft.columns)}({self.key(draft.root, path)})")
            draft.columns.append(UniqueSpec(-1, shape, path))

    def _test_of(self, at: int, rule: Rule, scope: Scope, draft: Draft) -> RuleTest:
        """One rule on its subject; states that its lines never give are not counted."""
        state = self.fresh("r")
        way = self._way(scope)
        if rule.yields_to or rule.exceptions:
            made = RuleTest(at, state, way, (), lines=tuple(self._lines(rule, scope, state, draft)))
        else:
            made = self._plain(RuleTest(at, state, way, ()), rule, scope)
        table = any("[c for w, c in" in line for line in made.lines)
        given = {int(one) for line in made.lines for one in re.findall(rf"(?:{state} = |else )([0-8])\b", line)}
        given |= {int(one) for one in re.findall(r"(?:^|else )([0-8])\b|\b([0-8]) if", made.otherwise) for one in one if one}
        if made.applies is not None and made.applies[1] != "False":
            given.add(int(State.CONDITION))
        counted = (State.CONDITION, State.YIELDS, State.EXEMPT, State.EMPTY, State.EMPTY_PASS)
        counters = tuple((int(one), self._counter(draft, at, int(one))) for one in counted if table or int(one) in given)
        return replace(made, counters=() if self.everything else counters)

    def _plain(self, test: RuleTest, rule: Rule, scope: Scope) -> RuleTest:
        """A rule that has no exceptions and yields to none: whether it applies, and what it then asks."""
        here = scope[0].region
        applies, applying = self._applies(rule, scope)
        found = self.truth(rule.requirement, scope, here)
        self.place(here, [found])
        passes, fails = (found.false, found.true) if rule.force.forbids else (found.true, found.false)
        if applying and found.parts and not rule.force.forbids:
            passes = " and ".join(part for part in found.parts if part not in applying) or "True"
        otherwise = f"{int(State.FAIL)} if {fails} else "
        if rule.force is Force.MAY:
            passes, otherwise = f"({passes} or {fails})", ""
        if found.empty:
            otherwise += f"{int(State.EMPTY_PASS if rule.empty_passes else State.EMPTY)} if {found.empty} else "
        return replace(test, applies=applies, passes=passes, otherwise=f"{otherwise}{int(State.UNDETERMINED)}")

    def _applies(self, rule: Rule, scope: Scope) -> tuple[tuple[str, str] | None, frozenset[str]]:
        """When the rule applies, and when it does not: by the day of the act and by its condition. Also what then is known to hold."""
        here = scope[0].region
        there: list[str] = []
        gone: list[str] = []
        applying = frozenset[str]()
        for one in (rule.act.within if rule.act is not None else None, rule.applies):
            if one is not None:
                found = self.truth(one, scope, here)
                self.place(here, [found])
                applying |= frozenset(found.parts)
                there.append(found.true)
                gone += [found.false, *([found.empty] if found.empty else [])]
        if not there:
            return None, applying
        met, unmet = (one[0] if len(one) == 1 else f"({word.join(one)})" for word, one in ((" and ", there), (" or ", gone)))
        return (met, unmet), applying

    def _lines(self, rule: Rule, scope: Scope, state: str, draft: Draft) -> Iterator[str]:
        """The questions of a rule with exceptions in their order: condition, yielding, exemption, requirement."""
        here = scope[0].region
        word = "if"
        applies, _ = self._applies(rule, scope)
        if applies is not None:
            there, gone = applies
            yield f"if not {there}: {state} = {int(State.CONDITION)} if {gone} else {int(State.UNDETERMINED)}"
            word = "elif"
        yields = [self._stands(other, rule, scope, draft, frozenset({rule.id, other})) for other in rule.yields_to]
        yields = [one for one in yields if one != "0"]
        if yields:
            yield f"{word} {' or '.join(f'{one} == 2' for one in yields)}: {state} = {int(State.YIELDS)}"
            yield f"elif {' or '.join(f'{one} == 1' for one in yields)}: {state} = {int(State.UNDETERMINED)}"
            word = "elif"
        whens = [self.code(one.when, scope, here) for one in rule.exceptions]
        if whens:
            self.place(here, list(whens))
            exempt = [f"{code.text} == 2" for code, one in zip(whens, rule.exceptions, strict=True) if one.instead is None]
            if exempt:
                yield f"{word} {' or '.join(exempt)}: {state} = {int(State.EXEMPT)}"
                word = "elif"
            yield f"{word} {' or '.join(f'{one.text} == 1' for one in whens)}: {state} = {int(State.UNDETERMINED)}"
            word = "elif"
        yield from self._requirement(rule, scope, state, word, [one.text for one in whens])

    def _requirement(self, rule: Rule, scope: Scope, state: str, word: str, whens: list[str]) -> Iterator[str]:
        here = scope[0].region
        yes, no = (State.FAIL, State.PASS) if rule.force.forbids else (State.PASS, State.FAIL)
        if rule.force is Force.MAY:
            yes = no = State.PASS
        empty = State.EMPTY_PASS if rule.empty_passes else State.EMPTY
        replacing = [(when, one.instead) for when, one in zip(whens, rule.exceptions, strict=True) if one.instead is not None]
        if replacing:
            codes = [(when, self.code(instead, scope, here)) for when, instead in replacing]
            plain = self.code(rule.requirement, scope, here)
            self.place(here, [plain, *(one for _, one in codes)])
            table = (int(no), int(State.UNDETERMINED), int(yes), int(empty))
            fired = ", ".join(f"({when} == 2, {one.text})" for when, one in codes)
            chosen = f"[c for w, c in ({fired},) if w] or [{plain.text}]"
            yield f"{'else' if word == 'elif' else 'if True'}:"
            yield f"    {state} = {chosen}"
            yield f"    if len(set({state})) > 1: raise Deoptimize"
            yield f"    {state} = {table}[{state}[0]]"
            return
        found = self.truth(rule.requirement, scope, here)
        self.place(here, [found])
        yield f"{word} {found.true}: {state} = {int(yes)}"
        yield f"elif {found.false}: {state} = {int(no)}"
        if found.empty:
            yield f"elif {found.empty}: {state} = {int(empty)}"
        yield f"else: {state} = {int(State.UNDETERMINED)}"

    def _way(self, scope: Scope) -> str:
        """The positions of the subject in the lists that hold it."""
        return "".join(f"{self._index(one)}, " for one in reversed(scope.values()) if one.source is not None)

    def _index(self, cursor: Cursor) -> str:
        """The position of an element in its list."""
        known = cursor.region.known.get("at")
        return known if isinstance(known, str) else f"at({cursor.source}, {cursor.name})"

    def _stands(self, other: str, rule: Rule, scope: Scope, draft: Draft, asked: frozenset[str]) -> str:
        """Whether another rule applies here: the name of a code (0 no, 1 perhaps, 2 yes)."""
        at = self.plan.position(other)
        if at is None or not self.plan.rules[at].active:
            return "0"
        if self.plan.rules[at].acts:
            raise Unsupported
        target = self.plan.rules[at].rule
        spec = target.subject
        if spec == rule.subject:
            inner = scope
        elif spec.shape == rule.subject.shape and not spec.path and spec.group is None:
            inner = {0: draft.root}
        else:
            return "0"
        if any(one in asked for one in target.yields_to):
            raise Unsupported
        here = inner[0].region
        parts: list[str] = []
        values = []
        conditions = [one for one in (target.act.within if target.act is not None else None, target.applies) if one is not None]
        codes = [self.code(one, inner, here) for one in conditions]
        values += codes
        parts += [f"0 if {one.text} == 0 or {one.text} == 3" for one in codes]
        parts += [f"1 if {one.text} == 1" for one in codes]
        chained = [self._stands(one, target, inner, draft, asked | {one}) for one in target.yields_to]
        chained = [one for one in chained if one != "0"]
        if chained:
            raise Unsupported
        whens = [self.code(one.when, inner, here) for one in target.exceptions]
        values += whens
        exempt = [one.text for one, exception in zip(whens, target.exceptions, strict=True) if exception.instead is None]
        if exempt:
            parts.append("0 if " + " or ".join(f"{one} == 2" for one in exempt))
        if whens:
            parts.append("1 if " + " or ".join(f"{one.text} == 1" for one in whens))
        region, deep = self.place(scope[0].region, list(values))
        return self.emit(region, deep, " else ".join([*parts, "2"]), "y")
