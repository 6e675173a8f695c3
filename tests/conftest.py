"""What every test may lean on: the root of the repository, the shared material beside it, and one profile of hypothesis."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# No deadline: a busy machine is not a fault. `make props SIZE=…` sets how many examples each property tries.
settings.register_profile(
    "guiju",
    deadline=None,
    max_examples=int(os.environ.get("GUIJU_SIZE", "100")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("guiju")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was left out, in one line."""
    reports = terminalreporter.getreports("skipped")
    if reports:
        reasons = Counter(
            str(one.longrepr[2] if isinstance(one.longrepr, tuple) else one.longrepr).removeprefix("Skipped: ") for one in reports
        )
        terminalreporter.write_line("left out: " + "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common()))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that lies beside the repository on some machines; a test that needs it is skipped elsewhere."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
