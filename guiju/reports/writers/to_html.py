"""A report as one offline HTML page in both tongues; everything it shows is in the file, and nothing is fetched.

The page is safe to open: a policy in its head allows only its own style and script, by their digests, and all words of
the data enter it escaped or as JSON. Findings are embedded without a cap; large ones packed (gzip, base64) for size.
"""

import base64
import gzip
import hashlib
import io
from collections.abc import Iterable
from fractions import Fraction
from html import escape

from guiju.reports.gate import passage_words, passages, taken_words
from guiju.reports.layout.columns import shown
from guiju.reports.layout.escape import one_line
from guiju.reports.layout.head import Head, Step, counts_words, first_words, head_of, title_words
from guiju.reports.layout.page_text import template
from guiju.reports.layout.pages.html_data import data_pieces
from guiju.reports.layout.pages.html_tables import Row, Table, tables_of
from guiju.reports.layout.text import place_words, short_names
from guiju.reports.layout.words import DIMENSIONS, PRECHECK, VERDICT_ORDER, WORDS, citation_words
from guiju.reports.model import Report
from guiju.reports.scores import overall, points_words, rating, score_by_dimension
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["to_html"]

_PACK_FROM = 1_000
_FIRST = 50
_MOST_FILES = 5
_MOST_ROWS = 200


