"""What an editor asks over the protocol, feature by feature, in both tongues."""

import pytest
from lsprotocol import types as lsp

from tests.language_server.conftest import CASES, RULE, Editor, at

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
NAME = "lamp_kind.gj"
ENGLISH = """\
rule lamp_kind_en
  cites    Regulations on government investment art 9
  subject  project
  shall    kind is lamp_pole
  fix      State the kind.
"""


def _labels(found: lsp.CompletionList | list[lsp.CompletionItem] | None) -> list[str]:
    items = found.items if isinstance(found, lsp.CompletionList) else found or []
    return [one.label for one in sorted(items, key=lambda one: one.sort_text or one.label)]


async def _completed(editor: Editor, name: str, text: str) -> list[str]:
    editor.change(name, text)
    end = lsp.Position(text.count("\n"), len(text.rpartition("\n")[2]))
    return _labels(
        await editor.client.text_document_completion_async(lsp.CompletionParams(lsp.TextDocumentIdentifier(editor.uri(name)), end))
    )


async def test_what_is_wrong_is_said_and_taken_back(editor: Editor) -> None:
    document = editor.open(NAME, RULE)
    pull = lsp.DocumentDiagnosticParams(document)
    editor.change(NAME, RULE.replace("总投资 ≥", "总投次 ≥"))
    found = await editor.client.text_document_diagnostic_async(pull)
    (wrong,) = [one for one in found.items if one.severity == lsp.DiagnosticSeverity.Error]
    assert (wrong.code, wrong.source) == ("N001", "guiju")
    assert "总投资" in wrong.message and wrong.range.start == at(RULE, "总投资 ≥")
    assert wrong.code_description is not None and wrong.code_description.href.rpartition("/")[2].startswith("N001-")
    editor.change(NAME, RULE)
    assert not [one for one in (await editor.client.text_document_diagnostic_async(pull)).items if one.severity == 1]


async def test_completion_knows_what_may_stand(editor: Editor) -> None:
    editor.open("new.gj", "")
    head = "规则 新 / new_one\n  依据     政府投资条例 第九条\n  对象     项目方案\n"
    assert "规则" in await _completed(editor, "new.gj", "")
    assert {"应当", "适用", "除外"} <= set(await _completed(editor, "new.gj", head + "  "))
    assert (await _completed(editor, "new.gj", head + "  严重程度 "))[:4] == ["一般", "严重", "提示", "阻断"]
    assert "智慧灯杆" in (await _completed(editor, "new.gj", head + "  应当 项目类型 是 "))[:20]
    assert "万元" in await _completed(editor, "new.gj", head + "  应当 总投资 ≥ 100")
    assert "个工作日" in (await _completed(editor, "new.gj", head + "  应当 检查日 ≤ 检查日 + 5 "))[:10]
    assert "已提供" in await _completed(editor, "new.gj", head + "  应当 总投资 ")
    assert {"总投资", "项目类型"} <= set(await _completed(editor, "new.gj", head + "  应当 总"))
    assert "统一社会信用代码" in await _completed(editor, "new.gj", head + "  应当 名称 符合格式 ")
    articles = await _completed(editor, "new.gj", "规则 新 / new_one\n  依据     公共安全视频图像信息系统管理条例 第")
    assert "第十三条" in articles
    assert any("个人信息保护法" in one for one in await _completed(editor, "new.gj", "规则 新 / new_one\n  依据     个人信息保护"))
    assert {"rule", "shape"} <= set(await _completed(editor, "new.gj", "rule a\n  cites x\n\nru"))


async def test_hover_tells_clause_field_and_amount(editor: Editor) -> None:
    document = editor.open(NAME, RULE)

    async def over(word: str) -> str:
        found = await editor.client.text_document_hover_async(lsp.HoverParams(document, at(RULE, word, 1)))
        assert found is not None and isinstance(found.contents, lsp.MarkupContent)
        return found.contents.value

    assert "712" in await over("政府投资条例") and "现行有效" in await over("政府投资条例")
    assert "investment" in await over("总投资")
    assert "10,000,000 元" in await over("1000 万元")
    assert "rule" in await over("灯杆写明类型 /") and "kind is lamp_pole" in await over("灯杆写明类型 /")


