"""Diagnostics of the compiler as the protocol has them: same codes, same sentences, same places; and the tongue of a text."""

from collections.abc import Iterable
from importlib.resources import files

from lsprotocol import types as lsp

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic, Fix, Safety
from guiju.language_server.positions import range_of
from guiju.language_server.workspace import Snapshot
from guiju.terms.tongue import Tongue

__all__ = ["SOURCE", "diagnostics_of", "edit_of", "tongue_of", "uri_of"]

SOURCE = "guiju"
_SEVERITY = {
    Level.ERROR: lsp.DiagnosticSeverity.Error,
    Level.WARNING: lsp.DiagnosticSeverity.Warning,
    Level.HINT: lsp.DiagnosticSeverity.Hint,
}


def tongue_of(snapshot: Snapshot, file: str) -> Tongue:
    """The tongue in which a text is written; messages about it are in that tongue."""
    tree = snapshot.trees.get(file)
    return tree.tongue if tree is not None else Tongue.ZH


def uri_of(file: str) -> str:
    """The address of a text by its name; of a shipped one, that of its file in the package."""
    from pygls.uris import from_fs_path

    path = file if file.startswith("/") or file[1:2] == ":" else str(files("guiju.rules").joinpath(file))
    return from_fs_path(path) or f"untitled:{file}"


def diagnostics_of(snapshot: Snapshot, file: str) -> list[lsp.Diagnostic]:
    """What is wrong with a text."""
    tongue = tongue_of(snapshot, file)
    return [_diagnostic(snapshot, one, tongue) for one in snapshot.by_file.get(file, ())]


def _diagnostic(snapshot: Snapshot, one: Diagnostic, tongue: Tongue) -> lsp.Diagnostic:
    source = snapshot.sources[one.span.file]
    message = one.headline(tongue)
    if one.help is not None and one.help.say(tongue):
        message += f"\n{one.help.say(tongue)}"
    page = files("guiju.diagnostics.pages").joinpath(f"{one.code}-{one.slug}.md")
    return lsp.Diagnostic(
        range=range_of(source, one.span),
        message=message,
        severity=_SEVERITY[one.level],
        code=one.code,
        code_description=lsp.CodeDescription(uri_of(str(page))) if page.is_file() else None,
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if one.code in ("H002", "H003", "H013") else None,
        related_information=list(_related(snapshot, one, tongue)) or None,
    )


def _related(snapshot: Snapshot, one: Diagnostic, tongue: Tongue) -> Iterable[lsp.DiagnosticRelatedInformation]:
    for label in one.labels:
        source = snapshot.sources.get(label.span.file)
        if source is not None:
            place = lsp.Location(uri_of(label.span.file), range_of(source, label.span))
            yield lsp.DiagnosticRelatedInformation(place, label.text.say(tongue))


def edit_of(snapshot: Snapshot, fix: Fix) -> lsp.WorkspaceEdit | None:
    """The edits of a fix; None for one that is only shown."""
    if fix.safety is Safety.SHOW or not fix.edits:
        return None
    changes: dict[str, list[lsp.TextEdit]] = {}
    for edit in fix.edits:
        source = snapshot.sources[edit.span.file]
        changes.setdefault(uri_of(edit.span.file), []).append(lsp.TextEdit(range_of(source, edit.span), edit.text))
    return lsp.WorkspaceEdit(changes=changes)
