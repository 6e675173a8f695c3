"""Holds amounts in 汉字 against another library, a million of them by default; tells each that the two read otherwise.

    python -m tests.tools.numerals [--times 1000000] [--seed 1]

A drawn amount is written by cn2an in small and capital numerals and as banks write it, and with digits and multipliers; what Guiju reads
must be the amount. Runs of characters that nobody wrote are held against what cn2an reads, where that reads the whole of them.
0 all agree · 1 some do not.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import cn2an

from guiju.terms.quantities.quantity import Quantity
from guiju.terms.quantities.quantity_text import parse_money
from guiju.terms.quantities.units import Dimension
from guiju.terms.quantities.written_numbers import read_number

_SIGNS = "零一二两三四五六七八九十百千万亿"
_UNITS = ("元", "元整", "圆", "圆整")
_BEFORE = ("", "人民币", "人民币（大写）", "RMB", "￥")
_TOLD = 50


def _yuan(text: str) -> Fraction | None:
    found = parse_money(text)
    return Fraction(found.amount) if isinstance(found, Quantity) and found.dimension is Dimension.MONEY else None


def _written(draw: random.Random) -> Iterator[tuple[str, str, object, object]]:
    """Pairs of what was read and what was meant, with the way of writing and the text."""
    number = draw.randrange(10 ** draw.randrange(1, 17))
    for form in ("low", "up"):
        text = cn2an.an2cn(number, form)
        found = read_number(text)
        yield form, text, found.value if found is not None else None, Decimal(number)
        if number:
            whole = text + draw.choice(_UNITS)
            yield f"{form} of money", whole, _yuan(whole), Decimal(number)
    cents = Decimal(draw.randrange(1, 10 ** draw.randrange(2, 16))) / 100
    bank = cn2an.an2cn(str(cents), "rmb")
    if "元" in bank:
        bank = draw.choice(_BEFORE[:3]) + bank
        yield "bank", bank, _yuan(bank), cents
    plain = f"{draw.choice(_BEFORE)}{cents}元"
    yield "digits", plain, _yuan(plain), cents
    high, low = draw.randrange(1, 10_000), draw.randrange(1_000, 10_000)
    mixed = f"{high}亿{low}万元"
    yield "digits and multipliers", mixed, _yuan(mixed), Decimal(high * 10**8 + low * 10**4)


def _nobodys(draw: random.Random) -> tuple[str, str, object, object] | None:
    run = "".join(draw.choice(_SIGNS) for _ in range(draw.randrange(1, 9)))
    found = read_number(run)
    if found is None or found.short:
        return None
    try:
        theirs = cn2an.cn2an(run, "strict")
    except (ValueError, KeyError):
        return None
    # It takes parts that it does not understand for nothing (七亿十万 for 七亿): what it would not write so is no witness.
    if cn2an.an2cn(int(theirs), "low") != run:
        return None
    return "drawn", run, found.value, Decimal(theirs)


def main() -> int:
    """Draws, compares, and tells."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    draw, counts, wrong, begun = random.Random(wish.seed), Counter[str](), 0, time.monotonic()
    while sum(counts.values()) < wish.times:
        found = [*_written(draw), *(one for _ in range(4) if (one := _nobodys(draw)) is not None)]
        for form, text, read, meant in found:
            counts[form] += 1
            if read != meant:
                wrong += 1
                if wrong <= _TOLD:
                    print(f"{form}: {text}: read {read}, meant {meant}")
    told = ", ".join(f"{form} {count:,}" for form, count in sorted(counts.items()))
    print(
        f"{sum(counts.values()):,} numerals ({told}), {wrong} read otherwise, {time.monotonic() - begun:.0f} s, cn2an {cn2an.__version__}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
