"""The command as the tests of this folder call it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import guiju as run


@dataclass(frozen=True)
class Done:
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def guiju(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Done]:
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))

    def command(*words: object) -> Done:
        capfd.readouterr()
        code = run(*words)
        said = capfd.readouterr()
        return Done(code, said.out, said.err)

    return command
