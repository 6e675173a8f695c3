"""Whatever a document says, it is only words in a report: one property over every form in the table of forms.

Every slot of a report that holds words from outside is filled with hostile text; the form is then read by an ordinary reader of its
kind, which must find what the report holds and nothing else: no markup, no formula, no link, no command, no character that hides.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from guiju.catalog.records.model import Input
from guiju.catalog.records.place import Place
from guiju.commands.terminal.terminal import harmless
from guiju.reports.formats import FORMATS, MissingExtra, write_report
from guiju.reports.layout.columns import shown
from guiju.reports.layout.compare import compare, side_of_report
from guiju.reports.layout.plain import report_as_plain
from guiju.reports.model import Report
from guiju.reports.writers.compared.to_comparison import COMPARISON_FORMS
from guiju.reports.writers.to_text import TextStyle, to_text
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import SubjectName
from tests.reports.unseen import unseen_characters
from tests.unit.reports.made import complaint, finding, header, judged, report, same, waivers

_PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea></script><hostile>", '"><hostile a=', "'\"`", "&amp;&#60;", "]]>", "<!--", "-->",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "＝1", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff", "\ufeff",
    "\u202e反", "\u2066", "\x1c", "\x1d", "\x1e", "\x1f", "\u034f", "\u115f", "\u2003", "\u2800", "\u3164", "\uffa0", "汉\ufe0f", "\U000e0101", "市\u200d", "\u200b", "\u2028", "\u2029", "\r", "\n", "\r\n", "\n# 标题", "\n::error::x", "%0A", "%25", "[a](http://x.cn)", "![a](http://x.cn)",
    "http://x.cn", "www.x.cn", "a@x.cn", "**粗**", "|", "\\", "{0}", "{{", "<r><t>x</t></r>", "_x0041_", "javascript:alert(1)", "${x}", "{% x %}", "𠮷", "汉字", " ", "a",
]  # fmt: skip
WORDS = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join), st.text(st.characters(), min_size=1, max_size=12)
)

# What nobody sees, or what turns a line about; line feeds, tabs and the carriage return before a line feed are the business of each form.
_UNSEEN = unseen_characters()


@st.composite
def hostile(draw: st.DrawFn) -> Report:
    """A report whose every word from outside is hostile."""
    word = lambda: draw(WORDS)  # noqa: E731
    file = word()
    places = (
        Place(file=file, sheet=word(), cell="F12"),
        Place(file=word(), line=3, column=1, pointer=word()),
        Place(file=word(), iri=word()),
    )
    findings = []
    for number, verdict in enumerate((Verdict.FAIL, Verdict.ERROR, Verdict.UNDETERMINED, Verdict.FAIL)):
        subject = SubjectName(kind="dataset", id=word(), name=word(), order=(number,))
        said = {key: same(word()) for key in ("seen", "required", "fix", "says", "flips", "reason", "rule_name")}
        chosen = tuple(draw(st.permutations(places))[: draw(st.integers(0, 3))])
        findings.append(
            finding(
                number, verdict, word(), subject=subject, places=chosen, department=word(), members=(subject,),
                waiver="W-1" if number == 3 else None, missing=(word(),), **said,
            )
        )  # fmt: skip
    read = Input(file=file, sha256="d" * 64, format="yaml", encoding="utf-8", subjects=(("dataset", 1),), size=1)
    return report(
        *findings,
        inputs=(read,),
        judged=(judged(word()),),
        unmatched=(header(word()),),
        diagnostics=(complaint("D007", word(), encoding=word()),),
        waivers=waivers(word()),
    )


# ---- readers -----------------------------------------------------------------------------------------------------------------


def _plainly(text: str) -> None:
    assert not _UNSEEN.search(text), ascii(_UNSEEN.search(text))


def _read_json(made: Report, data: bytes) -> None:
    _plainly(data.decode("utf-8"))
    # The same values as in one that holds the whole report at once, laid out as it would write them.
    plain = report_as_plain(made, Tongue.ZH)
    assert json.loads(data) == plain
    bare = re.sub(rb"(?:\\\\)*(?:\\u[0-9a-f]{4})+", b"", data)
    assert len(bare.splitlines()) == len(json.dumps(plain, indent=2).splitlines())
    assert len(json.loads(data)["findings"]) == len(made.findings)


def _read_jsonl(made: Report, data: bytes) -> None:
    _plainly(data.decode("utf-8"))
    lines = data.split(b"\n")
    assert len([json.loads(line) for line in lines if line]) == len(made.findings) + 1


def _read_sarif(made: Report, data: bytes) -> None:
    _plainly(data.decode("utf-8"))
    run = json.loads(data)["runs"][0]
    assert len(run["results"]) == len(made.findings) + len(made.judged)
    for one in run["results"]:
        bare = re.sub(r"\\[\\\[\]]|\{\{|\}\}", "", one["message"]["text"])
        assert not set(bare) & set("[]{}\\"), ascii(one["message"]["text"])
    for one in run["tool"]["driver"]["rules"]:
        _no_markup(one.get("help", {}).get("markdown", ""))


def _read_junit(made: Report, text: str) -> None:
    root = etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False, recover=False))
    assert {one.tag for one in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped",
    }  # fmt: skip
    assert len(root.findall(".//testcase")) == len(made.findings)
    for one in root.iter():
        for words in (one.text or "", *one.attrib.values()):
            _plainly(words)


def _no_markup(text: str) -> None:
    _plainly(text)
    blocks = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    inner = [child for block in blocks for child in block.children or ()]
    kinds = {one.type for one in (*blocks, *inner)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "em_open", "s_open", "fence"}, text


def _read_markdown(made: Report, text: str) -> None:
    _no_markup(text)
    assert len([line for line in text.split("\n") if line.startswith("#")]) == 2 + len(made.findings)


def _read_csv(made: Report, text: str) -> None:
    _plainly(text.removeprefix("\ufeff"))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(made.findings) + 1 == text.count("\n")
    assert len({len(row) for row in rows}) == 1
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for row in rows for cell in row)


def _read_github(made: Report, text: str) -> None:
    _plainly(text)
    lines = text.rstrip("\n").split("\n")
    assert len(lines) == 1 + sum(shown(one) in (Verdict.FAIL, Verdict.ERROR) for one in made.findings)
    assert all(re.fullmatch(r"::(error|warning|notice) [a-z]+=[^,:]*(,[a-z]+=[^,:]*)*::[^\r\n]*", line) for line in lines), lines


def _read_gitlab(made: Report, text: str) -> None:
    _plainly(text)
    assert len(json.loads(text)) == sum(shown(one) in (Verdict.FAIL, Verdict.ERROR) for one in made.findings)


def _read_oscal(made: Report, data: bytes) -> None:
    _plainly(data.decode("utf-8"))
    result = json.loads(data)["assessment-results"]["results"][0]
    assert len(result["observations"]) == len(made.findings)
    for one in result["observations"]:
        _no_markup(one["description"])
        assert not {block.type for block in MarkdownIt().parse(one["description"])} - {"paragraph_open", "inline", "paragraph_close"}


def _read_xlsx(made: Report, data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
    for cell in cells:
        _plainly(str(cell.value))
    assert book.worksheets[1].max_row == len(made.findings) + 1


class _Tags(HTMLParser):
    """The names of elements and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}
        self.sources += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def _read_html(made: Report, text: str) -> None:
    parser = _Tags()
    parser.feed(text)
    assert "hostile" not in parser.seen and "onerror" not in parser.seen
    assert not [one for one in parser.sources if one.lower().startswith(("javascript:", "http:", "https:"))]


