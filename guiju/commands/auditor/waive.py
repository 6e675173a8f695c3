"""`guiju waive`: the skeleton of a waiver for findings, to be completed and signed by people; it grants nothing."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.author.lookup import find_rules, near_rules
from guiju.commands.shared.check_files import CheckedFiles, check_files, day_of
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import nearest_few
from guiju.dsl.ruleset import Ruleset
from guiju.store.waiver_draft import WaiverDraft, draft_text
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from guiju.validators.findings.waivers import rule_digest
from guiju.validators.plan.from_ruleset import plan

__all__ = ["waive"]

_LEAST = 6


def waive(
    files: Annotated[
        list[str],
        typer.Argument(metavar=say("文件…", "FILE…"), help=say("检查过的文件", "the files that were checked"), show_default=False),
    ],
    finding: Annotated[
        list[str] | None,
        typer.Option(
            "--finding",
            metavar=say("指纹", "FINGERPRINT"),
            help=say("检查发现的指纹（开头几位即可）", "the fingerprint of a finding, or its first characters"),
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar=say("规则", "RULE"),
            help=say(
                "只为这条规则的不符合（名称、标识或其末段）", "for breaches of this rule only: its name, its id or the last part of it"
            ),
        ),
    ] = None,
    subject: Annotated[
        list[str] | None, typer.Option("--subject", metavar=say("对象", "SUBJECT"), help=say("只为这个对象", "for this subject only"))
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("检查日", "the day of judgement"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: Annotated[
        list[Path] | None, typer.Option("--add-rules", help=say("再加这些规则文件", "these rule files besides the shipped ones"))
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=say("写入文件", "write to a file"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Print the skeleton of a waiver."""
    if not (finding or rule or subject):
        raise typer.BadParameter(
            say("请用 --finding、--rule 或 --subject 说明豁免什么", "say what to waive: --finding, --rule or --subject")
        )
    judged = check_files(tuple(files), as_of=day_of(as_of), rules=tuple(rules or ()), add_rules=tuple(add_rules or ()))
    if judged is None:
        raise typer.Exit(2)
    failed = [one for one in judged.report.findings if one.verdict is Verdict.FAIL]
    fingerprints, ids = _long(finding or []), _rules(rule or [], judged.ruleset)
    wanted = [one for one in failed if _is_wanted(one, fingerprints, ids, subject or [])]
    if not wanted:
        eprint(say("没有这样的不符合。", "There is no such breach."))
        _tell_near(subject or [], failed)
        raise typer.Exit(1)
    put(_skeleton(judged, wanted), output)


def _rules(names: list[str], ruleset: Ruleset) -> frozenset[str]:
    """The rules that bear the names, as `explain` takes them; the process ends where one bears none, with those that are near."""
    found: set[str] = set()
    for name in names:
        ids = find_rules(name, ruleset)
        if not ids:
            eprint(say(f"没有叫“{name}”的规则。", f"There is no rule {name!r}."))
            _offer(near_rules(name, ruleset))
            raise typer.Exit(2)
        found.update(ids)
    return frozenset(found)


def _long(starts: list[str]) -> list[str]:
    """The beginnings of fingerprints; the process ends where one is too short to name any."""
    for start in starts:
        if len(start) < _LEAST:
            zh = f"指纹“{start}”太短，请至少写 {_LEAST} 位。"
            eprint(say(zh, f"The fingerprint {start!r} is too short; write at least {_LEAST} characters."))
            raise typer.Exit(2)
    return starts


def _tell_near(subjects: list[str], failed: list[Finding]) -> None:
    names = {known for one in failed for known in (one.subject.id, one.subject.name)}
    for name in subjects:
        if name not in names:
            eprint(say(f"没有不符合的对象叫“{name}”。", f"No subject in breach is called {name!r}."))
            _offer(nearest_few(name, names, most=5))


def _offer(near: tuple[str, ...]) -> None:
    if near:
        eprint(say("相近的有：", "Near it: ") + say("、", ", ").join(near))


def _is_wanted(one: Finding, fingerprints: list[str], rules: frozenset[str], subjects: list[str]) -> bool:
    return (
        (not fingerprints or any(one.fingerprint.startswith(start) for start in fingerprints))
        and (not rules or one.rule in rules)
        and (not subjects or one.subject.id in subjects or one.subject.name in subjects)
    )


def _skeleton(judged: CheckedFiles, findings: list[Finding]) -> str:
    """One waiver for each rule, its scope the subjects at hand; what people must state is left blank, so it cannot be used as it is."""
    planned = {
        one.rule.id: one.rule
        for one in plan(judged.ruleset, as_of=judged.as_of, submitted=judged.submission.submitted, taken=judged.report.taken).rules
    }
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    drafts = (
        _draft(f"{judged.as_of.year}-{number:02}", rule_digest(planned[rule]), of_rule, judged.as_of)
        for number, (rule, of_rule) in enumerate(sorted(by_rule.items()), 1)
    )
    return draft_text(drafts, TONGUE)


def _draft(id: str, digest: str, findings: list[Finding], day: date) -> WaiverDraft:
    first = findings[0]
    return WaiverDraft(
        id=id,
        rule=first.rule,
        digest=digest,
        kinds=(first.subject.kind,),
        subjects=tuple(dict.fromkeys(one.subject.id for one in findings)),
        findings=tuple(one.fingerprint for one in findings),
        start=day,
        title=first.rule_name.say(TONGUE),
        message=first.message.say(TONGUE),
    )
