"""Remarks are capped, ordered and harmless wherever they are written."""

from datetime import date

from guiju.catalog.records.place import Place
from guiju.diagnostics.located_yaml import read_yaml_documents
from guiju.diagnostics.source import Source
from guiju.forms.annotate.mark_text import mark_yaml
from guiju.forms.annotate.remarks import Marking, Remark, comment_text
from guiju.terms.severity import Severity
from guiju.terms.tongue import Tongue


def _remark(severity: Severity = Severity.MAJOR, *lines: int, message: str = "不对") -> Remark:
    places = tuple(Place(file="f", line=line, column=1) for line in lines)
    return Remark(
        severity=severity, verdict="不符合", title="规则", subject="甲", message=message, seen="", required="", cites="", fix="", code="r",
        places=places,
    )  # fmt: skip


def _marking(*remarks: Remark) -> Marking:
    return Marking(file="f", sha256="", as_of=date(2026, 1, 1), ruleset="", remarks=remarks, undetermined=0, tongue=Tongue.ZH)


def test_a_comment_says_the_gravest_first_and_how_many_are_left() -> None:
    many = [_remark(Severity.MINOR, message="长" * 500), _remark(Severity.BLOCKING), *([_remark(message="长" * 600)] * 5)]
    text = comment_text(many, Tongue.ZH)
    assert text.startswith("【阻断】") and len(text) < 2_600 and "另有" in text


def test_no_comment_lands_inside_a_value() -> None:
    text = 'a:\n  b: |\n    一\n    二\n  c: "三\n    四"\n  d: [五,\n    六]\n'
    for line in range(1, 9):
        marked = mark_yaml(text, _marking(_remark(Severity.MAJOR, line)))
        assert [one.plain() for one in read_yaml_documents(Source("", marked))[0]] == [
            one.plain() for one in read_yaml_documents(Source("", text))[0]
        ]
        assert "不对" in marked


def test_a_message_with_line_ends_cannot_break_out_of_its_comment() -> None:
    marked = mark_yaml("a: 1\n", _marking(_remark(Severity.MAJOR, 1, message="一\u2028b: 2\x85c: 3\rd: 4")))
    assert [one.plain() for one in read_yaml_documents(Source("", marked))[0]] == [{"a": 1}]


def test_marking_a_marked_text_changes_nothing_more() -> None:
    marking = _marking(_remark(Severity.MAJOR, 1))
    once = mark_yaml("a: 1\n", marking)
    moved = _marking(_remark(Severity.MAJOR, once.split("\n").index("a: 1") + 1))
    assert mark_yaml(once, moved) == once