def to_html(report: Report, tongue: Tongue) -> str:
    """The page; it opens in that tongue and holds both."""
    style, script, head = template("report.css"), template("report.js"), head_of(report)
    parts = {
        "tongue": "zh-CN" if tongue is Tongue.ZH else "en",
        "policy": escape(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'"
        ),
        "title": escape(_title(report, tongue)),
        "style": style,
        "script": script,
        "data": _packed(report) if len(report.findings) > _PACK_FROM else _plain(report),
        "head": _head(report, head),
        "summary": _summary(report, head),
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


def _title(report: Report, tongue: Tongue) -> str:
    names = [one_line(one.name) for one in report.titles[:1]]
    return " · ".join([*names, Both("规矩检查报告", "Guiju report").say(tongue), report.provenance.as_of.isoformat()])


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
    safe = "".join(data_pieces(report)).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script id="data" type="application/json">{safe}</script>'


def _packed(report: Report) -> str:
    into = io.BytesIO()
    with gzip.GzipFile(fileobj=into, mode="wb", compresslevel=6, mtime=0) as packing:
        for piece in data_pieces(report):
            packing.write(piece.encode("utf-8", "backslashreplace"))
    return f'<script id="data" type="application/gzip">{base64.b64encode(into.getbuffer()).decode()}</script>'


def _head(report: Report, head: Head) -> str:
    """What it is about, how it stands, and what to do first; the same words as in every other form."""
    titles = "".join(f'<p class="subject">{_both(title_words(one))}</p>' for one in head.titles)
    outcome = f'<p class="outcome {head.colour}">{_both(head.outcome)}</p>' if head.outcome is not None else ""
    steps = "".join(_step(one) for one in head.first)
    first = f'<h2 class="plain">{_both(first_words(head))}</h2><ol class="first">{steps}</ol>' if steps else ""
    return f'{titles}{outcome}<p class="counts">{_both(counts_words(head))}</p>{first}{_facts(report)}'


def _step(one: Step) -> str:
    name = f'<span class="why">{_both(one.why)} · {_text(one.where)}</span>'
    what = _both(one.what)
    if one.rule is None:
        return f"<li>{what}{name}</li>"
    return f'<li><button type="button" class="link" data-rule="{escape(one.rule)}">{what}</button>{name}</li>'


def _facts(report: Report) -> str:
    where, taken = report.provenance, taken_words(report)
    files = [one.file for one in report.inputs]
    facts = [
        (Both("文件", "file"), _text(", ".join(short_names(files[:_MOST_FILES]).values()) + (" …" if len(files) > _MOST_FILES else ""))),
        (WORDS["as_of"], _text(where.as_of.isoformat())),
        (WORDS["ruleset"], _text(where.ruleset[:16])),
        (WORDS["registry"], _text(where.registry_date)),
        (Both("软件", "package"), _text(f"guiju {where.package}")),
        (Both("语言", "language"), _text(where.language)),
    ]
    listed = "".join(f"<div><dt>{_both(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    said = f'<p class="taken">{_both(taken)}</p>' if taken is not None else ""
    return f'{said}<dl class="facts">{listed}</dl><p class="precheck">{_both(PRECHECK)}</p>'


def _summary(report: Report, head: Head) -> str:
    whole = overall(report)
    numbers = [
        (Both("必须整改", "must be mended"), head.must),
        (Both("其中阻断", "of them blocking"), head.blocking),
        (Both("建议", "advised"), head.advice),
        (Both("无法判定", "undetermined"), report.count(Verdict.UNDETERMINED)),
        (Both("符合", "passed"), report.count(Verdict.PASS)),
    ]
    cells = "".join(f'<div class="number"><b>{count:,}</b><span>{_both(name)}</span></div>' for name, count in numbers)
    if whole.points is None:
        score = ""
    else:
        step = rating(whole)
        score = f'<div class="score"><b>{points_words(whole.points)}</b><span class="rating {step.id}">{_both(step.name)}</span><span>{_both(Both("总评分", "overall score"))}</span></div>'
    outcomes = list(passages(report))
    told = "".join(f"<p>{_both(passage_words(one))}</p>" for one in outcomes) if len(outcomes) > 1 else ""
    return f'{told}<div class="numbers">{score}{cells}</div>{_bar(report)}{_dimensions(report)}'


def _bar(report: Report) -> str:
    """What applies, as one bar; each part is named below it, so that no colour is needed to read it. What does not apply is a number."""
    total = sum(count for _, count in report.tally)
    outside = report.count(Verdict.NOT_APPLICABLE) + report.count(Verdict.INACTIVE)
    parts, names, at = [], [], Fraction(0)
    for verdict in VERDICT_ORDER:
        count = report.count(verdict)
        if count and verdict not in (Verdict.NOT_APPLICABLE, Verdict.INACTIVE):
            width = Fraction(count * 1000, total - outside)
            parts.append(f'<rect class="{verdict.value}" x="{float(at):.3f}" y="0" width="{float(width):.3f}" height="12"/>')
            names.append(f'<li><i class="{verdict.value}"></i>{_both(verdict.words)} {count:,}</li>')
            at += width
    share = Both(
        f"{total:,} 项判定中适用 {total - outside:,} 项；不适用和未生效 {outside:,} 项不计入",
        f"of {total:,} verdicts {total - outside:,} apply; {outside:,} do not apply or are not in force, and are left out",
    )
    return (
        f'<p class="share">{_both(share)}</p><svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">'
        f'{"".join(parts)}</svg><ul class="legend">{"".join(names)}</ul>'
    )


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


def _more(count: int) -> str:
    return f'<p class="more">{_both(Both(f"另有 {count:,} 项，见下表", f"{count:,} more, in the tables below"))}</p>' if count > 0 else ""


def _table(table: Table) -> str:
    head = "".join(f'<th class="n" scope="col">{_both(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr class="{"" if _is_telling(table, row) else "quiet"}"><th scope="row"><button type="button" class="link" data-{table.id}="{escape(one_line(row.key))}">{_both(row.name)}</button></th>'
        + "".join(f'<td class="n{"" if count else " zero"}">{count:,}</td>' for count in row.counts)
        + "</tr>"
        for row in table.rows[:_MOST_ROWS]
    )
    return (
        f'<section class="panel" id="by-{table.id}" aria-labelledby="tab-{table.id}"><h3 id="tab-{table.id}">{_both(table.title)}</h3>'
        f'<div class="scroll"><table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>{_more(len(table.rows) - _MOST_ROWS)}</section>'
    )


def _is_telling(table: Table, row: Row) -> bool:
    """Whether anything of a row failed or is undetermined; rows of which all is well are not printed."""
    good = (Verdict.PASS.words, Verdict.NOT_APPLICABLE.words)
    return any(count for column, count in zip(table.columns, row.counts, strict=True) if column not in good)


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
        f"<li>{_text(one.problem.say(tongue))} <small>{_text(place_words(one.places[0]) if one.places else '')}</small></li>"
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
