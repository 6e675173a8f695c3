"""The tongue may be asked for before the command and behind it."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lang", "zh", "--help"), "规矩："),
        (("--help", "--lang", "zh"), "规矩："),
        (("--lang=en", "--help"), "Guiju: clauses"),
        (("--lang", "zh", "check", "--help"), "检查"),
        (("--lang=en", "check", "--help"), "check proposals"),
    ],
)
def test_the_tongue_may_stand_before_the_command(words: tuple[str, ...], said: str) -> None:
    environ = {**os.environ, "GUIJU_LANG": "en" if "zh" in "".join(words) else "zh"}
    done = subprocess.run([sys.executable, "-m", "guiju", *words], capture_output=True, text=True, check=False, env=environ)
    assert (done.returncode, said in done.stdout) == (0, True), done.stderr


def test_a_tongue_that_guiju_does_not_speak_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "guiju", "--lang", "fr", "check", "x"], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
