"""No command writes over a file that it was given, by whatever name; what cannot be made again wants `--force`."""

import inspect
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from guiju.cli import COMMANDS
from guiju.commands.terminal.guard import Guard
from guiju.commands.terminal.guarded import GIVEN, WRITTEN
from guiju.commands.terminal.outputs import OUTPUT_PREFIX
from guiju.commands.terminal.terminal import Refused, watch, write
from tests.command import guiju

# Each command that writes, with the words that it cannot do without and the argument that they are for.
STARTS: dict[str, tuple[str, ...]] = {
    "check": ("files",),
    "read": ("files",),
    "fix": ("file",),
    "translate": ("file", "--to", "en"),
    "compare": ("files",),
    "waive": ("files", "--rule", "r"),
    "summary": ("files",),
    "notice": ("files",),
    "template": ("", "dataset"),
    "explain": ("", "r"),
    "runs": ("", "list"),
    "evidence": ("files", "pack"),
    "book": ("",),
    "prove": ("",),
    "impact": ("", "in", "--old", ".", "--new", "."),
    "export": ("", "dataset", "--to", "jsonschema"),
    "release": ("paths", "build"),
    "standards": ("", "list"),
}
# Where files are made that are not there yet.
MADE_IN = {("init", "folder"), ("rules", "into"), ("release", "to"), ("release", "keys"), ("serve", "folder")}


def parameters(command: str) -> dict[str, inspect.Parameter]:
    module, _ = COMMANDS[command]
    return dict(inspect.signature(getattr(import_module(module), command)).parameters)


def is_written(name: str) -> bool:
    return name in WRITTEN or name.startswith(OUTPUT_PREFIX)


def test_every_argument_that_is_a_path_is_known_as_read_or_as_written() -> None:
    for command in COMMANDS:
        for name, one in parameters(command).items():
            if "Path" in str(get_args(one.annotation)[0] if get_args(one.annotation) else one.annotation):
                assert name in GIVEN or is_written(name) or (command, name) in MADE_IN, (command, name)


def test_every_command_that_writes_is_tried_here() -> None:
    assert {command for command in COMMANDS if any(map(is_written, parameters(command)))} == set(STARTS)


def given_and_written() -> Iterator[tuple[str, str, str]]:
    for command in STARTS:
        names = parameters(command)
        for given in (name for name in names if name in GIVEN):
            for written in (name for name in names if is_written(name)):
                if (command, written) != ("notice", "output"):
                    yield command, given, written


def option(name: str) -> str:
    if name == "answers_to":
        return "--answers"
    return f"--output.{name.removeprefix(OUTPUT_PREFIX)}" if name.startswith(OUTPUT_PREFIX) else "--" + name.replace("_", "-")


def words(command: str, given: str, file: Path) -> list[str]:
    takes, *rest = STARTS[command]
    other = file.with_name("other")
    if takes == given:
        return [command, *rest, str(file)] + ([str(other)] if command == "compare" else [])
    files = [str(other)] * (2 if command == "compare" else 1) if takes else []
    return [command, *rest, *files, option(given), str(file)]


NAMES: dict[str, Callable[[Path], Path]] = {
    "itself": lambda file: file,
    "another spelling": lambda file: file.parent / ".." / file.parent.name / file.name,
    "a hard link": lambda file: linked(file, os.link),
    "a symbolic link": lambda file: linked(file, os.symlink),
    "a descriptor": lambda file: Path(f"/dev/fd/{os.open(file, os.O_RDWR)}"),
}


def linked(file: Path, link: Callable[[Path, Path], None]) -> Path:
    link(file, file.with_name("link"))
    return file.with_name("link")


@pytest.mark.parametrize(("command", "given", "written"), tuple(given_and_written()))
def test_no_command_writes_over_what_it_was_given(command: str, given: str, written: str, tmp_path: Path, capfd: Any) -> None:
    file = tmp_path / "given"
    for name in NAMES:
        for one in tmp_path.iterdir():
            one.unlink()
        file.write_text("precious")
        file.with_name("other").write_text("other")
        to = NAMES[name](file)
        assert guiju(*words(command, given, file), option(written), to, "--force") == 2, name
        assert file.read_text() == "precious", name
        [told] = capfd.readouterr().err.splitlines()
        assert "the files given" in told or "交给这条命令" in told, (name, told)
        if to.parent.name == "fd":
            os.close(int(to.name))


