"""Draws the pictures of docs/how-it-works.md as SVG: python tests/tools/draw_pictures.py. A test holds them to what is drawn here."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from guiju.terms.verdict import Truth, and_, not_, or_  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
_INK, _GREY, _LINE = "#1f2933", "#52606d", "#9aa5b1"
_FILLS = {"code": "#e3f0fb", "data": "#fdf3d7", "out": "#e3f6e8", "none": "#ffffff", "bad": "#fbe3e3", "open": "#eceff2"}
_TRUTHS = {Truth.T: "out", Truth.F: "bad", Truth.U: "open", Truth.V: "none"}


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG of that size in pixels; `parts` are its elements in the order in which they are drawn."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)

    def box(self, x: int, y: int, w: int, h: int, lines: Iterable[str], fill: str = "code") -> None:
        """A box with its lines of text in the middle; the first line is bold."""
        texts = list(lines)
        self.parts.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="6" fill="{_FILLS[fill]}" stroke="{_LINE}"/>')
        top = y + h / 2 - (len(texts) - 1) * 8 + 5
        for number, text in enumerate(texts):
            self.text(x + w // 2, round(top + number * 16), text, bold=number == 0, middle=True)

    def text(self, x: int, y: int, text: str, *, bold: bool = False, middle: bool = False, small: bool = False) -> None:
        """One line of text with its base line at y."""
        style = f' font-size="{12 if small else 13}"' + (' font-weight="600"' if bold else "") + (' text-anchor="middle"' if middle else "")
        self.parts.append(f'<text x="{x}" y="{y}" fill="{_GREY if small else _INK}"{style}>{escape(text)}</text>')

    def arrow(self, x1: int, y1: int, x2: int, y2: int, words: str = "") -> None:
        """An arrow with words above its middle."""
        self.parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_GREY}" stroke-width="1.5" marker-end="url(#head)"/>')
        if words:
            self.text((x1 + x2) // 2, (y1 + y2) // 2 - 6, words, middle=True, small=True)

    def svg(self) -> str:
        """The text of the file."""
        head = '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}" '
            f'font-family="system-ui, Noto Sans CJK SC, sans-serif" role="img">\n<title>{escape(self.title)}</title>\n'
            f'<defs>{head}<path d="M0 0 L8 4 L0 8 z" fill="{_GREY}"/></marker></defs>\n'
            f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def arrows() -> Picture:
    """The arrows of ARCHITECTURE.md."""
    picture = Picture(
        980, 330, "The arrows: rule text becomes a ruleset, documents become records, a plan is run, findings become a report"
    )
    stages = (("rule text", ".gj"), ("syntax tree", "dsl/syntax"), ("checked model", "dsl/model"), ("IR", "dsl/ir"), ("ruleset", "sealed"))
    for number, lines in enumerate(stages):
        x = 20 + number * 160
        picture.box(x, 40, 120, 50, lines, "data" if number in (0, 4) else "code")
        if number:
            picture.arrow(x - 40, 65, x - 2, 65, ("parse", "check", "lower", "seal")[number - 1])
    picture.box(340, 115, 120, 46, ("registry", "standards"), "data")
    picture.arrow(400, 115, 400, 92, "")
    picture.text(20, 28, "guiju/dsl: the language", small=True)
    picture.box(20, 215, 120, 50, ("documents", "xlsx csv json …"), "data")
    picture.box(180, 215, 120, 50, ("records", "as written"), "code")
    picture.arrow(140, 240, 178, 240, "read")
    picture.text(20, 203, "guiju/catalog: readers", small=True)
    picture.box(500, 215, 100, 50, ("plan", "for a day"), "code")
    picture.arrow(720, 92, 560, 213, "")
    picture.text(650, 165, "plan", small=True)
    picture.box(640, 215, 130, 50, ("observations", "by either engine"), "code")
    picture.arrow(600, 240, 638, 240, "run")
    picture.parts.append(
        f'<path d="M240 265 L240 300 L705 300 L705 268" fill="none" stroke="{_GREY}" stroke-width="1.5" marker-end="url(#head)"/>'
    )
    picture.box(810, 135, 150, 50, ("findings", "explained, waived"), "code")
    picture.arrow(770, 232, 830, 188, "judge")
    picture.box(810, 245, 150, 50, ("report", "text html json xlsx …"), "out")
    picture.arrow(885, 185, 885, 243, "")
    picture.text(893, 218, "write", small=True)
    picture.text(500, 282, "guiju/validators", small=True)
    return picture


def truth() -> Picture:
    """The truth tables of `且`, `或` and `非`, asked of the functions that the interpreter uses."""
    picture = Picture(620, 240, "Truth tables of and, or, not over T true, U unknown, F false, V vacuous")
    order = (Truth.T, Truth.U, Truth.F, Truth.V)
    tables: tuple[tuple[str, Callable[[Truth, Truth], Truth]], ...] = (("且 and", and_), ("或 or", or_))
    for number, (name, function) in enumerate(tables):
        x = 20 + number * 230
        picture.text(x, 28, name, bold=True)
        for column, right in enumerate(order):
            picture.text(x + 62 + column * 40, 52, right.name, bold=True, middle=True)
        for row, left in enumerate(order):
            picture.text(x + 22, 84 + row * 40, left.name, bold=True, middle=True)
            for column, right in enumerate(order):
                result = function(left, right)
                picture.box(x + 44 + column * 40, 62 + row * 40, 36, 36, (result.name,), _TRUTHS[result])
    picture.text(480, 28, "非 not", bold=True)
    for row, value in enumerate(order):
        picture.text(492, 84 + row * 40, value.name, bold=True, middle=True)
        picture.box(514, 62 + row * 40, 36, 36, (not_(value).name,), _TRUTHS[not_(value)])
    return picture


def join() -> Picture:
    """The lookup join of docs/how-it-works.md: its probes and its build side, out of the blocks of that page."""
    from tests.specimens.floors import blocks_of, lookup_of

    blocks = blocks_of((ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8"))
    rules = [text for language, text in blocks if language == "gj"][1]
    given = [text for language, text in blocks if language == "yaml"][1]
    probes, build, answers = lookup_of(rules, given)
    picture = Picture(760, 60 + 34 * max(len(probes), 4), "Probe side and build side of a lookup join, and what each probe finds")
    picture.text(20, 24, "probe side: the key that a data set looks for", bold=True)
    picture.text(430, 24, "build side: units that satisfy the rest", bold=True)
    heights = {key: 44 + 40 * number for number, (key, _) in enumerate(build)}
    for number, ((key, code), height) in enumerate(zip(build, heights.values(), strict=True)):
        picture.box(450, height, 190, 28, (f"{key} → {'true' if code == 2 else 'unknown'}",), "out" if code == 2 else "open")
        assert number < len(heights)
    words = {0: ("none: F", "bad"), 1: ("unknown: U", "open"), 2: ("found: T", "out")}
    for number, ((subject, wanted), answer) in enumerate(zip(probes, answers, strict=True)):
        y = 44 + number * 32
        said, fill = words[answer]
        picture.box(20, y, 150, 26, (f"{subject}: {wanted if wanted is not None else 'not given'}",), "data")
        picture.box(190, y, 100, 26, (said,), fill)
        if wanted in heights:
            picture.arrow(292, y + 13, 448, heights[wanted] + 14)
    return picture


def streaming() -> Picture:
    """Partitions, chunks, partial results, and lines that are read again."""
    picture = Picture(900, 300, "Partitions are checked in chunks by processes; partial results are merged; marked lines are read again")
    picture.text(20, 28, "inputs of any size", bold=True)
    for number in range(3):
        y = 46 + number * 70
        picture.box(20, y, 130, 52, (f"partition {number + 1}", "bytes or rows"), "data")
        picture.box(200, y, 190, 52, (f"process {number + 1}", "chunks, compiled code"), "code")
        picture.box(440, y, 170, 52, ("partial result", "counts, marks, keys"), "code")
        picture.arrow(150, y + 26, 198, y + 26)
        picture.arrow(390, y + 26, 438, y + 26)
        picture.arrow(610, y + 26, 668, 142)
    picture.box(670, 100, 200, 84, ("merged", "join operators: unique,", "group by, lookup join", "(may spill to disk)"), "code")
    picture.box(670, 220, 200, 52, ("findings", "only marked lines, read again"), "out")
    picture.arrow(770, 184, 770, 218)
    picture.parts.append(
        f'<path d="M85 238 L85 262 L668 262" fill="none" stroke="{_LINE}" stroke-dasharray="4 3" marker-end="url(#head)"/>'
    )
    return picture


PICTURES: dict[str, Callable[[], Picture]] = {"arrows": arrows, "truth": truth, "join": join, "streaming": streaming}


def pictures_shown(page: str) -> set[str]:
    """The pictures that a page shows."""
    return set(re.findall(r"\]\(pictures/(\w+)\.svg\)", page))


def main() -> None:
    """Writes all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(draw().svg(), encoding="utf-8")


if __name__ == "__main__":
    main()
