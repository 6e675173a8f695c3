"""Counts what the forty rules of the workload find, in plain Python and from the words of rules.yaml alone; knows no Guiju.

usage: python benchmarks/oracle.py DATA.ndjson

Lines that hold no record (broken JSON, no object, bytes that are not UTF-8, a key given twice) are no part of the catalog.
What is of another type than the rules expect counts as there and wrong only where a rule says so; on dirty data it is a bound.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

__all__ = ["broken", "count"]

REFERENCE = date(2026, 6, 30)
BLANK = " \t\r\n\u3000\u00a0"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
IDENTIFIER = re.compile(r"[0-9A-Z]{6}-[0-9]{3}-[0-9]{8}")
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
URL = re.compile(r"https?://[!-~]+")
PERSONAL = re.compile("身份证|手机号|家庭住址")
PERIOD = {"1": 1, "2": 2, "3": 10, "4": 40, "5": 100, "6": 200, "7": 400}


def count(path: Path) -> dict[str, int]:
    """Findings by rule; rules without any are left out."""
    found: Counter[str] = Counter()
    for record in _records(path):
        _alone(record, found)
    _across(lambda: _records(path), found)
    return {rule: number for rule, number in sorted(found.items()) if number}


def broken(path: Path) -> dict[str, int]:
    """How many records break each rule that looks at one record only."""
    found: Counter[str] = Counter()
    for record in _records(path):
        own: Counter[str] = Counter()
        _alone(record, own)
        found.update(rule for rule, number in own.items() if number)
    return dict(sorted(found.items()))


def _alone(record: dict[str, Any], found: Counter[str]) -> None:
    _record(record, found)
    _items(record, found)
    _distributions(record, found)


def _records(path: Path) -> Any:
    with path.open("rb") as file:
        for line in file:
            try:
                value = json.loads(line.decode("utf-8"), object_pairs_hook=_once)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key comes twice")
    return dict(pairs)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(BLANK))


def _part(record: dict[str, Any], key: str) -> dict[str, Any]:
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _list(record: dict[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _right_check_digit(code: str) -> bool:
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(code, WEIGHTS, strict=False))
    return ALPHABET[(31 - total % 31) % 31] == code[17]


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _record(record: dict[str, Any], found: Counter[str]) -> None:
    provider, sharing, openness = _part(record, "provider"), _part(record, "sharing"), _part(record, "openness")
    items, distributions = _list(record, "items"), _list(record, "distributions")
    title, abstract, uscc = record.get("title"), record.get("abstract"), provider.get("uscc")
    issued, updated, frequency = _day(record.get("issued")), _day(record.get("updated")), record.get("update_frequency")
    grades = [one["grade"] for one in items if isinstance(one, dict) and one.get("grade") is not None]
    formats = [one.get("format") for one in distributions if isinstance(one, dict)]
    described = sum(1 for one in items if isinstance(one, dict) and not _blank(one.get("desc")))
    kind, open_kind = sharing.get("type"), openness.get("type")
    holds = {
        "R01": not _blank(title),
        "R02": not isinstance(title, str) or _blank(title) or 4 <= len(title) <= 100,
        "R03": _matches(IDENTIFIER, record.get("identifier")),
        "R04": isinstance(abstract, str) and len(abstract) >= 10,
        "R05": not _blank(provider.get("name")),
        "R06": _matches(USCC, uscc),
        "R07": not _matches(USCC, uscc) or _right_check_digit(uscc),
        "R08": kind in ("1", "2", "3"),
        "R09": kind != "2" or not _blank(sharing.get("condition")),
        "R10": kind != "3" or not _blank(sharing.get("basis")),
        "R11": kind not in ("1", "2") or sharing.get("mode") in ("1", "2", "3", "4", None),
        "R12": open_kind in ("1", "2", "3"),
        "R13": open_kind != "2" or not _blank(openness.get("condition")),
        "R14": kind != "3" or open_kind != "1",
        "R15": frequency in (*PERIOD, "9"),
        "R16": issued is not None,
        "R17": issued is None or issued <= REFERENCE,
        "R18": updated is not None,
        "R19": issued is None or updated is None or updated >= issued,
        "R20": updated is None or frequency not in PERIOD or REFERENCE - updated <= timedelta(PERIOD[frequency]),
        "R21": bool(items),
        "R29": kind != "1" or not any(isinstance(one, dict) and one.get("sensitivity") in ("1", "2", "3") for one in items),
        "R30": not grades or record.get("grade") is None or max(grades) <= record["grade"],
        "R31": sharing.get("mode") != "1" or "API" in formats,
        "R34": open_kind != "1" or bool({"CSV", "JSON", "XML", "API"} & set(formats)),
        "R35": not items or described * 2 >= len(items),
        "R36": sum(one.get("size") or 0 for one in distributions if isinstance(one, dict)) <= 10_000_000_000,
    }
    found.update(rule for rule, held in holds.items() if not held)


def _items(record: dict[str, Any], found: Counter[str]) -> None:
    names: set[Any] = set()
    for one in _list(record, "items"):
        if not isinstance(one, dict):
            continue
        name, length = one.get("name"), one.get("length")
        found["R22"] += _blank(name)
        found["R23"] += one.get("type") not in ("C", "N", "D", "T", "B", "L")
        found["R24"] += one.get("type") in ("C", "N") and not (isinstance(length, int) and 1 <= length <= 4000)
        found["R25"] += not _blank(name) and name in names
        found["R26"] += one.get("sensitivity") not in ("0", "1", "2", "3")
        found["R27"] += one.get("sensitivity") == "2" and one.get("grade") is None
        found["R28"] += _part(record, "openness").get("type") == "1" and not _blank(name) and PERSONAL.search(name) is not None
        names.add(name)


def _distributions(record: dict[str, Any], found: Counter[str]) -> None:
    for one in _list(record, "distributions"):
        if isinstance(one, dict):
            found["R32"] += one.get("format") not in ("CSV", "JSON", "XML", "XLSX", "API", "SHP", "PDF")
            found["R33"] += not _matches(URL, one.get("url"))


def _across(records: Callable[[], Iterator[dict[str, Any]]], found: Counter[str]) -> None:
    identifiers = Counter(one["identifier"] for one in records() if not _blank(one.get("identifier")))
    found["R37"] += sum(number for number in identifiers.values() if number > 1)
    found["R38"] += sum(1 for one in records() for related in _list(one, "related") if related not in identifiers)
    names: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, list[bool]] = defaultdict(list)
    for one in records():
        provider = _part(one, "provider")
        if not _blank(provider.get("uscc")):
            if not _blank(provider.get("name")):
                names[provider["uscc"]].add(provider["name"])
            shared[provider["uscc"]].append(_part(one, "sharing").get("type") in ("1", "2"))
    found["R39"] += sum(1 for one in names.values() if len(one) > 1)
    found["R40"] += sum(1 for one in shared.values() if sum(one) * 100 < len(one) * 60)


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
