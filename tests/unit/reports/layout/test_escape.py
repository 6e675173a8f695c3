"""What comes from outside is words in every form; the properties over whole reports stand in tests/reports."""

import csv
import io
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from guiju.reports.layout.escape import (
    cell_text,
    markdown,
    markdown_block,
    one_line,
    relative_uri,
    sarif_text,
    token,
    visible,
    workflow_property,
    workflow_text,
    xml,
)

TEXTS = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x00", "⟨U+0000⟩"),
        ("\ud800x", "⟨U+D800⟩x"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u2028", "⟨U+2028⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("汉字𠀀 emoji 👨‍👩‍👧", "汉字𠀀 emoji 👨‍👩‍👧"),
    ],
)
def test_an_unseen_character_is_written_by_its_number(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(TEXTS)
def test_one_line_is_one_line_for_every_reader(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\n@x", "－5"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell_text(text).startswith("'")


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_cells_survive_csv_and_never_begin_a_formula(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([cell_text(text) for text in texts])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == 1 and len(rows[0]) == len(texts)
    assert not any(cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell.lstrip() for cell in rows[0])


@given(TEXTS)
def test_xml_gives_back_the_visible_text(text: str) -> None:
    root = etree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>')
    assert (root.text or "") == visible(text) and root.get("b") == visible(text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b>|[x](y)", r"\<b\>\|\[x\](y)"),
        ("见 https://x.cn", "见 https&#58;//x.cn"),
        ("www.x.cn a@b.cn", "www&#46;x.cn a&#64;b.cn"),
        ("两行\n一格", "两行 一格"),
    ],
)
def test_markdown_words_are_no_markup(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


@given(
    st.one_of(TEXTS, st.lists(st.sampled_from([*"*_`[]()<>&;#|\\~!$@:/.-+=1 \n\tax", "http://", "&lt;", "www."]), max_size=12).map("".join))
)
def test_markdown_shows_the_words_and_nothing_else(text: str) -> None:
    (paragraph, inline, close) = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown_block(text) or "x")
    assert (paragraph.type, close.type) == ("paragraph_open", "paragraph_close")
    assert {one.type for one in inline.children or ()} <= {"text"}
    assert "".join(one.content for one in inline.children or ()) == (one_line(text).strip() or "x")


def test_a_sarif_message_holds_neither_link_nor_placeholder() -> None:
    assert sarif_text(r"见[附件](1) {0} \n") == r"见\[附件\](1) {{0}} \\n"


def test_a_workflow_command_ends_where_it_should() -> None:
    assert workflow_text("a%0A\n::error::b") == "a%250A%0A::error::b"
    assert workflow_property("a,b:c") == "a%2Cb%3Ac"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("in/a b.yaml", "in/a%20b.yaml"),
        ("/tmp/x.yaml", "file:///tmp/x.yaml"),
        (r"C:\表\x.xlsx", "file:///C:/%E8%A1%A8/x.xlsx"),
        ("a:b?c#d", "a%3Ab%3Fc%23d"),
    ],
)
def test_a_file_is_named_by_a_reference(file: str, uri: str) -> None:
    assert relative_uri(file) == uri


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: not text.startswith("/") and text[1:2] != ":"))
def test_a_reference_gives_back_the_name(text: str) -> None:
    assert unquote(relative_uri(text)) == text


@given(TEXTS)
def test_a_token_is_a_name(text: str) -> None:
    assert token(text)[0] == "_" or token(text)[0].isalpha()
    assert not set(token(text)) & set(" /:<>\n\"'")
