"""Codes of organizations, persons and places: their structure and check digits, part by part.

A code is compared in NFKC and capital letters, so `check_*` and `is_*` take what a keyboard or a spreadsheet made of it.
Facts come from GB 32100, GB 11643 (ISO 7064 MOD 11-2) and GB 11714. A check digit proves a code well-written, not issued.
"""

from datetime import date
from functools import lru_cache

from guiju.terms.blank import fold_code
from guiju.terms.formats.divisions import PROVINCES, Divisions
from guiju.terms.formats.fault import Fault, Part, fault

__all__ = [
    "check_bank_card",
    "check_division",
    "check_id_card",
    "check_mobile",
    "check_org_code",
    "check_passport",
    "check_postcode",
    "check_resource_code",
    "check_uscc",
    "id_card_digit",
    "is_id_card",
    "is_uscc",
    "luhn_digit",
    "org_code_digit",
    "uscc_digit",
]

USCC_CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC_VALUE = {char: value for value, char in enumerate(USCC_CHARSET)}
# The departments of registration, and the kinds of institution of those of which they are known. GB 32100 itself was not seen: they
# are told alike by several who quote it, so that a finding on them alone says that it rests on second hand.
_USCC_KINDS = dict.fromkeys("234678AN", "123456789") | {"1": "1239", "5": "1239", "9": "1239", "Y": "1"}
# One table a place, value times weight, so that a million codes cost one look-up a character.
_USCC_TERMS = tuple({char: value * weight for char, value in _USCC_VALUE.items()} for weight in _USCC_WEIGHTS)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = frozenset("0123456789")
_ALNUM = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# 83 stands for residents of Taiwan in the 18-character numbers of residence permits, beside 81 and 82.
_ID_PROVINCES = PROVINCES | {"83"}
_PASSPORT_LETTERS = frozenset("ABCDEFGHJKLMNPQRSTUVWXYZ")
_CACHED = 8192
_SHORT = 40


