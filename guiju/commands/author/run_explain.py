"""What `guiju explain` does: find what the name means, gather its cases or its page, write it.

0 explained · 2 nothing bears the name (near names are offered), or the rules could not be read.
"""

from datetime import date
from importlib.resources import files
from pathlib import Path

from guiju.author.article import Article, to_markdown, to_terminal
from guiju.author.explain import article_of, page_article, several_article
from guiju.author.explain_rule import Ground
from guiju.author.lookup import Thing, Versions, find, find_codes, near
from guiju.author.words import W
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import colours, eprint, put, terminal_width
from guiju.commands.terminal.tongue import TONGUE
from guiju.diagnostics.codes.code import Code
from guiju.diagnostics.source import Source
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import shipped_rules
from guiju.standards.load import load_calendar, load_registry
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases

__all__ = ["run_explain"]

_MOST_PAGES = 3
_MOST_CASE_FILES = 400


def run_explain(
    name: str,
    *,
    rules: tuple[Path, ...],
    add_rules: tuple[Path, ...],
    on: date | None,
    markdown: bool,
    with_plan: bool,
    output: Path | None,
    color: bool | None,
) -> int:
    """The exit code, after the page has been written."""
    # A diagnostic is told even where the rules cannot be compiled: that is when it is asked for.
    told = find_codes(name)
    if told:
        return _write([page_article(code, _page(code), TONGUE) for code in told], markdown=markdown, output=output, color=color)
    ruleset = rules_or_complain(rules, add_rules, color=color)
    if ruleset is None:
        return 2
    ground = Ground(ruleset=ruleset, registry=load_registry(), on=on or today(), tongue=TONGUE)
    things = find(name, ruleset)
    if not things:
        eprint(ground.say(W.UNKNOWN, name=name))
        neighbours = near(name, ruleset)
        if neighbours:
            eprint(ground.say(W.NEAR, what=("、" if TONGUE.value == "zh" else ", ").join(neighbours)))
        return 2
    articles = (
        [several_article(name, things, ground)] if len(things) > _MOST_PAGES else [_article(one, ground, with_plan) for one in things]
    )
    return _write(articles, markdown=markdown, output=output, color=color)


def _write(articles: list[Article], *, markdown: bool, output: Path | None, color: bool | None) -> int:
    written = [_written(one, markdown=markdown or output is not None, color=color) for one in articles]
    put("\n".join(written), output)
    return 0


def _written(article: Article, *, markdown: bool, color: bool | None) -> str:
    return to_markdown(article) if markdown else to_terminal(article, width=terminal_width(), colour=colours(color))


def _article(thing: Thing, ground: Ground, with_plan: bool) -> Article:
    page = _page(thing) if isinstance(thing, Code) else ""
    examples, text = _cases(thing, ground.ruleset) if isinstance(thing, Versions) else ((), "")
    return article_of(thing, ground, page=page, examples=examples, cases=text, with_plan=with_plan)


def _page(code: Code) -> str:
    page = files("guiju.diagnostics") / "pages" / f"{code.code}-{code.slug}.md"
    return page.read_text("utf-8") if page.is_file() else ""


def _cases(versions: Versions, ruleset: Ruleset) -> tuple[tuple[CaseResult, ...], str]:
    """The cases that stand beside the file of a rule, run, and their text."""
    rule = versions.newest
    names = {rule.id, rule.id.rsplit(".", 1)[-1], rule.name.zh, rule.name.en}
    for file in _beside(rule.source[0]):
        text = file.read_text("utf-8", "replace")
        found, _ = read_cases(Source(file.as_posix(), text))
        if found is not None and found.rule in names:
            lines = text.splitlines()
            at = next((number for number, line in enumerate(lines) if line.startswith("cases:")), -1)
            return run_cases(found, ruleset, load_calendar()), "\n".join(lines[at + 1 :])
    return (), ""


def _beside(source: str) -> list[Path]:
    """The files of cases in the folder of a rule file, its own first."""
    file = Path(source) if Path(source).exists() else shipped_rules() / source
    own = file.with_suffix(".cases.yaml")
    if not file.parent.is_dir():
        return []
    others = sorted(one for one in file.parent.glob("*.cases.yaml") if one != own)[:_MOST_CASE_FILES]
    return [*([own] if own.is_file() else []), *others]
