"""What somebody at a terminal sees of long work, and that nobody else sees any of it."""

import os
import pty
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from guiju.catalog.read import read
from guiju.commands.terminal.progress import bar
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.terms.progress import Work
from tests.readers.portal import portal
from tests.readers.samples import CATALOG, write_sample

GUIJU = Path(sys.executable).with_name("guiju")


def _on_terminal(*words: str, **environ: str) -> tuple[str, int]:
    """What a check draws on a terminal, its data going elsewhere, and its exit code."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "LANG": "zh_CN.UTF-8", "TERM": "xterm", "GUIJU_CACHE": "", **environ}
    env.pop("NO_COLOR", None) if "NO_COLOR" not in environ else None
    running = subprocess.Popen([GUIJU, *words], stdout=subprocess.DEVNULL, stderr=theirs, env=env)
    os.close(theirs)
    drawn = b""
    try:
        while block := os.read(ours, 65_536):
            drawn += block
    except OSError:  # the other end is closed: the terminal is gone with the command
        pass
    os.close(ours)
    return drawn.decode(), running.wait()


def test_a_live_portal_is_read_and_judged_under_a_bar_that_goes_away() -> None:
    with portal(250, behave="slow") as address:
        drawn, code = _on_terminal("check", f"ckan:{address}")
    assert code in (0, 1)
    assert "读入" in drawn and "40%" in drawn and "80%" in drawn
    after = drawn[drawn.rindex("读入") :]
    assert "\x1b[2K" in after, "the line is taken away"


@pytest.mark.parametrize("words", [("--quiet",), ()], ids=["quiet", "dumb"])
def test_who_wants_no_bar_gets_none(words: tuple[str, ...]) -> None:
    with portal(1, behave="slow") as address:
        drawn, _ = _on_terminal("check", f"ckan:{address}", *words, **({} if words else {"TERM": "dumb"}))
    assert "读入" not in drawn and "\x1b[" not in drawn


def test_no_color_takes_the_colours_and_leaves_the_bar() -> None:
    with portal(1, behave="slow") as address:
        drawn, _ = _on_terminal("check", f"ckan:{address}", NO_COLOR="1")
    assert "读入" in drawn and "\x1b[3" not in drawn.replace("\x1b[?25", "")


def test_no_terminal_no_bar() -> None:
    with portal(1, behave="slow") as address:
        done = subprocess.run([GUIJU, "check", f"ckan:{address}"], capture_output=True, text=True)
    assert "\x1b" not in done.stderr and "%" not in done.stderr


def test_work_that_is_done_at_once_draws_nothing() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as out, bar(to=out) as progress:
        assert progress is not None
        progress(Work.READ, 1, 2)
    with os.fdopen(ours, "rb") as seen:
        os.set_blocking(seen.fileno(), False)
        with pytest.raises((BlockingIOError, OSError)):
            os.read(seen.fileno(), 10)


def test_what_is_not_known_is_drawn_without_a_share() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as out, bar(to=out, after=0) as progress:
        assert progress is not None
        progress(Work.WRITE, 0, 0)
        time.sleep(0.3)
        drawn = os.read(ours, 65_536).decode()
    os.close(ours)
    assert ("写出" in drawn or "writing" in drawn) and "%" not in drawn


def test_all_inputs_together_are_one_whole_and_every_work_comes_to_its_end(tmp_path: Path) -> None:
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    files = [write_sample(tmp_path, form, CATALOG * 300, "数据集") for form in ("xlsx", "csv", "json")]
    told: dict[Work, list[tuple[int, int]]] = {work: [] for work in Work}
    submission = read(files, ruleset.vocabulary, progress=lambda work, done, of: told[work].append((done, of)))
    one = read(files[:1], ruleset.vocabulary)
    small = one.records[:3]
    judged = check_submission(
        ruleset,
        type(one)(records=small, inputs=one.inputs),
        as_of=date(2026, 3, 2),
        calendar=load_calendar(),
        progress=lambda work, done, of: told[work].append((done, of)),
    )
    assert len(submission.records) == 2700 and judged.findings
    assert len({of for _, of in told[Work.READ]}) == 1, "one whole"
    shares = [done / of for done, of in told[Work.READ]]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1 and len(shares) > 9
    assert [done for done, _ in told[Work.JUDGE]] == sorted({done for done, _ in told[Work.JUDGE]})
    assert told[Work.EXPLAIN][0] == (0, len(judged.findings))
