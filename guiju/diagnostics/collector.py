"""Lets a reader make many small values without the collector of cycles walking over them again and again.

Nodes and spans never form cycles, so nothing is kept from it; on a text of three megabytes this halves the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_resting"]


@contextmanager
def collector_resting() -> Iterator[None]:
    """Switches the collector off and, if it was on, on again; two readers at once leave it as the first found it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
