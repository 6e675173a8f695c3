"""One rule on every floor, as text: what a specimen's blocks hold. The only code of specimens that knows our stages."""

import json
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_rules
from guiju.dsl.ir.print import print_rule
from guiju.dsl.ruleset import Ruleset
from guiju.dsl.syntax.from_text import parse
from guiju.dsl.syntax.print.file import print_file
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.reports.layout.plain import report_as_plain
from guiju.reports.model import Report
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.standards.load import load_calendar, load_registry
from guiju.terms.tongue import Tongue
from guiju.validators.engines.compiled.codegen.from_plan import write
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.plan.print import print_plan

__all__ = ["FLOORS", "ROOT", "Blocks", "blocks_of", "recompute", "report_of_file"]

ROOT = Path(__file__).parents[2]
Blocks = list[tuple[str, str]]
_BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"<!-- as of (\d{4}-\d\d-\d\d) -->")


def blocks_of(page: str) -> Blocks:
    """The fenced blocks of a page: (language, text) in order."""
    return [(found[1], found[2]) for found in _BLOCK.finditer(page)]


def recompute(page: str) -> str:
    """The page with every block that a floor computes made anew from its `gj` and `yaml` blocks."""
    given = dict(reversed(blocks_of(page)))  # the first block of a language counts
    day = _DAY.search(page)
    on = date.fromisoformat(day[1]) if day else date(2026, 3, 2)

    def made(found: re.Match[str]) -> str:
        floor = FLOORS.get(found[1])
        return found[0] if floor is None else f"```{found[1]}\n{floor(given['gj'], given.get('yaml', ''), on)}```"

    return _BLOCK.sub(made, page)


def report_of_file(path: Path) -> Report:
    """The report of one file under the shipped rules."""
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    submission = read([str(path)], ruleset.vocabulary)
    day = submission.submitted or date(2026, 3, 17)
    return check_submission(ruleset, submission, as_of=day, calendar=load_calendar())


def _ruleset(text: str) -> Ruleset:
    ruleset, found = compile_rules((Source("specimen.gj", text),), load_registry())
    assert ruleset is not None, [one.headline(Tongue.EN) for one in found]
    return ruleset


def _tree(text: str, _given: str, _on: date) -> str:
    tree, _ = parse(Source("specimen.gj", text))
    decl = next(one for one in tree.decls if one.kind == "rule")
    lines = [f"rule {decl.head.zh.text if decl.head.zh else ''} / {decl.head.en.text if decl.head.en else ''}"]
    for part in decl.parts:
        kind = getattr(part, "kind", type(part).__name__.lower())
        lines.append(f"  {kind:<10} {type(part).__name__:<13} {part.span.start}–{part.span.end}")
    return "\n".join(lines) + "\n"


def _english(text: str, _given: str, _on: date) -> str:
    tree, _ = parse(Source("specimen.gj", text))
    return print_file(tree, tongue=Tongue.EN)


def _ir(text: str, _given: str, _on: date) -> str:
    return "\n".join(print_rule(one).rstrip() for one in _ruleset(text).rules if not one.implicit) + "\n"


def _plan(text: str, _given: str, on: date) -> str:
    return print_plan(plan(_ruleset(text), as_of=on), Tongue.EN).rstrip() + "\n"


def _generated(text: str, _given: str, on: date) -> str:
    module = write(plan(_ruleset(text), as_of=on), load_calendar())
    return module.source.rstrip() + "\n"


def _report(text: str, given: str, on: date) -> Report:
    ruleset = _ruleset(text)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "given.yaml").write_text(given, encoding="utf-8")
        submission = read([str(Path(folder) / "given.yaml")], ruleset.vocabulary)
    return check_submission(ruleset, submission, as_of=on, calendar=load_calendar())


def _findings(text: str, given: str, on: date) -> str:
    plain = report_as_plain(_report(text, given, on), Tongue.EN)
    for finding in plain["findings"]:
        for place in finding["places"]:
            place["file"] = "given.yaml"
    kept = ("rule", "verdict", "severity", "force", "subject", "places", "seen", "required", "flips", "cause")
    return "".join(json.dumps({key: one[key] for key in kept}, ensure_ascii=False, indent=1) + "\n" for one in plain["findings"])


def _text(text: str, given: str, on: date) -> str:
    drawn = to_text(_report(text, given, on), TextStyle(tongue=Tongue.ZH, width=100))
    # Where the file was read from is not part of the specimen; nor is the digest, which the version of the language moves.
    lines = [re.sub(r"\S*given\.yaml", "given.yaml", line) for line in drawn.splitlines()]
    return "\n".join(lines[1:]).strip("\n") + "\n"


FLOORS: dict[str, Callable[[str, str, date], str]] = {
    "tree": _tree,
    "english": _english,
    "ir": _ir,
    "plan": _plan,
    "python-generated": _generated,
    "findings": _findings,
    "report": _text,
}
