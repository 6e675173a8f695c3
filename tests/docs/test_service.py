"""docs/service.md: its examples are run, its limits are those of the code, and its unit and proxy say what the options say."""

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.commands.bureau import serve
from guiju.service.settings import Limits
from tests.service.serving import Service, service


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """The document."""
    return (root / "docs/service.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    """A service for the examples."""
    with service() as begun:
        yield begun


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def test_the_example_with_curl(page: str, running: Service, root: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", _blocks(page, "sh")[0]],
        cwd=root,
        env={**os.environ, "GUIJU": running.address},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    if done.returncode == 127:
        pytest.skip("curl is not installed")
    assert '"state":"done"' in done.stdout and '"colour":"red"' in done.stdout


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_with_python(page: str, running: Service, root: Path, number: int) -> None:
    code = f"GUIJU = {running.address!r}\n" + _blocks(page, "python")[number]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0 and len(done.stdout.splitlines()) >= 2, done.stderr


def test_every_limit_is_told_with_its_default(page: str) -> None:
    told = dict(re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", page.partition("## Limits")[2].partition("## For programs")[0], re.MULTILINE))
    names = {
        name: value
        for names, values in told.items()
        for name, value in zip(re.findall(r"`(\w+)`", names), values.replace(" ", "").split(","), strict=False)
    }
    for one in dataclasses.fields(Limits):
        assert one.name in names, one.name
        assert one.name == "workers" or float(names[one.name]) == float(one.default), one.name


def test_the_unit_and_the_proxy_use_options_that_there_are(page: str) -> None:
    [unit] = _blocks(page, "ini")
    words = re.findall(r"--[a-z-]+", unit)
    known = Path(serve.__file__).read_text(encoding="utf-8")
    assert all(f'"{word}"' in known for word in words)
    assert "proxy_set_header X-Remote-User" in _blocks(page, "nginx")[0]
