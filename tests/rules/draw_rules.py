"""Draws sixty shipped rules whose articles are at hand, each with the words of the places that it cites, to be held against them by a reader.

Run it as `python tests/rules/draw_rules.py FOLDER`, FOLDER with the texts of the instruments; what was found is in docs/audit-2026-12.md.
"""

import random
import sys
from pathlib import Path

from guiju.dsl.ir.tree import Rule
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.articles.digest import edition_of
from guiju.standards.articles.text import ArticleText, read_articles
from guiju.standards.load import load_registry
from guiju.store.cache import Cache
from guiju.terms.clause import ClauseLevel
from guiju.terms.clause_text import parse_clause

SEED = 20261201
COUNT = 60


def drawn(texts: dict[str, dict[str, ArticleText]]) -> list[Rule]:
    """The sample, in the order of ids; rules that judge the text of documents are left out, for they cite one clause for all."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    held = [one for one in ruleset.rules if not one.implicit and any(cited.instrument in texts for cited in one.citations)]
    rules = sorted((one for one in held if "document_" not in one.id), key=lambda one: one.id)
    return sorted(random.Random(SEED).sample(rules, COUNT), key=lambda one: one.id)


def texts_in(folder: Path) -> dict[str, dict[str, ArticleText]]:
    """The articles of each registered instrument whose text is in the folder, by number."""
    found: dict[str, dict[str, ArticleText]] = {}
    for path in sorted(folder.iterdir()):
        edition = edition_of(path, load_registry())
        if edition is not None:
            found[edition.id] = {one.number: one for one in read_articles(path.read_text(encoding="utf-8"))}
    return found


def main(folder: Path) -> None:
    """Prints the sample."""
    texts = texts_in(folder)
    for number, rule in enumerate(drawn(texts), 1):
        sys.stdout.write(f"\n==== {number} {rule.id}\n{rule.doc}\n{rule.text}\n")
        for cited in rule.citations:
            ref = parse_clause(cited.clause_text.zh)
            if cited.instrument in texts and ref is not None and ref.steps[0].level is ClauseLevel.ARTICLE:
                sys.stdout.write(f"---- {cited.clause_text.zh}\n{texts[cited.instrument][ref.steps[0].number].words}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
