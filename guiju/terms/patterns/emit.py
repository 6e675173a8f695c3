"""Writes a pattern's tree in the syntax of RE2 and of Python's `re`, and proves where the latter cannot backtrack.

Only explicit ranges, non-capturing groups and counts are written: everything that engines read alike.
"""

from collections.abc import Callable
from typing import assert_never

from guiju.terms.patterns.tree import Choice, Class, Node, Ranges, Repeat, Sequence, invert, meet, merge

__all__ = ["is_deterministic", "is_short", "to_python", "to_re2"]

_SHORT = 64


def to_re2(node: Node) -> str:
    """The tree in RE2's syntax, to be matched against a whole text."""
    return _write(node, lambda ranges: _class(ranges, lambda point: rf"\x{{{point:x}}}"))


def to_python(node: Node) -> str:
    """The tree in the syntax of Python's `re`, to be used with `fullmatch`."""
    return _write(node, _python_class)


def _write(node: Node, class_of: Callable[[Ranges], str]) -> str:
    match node:
        case Class(ranges):
            return class_of(ranges)
        case Sequence(parts):
            return "".join(f"(?:{_write(part, class_of)})" if isinstance(part, Choice) else _write(part, class_of) for part in parts)
        case Choice(branches):
            return "|".join(_write(branch, class_of) for branch in branches)
        case Repeat(part, least, most):
            return f"(?:{_write(part, class_of)}){_count(least, most)}"
    assert_never(node)


def _python_class(ranges: Ranges) -> str:
    """A class for `re`, which compiles a wide range code point by code point, in milliseconds: it is told by what it leaves out."""
    out = invert(ranges)
    if len(out) >= len(ranges):
        return _class(ranges, _python_point)
    return f"[^{_spans(out, _python_point)}]" if out else "(?s:.)"


def _python_point(point: int) -> str:
    return rf"\U{point:08x}"


def _class(ranges: Ranges, point: Callable[[int], str]) -> str:
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        char = chr(ranges[0][0])
        return char if char.isascii() and char.isalnum() else point(ranges[0][0])
    return f"[{_spans(ranges, point)}]"


def _spans(ranges: Ranges, point: Callable[[int], str]) -> str:
    return "".join(point(first) if first == last else f"{point(first)}-{point(last)}" for first, last in ranges)


def _count(least: int, most: int | None) -> str:
    match least, most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case _, None:
            return f"{{{least},}}"
        case _:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def is_deterministic(node: Node) -> bool:
    """Whether the next character alone always says how to go on, so that a backtracking engine never has to go back.

    It is a sufficient condition: branches of a choice start differently, and what is repeated starts differently from
    what may follow it.
    """
    return _goes_one_way(node, follow=())


def _goes_one_way(node: Node, *, follow: Ranges) -> bool:
    match node:
        case Class():
            return True
        case Sequence(parts):
            for part in reversed(parts):
                if not _goes_one_way(part, follow=follow):
                    return False
                follow = merge(_first(part) + follow) if _may_be_empty(part) else _first(part)
            return True
        case Choice(branches):
            seen: Ranges = ()
            for branch in branches:
                # An empty branch competes with what follows; it is simply not proved.
                if _may_be_empty(branch) or meet(seen, _first(branch)) or not _goes_one_way(branch, follow=follow):
                    return False
                seen = merge(seen + _first(branch))
            return True
        case Repeat(part, least, most):
            if least == most and isinstance(part, Class):
                return True
            inner = merge(_first(part) + follow)
            return not _may_be_empty(part) and not meet(_first(part), follow) and _goes_one_way(part, follow=inner)
    assert_never(node)


def is_short(node: Node) -> bool:
    """Whether a search costs a backtracking engine a small, fixed number of steps at each place of a text.

    So it is where every branch goes one way, and none is longer than a clause's word or number.
    """
    branches = node.branches if isinstance(node, Choice) else (node,)
    return all(is_deterministic(branch) and _longest(branch) <= _SHORT for branch in branches)


def _longest(node: Node) -> int:
    """The greatest number of characters that a text of this node has; beyond all bounds where there is no limit."""
    match node:
        case Class():
            return 1
        case Sequence(parts):
            return sum(map(_longest, parts))
        case Choice(branches):
            return max(map(_longest, branches))
        case Repeat(part, _, most):
            return _SHORT + 1 if most is None else most * _longest(part)
    assert_never(node)


def _may_be_empty(node: Node) -> bool:
    match node:
        case Class():
            return False
        case Sequence(parts):
            return all(map(_may_be_empty, parts))
        case Choice(branches):
            return any(map(_may_be_empty, branches))
        case Repeat(part, least, _):
            return least == 0 or _may_be_empty(part)
    assert_never(node)


def _first(node: Node) -> Ranges:
    """The code points with which a text of this node may start."""
    match node:
        case Class(ranges):
            return ranges
        case Sequence(parts):
            found: Ranges = ()
            for part in parts:
                found = merge(found + _first(part))
                if not _may_be_empty(part):
                    break
            return found
        case Choice(branches):
            return merge(span for branch in branches for span in _first(branch))
        case Repeat(part, _, most):
            return () if most == 0 else _first(part)
    assert_never(node)
