"""The units that the language knows: what each measures, how it is spelled, and its exact ratio to its kin.

Choices that others make otherwise, written down:
- KB, MB, GB, TB, PB are decimal (1 TB = 1000 GB), as GB 3100 and SI say; the binary ones are KiB, MiB, GiB, TiB.
- 个 and all classifiers (家, 项, 次, 人, 套 …) count; they are one dimension, because clauses count the same poles in 根, 座 and 个.
- 天 and 周 are exact times (24 h and 168 h). 月 and 年 are calendar spans and 工作日 needs a calendar: neither can be laid
  beside 天, so each has a dimension of its own.
- Temperature has the one unit ℃ and no conversion.
"""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both, Tongue

__all__ = ["UNITS", "UNIT_SPELLINGS", "Dimension", "Unit", "unit_of"]


class Dimension(StrEnum):
    """What a unit measures; only quantities of one dimension can be added or compared."""

    NUMBER = "number"
    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    TIME = "time"
    WORKDAYS = "workdays"
    MONTHS = "months"
    DATA = "data"
    BANDWIDTH = "bandwidth"
    FREQUENCY = "frequency"
    RATE = "rate"
    SPEED = "speed"
    POWER = "power"
    ENERGY = "energy"
    VOLTAGE = "voltage"
    TEMPERATURE = "temperature"
    ILLUMINANCE = "illuminance"
    SOUND = "sound"
    FIELD_STRENGTH = "field_strength"
    DENSITY = "density"

    @property
    def words(self) -> Both:
        """The name that a reader sees."""
        return _DIMENSION_WORDS[self]


