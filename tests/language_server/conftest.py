"""One server for all questions of this folder, asked by a real client over its standard input and output."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, make_test_lsp_client

RULE = """\
## 灯杆项目写明类型
规则 灯杆写明类型 / lamp_kind
  依据     政府投资条例 第九条
  对象     项目方案
  适用     总投资 ≥ 1000 万元
  应当     项目类型 是 智慧灯杆 且 长度(名称) > 3
  整改     写明“项目类型”。
  fix      State the kind.
"""
CASES = """\
rule: lamp_kind
cases:
  - 相符: {given: {名称: 沿江灯杆项目, 项目类型: 智慧灯杆, 总投资: 2000万元}, want: pass}
  - 记错: {given: {名称: 沿江灯杆项目, 项目类型: 智慧灯杆, 总投资: 2000万元}, want: fail}
"""


class Editor:
    """A client with the folder that it has open."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.version = 0

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "guiju") -> lsp.TextDocumentIdentifier:
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri(name), language, 0, text)))
        return lsp.TextDocumentIdentifier(self.uri(name))

    def change(self, name: str, text: str) -> None:
        self.version += 1
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(self.version, self.uri(name)), [whole])
        )


def at(text: str, word: str, plus: int = 0) -> lsp.Position:
    """The position of a word in a text without signs beyond the first plane."""
    offset = text.index(word) + plus
    before = text[:offset]
    return lsp.Position(before.count("\n"), len(before.rpartition("\n")[2]))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "lamp_kind.gj").write_text(RULE, "utf-8")
    (folder / "lamp_kind.cases.yaml").write_text(CASES, "utf-8")
    config = ClientServerConfig(server_command=[sys.executable, "-m", "guiju", "lsp"], client_factory=make_test_lsp_client)
    client = await config.start()
    await client.initialize_session(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(),
            workspace_folders=[lsp.WorkspaceFolder(folder.as_uri(), "rules")],
        )
    )
    yield Editor(client, folder)
    await client.shutdown_session()
    await client.stop()
