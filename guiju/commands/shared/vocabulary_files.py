"""The other rule files among which a file is read: they declare the shapes, codes and terms that it speaks of."""

from pathlib import Path

from guiju.commands.shared.rule_texts import RuleText, name_of
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.source import Source
from guiju.dsl.model.names.context import fold_name
from guiju.dsl.syntax.from_text import parse
from guiju.pipeline import rule_files, shipped_rules

__all__ = ["context_of", "with_vocabulary"]

# Rules of one id are versions of each other, so only what may be declared once keeps another file away.
_ONCE = frozenset({"shape", "register", "codelist", "reading", "parameter", "term", "table", "judged", "rule"})
_SHAPES = frozenset({"shape", "register"})
_MOST_NEIGHBOURS = 400


def context_of(texts: tuple[RuleText, ...], rules: tuple[Path, ...], add_rules: tuple[Path, ...]) -> tuple[Source, ...]:
    """The rules asked for (else the shipped ones, after the neighbours of the files), without what declares the same things again.

    A copy of a shipped file thus stands in for it. Raises OSError for a file that cannot be opened.
    """
    mine = {one.path.resolve() for one in texts if one.path is not None}
    taken = {name for one in texts for name in _declared(one.source)}
    named = rule_files(rules) if rules else (*_neighbours(texts), *rule_files([shipped_rules()]))
    found: list[Source] = []
    for path in dict.fromkeys((*rule_files(add_rules), *named)):
        if path.resolve() in mine:
            continue
        source, _, _ = decode_bytes(path.read_bytes(), name_of(path))
        names = _declared(source) if source is not None else set()
        if source is not None and not names & taken:
            found.append(source)
            taken |= names
            mine.add(path.resolve())
    return tuple(found)


def with_vocabulary(rules: tuple[Path, ...]) -> tuple[Path, ...]:
    """Rule files that stand alone; those that state no shape are about the shipped ones, which are put before them.

    Raises OSError for a file that cannot be opened.
    """
    for path in rule_files(rules):
        source, _, _ = decode_bytes(path.read_bytes(), name_of(path))
        if source is None or any(decl.kind in _SHAPES for decl in parse(source)[0].decls):
            return rules
    return (shipped_rules() / "vocabulary", *rules)


def _neighbours(texts: tuple[RuleText, ...]) -> tuple[Path, ...]:
    folders = dict.fromkeys(one.path.parent for one in texts if one.path is not None)
    return tuple(path for folder in folders for path in sorted(folder.glob("*.gj"))[:_MOST_NEIGHBOURS])


def _declared(source: Source) -> set[tuple[str, str]]:
    tree, _ = parse(source)
    heads = ((decl.kind, decl.head.en or decl.head.zh) for decl in tree.decls if decl.kind in _ONCE)
    return {(kind, fold_name(name.text)) for kind, name in heads if name is not None and name.text}
