"""How long the forms of a report take for 300,000 findings, and how much memory: `python benchmarks/bench_report.py [N] [FORM…]`.

Wanted of each form: under a minute and under 2 GB. The findings are made by hand; checking is measured elsewhere.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from guiju.commands.forms import write_form
from guiju.terms.tongue import Tongue
from tests.unit.reports.made import finding, report, same

FORMS = ("csv", "junit", "sarif", "jsonl", "markdown", "github", "gitlab", "oscal", "xlsx")


def measure(form: str, count: int) -> str:
    """One line: how long one form took, how much it gave, and the most memory that this process ever held."""
    rules = 40
    made = report(
        *(
            finding(
                number, words=f"数据集“第{number}号目录”没有写明更新周期，要求写明", rule=f"R.{number % rules}.rule", fix=same("写上更新周期。"),
                department=f"第{number % 60}局", seen=same(f"更新周期：未提供（第 {number} 行）"),
            )
            for number in range(count)
        )
    )  # fmt: skip
    start = time.process_time()
    written = write_form(form, made, Tongue.ZH)
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{form:9} {count:>8,} findings {seconds:6.1f} s {len(written) // 1_000_000:>5} M {most:>6} MB"


def main() -> None:
    """Each form in a process of its own, so that one does not count the memory of another."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    forms = sys.argv[2:] or list(FORMS)
    if len(forms) == 1:
        print(measure(forms[0], count), flush=True)
        return
    for form in forms:
        subprocess.run([sys.executable, __file__, str(count), form], check=True)


if __name__ == "__main__":
    main()