async def test_definitions_references_and_rename_in_both_names(editor: Editor) -> None:
    text = "参数 灯杆下限 / lamp_minimum = 5根\n\n" + RULE.replace("长度(名称) > 3", "灯杆数量 ≥ 灯杆下限")
    document = editor.open("two.gj", text)
    place = at(text, "≥ 灯杆下限", 3)
    (found,) = await editor.client.text_document_definition_async(lsp.DefinitionParams(document, place)) or []
    assert found.range.start == lsp.Position(0, 3)
    uses = await editor.client.text_document_references_async(lsp.ReferenceParams(lsp.ReferenceContext(True), document, place))
    assert len(uses or []) == 3
    edit = await editor.client.text_document_rename_async(lsp.RenameParams(document, place, "杆数下限 / pole_minimum"))
    assert edit is not None and edit.changes is not None
    assert sorted(one.new_text for one in edit.changes[document.uri]) == ["pole_minimum", "杆数下限", "杆数下限"]
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))


async def test_cases_are_run_and_renamed(editor: Editor) -> None:
    document = editor.open(NAME, RULE)
    lenses = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(document)) or []
    assert next(one.command.title for one in lenses if one.command is not None) == "用例 ✗ 1/2"
    beside = editor.open("lamp_kind.cases.yaml", CASES, "yaml")
    wrong = await editor.client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(beside))
    assert [one.range.start.line for one in wrong.items] == [3]
    place = at(CASES, "项目类型:", 0)
    labels = _labels(await editor.client.text_document_completion_async(lsp.CompletionParams(beside, place)))
    assert "项目类型" in labels
    edit = await editor.client.text_document_rename_async(lsp.RenameParams(document, at(RULE, "lamp_kind", 2), "pole_kind"))
    assert edit is not None and edit.changes is not None and set(edit.changes) == {document.uri, beside.uri}


async def test_actions_layout_and_structure(editor: Editor) -> None:
    loose = RULE.replace("  适用     总投资 ≥", "  适用 总投资 >=").replace("项目类型 是", "项目类型 == ")
    document = editor.open("loose.gj", loose)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(20, 0))
    actions = await editor.client.text_document_code_action_async(lsp.CodeActionParams(document, whole, lsp.CodeActionContext([]))) or []
    assert any(one.kind == lsp.CodeActionKind.QuickFix and one.edit for one in actions if isinstance(one, lsp.CodeAction))
    document = editor.open("laid.gj", RULE.replace("  适用     ", "  适用  "))
    edits = await editor.client.text_document_formatting_async(lsp.DocumentFormattingParams(document, lsp.FormattingOptions(2, True)))
    assert [one.new_text for one in edits or []] == [RULE]
    symbols = await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert [one.name for one in symbols or []] == ["灯杆写明类型"]
    assert await editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    (grown,) = await editor.client.text_document_selection_range_async(lsp.SelectionRangeParams(document, [lsp.Position(5, 12)])) or []
    assert grown.parent is not None
    tokens = await editor.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert tokens is not None and len(tokens.data) % 5 == 0 and len(tokens.data) > 40
    await editor.client.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole))
    found = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("项目方案"))
    assert any(one.name == "项目方案" for one in found or [])
    for name in ("loose.gj", "laid.gj"):
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(editor.uri(name))))


async def test_a_rule_is_evaluated_on_a_document(editor: Editor) -> None:
    document = editor.open(NAME, RULE)
    (editor.folder / "one.yaml").write_text("项目方案:\n  名称: 沿江灯杆项目\n  项目类型: 智慧灯杆\n  总投资: 2000万元\n", "utf-8")
    asked = [document.uri, "lamp_kind", editor.uri("one.yaml"), ""]
    found = await editor.client.workspace_execute_command_async(lsp.ExecuteCommandParams("guiju.evaluate", asked))
    text = str(found)
    assert "pass" in text and "总投资" in text


async def test_english_is_answered_in_english(editor: Editor) -> None:
    document = editor.open("english.gj", ENGLISH.replace("lamp_pole", "lamp_poles"))
    found = await editor.client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document))
    (wrong,) = [one for one in found.items if one.severity == lsp.DiagnosticSeverity.Error]
    assert "lamp_pole" in wrong.message and wrong.message.isascii()
    labels = await _completed(editor, "english.gj", ENGLISH.rpartition("lamp_pole")[0])
    assert "lamp_pole" in labels[:30]
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))


async def test_signature_of_an_open_call(editor: Editor) -> None:
    text = RULE.replace("长度(名称) > 3", "天数(申报日期, ")
    text = text[: text.index("天数(申报日期, ") + len("天数(申报日期, ")]
    document = editor.open("call.gj", text)
    end = lsp.Position(text.count("\n"), len(text.rpartition("\n")[2]))
    found = await editor.client.text_document_signature_help_async(lsp.SignatureHelpParams(document, end))
    assert found is not None and found.signatures[0].label.startswith("天数(") and found.active_parameter == 1
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))
