"""Emits expressions of the IR as Python: reads of fields, loops over collections, names of constants.

Names are generated; constants are bound to names or are proved literals. No text of a ruleset becomes code. For what cannot be
stated exactly it raises `Unsupported`, and the interpreter runs that rule.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guiju.dsl.ir.tree import Each
from guiju.terms.blank import BLANK, fold_code
from guiju.terms.time.calendar import Calendar
from guiju.terms.types import IntT, ListT, NumberT, RecordT, RefT, TextT, Type
from guiju.validators.engines.compiled.codegen.literals import spell
from guiju.validators.engines.compiled.codegen.region import Cursor, Region, Slot, TooDeep
from guiju.validators.engines.compiled.runtime.values import ValueCache, reader
from guiju.validators.engines.interpreter.functions import Setting
from guiju.validators.engines.values import plain_number
from guiju.validators.plan.tree import Plan

__all__ = ["Emitter", "Scope", "Truths", "Unsupported", "Value"]

Scope = dict[int, Cursor]
_MOST_WITNESSES = 6


class Unsupported(Exception):
    """The rule cannot be compiled: the interpreter runs it."""


@dataclass(frozen=True, slots=True)
class Value:
    """An operand: an expression that is cheap to repeat; None when unknown (`open`), EMPTY when there is nothing (`hollow`).

    `region` is where it is known, `deep` whether only after the loops of that region.
    """

    text: str
    region: Region
    open: bool = True
    hollow: bool = False
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Truths:
    """A proposition: when it is true, when false, and (None: never) when vacuous; else it is unknown.

    `parts` are what must all hold for it to be true, each in as few words as it can be said.
    """

    true: str
    false: str
    empty: str | None
    region: Region
    deep: bool = False
    parts: tuple[str, ...] = ()


class Emitter:
    """The emitter of one module."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self.plan = plan
        self.vocabulary = plan.vocabulary
        self.setting = Setting(calendar, plan.submitted)
        self.names: dict[str, Any] = {}
        self._made = 0
        self._readers: dict[Any, str] = {}
        self.gap_of: dict[str, str] = {}
        """The value of which a local says which gap it is: while it names one, the value is None."""
        self._constants: dict[Any, str] = {}

    # ---- names and constants ---------------------------------------------------------------------------------------------

    def fresh(self, letter: str) -> str:
        """A new name."""
        self._made += 1
        return f"{letter}{self._made}"

    def given(self, value: Any, letter: str = "k", key: Any = None) -> str:
        """Binds a value from outside to a name of the module."""
        known = None if key is None else self._constants.get((letter, key))
        if known is not None:
            return known
        name = self.fresh(letter)
        self.names[name] = value
        if key is not None:
            self._constants[letter, key] = name
        return name

    def literal(self, value: Any) -> str:
        """A constant: as a literal where that is proved to be the same value, else by name."""
        value = plain_number(value)
        text = spell(value)
        if text is not None and "\n" not in text and ast.literal_eval(text) == value:
            return text
        return self.given(value, "k", (type(value).__name__, repr(value)))

    # ---- fields ------------------------------------------------------------------------------------------------------------

    def child(self, slot: Slot, id: str, type: Type) -> Slot:
        """The slot of a field."""
        found = slot.children.get(id)
        if found is None and not _can_name(id):
            raise Unsupported
        if found is None:
            inner = Slot(type.element, "") if isinstance(type, ListT) else None
            found = slot.children[id] = Slot(type, self.fresh("f"), element=inner)
        return found

    def field(self, cursor: Cursor, id: str) -> Cursor:
        """A field of a record, in a local that holds what was decoded; not read yet."""
        if not isinstance(cursor.type, RecordT):
            raise Unsupported
        shape = self.vocabulary.shape(cursor.type.shape)
        declared = shape.field(id)
        if declared is None:
            raise Unsupported
        key = ("field", cursor.name, id)
        region = cursor.region
        found: Cursor | None = region.known.get(key)
        if found is not None:
            return found
        slot = self.child(cursor.slot, id, declared.type)
        name = self.fresh("v")
        # Only a record that is embedded may be missing itself; elements and roots are there.
        missing = f" if {cursor.name} is not None else None" if cursor.slot.attr and not cursor.source else ""
        region.pre.append(f"{name} = {cursor.name}.{slot.attr}{missing}")
        if isinstance(declared.type, RecordT | ListT):
            region.pre.append(f"if {name} is UNSET: {name} = None")
        reading = self.vocabulary.reading(shape) or cursor.reading
        found = Cursor(name, declared.type, reading, declared.unit, region, slot, cursor.way)
        if isinstance(declared.type, RecordT):
            self.guard(found, f"{name} is not None and ")
        region.known[key] = found
        return found

    def guard(self, cursor: Cursor, head: str) -> None:
        """Emits a guard: a record of which no known field is there may be a declaration of a missing state instead."""
        slot, name = cursor.slot, cursor.name
        assert isinstance(cursor.type, RecordT)
        shape = self.vocabulary.shape(cursor.type.shape)

        def check() -> str:
            for one in sorted(shape.fields, key=lambda field: not (field.required or field.key))[:_MOST_WITNESSES]:
                if len(slot.children) < 2 and not isinstance(one.type, RecordT | ListT) and _can_name(one.id):
                    self.child(slot, one.id, one.type)
            attrs = [inner.attr for inner in slot.children.values()]
            test = " and ".join(f"({name}.{attr} is UNSET or {name}.{attr} is None)" for attr in attrs) or "True"
            return f"if {head}{test}: raise Deoptimize"

        cursor.region.pre.append(check)

    def read(self, cursor: Cursor) -> Value:
        """The value of a scalar: None where nothing is given; a gap is noted beside it."""
        key = ("read", cursor.name)
        found: Value | None = cursor.region.known.get(key)
        if found is not None:
            return found
        name, pre = cursor.name, cursor.region.pre
        match cursor.type:
            case ListT():
                raise Unsupported
            case RecordT():
                pass
            case TextT():
                pre += self._text(cursor)
            case IntT() | NumberT():
                # A whole number is itself; how large it may be is asked where decoding has not asked it.
                small = f" and {-(2**63)} <= {name} <= {2**63}" if isinstance(cursor.type, NumberT) else ""
                plain = f"if {name}.__class__ is int{small}: {{gap}} = 0"
                pre += self._gap(cursor, plain, f"{self._reader(cursor)}({name})")
            case _:
                plain = f"if {name}.__class__ is str: {name}, {{gap}} = {self._memo(cursor)}[{name}]"
                pre += self._gap(cursor, plain, f"{self._reader(cursor)}({name})")
        found = cursor.region.known[key] = Value(name, cursor.region)
        return found

    def _gap(self, cursor: Cursor, plain: str, read: str) -> list[str]:
        """Lines that read a value, the plain case first, and note which gap it is where it is one."""
        name, gap = cursor.name, self.fresh("z")
        cursor.region.known["gap", name] = gap
        self.gap_of[gap] = name
        gone = f"elif {name} is UNSET or {name} is None: {name} = None; {gap} = 0"
        return [plain.format(gap=gap), gone, f"else: {name}, {gap} = {read}"]

    def gap(self, cursor: Cursor) -> str | None:
        """The local that says which gap a value is that is not known (0: nothing is given); None where there is no other."""
        found: str | None = cursor.region.known.get(("gap", cursor.name))
        return found

    def _text(self, cursor: Cursor) -> list[str]:
        """Text that begins like none of the words of its reading, and is not all of blanks, is simply there."""
        name, reading = cursor.name, cursor.reading
        words = (*reading.blank, *reading.not_applicable, *reading.pending) if reading is not None else ()
        if not words:
            blank = self.given(BLANK, "k", "blank")
            # What is not there, a null and an empty text are all of them nothing.
            return [f"if not {name} or {name}.isspace() and not {name}.strip({blank}): {name} = None"]
        firsts = frozenset(folded[0] for word in words if (folded := fold_code(word)))
        first, memo = self.given(firsts, "q", firsts), self._memo(cursor)
        # A Han character neither changes in NFKC nor joins with what follows it.
        plain = f"if {name}.__class__ is str and '一' <= {name} <= '\\u9fff' and {name}[0] not in {first}: {{gap}} = 0"
        return self._gap(cursor, plain, f"{memo}[{name}]")

    def _how(self, cursor: Cursor) -> tuple[Any, Callable[[Any], Any]]:
        unit = None if isinstance(cursor.type, TextT) else cursor.unit
        key = (cursor.type, cursor.reading.id if cursor.reading else None, unit)
        return key, reader(cursor.type, self.vocabulary, cursor.reading, unit, self.plan.as_of)

    def _reader(self, cursor: Cursor) -> str:
        key, read = self._how(cursor)
        return self.given(read, "n", key)

    def _memo(self, cursor: Cursor) -> str:
        key, read = self._how(cursor)
        return self.given(ValueCache(read), "m", key)

    def node(self, scope: Scope, var: int, path: tuple[str, ...], type: Type | None = None) -> Cursor:
        """The cursor that a read stands for."""
        cursor = scope[var]
        for id in path:
            cursor = self.field(cursor, id)
        if isinstance(type, RefT) and not isinstance(cursor.type, RefT):
            raise Unsupported
        return cursor

    # ---- collections -------------------------------------------------------------------------------------------------------

    def loop(self, source: Each, scope: Scope, here: Region, *, shared: bool) -> tuple[Cursor, str]:
        """A cursor on each element of a list, in the loop that all rules share; and whether the list is missing.

        Without sharing the caller puts the loop, with its head, behind everything that is known by then in the region `here`.
        """
        owner = scope[source.var]
        target = owner
        for id in source.path[:-1]:
            target = self.field(target, id)
            if isinstance(target.type, ListT):
                raise Unsupported
        found = self.field(target, source.path[-1])
        if not isinstance(found.type, ListT) or found.slot.element is None:
            raise Unsupported
        gap = f"{found.name} is None" if source.complete else "True"
        key = ("loop", found.name)
        if shared and key in found.region.loops:
            inner = found.region.loops[key][1]
            cursor: Cursor = inner.known["cursor"]
            return cursor, gap
        home = found.region if shared else here
        inner = Region(home.depth + 1, home, late=not shared)
        name = self.fresh("e")
        reading = found.reading
        cursor = Cursor(
            name, found.type.element, reading, found.unit, inner, found.slot.element, (*found.way, (found.name, name)), source=found.name
        )
        inner.known["cursor"] = cursor
        if isinstance(cursor.type, RecordT):
            self.guard(cursor, "")
        elif isinstance(cursor.type, ListT):
            raise Unsupported
        head = f"for {name} in {found.name} or ():"
        inner.known["head"] = head
        if shared:
            found.region.loops[key] = head, inner
        return cursor, gap

    # ---- where things go ------------------------------------------------------------------------------------------------------

    def place(self, here: Region, parts: list[Value | Truths]) -> tuple[Region, bool]:
        """The outermost region in which all parts are known, and whether only after its loops."""
        region, deep = here, False
        if parts:
            region = max((one.region for one in parts), key=lambda one: one.depth)
            deep = any(one.deep for one in parts if one.region is region)
        else:
            while region.owner is not None:
                region = region.owner
        for one in parts:
            if not here.within(one.region):
                # A loop beside this one knows nothing of its elements.
                raise TooDeep
            if one.deep and one.region is not here and not _behind(here, one.region):
                raise TooDeep
        return region, deep

    def emit(self, region: Region, deep: bool, text: str, letter: str = "t") -> str:
        """A local for an expression."""
        key = ("expr", text)
        known: str | None = region.known.get(key)
        if known is not None:
            return known
        name = self.fresh(letter)
        (region.post if deep else region.pre).append(f"{name} = {text}")
        region.known[key] = name
        return name


def _can_name(id: str) -> bool:
    """Whether decoders take the id as a key."""
    return id.isprintable() and not set(id) & set('"\\')


def _behind(here: Region, there: Region) -> bool:
    """Whether `here` lies in `there` by way of a loop that stands after everything known there."""
    at: Region | None = here
    while at is not None and at.owner is not there:
        at = at.owner
    return at is not None and at.late
