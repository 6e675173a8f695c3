"""The parts of 场景 as canonical text."""

from collections.abc import Callable

from guiju.diagnostics.source import display_width
from guiju.dsl.syntax.print.lines import pad, raw
from guiju.dsl.syntax.tokens import CONNECTIVES, PARTS, WORDS, spell
from guiju.dsl.syntax.tree import FieldsPart, GateLine, GatePart, Name, NamesPart
from guiju.terms.tongue import Tongue

__all__ = ["gate_lines", "names_of"]

_Say = Callable[[Name, str], str]
"""A name in the tongue that is written, by the role in which it stands."""
_ROLES = {"kinds": "shape", "takes_in": "taken", "leaves_out": "taken"}


def names_of(part: NamesPart | FieldsPart, say: _Say) -> str:
    """What stands behind the keyword."""
    if isinstance(part, FieldsPart):
        return f"{say(part.shape, 'shape')}  {', '.join(say(one, 'path') for one in part.fields)}"
    return ", ".join(raw(say(one, _ROLES[part.kind]).removeprefix("「").removesuffix("」"), ",") for one in part.names)


def gate_lines(part: GatePart, head: str, indent: int, tongue: Tongue, say: _Say) -> list[str]:
    """The lines of a gate, their arrows under one another; the first without its indentation."""
    asked = [_asked(one, tongue) for one in part.lines]
    width = max(map(display_width, asked), default=0)
    lead = " " * (indent + display_width(head))
    lines = [f"{pad(text, width)} → {_outcome(one, tongue, say)}" for text, one in zip(asked, part.lines, strict=True)]
    return [(head if number == 0 else lead) + line for number, line in enumerate(lines)] or [head]


def _asked(line: GateLine, tongue: Tongue) -> str:
    if line.below is not None:
        return f"{spell(CONNECTIVES, 'judged', tongue)} < {line.below.value.normalize():f}%"
    words = [
        spell(table, kind, tongue)
        for table, kind in ((WORDS["severity"], line.severity), (PARTS, line.force), (WORDS["verdicts"], line.verdict))
        if kind is not None
    ]
    return " ".join(words) or spell(CONNECTIVES, "otherwise", tongue)


def _outcome(line: GateLine, tongue: Tongue, say: _Say) -> str:
    names = say(line.zh, "declared")
    if line.en.span != line.zh.span:
        names += f" / {say(line.en, 'declared')}"
    colour = spell(WORDS["colours"], line.colour, tongue) if line.colour else ""
    return f"{names}  {colour} {line.exit}"
