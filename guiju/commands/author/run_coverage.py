"""What `guiju coverage` does: put the rules, their cases and the accounting files beside the clauses of the registry.

Where the registry holds the articles of an instrument, the rules are held against them: what is unlike is said, and which articles
have changed since. A text given beside it takes the place of what the registry holds.

0 said · 2 there is no such instrument, the rules could not be read, or the text has no articles.
"""

import json
from pathlib import Path
from typing import Any

from guiju.author.accounts import read_accounts
from guiju.author.coverage import ClauseCover, Cover, Covered, ProvisionCover, coverage_of, editions_named
from guiju.commands.author.beside_articles import articles_with, beside_articles, read_digests
from guiju.commands.author.run_test import case_files, read_case_file
from guiju.commands.shared.rulesets import rules_or_complain
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.source import display_width
from guiju.dsl.ir.tree import Rule
from guiju.pipeline import shipped_rules
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue
from guiju.validators.testing.cases import UnderTest, under_test

__all__ = ["run_coverage"]

_ORDER = tuple(Cover)


def run_coverage(
    name: str | None, *, text: Path | None, rules: tuple[Path, ...], add_rules: tuple[Path, ...], as_json: bool, color: bool | None
) -> int:
    """The exit code, after the account has been written."""
    registry = load_registry()
    editions = editions_named(name, registry)
    if not editions:
        near = registry.near(name or "")
        eprint(
            say(f"登记库里没有“{name}”。", f"There is no {name!r} in the registry.")
            + (say("是不是：", " Perhaps: ") + ", ".join(near) if near else "")
        )
        return 2
    ruleset = rules_or_complain(rules, add_rules, color=color)
    if ruleset is None:
        return 2
    places = rules or (shipped_rules(), *add_rules)
    articles = articles_with(text, editions)
    if articles is None:
        return 2
    beside = beside_articles(ruleset, articles, read_digests(places, color), registry, editions)
    accounts, told, sources = read_accounts(places)
    print_diagnostics(told, sources, color=color)
    found = coverage_of(editions, ruleset, accounts)
    concerned = {one.id for edition in found for clause in edition.clauses for each in clause.provisions for one in each.rules}
    cases: dict[str, int] = {}
    if name is not None or as_json:
        for path in case_files(places):
            file = read_case_file(path, color=color)
            part = under_test(file, ruleset) if file is not None else None
            if file is not None and isinstance(part, UnderTest) and part.versions[0].id in concerned:
                cases[part.versions[0].id] = cases.get(part.versions[0].id, 0) + len(file.cases)
    if as_json:
        plain = [_plain(one, cases) | beside[one.edition.id].plain() for one in found]
        put(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", None)
    else:
        lines = _table(found) if name is None else [line for one in found for line in _lines(one, cases)]
        put("\n".join([*lines, *(line for one in beside.values() for line in one.lines(alone=name is not None))]) + "\n", None)
    return 0


# ---- for people --------------------------------------------------------------------------------------------------------------


def _table(found: tuple[Covered, ...]) -> list[str]:
    lines: list[str] = []
    rows = [(one.edition.id, one.edition.title.say(TONGUE), [one.count(cover) for cover in _ORDER], one.total) for one in found]
    heads = [cover.words.say(TONGUE) for cover in _ORDER]
    lines.append(say("每个文件的条款：", "Provisions of each instrument: ") + " / ".join(heads) + say(" / 合计", " / total"))
    widest = max((display_width(id) for id, _, _, _ in rows), default=0)
    for id, title, counts, total in rows:
        lines.append(f"  {id}{' ' * (widest - display_width(id))}  {' / '.join(f'{n:>3}' for n in counts)} / {total:>3}  {title}")
    sums = [sum(counts[at] for _, _, counts, _ in rows) for at in range(len(_ORDER))]
    lines.append(say("合计：", "Total: ") + " / ".join(map(str, sums)) + f" / {sum(sums)}")
    lines += [f"  {cover.words.say(TONGUE)}: {n}" for cover, n in zip(_ORDER, sums, strict=True)]
    stale = [id for one in found for clause in one.clauses for each in clause.provisions for id in each.stale]
    if stale:
        lines.append(_stale(tuple(dict.fromkeys(stale))))
    return lines


def _lines(found: Covered, cases: dict[str, int]) -> list[str]:
    edition = found.edition
    counts = "，" if TONGUE is Tongue.ZH else ", "
    summary = counts.join(f"{cover.words.say(TONGUE)} {found.count(cover)}" for cover in _ORDER if found.count(cover))
    lines = [f"{edition.label}  {edition.title.say(TONGUE)}", f"  {say('条款', 'provisions')} {found.total}: {summary}"]
    if found.unrecorded:
        n = found.unrecorded
        lines.append(
            say(
                f"  另有 {n} 条没有登记内容，不知道其中有没有要求",
                f"  {n} more articles are not recorded: whether they require anything is not known",
            )
        )
    for clause in found.clauses:
        lines += _clause(clause, cases)
    return [*lines, ""]


def _clause(clause: ClauseCover, cases: dict[str, int]) -> list[str]:
    lines = [f"  {clause.ref.say(TONGUE)}"]
    for one in clause.provisions:
        lines.append(f"    {one.provision.fact}  {one.cover.words.say(TONGUE)}")
        lines += [f"      {line}" for line in _provision(one, cases)]
    if clause.cited_by:
        lines.append("    " + say("另有规则引用此条：", "also cited by ") + ", ".join(one.id for one in clause.cited_by))
    return lines


def _provision(found: ProvisionCover, cases: dict[str, int]) -> list[str]:
    lines = [f"{one.id}  {_cases(one, cases)}" for one in found.rules]
    lines += [
        f"{one.id}  {say('由', 'by ')}{one.who.say(TONGUE) or one.who.zh}: {one.why.say(TONGUE) or one.why.zh}" for one in found.judged
    ]
    if found.cover is Cover.UNSEEN:
        lines.append(say("所知程度：", "known from: ") + found.provision.confidence)
    if found.account is not None and found.account.unknown:
        lines.append(found.account.unknown)
    if found.account is not None and found.account.left:
        lines.append(say("没有检查的部分：", "left unchecked: ") + found.account.left)
    if found.stale:
        lines.append(_stale(found.stale))
    return lines


def _cases(rule: Rule, cases: dict[str, int]) -> str:
    n = cases.get(rule.id, 0)
    hint = say("；只作提示", "; a hint only") if rule.severity == "advisory" else ""
    return say(f"用例 {n} 个{hint}", f"{n} case{'' if n == 1 else 's'}{hint}")


def _stale(ids: tuple[str, ...]) -> str:
    return say("原文已改，规则要重看：", "the text has changed; look again at: ") + ", ".join(ids)


# ---- as data -----------------------------------------------------------------------------------------------------------------


def _plain(found: Covered, cases: dict[str, int]) -> dict[str, Any]:
    return {
        "instrument": found.edition.id,
        "title": found.edition.title.say(TONGUE),
        "counts": {cover.value: found.count(cover) for cover in _ORDER},
        "articles_not_recorded": found.unrecorded,
        "clauses": [
            {
                "clause": clause.ref.say(TONGUE),
                "provisions": [_provision_plain(one, cases) for one in clause.provisions],
                "cited_by": [one.id for one in clause.cited_by],
            }
            for clause in found.clauses
        ],
    }


def _provision_plain(found: ProvisionCover, cases: dict[str, int]) -> dict[str, Any]:
    return {
        "fact": found.provision.fact,
        "standing": found.cover,
        "confidence": found.provision.confidence,
        "rules": [{"id": one.id, "cases": cases.get(one.id, 0)} for one in found.rules],
        "judged": [{"id": one.id, "why": one.why.say(TONGUE), "by": one.who.say(TONGUE)} for one in found.judged],
        "unknown": found.account.unknown if found.account is not None else "",
        "left": found.account.left if found.account is not None else "",
        "stale": list(found.stale),
    }
