"""The named formats of the language, each of which says which part of a text is wrong.

A format is about how a text is written. That a code was issued, a document exists or a mailbox answers is not asked.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from guiju.terms.blank import fold_code
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.formats.codes import (
    check_division,
    check_id_card,
    check_mobile,
    check_org_code,
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

    def check(self, text: str, on: date | None = None, divisions: Divisions | None = None) -> Fault | None:
        """The first fault of the text as judged on a day, with a table of divisions where one is at hand; else None."""
        folded = text if self.exact else fold_code(text)
        if not folded:
            return fault(Part.EMPTY, "empty", 0, 0)
        return self.judge(folded, on, divisions)

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


_ALL = (
    Format(
        id="uscc",
        zh="统一社会信用代码",
        en="unified social credit code",
        description=Both("GB 32100:18 位,末位为校验位", "GB 32100: 18 characters, the last a check digit"),
        judge=check_uscc,
    ),
    Format(
        id="id_card",
        zh="身份证号",
        en="citizen identity number",
        description=Both(
            "GB 11643:18 位,含出生日期(不晚于判定日)和校验位",
            "GB 11643: 18 characters with a birth date (not after the day of judgement) and a check digit",
        ),
        judge=check_id_card,
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
        description=Both("6 位数字;有区划表时按判定日核对", "6 digits; looked up as of the day where a table is given"),
        judge=check_division,
    ),
    Format(
        id="mobile",
        zh="手机号",
        en="mobile number",
        description=Both("11 位数字,不写国家码", "11 digits, without a country code"),
        judge=check_mobile,
    ),
    Format(
        id="document_number",
        zh="文号",
        en="document number",
        description=Both("机关代字〔年份〕顺序号号,如 武政办〔2020〕34号", "code of the body 〔year〕 serial 号: 武政办〔2020〕34号"),
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
            "类 1 位、项 2 位、目 3 位、细目不定长,“/”,顺序码", "class 1, item 2, category 3 digits, details, a slash, a sequence code"
        ),
        judge=check_resource_code,
    ),
    Format(
        id="date",
        zh="日期",
        en="date",
        description=Both("年-月-日,如 2024-03-01", "year-month-day: 2024-03-01"),
        judge=check_date,
        exact=True,
    ),
    Format(
        id="year_month",
        zh="年月",
        en="year and month",
        description=Both("年-月,如 2024-03", "year-month: 2024-03"),
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
        description=Both("以 http:// 或 https:// 开头,只含可见 ASCII 字符", "http:// or https:// and printable ASCII only"),
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
