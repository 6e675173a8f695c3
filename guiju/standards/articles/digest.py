"""`python -m guiju.standards.articles.digest FOLDER`: texts of instruments become `articles.json`, digests and facts without words.

A text is that of an edition when its first heading is the title and its name ends with the day of issue that the registry has,
or the title has one edition with articles only. Texts of what is not registered are named and passed over.
"""

import json
import re
import sys
from pathlib import Path

from guiju.standards.articles.held import ARTICLES, article_of, article_to_plain
from guiju.standards.articles.text import read_articles, start_of
from guiju.standards.load import load_registry
from guiju.standards.model import Edition
from guiju.standards.registry import Registry

__all__ = ["edition_of", "main"]

_NAMED = re.compile(r"(?P<title>[^(（]+(?:（试行）)?)(?:\((?P<day>\d{4}-\d\d-\d\d)(?:修订|修正)?\))?")


def main(folder: Path) -> int:
    """Write the file; 0 when written."""
    registry = load_registry()
    held: dict[str, dict[str, object]] = {}
    for path in sorted(folder.iterdir()):
        edition = edition_of(path, registry)
        if edition is None:
            sys.stderr.write(f"{path.name}: not registered\n")
            continue
        articles = read_articles(path.read_text(encoding="utf-8"))
        starts = start_of(articles)
        if starts is not None and starts != edition.in_force:
            sys.stderr.write(f"{path.name}: in force on {starts}, the registry says {edition.in_force}\n")
        held[edition.id] = {one.number: article_to_plain(article_of(one)) for one in articles}
    lines = [_edition(id, articles) for id, articles in sorted(held.items())]
    (Path(__file__).parent / ARTICLES).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return 0


def edition_of(path: Path, registry: Registry) -> Edition | None:
    """The edition whose text a file holds, by its name."""
    named = _NAMED.fullmatch(path.stem)
    if named is None:
        return None
    title = _bare(named["title"])
    found = [one for one in registry.editions if _bare(one.title.zh) == title]
    exact = [one for one in found if one.issued is not None and one.issued.isoformat() == named["day"]]
    found = exact or [one for one in found if one.clauses] or found
    return found[-1] if found else None


def _bare(title: str) -> str:
    """The title without the name of the State, and without the year that tells editions apart."""
    return re.sub(r"[(（][^()（）]*[)）]$", "", title.removeprefix("中华人民共和国"))


def _edition(id: str, articles: dict[str, object]) -> str:
    rows = [f"  {json.dumps(number)}: {json.dumps(one, ensure_ascii=False)}" for number, one in articles.items()]
    return f" {json.dumps(id)}: {{\n" + ",\n".join(rows) + "\n }"


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
