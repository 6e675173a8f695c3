"""The intermediate form as text, one node a line where it is long; for goldens and explanations of what the machine does."""

from collections.abc import Iterator

from guiju.dsl.ir import tree as ir
from guiju.dsl.ir.typing import children

__all__ = ["print_expr", "print_rule"]

_WIDTH = 100


def print_rule(rule: ir.Rule) -> str:
    """A rule: its subject, days and expressions."""
    spec = rule.subject
    subject = spec.shape + ("." + ".".join(spec.path) if spec.path else "")
    if spec.group is not None:
        subject += " by " + ", ".join(print_expr(one) for one in spec.group.keys)
    if spec.scope is not None:
        subject += f" in {spec.scope}"
    days = f"{rule.start or ''}..{rule.end or ''}"
    lines = [f"rule {rule.id} v{rule.version} [{days}] {rule.status} {rule.severity}", f"  subject {subject}"]
    lines += [f"  cites {one.instrument} {one.clause}".rstrip() for one in rule.citations]
    if rule.act is not None:
        lines += [f"  act on {' '.join(map(print_expr, rule.act.days))}".rstrip()]
        lines += _part("  within", rule.act.within) if rule.act.within is not None else []
    if rule.applies is not None:
        lines += _part("applies", rule.applies)
    for one in rule.exceptions:
        lines += _part(f"except {one.label.en}", one.when)
        lines += _part("  instead", one.instead) if one.instead is not None else []
    lines += [f"  yields to {id}" for id in rule.yields_to]
    lines += _part(rule.force.value, rule.requirement)
    return "\n".join(lines) + "\n"


def _part(name: str, expr: ir.Expr) -> list[str]:
    return [f"  {name}", *(f"    {line}" for line in _lines(expr))]


def print_expr(expr: ir.Expr) -> str:
    """A node on one line."""
    inner = " ".join(print_expr(one) for one in children(expr))
    head = _head(expr)
    return f"({head} {inner})" if inner else head if " " not in head else f"({head})"


def _lines(expr: ir.Expr) -> Iterator[str]:
    whole = print_expr(expr)
    below = children(expr)
    if len(whole) <= _WIDTH or not below:
        yield whole
        return
    yield f"({_head(expr)}"
    for one in below:
        yield from (f"  {line}" for line in _lines(one))
    yield ")"


def _head(expr: ir.Expr) -> str:
    match expr:
        case ir.Const(value=value):
            return f"{value!s}" if not isinstance(value, str) else f'"{value}"'
        case ir.Read(var=var, path=path):
            return ".".join((f"${var}", *path))
        case ir.Param(id=id):
            return f"param:{id}"
        case ir.Dated(name=name):
            return f"param:{name.en} on a day"
        case ir.AsOf():
            return "as_of_day"
        case ir.Is(states=states, reasoned=reasoned):
            return "is " + "|".join(states) + (" with its reason" if reasoned else "")
        case ir.Compare(op=op) | ir.Arith(op=op):
            return op
        case ir.In(options=options):
            return "in {" + ", ".join(_head(one) for one in options) + "}"
        case ir.Match(pattern=pattern, whole=whole):
            return f"{'matches' if whole else 'contains match'} /{pattern}/"
        case ir.HasFormat(format=format, whole=whole):
            return f"{'has' if whole else 'contains'} format {format}"
        case ir.Contains(how=how):
            return how
        case ir.Call(fn=fn):
            return fn if expr.args else f"{fn}()"
        case ir.Quant(kind=kind, count=count, var=var, source=source):
            number = f" {count}" if count or kind.value in ("at_least", "at_most", "exactly") else ""
            return f"{kind.value}{number} ${var} of {_source(source)}"
        case ir.Several(kind=kind, count=count):
            return f"{kind.value} {count} of" if kind.value in ("at_least", "at_most", "exactly") else f"{kind.value} of"
        case ir.Fold(fn=fn, var=var, source=source, skip_missing=skip):
            roles = ",".join(name for name in ("among", "where", "item") if getattr(expr, name) is not None)
            return f"{fn} ${var} of {_source(source)}" + (f" [{roles}]" if roles else "") + (" skipping missing" if skip else "")
        case ir.Unique(within=within) | ir.First(within=within):
            return type(expr).__name__.lower() + (f" within {_source(within)}" if within is not None else "")
        case ir.TermUse(term=term, var=var):
            return f"term:{term}(${var})"
        case ir.TableUse(table=table):
            return f"table:{table}"
        case _:
            return type(expr).__name__.lower()


def _source(source: ir.Source) -> str:
    match source:
        case ir.Each(var=var, path=path, complete=complete):
            return ".".join((f"${var}", *path)) + ("" if complete else "?")
        case ir.Corpus(shape=shape, keys=keys):
            return f"all {shape} joined on " + ", ".join(".".join(path) for path, _ in keys)
        case ir.Members(shape=shape):
            return f"members ({shape})"
