"""Collections in expressions find what they range over.

That is a list field, the list of an element shape, the members of a group, or all subjects of a root shape.
"""

from dataclasses import dataclass

from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import Binding, Context, Scope, fold_name
from guiju.dsl.model.names.resolve_names import find_field, note_start, resolve_path, start_of
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, Type

__all__ = ["Collection", "find_collection", "list_in_shape", "members_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What is ranged over, what each element is, and the names that lead on from an element (`信息项.金额`)."""

    source: ir.Source
    element: Type
    shape: Shape | None
    rest: tuple[syn.Name, ...] = ()

    def binding(self, var: int, name: str | None) -> Binding:
        """The variable that ranges over it."""
        return Binding(var=var, type=self.element, shape=self.shape, name=name, source=self.source)


def members_of(shape: Shape) -> Collection:
    """The members of the group that a rule speaks of."""
    return Collection(source=ir.Members(shape.id), element=RecordT(shape.id), shape=shape)


def find_collection(ctx: Context, path: syn.Path, scope: Scope, *, quiet: bool = False) -> Collection | None:
    """What the path ranges over; None once complained (with `quiet`, without a word)."""
    if any(not name.text for name in path.names):
        return None
    text = fold_name(path.names[0].text)
    if scope.members is not None and _is_called(scope.members, text) and len(scope.bindings) == 1:
        group = members_of(scope.members)
        ctx.meant(path.names[0], scope.members.name, ("shape", scope.members.id))
        return Collection(source=group.source, element=group.element, shape=group.shape, rest=path.names[1:])
    start = start_of(path, scope)
    if start is not None and (start[0].keys is None or not start[1]):
        found = _from_field(ctx, start[0], start[1])
        if found is not None:
            note_start(ctx, path, *start)
            return found
        if not quiet:
            _not_a_list(ctx, path, scope)
        return None
    by_element = _by_element_shape(ctx, path, scope, quiet=quiet)
    if by_element is not None:
        return by_element
    shape = ctx.names.shapes.get(text)
    if shape is not None and not _is_ambiguous(ctx, text, scope):
        ctx.meant(path.names[0], shape.name, ("shape", shape.id))
        return Collection(source=ir.Corpus(shape.id, ()), element=RecordT(shape.id), shape=shape, rest=path.names[1:])
    if shape is None and not quiet:
        resolve_path(ctx, path, scope, None)
    return None


def _is_called(shape: Shape, text: str) -> bool:
    return text in (shape.id, fold_name(shape.name.zh), fold_name(shape.name.en), *map(fold_name, shape.aliases))


def _not_a_list(ctx: Context, path: syn.Path, scope: Scope) -> None:
    if resolve_path(ctx, path, scope, None) is not None:
        help = Both("“若干”类型的字段才能逐个来说", "only a field of a `many` type can be ranged over")
        ctx.found.report("T007", path.span, name=".".join(name.text for name in path.names), help=help)


def _from_field(ctx: Context, binding: Binding, names: tuple[syn.Name, ...]) -> Collection | None:
    """The list to which the names lead; what comes after the last list is the rest."""
    path: tuple[str, ...] = ()
    ty: Type = binding.type
    complete = True
    last: Collection | None = None
    for at, name in enumerate(names):
        shape = ctx.names.shapes.get(ty.shape) if isinstance(ty, RecordT) else None
        one = find_field(shape, name.text) if shape is not None else None
        if shape is None or one is None:
            break
        ctx.field_read(shape, one)
        ctx.meant(name, one.name, ("field", f"{shape.id}.{one.id}"))
        path, ty = (*path, one.id), one.type
        if isinstance(ty, ListT):
            complete, ty = complete and one.complete, ty.element
            inner = ctx.names.shapes.get(ty.shape) if isinstance(ty, RecordT) else None
            source = ir.Each(binding.var, path, ty, complete)
            last = Collection(source=source, element=ty, shape=inner, rest=names[at + 1 :])
    return last


def list_in_shape(ctx: Context, shape: Shape, text: str) -> list[tuple[str, ...]]:
    """The paths, through embedded records, of the lists whose elements are of the shape of that name."""
    found: list[tuple[str, ...]] = []

    def look(at: Shape, path: tuple[str, ...]) -> None:
        for one in at.fields:
            match one.type:
                case ListT(element=RecordT(shape=inner)) if _is_called(ctx.names.shapes[inner], text):
                    found.append((*path, one.id))
                case RecordT(shape=inner) if len(path) < 8:
                    look(ctx.names.shapes[inner], (*path, one.id))
                case _:
                    pass

    look(shape, ())
    return found


def _by_element_shape(ctx: Context, path: syn.Path, scope: Scope, *, quiet: bool) -> Collection | None:
    text = fold_name(path.names[0].text)
    if text not in ctx.names.shapes:
        return None
    for binding in scope.bindings:
        if binding.shape is None or binding.keys is not None:
            continue
        lists = list_in_shape(ctx, binding.shape, text)
        if len(lists) > 1:
            if not quiet:
                _ambiguous(ctx, path, binding.shape, lists)
            return None
        if lists:
            span = path.names[0].span
            names = tuple(syn.Name(id, span) for id in lists[0])
            made = _from_field(ctx, binding, (*names, *path.names[1:]))
            ctx.meant(path.names[0], ctx.names.shapes[text].name, ("shape", ctx.names.shapes[text].id))
            return made
    return None


def _is_ambiguous(ctx: Context, text: str, scope: Scope) -> bool:
    return any(one.shape is not None and one.keys is None and len(list_in_shape(ctx, one.shape, text)) > 1 for one in scope.bindings)


def _ambiguous(ctx: Context, path: syn.Path, shape: Shape, lists: list[tuple[str, ...]]) -> None:
    fields = [find_field(shape, one[0]) for one in lists]
    zh = "、".join(one.name.zh for one in fields if one is not None)
    en = ", ".join(one.name.en for one in fields if one is not None)
    ctx.found.report("N009", path.span, name=path.names[0].text, fields=Both(zh, en))
