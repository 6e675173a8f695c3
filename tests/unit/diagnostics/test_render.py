"""Drawings: what stands under what, in columns of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.diagnostic import Fix, Label, complain
from guiju.diagnostics.located_json import read_json
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.render import draw, draw_all, tally_line
from guiju.diagnostics.source import Source, display_width
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both, Tongue

_RULE = Source("6_2.gj", "rule r\n\n    requires response_time <= 5 km\n")
_SPAN = Span("6_2.gj", 38, 42)
_LABELS = (
    Label(Span("6_2.gj", 21, 34), Both("时长", "a duration: `Service` says minutes")),
    Label(_SPAN, Both("长度", "a length, in kilometres")),
)


def test_the_drawing_puts_words_beside_the_last_mark_and_below_the_others() -> None:
    slip = complain("D010", _SPAN, what="x", labels=_LABELS, help=Both("是 5 min 吗？", "did you mean 5 min?"))
    assert draw(slip, _RULE, tongue=Tongue.EN) == (
        "D010  YAML cannot be read here: x\n"
        "   ┌─ 6_2.gj:3:31\n"
        " 3 │     requires response_time <= 5 km\n"
        "   │              ─────────────    ^^^^ a length, in kilometres\n"
        "   │              a duration: `Service` says minutes\n"
        "   = help: did you mean 5 min?"
    )


def test_carets_stand_under_汉字_that_take_two_columns() -> None:
    source = Source("申报.yaml", "名称: 武汉\n编号: 3\n\n名称: 再来")
    _, found = read_yaml(source)
    assert draw(found[0], source, tongue=Tongue.ZH) == (
        "D012  “名称”写了两次，先在第 1 行，又在第 4 行\n"
        "   ┌─ 申报.yaml:4:1\n"
        " 1 │ 名称: 武汉\n"
        "   │ ──── 先写在这里\n"
        "  ⋮\n"
        " 4 │ 名称: 再来\n"
        "   │ ^^^^ 又写了一次"
    )


def test_plain_signs_are_ascii_where_the_words_are() -> None:
    slip = complain("D010", _SPAN, what="x", labels=_LABELS)
    assert draw(slip, _RULE, tongue=Tongue.EN, ascii_only=True).isascii()


def test_colour_adds_nothing_but_colour() -> None:
    import re

    slip = complain("D010", _SPAN, what="x", labels=_LABELS)
    coloured = draw(slip, _RULE, tongue=Tongue.ZH, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == draw(slip, _RULE, tongue=Tongue.ZH)


def test_a_text_of_the_applicant_cannot_steer_the_terminal() -> None:
    source = Source("t.json", '{\t"a\x1b[31m\u202e": tru}')
    _, found = read_json(source)
    drawn = draw(found[0], source, tongue=Tongue.ZH)
    assert "\x1b" not in drawn and "\u202e" not in drawn and "\t" not in drawn


def test_a_very_long_line_is_cut_around_the_guilty_words() -> None:
    source = Source("t.json", '{"a": "' + "武" * 5000 + '", "b": tru, "c": "' + "汉" * 5000 + '"}')
    _, found = read_json(source)
    rows = draw(found[0], source, tongue=Tongue.ZH, width=80).split("\n")
    assert all(display_width(row) <= 80 for row in rows)
    shown, marks = rows[2], rows[3]
    at = display_width(shown[: shown.index("tru")])
    assert marks.index("^^^") == at


def test_without_the_source_only_the_name_is_shown() -> None:
    assert draw(complain("D002", Span("x", 0, 0), name="x"), None, tongue=Tongue.EN) == "D002  there is nothing in `x`\n   ┌─ x"


def test_a_label_in_another_text_has_a_frame_of_its_own() -> None:
    other = Source("b.gj", "one\ntwo\n")
    slip = complain("D010", Span("6_2.gj", 0, 4), what="x", labels=(Label(Span("b.gj", 4, 7), Both("另见", "see here")),))
    drawn = draw(slip, [_RULE, other], tongue=Tongue.EN)
    assert "├─ b.gj:2:1\n 2 │ two\n   │ --- see here".replace("---", "───") in drawn


def test_the_mend_and_the_level_are_said() -> None:
    slip = complain("D004", Span("x", 0, 0), encoding="Big5", fix=Fix(Both("另存为 UTF-8", "save as UTF-8"), ()))
    assert draw(slip, None, tongue=Tongue.ZH) == "D004  〔提示〕文件没有说明编码，按 Big5 读入\n   ┌─ x\n   = 改法：另存为 UTF-8"


def test_many_are_drawn_in_the_order_of_places_and_counted() -> None:
    source = Source("a.yaml", "a: 1\nb: !x 2\na: 3")
    _, found = read_yaml(source)
    drawn = draw_all(reversed(found), source, tongue=Tongue.EN)
    assert drawn.index("D018") < drawn.index("D012") and drawn.endswith("\n\n2 errors")
    assert tally_line(found[:1], Tongue.ZH) == "1 处错误"
    assert draw_all((), source, tongue=Tongue.EN) == ""


@given(st.text(max_size=40), st.integers(-5, 60), st.integers(-5, 60), st.integers(-5, 60))
def test_any_span_over_any_text_can_be_drawn(text: str, start: int, end: int, other: int) -> None:
    slip = complain("D010", Span("t", start, end), what="{", labels=(Label(Span("t", other, other + 3), Both("甲", "a")),))
    for tongue in Tongue:
        assert draw(slip, Source("t", text), tongue=tongue).startswith("D010")
