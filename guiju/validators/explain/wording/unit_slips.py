"""Describes slips of unit: both readings of an amount, and amounts that are exactly as far apart as two units."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from guiju.dsl.ir.unit_slip import Slipped, ratios
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import Type
from guiju.validators.explain.values import bilingual

__all__ = ["both_readings", "far_apart"]

_NUMBERS = (int, Decimal, Fraction)
_NEAR = 3
_TIMES = {
    10**4: Both("一万倍", "ten thousand times"),
    10**8: Both("一亿倍", "a hundred million times"),
    10**6: Both("一百万倍", "a million times"),
    1000: Both("一千倍", "a thousand times"),
}

_Say = Callable[[object, Tongue], str]


def both_readings(slip: Slipped, field: Both, seen: object, meant: object, say: _Say) -> tuple[Both, Both]:
    """What is wrong with the amount of a slip test, and what would mend it."""
    read, likely, low, high = (bilingual(lambda tongue, one=one: say(one, tongue)) for one in (seen, meant, slip.low, slip.high))  # type: ignore[misc]
    says = Both(
        f"的{field.zh}读作 {read.zh}，而它通常在 {low.zh}至 {high.zh}之间；如果单位写错了，就是 {likely.zh}",
        f": {field.en} reads as {read.en}, and is usually from {low.en} to {high.en}; in another unit it would be {likely.en}",
    )
    return says, Both(f"写明是 {likely.zh}即符合；现读作 {read.zh}", f"passes as {likely.en}; now it reads as {read.en}")


def far_apart(op: str, seen: object, asked: object, type: Type, say: _Say) -> Both | None:
    """A remark where two amounts are so many times apart as two units are: exactly, for an equation, else about so many times."""
    if not isinstance(seen, _NUMBERS) or not isinstance(asked, _NUMBERS) or seen <= 0 or asked <= 0:
        return None
    apart = Fraction(seen) / Fraction(asked)
    for ratio in ratios(type):
        for factor in (Fraction(1, ratio), Fraction(ratio)):
            rest = apart * factor
            if rest == 1 if op == "=" else Fraction(1, _NEAR) <= rest <= _NEAR:
                meant = bilingual(lambda tongue, factor=factor: say(Fraction(seen) * factor, tongue))  # type: ignore[misc]
                about = Both("正好", "exactly ") if rest == 1 else Both("大约", "about ")
                times = _TIMES[ratio]
                return Both(
                    f"；两边{about.zh}差{times.zh}，单位可能写错了：按另一个单位读是 {meant.zh}",
                    f"; the two are {about.en}{times.en} apart, perhaps a slip of unit: in another unit it reads {meant.en}",
                )
    return None
