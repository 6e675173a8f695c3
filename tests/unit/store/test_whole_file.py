"""What is written is there whole or not at all, whatever ends the writing; what is no file is written to as it stands."""

import errno
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from guiju.store import whole_file
from guiju.store.whole_file import PRIVATE, descriptor_of, write_file
from tests.command import started

OLD, NEW = b"old", b"new" * 1000


@pytest.fixture(params=["unnamed", "named"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to have a file beside: without a name, and with one where the system knows no other."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def only(folder: Path) -> Path:
    """The one entry of the folder."""
    [found] = folder.iterdir()
    return found


@pytest.mark.usefixtures("way")
def test_a_file_is_made_and_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    for data in (OLD, NEW, b""):
        write_file(tmp_path / "r.json", data)
        assert only(tmp_path).read_bytes() == data


@pytest.mark.usefixtures("way")
def test_a_new_file_has_the_rights_that_the_umask_leaves_and_a_private_one_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "r", OLD)
        write_file(tmp_path / "k", OLD, mode=PRIVATE)
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "rk"] == [0o640, 0o600]


@pytest.mark.usefixtures("way")
def test_the_rights_of_what_is_replaced_stay(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(OLD)
    (tmp_path / "r").chmod(0o604)
    write_file(tmp_path / "r", NEW)
    assert stat.S_IMODE((tmp_path / "r").stat().st_mode) == 0o604


@pytest.mark.usefixtures("way")
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/r")
    for data in (OLD, NEW):
        write_file(tmp_path / "link", data)
        assert (tmp_path / "link").is_symlink() and only(tmp_path / "there").read_bytes() == data


@pytest.mark.usefixtures("way")
def test_what_is_to_be_fresh_replaces_nothing(tmp_path: Path) -> None:
    write_file(tmp_path / "k", OLD, fresh=True)
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "k", NEW, fresh=True)
    assert only(tmp_path).read_bytes() == OLD


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("step", ["_write_all", "_take_name", "_take_rights"])
def test_a_writing_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r").write_bytes(OLD)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(whole_file, step, fail)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "r", NEW)
    assert only(tmp_path).read_bytes() == OLD


@pytest.mark.usefixtures("way")
def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("n" * 255), NEW)
    assert only(tmp_path).read_bytes() == NEW


@pytest.mark.usefixtures("way")
def test_a_file_larger_than_is_allowed_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(OLD)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError) as told:
            write_file(tmp_path / "r", NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.errno == errno.EFBIG
    assert only(tmp_path).read_bytes() == OLD


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "guiju", tmp_path], capture_output=True).returncode:
        pytest.skip("no small disk can be made here: that needs root")
    try:
        write_file(tmp_path / "r", OLD)
        with pytest.raises(OSError) as told:
            write_file(tmp_path / "r", b"x" * 100_000)
        assert told.value.errno == errno.ENOSPC
        assert only(tmp_path).read_bytes() == OLD
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_file(tmp_path / "pipe", NEW)
    reader.join(20)
    assert got == [NEW] and stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_an_open_descriptor_goes_on_where_it_stands(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        log.write(OLD)
        log.flush()
        write_file(f"/dev/fd/{log.fileno()}", NEW)
        log.write(OLD)
    assert only(tmp_path).read_bytes() == OLD + NEW + OLD


@pytest.mark.parametrize(
    ("name", "number"), [("/dev/stdout", 1), ("/dev/stderr", 2), ("/dev/fd/7", 7), ("/proc/self/fd/3", 3), ("/dev/null", None), ("r", None)]
)
def test_names_of_descriptors_are_known(name: str, number: int | None) -> None:
    if name.startswith("/proc") and not Path("/proc").is_dir():
        pytest.skip("there is no /proc here")
    assert descriptor_of(name) == number


def test_a_link_to_stdout_is_stdout(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/dev/stdout")
    (tmp_path / "round").symlink_to("round")
    assert (descriptor_of(tmp_path / "out"), descriptor_of(tmp_path / "round")) == (1, None)


_WRITES = """
import sys
from pathlib import Path
from guiju.store.whole_file import write_file
turns = [bytes([letter]) * 3_000_000 for letter in b"ab"]
print("ready", file=sys.stderr, flush=True)
while True:
    for one in turns:
        write_file(sys.argv[1], one)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(root: Path, tmp_path: Path) -> None:
    chance = random.Random(34)
    (tmp_path / "r").write_bytes(b"a" * 3_000_000)
    seen = set()
    for _ in range(8):
        child = started([sys.executable, "-c", _WRITES, tmp_path / "r"], cwd=root, stderr=subprocess.PIPE)
        assert child.stderr is not None and child.stderr.readline()
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        data = (tmp_path / "r").read_bytes()
        assert len(data) == 3_000_000 and len(set(data)) == 1
        seen |= set(data)
    assert seen <= set(b"ab")
