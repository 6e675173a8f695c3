"""docs/authoring.md is carried out: its files are written, its commands run, and each prints the line that stands under it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "authoring.md"
_FILE = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d)$")


def test_every_step_from_the_clause_to_the_rule(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    for name, content in _FILE.findall(text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    written = (tmp_path / "rules/video_kept.gj").read_text("utf-8")
    (tmp_path / "broken.gj").write_text(written.replace("30 天", "30 元"), "utf-8")
    (tmp_path / "vocabulary").symlink_to(ROOT / "guiju/rules/vocabulary")
    environ = os.environ | {"PYTHONPATH": str(ROOT), "GUIJU_LANG": "zh", "COLUMNS": "120"}
    for block in _CONSOLE.findall(text):
        shown = ""
        for line in block.splitlines():
            if not line.startswith("$ "):
                assert line in shown, f"not printed: {line}\n{shown}"
                continue
            code = _EXIT.search(line)
            words = shlex.split(_EXIT.sub("", line[2:]))
            done = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, capture_output=True, text=True, env=environ, check=False)
            shown = done.stdout + done.stderr
            assert done.returncode == (int(code[1]) if code else 0), f"{line}\n{shown}"
