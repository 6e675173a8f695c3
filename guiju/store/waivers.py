"""Reads waivers from YAML, under Chinese or English keys; every diagnostic stands at its line.

It opens no file and applies nothing: `validators.findings.waivers` does. One broken waiver spoils the file, for half of a signed
register is none.
"""

from collections.abc import Iterator
from datetime import date, datetime

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.node import Entry, Kind, Limits, Node
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ruleset import Ruleset
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import CodeT, ListT, RecordT, Type
from guiju.validators.findings.waivers import Scope, Waiver

__all__ = ["MOST_WAIVERS", "PARTS", "SCOPE_PARTS", "ids_used_twice", "read_waivers"]

MOST_WAIVERS = 10_000
_LIMITS = Limits(characters=8_000_000, depth=16, nodes=500_000, expansion=20_000)

PARTS = {
    "id": Both("编号", "id"),
    "rule": Both("规则", "rule"),
    "clause": Both("条款", "clause"),
    "rule_digest": Both("规则摘要", "rule_digest"),
    "scope": Both("范围", "scope"),
    "approver": Both("批准岗位", "approver"),
    "number": Both("文号", "number"),
    "reason": Both("理由", "reason"),
    "from": Both("起日", "from"),
    "to": Both("止日", "to"),
    "conditions": Both("条件", "conditions"),
    "at_most": Both("至多", "at_most"),
}
SCOPE_PARTS = {
    "subjects": Both("对象", "subjects"),
    "kinds": Both("类别", "kinds"),
    "departments": Both("单位", "departments"),
    "findings": Both("指纹", "findings"),
    "where": Both("字段", "where"),
}
_LIST = Both("豁免", "waivers")
_NEEDED = ("id", "approver", "number", "reason", "to")
_TEXT = Both("一句话", "a text")
_DAY = Both("一个日子，如 2026-03-01", "a day such as 2026-03-01")
_CLAUSE = Both("文件代号、空格、条号，如 PIPL 28.1", "an instrument, a blank and a clause, such as PIPL 28.1")
_WORDS = {
    Kind.TEXT: Both("文字", "a text"),
    Kind.INT: Both("数", "a number"),
    Kind.DECIMAL: Both("数", "a number"),
    Kind.TRUTH: Both("是否", "a truth value"),
    Kind.NULL: Both("空白", "nothing"),
    Kind.LIST: Both("清单", "a list"),
    Kind.MAP: Both("若干项", "a map"),
}


def read_waivers(source: Source, ruleset: Ruleset) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """The waivers of the text in the order written; none at all where there is any error."""
    node, found = read_yaml(source, limits=_LIMITS)
    if node is None:
        return (), found
    reader = _Reader(ruleset)
    reader.found += found
    waivers = tuple(one for item in reader.items(node) if (one := reader.waiver(item)) is not None)
    diagnostics = (*reader.found, *ids_used_twice(waivers))
    return () if any(one.level is Level.ERROR for one in diagnostics) else waivers, diagnostics


def ids_used_twice(waivers: tuple[Waiver, ...]) -> tuple[Diagnostic, ...]:
    """A complaint for each waiver whose id another one before it has: in a finding they could not be told apart."""
    seen: set[str] = set()
    found = []
    for one in waivers:
        if one.id in seen:
            found.append(complain("W007", one.span, id=one.id))
        seen.add(one.id)
    return tuple(found)


