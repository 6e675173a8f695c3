"""Writes an open-data catalog to measure on: one dataset a line, some of them with one planted fault of forty kinds.

usage: python benchmarks/workload.py COUNT FILE [--seed 1] [--faults 0.03]

What the forty rules find in it is counted by benchmarks/oracle.py, which knows neither this file nor Guiju.
"""

import argparse
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson

__all__ = ["FAULTS", "write"]

DAY = date(2026, 6, 30)
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_DISTRICTS = ("江岸区", "江汉区", "硚口区", "汉阳区", "武昌区", "青山区", "洪山区", "蔡甸区", "江夏区", "黄陂区", "新洲区", "东西湖区")
_OFFICES = ("发展和改革局", "经济和信息化局", "民政局", "司法局", "财政局", "自然资源局", "城乡建设局", "水务局", "农业农村局", "商务局")
_THINGS = (
    "路灯",
    "排水井",
    "公厕",
    "加油站",
    "托育机构",
    "博物馆",
    "体育场地",
    "公共停车场",
    "雨量站",
    "古树名木",
    "消防栓",
    "电动汽车充电桩",
)
_SORTS = ("名录", "分布", "运行记录", "年度统计", "巡检结果", "养护台账")
_COLUMNS = (
    ("编号", "C", 32),
    ("名称", "C", 120),
    ("位置", "C", 240),
    ("街道", "C", 60),
    ("纬度", "N", 11),
    ("经度", "N", 11),
    ("启用日期", "D", 10),
    ("采集时间", "T", 19),
    ("状态", "C", 4),
    ("读数", "N", 14),
    ("照片", "B", 0),
    ("是否开放", "L", 0),
    ("管理单位", "C", 80),
    ("备注", "C", 400),
)
_PRIVATE = (("负责人姓名", "C", 40), ("负责人手机号", "C", 11), ("身份证号码", "C", 18))
_PERIODS = {"1": 1, "2": 2, "3": 10, "4": 40, "5": 100, "6": 200, "7": 400}
_MACHINE = ("CSV", "JSON", "XML", "API")
Record = dict[str, Any]


def _code(draw: random.Random, region: str) -> str:
    """A unified social credit code of an office, with its check digit."""
    body = "11" + region + "".join(draw.choices(_DIGITS, k=9))
    total = sum(_DIGITS.index(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True))
    return body + _DIGITS[-total % 31]


