"""A quantity is an exact decimal number with a unit; quantities of different dimensions never meet.

Nothing here rounds: a conversion that has no finite decimal (100 平方米 in 亩) is said to be `Inexact`, a comparison is
made on exact fractions. A mismatch is a value, so that the phase which knows the place can speak of it.

>>> str(parse_quantity("1.2亿元"))
'1.2亿元'
"""

from decimal import Decimal
from fractions import Fraction

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.quantities.units import Dimension, Unit
from guiju.terms.tongue import Tongue

__all__ = [
    "Inexact",
    "Quantity",
    "UnitMismatch",
    "add",
    "compare",
    "convert",
    "difference",
    "exact_decimal",
    "from_base",
    "is_measurable",
    "say_decimal",
    "share",
    "times",
]

# Far beyond any measured thing, and small enough that no number from outside can cost time or memory.
_MOST_DIGITS = 60


def is_measurable(value: Decimal) -> bool:
    """Whether a number is finite and within 60 digits on either side of the point; a reader asks before it measures."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MOST_DIGITS and value.adjusted() <= _MOST_DIGITS


@fast_dataclass(frozen=True, slots=True)
class Quantity:
    """A decimal number of some unit. Equality is of number and unit as written; `compare` weighs the amounts."""

    value: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not is_measurable(self.value):
            raise ValueError("a quantity is finite and has at most 60 digits on either side; ask is_measurable first")

    @property
    def dimension(self) -> Dimension:
        """What is measured."""
        return self.unit.dimension

    @property
    def amount(self) -> Fraction:
        """The exact amount in the base unit of the dimension."""
        return Fraction(self.value) * self.unit.factor

    @property
    def base_value(self) -> Decimal:
        """The amount as a finite decimal, which it always is: every factor of `terms.units` is one."""
        value = exact_decimal(self.amount)
        assert value is not None
        return value

    def say(self, tongue: Tongue) -> str:
        """The quantity as a clause writes it: 500万元, 60%, 3 working days."""
        number = say_decimal(self.value)
        unit = self.unit.say(tongue, one=number == "1")
        bare = (tongue is Tongue.ZH and not unit[0].isascii()) or unit[0] in "%‰"
        return f"{number}{unit}" if bare else f"{number} {unit}"

    def __str__(self) -> str:
        return self.say(Tongue.ZH)


@fast_dataclass(frozen=True, slots=True)
class UnitMismatch:
    """Two units that measure different things and so cannot be added, compared or converted."""

    left: Unit
    right: Unit


@fast_dataclass(frozen=True, slots=True)
class Inexact:
    """An amount that has no finite decimal in the unit asked for; `amount` is the exact fraction of that unit."""

    amount: Fraction
    unit: Unit


def convert(quantity: Quantity, unit: Unit) -> Quantity | UnitMismatch | Inexact:
    """The same amount in another unit, exactly or not at all."""
    if quantity.unit.dimension is not unit.dimension:
        return UnitMismatch(quantity.unit, unit)
    return from_base(quantity.amount, unit)


def from_base(value: Decimal | Fraction, unit: Unit) -> Quantity | Inexact:
    """That amount of base units, written in a unit of the same dimension."""
    amount = Fraction(value) / unit.factor
    number = exact_decimal(amount)
    return Inexact(amount, unit) if number is None or not is_measurable(number) else Quantity(number, unit)


def compare(left: Quantity, right: Quantity) -> int | UnitMismatch:
    """-1, 0 or 1 as the left amount is less than, equal to or greater than the right."""
    if left.unit.dimension is not right.unit.dimension:
        return UnitMismatch(left.unit, right.unit)
    return (left.amount > right.amount) - (left.amount < right.amount)


def add(left: Quantity, right: Quantity) -> Quantity | UnitMismatch | Inexact:
    """The sum in the left unit; in the right one where only that has a finite decimal (1平方米 + 1亩)."""
    if left.unit.dimension is not right.unit.dimension:
        return UnitMismatch(left.unit, right.unit)
    total = left.amount + right.amount
    for unit in (left.unit, right.unit):
        value = exact_decimal(total / unit.factor)
        if value is not None and is_measurable(value):
            return Quantity(value, unit)
    return Inexact(total / left.unit.factor, left.unit)


def difference(left: Quantity, right: Quantity) -> Quantity | UnitMismatch | Inexact:
    """What is left of the left after the right is taken away; the unit as in `add`."""
    return add(left, Quantity(right.value.copy_negate(), right.unit))


def times(quantity: Quantity, number: Decimal | int) -> Quantity | Inexact:
    """That many times the quantity, in its unit."""
    amount = Fraction(quantity.value) * Fraction(number)
    value = exact_decimal(amount)
    return Inexact(amount, quantity.unit) if value is None or not is_measurable(value) else Quantity(value, quantity.unit)


def share(part: Quantity, whole: Quantity) -> Fraction | UnitMismatch | None:
    """The exact share that the part is of the whole; None when the whole is nothing."""
    if part.unit.dimension is not whole.unit.dimension:
        return UnitMismatch(part.unit, whole.unit)
    return part.amount / whole.amount if whole.amount else None


def exact_decimal(amount: Fraction) -> Decimal | None:
    """The finite decimal that a fraction is, or None: it is finite only over twos and fives."""
    rest, twos, fives = amount.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    # Decimal's constructor is exact at any length, its arithmetic rounds to the context: so a text is built.
    return Decimal(f"{amount.numerator * 10**places // amount.denominator}E-{places}")


def say_decimal(value: Decimal) -> str:
    """The number in plain digits, without exponent and without idle zeros after the point."""
    said = format(value, "f")
    if "." in said:
        said = said.rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said