class _Reader:
    """Reads nodes and gathers what is wrong with them."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.found: list[Diagnostic] = []

    def items(self, node: Node) -> tuple[Node, ...]:
        """The nodes of the waivers: the list itself, or the one under the key 豁免 / waivers."""
        if node.kind is Kind.MAP:
            under = next((entry for entry in node.entries if entry.key.value in (_LIST.zh, _LIST.en)), None)
            if under is None or len(node.entries) > 1:
                odd = next((entry.key for entry in node.entries if entry is not under), node)
                self._unknown(odd, [_LIST.zh, _LIST.en])
                return ()
            node = under.value
        if node.kind is not Kind.LIST:
            self.found.append(complain("W001", node.span, found=_WORDS[node.kind]))
            return ()
        if len(node.items) > MOST_WAIVERS:
            self.found.append(complain("W009", node.items[MOST_WAIVERS].span, limit=str(MOST_WAIVERS)))
            return ()
        return node.items

    def waiver(self, node: Node) -> Waiver | None:
        """One waiver; None after saying why it is none."""
        before = len(self.found)
        if node.kind is not Kind.MAP:
            self._misread(node, _LIST, Both("若干项", "a map"))
            return None
        parts = self._parts(node, PARTS)
        id = self._one(parts.get("id"), "id") if "id" in parts else ""
        for name in _NEEDED:
            if name not in parts:
                self.found.append(complain("W002", node.span, id=id or "?", part=PARTS[name]))
        if "rule" not in parts and "clause" not in parts:
            self.found.append(complain("W002", node.span, id=id or "?", part=Both("规则或条款", "rule or clause")))
        start = self._day(parts["from"], "from") if "from" in parts else None
        end = self._day(parts["to"], "to") if "to" in parts else None
        if start is not None and end is not None and end < start:
            self.found.append(complain("W008", parts["to"].span, id=id, start=start.isoformat(), end=end.isoformat()))
        rules, clauses = self._rules(parts.get("rule")), self._clauses(parts.get("clause"))
        pinned = self._many(parts.get("rule_digest"), PARTS["rule_digest"])
        scope = self._scope(parts.get("scope"))
        conditions = self._many(parts.get("conditions"), PARTS["conditions"])
        approver, number, reason = (self._one(parts.get(name), name) for name in ("approver", "number", "reason"))
        at_most = self._count(parts.get("at_most"))
        if end is None or any(one.level is Level.ERROR for one in self.found[before:]):
            return None
        return Waiver(
            id=id, rules=rules, clauses=clauses, pinned=pinned, scope=scope, approver=approver, number=number, reason=reason,
            start=start, end=end, conditions=conditions, at_most=at_most, span=_head(node, parts),
        )  # fmt: skip

    def _parts(self, node: Node, known: dict[str, Both]) -> dict[str, Node]:
        parts: dict[str, Node] = {}
        names = {word: name for name, both in known.items() for word in (name, both.zh, both.en)}
        for entry in node.entries:
            name = names.get(str(entry.key.value))
            if name is None:
                self._unknown(entry.key, list(names))
            elif name in parts:
                self._misread(entry.key, known[name], Both("只写一次", "given once"))
            else:
                parts[name] = entry.value
        return parts

    def _unknown(self, key: Node, known: list[str]) -> None:
        near = nearest(str(key.value), known)
        there = Both("有：" + "、".join(known), "there are: " + ", ".join(known))
        help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else there
        self.found.append(complain("W004", key.span, name=str(key.value)[:60], help=help))

    def _misread(self, node: Node, part: Both, wanted: Both) -> None:
        written = str(node.value)[:40] if node.kind is Kind.TEXT else ""
        seen = Both(f"“{written}”", f"`{written}`") if written else _WORDS[node.kind]
        self.found.append(complain("W003", node.span, part=part, wanted=wanted, found=seen))

    def _text(self, node: Node, part: Both) -> str:
        if node.kind in (Kind.TEXT, Kind.INT, Kind.DECIMAL) and str(node.value).strip():
            return str(node.value).strip()
        self._misread(node, part, _TEXT)
        return ""

    def _one(self, node: Node | None, name: str) -> str:
        return "" if node is None else self._text(node, PARTS[name])

    def _many(self, node: Node | None, part: Both) -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(self._text(one, part) for one in (node.items if node.kind is Kind.LIST else (node,)))

    def _nodes(self, node: Node | None) -> tuple[Node, ...]:
        return () if node is None else node.items if node.kind is Kind.LIST else (node,)

    def _day(self, node: Node, name: str) -> date | None:
        text = str(node.value) if node.kind is Kind.TEXT else ""
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            self._misread(node, PARTS[name], _DAY)
            return None

    def _count(self, node: Node | None) -> int | None:
        if node is None:
            return None
        if node.kind is Kind.INT and isinstance(node.value, int) and node.value >= 0:
            return node.value
        self._misread(node, PARTS["at_most"], Both("一个整数", "a whole number"))
        return None

    def _rules(self, node: Node | None) -> tuple[str, ...]:
        known = {rule.id for rule in self.ruleset.rules}
        names = []
        for one in self._nodes(node):
            name = self._text(one, PARTS["rule"])
            if name and name not in known:
                near = nearest(name, known)
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                self.found.append(complain("W005", one.span, name=name, help=help))
            names.append(name)
        return tuple(names)

    def _clauses(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        clauses = []
        for one in self._nodes(node):
            instrument, _, clause = self._text(one, PARTS["clause"]).partition(" ")
            if not clause.strip():
                self._misread(one, PARTS["clause"], _CLAUSE)
                continue
            clause = clause.strip()
            cites = (cite for rule in self.ruleset.rules for cite in rule.citations if cite.instrument == instrument)
            if not any(cite.clause == clause or cite.clause.startswith(clause + ".") for cite in cites):
                self.found.append(complain("W005", one.span, name=f"{instrument} {clause}"))
            clauses.append((instrument, clause))
        return tuple(clauses)

    def _scope(self, node: Node | None) -> Scope:
        if node is None:
            return Scope()
        if node.kind is not Kind.MAP:
            self._misread(node, PARTS["scope"], Both("若干项", "a map"))
            return Scope()
        parts = self._parts(node, SCOPE_PARTS)
        return Scope(
            subjects=self._many(parts.get("subjects"), SCOPE_PARTS["subjects"]),
            kinds=tuple(self._kind(one) for one in self._nodes(parts.get("kinds"))),
            departments=self._many(parts.get("departments"), SCOPE_PARTS["departments"]),
            fingerprints=self._many(parts.get("findings"), SCOPE_PARTS["findings"]),
            where=self._where(parts.get("where")),
        )

    def _kind(self, node: Node) -> str:
        word = self._text(node, SCOPE_PARTS["kinds"])
        for shape in self.ruleset.vocabulary.shapes:
            if word in (shape.id, shape.name.zh, shape.name.en, *shape.aliases):
                return shape.id
        self._misread(node, SCOPE_PARTS["kinds"], Both("一类对象", "a kind of subject"))
        return ""

    def _where(self, node: Node | None) -> tuple[tuple[tuple[tuple[str, ...], ...], tuple[str, ...]], ...]:
        if node is None:
            return ()
        if node.kind is not Kind.MAP:
            self._misread(node, SCOPE_PARTS["where"], Both("“字段: 值”", "`field: value`"))
            return ()
        return tuple(self._condition(entry) for entry in node.entries)

    def _condition(self, entry: Entry) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """The paths that a field's name means in any kind of subject, and every spelling of the values."""
        name = str(entry.key.value)
        vocabulary = self.ruleset.vocabulary
        ways = [way for shape in vocabulary.shapes if not shape.register for way in _ways(name.split("."), shape, vocabulary)]
        if not ways:
            near = nearest(name, {word for shape in vocabulary.shapes for one in shape.fields for word in (one.id, one.name.zh)})
            help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
            self.found.append(complain("W006", entry.key.span, name=name[:60], help=help))
        texts = self._many(entry.value, Both(f"“{name}”", f"`{name}`"))
        spelt = (other for text in texts for _, type in ways for other in _spellings(text, type, vocabulary))
        return tuple(dict.fromkeys(path for path, _ in ways)), tuple(dict.fromkeys((*texts, *spelt)))


def _head(node: Node, parts: dict[str, Node]) -> Span:
    return parts["id"].span if "id" in parts else node.span


def _ways(steps: list[str], shape: Shape, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], Type]]:
    for one in shape.fields:
        if steps[0] not in _names(one):
            continue
        type = one.type.element if isinstance(one.type, ListT) else one.type
        if len(steps) == 1:
            yield (one.id,), type
        elif isinstance(type, RecordT):
            for path, last in _ways(steps[1:], vocabulary.shape(type.shape), vocabulary):
                yield (one.id, *path), last


def _names(one: Field) -> tuple[str, ...]:
    return (one.id, one.name.zh, one.name.en, *one.aliases)


def _spellings(text: str, type: Type, vocabulary: Vocabulary) -> tuple[str, ...]:
    """All ways to write the code that a text names; a numeric code only where documents' codes are trusted."""
    if not isinstance(type, CodeT):
        return ()
    codes = vocabulary.code_list(type.codes)
    for entry in codes.entries:
        words = (entry.id, entry.name.zh, entry.name.en, *entry.aliases, *(() if codes.labels_only else (entry.code,)))
        if text in words:
            return words
    return ()