class _Catalog:
    """Its offices, and the identifiers that can be referred to."""

    def __init__(self, draw: random.Random, count: int) -> None:
        self.draw = draw
        self.known: list[str] = []
        # Some offices share almost nothing.
        self.offices = [
            (f"武汉市{_DISTRICTS[at % 12]}{_OFFICES[at // 12 % 10]}", _code(draw, f"4201{at % 90 + 10:02}"), 0.3 if at % 37 == 5 else 0.9)
            for at in range(min(max(36, count // 400), 120))
        ]

    def record(self, number: int) -> Record:
        """A record without fault."""
        draw = self.draw
        office, code, shares = self.offices[number % len(self.offices)]
        thing, sort = draw.choice(_THINGS), draw.choice(_SORTS)
        shared = draw.choice("12") if draw.random() < shares else "3"
        private = shared != "1" and draw.random() < 0.25
        opened = "3" if private or shared == "3" else draw.choice("1112233")
        items = [self._item(*one) for one in draw.sample(_COLUMNS, draw.randint(4, 12))]
        if private:
            items += [{**self._item(*one), "sensitivity": "2", "grade": draw.randint(2, 3)} for one in draw.sample(_PRIVATE, 2)]
        often = draw.choice("12345679")
        updated = DAY - timedelta(days=draw.randint(0, _PERIODS.get(often, 900)))
        mode = draw.choice("1234")
        return {
            "title": f"{office[3:6]}{thing}{sort}",
            "identifier": f"4201{number % 90 + 10:02}-{number % 800 + 100:03}-{number:08}",
            "abstract": f"{office}登记的{thing}{sort}，按季度核对一次，口径见信息项说明。",
            "provider": {"name": office, "uscc": code},
            "sharing": {"type": shared, **({"basis": "政务数据共享条例 第十六条"} if shared == "3" else {"mode": mode})}
            | ({"condition": "限政务部门办理事项时使用"} if shared == "2" else {}),
            "openness": {"type": opened, **({"condition": "登记后取用"} if opened == "2" else {})},
            "update_frequency": often,
            "issued": (updated - timedelta(days=draw.randint(0, 1200))).isoformat(),
            "updated": updated.isoformat(),
            "grade": max([3 if private else 1, *(one.get("grade", 0) for one in items)]),
            "keywords": draw.sample(_THINGS, 2),
            "related": draw.choices(self.known, k=draw.randint(1, 2)) if self.known and draw.random() < 0.3 else [],
            "items": items,
            "distributions": [
                {
                    "format": "API" if not at and mode == "1" else draw.choice(_MACHINE) if not at else draw.choice((*_MACHINE, "XLSX")),
                    "url": f"https://data.example.cn/{number}/{at}",
                    "size": draw.randint(1_000, 80_000_000),
                }
                for at in range(draw.choice((1, 1, 2, 2, 3)))
            ],
        }

    def _item(self, name: str, type: str, length: int) -> Record:
        described = {"desc": f"{name}，以业务系统为准"} if self.draw.random() < 0.9 else {}
        return {"name": name, "type": type, "length": length, "sensitivity": "0", **described}


def _changed(part: str, **values: Any) -> Callable[[Record, random.Random], None]:
    def change(record: Record, _draw: random.Random) -> None:
        record[part].update(values)

    return change


def _item_with(**values: Any) -> Callable[[Record, random.Random], None]:
    def change(record: Record, draw: random.Random) -> None:
        draw.choice(record["items"]).update(values)

    return change


def _both(*changes: Callable[[Record, random.Random], None]) -> Callable[[Record, random.Random], None]:
    def change(record: Record, draw: random.Random) -> None:
        for one in changes:
            one(record, draw)

    return change


def _open(record: Record) -> None:
    record["openness"] = {"type": "1"}


def _named_in_the_open(record: Record, draw: random.Random) -> None:
    _open(record)
    draw.choice(record["items"])["name"] = "经办人身份证号"


def _wrong_digit(record: Record, _draw: random.Random) -> None:
    code = record["provider"]["uscc"]
    record["provider"]["uscc"] = code[:-1] + _DIGITS[(_DIGITS.index(code[-1]) + 7) % 31]


def _no_interface(record: Record, _draw: random.Random) -> None:
    record["sharing"].update(type="1", mode="1")
    for one in record["distributions"]:
        one["format"] = "XLSX"


def _only_pictures(record: Record, _draw: random.Random) -> None:
    _open(record)
    for one in record["distributions"]:
        one["format"] = "PDF"


def _undescribed(record: Record, _draw: random.Random) -> None:
    for one in record["items"]:
        one.pop("desc", None)


FAULTS: dict[str, Callable[[Record, random.Random], None]] = {
    "R01": lambda record, draw: record.update(title=draw.choice((None, "　 "))),
    "R02": lambda record, _: record.update(title="名录"),
    "R03": lambda record, _: record.update(identifier=record["identifier"].replace("-", "_")),
    "R04": lambda record, _: record.update(abstract="见附件"),
    "R05": _changed("provider", name=" "),
    "R06": lambda record, _: record["provider"].update(uscc=record["provider"]["uscc"][:15]),
    "R07": _wrong_digit,
    "R08": _changed("sharing", type="无"),
    "R09": _changed("sharing", type="2", condition=None),
    "R10": _changed("sharing", type="3", basis=""),
    "R11": _changed("sharing", type="2", condition="限本市使用", mode="9"),
    "R12": _changed("openness", type="4"),
    "R13": _changed("openness", type="2", condition=None),
    "R14": _both(_changed("sharing", type="3", basis="统计法"), _changed("openness", type="1")),
    "R15": lambda record, _: record.update(update_frequency="8"),
    "R16": lambda record, draw: record.update(issued=draw.choice(("2025-02-29", "2025/03/01", "二〇二五年"))),
    "R17": lambda record, _: record.update(issued="2026-12-01", updated="2026-12-02"),
    "R18": lambda record, draw: record.update(updated=draw.choice(("2026-6-1", "不详", "2026-04-31"))),
    "R19": lambda record, _: record.update(issued="2026-06-28", updated="2026-06-27"),
    "R20": lambda record, _: record.update(update_frequency="3", issued="2019-05-01", updated="2025-05-01"),
    "R21": lambda record, draw: record.update(items=draw.choice(([], None))),
    "R22": _item_with(name=None),
    "R23": _item_with(type="文本"),
    "R24": _item_with(type="N", length=9_999),
    "R25": lambda record, draw: record["items"].append(dict(draw.choice(record["items"]))),
    "R26": _item_with(sensitivity="高"),
    "R27": _item_with(sensitivity="2", grade=None),
    "R28": _named_in_the_open,
    "R29": _both(_changed("sharing", type="1"), _item_with(sensitivity="1")),
    "R30": _both(_item_with(grade=4), lambda record, _: record.update(grade=2)),
    "R31": _no_interface,
    "R32": lambda record, _: record["distributions"][-1].update(format="WPS"),
    "R33": lambda record, draw: record["distributions"][0].update(url=draw.choice(("file:///data", "https://数据.example", "无"))),
    "R34": _only_pictures,
    "R35": _undescribed,
    "R36": lambda record, _: record["distributions"][0].update(size=15_000_000_000),
    "R38": lambda record, _: record["related"].append("000000-000-00000000"),
    "R39": lambda record, _: record["provider"].update(name=record["provider"]["name"] + "（筹）"),
}


def write(path: Path, count: int, *, seed: int = 1, faults: float = 0.03) -> Path:
    """The catalog; the same for the same count, seed and share of faults."""
    draw = random.Random(f"{seed} {count} {faults}")
    catalog, kinds = _Catalog(draw, count), [*FAULTS, "R37"]
    with path.open("wb", 1 << 20) as file:
        for number in range(count):
            record = catalog.record(number)
            kind = draw.choice(kinds) if draw.random() < faults else ""
            if kind == "R37" and catalog.known:
                record["identifier"] = draw.choice(catalog.known)
            elif kind in FAULTS:
                FAULTS[kind](record, draw)
            elif len(catalog.known) < 4_000:
                catalog.known.append(record["identifier"])
            elif not draw.randrange(50):
                catalog.known[draw.randrange(4_000)] = record["identifier"]
            file.write(orjson.dumps(_given(record)) + b"\n")
    return path


def _given(value: Any) -> Any:
    """The value without what is not given."""
    if isinstance(value, dict):
        return {key: _given(one) for key, one in value.items() if one is not None}
    return [_given(one) for one in value] if isinstance(value, list) else value


def main() -> None:
    """Writes what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.03)
    asked = parser.parse_args()
    write(asked.file, asked.count, seed=asked.seed, faults=asked.faults)


if __name__ == "__main__":
    main()
