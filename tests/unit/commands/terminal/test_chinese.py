"""Help and complaints about a command line are in the tongue of the process, those of the library that reads it too."""

import os
import re
import subprocess
import sys

import pytest

_ENGLISH = re.compile(r"\b(?:Usage|Options|Arguments|Commands|Error|Try|Missing|No such|OPTIONS|required|default)\b")
_HALF = re.compile(r"[\u4e00-\u9fff][,;:?!]")


@pytest.mark.parametrize("words", [["check", "--help"], ["check"], ["chek"], ["check", "--formt", "x"], ["check", "a", "--most", "x"]])
def test_chinese_help_has_no_english_words_and_no_half_width_marks(words: list[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "guiju", "--lang", "zh", *words], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    said = told.stdout + told.stderr
    assert said.strip()
    assert _ENGLISH.findall(said) == []
    assert _HALF.findall(said) == []
