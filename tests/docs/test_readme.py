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


def _commands() -> list[tuple[str, int, tuple[str, ...]]]:
    """The command lines of all console blocks: words, exit code, and the lines shown under each."""
    found: list[tuple[str, int, list[str]]] = []
    for block in _BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                code = _EXIT.search(line)
                found.append((_EXIT.sub("", line[2:]), int(code.group(1)) if code else 0, []))
            else:
                found[-1][2].append(line)
    return [(command, code, tuple(shown)) for command, code, shown in found]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to write in, with the examples, and the rules as they stand."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "guiju").mkdir()
    (folder / "guiju" / "rules").symlink_to(ROOT / "guiju" / "rules")
    return folder


# The commands build on one another (a pack is made, then verified), so they run in one worker and in their order.
@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize(("command", "code", "shown"), _commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_command_of_the_readme_does_what_it_says(desk: Path, command: str, code: int, shown: tuple[str, ...]) -> None:
    words = shlex.split(command)
    assert words[0] == "guiju"
    environ = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTHONSAFEPATH": "1"}
    done = subprocess.run([sys.executable, "-m", "guiju", *words[1:]], cwd=desk, capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == code, done.stderr or done.stdout
    rest = done.stdout
    for line in shown:
        at = rest.find(line)
        assert at >= 0, f"not printed, or not in this order: {line}\n{done.stdout}"
        rest = rest[at + len(line) :]
