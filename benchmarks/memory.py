"""How much memory this process has held at the most."""

import resource
from pathlib import Path

__all__ = ["peak_megabytes"]


def peak_megabytes() -> int:
    """Megabytes. What `getrusage` tells of a started program may be what its parent held when it started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(line.split()[1]) for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM")) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