_DIMENSION_WORDS = {
    Dimension.NUMBER: Both("纯数", "a plain number"),
    Dimension.MONEY: Both("金额", "money"),
    Dimension.COUNT: Both("数量", "a count"),
    Dimension.SHARE: Both("比例", "a share"),
    Dimension.LENGTH: Both("长度", "a length"),
    Dimension.AREA: Both("面积", "an area"),
    Dimension.VOLUME: Both("体积", "a volume"),
    Dimension.MASS: Both("质量", "a mass"),
    Dimension.TIME: Both("时间", "a duration"),
    Dimension.WORKDAYS: Both("工作日数", "a number of working days"),
    Dimension.MONTHS: Both("年月期间", "a span of months or years"),
    Dimension.DATA: Both("数据量", "an amount of data"),
    Dimension.BANDWIDTH: Both("带宽", "a bandwidth"),
    Dimension.FREQUENCY: Both("频率", "a frequency"),
    Dimension.RATE: Both("频次", "a rate"),
    Dimension.SPEED: Both("速度", "a speed"),
    Dimension.POWER: Both("功率", "a power"),
    Dimension.ENERGY: Both("能量", "an energy"),
    Dimension.VOLTAGE: Both("电压", "a voltage"),
    Dimension.TEMPERATURE: Both("温度", "a temperature"),
    Dimension.ILLUMINANCE: Both("照度", "an illuminance"),
    Dimension.SOUND: Both("声级", "a sound level"),
    Dimension.FIELD_STRENGTH: Both("电场强度", "a field strength"),
    Dimension.DENSITY: Both("分布密度", "a density"),
}


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit: `zh` and `en` are its printed spellings, `factor` its size in the base unit of its dimension."""

    id: str
    zh: str
    en: str
    dimension: Dimension
    factor: Fraction
    en_many: str = ""

    def say(self, tongue: Tongue, *, one: bool = False) -> str:
        """The printed spelling; in English the plural, unless exactly one is meant."""
        if tongue is Tongue.ZH:
            return self.zh
        return self.en if one or not self.en_many else self.en_many


# One row a unit: id, factor, printed zh, printed en (singular/plural), further spellings.
_Row: TypeAlias = tuple[str, int | Fraction, str, str, str]

_ROWS: dict[Dimension, tuple[_Row, ...]] = {
    Dimension.MONEY: (
        ("yuan", 1, "元", "yuan", "人民币元 圆 CNY RMB"),
        ("thousand_yuan", 10**3, "千元", "thousand yuan", "1k_yuan"),
        ("wan_yuan", 10**4, "万元", "wan yuan", "10k_yuan ten_thousand_yuan 人民币万元"),
        ("million_yuan", 10**6, "百万元", "million yuan", ""),
        ("qianwan_yuan", 10**7, "千万元", "qianwan yuan", "ten_million_yuan"),
        ("yi_yuan", 10**8, "亿元", "yi yuan", "hundred_million_yuan 100_million_yuan 人民币亿元"),
        ("billion_yuan", 10**9, "十亿元", "billion yuan", ""),
        ("wanyi_yuan", 10**12, "万亿元", "trillion yuan", ""),
    ),
    Dimension.COUNT: (
        ("count", 1, "个", "pcs", "pc piece pieces items"),
        ("wan_count", 10**4, "万个", "wan pcs", "10k_pcs"),
        ("million_count", 10**6, "百万个", "million pcs", ""),
        ("yi_count", 10**8, "亿个", "yi pcs", ""),
        ("household", 1, "户", "household/households", ""),
        ("wan_household", 10**4, "万户", "wan households", ""),
        ("person", 1, "人", "person/persons", "people 名 位"),
        ("wan_person", 10**4, "万人", "wan persons", "wan_people"),
        ("visit", 1, "人次", "visit/visits", ""),
        ("wan_visit", 10**4, "万人次", "wan visits", ""),
        ("time", 1, "次", "time/times", ""),
        ("wan_time", 10**4, "万次", "wan times", ""),
        ("record", 1, "条", "record/records", ""),
        ("wan_record", 10**4, "万条", "wan records", ""),
        ("yi_record", 10**8, "亿条", "yi records", ""),
        ("organization", 1, "家", "organization/organizations", ""),
        ("item", 1, "项", "entry/entries", ""),
        ("set", 1, "套", "set/sets", ""),
        ("seat", 1, "座", "building/buildings", ""),
        ("place", 1, "处", "place/places", ""),
        ("pole", 1, "根", "pole/poles", ""),
        ("lamp", 1, "盏", "lamp/lamps", ""),
        ("machine", 1, "台", "machine/machines", "部"),
        ("vehicle", 1, "辆", "vehicle/vehicles", ""),
        ("document", 1, "件", "document/documents", ""),
        ("copy", 1, "份", "copy/copies", ""),
        ("kind", 1, "类", "kind/kinds", "种"),
        ("group", 1, "组", "group/groups", ""),
        ("channel", 1, "路", "channel/channels", ""),
        ("port", 1, "端口", "port/ports", ""),
        ("site", 1, "站", "station/stations", ""),
        ("character", 1, "字", "character/characters", "字符"),
    ),
    Dimension.SHARE: (
        ("percent", Fraction(1, 100), "%", "%", "％ percent 百分点 个百分点"),
        ("permille", Fraction(1, 1000), "‰", "‰", "permille"),
    ),
    Dimension.LENGTH: (
        ("millimetre", 1, "毫米", "mm", "㎜"),
        ("centimetre", 10, "厘米", "cm", "㎝"),
        ("metre", 10**3, "米", "m", ""),
        ("kilometre", 10**6, "公里", "km", "千米 ㎞"),
        ("wan_kilometre", 10**10, "万公里", "wan km", ""),
    ),
    # The base is a third of a square metre, so that 亩 (2000/3 m²) too is a whole number of it.
    Dimension.AREA: (
        ("square_metre", 3, "平方米", "m²", "㎡ m2 平米"),
        ("mu", 2000, "亩", "mu", ""),
        ("hectare", 30000, "公顷", "ha", "hectare hectares"),
        ("wan_square_metre", 30000, "万平方米", "wan m²", "万平米 万㎡"),
        ("wan_mu", 20000000, "万亩", "wan mu", ""),
        ("square_kilometre", 3000000, "平方公里", "km²", "平方千米 km2 ㎢"),
    ),
    Dimension.VOLUME: (
        ("litre", 1, "升", "L", "litre litres"),
        ("cubic_metre", 1000, "立方米", "m³", "m3 ㎥"),
    ),
    Dimension.MASS: (
        ("gram", 1, "克", "g", ""),
        ("kilogram", 10**3, "千克", "kg", "公斤 ㎏"),
        ("tonne", 10**6, "吨", "t", "tonne tonnes"),
        ("wan_tonne", 10**10, "万吨", "wan t", ""),
    ),
    Dimension.TIME: (
        ("microsecond", 1, "微秒", "μs", "us"),
        ("millisecond", 10**3, "毫秒", "ms", ""),
        ("second", 10**6, "秒", "second/seconds", "s 秒钟 sec"),
        ("minute", 60 * 10**6, "分钟", "minute/minutes", "min mins"),
        ("hour", 3600 * 10**6, "小时", "hour/hours", "h 个小时"),
        ("day", 86400 * 10**6, "天", "day/days", "日 自然日 个自然日 日历日 calendar_day calendar_days"),
        ("week", 604800 * 10**6, "周", "week/weeks", "个星期 星期"),
    ),
    Dimension.WORKDAYS: (("workday", 1, "个工作日", "working day/working days", "工作日 workday workdays business_day business_days"),),
    Dimension.MONTHS: (
        ("month", 1, "个月", "month/months", "月"),
        ("year", 12, "年", "year/years", "周年"),
    ),
    Dimension.DATA: (
        ("bit", 1, "比特", "bit/bits", ""),
        ("byte", 8, "字节", "B", "byte bytes"),
        ("kilobyte", 8 * 10**3, "KB", "KB", "kB"),
        ("megabyte", 8 * 10**6, "MB", "MB", "兆字节"),
        ("gigabyte", 8 * 10**9, "GB", "GB", "吉字节"),
        ("terabyte", 8 * 10**12, "TB", "TB", "太字节"),
        ("petabyte", 8 * 10**15, "PB", "PB", "拍字节"),
        ("exabyte", 8 * 10**18, "EB", "EB", ""),
        ("kibibyte", 8 * 2**10, "KiB", "KiB", ""),
        ("mebibyte", 8 * 2**20, "MiB", "MiB", ""),
        ("gibibyte", 8 * 2**30, "GiB", "GiB", ""),
        ("tebibyte", 8 * 2**40, "TiB", "TiB", ""),
    ),
    Dimension.BANDWIDTH: (
        ("bps", 1, "bps", "bps", "bit/s"),
        ("kbps", 10**3, "kbps", "kbps", "Kbps kbit/s"),
        ("mbps", 10**6, "Mbps", "Mbps", "Mbit/s Mb/s 兆比特每秒"),
        ("gbps", 10**9, "Gbps", "Gbps", "Gbit/s Gb/s 吉比特每秒"),
        ("tbps", 10**12, "Tbps", "Tbps", "Tbit/s"),
        ("megabyte_per_second", 8 * 10**6, "MB/s", "MB/s", ""),
        ("gigabyte_per_second", 8 * 10**9, "GB/s", "GB/s", ""),
    ),
    Dimension.FREQUENCY: (
        ("hertz", 1, "赫兹", "Hz", "赫"),
        ("kilohertz", 10**3, "千赫", "kHz", "KHz"),
        ("megahertz", 10**6, "兆赫", "MHz", ""),
        ("gigahertz", 10**9, "吉赫", "GHz", ""),
    ),
    # The base is once a week, the slowest rate that is exact in days.
    Dimension.RATE: (
        ("per_week", 1, "次/周", "times/week", ""),
        ("per_day", 7, "次/日", "times/day", "次/天"),
        ("per_hour", 168, "次/小时", "times/hour", ""),
        ("per_minute", 10080, "次/分钟", "times/minute", "次/分"),
        ("per_second", 604800, "次/秒", "times/s", "TPS QPS 笔/秒"),
        ("frames_per_second", 604800, "帧/秒", "fps", ""),
    ),
    Dimension.SPEED: (
        ("kilometre_per_hour", 5, "公里/小时", "km/h", "千米/小时"),
        ("metre_per_second", 18, "米/秒", "m/s", ""),
    ),
    Dimension.POWER: (
        ("watt", 1, "瓦", "W", "瓦特"),
        ("kilowatt", 10**3, "千瓦", "kW", "KW"),
        ("megawatt", 10**6, "兆瓦", "MW", ""),
        ("gigawatt", 10**9, "吉瓦", "GW", ""),
    ),
    Dimension.ENERGY: (
        ("watt_hour", 1, "瓦时", "Wh", ""),
        ("kilowatt_hour", 10**3, "千瓦时", "kWh", "KWh 度"),
        ("megawatt_hour", 10**6, "兆瓦时", "MWh", ""),
    ),
    Dimension.VOLTAGE: (("volt", 1, "伏", "V", "伏特"), ("kilovolt", 10**3, "千伏", "kV", "KV")),
    Dimension.TEMPERATURE: (("celsius", 1, "摄氏度", "°C", "℃"),),
    Dimension.ILLUMINANCE: (("lux", 1, "勒克斯", "lx", ""),),
    Dimension.SOUND: (("decibel", 1, "分贝", "dB", "dB(A)"),),
    Dimension.FIELD_STRENGTH: (("volt_per_metre", 1, "伏/米", "V/m", ""),),
    Dimension.DENSITY: (("per_square_kilometre", 1, "个/平方公里", "/km²", "个/km²"),),
}


def _make_units() -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    made = []
    for dimension, rows in _ROWS.items():
        for id_, factor, zh, en, more in rows:
            one, _, many = en.partition("/") if en.endswith("s") and _is_plural(en) else (en, "", "")
            unit = Unit(id=id_, zh=zh, en=one, en_many=many, dimension=dimension, factor=Fraction(factor))
            others = tuple(spelling.replace("_", " ") for spelling in more.split())
            made.append((unit, tuple(filter(None, (zh, one, many, *others)))))
    return tuple(made)


def _is_plural(en: str) -> bool:
    """Whether a slash parts singular from plural (`day/days`) rather than unit from unit (`km/h`, `times/s`)."""
    one, _, many = en.partition("/")
    return len(many) > 1 and many[0] == one[0]


_MADE = _make_units()

UNITS: Mapping[str, Unit] = MappingProxyType({unit.id: unit for unit, _ in _MADE})
"""Every unit by its id."""

UNIT_SPELLINGS: Mapping[str, Unit] = MappingProxyType({spelling: unit for unit, spellings in _MADE for spelling in spellings})
"""Every spelling, Chinese and English, as an author may type it; some hold one space (`working days`)."""


def _fold(spelling: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(spelling.split()))


def _folded_spellings() -> dict[str, Unit]:
    """Spellings in NFKC, and in lower case where no two units meet there (MB and Mb would)."""
    exact = {_fold(spelling): unit for spelling, unit in UNIT_SPELLINGS.items()}
    lower: dict[str, set[str]] = {}
    for spelling, unit in exact.items():
        lower.setdefault(spelling.lower(), set()).add(unit.id)
    for spelling, ids in lower.items():
        if len(ids) == 1:
            exact.setdefault(spelling, UNITS[next(iter(ids))])
    return exact


_FOLDED = _folded_spellings()


def unit_of(spelling: str) -> Unit | None:
    """The unit of a spelling, whatever its width and, where that is harmless, its letter case."""
    folded = _fold(spelling)
    return _FOLDED.get(folded) or _FOLDED.get(folded.lower())
