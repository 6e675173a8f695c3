"""What is said where documents are not joined: what each side of every equation turned out to be, and how it would join."""

from collections.abc import Iterator

from guiju.dsl.model.names.context import Binding, Context, Scope
from guiju.dsl.model.names.resolve_names import find_field, start_of
from guiju.dsl.syntax import tree as syn
from guiju.terms.shape import Shape
from guiju.terms.tongue import Both

__all__ = ["tell_no_join"]


def tell_no_join(ctx: Context, path: syn.Path, shape: Shape | None, var: int, said: tuple[syn.Expr, Scope] | None) -> None:
    """T014, with the sides of the equations that were written and do not join."""
    name = shape.name if shape is not None else Both(path.names[0].text, path.names[0].text)
    equations = [told for one in _equations(said[0]) if (told := _sides(one, var, said[1])) is not None] if said is not None else []
    help = (
        equations[0]
        if equations
        else Both(f"例如：{name.zh}的某个字段 = 本对象的某个字段", f"for example: a field of {name.en} = a field of this subject")
    )
    ctx.found.report("T014", path.span, shape=name, help=help)


def _equations(expr: syn.Expr) -> Iterator[syn.Binary]:
    match expr:
        case syn.Binary(op="and" | "or", left=left, right=right):
            yield from _equations(left)
            yield from _equations(right)
        case syn.Binary(op="=" | "is", left=syn.Path(), right=syn.Path()):
            yield expr
        case _:
            return


def _sides(expr: syn.Binary, var: int, scope: Scope) -> Both | None:
    """What both sides are; where both are of the bound record, how to say the one of the subject."""
    assert isinstance(expr.left, syn.Path) and isinstance(expr.right, syn.Path)
    sides = [(path, start_of(path, scope)) for path in (expr.left, expr.right)]
    if any(start is None for _, start in sides):
        return None
    told = [_side(path, start, var, scope) for path, start in sides if start is not None]
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    # What is written out (本票.编号) was meant for the subject sooner than a bare name.
    likely = sorted(sides, key=lambda side: side[1] is not None and len(side[1][1]) == len(side[0].names))
    repair = next((made for path, start in likely if start is not None and (made := _repair(path, start, var, scope))), None)
    if repair is None:
        return Both(zh, en)
    return Both(f"{zh}；若要比的是{repair[1].zh}的，写作 {repair[0]}", f"{en}; for that of {repair[1].en} write {repair[0]}")


def _is_of_subjects_shape(binding: Binding, var: int, scope: Scope) -> bool:
    """Whether the record looked for is of the shape of the rule's subject, so that the name of the shape tells neither from the other."""
    subject = next((one for one in scope.bindings if one.var == 0), None)
    return binding.var == var != 0 and binding.shape is not None and subject is not None and subject.shape == binding.shape


def _side(path: syn.Path, start: tuple[Binding, tuple[syn.Name, ...]], var: int, scope: Scope) -> Both:
    binding, rest = start
    written = ".".join(name.text for name in path.names)
    owner = binding.shape.name if binding.shape is not None else Both("元素", "the element")
    if _is_of_subjects_shape(binding, var, scope):
        owner = Both(f"另一{owner.zh}", f"the other {owner.en}")
    field = rest[0].text if rest else ""
    return Both(f"“{written}”是{owner.zh}的{field}" if field else f"“{written}”是{owner.zh}", f"`{written}` is {field} of {owner.en}")


def _repair(path: syn.Path, start: tuple[Binding, tuple[syn.Name, ...]], var: int, scope: Scope) -> tuple[str, Both] | None:
    """A bare name that was taken for a field of the bound record, and a field of an outer one that bears it too."""
    binding, rest = start
    if binding.var != var or not rest:
        return None
    written = ".".join(name.text for name in rest)
    is_english = rest[0].text.isascii()
    if _is_of_subjects_shape(binding, var, scope):
        return (f"this.{written}" if is_english else f"本对象.{written}"), Both("本对象", "this subject")
    if len(rest) != len(path.names):
        return None
    for other in scope.bindings:
        if other.var != var and other.shape is not None and find_field(other.shape, rest[0].text) is not None:
            return (f"this_{other.shape.name.en}.{written}" if is_english else f"本{other.shape.name.zh}.{written}"), other.shape.name
    return None
