"""A real export of a data portal in the forms that are read most, byte for byte as they were when somebody last looked at them.

The input is not ours to keep, so of each form only the digest is kept. Any change of rules, registry or words changes them: look at
what changed with `guiju compare`, then `make accept`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INPUT = ROOT.parent / "shared" / "corpus" / "portal-xlsx" / "harbin.xlsx"
KEPT = Path(__file__).parent / "real-input.sha256"
FORMS = ("csv", "github", "gitlab", "json", "jsonl", "junit", "markdown", "oscal", "sarif", "text")


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_form_of_a_real_input_has_the_bytes_that_were_accepted(tongue: str, tmp_path: Path) -> None:
    if not INPUT.exists():
        pytest.skip("../shared is not here")
    outputs = [f"--output.{form}={tmp_path / form}" for form in FORMS]
    command = [sys.executable, "-m", "guiju", "check", INPUT.name, "--as-of", "2026-03-17", "--lang", tongue, "--quiet", *outputs]
    # The name of the file is part of every report: the check is made where the file is.
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(command, cwd=INPUT.parent, capture_output=True, timeout=300, env=env, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    found = {f"{form}.{tongue}": hashlib.sha256((tmp_path / form).read_bytes()).hexdigest() for form in FORMS}
    kept = dict(line.split() for line in KEPT.read_text("utf-8").splitlines()) if KEPT.exists() else {}
    if os.environ.get("GUIJU_ACCEPT"):
        KEPT.write_text("".join(f"{name} {digest}\n" for name, digest in sorted((kept | found).items())), "utf-8")
    assert found == {name: digest for name, digest in kept.items() if name.endswith(f".{tongue}")}
