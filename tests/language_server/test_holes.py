"""At every keystroke: whatever stands in the text, each question has an answer, and what is wrong in the end is what lint says."""

import random

import pytest

from guiju.author.lint import lint
from guiju.diagnostics.source import Source
from guiju.language_server import edits, outline
from guiju.language_server.completion import complete
from guiju.language_server.hover import hover
from guiju.language_server.lenses import code_lenses
from guiju.language_server.to_protocol import diagnostics_of
from guiju.language_server.workspace import RuleWorkspace
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry

SHIPPED = shipped_rules()
AROUND = tuple(Source(path.relative_to(SHIPPED).as_posix(), path.read_text("utf-8")) for path in rule_files([SHIPPED / "vocabulary"]))
TEXTS = tuple(path.read_text("utf-8") for path in rule_files([SHIPPED / "gir712", SHIPPED / "profiles", SHIPPED / "vocabulary"]))
FILE = "/rules/mine.gj"


@pytest.fixture(scope="module")
def workspace() -> RuleWorkspace:
    return RuleWorkspace(load_registry(), AROUND)


def _ask_everything(workspace: RuleWorkspace, text: str, offset: int) -> None:
    workspace.put(FILE, text)
    complete(workspace.while_typing(FILE), FILE, offset)
    snapshot = workspace.snapshot()
    diagnostics_of(snapshot, FILE)
    hover(snapshot, FILE, offset)
    outline.document_symbols(snapshot, FILE)
    outline.folding_ranges(snapshot, FILE)
    outline.selection_ranges(snapshot, FILE, [offset])
    tokens = outline.semantic_tokens(snapshot, FILE).data
    assert all(number >= 0 for number in tokens)
    outline.inlay_hints(snapshot, FILE, 0, len(text))
    code_lenses(snapshot, FILE, None)
    edits.actions(snapshot, FILE, offset, offset, None)
    edits.format_text(snapshot.sources[FILE])


def test_every_question_has_an_answer_on_texts_with_holes(workspace: RuleWorkspace) -> None:
    drawn = random.Random(20260101)
    for _ in range(40):
        text = drawn.choice(TEXTS)[:1200]
        cut = drawn.randrange(len(text) + 1)
        _ask_everything(workspace, text[:cut], cut)
        at = drawn.randrange(len(text))
        changed = text[:at] + drawn.choice(["", "(", "且", "\n", " 是 ", "「", "“", "1"]) + text[at + drawn.randrange(4) :]
        _ask_everything(workspace, changed, min(at + 1, len(changed)))


def test_what_only_lint_says_is_said_in_the_editor_too(workspace: RuleWorkspace) -> None:
    text = "对象 票 / ticket\n  编号 number 文本 主键\n  金额值 sum 金额\n"
    workspace.put(FILE, text)
    found = tuple(workspace.snapshot().by_file.get(FILE, ()))
    assert "H060" in [one.code for one in found]
    assert found == lint((Source(FILE, text),), AROUND, load_registry())


def test_what_is_wrong_in_the_end_is_what_lint_says(workspace: RuleWorkspace) -> None:
    drawn = random.Random(7)
    text = drawn.choice(TEXTS)
    for _ in range(12):
        at = drawn.randrange(len(text))
        text = text[:at] + drawn.choice(["", "x", "且", "\n", "（"]) + text[at + drawn.randrange(3) :]
        workspace.put(FILE, text)
        workspace.snapshot()
    assert tuple(workspace.snapshot().by_file.get(FILE, ())) == lint((Source(FILE, text),), AROUND, load_registry())
