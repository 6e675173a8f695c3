"""Measures one thing several times and prints one line: the median by the clock and of the processor, and the spread."""

import time
from collections.abc import Callable
from statistics import median

__all__ = ["measure"]


def measure(name: str, job: Callable[[], object], *, rounds: int = 5, of: float = 0.0, unit: str = "") -> float:
    """The median seconds of `job`; with `of`, how many units it did, the rate is printed too."""
    times, busy = [], []
    for _ in range(rounds):
        begin, begin_busy = time.perf_counter(), time.process_time()
        job()
        times.append(time.perf_counter() - begin)
        busy.append(time.process_time() - begin_busy)
    middle = median(times)
    rate = f"  {of / middle:>12,.0f} {unit}/s" if of else ""
    print(f"{name:<44} {middle * 1000:>10.1f} ms  cpu {median(busy) * 1000:>10.1f} ms  max÷min {max(times) / min(times):.2f}{rate}")
    return middle
