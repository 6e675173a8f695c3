"""Names subjects and the units that provide them, and finds the places of their values."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from guiju.catalog.records.place import Place
from guiju.dsl.ir.tree import SubjectSpec
from guiju.dsl.ir.typing import type_of
from guiju.terms.blank import is_blank, trim
from guiju.terms.fact import Known, Missing, Path
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import ListT, RecordT, RefT, TextT
from guiju.terms.visible import as_compared
from guiju.validators.engines.engine import CALENDAR, PARAMETER, SUBMISSION, FieldRef, Subject
from guiju.validators.engines.interpreter.records import Node, RecordStore
from guiju.validators.explain.phrases import phrase
from guiju.validators.explain.values import bilingual, clip, say_value
from guiju.validators.explain.wording.english import plural
from guiju.validators.explain.wording.names import Names
from guiju.validators.findings.model import SubjectName

__all__ = ["SubjectNamer", "names_in", "pointer"]

_Found = TypeVar("_Found")

# A shape without a key is called by one of these fields; a record is of the unit that the first of those names.
_NAMES = ("name", "title", "label", "code", "id", "number", "task")
_DEPARTMENTS = (
    "unit",
    "provider_unit",
    "providing_unit",
    "provider_name",
    "provider",
    "owner_unit",
    "owner",
    "department",
    "responsible_unit",
    "applicant",
    "collector",
)
_DISTRICTS = ("district", "region_name", "region", "region_code", "demonstration_area")


def pointer(spot: FieldRef) -> str:
    """A spot in words of a machine: a JSON pointer within its record, or what is wanting outside all records."""
    match spot.record:
        case number if number == PARAMETER:
            return f"parameter:{spot.path[0]}"
        case number if number == CALENDAR:
            return f"calendar:{spot.path[0]}"
        case number if number == SUBMISSION:
            return "submission:day"
        case _:
            return _pointer(spot.path)


@lru_cache(maxsize=4096)
def _pointer(path: Path) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def names_in(shape: Shape) -> tuple[str, ...]:
    """The fields by which a record of the shape may be called."""
    return *_NAMES, *(() if shape.key is None else (shape.key.id,))


# How much of an unreadable value serves as its name.
_LONGEST_NAME = 40
# A bound on memory only: subjects, and places of values, that several findings name.
_MOST_PLACES = 1000


class SubjectNamer:
    """Names the subjects of one store of records. It counts keys, so that two records of one key are told apart."""

    def __init__(self, world: RecordStore) -> None:
        self.world = world
        self.known: dict[str, Counter[str]] = {}
        """How many records of a shape bear a name, where that has been counted beyond this world."""
        self._keys: dict[str, Counter[str]] = {}
        self._places: dict[tuple[int, Path], Place] = {}
        self._subjects: dict[tuple[int, Path], SubjectName] = {}
        # Findings come record by record: what was last asked of a record is kept.
        self._last: dict[str, tuple[int, Any]] = {}
        self.said: dict[tuple[int, int], Both] = {}
        """What each version of a rule asks, by position and number, in words; filled by whoever says it first."""
        self.names: dict[tuple[int, int], Names] = {}
        """The names in each version of a rule before any binder, with what was said in them."""
        shapes = world.plan.vocabulary.shapes
        # A register to which documents refer lists those who hand them in.
        self._units = frozenset(field.type.shape for one in shapes for field in one.fields if isinstance(field.type, RefT))

    def turn(self, world: RecordStore) -> None:
        """From now on names are those of this world, under the same plan."""
        self.world = world
        self._keys.clear()
        self._last.clear()
        self._places.clear()
        self._subjects.clear()

    def subject(self, spec: SubjectSpec, subject: Subject) -> SubjectName:
        """The subject of an observation, by its key, its name, or its place in reading order."""
        if spec.group is not None:
            return self._group(spec, subject)
        return self.at(subject.record, subject.path)

    def at(self, record: int, path: Path = ()) -> SubjectName:
        """The record, or the element in it, at a path."""
        found = self._subjects.get((record, path))
        if found is None:
            if len(self._subjects) >= _MOST_PLACES:
                self._subjects.clear()
            found = self._subjects[record, path] = self._named(record, path)
        return found

    def _once(self, what: str, record: int, find: Callable[[int], _Found]) -> _Found:
        known = self._last.get(what)
        if known is None or known[0] != record:
            known = self._last[what] = record, find(record)
        found: _Found = known[1]
        return found

    def _named(self, record: int, path: Path = ()) -> SubjectName:
        shape = self.world.records[record].shape
        root = self.world.root(record)
        key = self._text(self._name_field(root), root)
        order = (record, *(step for step in path if isinstance(step, int)))
        id = f"#{record + 1}"
        if key is not None:
            id = key if self._counted(shape)[key] == 1 else f"{key}#{record + 1}"
        if not path:
            return SubjectName(kind=shape, id=id, name=f"#{record + 1}" if key is None else as_compared(key), order=order)
        node = self.world.at(record, path)
        kind = node.type.shape if isinstance(node.type, RecordT) else shape
        return SubjectName(kind=kind, id=id + pointer(FieldRef(record, path)), name=self.element(node), order=order)

    def _group(self, spec: SubjectSpec, subject: Subject) -> SubjectName:
        assert spec.group is not None
        said = [
            say_value(value, type_of(key), self.world.plan.vocabulary, Tongue.ZH).strip("“”")
            for key, value in zip(spec.group.keys, subject.key, strict=False)
        ]
        name = "、".join(said) if said else "?"
        return SubjectName(kind=spec.shape, id="group:" + ("|".join(said) if said else "?"), name=name, order=subject.order)

    def element(self, node: Node) -> str:
        """An element of a list: its name or key where it has one, else what it holds, else its position from 1."""
        if isinstance(node.type, RecordT):
            name = self._text(self._name_field(node), node)
            if name is not None:
                return as_compared(name)
        elif isinstance(node.fact, Known):
            return say_value(node.fact.value, node.type, self.world.plan.vocabulary, Tongue.ZH).strip("“”")
        elif isinstance(node.fact, Missing) and isinstance(node.fact.raw, str) and not is_blank(node.fact.raw):
            return as_compared(trim(node.fact.raw), _LONGEST_NAME)
        last = node.path[-1] if node.path else node.record
        return f"#{last + 1}" if isinstance(last, int) else str(last)

    def kind(self, kind: str) -> Both:
        """The name of a shape."""
        return self.world.plan.vocabulary.shape(kind).name.shown

    def spoken(self, name: SubjectName) -> Both:
        """The subject as a sentence begins with it: 数据集“空气质量监测”, dataset "空气质量监测"."""
        kind = self.kind(name.kind)
        said = clip(name.name)
        return Both(f"{kind.zh}“{said}”", f'{kind.en} "{said}"')

    def spoken_subject(self, spec: SubjectSpec, subject: Subject) -> Both:
        """The subject of an observation; a group by what its members share: “名称甲、单位乙”一组."""
        if spec.group is None:
            return self.spoken(self.at(subject.record, subject.path))
        kind = self.kind(spec.shape)
        if not subject.key:
            return Both(f"分组不明的{kind.zh}", f"the {plural(kind.en, 2)} of no known group")
        names = Names(self.world.plan.vocabulary, {0: spec.shape})
        zh, en = [], []
        for key, value in zip(spec.group.keys, subject.key, strict=False):
            said = bilingual(lambda tongue, key=key, value=value: say_value(value, type_of(key), names.vocabulary, tongue))  # type: ignore[misc]
            field = bilingual(lambda tongue, key=key: phrase(key, names, tongue))  # type: ignore[misc]
            zh.append(f"{field.zh}{said.zh.strip('“”')}")
            en.append(f"{field.en.removeprefix('the ')} {said.en}")
        return Both(f"“{'、'.join(zh)}”一组", f"the group of {plural(kind.en, 2)} with {' and '.join(en)}")

    def place(self, spot: FieldRef) -> Place:
        """Where a value stands in the input."""
        key = spot.record, spot.path
        found = self._places.get(key)
        if found is None:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            found = self._places[key] = self.world.locator(spot.record).place(spot.path)
        return found

    def department(self, record: int) -> str | None:
        """The unit that a record names as the one that provides it; a row of the register of units is that unit itself."""
        return self._once("department", record, self._department)

    def _department(self, record: int) -> str | None:
        root = self.world.root(record)
        shape = self.world.shape_of(root)
        if shape is None:
            return None
        vocabulary = self.world.plan.vocabulary
        if shape.register and shape.id in self._units:
            return self._text(shape.key, root)
        registers = [one for one in shape.fields if isinstance(one.type, RefT) and vocabulary.shape(one.type.shape).register]
        named = [field for id in _DEPARTMENTS if (field := shape.field(id)) is not None]
        return self._first_text((*registers, *named), root)

    def district(self, record: int) -> str | None:
        """The district, or its code, in which a record says that it lies."""
        return self._once("district", record, self._district)

    def _district(self, record: int) -> str | None:
        root = self.world.root(record)
        shape = self.world.shape_of(root)
        if shape is None:
            return None
        return self._first_text(tuple(field for id in _DISTRICTS if (field := shape.field(id)) is not None), root)

    def _first_text(self, fields: tuple[Field, ...], root: Node) -> str | None:
        texts = (self._text(field, root) for field in fields)
        return next((text for text in texts if text is not None), None)

    def _counted(self, shape: str) -> Counter[str]:
        found = self.known.get(shape, self._keys.get(shape))
        if found is None:
            roots = [self.world.root(record.number) for record in self.world.of_shape(shape)]
            found = Counter(text for root in roots if (text := self._text(self._name_field(root), root)) is not None)
            self._keys[shape] = found
        return found

    def _name_field(self, node: Node) -> Field | None:
        shape: Shape | None = self.world.shape_of(node)
        if shape is None:
            return None
        # A key is often a code; people know the subject by its name.
        for id in _NAMES[:2]:
            field = shape.field(id)
            if field is not None and isinstance(field.type, TextT) and self._text(field, node) is not None:
                return field
        if shape.key is not None:
            return shape.key
        return next((field for id in _NAMES if (field := shape.field(id)) is not None), None)

    def _text(self, field: Field | None, node: Node) -> str | None:
        """A field as plain text; of an embedded record its own name."""
        if field is None or isinstance(field.type, ListT):
            return None
        found = self.world.field(node, field.id)
        if not isinstance(found.fact, Known):
            return None
        if isinstance(field.type, RecordT):
            return self._text(self._name_field(found), found)
        value = found.fact.value
        return trim(value) if isinstance(value, str) else str(value)
