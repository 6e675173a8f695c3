"""Kills each command that writes at random moments; what it writes must then be the old file or the whole new one.

    python -m tests.tools.kill_writers [--times 100] [--seed 1] [COMMAND…]

The command runs in a fork of this process, in which its modules are loaded already, so that many moments lie where it writes.
0 all files were whole · 1 some were not.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from guiju.cli import app_of
from guiju.pipeline import memo_of, read_rules
from guiju.release.bundle import make

RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键
  更新周期 cycle 文本
  提供单位 provider 文本

规则 周期已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供
"""
MORE = "规则 频率已写明 / cycle_told\n  依据 个人信息保护法 第二十八条第一款\n  对象 数据集\n  应当 更新频率 已提供\n"
UNTIDY = "规则   周期 / cycle\n  依据 个人信息保护法 第二十八条第一款\n  对象   数据集\n  应当   更新频率   已提供\n"
DAY = ("--as-of", "2026-03-01")
RULED = ("--rules", "r.gj", *DAY)
State = dict[str, bytes]

# Each command that writes, with its words; what it writes is called `out`, or stands where `init` and `notice` put it.
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "a.yaml", *RULED, "-o", "out"),
    "check json": ("check", "a.yaml", *RULED, "-f", "json", "-o", "out"),
    "check html": ("check", "a.yaml", *RULED, "--output.html=out", "-q"),
    "check sarif": ("check", "a.yaml", *RULED, "--output.sarif=out"),
    "check xlsx": ("check", "a.yaml", *RULED, "--output.xlsx=out"),
    "check --annotate yaml": ("check", "a.yaml", *RULED, "--annotate", "out.yaml"),
    "check --annotate xlsx": ("check", "a.yaml", *RULED, "--annotate", "out.xlsx"),
    "check --keep": ("check", "a.yaml", *RULED, "--keep", "--store", "out.db"),
    "read": ("read", "a.yaml", "--rules", "r.gj", "-o", "out"),
    "fix": ("fix", "untidy.yaml", "--force", "-o", "out"),
    "template": ("template", "dataset", *RULED, "--force", "-o", "out"),
    "waive": ("waive", "a.yaml", "--rule", "cycle_stated", *RULED, "--force", "-o", "out"),
    "compare": ("compare", "b.yaml", "a.yaml", *RULED, "-o", "out"),
    "explain": ("explain", "cycle_stated", "--rules", "r.gj", "-o", "out"),
    "translate": ("translate", "r.gj", "--to", "en", "-o", "out"),
    "fmt": ("fmt", "out.gj"),
    "evidence pack": ("evidence", "pack", "a.yaml", *RULED, "--with-inputs", "--form", "json", "--force", "-o", "out"),
    "evidence keygen": ("evidence", "keygen", "--force", "-o", "out.pem"),
    "notice": ("notice", "a.yaml", *RULED, "-o", "out"),
    "summary": ("summary", "a.yaml", *RULED, "-o", "out.docx"),
    "init": ("init", "out", "--yes", "--in", "zh"),
    "book": ("book", *DAY, "-o", "out.docx"),
    "prove": ("prove", "cycle_told", "--add-rules", "more.gj", *DAY, "-j", "1", "--force", "-o", "out.yaml"),
    "impact": ("impact", "a.yaml", "--old", "r.gj", "--new", "r.gj", *DAY, "-f", "json", "-o", "out"),
    "export": ("export", "dataset", "--to", "jsonschema", *RULED, "-o", "out"),
    # `build` writes the same file by the same call.
    "release": ("release", "sign", "r.gjr", "--key", "key.pem", "-o", "out.gjr"),
    "standards": ("standards", "table", *DAY, "-o", "out.xlsx"),
}


