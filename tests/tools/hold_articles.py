"""Writes `guiju/rules/articles.yaml`: the digest of every article that a shipped rule cites, as the rules were held against it.

Run it after rules have been read again beside an article that changed; `guiju coverage` compares with what the registry holds.
"""

from pathlib import Path

from guiju.author.held import cited_articles
from guiju.pipeline import read_rules, shipped_rules
from guiju.standards.articles.held import load_articles
from guiju.store.cache import Cache

HEAD = (
    "# 规则所引各条的摘要，按规则与条文核对的时候；`guiju coverage` 与登记库比较，条文改了就说。\n"
    "# The digest of each article that rules cite, as they were held against it; written by tests/tools/hold_articles.py.\n"
)


def text() -> str:
    """The file as it should be."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    lines = [HEAD + "articles:"]
    for edition, articles in cited_articles(ruleset, load_articles()).items():
        lines.append(f"  {edition}:")
        lines += [f'    "{number}": "{digest}"' for number, digest in articles.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(shipped_rules(), "articles.yaml").write_text(text(), encoding="utf-8")
