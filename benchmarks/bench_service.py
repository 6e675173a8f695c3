"""The service under load, over real HTTP: twenty people who check a 1,000-row workbook at once, and one who drops harbin's catalog.

python benchmarks/bench_service.py [people] [rows]
"""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.service.serving import Client, Service, many_rows, service


def _memory(served: Service) -> int:
    """Megabytes of the service and all its processes, what they share counted once."""
    waiting, sum_ = [served.process.pid], 0
    while waiting:
        at = waiting.pop()
        try:
            for line in Path(f"/proc/{at}/smaps_rollup").read_text().splitlines():
                sum_ += int(line.split()[1]) if line.startswith("Pss:") else 0
            waiting += [int(one) for task in Path(f"/proc/{at}/task").iterdir() for one in (task / "children").read_text().split()]
        except OSError:
            continue
    return sum_ // 1024


def _one(served: Service, name: str, data: bytes) -> float:
    with served.client() as client:
        token = client.token()
        begun = time.monotonic()
        answer = Client.post(client, "/check", data={"token": token}, files=[("files", (name, data))])
        link = answer.headers["location"]
        assert client.wait(link) == "done"
        client.get(link)
        return time.monotonic() - begun


def main() -> None:
    """Writes the figures."""
    people, rows = (int(one) for one in [*sys.argv[1:], "20", "1000"][:2])
    with tempfile.TemporaryDirectory() as folder, service("--limit", "requests=1000000", "--limit", "checks=1000000") as served:
        data = many_rows(Path(folder) / "many.xlsx", rows).read_bytes()
        print(f"first, cold: {_one(served, 'first.xlsx', data):.2f} s")
        print(f"one alone, warm: {_one(served, 'one.xlsx', data):.2f} s")
        most = 0
        with ThreadPoolExecutor(people) as pool:
            going = [pool.submit(_one, served, f"{at}.xlsx", data) for at in range(people)]
            while not all(one.done() for one in going):
                most = max(most, _memory(served))
                time.sleep(0.2)
            times = sorted(one.result() for one in going)
        print(
            f"{people} at once, {rows} rows each: first {times[0]:.2f} s, median {times[len(times) // 2]:.2f} s, last {times[-1]:.2f} s; {most} MB in all"
        )
        harbin = Path(__file__).parents[2] / "shared/corpus/portal-xlsx/harbin.xlsx"
        if harbin.exists():
            print(f"harbin.xlsx from drop to findings: {min(_one(served, 'harbin.xlsx', harbin.read_bytes()) for _ in range(3)):.2f} s")


if __name__ == "__main__":
    main()
