"""Files of cases beside rules: how they come out, what is wrong with them, and what may be written in them."""

import re
from collections.abc import Iterator

from lsprotocol import types as lsp

from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.ir.tree import Rule
from guiju.language_server.positions import range_of
from guiju.language_server.scope import shape_of
from guiju.language_server.to_protocol import SOURCE
from guiju.language_server.workspace import Snapshot
from guiju.standards.load_tables import load_calendar
from guiju.terms.shape import Field
from guiju.terms.tongue import Both, Tongue
from guiju.terms.types import BoolT, CodeT
from guiju.terms.verdict import Verdict
from guiju.validators.testing.cases import CaseResult, read_cases, run_cases

__all__ = ["case_diagnostics", "complete_case", "results_of", "rule_of_cases"]

_RULE = re.compile(r"^rule:\s*(\S+)", re.MULTILINE)
_KEYS = ("given", "want", "as_of", "submitted", "with", "in", "subject")
_OPEN = re.compile(r"[{,]\s*(?:([^\s:{},\"]+)\s*:\s*)?([^\s:{},]*)$")
_EXPECTED = Both("要的是 {want}，得到 {got}：{message}", "wanted {want}, got {got}: {message}")


def rule_of_cases(snapshot: Snapshot, source: Source) -> Rule | None:
    """The rule that a file of cases speaks of."""
    found = _RULE.search(source.text)
    if found is None:
        return None
    name = found[1].strip("\"'")
    named = [
        one.rule
        for one in snapshot.model.rules
        if name in (one.rule.id, one.rule.id.rpartition(".")[2], one.rule.name.zh, one.rule.name.en)
    ]
    beside = source.name.removesuffix(".cases.yaml") + ".gj"
    return next((one for one in named if beside.endswith(one.source[0])), named[0] if named else None)


def results_of(snapshot: Snapshot, source: Source) -> tuple[CaseResult, ...]:
    """Every case of a file, run by the reference engine; none where the file or the rule cannot be read."""
    rule = rule_of_cases(snapshot, source)
    file, _ = read_cases(source)
    if rule is None or file is None:
        return ()
    return run_cases(file, snapshot.rules_of(frozenset({rule.source[0]})), load_calendar())


def case_diagnostics(snapshot: Snapshot, source: Source) -> list[lsp.Diagnostic]:
    """What is wrong with a file of cases, and which of them do not come out as they say."""
    file, faults = read_cases(source)
    tongue = Tongue.ZH if not source.text.isascii() else Tongue.EN
    found = [
        lsp.Diagnostic(
            range_of(source, one.span), one.headline(tongue), severity=lsp.DiagnosticSeverity.Error, code=one.code, source=SOURCE
        )
        for one in faults
    ]
    if file is None:
        return found
    if rule_of_cases(snapshot, source) is None:
        named = _RULE.search(source.text)
        span = Span(source.name, *(named.span(1) if named is not None else (0, 0)))
        words = Both(f"没有叫“{file.rule}”的规则", f"there is no rule `{file.rule}`").say(tongue)
        return [*found, lsp.Diagnostic(range_of(source, span), words, severity=lsp.DiagnosticSeverity.Error, source=SOURCE)]
    return [*found, *(_failed(source, one, tongue) for one in results_of(snapshot, source) if not one.ok)]


def _failed(source: Source, one: CaseResult, tongue: Tongue) -> lsp.Diagnostic:
    start = source.lines[min(one.case.line, len(source.lines)) - 1]
    line = Span(source.name, start, start + len(source.line_text(one.case.line)))
    if one.problem is not None:
        return lsp.Diagnostic(range_of(source, line), one.problem.say(tongue), severity=lsp.DiagnosticSeverity.Error, source=SOURCE)
    want, got = one.case.want, one.got
    message = one.finding.message.say(tongue) if one.finding is not None else ""
    words = _EXPECTED.say(tongue).format(want=want.value if want else "", got=got.value if got else "", message=message)
    return lsp.Diagnostic(range_of(source, line), words, severity=lsp.DiagnosticSeverity.Warning, source=SOURCE)


# ---- what may be written -----------------------------------------------------------------------------------------


def complete_case(snapshot: Snapshot, source: Source, offset: int) -> list[lsp.CompletionItem]:
    """Rules after `rule:`, verdicts after `want:`, fields within `given`, the values that a field may take after its name."""
    line = source.text[source.text.rfind("\n", 0, offset) + 1 : offset]
    if line.startswith("rule:"):
        return [_item(one.rule.id.rpartition(".")[2], one.rule.name.zh, "1") for one in snapshot.model.rules if not one.rule.implicit]
    rule = rule_of_cases(snapshot, source)
    if rule is None:
        return []
    if re.search(r"want:\s*\w*$", line):
        return [_item(one.value, one.words.zh, "0") for one in Verdict if one is not Verdict.WAIVED]
    found = _OPEN.search(line)
    shape = next((one for one in snapshot.model.shapes if one.id == _judged_shape(snapshot, rule)), None)
    if found is None or shape is None:
        return []
    if "given" not in line and "with" not in line and "in:" not in line:
        return [_item(key, None, "0") for key in _KEYS]
    if found[1]:
        field = next((one for one in shape.fields if found[1] in (one.id, one.name.zh, *one.aliases)), None)
        return list(_values(snapshot, field)) if field is not None else []
    return [*(_item(one.name.zh, one.id, "1") for one in shape.fields), *(_item(key, None, "2") for key in _KEYS)]


def _judged_shape(snapshot: Snapshot, rule: Rule) -> str:
    """The shape whose fields a case gives: that of the elements where the rule is about elements."""
    shape = next((one for one in snapshot.model.shapes if one.id == rule.subject.shape), None)
    for step in rule.subject.path:
        field = shape.field(step) if shape is not None else None
        shape = shape_of(snapshot, field.type) if field is not None else None
    return shape.id if shape is not None else rule.subject.shape


def _values(snapshot: Snapshot, field: Field) -> Iterator[lsp.CompletionItem]:
    match field.type:
        case CodeT(codes=id):
            codes = next((one for one in snapshot.model.codes if one.id == id), None)
            yield from (_item(one.name.zh, one.code, "0") for one in (codes.entries if codes is not None else ()))
        case BoolT():
            yield from (_item(word, None, "0") for word in ("是", "否"))
        case _:
            return


def _item(label: str, detail: str | None, rank: str) -> lsp.CompletionItem:
    return lsp.CompletionItem(label=label, detail=detail, kind=lsp.CompletionItemKind.Property, sort_text=rank + label)
