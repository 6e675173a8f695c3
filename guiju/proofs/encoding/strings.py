"""Writes a text of which is known what it matches, what it holds and what format it has; or says which of these exclude each other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import z3

from guiju.proofs.encoding.samples import ROUGH, mended, samples_of
from guiju.terms.blank import BLANK
from guiju.terms.patterns.parse import parse_pattern
from guiju.terms.patterns.tree import Choice, Class, Node, Repeat, Sequence
from guiju.terms.shape import Reading

__all__ = ["Found", "Wanted", "sampled", "write_text"]

_LAST = 0x2FFFF
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_MILLISECONDS = 1500
_TRIES = 4
_TURNS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a model assumes of one text: the predicates with their truth (a length with its number), and how it is read."""

    literals: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    readings: list[Reading | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A text; or the assumptions that no text meets; neither where the search was given up."""

    text: str | None = None
    core: tuple[tuple[tuple[Any, ...], Any], ...] | None = None


def write_text(
    wanted: Wanted,
    judge: Callable[..., bool],
    constants: frozenset[str],
    taken: frozenset[str],
    readable: Callable[[str, Reading | None], bool],
    wishes: tuple[str, ...] = (),
) -> Found:
    """A text that is no constant, is not taken, reads as itself, and of which the literals are true."""
    literals = wanted.literals

    def fits(text: str) -> bool:
        if text in constants or text in taken or not all(readable(text, one) for one in wanted.readings):
            return False
        return all(_true(judge, text, *one) for one in literals.items())

    for text in _guesses(literals, wishes, len(taken)):
        if fits(text):
            return Found(text=text)
    if any(one[0] == "format" and said and (not one[2] or one[1] not in ROUGH) for one, said in literals.items()):
        return Found()
    rivals = {one for one in constants if all(_true(judge, one, *literal) for literal in literals.items())}
    return _solved(literals, rivals, taken, fits)


def _true(judge: Callable[..., bool], text: str, predicate: tuple[Any, ...], said: Any) -> bool:
    if predicate == ("length",):
        return bool(len(text.strip(BLANK)) == said)
    return judge(predicate, text) is bool(said)


def _guesses(literals: dict[tuple[Any, ...], Any], wishes: tuple[str, ...], number: int) -> Iterator[str]:
    """Plain texts that usually do."""
    parts = [(one[1], one[2]) for one, said in literals.items() if one[0] == "contains" and said]
    start = "".join(part for how, part in parts if how == "starts")
    within = "".join(part for how, part in parts if how == "contains" and part not in start)
    end = "".join(part for how, part in parts if how == "ends")
    yield from wishes
    for one, said in literals.items():
        if one[0] == "format" and said:
            for sample in samples_of(one[1]):
                yield from (sample, f"{start}{within}：{sample} {end}", f"示例 {sample}")
    patterns = [one[1] for one, said in literals.items() if one[0] == "match" and said]
    for turn in range(_TURNS if patterns else 0):
        matched = [sampled(one, turn) for one in patterns]
        yield from matched
        yield f"{start}{within}{''.join(matched)}{end}"
        yield f"{start}示例{number + 1}{within}{''.join(matched)}{end}"
    if not parts:
        yield from (f"示例{number + 1}", f"示例文字{number + 1}", str(number + 1))
    yield f"{start}{within}{end}"
    yield f"{start or '示例'}{number + 1}{within}{end}"
    length = literals.get(("length",))
    if isinstance(length, int) and length < 4000:
        yield "示" * length
        yield ("例" * length)[: max(length - 1, 0)] + str(number % 10)


def sampled(pattern: str, turn: int) -> str:
    """A text of a pattern; another for another turn, where the pattern leaves a choice."""
    parsed, _ = parse_pattern(pattern)
    assert parsed is not None, pattern
    return _text_of(parsed.node, turn)


def _text_of(node: Node, turn: int) -> str:
    match node:
        case Class(ranges=ranges):
            nice = next((first for first, last in _NICE if any(low <= first <= high for low, high in ranges)), None)
            low, high = ranges[turn % len(ranges)] if nice is None or turn % 2 else (nice, nice + 1)
            return chr(low + (turn // 2) % (min(high - low, 8) + 1)) if low < high else chr(low)
        case Sequence(parts=parts):
            return "".join(_text_of(one, turn) for one in parts)
        case Choice(branches=branches):
            return _text_of(branches[turn % len(branches)], turn // len(branches))
        case Repeat(part=part, least=least, most=most):
            count = least + turn % 3 if most is None else min(most, least + turn % 3)
            return "".join(_text_of(part, turn) for _ in range(count))


def _solved(literals: dict[tuple[Any, ...], Any], rivals: set[str], taken: frozenset[str], fits: Callable[[str], bool]) -> Found:
    """By the solver's theory of strings, one text at a time; `rivals` are the constants of which the literals are true."""
    text = z3.String("text")
    solver = z3.Solver()
    solver.set("timeout", _MILLISECONDS)
    marks: dict[str, tuple[tuple[Any, ...], Any]] = {}
    rough: list[Any] = []
    for predicate, said in literals.items():
        formula = _formula(text, predicate, said)
        if formula is None:
            continue
        if predicate[0] == "format":
            rough.append(formula)
            continue
        mark = f"m{len(marks)}"
        marks[mark] = (predicate, said)
        solver.assert_and_track(formula, mark)
    for one in sorted(rivals):
        mark = f"m{len(marks)}"
        marks[mark] = (("is", one), False)
        solver.assert_and_track(z3.Not(z3.InRe(text, z3.Re(_literal(one)))), mark)
    solver.add(z3.InRe(text, z3.Concat(_full(), z3.Diff(_any_char(), _class(_BLANKS)), _full())))
    answer = solver.check()
    if answer == z3.unsat:
        core = tuple(marks[str(one)] for one in solver.unsat_core())
        lengths = any(one[0] == ("length",) for one in core)
        return Found() if lengths else Found(core=core)
    # What is rough excludes nothing, so it is told only after the rest was found to be possible.
    solver.add(*rough)
    for one in taken:
        solver.add(z3.Not(z3.InRe(text, z3.Re(_literal(one)))))
    for nice in (True, False):
        solver.push()
        if nice:
            solver.add(z3.InRe(text, z3.Plus(_class(_NICE))), z3.Length(text) <= 60)
        for _ in range(_TRIES):
            if solver.check() != z3.sat:
                break
            written = _unescape(solver.model().eval(text, model_completion=True).as_string())
            for one in mended(written) if rough else (written,):
                if fits(one):
                    return Found(text=one)
            solver.add(z3.Not(z3.InRe(text, z3.Re(_literal(written)))))
        solver.pop()
    return Found()


_NICE = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x4E00, 0x9FA5), (0x2D, 0x2F), (0x3001, 0x3002), (0xFF08, 0xFF09), (0xFF0C, 0xFF0C))
_BLANKS = tuple(sorted((ord(one), ord(one)) for one in BLANK))


