"""Draws findings on the catalogs of ../shared/corpus with a fixed seed, for a person to judge; it judges none itself.

Run it as `python tests/rules/draw_audit.py`. It prints a Markdown table: every finding of a rule that found ten or fewer in a
catalog, and of the others as many as make fifty. docs/audit-2026-12.md holds the table of one such draw with the judgements.
"""

import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.catalog.read import read
from guiju.pipeline import check_submission, read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["CATALOGS", "CORPUS", "Drawn", "draw", "found", "main", "row"]

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
CATALOGS = (
    "portal-json/anhui_wuhu.json",
    "portal-json/anhui_hefei.json",
    "portal-xlsx/harbin.xlsx",
    "ckan-dcat/catalog_datasets_list.json",
    "ckan-dcat/ckan_dataset.json",
    "ckan-dcat/dataset.json",
    "ckan-dcat/catalog.rdf",
    "ckan-dcat/catalog_datasets_list.rdf",
    "ckan-dcat/catalog_with_at_graph.jsonld",
    "ckan-dcat/dataset_gov_de.rdf",
)
SEED = 20261123
SIZE = 50
FEW = 10
AS_OF = date(2026, 11, 23)
_TOLD = (Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One finding and the catalog on which it was made."""

    catalog: str
    finding: Finding


def found(catalog: str) -> list[Drawn]:
    """Everything that the shipped rules find amiss, or cannot decide, in one catalog."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    submission = read([CORPUS / catalog], ruleset.vocabulary)
    report = check_submission(ruleset, submission, as_of=AS_OF, calendar=load_calendar())
    return [Drawn(catalog=catalog, finding=one) for one in report.findings if one.verdict in _TOLD]


def draw(everything: list[Drawn], *, size: int = SIZE, seed: int = SEED) -> list[Drawn]:
    """The sample: small groups of one catalog and rule whole, the rest at random."""
    groups: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    for one in everything:
        groups[one.catalog, one.finding.rule].append(one)
    taken = [one for group in groups.values() if len(group) <= FEW for one in group]
    rest = [one for group in groups.values() if len(group) > FEW for one in group]
    more = random.Random(seed).sample(range(len(rest)), min(len(rest), max(0, size - len(taken))))
    return taken + [rest[at] for at in sorted(more)]


def row(one: Drawn) -> tuple[str, str, str, str, str]:
    """The catalog, the rule, the verdict, the subject and the place, as the table has them."""
    finding = one.finding
    rule = finding.rule if finding.rule.startswith("dataset.") else finding.rule.rsplit(".", 1)[-1]
    place = finding.places[0] if finding.places else None
    where = "" if place is None else f"{place.sheet}!{place.cell}" if place.cell else f"line {place.line}"
    name = finding.subject.name
    return Path(one.catalog).name, rule, finding.verdict.value, name if isinstance(name, str) else name.zh, where


def main() -> int:
    """Prints the table; 1 when the corpus is not there."""
    if not CORPUS.is_dir():
        print("../shared is not here", file=sys.stderr)
        return 1
    everything = [one for catalog in CATALOGS for one in found(catalog)]
    print(f"{len(everything)} findings, {min(len(everything), SIZE)} drawn with the seed {SEED}, as of {AS_OF}\n")
    print("| no. | catalog | rule | verdict | subject | place |\n|---|---|---|---|---|---|")
    for number, one in enumerate(draw(everything), 1):
        print(f"| {number} | " + " | ".join(row(one)) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
