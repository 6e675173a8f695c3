"""The words of the language as a TextMate grammar, by which editors and the page colour a text without asking anyone."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from guiju.dsl.builtins import AGGREGATES, BUILTINS
from guiju.dsl.syntax.lines import RUNNING
from guiju.dsl.syntax.tokens import (
    COLLECTIVES,
    CONNECTIVES,
    DECLARATIONS,
    FLAGS,
    INFIX,
    PARTS,
    POSTFIX,
    QUANTIFIERS,
    TYPES,
    WORDS,
    Spelling,
)
from guiju.terms.quantities.units import UNIT_SPELLINGS

__all__ = ["to_textmate"]


def to_textmate() -> str:
    """The grammar as JSON, the same bytes every time."""
    running = {kind: PARTS[kind] for kind in RUNNING if kind in PARTS}
    others = {kind: one for kind, one in PARTS.items() if kind not in RUNNING}
    grammar: dict[str, Any] = {
        "name": "Guiju",
        "scopeName": "source.guiju",
        "fileTypes": ["gj"],
        "patterns": [
            {"match": r"^\s*##.*$", "name": "comment.line.documentation.guiju"},
            {"match": r"(?:^|(?<=\s))#.*$", "name": "comment.line.number-sign.guiju"},
            {
                "match": rf"^({_words(DECLARATIONS.values())})(?:\s+([^/\s]+)(?:\s*(/)\s*(\S+))?)?",
                "captures": {
                    "1": {"name": "storage.type.declaration.guiju"},
                    "2": {"name": "entity.name.type.guiju"},
                    "3": {"name": "punctuation.separator.guiju"},
                    "4": {"name": "entity.name.type.guiju"},
                },
            },
            {
                "match": rf"^\s+({_words(running.values())})[ \t]+(.*)$",
                "captures": {"1": {"name": "keyword.control.part.guiju"}, "2": {"name": "string.unquoted.guiju"}},
            },
            {"match": rf"^\s+({_words(others.values())})(?=[ \t]|$)", "name": "keyword.control.part.guiju"},
            {"include": "#expression"},
        ],
        "repository": {
            "expression": {
                "patterns": [
                    {"match": r'"(?:[^"\\]|\\.)*"|“[^”]*”', "name": "string.quoted.double.guiju"},
                    {"match": "「[^」]*」", "name": "variable.other.quoted.guiju"},
                    {"match": r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", "name": "constant.other.date.guiju"},
                    {
                        "match": rf"([0-9][0-9,]*(?:\.[0-9]+)?)\s*({_plain(UNIT_SPELLINGS)})?",
                        "captures": {"1": {"name": "constant.numeric.guiju"}, "2": {"name": "keyword.other.unit.guiju"}},
                    },
                    {"match": _bounded((*INFIX.values(), *POSTFIX.values())), "name": "keyword.operator.word.guiju"},
                    {"match": _bounded((*QUANTIFIERS.values(), *CONNECTIVES.values())), "name": "keyword.control.guiju"},
                    {"match": _bounded((*TYPES.values(), *COLLECTIVES.values())), "name": "support.type.guiju"},
                    {"match": _bounded(FLAGS.values()), "name": "storage.modifier.guiju"},
                    {"match": _bounded(one for table in WORDS.values() for one in table.values()), "name": "constant.language.guiju"},
                    {"match": rf"(?:{_plain(_functions())})(?=\s*[(（])", "name": "support.function.guiju"},
                    {"match": "[≥≤≠<>=+*/×÷→|-]", "name": "keyword.operator.guiju"},
                ]
            }
        },
    }
    return json.dumps(grammar, ensure_ascii=False, indent=2) + "\n"


def _functions() -> Mapping[str, None]:
    names = [*(one.name for one in BUILTINS.values() if not one.hidden), *(one.name for one in AGGREGATES.values())]
    return dict.fromkeys(name for both in names for name in (both.zh, both.en))


def _words(spellings: Iterable[Spelling]) -> str:
    return _plain(dict.fromkeys(word for one in spellings for word in (*one.zh, *one.en) if word))


def _plain(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word)))


def _bounded(spellings: Iterable[Spelling]) -> str:
    """Words that stand by themselves; signs are coloured apart."""
    words = dict.fromkeys(word for one in spellings for word in (*one.zh, *one.en) if word and re.match(r"\w", word))
    return rf"(?<!\w)(?:{_plain(words)})(?!\w)"
