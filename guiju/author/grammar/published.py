"""The published grammar: `grammar.lark` with the words of the language, and what it says may stand at a place.

The hand-written parser compiles (ADR 0001); this grammar is for people, for drawing whole files in tests, and for tools
that ask which words may follow. It is read over logical lines, which `logical_text` makes of a file.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guiju.dsl.syntax.lex import fold, lex
from guiju.dsl.syntax.lines import RUNNING, group_lines, split_chunks
from guiju.dsl.syntax.parts import ALLOWED
from guiju.dsl.syntax.tokens import (
    ANSWERS,
    ARROW,
    CHECKLISTS,
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
    kinds_by_word,
)
from guiju.terms.quantities.units import UNIT_SPELLINGS
from guiju.terms.tongue import Tongue

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["complete_grammar", "grammar", "logical_text", "spellings_of", "terminals_after"]

_COMPARED = ("!=", "<=", ">", ">=")
_CONNECTED = ("or", "and")
_SIGNS = ("+", "-", "*", "/", "on_day")
# A longer word wins over one with which it begins: `is given` over `is`, `is` over a name.
_PRIORITY = {"STATE": 10, "COMPARE_WORD": 9}
_COUNTED = ("at_least", "at_most", "exactly")


@cache
def _terminals() -> Mapping[str, Mapping[str, Spelling]]:
    """The terminals that are words of the language: their names, and what kinds of words each takes."""
    made: dict[str, dict[str, Spelling]] = {}
    for prefix, table in (("DECL", DECLARATIONS), ("PART", PARTS), ("CONN", CONNECTIVES), ("COLL", COLLECTIVES), ("FLAG", FLAGS)):
        for kind, spelling in table.items():
            made[f"{prefix}_{kind.upper()}"] = {kind: spelling}
    # Words that mean several things are one terminal each: where it stands tells which is meant.
    for name, word in (("IN", "in"), ("OF", "of"), ("ON", "on")):
        for kinds in made.values():
            for kind, one in kinds.items():
                kinds[kind] = Spelling(one.zh, tuple(each for each in one.en if each != word))
        made[name] = {word: Spelling((), (word,))}
    made["OR"], made["AND"] = {"or": INFIX["or"]}, {"and": INFIX["and"]}
    made["EQUAL"], made["LESS"] = ({kind: _only(INFIX[kind], symbols=True)} for kind in ("=", "<"))
    made["COMPARE"] = {kind: _only(INFIX[kind], symbols=True) for kind in _COMPARED}
    made["COMPARE_WORD"] = {kind: _only(one, symbols=False) for kind, one in INFIX.items() if kind not in (*_CONNECTED, *_SIGNS)}
    made["COMPARE_WORD"]["in"] = Spelling(INFIX["in"].zh, ("is in",))
    made["STATE"] = dict(POSTFIX)
    made["QUANT"] = {kind: one for kind, one in QUANTIFIERS.items() if kind not in _COUNTED}
    made["QUANT_COUNTED"] = {kind: QUANTIFIERS[kind] for kind in _COUNTED}
    made["LISTED"] = dict(CHECKLISTS)
    made["ANSWER"] = dict(ANSWERS)
    made["TYPE"] = {kind: one for kind, one in TYPES.items() if kind != "quantity"}
    made["TYPE_QUANTITY"] = {"quantity": TYPES["quantity"]}
    made["SEVERITY"], made["VERDICT"], made["COLOUR"] = (dict(WORDS[part]) for part in ("severity", "verdicts", "colours"))
    made["FORCE"] = {kind: PARTS[kind] for kind in ("shall", "shall_not", "should", "should_not", "may")}
    made["ARROW"] = {"arrow": ARROW}
    return made


def _only(spelling: Spelling, *, symbols: bool) -> Spelling:
    """The spellings that are symbols, or those that are words."""
    zh, en = (tuple(one for one in all_of if bool(re.match(r"\w", one)) is not symbols) for all_of in (spelling.zh, spelling.en))
    return Spelling(zh, en)


def spellings_of(terminal: str, tongue: Tongue) -> tuple[str, ...]:
    """The canonical spellings that a terminal takes in a tongue, one a kind; none for a terminal that is no word."""
    kinds = _terminals().get(terminal, {})
    return tuple(one.all(tongue)[0] for one in kinds.values() if one.all(tongue) and one.all(tongue)[0])


def _pattern(words: Iterator[str]) -> str:
    """One regular expression for many words, the longest first; blanks in them may be several."""
    escaped = (
        re.escape(word).replace(r"\ ", r"[ \t]+").replace("/", r"\/") + (r"(?!\w)" if re.match(r"\w", word[-1]) else "")
        for word in sorted(set(words), key=lambda word: (-len(word), word))
    )
    return "|".join(escaped)


def _units() -> str:
    return _pattern(iter({fold(unit) for unit in UNIT_SPELLINGS}))


@cache
def complete_grammar() -> str:
    """The whole grammar in lark's notation, the words of the language among its terminals."""
    text = files("guiju.dsl").joinpath("grammar.lark").read_text("utf-8")
    flags = _pattern(word for kind, one in FLAGS.items() for word in (*one.zh, *one.en))
    text = text.replace("@FLAGS@", f"({flags})")
    lines = ["", "// ---- words of the language, by their kinds ----", ""]
    for name, kinds in _terminals().items():
        words = [word for one in kinds.values() for word in (*one.zh, *one.en) if word]
        if words and re.search(rf"\b{name}\b", text):
            lines.append(f"{name}.{_PRIORITY.get(name, 8)}: /{_pattern(iter(words))}/")
    units = _units()
    lines += [f"UNIT.6: /{units}/", rf"NUMBER.4: /[0-9]{{1,3}}(,[0-9]{{3}})+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?(?=[ \t]*({units})|(?!\w))/"]
    return text + "\n".join(lines) + "\n"


