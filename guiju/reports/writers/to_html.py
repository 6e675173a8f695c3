"""A report as one offline HTML page in both tongues; everything it shows is in the file, and nothing is fetched.

The page is safe to open: a policy in its head allows only its own style and script, by their digests, and all words of
the data enter it escaped or as JSON. Findings are embedded without a cap; large ones packed (gzip, base64) for size.
"""

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from html import escape
from itertools import islice
from typing import Any, TypeAlias

from guiju.reports.gate import evidence_words, outcome_of, passage_words, passages, taken_words
from guiju.reports.layout.columns import shown, waiver_words
from guiju.reports.layout.escape import one_line, visible
from guiju.reports.layout.html_tables import Table, tables_of
from guiju.reports.layout.page_text import template
from guiju.reports.layout.text import place_words
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report
from guiju.reports.scores import gains, overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding

__all__ = ["to_html"]

_PACK_FROM = 1_000
_BATCH = 1_000
_FIRST = 50
_Pair: TypeAlias = tuple[str, str] | str | None
_MOST_ROWS = 200


def to_html(report: Report, tongue: Tongue) -> str:
    """The page; it opens in that tongue and holds both."""
    style, script = template("report.css"), template("report.js")
    parts = {
        "tongue": "zh-CN" if tongue is Tongue.ZH else "en",
        "policy": escape(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'"
        ),
        "title": escape(f"{Both('规矩检查报告', 'Guiju report').say(tongue)} {report.provenance.as_of.isoformat()}"),
        "style": style,
        "script": script,
        "data": _packed(report) if len(report.findings) > _PACK_FROM else _plain(report),
        "head": _head(report),
        "summary": _summary(report),
        "gains": _gains(report),
        "tables": "".join(_table(one) for one in tables_of(report)),
        "filters": _filters(report),
        "plain": _without_script(report, tongue),
        "limits": _limits(report),
        "inputs": _inputs(report),
    }
    page = template("report.html")
    # Each mark stands once in the template, and parts are put in by position: no part is ever searched for marks.
    pieces = page.split("@@")
    return "".join(piece if at % 2 == 0 else parts[piece] for at, piece in enumerate(pieces))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _both(words: Both) -> str:
    if words.zh == words.en:
        return _text(words.zh)
    return f'<span class="zh" lang="zh-CN">{_text(words.zh)}</span><span class="en" lang="en">{_text(words.en)}</span>'


def _text(words: str) -> str:
    return escape(one_line(words))


def _plain(report: Report) -> str:
    # Inside a script element only "<" could end it; in JSON it may always be written as an escape.
    safe = "".join(_pieces(report)).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script id="data" type="application/json">{safe}</script>'


def _packed(report: Report) -> str:
    into = io.BytesIO()
    with gzip.GzipFile(fileobj=into, mode="wb", compresslevel=6, mtime=0) as packing:
        for piece in _pieces(report):
            packing.write(piece.encode("utf-8", "backslashreplace"))
    return f'<script id="data" type="application/gzip">{base64.b64encode(into.getbuffer()).decode()}</script>'


def _pieces(report: Report) -> Iterator[str]:
    """The data of the page as JSON, a batch of findings at a time: a long report is never held twice."""
    rules = {card.id: at for at, card in enumerate(report.rules)}
    departments = sorted({one.department or "" for one in report.findings})
    where = {name: at for at, name in enumerate(departments)}
    shared: dict[_Pair, int] = {}
    listed = iter([one for one in report.findings if one.rule in rules])
    yield _json(_head_data(report, departments))[:-1] + ',"findings":['
    before = ""
    while batch := list(islice(listed, _BATCH)):
        yield before + ",\n".join(_json(_finding(one, rules, where, shared)) for one in batch)
        before = ",\n"
    yield '],"shared":' + _json(list(shared)) + "}"


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _head_data(report: Report, departments: list[str]) -> dict[str, Any]:
    return {
        "rules": [
            {
                "id": card.id,
                "name": _pair(card.name),
                "severity": card.severity.id,
                "cites": [_pair(citation_words(one.title, one.clause_text)) for one in card.citations],
                "fix": _pair(card.fix),
            }
            for card in report.rules
        ],
        "departments": departments,
        "severities": {one.id: _pair(one.words) for one in Severity},
        "verdicts": {one.value: _pair(one.words) for one in Verdict},
        "words": {
            key: _pair(WORDS[key])
            for key in ("seen", "required", "cites", "fix", "flips", "says", "members", "missing", "no_citation", "waiver")
        },
        "waivers": {visible(id): visible(words) for id, words in waiver_words(report).items()},
    }