def main() -> int:
    """Tries the commands named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("commands", nargs="*")
    asked = parser.parse_args()
    torn = 0
    for name in asked.commands or COMMANDS:
        with _folder() as folder:
            counts = _try(name, folder, asked.times, random.Random(f"{asked.seed} {name}"))
        torn += counts["torn"]
        print(f"{name:<24}" + "  ".join(f"{what} {count}" for what, count in counts.items()), flush=True)
    return 1 if torn else 0


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="guiju-kill-") as made:
        folder = Path(made)
        os.chdir(folder)
        items = "".join(f"  - {{名称: 数据{at}, 提供单位: 单位{at % 3}}}\n" for at in range(300))
        for file, text in (("r.gj", RULES), ("a.yaml", "数据集:\n" + items), ("b.yaml", "数据集:\n  - {名称: 甲, 更新周期: 每日}\n")):
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "more.gj").write_text(MORE, encoding="utf-8")
        (folder / "untidy.yaml").write_text("数据集:\n" + "  - {名称: 甲, 更新频率: 按年, 发布日期: 2026/3/1}\n" * 300, encoding="utf-8")
        yield folder
        os.chdir(before)


def _try(name: str, folder: Path, times: int, chance: random.Random) -> dict[str, int]:
    words = COMMANDS[name]
    if name == "release":
        _seal(folder)
    old = _prepare(name, folder)
    _run(words)  # loads what it needs, here
    took = min(_timed(words, folder, old) for _ in range(3))
    new = _state(folder)
    is_whole = _WHOLE.get(name, lambda one, before, after: one in (before, after))
    counts = {"old": 0, "new": 0, "left beside": 0, "torn": 0}
    for turn in range(times):
        _restore(folder, old)
        child = _start(words)
        time.sleep(chance.uniform(0.7 * took if turn % 2 else 0, 1.1 * took))
        os.kill(child, signal.SIGKILL)
        _wait(child)
        now = _state(folder)
        counts["left beside"] += any("/.guiju-" in f"/{file}" for file in now)
        now = {file: data for file, data in now.items() if "/.guiju-" not in f"/{file}"}
        whole = all(is_whole(now.get(file, b""), old.get(file, b""), new.get(file, b"")) for file in {*old, *new, *now})
        counts["old" if whole and now == old else "new" if whole else "torn"] += 1
    return counts


def _timed(words: tuple[str, ...], folder: Path, old: State) -> float:
    _restore(folder, old)
    began = time.monotonic()
    _wait(_start(words))
    return time.monotonic() - began


def _prepare(name: str, folder: Path) -> State:
    """The old file, where a file can be replaced."""
    if name == "fmt":
        (folder / "out.gj").write_text(UNTIDY * 200, encoding="utf-8")
    elif name == "check --keep":
        _run(("check", "b.yaml", *RULED, "--keep", "--store", "out.db"))
    elif name == "evidence keygen":
        _run(COMMANDS[name])
    elif name not in ("init", "notice"):
        Path(next(word.rpartition("=")[2] for word in COMMANDS[name] if word.rpartition("=")[2].startswith("out"))).write_bytes(b"old")
    return _state(folder)


def _seal(folder: Path) -> None:
    """A release to be signed, and the key; it need not be proved for that."""
    ruleset = read_rules([folder / "r.gj"], memo_of({})).ruleset
    assert ruleset is not None
    (folder / "r.gjr").write_bytes(make(ruleset, {"version": "1.0.0"}, {}))
    _run(("evidence", "keygen", "--force", "-o", "key.pem"))


def _state(folder: Path) -> State:
    """What is written, by name."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {name: one.read_bytes() for one in files if (name := one.relative_to(folder).as_posix()).startswith(("out", ".guiju-"))}


def _restore(folder: Path, old: State) -> None:
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name.startswith(("out", ".guiju-")):
            one.unlink()
    for name, data in old.items():
        (folder / name).write_bytes(data)


def _is_whole_key(now: bytes, old: bytes, new: bytes) -> bool:
    return now == old or (now.count(b"-----") == new.count(b"-----") and len(now) == len(new))


def _is_whole_store(now: bytes, old: bytes, new: bytes) -> bool:
    """Whether the store can be used, after what a killed process left was rolled back; its journal is no file of ours."""
    if not old:
        return True
    with contextlib.closing(sqlite3.connect("out.db")) as base:
        return base.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and base.execute("SELECT COUNT(*) FROM runs").fetchone()[
            0
        ] in (1, 2)


_WHOLE: dict[str, Callable[[bytes, bytes, bytes], bool]] = {"evidence keygen": _is_whole_key, "check --keep": _is_whole_store}


def _start(words: tuple[str, ...]) -> int:
    child = os.fork()
    if child == 0:
        _run_and_leave(words)
    return child


def _run_and_leave(words: tuple[str, ...]) -> NoReturn:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    with contextlib.suppress(SystemExit):
        app_of(list(words))(list(words), prog_name="guiju")
    os._exit(0)


def _run(words: tuple[str, ...]) -> None:
    """In this process, so that the next fork has the modules."""
    with (
        open(os.devnull, "w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
        contextlib.suppress(SystemExit),
    ):
        app_of(list(words))(list(words), prog_name="guiju")


def _wait(child: int) -> None:
    os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
