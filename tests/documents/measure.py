"""How well the checks of documents do: recall and precision by kind of fault, over documents made from scripts.

python -m tests.documents.measure [--folder FOLDER] [--missed]
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.catalog.records.place import Place
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.store.cache import Cache
from guiju.terms.severity import Severity
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from tests.documents.papers_word import written
from tests.documents.scripts import FOLDER, Fault, Script, scripts

__all__ = ["Score", "main", "measured"]


_DAY = date(2026, 3, 1)


@dataclass
class Score:
    """What was found of what was planted, by kind; findings on the faulty documents that are right; those on the sound ones."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    said: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the planted faults that was found."""
        return sum(self.found.values()) / max(1, sum(self.planted.values()))

    @property
    def precision(self) -> float:
        """The share of findings above a hint that stand at a planted fault, over faulty and sound documents."""
        return self.right / max(1, self.said)


def failed(file: Path, ruleset: Ruleset) -> list[Finding]:
    """The findings above a hint, and those about parts that are missing."""
    submission = read([str(file)], ruleset.vocabulary)
    report = check_submission(ruleset, submission, as_of=_DAY, calendar=load_calendar(), engine="interpreter")
    wrong = (one for one in report.findings if one.verdict in (Verdict.FAIL, Verdict.ERROR))
    return [one for one in wrong if one.severity is not Severity.ADVISORY or "states" in one.rule]


def stands(place: Place, fault: Fault) -> bool:
    """Whether the place of a finding is that of a fault."""
    words, heading = _bare(place.words or ""), _bare((place.heading or "").split(" › ")[-1])
    if fault.quote:
        quote = _bare(fault.quote)
        return len(words) > 1 and (words in quote or quote in words or (fault.kind == "空章" and bool(heading) and quote in heading))
    return bool(heading) and (heading in _bare(fault.heading) or _bare(fault.heading) in heading)


def _bare(text: str) -> str:
    return "".join(text.split())


def measured(script: Script, folder: Path, score: Score, ruleset: Ruleset) -> None:
    """Adds what is found in the two documents of a script.

    What is found in the faulty document alone, at no planted fault, follows from one: a total no longer is the sum, say. It counts
    neither for nor against.
    """
    faults = script.faults()
    found = failed(written(script, folder, faulty=True), ruleset)
    sound = failed(written(script, folder, faulty=False), ruleset)
    known = {_key(one) for one in sound}
    right: set[int] = set()
    for fault in faults:
        at = {number for number, one in enumerate(found) if any(stands(place, fault) for place in one.places)}
        if not at and fault.kind in ("合计错误", "数量不一致", "金额不一致"):
            at = {number for number, one in enumerate(found) if _is_sum(one) and _key(one) not in known and _same_chapter(one, fault)}
        right |= at
        score.planted[fault.kind] += 1
        score.found[fault.kind] += bool(at)
        if not at:
            score.missed.append(f"{script.name}: {fault.kind}: {fault.quote or fault.heading}")
    false = [one for at, one in enumerate(found) if at not in right and _key(one) in known]
    score.right += len(right)
    score.said += len(right) + len(false) + len(sound)
    for name, ones in (("faulty", false), ("sound", sound)):
        score.false += [f"{script.name} {name}: {one.rule}: {[place.words or place.heading for place in one.places]}" for one in ones]


def _key(one: Finding) -> tuple[str, tuple[str | None, ...]]:
    return one.rule, tuple(place.words for place in one.places)


def _is_sum(one: Finding) -> bool:
    return one.rule.endswith("document_figures_agree")


def _same_chapter(one: Finding, fault: Fault) -> bool:
    """A sum that no longer agrees is all that can be said of a wrong part of it."""
    return any(_bare((place.heading or "").split(" › ")[-1]).endswith(_bare(fault.below)) for place in one.places if fault.below)


def told(score: Score) -> str:
    """The score as lines."""
    lines = [f"{kind}: {score.found[kind]}/{count}" for kind, count in sorted(score.planted.items())]
    lines.append(f"recall {score.recall:.3f} ({sum(score.found.values())}/{sum(score.planted.values())})")
    lines.append(f"precision {score.precision:.3f} ({score.right}/{score.said})")
    return "\n".join(lines)


def main() -> None:
    """Prints the score of a folder of scripts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", default="")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    score = Score()
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        for script in scripts(options.folder):
            if options.only in script.name:
                measured(script, kept, score, ruleset)
    print(told(score))
    if options.missed:
        print("", "missed", *score.missed, "", "false", *score.false, sep="\n")


if __name__ == "__main__":
    main()
