"""The table of codes: no code twice, each with words in both tongues about the same facts."""

import re
from string import Formatter

from guiju.diagnostics.codes import citations, habits, names, planning, reading, registry, syntax, types, units, waivers
from guiju.diagnostics.codes.code import Code
from guiju.diagnostics.codes.table import TABLE

_LETTERS = {
    syntax: "S",
    names: "N",
    types: "T",
    units: "U",
    citations: "C",
    habits: "H",
    registry: "R",
    reading: "D",
    planning: "P",
    waivers: "W",
}


def _facts(title: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(title) if name is not None}


def test_no_code_and_no_slug_stands_twice() -> None:
    codes: list[Code] = [code for phase in _LETTERS for code in phase.CODES]
    assert len({code.code for code in codes}) == len(codes) == len(TABLE)
    slugs = [(code.code[0], code.slug) for code in codes]
    assert len(set(slugs)) == len(slugs)


def test_a_code_is_the_letter_of_its_phase_and_three_digits() -> None:
    for phase, letter in _LETTERS.items():
        for code in phase.CODES:
            assert re.fullmatch(letter + r"\d{3}", code.code), code
            assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", code.slug), code


def test_both_tongues_speak_of_the_same_facts() -> None:
    for code in TABLE.values():
        assert code.title.zh and code.title.en, code.code
        zh, en = _facts(code.title.zh), _facts(code.title.en)
        # One tongue may leave out what the other needs to say; two different names for one fact are a slip.
        assert zh <= en or en <= zh, code.code
        assert all(name.isidentifier() for name in zh | en), code.code