def uscc_digit(body: str) -> str:
    """The check digit of the first seventeen characters of a 统一社会信用代码; r = 31 gives 0."""
    total = sum(_USCC_VALUE[char] * weight for char, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return USCC_CHARSET[-total % 31]


def id_card_digit(body: str) -> str:
    """The check digit of the first seventeen digits of a 公民身份号码."""
    return _ID_CHECKS[sum(int(char) * weight for char, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def org_code_digit(body: str) -> str:
    """The check digit of the first eight characters of a 组织机构代码; A to Z count 10 to 35."""
    rest = -sum(int(char, 36) * weight for char, weight in zip(body, _ORG_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def is_uscc(text: str) -> bool:
    """Whether a text is a 统一社会信用代码 with the right check digit; the quick answer, without naming parts."""
    # Only what is short is remembered, so that the memory of it stays small whatever comes in.
    return _is_uscc(text) if len(text) <= _SHORT else check_uscc(fold_code(text)) is None


@lru_cache(maxsize=_CACHED)
def _is_uscc(text: str) -> bool:
    if len(text) != 18 or not text.isascii():
        folded = fold_code(text).upper()
        return len(folded) == 18 and folded.isascii() and folded != text and _is_uscc(folded)
    try:
        total = sum([terms[char] for terms, char in zip(_USCC_TERMS, text, strict=False)]) + _USCC_VALUE[text[17]]
    except KeyError:
        return text != (upper := text.upper()) and _is_uscc(upper)
    if total % 31 or not text[2:8].isdigit() or text[1] not in _USCC_KINDS.get(text[0], ""):
        return False
    return not (text[:17].isdigit() and check_id_card(text) is None)


def check_uscc(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a 统一社会信用代码 (GB 32100): length, characters, division digits, check digit.

    The division is looked up only where a table is given that covers it: codes keep the division of their registration.
    """
    code = text.upper()
    if len(code) == 15 and _DIGITS.issuperset(code):
        return fault(Part.OLD_FORM, "old_registration", 0, 15)
    if len(code) == 9 and check_org_code(code) is None:
        return fault(Part.OLD_FORM, "org_code_only", 0, 9)
    if len(code) != 18:
        return _length(code, 18)
    for at, char in enumerate(code):
        if char in "IOSVZ":
            return fault(Part.CHARSET, "look_alike", at, at + 1, seen=char)
        if char not in _USCC_VALUE:
            return _charset(code, at, "0-9 A-H J-N P Q R T U W X Y")
        if 2 <= at < 8 and char not in _DIGITS:
            return fault(Part.POSITION, "charset", at, at + 1, seen=char, allowed="0-9")
    if code[0] not in _USCC_KINDS:
        return fault(Part.POSITION, "uscc_department", 0, 1, seen=code[0])
    if code[1] not in _USCC_KINDS[code[0]]:
        return fault(Part.POSITION, "uscc_kind", 1, 2, seen=code[1], department=code[0])
    if divisions is not None and divisions.knows(code[2:8], None) is False:
        return fault(Part.DIVISION, "division", 2, 8, seen=code[2:8])
    if code[:17].isdigit() and check_id_card(code) is None:
        return fault(Part.POSITION, "uscc_is_id_card", 0, 18)
    return _check_digit(code, uscc_digit(code[:17]))


def is_id_card(text: str, on: date | None = None) -> bool:
    """Whether a text is a 公民身份号码: province, birth date not after `on`, check digit."""
    # Never remembered: these numbers are personal information.
    return check_id_card(fold_code(text), on) is None


def check_id_card(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a 公民身份号码 (GB 11643): length, digits, province, birth date, check digit."""
    code = text.upper()
    if len(code) == 15 and _DIGITS.issuperset(code):
        return fault(Part.OLD_FORM, "old_id_card", 0, 15)
    if len(code) != 18:
        return _length(code, 18)
    for at, char in enumerate(code):
        if char not in _DIGITS and not (at == 17 and char == "X"):
            return _charset(code, at, "0-9 X" if at == 17 else "0-9")
    if code[:2] not in _ID_PROVINCES:
        return fault(Part.DIVISION, "province", 0, 2, seen=code[:2])
    if divisions is not None and divisions.knows(code[:6], None) is False:
        return fault(Part.DIVISION, "division", 0, 6, seen=code[:6])
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return fault(Part.DATE, "birth_date", 6, 14, seen=code[6:14])
    if on is not None and born > on:
        return fault(Part.DATE, "birth_future", 6, 14, seen=code[6:14], on=on.isoformat())
    return _check_digit(code, id_card_digit(code[:17]))


def check_org_code(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a 组织机构代码 (GB 11714); a hyphen before the check digit is left out of account."""
    code = text.upper()
    if len(code) == 10 and code[8] == "-":
        code = code[:8] + code[9]
    if len(code) != 9:
        return _length(code, 9)
    for at, char in enumerate(code):
        if char not in (_ALNUM if at < 8 else _DIGITS | {"X"}):
            return _charset(code, at, "0-9 A-Z" if at < 8 else "0-9 X")
    return _check_digit(code, org_code_digit(code[:8]))


def check_division(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a six-digit 行政区划代码, and whether it existed on the day where a table covers it."""
    if len(text) != 6:
        return _length(text, 6)
    for at, char in enumerate(text):
        if char not in _DIGITS:
            return _charset(text, at, "0-9")
    if text[:2] not in PROVINCES:
        return fault(Part.DIVISION, "province", 0, 2, seen=text[:2])
    if divisions is None or divisions.knows(text, on) is not False:
        return None
    if on is None or divisions.on(text, None) is None:
        return fault(Part.DIVISION, "division", 0, 6, seen=text)
    return fault(Part.DIVISION, "division_on", 0, 6, seen=text, on=on.isoformat())


def check_mobile(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of an eleven-digit mobile number of mainland China."""
    if text.startswith(("+86", "0086")) or (len(text) == 13 and text.startswith("86")):
        return fault(Part.PREFIX, "mobile_country", 0, 4 if text.startswith("00") else 3 if text[0] == "+" else 2)
    for at, char in enumerate(text):
        if char not in _DIGITS:
            return _charset(text, at, "0-9")
    if len(text) != 11:
        return _length(text, 11)
    if text[0] != "1":
        return fault(Part.PREFIX, "mobile_first", 0, 1, expected="1")
    if text[1] in "012":
        return fault(Part.PREFIX, "mobile_prefix", 1, 2)
    return None


def check_bank_card(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of the number of a bank card (ISO/IEC 7812): digits, length, check digit by Luhn's rule."""
    for at, char in enumerate(text):
        if char not in _DIGITS:
            return _charset(text, at, "0-9")
    if not 16 <= len(text) <= 19:
        return fault(Part.LENGTH, "length", 0, len(text), right="16–19", seen=len(text))
    return _check_digit(text, luhn_digit(text[:-1]))


def luhn_digit(body: str) -> str:
    """The check digit by Luhn's rule: every second digit from the right is doubled, and its two digits added."""
    total = sum(sum(divmod(int(char) * (2 - at % 2), 10)) for at, char in enumerate(reversed(body)))
    return str(-total % 10)


def check_passport(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of the number of an ordinary passport of China: two letters' places and seven or eight digits."""
    code = text.upper()
    if len(code) != 9:
        return _length(code, 9)
    if code[0] not in "EG":
        return fault(Part.PREFIX, "passport", 0, 1)
    is_lettered = code[0] == "E" and code[1] in _PASSPORT_LETTERS
    for at, char in enumerate(code[2 if is_lettered else 1 :], 2 if is_lettered else 1):
        if char not in _DIGITS:
            return _charset(code, at, "0-9")
    return None


def check_postcode(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a postal code: six digits, no more is known of it."""
    if len(text) == 6 and _DIGITS.issuperset(text):
        return None
    return fault(Part.LENGTH if _DIGITS.issuperset(text) else Part.CHARSET, "postcode", 0, len(text))


def check_resource_code(text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
    """The first fault of a 信息资源代码: class, item and category digits, details, a slash, a sequence code."""
    front, slash, back = text.partition("/")
    if not slash or "/" in back:
        return fault(Part.POSITION, "resource_slash", 0, len(text))
    if front[:1] not in ("1", "2", "3"):
        return fault(Part.POSITION, "resource_class", 0, 1, seen=front[:1])
    if len(front) < 6 or not _DIGITS.issuperset(front[:6]):
        return fault(Part.POSITION, "resource_front", 0, len(front))
    for at, char in enumerate(front):
        if char.upper() not in _ALNUM:
            return _charset(text, at, "0-9 A-Z a-z")
    if not back or any(char.upper() not in _ALNUM for char in back):
        return fault(Part.POSITION, "resource_back", len(front) + 1, len(text))
    return None


def _length(code: str, right: int) -> Fault:
    return fault(Part.LENGTH, "length", 0, len(code), right=right, seen=len(code))


def _charset(code: str, at: int, allowed: str) -> Fault:
    return fault(Part.CHARSET, "charset", at, at + 1, seen=code[at], allowed=allowed)


def _check_digit(code: str, right: str) -> Fault | None:
    if code[-1] == right:
        return None
    return fault(Part.CHECK_DIGIT, "check_digit", len(code) - 1, len(code), expected=right, seen=code[-1])
