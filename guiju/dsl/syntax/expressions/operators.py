"""The operators of expressions: how tightly each binds, and the words in which it is written, the longest phrase first."""

from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.tokens import INFIX, POSTFIX, Spelling

__all__ = [
    "ADD",
    "AND",
    "COMPARE",
    "MINUS",
    "MULTIPLY",
    "NOT",
    "ON_DAY",
    "OR",
    "PHRASES",
    "POWER",
    "PRIMARY",
    "Phrase",
    "continues",
    "words",
]

OR, AND, NOT, COMPARE, ADD, MULTIPLY, MINUS, ON_DAY, PRIMARY = 1, 2, 3, 4, 5, 6, 7, 8, 9

POWER: dict[str, int] = dict.fromkeys(INFIX, COMPARE) | {
    "or": OR,
    "and": AND,
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "on_day": ON_DAY,
}


def words(spelling: Spelling) -> tuple[str, ...]:
    """Every spelling of a kind, in both tongues."""
    return tuple(word for word in (*spelling.zh, *spelling.en) if word)


# What may stand after an operand, by its first word: the longest phrase first.
Phrase = tuple[tuple[str, ...], str, bool, bool]


def _phrases() -> dict[str, tuple[Phrase, ...]]:
    by_first: dict[str, list[Phrase]] = {}
    for table, is_postfix in ((INFIX, False), (POSTFIX, True)):
        for kind, spelling in table.items():
            for word in words(spelling):
                parts = tuple(word.split(" "))
                by_first.setdefault(parts[0], []).append((parts, kind, is_postfix, False))
    for phrase, (kind, is_postfix) in recovery.OPERATORS.items():
        parts = tuple(phrase.split(" "))
        by_first.setdefault(parts[0], []).append((parts, kind, is_postfix, True))
    return {first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0]))) for first, phrases in by_first.items()}


PHRASES = _phrases()
_LONG_PHRASES = frozenset(" ".join(phrase[0]) for phrases in PHRASES.values() for phrase in phrases if len(phrase[0]) > 1)


def continues(operator: str, operand: str) -> bool:
    """Whether an operand's first word after an operator would be read as part of a longer operator."""
    first = operand.partition(" ")[0].rstrip(")")
    start = f"{operator} {first}"
    return any(phrase == start or phrase.startswith(start + " ") for phrase in _LONG_PHRASES)
