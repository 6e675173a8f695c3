"""A comparison as text, JSON, Markdown or an HTML page; every word of it in both tongues. It compares nothing itself."""

import html
import json
from collections.abc import Callable

from guiju.diagnostics.source import display_width
from guiju.reports.layout.compare import Change, Comparison, Entry, Pair, Side
from guiju.reports.layout.escape import markdown, one_line
from guiju.reports.layout.pages.plain_page import cells_table, numbers, page_of, section
from guiju.reports.layout.pages.svg_lines import Line, lines_svg
from guiju.terms.severity import Severity
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict

__all__ = ["COMPARISON_FORMS"]

_MOST = 20
_WORDS = {
    "title": Both("比对", "comparison"),
    "old": Both("旧", "old"),
    "new": Both("新", "new"),
    "as_of": Both("检查日", "as of"),
    "ruleset": Both("规则集", "ruleset"),
    "rules_differ": Both("两次所用的规则集不同。", "The two runs used different rulesets."),
    "same": Both("两次结果相同。", "The two are the same."),
    "more": Both("另有 {n} 处", "{n} more"),
    "altered": Both("值已变", "another value"),
    "inactive_old": Both("旧的一方规则未生效", "the rule is not in force in the old one"),
    "inactive_new": Both("新的一方规则未生效", "the rule is not in force in the new one"),
    "department": Both("单位", "unit"),
    "clause": Both("条款", "clause"),
    "change": Both("变化", "change"),
    "verdict": Both("判定", "verdict"),
    "severity": Both("程度", "severity"),
    "rule": Both("规则", "rule"),
    "subject": Both("对象", "subject"),
    "message": Both("情况", "what was found"),
    "none": Both("（未标明）", "(not named)"),
    "count": Both("数", "count"),
    "by_unit": Both("各单位由旧到新", "by unit, from old to new"),
}


def _say(key: str, tongue: Tongue) -> str:
    return _WORDS[key].say(tongue)


def to_text(found: Comparison, tongue: Tongue) -> str:
    """Lines for a terminal: what changed first, then the counts; what persists is counted, not listed."""
    lines = [f"{_say('old', tongue)}  {_side(found.old, tongue)}", f"{_say('new', tongue)}  {_side(found.new, tongue)}"]
    if found.old.ruleset != found.new.ruleset:
        lines.append(_say("rules_differ", tongue))
    lines.append("")
    for change in (Change.NEW, Change.CHANGED, Change.GONE):
        pairs = [one for one in found.pairs if one.change is change]
        if pairs:
            lines.append(f"{change.words.say(tongue)} × {len(pairs)}")
            lines += [f"  {_line(one, tongue)}" for one in pairs[:_MOST]]
            lines += [f"  … {_say('more', tongue).format(n=len(pairs) - _MOST)}"] if len(pairs) > _MOST else []
            lines.append("")
    for key, rows in (("department", found.by_department()), ("clause", _clauses(found))):
        lines += [*_columns([_head(key, tongue), *(_row(name, counts, tongue) for name, counts in rows)]), ""]
    if not any(found.count(change) for change in (Change.NEW, Change.CHANGED, Change.GONE)):
        lines.append(_say("same", tongue))
    lines.append(" · ".join(f"{change.words.say(tongue)} {found.count(change)}" for change in Change))
    return "\n".join(one_line(line).rstrip() for line in lines) + "\n"


