"""The repository speaks of Guiju alone: of no machine on which it happens to lie, and of no address from which packages come."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, say

_SKIPPED = {
    ".git",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
}
_BINARY = {".xlsx", ".xls", ".pdf", ".png", ".docx", ".gz", ".zip", ".parquet", ".woff2", ".jpg", ".ico", ".db"}

# What .gitignore leaves out, where a copy without git is tested.
_LEFT_OUT = {".pyc", ".so", ".pyd"}

# What is built or installed and never kept.
_BUILT = {".whl", ".egg", ".exe", ".dll", ".dylib", ".o", ".a", ".jar", ".class", ".tar", ".tgz", ".7z"}

# The roots of machines, written so that this file does not match itself.
_MACHINE = re.compile(r"(?<![\w.}/-])/(?:work|root|home|Users|mnt|opt)" + r"/[\w.]")
_INDEX = re.compile(r"(?:-" + r"-(?:extra-)?index-url|--find" + r"-links|pypi\.org/" + r"simple|@ " + r"file:)")


def _kept() -> list[Path]:
    """The files that the repository keeps; where git is not at hand, all files that it would not leave out."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, timeout=60, check=True)
        paths = [ROOT / name for name in done.stdout.decode("utf-8").split("\0") if name]
    except (OSError, subprocess.SubprocessError):
        paths = []
    if not paths:
        paths = [path for path in ROOT.rglob("*") if not _SKIPPED & set(path.relative_to(ROOT).parts) and path.suffix not in _LEFT_OUT]
    return sorted(path for path in paths if path.is_file())


def _texts() -> list[Path]:
    return [path for path in _kept() if path.suffix not in _BINARY]


def _matches(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in _texts():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{say(path)}:{text.count(chr(10), 0, match.start()) + 1} {match.group()}" for match in pattern.finditer(text)]
    return found


def test_no_text_names_a_path_of_one_machine() -> None:
    assert _matches(_MACHINE) == []


def test_no_text_names_an_address_of_packages() -> None:
    assert _matches(_INDEX) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_package_exactly(lock: str) -> None:
    lines = [line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    loose = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(?: ; .+)?", line)]
    assert lines and loose == []


def test_the_running_lock_is_part_of_the_working_lock() -> None:
    running, working = (
        {line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert running <= working


# Workbooks that examples and tests read; whatever else is not text has no place in the repository.
_WORKBOOKS = re.compile(r"(?:examples/catalog|tests/roundtrip/workbooks)/[\w.-]+\.(?:xlsx|xls|ods)")


def test_the_repository_keeps_no_binaries_but_a_few_small_workbooks() -> None:
    odd = []
    for path in _kept():
        name = say(path)
        if (b"\0" in path.read_bytes() or path.suffix in _BUILT) and not (_WORKBOOKS.fullmatch(name) and path.stat().st_size < 50_000):
            odd.append(name)
    assert odd == []
