"""A command killed at any moment leaves the old file or the whole new one; `python -m tests.tools.kill_writers` tries it at length."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.kill_writers import COMMANDS
from tests.unit.commands.terminal.test_guard import STARTS

pytestmark = pytest.mark.slow


def test_every_command_that_writes_is_killed() -> None:
    tried = {words[0] for words in COMMANDS.values()}
    # `lint --fix` writes by the same call as `fmt`; what `runs -o` writes is a text as that of `compare`.
    assert tried >= {*STARTS, "fmt", "init"} - {"runs"}


def test_a_killed_command_leaves_a_whole_file(root: Path) -> None:
    words = [sys.executable, "-m", "tests.tools.kill_writers", "--times", "3", "check json", "check --keep", "evidence keygen", "fmt"]
    done = subprocess.run(words, cwd=root, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