def _read_docx(made: Report, data: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(data))
    for name in parts.namelist():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False, recover=False))
            kinds = {etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)}
            assert not kinds & {"hyperlink", "fldSimple", "object", "altChunk", "script"}, name
            assert {one.text for one in root.iter("{*}instrText")} <= {"PAGE"}
            assert not root.xpath("//*[@TargetMode='External']")
            for one in root.iter("{*}t"):
                _plainly(one.text or "")


_READERS: dict[str, Callable[[Report, Any], object]] = {
    "json": _read_json, "jsonl": _read_jsonl, "sarif": _read_sarif, "junit": _read_junit, "markdown": _read_markdown, "csv": _read_csv,
    "github": _read_github, "gitlab": _read_gitlab, "oscal": _read_oscal, "xlsx": _read_xlsx, "html": _read_html,
    "docx": _read_docx,
}  # fmt: skip
_EXAMPLES = {"xlsx": 12, "html": 12, "docx": 8}


# ---- the property ------------------------------------------------------------------------------------------------------------


def test_every_form_has_its_reader_here_or_is_tried_below() -> None:
    assert set(_READERS) <= set(FORMATS)


@pytest.mark.parametrize("form", sorted(_READERS))
def test_hostile_words_stay_words(form: str) -> None:
    @settings(max_examples=_EXAMPLES.get(form, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(hostile())
    def holds(made: Report) -> None:
        _READERS[form](made, write_report(form, made, Tongue.ZH))

    holds()


@pytest.mark.parametrize("group", ["rule", "subject"])
def test_no_word_steers_the_terminal(group: str) -> None:
    style = TextStyle(tongue=Tongue.ZH, group=group, show=(Verdict.UNDETERMINED,), statistics=True, width=40, excerpt=lambda file, _: file)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(hostile())
    def holds(made: Report) -> None:
        _plainly(to_text(made, style))
        coloured = to_text(made, replace(style, colour=True))
        _plainly(re.sub("\x1b\\[(1;31|31|33|36|1|0)m", "", coloured))

    holds()


@pytest.mark.parametrize("form", sorted(COMPARISON_FORMS))
def test_hostile_words_stay_words_in_a_comparison(form: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(hostile(), hostile(), WORDS)
    def holds(old: Report, new: Report, label: str) -> None:
        found = compare(side_of_report(old, label, Tongue.ZH), side_of_report(new, label, Tongue.ZH))
        written = COMPARISON_FORMS[form](found, Tongue.ZH)
        match form:
            case "text":
                _plainly(written)
            case "markdown":
                _no_markup(written)
            case "html":
                _read_html(new, written)
                _plainly(written)
            case _:
                json.loads(written.encode("utf-8", "backslashreplace"))

    holds()


def test_no_control_reaches_a_terminal_whatever_a_command_says() -> None:
    assert harmless("红\x1b]0;x\x07\x9b2J\x1b[31m字\x1b[0m\n\t\r\n") == "红⟨U+001B⟩]0;x⟨U+0007⟩⟨U+009B⟩2J\x1b[31m字\x1b[0m\n\t\r\n"


@pytest.mark.parametrize("form", sorted(set(FORMATS) - set(_READERS)))
def test_a_form_without_a_reader_here_is_written_all_the_same(form: str) -> None:
    word = "".join(_PIECES)
    made = report(
        finding(1, words=word, seen=same(word), department=word, fix=same(word)), judged=(judged(word),), unmatched=(header(word),)
    )
    try:
        assert write_report(form, made, Tongue.ZH) == write_report(form, made, Tongue.ZH)
    except MissingExtra as missing:
        pytest.skip(f"{missing.package} is not installed")
