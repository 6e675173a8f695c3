"""How long the forms of a report take for 300,000 findings, and how much memory: `python benchmarks/bench_report.py [N] [FORM…]`.

Wanted of each form: under a minute and under 2 GB. Seconds are those of the processor, so that what else runs does not count. The
findings are made by hand; checking is measured elsewhere. `browser` opens the page in Chromium, searches, sifts, turns it to
English, and prints it; its seconds are those of the clock, for somebody waits for them.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from memory import peak_megabytes

from guiju.reports.formats import write_report
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue
from tests.unit.reports.made import finding, report, same

FORMS = ("csv", "junit", "sarif", "json", "jsonl", "markdown", "github", "gitlab", "oscal", "html", "xlsx", "docx", "pdf")
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")


def made(count: int) -> Report:
    """A report of that many findings of forty rules and sixty units, each with words of its own."""
    rules = 40
    return report(
        *(
            finding(
                number, words=f"数据集“第{number}号目录”没有写明更新周期，要求写明", rule=f"R.{number % rules}.rule", fix=same("写上更新周期。"),
                department=f"第{number % 60}局", seen=same(f"更新周期：未提供（第 {number} 行）"),
            )
            for number in range(count)
        )
    )  # fmt: skip


def measure(form: str, count: int) -> str:
    """One line: how long one form took, how much it gave, and the most memory that this process ever held."""
    whole = made(count)
    start = time.process_time()
    written = write_report(form, whole, Tongue.ZH)
    seconds = time.process_time() - start
    most = peak_megabytes()
    return f"{form:9} {count:>8,} findings {seconds:6.1f} s {len(written) // 1_000_000:>5} M {most:>6} MB"


def browse(count: int) -> Iterator[str]:
    """How long somebody waits for each thing that he does with the page."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "report.html"
        file.write_text(str(write_report("html", made(count), Tongue.ZH)), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(_QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        first = page.locator("#list article").first

        def waited(what: str, act: Callable[[], object], until: Callable[[], object]) -> str:
            start = time.perf_counter()
            act()
            until()
            return f"{what:9} {count:>8,} findings {time.perf_counter() - start:6.1f} s"

        yield waited("open", lambda: page.goto(file.as_uri()), first.wait_for)
        last = page.locator("#list article", has_text=f"第{count - 1}号")
        yield waited("search", lambda: page.fill("#search", f"第{count - 1}号"), last.wait_for)
        yield waited("clear", lambda: page.click("button[type=reset]"), page.locator("#pages:not([hidden])").wait_for)
        yield waited("sift", lambda: page.select_option("#filter-department", index=3), first.wait_for)
        yield waited("switch", lambda: page.click("#switch"), page.locator("html[lang=en]").wait_for)
        yield waited("print", lambda: page.pdf(), first.wait_for)
        browser.close()


def main() -> None:
    """Each form in a process of its own, so that one does not count the memory of another."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    forms = sys.argv[2:] or [*FORMS, "browser"]
    if forms == ["browser"]:
        for line in browse(count):
            print(line, flush=True)
        return
    if len(forms) == 1:
        print(measure(forms[0], count), flush=True)
        return
    for form in forms:
        subprocess.run([sys.executable, __file__, str(count), form], check=True)


if __name__ == "__main__":
    main()
