"""What `guiju rules update FROM` does: take the newest release that verifies; what is in use stays in use until then.

0 taken · 2 it could not be taken, and everything is as it was.
"""

import os
from pathlib import Path

from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say

__all__ = ["run_update"]


def run_update(words: list[str], *, root: Path | None, into: Path | None) -> int:
    """The exit code; the path of the file in use goes to stdout."""
    if len(words) != 1:
        eprint(say("请写明从哪里更新：文件夹或 http 地址。", "Say from where: a folder or an http address."))
        return 2
    try:
        from guiju.release.repository import UpdateFault, update
    except ImportError:
        eprint(say("更新规则还需要安装：pip install 'guiju[release]'", "updating rules needs: pip install 'guiju[release]'"))
        return 2
    try:
        trusted = root.read_bytes() if root is not None else None
        taken = update(words[0], into or _usual(), trusted)
    except UpdateFault as fault:
        eprint(fault.words.say(TONGUE))
        return 2
    except OSError as error:
        eprint(say(f"打不开 {error.filename}：{error.strerror}", f"cannot open {error.filename}: {error.strerror}"))
        return 2
    put(f"{taken}\n", None)
    return 0


def _usual() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.environ.get("HOME", "."), ".local", "share")
    return Path(base) / "guiju" / "rules"
