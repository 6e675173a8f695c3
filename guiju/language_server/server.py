"""The server: which question of the protocol is answered by which function, and when what is wrong is said unasked.

It holds the texts and no thought of its own. What is wrong is said a moment after the last keystroke, and whenever it is asked for.
"""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

import guiju
from guiju.author.grammar.published import grammar
from guiju.diagnostics.source import Source
from guiju.language_server import cases, edits, outline
from guiju.language_server.completion import complete
from guiju.language_server.evaluate import evaluate
from guiju.language_server.hover import hover
from guiju.language_server.lenses import code_lenses
from guiju.language_server.positions import offset_of, range_of
from guiju.language_server.signature import signature_help
from guiju.language_server.to_protocol import diagnostics_of, tongue_of, uri_of
from guiju.language_server.workspace import RuleWorkspace, Snapshot
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry

__all__ = ["RuleServer", "make_server"]

_PAUSE = 0.05
_CASES = ".cases.yaml"


class RuleServer(LanguageServer):
    """A server with its texts: rules in `workspace`, files of cases in `case_texts`."""

    def __init__(self) -> None:
        super().__init__("guiju", guiju.__version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental)
        self.workspace_of_rules = RuleWorkspace(load_registry(), _shipped())
        self.case_texts: dict[str, Source] = {}
        self.waiting: asyncio.Task[None] | None = None
        self.published: set[str] = set()
        self.pulls = False

    def take(self, uri: str, text: str) -> None:
        """A text as the editor now has it."""
        name = name_of(uri)
        if name.endswith(_CASES):
            self.case_texts[name] = Source(name, text)
        elif name.endswith((".yaml", ".yml")):
            return
        else:
            self.workspace_of_rules.put(name, text)

    def cases_beside(self, file: str) -> Source | None:
        """The file of cases beside a rule file: as it is open, else from the disk."""
        name = file.removesuffix(".gj") + _CASES
        if name in self.case_texts:
            return self.case_texts[name]
        try:
            return Source(name, Path(name).read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def publish_soon(self) -> None:
        """What is wrong, once the keys rest."""
        if self.waiting is not None:
            self.waiting.cancel()
        self.waiting = asyncio.ensure_future(self._publish_after_a_pause())

    async def _publish_after_a_pause(self) -> None:
        await asyncio.sleep(_PAUSE)
        self.publish_all()

    def publish_all(self) -> None:
        """What is wrong with every text of the author; a file that has become sound is said to be."""
        if self.pulls:
            return
        snapshot = self.workspace_of_rules.snapshot()
        now = {name for name in snapshot.own if snapshot.by_file.get(name)} | set(self.workspace_of_rules.open)
        for name in sorted(now | self.published):
            self._publish(uri_of(name), diagnostics_of(snapshot, name) if name in snapshot.sources else [])
        self.published = now
        for name, source in self.case_texts.items():
            self._publish(uri_of(name), cases.case_diagnostics(snapshot, source))

    def _publish(self, uri: str, found: list[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=found))


def name_of(uri: str) -> str:
    """The name of a text by its address: its path, or the address itself where it is no file."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path).as_posix() if path else uri


def _shipped() -> tuple[Source, ...]:
    root = shipped_rules()
    return tuple(Source(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in rule_files([root]))


def make_server() -> RuleServer:
    """A server that answers everything that it says it can."""
    server = RuleServer()
    _texts(server)
    _questions(server)
    _places(server)
    _structure(server)
    _changes(server)
    _commands(server)
    return server


# ---- texts -------------------------------------------------------------------------------------------------------


def _texts(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.feature(lsp.INITIALIZED)
    def initialized(params: lsp.InitializedParams) -> None:
        for folder in (server.workspace.folders or {}).values():
            path = to_fs_path(folder.uri)
            if path and Path(path).is_dir():
                rules.add_folder(Path(path))
        document = server.client_capabilities.text_document
        server.pulls = document is not None and document.diagnostic is not None
        server.publish_soon()
        asyncio.get_running_loop().run_in_executor(None, grammar)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.take(params.text_document.uri, params.text_document.text)
        server.publish_soon()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.take(uri, server.workspace.get_text_document(uri).source)
        server.publish_soon()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        name = name_of(params.text_document.uri)
        server.case_texts.pop(name, None)
        rules.close(name)
        server.publish_soon()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            if change.uri.endswith(".gj"):
                rules.reload(Path(name_of(change.uri)))
        server.publish_soon()


# ---- questions ---------------------------------------------------------------------------------------------------


def _text(rules: RuleWorkspace, params: Any, *, typing: bool = False) -> tuple[Snapshot, str] | None:
    """The text that a question is about, among all others; None for one that is not known."""
    file = name_of(params.text_document.uri)
    snapshot = rules.while_typing(file) if typing else rules.snapshot()
    return (snapshot, file) if file in snapshot.sources else None


def _at(snapshot: Snapshot, params: Any) -> tuple[str, int] | None:
    """The text and the offset that a question is about; None for a text that is not known."""
    file = name_of(params.text_document.uri)
    source = snapshot.sources.get(file)
    return (file, offset_of(source, params.position)) if source is not None else None


def _questions(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", ".", "是", "第", "{", ",", "，", "："]))
    def completion(params: lsp.CompletionParams) -> lsp.CompletionList:
        file = name_of(params.text_document.uri)
        snapshot = rules.while_typing(file)
        source = server.case_texts.get(file)
        if source is not None:
            return lsp.CompletionList(False, cases.complete_case(snapshot, source, offset_of(source, params.position)))
        at = _at(snapshot, params)
        # The list of instruments is cut: it is asked for anew as one types.
        return lsp.CompletionList(True, complete(snapshot, *at) if at is not None else [])

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        snapshot = rules.snapshot()
        at = _at(snapshot, params)
        return hover(snapshot, *at) if at is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, lsp.SignatureHelpOptions(trigger_characters=["(", "（", ",", "，"]))
    def signature(params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
        snapshot = rules.while_typing(name_of(params.text_document.uri))
        at = _at(snapshot, params)
        return signature_help(snapshot, *at) if at is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, lsp.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False))
    def pulled(params: lsp.DocumentDiagnosticParams) -> lsp.RelatedFullDocumentDiagnosticReport:
        file = name_of(params.text_document.uri)
        snapshot = rules.snapshot()
        source = server.case_texts.get(file)
        found = (
            cases.case_diagnostics(snapshot, source)
            if source is not None
            else diagnostics_of(snapshot, file)
            if file in snapshot.sources
            else []
        )
        return lsp.RelatedFullDocumentDiagnosticReport(items=found)


def _places(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        snapshot = rules.snapshot()
        at = _at(snapshot, params)
        used = snapshot.names.at(*at) if at is not None else None
        found = snapshot.names.declarations.get(used.to) if used is not None and used.to is not None else None
        if found is None:
            return []
        decl, names = found
        span = names[0].span if names else decl.keyword_span
        return [lsp.Location(uri_of(span.file), range_of(snapshot.sources[span.file], span))]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        snapshot = rules.snapshot()
        at = _at(snapshot, params)
        used = snapshot.names.at(*at) if at is not None else None
        if used is None or used.to is None:
            return []
        wanted = (pair for pair in snapshot.names.references(used.to) if params.context.include_declaration or pair[1].role != "declared")
        return [lsp.Location(uri_of(file), range_of(snapshot.sources[file], one.name.span)) for file, one in wanted]


# ---- structure ---------------------------------------------------------------------------------------------------


def _structure(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        asked = _text(rules, params, typing=True)
        return outline.document_symbols(*asked) if asked is not None else []

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        return outline.workspace_symbols(rules.snapshot(), params.query)

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        asked = _text(rules, params, typing=True)
        return outline.folding_ranges(*asked) if asked is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
    def selection(params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange]:
        file = name_of(params.text_document.uri)
        snapshot = rules.while_typing(file)
        source = snapshot.sources.get(file)
        return outline.selection_ranges(snapshot, file, [offset_of(source, one) for one in params.positions]) if source is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, outline.LEGEND)
    def tokens(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        asked = _text(rules, params)
        return outline.semantic_tokens(*asked) if asked is not None else lsp.SemanticTokens([])

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def hints(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        file = name_of(params.text_document.uri)
        snapshot = rules.snapshot()
        source = snapshot.sources.get(file)
        if source is None:
            return []
        return outline.inlay_hints(snapshot, file, offset_of(source, params.range.start), offset_of(source, params.range.end))

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def lenses(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        asked = _text(rules, params)
        return code_lenses(*asked, server.cases_beside(asked[1])) if asked is not None else []


# ---- changes -----------------------------------------------------------------------------------------------------


def _changes(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        source = rules.while_typing(name_of(params.text_document.uri)).sources.get(name_of(params.text_document.uri))
        return edits.format_text(source) if source is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        snapshot = rules.snapshot()
        at = _at(snapshot, params)
        found = edits.renamed_range(snapshot, *at) if at is not None else None
        return lsp.PrepareRenamePlaceholder(*found) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def renamed(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        snapshot = rules.snapshot()
        at = _at(snapshot, params)
        if at is None:
            return None
        try:
            return edits.rename(snapshot, *at, params.new_name, _beside(server, snapshot))
        except edits.NotRenamed as error:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, str(error)))
            return None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorExtract, lsp.CodeActionKind.RefactorRewrite]),
    )
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        file = name_of(params.text_document.uri)
        snapshot = rules.snapshot()
        source = snapshot.sources.get(file)
        if source is None:
            return []
        start, end = offset_of(source, params.range.start), offset_of(source, params.range.end)
        found = edits.actions(snapshot, file, start, end, server.cases_beside(file))
        wanted = params.context.only
        return [one for one in found if not wanted or any(one.kind and one.kind.startswith(kind) for kind in wanted)]


def _beside(server: RuleServer, snapshot: Snapshot) -> dict[str, Source]:
    """The files of cases beside the author's rules."""
    found = (server.cases_beside(file) for file in sorted(snapshot.own))
    return {one.name: one for one in found if one is not None}


# ---- commands ----------------------------------------------------------------------------------------------------


def _commands(server: RuleServer) -> None:
    rules = server.workspace_of_rules

    @server.command("guiju.runCases")
    def run_cases(uri: str, rule: str) -> dict[str, Any]:
        file = name_of(uri)
        source = server.cases_beside(file)
        snapshot = rules.snapshot()
        tongue = tongue_of(snapshot, file)
        results = cases.results_of(snapshot, source) if source is not None else ()
        told = [
            {
                "case": one.case.name,
                "line": one.case.line,
                "ok": one.ok,
                "want": one.case.want.value if one.case.want is not None else None,
                "got": one.got.value if one.got is not None else None,
                "message": (one.problem or (one.finding.message if one.finding is not None else None) or None) and _said(one, tongue),
            }
            for one in results
        ]
        return {"rule": rule, "passed": sum(one.ok for one in results), "all": len(results), "cases": told}

    @server.command("guiju.evaluate")
    def evaluated(uri: str, rule: str, document: str, day: str) -> dict[str, Any]:
        file = name_of(uri)
        snapshot = rules.snapshot()
        try:
            on = date.fromisoformat(day) if day else snapshot.registry.as_of
        except ValueError:
            return {"problem": f"{day}"}
        found = evaluate(snapshot, file, rule, Path(name_of(document)), tongue_of(snapshot, file), on)
        if isinstance(found, str):
            return {"problem": found}
        subjects = [{"subject": one.subject, "verdict": one.verdict, "message": one.message, "trace": list(one.lines)} for one in found]
        return {"rule": rule, "day": on.isoformat(), "subjects": subjects}


def _said(one: Any, tongue: Any) -> str:
    words = one.problem if one.problem is not None else one.finding.message
    return str(words.say(tongue))
