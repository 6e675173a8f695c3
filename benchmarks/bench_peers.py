"""Other tools on the same 10,000 records, each on the rules that it can state; counts are asserted equal before a ratio is printed."""

import tempfile
from pathlib import Path

from report_performance import Bench, peers


def main() -> None:
    """Prints the table; tools that are not installed are named."""
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(peers(Bench(Path(folder), 1), 10_000)))


if __name__ == "__main__":
    main()
