"""Mutates rule text at random and checks what must hold of any text: the parser and the checker answer, spans nest,
printing settles, and the other tongue and back is the same text.

Run `python benchmarks/fuzz_parse.py --seconds 60 [--seed 1]`; it ends with 1 and shows the text when something does not hold.
"""

import argparse
import random
import re
import sys
import time
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic, Safety
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.compile import compile_rules
from guiju.dsl.syntax.from_text import Remembered, parse, parse_cached
from guiju.dsl.syntax.print.file import print_file
from guiju.dsl.syntax.shift import strip_spans
from guiju.dsl.syntax.tokens import INFIX, POSTFIX
from guiju.dsl.syntax.tree import SyntaxFile
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = frozenset(word for table in (INFIX, POSTFIX) for one in table.values() for word in (*one.zh, *one.en))
SCRAPS = (
    *"()（）{}「」“”\"'‘’，。：；#|/\\=≥≤≠<>!&+-*×%→、 \t\n\r\u3000\ufeff\x00",
    *(
        "  ",
        "\n  ",
        "\n",
        " 且 ",
        " 或 ",
        "非 ",
        "若 ",
        " 则 ",
        " 否则 ",
        "每个 ",
        "存在 ",
        " 满足 (",
        " 已提供",
        " 是 ",
        " is given",
        " is not ",
        "not ",
        " in ",
        "## d",
        " # c",
    ),
    *(
        "规则 ",
        "对象 ",
        "  对象 ",
        "词表 ",
        "参数 ",
        "决策表 ",
        "读法 ",
        "rule ",
        "依据 ",
        "别名 ",
        "自 2025-08-01",
        "2025-13-01",
        "500万元",
        "1,000",
        "5G站",
        "个",
        "km²",
        "的",
        "除外 ",
        "当 ",
        "真 ",
        "假 ",
    ),
)


def samples() -> list[str]:
    """Declarations of the specification and of the shipped rules."""
    texts = list(re.findall(r"```\n(.*?)```", (ROOT / "docs/language.md").read_text("utf-8"), re.S))
    texts += [path.read_text("utf-8") for path in sorted((ROOT / "guiju/rules").rglob("*.gj"))]
    chunks = [chunk for text in texts for chunk in re.split(r"\n\n+(?=\S)", text) if len(chunk) < 3000]
    return chunks or ["规则 甲\n  应当 乙 已提供\n"]


def mutate(rng: random.Random, text: str, others: list[str]) -> str:
    """A few changes at random places."""
    for _ in range(rng.choice((0, 1, 1, 2, 4, 8))):
        at = rng.randrange(len(text) + 1)
        to = min(len(text), at + rng.choice((0, 1, 1, 2, 5, 20)))
        match rng.randrange(4):
            case 0:
                text = text[:at] + text[to:]
            case 1 | 2:
                text = text[:at] + rng.choice(SCRAPS) + text[to:]
            case _:
                other = rng.choice(others)
                start = rng.randrange(len(other) + 1)
                text = text[:at] + other[start : start + rng.randrange(40)] + text[at:]
    return text


def nest(value: Any, outer: Span | None, size: int) -> None:
    """Spans lie inside the text, and those of children inside those of their parents."""
    if isinstance(value, tuple):
        for item in value:
            nest(item, outer, size)
        return
    if not is_dataclass(value) or isinstance(value, Span):
        return
    own = getattr(value, "span", None)
    if own is not None:
        assert 0 <= own.start <= own.end <= size, (own, size)
        assert outer is None or outer.contains(own), (type(value), own, outer)
    for each in fields(value):
        nest(getattr(value, each.name), own or outer, size)


def _is_slip(one: Diagnostic) -> bool:
    """Whether the meaning is plain all the same, so that nothing is left out of the tree."""
    if one.code != "S020" or one.fix is None:
        return one.code in ("S012", "S025", "S026")
    return one.fix.safety is Safety.SAFE and one.fix.edits[0].text.strip() in OPERATORS


def check(text: str) -> None:
    """What must hold of any text."""
    tree, found = parse(Source("fuzz.gj", text))
    nest(tree, None, len(text))
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text), diagnostic
        for tongue in Tongue:
            assert diagnostic.headline(tongue)
    memo: dict[bytes, Remembered] = {}
    _, moved_found = parse_cached(Source("fuzz.gj", "\n\n" + text), memo)
    again, again_found = parse_cached(Source("fuzz.gj", text), memo)
    if not text.startswith("\ufeff"):
        assert (again, again_found) == (tree, found), "what is remembered and moved is not what is parsed"
        assert len(moved_found) == len(found)
    printed = print_file(tree)
    if not all(map(_is_slip, found)):
        return
    tree2, found2 = parse(Source("fuzz.gj", printed))
    assert not found2, [diagnostic.headline(Tongue.EN) for diagnostic in found2]
    assert strip_spans(tree2) == strip_spans(tree), "printing changed the tree"
    assert print_file(tree2) == printed, "printing does not settle"
    come_back(tree2, printed)


def come_back(tree: SyntaxFile, printed: str) -> None:
    """The keywords of the other tongue and back again are the text."""
    tongues = {decl.tongue for decl in tree.decls}
    if len(tongues) != 1:
        return
    (home,) = tongues
    if print_file(tree, home) != printed:
        return  # words of both tongues: the translation settles on one
    other, found = parse(Source("fuzz.gj", print_file(tree, home.other)))
    assert not found, [diagnostic.headline(Tongue.EN) for diagnostic in found]
    assert print_file(other, home) == printed, "the other tongue and back is another text"


def compiles_or_complains(text: str) -> None:
    """The checker answers too: a ruleset, or an error that says why there is none."""
    ruleset, found = compile_rules((Source("fuzz.gj", text),), load_registry())
    assert ruleset is not None or any(one.level is Level.ERROR for one in found), "no ruleset, and nobody says why"
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text), diagnostic
        for tongue in Tongue:
            assert diagnostic.headline(tongue)


def main() -> int:
    """Fuzz for the seconds asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    texts = samples()
    end = time.monotonic() + options.seconds
    count = 0
    while time.monotonic() < end:
        text = mutate(rng, "\n".join(rng.sample(texts, min(len(texts), rng.choice((1, 1, 2))))), texts)
        count += 1
        try:
            check(text)
            compiles_or_complains(text)
        except Exception as error:
            print(f"does not hold after {count} texts: {error!r}\n{text!r}")
            return 1
    print(f"{count} texts, all held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
