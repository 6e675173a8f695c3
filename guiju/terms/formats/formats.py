"""The named formats of the language, each of which says which part of a text is wrong.

A format is about how a text is written. That a code was issued, a document exists or a mailbox answers is not asked.
"""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from guiju.terms.blank import fold_code
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.codes import (
    check_bank_card,
    check_division,
    check_id_card,
    check_mobile,
    check_org_code,
    check_passport,
    check_postcode,
    check_resource_code,
    check_uscc,
    is_id_card,
    is_uscc,
)
from guiju.terms.formats.divisions import Divisions
from guiju.terms.formats.documents import check_document_number, check_standard_number
from guiju.terms.formats.fault import Check, Fault, Part, fault
from guiju.terms.formats.texts import check_date, check_email, check_url, check_year_month, is_date, is_url
from guiju.terms.tongue import Both

__all__ = ["FORMATS", "FORMAT_NAMES", "Fault", "Format", "Part"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One named format. `exact` formats take the text as it stands; the others fold width and outer blanks first."""

    id: str
    zh: str
    en: str
    description: Both
    judge: Check
    exact: bool = False
    finds: "re.Pattern[str] | None" = None
    """What may be such a text within a longer one; None where it is asked of whole texts only."""

    def check(self, text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
        """The first fault of the text as judged on a day, with a table of divisions where one is at hand; else None."""
        folded = text if self.exact else fold_code(text)
        if not folded:
            return fault(Part.EMPTY, "empty", 0, 0)
        return self.judge(folded, on, divisions)

    def is_in(self, text: str, on: date | None = None) -> bool:
        """Whether some range of the text is of this format, standing by itself between other signs; what is masked is none."""
        assert self.finds is not None, self.id
        return any(self.judge(_SPLITS.sub("", one), on, None) is None for one in self.finds.findall(fold_code(text)))

    def is_valid(self, text: str, on: date | None = None, divisions: Divisions | None = None) -> bool:
        """Whether there is no fault; quick for the formats that are asked a million times."""
        if divisions is None:
            match self.id:
                case "uscc":
                    return is_uscc(text)
                case "id_card":
                    return is_id_card(text, on)
                case "date":
                    return is_date(text)
                case "url":
                    return is_url(text)
        return self.check(text, on, divisions) is None


# Numbers are written with blanks or hyphens between their groups.
_SPLITS = re.compile("[ -]")


def _alone(pattern: str) -> "re.Pattern[str]":
    """Where no letter or digit of ASCII stands before or behind: an identifier's middle is no number."""
    return re.compile(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])")


_ALL = (
    Format(
        id="uscc",
        zh="统一社会信用代码",
        en="unified social credit code",
        description=Both("GB 32100:18 位，末位为校验位", "GB 32100: 18 characters, the last a check digit"),
        judge=check_uscc,
    ),
    Format(
        id="id_card",
        zh="身份证号",
        en="citizen identity number",
        description=Both(
            "GB 11643:18 位，含出生日期（不晚于判定日）和校验位",
            "GB 11643: 18 characters with a birth date (not after the day of judgement) and a check digit",
        ),
        judge=check_id_card,
        finds=_alone("[1-9][0-9]{5} ?[0-9]{8} ?[0-9]{3}[0-9Xx]"),
    ),
    Format(
        id="org_code",
        zh="组织机构代码",
        en="organization code",
        description=Both("GB 11714:8 位本体和 1 位校验位", "GB 11714: 8 characters and a check digit"),
        judge=check_org_code,
    ),
    Format(
        id="division_code",
        zh="行政区划代码",
        en="administrative division code",
        description=Both("6 位数字；有区划表时按判定日核对", "6 digits; looked up as of the day where a table is given"),
        judge=check_division,
    ),
    Format(
        id="mobile",
        zh="手机号",
        en="mobile number",
        description=Both("11 位数字，不写国家码", "11 digits, without a country code"),
        judge=check_mobile,
        finds=_alone("(?:86[ -]?)?(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})"),
    ),
    Format(
        id="bank_card",
        zh="银行卡号",
        en="bank card number",
        description=Both("ISO/IEC 7812:16 至 19 位数字，末位为校验位", "ISO/IEC 7812: 16 to 19 digits, the last a check digit"),
        judge=check_bank_card,
        finds=_alone("[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{4}(?:[ -]?[0-9]{1,3})?"),
    ),
    Format(
        id="passport",
        zh="护照号",
        en="passport number",
        description=Both(
            "普通护照:E 或 G 加 8 位数字，或者 E、一个字母（I、O 除外）加 7 位数字",
            "ordinary passports: E or G and 8 digits, or E, a letter other than I and O, and 7 digits",
        ),
        judge=check_passport,
        finds=_alone("[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}"),
    ),
    Format(
        id="document_number",
        zh="文号",
        en="document number",
        description=Both("机关代字〔年份〕顺序号号，如 武政办〔2020〕34号", "code of the body 〔year〕 serial 号: 武政办〔2020〕34号"),
        judge=check_document_number,
    ),
    Format(
        id="standard_number",
        zh="标准编号",
        en="standard number",
        description=Both(
            "如 GB/T 33356-2022、DB4201/T 677.1-2023、ISO/IEC 27001:2022;年份号可缺", "such as GB/T 33356-2022; the year may be missing"
        ),
        judge=check_standard_number,
    ),
    Format(
        id="resource_code",
        zh="信息资源代码",
        en="information resource code",
        description=Both(
            "类 1 位、项 2 位、目 3 位、细目不定长，“/”，顺序码", "class 1, item 2, category 3 digits, details, a slash, a sequence code"
        ),
        judge=check_resource_code,
    ),
    Format(
        id="date",
        zh="日期",
        en="date",
        description=Both("年-月-日，如 2024-03-01", "year-month-day: 2024-03-01"),
        judge=check_date,
        exact=True,
    ),
    Format(
        id="year_month",
        zh="年月",
        en="year and month",
        description=Both("年-月，如 2024-03", "year-month: 2024-03"),
        judge=check_year_month,
        exact=True,
    ),
    Format(
        id="postcode",
        zh="邮政编码",
        en="postal code",
        description=Both("6 位数字", "6 digits"),
        judge=check_postcode,
    ),
    Format(
        id="url",
        zh="网址",
        en="web address",
        description=Both("以 http:// 或 https:// 开头，只含可见 ASCII 字符", "http:// or https:// and printable ASCII only"),
        judge=check_url,
        exact=True,
    ),
    Format(
        id="email",
        zh="电子邮箱",
        en="e-mail address",
        description=Both("用户名@域名", "mailbox@domain"),
        judge=check_email,
        exact=True,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({format_.id: format_ for format_ in _ALL})
"""Every format by its id."""

FORMAT_NAMES: Mapping[str, Format] = MappingProxyType({name: format_ for format_ in _ALL for name in (format_.id, format_.zh, format_.en)})
"""Every format by its id and by its name in either tongue."""