def _formula(text: Any, predicate: tuple[Any, ...], said: Any) -> Any:
    # Everything as membership in a regular language: the solver is quick with these, and slow with parts of texts.
    match predicate:
        case ("match", pattern, whole):
            regular = _regular(pattern, whole)
            made = z3.InRe(text, regular)
        case ("contains", "contains", part):
            made = z3.InRe(text, z3.Concat(_full(), z3.Re(_literal(part)), _full()))
        case ("contains", "starts", part):
            made = z3.InRe(text, z3.Concat(z3.Re(_literal(part)), _full()))
        case ("contains", "ends", part):
            made = z3.InRe(text, z3.Concat(_full(), z3.Re(_literal(part))))
        case ("format", format, True) if said:
            return z3.InRe(text, _regular(ROUGH[format], True))
        case ("length",):
            return z3.Length(text) == said
        case _:
            return None
    return made if said else z3.Not(made)


@cache
def _regular(pattern: str, whole: bool) -> Any:
    parsed, _ = parse_pattern(pattern)
    assert parsed is not None, pattern
    made = _expression(parsed.node)
    if whole:
        return made
    parts = [*([] if parsed.from_start else [_full()]), made, *([] if parsed.to_end else [_full()])]
    return z3.Concat(*parts) if len(parts) > 1 else made


def _expression(node: Node) -> Any:
    match node:
        case Class(ranges=ranges):
            return _class(ranges)
        case Sequence(parts=()):
            return z3.Re("")
        case Sequence(parts=(one,)):
            return _expression(one)
        case Sequence(parts=parts):
            return z3.Concat(*map(_expression, parts))
        case Choice(branches=branches):
            made = [_expression(one) for one in branches]
            return z3.Union(*made) if len(made) > 1 else made[0]
        case Repeat(part=part, least=0, most=None):
            return z3.Star(_expression(part))
        case Repeat(part=part, least=least, most=None):
            return z3.Concat(z3.Loop(_expression(part), least, least), z3.Star(_expression(part)))
        case Repeat(part=part, least=least, most=most):
            return z3.Re("") if most == 0 else z3.Loop(_expression(part), least, most)


def _class(ranges: tuple[tuple[int, int], ...]) -> Any:
    kept = [(first, min(last, _LAST)) for first, last in ranges if first <= _LAST]
    if kept == [(0, _LAST)]:
        return _any_char()
    made = [z3.Range(_char(first), _char(last)) for first, last in kept]
    if not made:
        return z3.Empty(z3.ReSort(z3.StringSort()))
    return z3.Union(*made) if len(made) > 1 else made[0]


def _literal(text: str) -> Any:
    return z3.StringVal("".join(one if 0x20 <= ord(one) < 0x7F and one != "\\" else f"\\u{{{ord(one):x}}}" for one in text))


def _char(code: int) -> Any:
    return z3.StringVal(f"\\u{{{code:x}}}")


def _any_char() -> Any:
    return z3.AllChar(z3.ReSort(z3.StringSort()))


def _full() -> Any:
    return z3.Full(z3.ReSort(z3.StringSort()))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
