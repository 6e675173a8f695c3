"""Texts of the named formats, some of each, made so that their check digits are right."""

from collections.abc import Iterator
from functools import cache

from guiju.terms.formats.formats import FORMATS

__all__ = ["ROUGH", "mended", "samples_of"]

_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TEMPLATES: dict[str, tuple[str, ...]] = {
    "uscc": ("11420100MB00000{n}0?", "91110105MA00000{n}0?"),
    "id_card": ("42010119900101{n}01?", "42010219850315{n}02?"),
    "org_code": ("MB00000{n}-?", "MB00000{n}?"),
    "division_code": ("42010{n}", "420100"),
    "mobile": ("1380000000{n}",),
    "bank_card": ("622202000000000{n}?",),
    "passport": ("E1234567{n}",),
    "document_number": ("武政办〔2020〕3{n}号",),
    "standard_number": ("GB/T 3335{n}-2022",),
    "resource_code": ("306010000/00000{n}", "3060100001/{n}", "306010/00000{n}"),
    "date": ("2024-03-0{n}",),
    "year_month": ("2024-0{n}",),
    "postcode": ("43000{n}",),
    "url": ("https://www.example.cn/{n}",),
    "email": ("info{n}@example.cn",),
}


ROUGH = {
    "uscc": "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}",
    "id_card": "[1-6][0-9]{5}19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}[0-9X]",
    "org_code": "[0-9A-Z]{8}-[0-9X]",
    "division_code": "[0-9]{6}",
    "mobile": "1[3-9][0-9]{9}",
    "bank_card": "[3-6][0-9]{15,18}",
    "passport": "[EG][0-9]{8}",
    "standard_number": "(GB|GB/T|DB42/T|DB4201/T) [0-9]{3,5}(-[0-9]{4})?",
    "resource_code": "[1-9][0-9]{5}[0-9]{0,6}/[0-9]{1,8}",
    "date": "20[0-4][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
    "year_month": "20[0-4][0-9]-(0[1-9]|1[0-2])",
    "postcode": "[0-9]{6}",
}
"""A pattern that texts of a format match, by format; check digits are mended afterwards."""


def mended(text: str) -> Iterator[str]:
    """The text, and the text with another last character, which is where check digits stand."""
    yield text
    for mark in _MARKS:
        yield text[:-1] + mark


@cache
def samples_of(format: str) -> tuple[str, ...]:
    """Up to twenty texts of the format."""
    return tuple(dict.fromkeys(_valid(format)))[:20]


def _valid(format: str) -> Iterator[str]:
    for template in _TEMPLATES.get(format, ()):
        for number in range(10):
            shapes = template.replace("{n}", str(number))
            for mark in _MARKS if "?" in shapes else ("",):
                text = shapes.replace("?", mark)
                if FORMATS[format].check(text) is None:
                    yield text
                    break