@cache
def grammar() -> "Lark":
    """The grammar as lark reads it, LALR with words told apart by what may stand there.

    Raises `ModuleNotFoundError` where lark is not installed (extra `lsp`).
    """
    from lark import Lark

    return Lark(complete_grammar(), parser="lalr", lexer="contextual", start=["start", "expr"], maybe_placeholders=False)


# ---- logical lines -----------------------------------------------------------------------------------------------

_PART_WORDS = {kind: kinds_by_word({part: PARTS[part] for part in parts}) for kind, parts in ALLOWED.items()}


def logical_text(text: str) -> str:
    """The text as the grammar reads it: half-width, without comments, one line for a declaration's head and for each part."""
    folded = fold(text)
    chunks, _ = split_chunks(folded)
    declarations = kinds_by_word(DECLARATIONS)
    lines: list[str] = []
    for chunk in chunks:
        word = re.match(r"\w*", folded[chunk.lines[0].first :])
        kind = declarations.get(word.group() if word else "", ("rule", Tongue.ZH))[0]
        words = _PART_WORDS[kind]
        firsts = frozenset(one.split(" ")[0] for one in words)
        running = frozenset(one for one, (part, _) in words.items() if part in RUNNING)
        for at, group in enumerate(group_lines(folded, chunk, firsts, running)):
            joined = " ".join(_without_comment(text, folded, line.first, line.end, words) for line in group.lines if not line.comment)
            lines.append(("" if at == 0 else "  ") + joined.strip())
    return "\n".join(lines) + ("\n" if lines else "")


def _without_comment(text: str, folded: str, start: int, end: int, words: Mapping[str, tuple[str, Tongue]]) -> str:
    word = re.match(r"\w*", folded[start:end])
    known = words.get(word.group() if word else "")
    if known is not None and known[0] in RUNNING:
        cut = folded.find("  #", start, end)
        return folded[start : cut if cut > 0 else end].rstrip()
    _, comments = lex(text, folded, start, end)
    return folded[start : comments[0].start if comments else end].rstrip()


# ---- what may follow ---------------------------------------------------------------------------------------------


def terminals_after(text: str) -> frozenset[str]:
    """The names of the terminals that may follow a text; of none where the text itself is not to be read.

    `$END` stands for the end of the file, `_PART` and `_NEXT` for a further line.
    """
    from lark import Token
    from lark.exceptions import LarkError

    whole = text.rstrip(" \t")
    line = Token("_PART" if len(whole) < len(text) else "_NEXT", "\n") if whole.endswith("\n") else None
    parser = grammar().parse_interactive(whole.rstrip("\n") if line is not None else text, start="start")
    try:
        parser.exhaust_lexer()
        if line is not None:
            parser.feed_token(line)
    except LarkError:
        return frozenset()
    return frozenset(parser.accepts())  # type: ignore[no-untyped-call]
