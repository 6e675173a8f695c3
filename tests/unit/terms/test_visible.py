"""What is shown of a value is what was compared: no two values look alike."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guiju.terms.visible import as_compared, visible
from tests.reports.unseen import unseen_characters

_UNSEEN = unseen_characters()
_TEXTS = st.text(
    st.one_of(st.sampled_from(" \t\n\r\x1c\x1d\x1e\x1f\u200b\u200c\u200d\u3000\u00a0\u2003\ufe0f\ufeff\u202ea汉😀क"), st.characters(exclude_characters="⟨")),
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("武汉 ", "武汉⟨U+0020⟩"),
        (" 武汉", "⟨U+0020⟩武汉"),
        ("武  汉", "武 ⟨U+0020⟩汉"),
        ("武 汉", "武 汉"),
        ("武汉\r\n", "武汉⟨U+000D⟩⟨U+000A⟩"),
        ("武\u200b汉", "武⟨U+200B⟩汉"),
        ("武\x1c汉\x1f", "武⟨U+001C⟩汉⟨U+001F⟩"),
        ("\u3000武汉", "⟨U+3000⟩武汉"),
        ("武\u2003汉", "武⟨U+2003⟩汉"),
        ("武\u200d汉", "武⟨U+200D⟩汉"),
        ("葛\U000e0100", "葛⟨U+E0100⟩"),
        ("\u3164", "⟨U+3164⟩"),
        ("👨‍👩‍👧❤️1️⃣", "👨‍👩‍👧❤️1️⃣"),
        ("می‌خواهم", "می‌خواهم"),
        ("", ""),
    ],
)
def test_a_value_is_shown_as_it_was_compared(value: str, shown: str) -> None:
    assert as_compared(value) == shown


def test_what_nobody_sees_at_the_end_of_a_long_value_is_told() -> None:
    assert as_compared("长" * 80 + " \u200b", 60) == "长" * 59 + "…⟨U+0020⟩⟨U+200B⟩"


@given(_TEXTS, _TEXTS)
def test_no_two_values_are_shown_alike(one: str, other: str) -> None:
    assume(one != other)
    assert as_compared(one) != as_compared(other)


@given(_TEXTS)
def test_all_that_is_shown_can_be_seen_and_stands_on_one_line(text: str) -> None:
    shown = as_compared(text)
    assert not _UNSEEN.search(shown) and len(shown.splitlines()) <= 1
    assert shown == shown.strip() and "  " not in shown
    assert as_compared(shown) == shown == visible(shown)


def test_every_character_that_unicode_hides_is_written_by_its_number() -> None:
    hidden = [chr(code) for code in range(0x110000) if _UNSEEN.match(chr(code))]
    assert [f"U+{ord(char):04X}" for char in hidden if not re.fullmatch(r"汉⟨U\+[0-9A-F]{4,5}⟩字", visible(f"汉{char}字"))] == []