def test_a_file_in_a_folder_that_was_given_is_given(tmp_path: Path, capfd: Any) -> None:
    for name in ("a.yaml", "r.gj", "report.html"):
        (tmp_path / name).write_text("precious")
    guard = Guard([str(tmp_path)])
    assert guard.refusal(tmp_path / "a.yaml") and guard.refusal(tmp_path / "r.gj")
    assert guard.refusal(tmp_path / "report.html") is None
    assert guard.refusal(tmp_path / "new.yaml") is None


def test_a_database_that_is_read_by_its_address_is_given(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("precious")
    assert Guard([f"sqlite:{tmp_path}/x.db?table=t"], force=True).refusal(tmp_path / "x.db")


def test_what_is_written_in_a_folder_spares_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "notice.docx").write_text("precious")
    watch(Guard([str(tmp_path / "notice.docx")]))
    try:
        with pytest.raises(Refused):
            write("new", tmp_path / "notice.docx")
        write("new", tmp_path / "other.docx")
    finally:
        watch(Guard())
    assert (tmp_path / "notice.docx").read_text() == "precious"


def test_stdin_and_stdout_are_files_as_others(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("precious")
    for said in (["check", "-", "-o", "a.yaml"], ["check", "a.yaml"], ["fix", "a.yaml"]):
        with file.open("rb") as stdin, file.open("ab") as stdout:
            done = subprocess.run(
                [sys.executable, "-m", "guiju", *said], cwd=tmp_path, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False
            )
        assert (done.returncode, file.read_text()) == (2, "precious"), done.stderr


def test_two_forms_are_not_written_to_one_file(tmp_path: Path, capfd: Any) -> None:
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "link").symlink_to("out")
    assert guiju("check", tmp_path / "a.yaml", "-o", tmp_path / "out", "--output.json", tmp_path / "link") == 2
    assert not (tmp_path / "out").exists()


def test_a_store_is_not_made_in_the_place_of_an_input(tmp_path: Path, capfd: Any) -> None:
    (tmp_path / "a.yaml").write_text("")
    assert guiju("check", tmp_path / "a.yaml", "--keep", "--store", tmp_path / "a.yaml") == 2
    assert (tmp_path / "a.yaml").read_bytes() == b""


# ---- what cannot be made again ----------------------------------------------------------------------------------------------------


def store(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE t (n)")
    base.close()


def key(file: Path) -> None:
    pytest.importorskip("cryptography")
    assert guiju("evidence", "keygen", "-o", file, "--force") == 0


def pack(file: Path) -> None:
    from guiju.evidence.archive import write_archive

    file.write_bytes(write_archive({"calendar.json": b"{}", "manifest.json": b"{}"}))


def register(file: Path) -> None:
    file.write_text("# signed\n豁免:\n  - 编号: 2026-01\n", encoding="utf-8")


@pytest.mark.parametrize("make", [store, key, pack, register])
def test_what_cannot_be_made_again_wants_force(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "there")
    assert Guard().refusal(tmp_path / "there")
    assert Guard(force=True).refusal(tmp_path / "there") is None


def test_an_older_report_is_replaced_without_a_word(tmp_path: Path) -> None:
    for text in ('{"guiju": {}}', "<html>", "豁免的说明", ""):
        (tmp_path / "there").write_text(text, encoding="utf-8")
        assert Guard().refusal(tmp_path / "there") is None


@pytest.mark.parametrize("said", [["evidence", "pack", "in"], ["evidence", "slip", "in"], ["evidence", "keygen"], ["waive", "in", "--rule", "r"], ["fix", "in"], ["template", "dataset"]])  # fmt: skip
def test_these_write_over_no_file_without_force(said: list[str], tmp_path: Path, capfd: Any) -> None:
    (tmp_path / "there").write_text("old")
    assert guiju(*said, "-o", tmp_path / "there") == 2
    assert "--force" in capfd.readouterr().err
    assert (tmp_path / "there").read_text() == "old"


def test_the_public_part_of_a_key_is_kept_as_the_private_one_is(tmp_path: Path, capfd: Any) -> None:
    pytest.importorskip("cryptography")
    (tmp_path / "k.pub.pem").write_text("old")
    assert guiju("evidence", "keygen", "-o", tmp_path / "k.pem") == 2
    assert [one.name for one in tmp_path.iterdir()] == ["k.pub.pem"]
    assert guiju("evidence", "keygen", "-o", tmp_path / "k.pem", "--force") == 0
    assert (tmp_path / "k.pem").stat().st_mode & 0o777 == 0o600
