"""What `guiju coverage` says of the articles: which rules are unlike what they cite, and what has changed since they were held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.author.held import Unlike, changed_since, citing, held_against
from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.located_yaml import read_yaml
from guiju.dsl.ruleset import Ruleset
from guiju.standards.articles.held import Held, article_of, load_articles
from guiju.standards.articles.text import read_articles
from guiju.standards.model import Edition
from guiju.standards.registry import Registry

__all__ = ["BesideArticles", "articles_with", "beside_articles", "read_digests"]

_READ = "articles.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideArticles:
    """Of one edition: how many of its articles are held (None: its text was not at hand), what is unlike, what has changed."""

    edition: Edition
    articles: int | None
    unlike: tuple[Unlike, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    def lines(self, *, alone: bool) -> list[str]:
        """For people; of an instrument among many only what is amiss is said."""
        lines = [f"  {one.words.say(TONGUE)}" for one in self.unlike]
        for number, rules in self.changed:
            lines.append(
                "  "
                + say(
                    f"第 {number} 条与规则核对时不同，要重看：",
                    f"article {number} is not as when the rules were held against it; look again at: ",
                )
                + ", ".join(rules)
            )
        head = f"{self.edition.label}  "
        if self.articles is None:
            return (
                [head + say("条文不在登记库里，规则没有与条文核对", "the articles are not held: rules were not held against them")]
                if alone
                else []
            )
        if lines:
            return [head + say("规则与条文：", "rules beside the articles:"), *lines]
        unlike = say(
            f"{self.articles} 条有摘要，规则与所引各条相符", f"{self.articles} articles are held; the rules agree with those that they cite"
        )
        return [head + unlike] if alone else []

    def plain(self) -> dict[str, Any]:
        """As data."""
        return {
            "articles_held": self.articles,
            "unlike_articles": [{"rule": one.rule, "fault": one.fault, "about": one.about} for one in self.unlike],
            "articles_changed": [{"article": number, "rules": list(rules)} for number, rules in self.changed],
        }


def articles_with(text: Path | None, editions: tuple[Edition, ...]) -> Mapping[str, Held] | None:
    """What the registry holds, with the articles of a text in place of those of the one edition asked about; None after a complaint."""
    held = load_articles()
    if text is None:
        return held
    source, _, _ = decode_bytes(text.read_bytes(), text.as_posix())
    articles = read_articles(source.text) if source is not None else ()
    if len(editions) != 1 or not articles:
        eprint(
            say(
                "--text 要与一个文件的名称同用，里面要有“第一条”这样的条文。",
                "--text goes with one instrument, and holds its articles (第一条 …).",
            )
        )
        return None
    id = editions[0].id
    return {**held, id: Held(id, {one.number: article_of(one) for one in articles})}


def read_digests(places: tuple[Path, ...], color: bool | None) -> dict[str, dict[str, str]]:
    """The digests of articles that stand beside the rules, by edition and number."""
    found: dict[str, dict[str, str]] = {}
    for path in (place / _READ for place in places if (place / _READ).is_file()):
        source, _, faults = decode_bytes(path.read_bytes(), path.as_posix())
        root, more = read_yaml(source) if source is not None else (None, ())
        print_diagnostics((*faults, *more), {source.name: source} if source is not None else {}, color=color)
        said = root.plain() if root is not None else None
        articles = said.get("articles") if isinstance(said, dict) else None
        for edition, digests in articles.items() if isinstance(articles, dict) else ():
            if isinstance(digests, dict):
                found.setdefault(str(edition), {}).update({str(number): str(digest) for number, digest in digests.items()})
    return found


def beside_articles(
    ruleset: Ruleset, held: Mapping[str, Held], read: dict[str, dict[str, str]], registry: Registry, editions: tuple[Edition, ...]
) -> dict[str, BesideArticles]:
    """Each edition with its rules beside its articles."""
    unlike = held_against(ruleset, held, registry)
    changed = changed_since(read, held)
    rules = citing(ruleset, held)
    return {
        one.id: BesideArticles(
            edition=one,
            articles=len(held[one.id].articles) if one.id in held else None,
            unlike=tuple(each for each in unlike if each.edition == one.id),
            changed=tuple((number, rules.get((one.id, number), ())) for number in changed.get(one.id, ())),
        )
        for one in editions
    }