def to_json(found: Comparison, tongue: Tongue) -> str:
    """The whole comparison with fixed keys."""
    plain = {
        "old": _plain_side(found.old),
        "new": _plain_side(found.new),
        "tally": {change.value: found.count(change) for change in Change},
        "by_department": [_plain_row("department", *row) for row in found.by_department()],
        "by_clause": [_plain_row("clause", *row) for row in found.by_clause()],
        "findings": [_plain_pair(one) for one in found.pairs],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def to_markdown(found: Comparison, tongue: Tongue) -> str:
    """Tables of counts, and a table of everything that changed."""

    def table(rows: list[list[str]]) -> list[str]:
        cells = [[markdown(cell) for cell in row] for row in rows]
        return [f"| {' | '.join(row)} |" for row in (cells[0], ["---"] * len(cells[0]), *cells[1:])] + [""]

    sides = [f"- {_say(key, tongue)}: {markdown(_side(side, tongue))}" for key, side in (("old", found.old), ("new", found.new))]
    lines = [f"# {_say('title', tongue)}", "", *sides, ""]
    for _, rows in _tables(found, tongue):
        lines += table(rows)
    return "\n".join(lines)


def to_html(found: Comparison, tongue: Tongue) -> str:
    """One offline page in the style of the report: the counts, lines from the old side to the new by unit, tables; no script."""
    sides = "".join(
        f"<p>{html.escape(_say(key, tongue))}{html.escape(Both('：', ': ').say(tongue))}{html.escape(one_line(_side(side, tongue)))}</p>"
        for key, side in (("old", found.old), ("new", found.new))
    )
    differ = f"<p>{html.escape(_say('rules_differ', tongue))}</p>" if found.old.ruleset != found.new.ruleset else ""
    counts = numbers(tuple((one.words.say(tongue), found.count(one)) for one in Change))
    picture = lines_svg((_say("old", tongue), _say("new", tongue)), _lines(found, tongue), _say("title", tongue))
    tables = _tables(found, tongue)[1:]
    body = section(_say("count", tongue), sides + differ + counts)
    body += section(_say("by_unit", tongue), picture) if picture else ""
    body += "".join(section(title, cells_table(rows)) for title, rows in tables if len(rows) > 1)
    return page_of(_say("title", tongue), body, tongue)


def _lines(found: Comparison, tongue: Tongue) -> list[Line]:
    """How many findings each unit has on either side, those with most first."""
    lines = []
    for name, (new, changed, persisting, gone) in found.by_department():
        both = changed + persisting
        lines.append(Line(name or _say("none", tongue), (both + gone, both + new)))
    return sorted(lines, key=lambda one: (-max(value or 0 for value in one.values), one.name))


COMPARISON_FORMS: dict[str, Callable[[Comparison, Tongue], str]] = {
    "text": to_text,
    "json": to_json,
    "markdown": to_markdown,
    "html": to_html,
}


def _tables(found: Comparison, tongue: Tongue) -> list[tuple[str, list[list[str]]]]:
    changed = [one for one in found.pairs if one.change is not Change.PERSISTING]
    heads = [_say(key, tongue) for key in ("change", "verdict", "severity", "rule", "subject", "department", "clause", "message")]
    counts = [[_say("change", tongue), _say("count", tongue)], *([one.words.say(tongue), str(found.count(one))] for one in Change)]
    tables = [(_say("count", tongue), counts)]
    for key, rows in (("department", found.by_department()), ("clause", _clauses(found))):
        tables.append((_say(key, tongue), [_head(key, tongue), *(_row(name, held, tongue) for name, held in rows)]))
    return [*tables, (_say("change", tongue), [heads, *(_cells(one, tongue) for one in changed)])]


def _clauses(found: Comparison) -> list[tuple[str, tuple[int, ...]]]:
    """Counts by clause under the words by which people cite it."""
    words = {one.entry.clause: one.entry.clause_words for one in found.pairs}
    return [(words[id], counts) for id, counts in found.by_clause()]


def _head(key: str, tongue: Tongue) -> list[str]:
    return [_say(key, tongue), *(change.words.say(tongue) for change in Change)]


def _row(name: str, counts: tuple[int, ...], tongue: Tongue) -> list[str]:
    return [name or _say("none", tongue), *(str(count) for count in counts)]


def _columns(rows: list[list[str]]) -> list[str]:
    widths = [max(display_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _side(side: Side, tongue: Tongue) -> str:
    return f"{side.label} · {_say('as_of', tongue)} {side.as_of} · {_say('ruleset', tongue)} {side.ruleset[:12]}"


def _verdict(pair: Pair, tongue: Tongue) -> str:
    def words(entry: Entry) -> str:
        return Verdict[entry.verdict].words.say(tongue) if entry.verdict in Verdict.__members__ else entry.verdict

    if pair.change is Change.CHANGED and pair.before is not None and pair.after is not None:
        return f"{words(pair.before)} → {words(pair.after)}"
    return words(pair.entry)


def _severity(entry: Entry, tongue: Tongue) -> str:
    name = entry.severity.upper()
    return Severity[name].words.say(tongue) if name in Severity.__members__ else entry.severity


def _notes(pair: Pair, tongue: Tongue) -> str:
    notes = [_say("altered", tongue)] if pair.altered else []
    if pair.inactive:
        notes.append(_say("inactive_old" if pair.change is Change.NEW else "inactive_new", tongue))
    return f"（{'，'.join(notes)}）" if notes and tongue is Tongue.ZH else f" ({', '.join(notes)})" if notes else ""


def _line(pair: Pair, tongue: Tongue) -> str:
    entry = pair.entry
    head = f"{_verdict(pair, tongue)} · {_severity(entry, tongue)}  {entry.message}{_notes(pair, tongue)}  [{entry.rule}]"
    return head + (f"  {entry.department}" if entry.department else "")


def _cells(pair: Pair, tongue: Tongue) -> list[str]:
    entry = pair.entry
    return [
        pair.change.words.say(tongue),
        _verdict(pair, tongue),
        _severity(entry, tongue),
        entry.rule,
        entry.name,
        entry.department,
        entry.clause_words,
        entry.message + _notes(pair, tongue),
    ]


def _plain_side(side: Side) -> dict[str, object]:
    return {"label": side.label, "as_of": side.as_of, "ruleset": side.ruleset, "findings": len(side.entries)}


def _plain_row(key: str, name: str, counts: tuple[int, ...]) -> dict[str, object]:
    return {key: name or None, **{change.value: count for change, count in zip(Change, counts, strict=True)}}


def _plain_pair(pair: Pair) -> dict[str, object]:
    entry = pair.entry
    return {
        "change": pair.change.value,
        "rule": entry.rule,
        "rule_name": entry.rule_name,
        "subject": {"kind": entry.kind, "id": entry.subject, "name": entry.name},
        "department": entry.department or None,
        "clause": entry.clause or None,
        "severity": entry.severity,
        "before": _plain_entry(pair.before),
        "after": _plain_entry(pair.after),
        "altered": pair.altered,
        "rule_inactive_on_the_other_side": pair.inactive,
    }


def _plain_entry(entry: Entry | None) -> dict[str, object] | None:
    return None if entry is None else {"verdict": entry.verdict, "message": entry.message, "fingerprint": entry.fingerprint}
