"""What is wrong with a text that should be of a named format: which part, where, and what was expected there.

Positions count code points from 0 in the text after `fold_code` (trimmed, NFKC), the form in which codes are compared.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.divisions import Divisions
from guiju.terms.tongue import Both
from guiju.terms.visible import as_compared

__all__ = ["Check", "Fault", "Part", "fault"]

_MOST_SHOWN = 40


class Part(StrEnum):
    """The part of a text that is at fault."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARSET = "charset"
    POSITION = "position"
    OLD_FORM = "old_form"
    DATE = "date"
    DIVISION = "division"
    CHECK_DIGIT = "check_digit"
    PREFIX = "prefix"
    BRACKETS = "brackets"
    YEAR = "year"
    NUMBER = "number"
    ENDING = "ending"
    HOST = "host"


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: the part, the range of the folded text, the sentence, and the right characters where they are known."""

    part: Part
    start: int
    end: int
    message: Both
    expected: str | None = None


Check: TypeAlias = Callable[[str, date | None, Divisions | None], Fault | None]
"""A folded text, the day of judgement and the table of divisions at hand: the first fault, or None."""


def fault(part: Part, kind: str, start: int, end: int, *, expected: str | None = None, **facts: str | int) -> Fault:
    """A fault with the words of its kind; `{seen}`, `{expected}` and other facts stand in them."""
    words = _WORDS[kind]
    shown = {name: as_compared(fact, _MOST_SHOWN) if isinstance(fact, str) else fact for name, fact in facts.items()}
    given = {**shown, "expected": expected or "", "place": start + 1}
    message = Both(words.zh.format(**given), words.en.format(**given))
    return Fault(part=part, start=start, end=end, message=message, expected=expected)


_WORDS: Mapping[str, Both] = MappingProxyType(
    {
        "empty": Both("没有内容", "there is nothing"),
        "passport": Both("普通护照号以 E 或 G 开头", "the number of an ordinary passport begins with E or G"),
        "length": Both("应为 {right} 位，现为 {seen} 位", "it has {seen} characters; {right} are needed"),
        "charset": Both("第 {place} 位“{seen}”不在允许的字符之内（{allowed}）", "character {place}, `{seen}`, is not one of {allowed}"),
        "look_alike": Both(
            "第 {place} 位“{seen}”不可使用（代码不用 I、O、S、V、Z，以免与数字混淆）",
            "character {place}, `{seen}`, is never used (I, O, S, V and Z look like digits)",
        ),
        "check_digit": Both(
            "校验位（末位）应为“{expected}”，现为“{seen}”", "the check digit (the last) must be `{expected}`, not `{seen}`"
        ),
        "old_registration": Both(
            "这是 15 位数字，像旧的工商注册号；应填 18 位统一社会信用代码",
            "these are 15 digits, like an old business registration number; the 18-character code is needed",
        ),
        "org_code_only": Both(
            "这是 9 位组织机构代码；应填 18 位统一社会信用代码",
            "this is a 9-character organization code; the 18-character credit code is needed",
        ),
        "old_id_card": Both(
            "这是旧的 15 位身份证号；应填 18 位公民身份号码", "this is an old 15-digit number; the 18-character one is needed"
        ),
        "birth_date": Both(
            "出生日期“{seen}”（第 7—14 位）不是存在的日期", "the birth date `{seen}` (characters 7 to 14) is a day that does not exist"
        ),
        "birth_future": Both("出生日期“{seen}”（第 7—14 位）晚于 {on}", "the birth date `{seen}` (characters 7 to 14) lies after {on}"),
        "province": Both("前两位“{seen}”不是省级行政区划代码", "the first two digits, `{seen}`, are no province"),
        "division": Both("行政区划代码“{seen}”不在所依据的区划表中", "division `{seen}` is not in the table of divisions"),
        "division_on": Both("行政区划代码“{seen}”在 {on} 不是有效的区划", "division `{seen}` did not exist on {on}"),
        "uscc_department": Both(
            "第 1 位“{seen}”不在所知的登记管理部门代码之内（部门与类别据转述，未见 GB 32100 原文）",
            "the first character, `{seen}`, is none of the departments of registration that are known (from second hand, not GB 32100)",
        ),
        "uscc_kind": Both(
            "登记管理部门“{department}”没有第 2 位为“{seen}”的机构（部门与类别据转述，未见 GB 32100 原文）",
            "department `{department}` registers no institution of the kind `{seen}` (known from second hand, not GB 32100)",
        ),
        "uscc_is_id_card": Both("这是公民身份号码", "this is a citizen identity number"),
        "mobile_prefix": Both("手机号第二位应为 3—9", "the second digit of a mobile number is 3 to 9"),
        "mobile_first": Both("手机号以 1 开头", "a mobile number starts with 1"),
        "mobile_country": Both("不要写国家码，只写 11 位手机号", "leave out the country code; the 11 digits alone are needed"),
        "postcode": Both("邮政编码是 6 位数字", "a postal code is 6 digits"),
        "resource_class": Both("类码（首位）只可为 1、2、3，现为“{seen}”", "the class (first digit) is 1, 2 or 3, not `{seen}`"),
        "resource_slash": Both("前段与后段以“/”相连，且只有一个", "one slash parts the front from the back"),
        "resource_front": Both(
            "前段应为类 1 位、项 2 位、目 3 位数字，其后为细目",
            "the front is a class of 1, an item of 2 and a category of 3 digits, then details",
        ),
        "resource_back": Both("后段（顺序码）应为数字或字母，且不为空", "the back (sequence) is digits or letters, and not empty"),
        "date_shape": Both("日期写作 2024-03-01", "a date is written 2024-03-01"),
        "date_other_shape": Both("日期写作 2024-03-01;现为{shape_zh}", "a date is written 2024-03-01; this is one with {shape_en}"),
        "date_missing": Both("“{seen}”不是存在的日期", "`{seen}` is a day that does not exist"),
        "year_month": Both("年月写作 2024-03", "a year and month is written 2024-03"),
        "month": Both("“{seen}”不是存在的月份", "`{seen}` is a month that does not exist"),
        "url_scheme": Both("网址以 http:// 或 https:// 开头", "an address starts with http:// or https://"),
        "url_host": Both("“://”之后缺主机名", "there is no host after `://`"),
        "url_charset": Both("第 {place} 位“{seen}”不可直接写在网址中", "character {place}, `{seen}`, cannot stand in an address as it is"),
        "email_at": Both("电子邮箱应恰有一个“@”", "an e-mail address has exactly one @"),
        "email_local": Both("“@”之前不是有效的用户名", "what stands before @ is no mailbox name"),
        "email_host": Both("“@”之后不是有效的域名", "what stands after @ is no domain name"),
        "body": Both("文号以机关代字开头，如 武政办", "a document number starts with the code of its body, such as 武政办"),
        "brackets": Both("年份应写在六角括号〔〕内", "the year stands in tortoise-shell brackets 〔〕"),
        "year": Both("年份应为四位数字", "the year has four digits"),
        "year_future": Both("年份 {seen} 晚于 {on}", "the year {seen} lies after {on}"),
        "ordinal": Both("发文顺序号前不加“第”", "no 第 stands before the serial number"),
        "leading_zero": Both(
            "发文顺序号不编虚位（写 {expected}，不写 {seen}）", "the serial number has no leading zeros ({expected}, not {seen})"
        ),
        "serial": Both("年份之后应为发文顺序号（数字）", "a serial number (digits) follows the year"),
        "ending": Both("文号以“号”结尾", "a document number ends with 号"),
        "blank_inside": Both("第 {place} 位的空格应去掉", "the blank at character {place} does not belong there"),
        "standard_prefix": Both(
            "开头不是标准代号（如 GB/T、DB42/T、T/、YD/T、ISO）", "it starts with no standards code (such as GB/T, DB42/T, T/, YD/T, ISO)"
        ),
        "standard_number": Both("标准代号之后应为顺序号，如 33356 或 677.1", "a number such as 33356 or 677.1 follows the standards code"),
        "standard_year": Both("年份号应为连接号加四位数字，如 -2022", "the year is a dash and four digits, such as -2022"),
    }
)
