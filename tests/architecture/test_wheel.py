"""The wheel holds everything that the command needs, and the command runs from it in an environment of its own."""

import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.architecture.reading import PACKAGE, ROOT, say

_SHIPPED = {".gj", ".yaml", ".yml", ".json", ".md", ".html", ".sql", ".typ", ".lark", ".css", ".js", ".typed", ".csv", ".txt", ".ttl"}


def _run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr[-3000:]
    return next(folder.glob("guiju-*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        say(path)
        for path in PACKAGE.rglob("*")
        if path.is_file() and (path.suffix == ".py" or path.suffix in _SHIPPED or path.name == "py.typed")
    }
    assert wanted - held == set()


def test_the_wheel_holds_nothing_beside_the_package(wheel: Path) -> None:
    beside = [name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith(("guiju/", "guiju-"))]
    assert beside == []


def _example() -> Path:
    """The example that `make run` checks."""
    named = re.search(r"^EXAMPLE \?= (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert named is not None, "the Makefile names no example"
    return ROOT / named[1]


def test_the_command_checks_an_example_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    example = _example()
    place = tmp_path / "venv"
    assert _run(sys.executable, "-m", "venv", "--without-pip", place, cwd=tmp_path).returncode == 0
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    site = next(place.glob("lib*/**/site-packages"))
    installed = _run(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=tmp_path
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr[-3000:]
    # Packages that guiju needs are lent by this environment; guiju itself must come from the wheel. A path that stands in a .pth
    # file is not searched for further .pth files, so the working copy installed here does not follow.
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    where = _run(python, "-c", "import guiju; print(guiju.__file__)", cwd=tmp_path)
    assert str(site) in where.stdout, where.stdout + where.stderr
    done = _run(python, "-m", "guiju", "check", example, cwd=tmp_path)
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    assert done.stdout.strip(), "a check says something"
