"""Which processes of a session still run, where /proc tells of them."""

import os
from pathlib import Path

__all__ = ["session"]


def session(leader: int) -> list[int]:
    """The processes of a session that still run; those that have ended and wait for their parent do not."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == leader and "State:\tZ" not in (entry / "status").read_text("utf-8"):
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found