def _finding(one: Finding, rules: dict[str, int], where: dict[str, int], shared: dict[_Pair, int]) -> list[Any]:
    """One finding; words that many findings of a rule have in common are numbers into a list that they share."""

    def common(words: Both | None) -> int:
        return shared.setdefault(_pair(words), len(shared))

    return [
        one.fingerprint[:16],
        rules[one.rule],
        shown(one).value,
        where[one.department or ""],
        one.district or "",
        one.subject.name,
        place_words(one.places[0]) if one.places else "",
        _pair(one.message),
        _pair(one.seen),
        common(one.required),
        common(one.flips),
        common(one.says),
        [member.name for member in one.members[:50]],
        list(one.missing[:20]),
        visible(one.waiver or ""),
    ]


def _pair(words: Both | None) -> _Pair:
    if words is None:
        return None
    zh, en = visible(words.zh), visible(words.en)
    return zh if zh == en else (zh, en)


def _head(report: Report) -> str:
    where = report.provenance
    facts = (
        (WORDS["as_of"], where.as_of.isoformat()),
        (WORDS["ruleset"], where.ruleset[:16]),
        (WORDS["registry"], where.registry_date),
        (Both("软件", "package"), f"guiju {where.package}"),
        (Both("语言", "language"), where.language),
    )
    listed = "".join(f"<div><dt>{_both(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in facts)
    return f'<dl class="facts">{listed}</dl><p class="precheck">{_both(PRECHECK)}</p>'


def _summary(report: Report) -> str:
    whole = overall(report)
    blocking = sum(1 for one in report.findings if shown(one) is Verdict.FAIL and one.severity is Severity.BLOCKING)
    numbers = [
        (Both("不符合", "failed"), report.count(Verdict.FAIL)),
        (Both("其中阻断", "of them blocking"), blocking),
        (Both("无法判定", "undetermined"), report.count(Verdict.UNDETERMINED)),
        (Both("符合", "passed"), report.count(Verdict.PASS)),
    ]
    cells = "".join(f'<div class="number"><b>{count:,}</b><span>{_both(name)}</span></div>' for name, count in numbers)
    if whole.points is None:
        score = ""
    else:
        step = rating(whole)
        score = f'<div class="score"><b>{points_words(whole.points)}</b><span class="rating {step.id}">{_both(step.name)}</span><span>{_both(Both("总评分", "overall score"))}</span></div>'
    said = [taken_words(report), evidence_words(report), *(passage_words(one) for one in passages(report))]
    told = "".join(f"<p>{_both(one)}</p>" for one in said if one is not None)
    return f'{told}<div class="numbers">{score}{cells}</div>{_bar(report)}{_dimensions(report)}'


def _bar(report: Report) -> str:
    """Verdicts as one bar; each part is named below it, so that no colour is needed to read it."""
    total = sum(count for _, count in report.tally)
    parts, names, at = [], [], Fraction(0)
    for verdict in VERDICT_ORDER:
        count = report.count(verdict)
        if count:
            width = Fraction(count * 1000, total)
            parts.append(f'<rect class="{verdict.value}" x="{float(at):.3f}" y="0" width="{float(width):.3f}" height="12"/>')
            names.append(f'<li><i class="{verdict.value}"></i>{_both(verdict.words)} {count:,}</li>')
            at += width
    return f'<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg><ul class="legend">{"".join(names)}</ul>'


def _dimensions(report: Report) -> str:
    rows = []
    for score in score_by_dimension(report):
        name = DIMENSIONS[score.dimension]
        if score.points is None:
            rows.append(f'<tr><th scope="row">{_both(name)}</th><td class="n">–</td><td></td><td></td><td class="n">0</td></tr>')
            continue
        step = rating(score)
        bar = f'<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="{step.id}" width="{float(score.points):.2f}" height="8"/></svg>'
        rows.append(
            f'<tr><th scope="row">{_both(name)}</th><td class="n">{points_words(score.points)}</td><td class="wide">{bar}</td>'
            f'<td><span class="rating {step.id}">{_both(step.name)}</span></td><td class="n">{score.breaches:,} / {score.verdicts:,}</td></tr>'
        )
    head = (
        f"<th>{_both(Both('维度', 'Dimension'))}</th><th class='n'>{_both(Both('得分', 'Score'))}</th><th class='wide'></th>"
        f"<th>{_both(Both('评级', 'Rating'))}</th><th class='n'>{_both(Both('不符合 / 已判定', 'failed / judged'))}</th>"
    )
    return f'<table class="dimensions"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _gains(report: Report) -> str:
    found = gains(report)
    if not found:
        reached = outcome_of(report)
        is_clean = reached is None or reached.outcome.colour == "green"
        return f"<p>{_both(WORDS['clean' if is_clean else 'no_actions'])}</p>"
    items = []
    for one in found[:10]:
        words = _both(one.card.fix) if one.card.fix else _both(one.card.name)
        count = _both(Both(f"改好 {one.breaches:,} 处，评分", f"mend {one.breaches:,}, score"))
        items.append(
            f'<li><button type="button" class="link" data-rule="{escape(one.card.id)}">{_both(one.card.name)}</button>'
            f'<span class="gain">{count} +{points_words(one.points)}</span><p>{words}</p></li>'
        )
    more = _more(len(found) - len(items))
    return f'<ol class="gains">{"".join(items)}</ol>{more}'


def _more(count: int) -> str:
    return f'<p class="more">{_both(Both(f"另有 {count:,} 项，见下表", f"{count:,} more, in the tables below"))}</p>' if count > 0 else ""


def _table(table: Table) -> str:
    head = "".join(f'<th class="n" scope="col">{_both(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row"><button type="button" class="link" data-{table.id}="{escape(one_line(row.key))}">{_both(row.name)}</button></th>'
        + "".join(f'<td class="n{"" if count else " zero"}">{count:,}</td>' for count in row.counts)
        + "</tr>"
        for row in table.rows[:_MOST_ROWS]
    )
    return (
        f'<section class="panel" id="by-{table.id}" aria-labelledby="tab-{table.id}"><h3 id="tab-{table.id}">{_both(table.title)}</h3>'
        f'<div class="scroll"><table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>{_more(len(table.rows) - _MOST_ROWS)}</section>'
    )


def _filters(report: Report) -> str:
    present = {shown(one) for one in report.findings}
    verdicts = [(one.value, one.words) for one in VERDICT_ORDER if one in present]
    grave = [(one.id, one.words) for one in reversed(Severity) if any(finding.severity is one for finding in report.findings)]
    rules = [(card.id, card.name) for card in report.rules if any(count for verdict, count in card.tally if verdict in present)]
    departments = [(name, Both(name, name)) for name in sorted({one.department for one in report.findings if one.department})]
    return "".join(
        _select(id, label, options)
        for id, label, options in (
            ("verdict", Both("判定", "Verdict"), verdicts),
            ("severity", Both("严重程度", "Severity"), grave),
            ("rule", Both("规则", "Rule"), rules),
            ("department", Both("部门", "Department"), departments),
        )
        if options
    )


def _select(id: str, label: Both, options: Iterable[tuple[str, Both]]) -> str:
    # An option can hold no markup, so both tongues stand in attributes and the script shows one of them.
    rows = "".join(
        f'<option value="{escape(one_line(key))}" data-zh="{escape(one_line(words.zh))}" data-en="{escape(one_line(words.en))}">{_text(words.zh)}</option>'
        for key, words in options
    )
    every = Both("全部", "all")
    return f'<label>{_both(label)}<select id="filter-{id}"><option value="" data-zh="{every.zh}" data-en="{every.en}">{every.zh}</option>{rows}</select></label>'


def _without_script(report: Report, tongue: Tongue) -> str:
    """The first findings as plain text, for a reader whose browser runs no script."""
    first = report.findings[:_FIRST]
    rows = "".join(
        f"<li>{_text(one.message.say(tongue))} <small>{_text(place_words(one.places[0]) if one.places else '')}</small></li>"
        for one in first
    )
    return f"<ol>{rows}</ol>{_more(len(report.findings) - len(first))}"


def _limits(report: Report) -> str:
    judged = "".join(
        f"<li><b>{_both(one.name)}</b> <small>{'; '.join(_both(citation_words(cite.title, cite.clause_text)) for cite in one.citations)}</small>"
        f"<p>{_both(one.why)} {_both(Both(f'由{one.who.zh}判断。', f'Judged by {one.who.en}.'))}</p></li>"
        for one in report.judged
    )
    unread = "".join(
        f"<li>{_text(one.headline(Tongue.ZH))} / {_text(one.headline(Tongue.EN))} <small>{_text(one.span.file)}</small></li>"
        for one in report.diagnostics[:_MOST_ROWS]
    )
    headers = "".join(
        f"<li>{_text(one.header)} <small>{_text(place_words(one.place))}</small></li>" for one in report.unmatched[:_MOST_ROWS]
    )
    sections = (
        (Both("下列各项需人工核查", "For people to judge"), judged, len(report.judged), len(report.judged)),
        (WORDS["unread"], unread, len(report.diagnostics), _MOST_ROWS),
        (WORDS["unmatched"], headers, len(report.unmatched), _MOST_ROWS),
    )
    return "".join(
        f"<details><summary>{_both(title)} · {count:,}</summary><ul>{rows}</ul>{_more(count - most)}</details>"
        for title, rows, count, most in sections
        if count
    )


def _inputs(report: Report) -> str:
    names = {kind.id: kind.name for kind in report.kinds}
    rows = "".join(
        f"<tr><td>{_text(one.file)}</td><td>{', '.join(f'{_both(names[kind])} {count:,}' for kind, count in one.subjects)}</td><td><code>{_text(one.sha256)}</code></td></tr>"
        for one in report.inputs
    )
    head = "".join(f"<th>{_both(one)}</th>" for one in (Both("文件", "File"), Both("对象", "Subjects"), Both("SHA-256", "SHA-256")))
    return f'<div class="scroll"><table class="inputs"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
