"""Arrow 1 of documents: YAML, JSON, NDJSON, CSV and xlsx of one catalog into records."""

import csv
import json
import tempfile
from pathlib import Path

import xlsxwriter
from stopwatch import measure

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache

_KEYS = ("名称", "代码", "提供单位", "更新频率", "开放属性", "发布日期", "更新日期", "摘要", "数据领域", "数据格式")


def main(count: int = 5_000) -> None:
    """Prints one line for each door."""
    ruleset = read_rules([shipped_rules() / "vocabulary"], Cache(None)).ruleset
    assert ruleset is not None
    rows = [
        dict(
            zip(
                _KEYS,
                (f"数据集{n}", f"id-{n}", f"第{n % 40}局", "每月", "无条件开放", "2024-01-01", "2024-02-01", "全市数据", "交通", "CSV"),
                strict=True,
            )
        )
        for n in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder:
        files = _write(Path(folder), rows)
        for file in files:
            measure(
                f"read {count:,} records of {file.suffix}",
                lambda file=file: read([file], ruleset.vocabulary),
                rounds=3,
                of=count,
                unit="records",
            )


def _write(folder: Path, rows: list[dict[str, str]]) -> list[Path]:
    text = json.dumps({"数据集": rows}, ensure_ascii=False, indent=1)
    (folder / "a.json").write_text(text, encoding="utf-8")
    (folder / "a.ndjson").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    lines = "".join("- {" + ", ".join(f"{key}: {value}" for key, value in row.items()) + "}\n" for row in rows)
    (folder / "a.yaml").write_text(lines, encoding="utf-8")
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=_KEYS)
        writer.writeheader()
        writer.writerows(rows)
    with xlsxwriter.Workbook(folder / "a.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据集")
        for at, row in enumerate((_KEYS, *(tuple(one.values()) for one in rows))):
            sheet.write_row(at, 0, row)
    return [folder / f"a.{suffix}" for suffix in ("yaml", "json", "ndjson", "csv", "xlsx")]


if __name__ == "__main__":
    main()
