"""A report of some two hundred pages, read, checked and marked: processor seconds and megabytes; the promise is 5 s and 400 MB.

5,000 paragraphs, 60 tables, 20 MB of pictures.
"""

import random
import resource
import struct
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.shared import Cm

_TEXT = "本项目按照统筹规划、共建共享的原则组织实施，执行GB/T 22239-2019，总投资500.00万元，其中设备300.00万元、施工200.00万元。" * 2


def _picture(size: int, seed: int) -> bytes:
    """A bitmap that nothing folds."""
    body = random.Random(seed).randbytes(size)
    side = int((size / 3) ** 0.5) // 4 * 4
    head = (
        b"BM"
        + struct.pack("<IHHI", 54 + side * side * 3, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 2835, 2835, 0, 0)
    )
    return head + body[: side * side * 3]


def _report(file: Path) -> None:
    document = Document()
    for number in range(10):
        document.add_picture(BytesIO(_picture(2_000_000, number)), width=Cm(12))
    for chapter in range(1, 61):
        document.add_heading(f"{chapter}.1 建设内容", 1)
        for _ in range(80):
            document.add_paragraph(_TEXT)
        table = document.add_table(rows=0, cols=3)
        for row in (("序号", "名称", "金额（万元）"), ("1", "设备", "300.00"), ("2", "施工", "200.00"), ("", "合计", "510.00")):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(file))


def main() -> None:
    """Prints the two numbers."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.docx"
        _report(file)
        words = [sys.executable, "-m", "guiju", "check", str(file), "--as-of", "2026-03-01", "-o", f"{folder}/out.txt"]
        subprocess.run([*words, "--annotate", f"{folder}/marked.docx"], check=False, stderr=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{used.ru_utime + used.ru_stime:.1f} s, {used.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
