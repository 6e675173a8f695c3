"""Every command of the README is run, and prints what the README says that it prints."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d)$")


Command = tuple[str, int, tuple[str, ...]]


def _blocks() -> list[tuple[Command, ...]]:
    """The console blocks, each as its command lines in order: words, exit code, and the lines shown under each."""
    return [tuple(_commands(block)) for block in _BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))]


def _commands(block: str) -> list[Command]:
    found: list[tuple[str, int, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            code = _EXIT.search(line)
            found.append((_EXIT.sub("", line[2:]), int(code.group(1)) if code else 0, []))
        else:
            found[-1][2].append(line)
    return [(command, code, tuple(shown)) for command, code, shown in found]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder to write in, with the examples, and the rules as they stand."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "guiju").mkdir()
    (tmp_path / "guiju" / "rules").symlink_to(ROOT / "guiju" / "rules")
    return tmp_path


# The commands of a block build on one another: a pack is made, then verified.
@pytest.mark.parametrize("block", _blocks(), ids=lambda block: block[0][0])
def test_a_block_of_the_readme_does_what_it_says(desk: Path, block: tuple[Command, ...]) -> None:
    for command, code, shown in block:
        words = shlex.split(command)
        assert words[0] == "guiju"
        environ = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTHONSAFEPATH": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "guiju", *words[1:]], cwd=desk, capture_output=True, text=True, env=environ, check=False
        )
        assert done.returncode == code, f"{command}\n{done.stderr or done.stdout}"
        rest = done.stdout
        for line in shown:
            at = rest.find(line)
            assert at >= 0, f"not printed, or not in this order: {line}\n{done.stdout}"
            rest = rest[at + len(line) :]
