"""What changes texts: layout, one name in all its places, and the mends that are offered at a fault."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from guiju.author.layout import UnstableLayout, laid_out
from guiju.author.translate import Renaming
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.dsl.model.names.context import Reference
from guiju.dsl.model.names.declared import name_of, name_span
from guiju.dsl.syntax.lex import is_plain_name
from guiju.dsl.syntax.print.file import print_decl
from guiju.dsl.syntax.tree import Name, Requirement
from guiju.language_server.names import Used
from guiju.language_server.positions import position_of, range_of, whole
from guiju.language_server.scope import decl_at
from guiju.language_server.to_protocol import diagnostics_of, edit_of, tongue_of, uri_of
from guiju.language_server.workspace import Snapshot
from guiju.terms.tongue import Both, Tongue

__all__ = ["NotRenamed", "actions", "format_text", "rename", "renamed_range"]

_OTHER = Both("改写成英文", "write it in Chinese")
_TERM = Both("提成术语", "turn it into a term")
_CASE = Both("写上缺的用例", "write the missing case")
_NEW_TERM = {
    Tongue.ZH: ("新术语", "术语 新术语 / new_term 对象 {shape}\n  是指     {expr}\n"),
    Tongue.EN: ("new_term", "term new_term subject {shape}\n  means    {expr}\n"),
}


class NotRenamed(ValueError):
    """Why a name cannot be changed to another, in words."""


def format_text(source: Source) -> list[lsp.TextEdit]:
    """The canonical layout as edits; none where the text has errors or is laid out already."""
    try:
        text, _ = laid_out(source)
    except UnstableLayout:
        return []
    if text is None or text == source.text:
        return []
    return [lsp.TextEdit(whole(source), text)]


# ---- rename ------------------------------------------------------------------------------------------------------


def renamed_range(snapshot: Snapshot, file: str, offset: int) -> tuple[lsp.Range, str] | None:
    """The name that can be changed at an offset; only what the author declared himself can be."""
    used = snapshot.names.at(file, offset)
    if used is None or not _is_own(snapshot, used.to):
        return None
    return range_of(snapshot.sources[file], used.name.span), used.name.text


def _is_own(snapshot: Snapshot, to: Reference | None) -> bool:
    found = snapshot.names.declarations.get(to) if to is not None else None
    return found is not None and found[0].span.file in snapshot.own


def rename(snapshot: Snapshot, file: str, offset: int, new: str, others: dict[str, Source]) -> lsp.WorkspaceEdit:
    """The name at an offset changed wherever the thing is named by it: rules, profiles, messages, and `others` (cases, waivers).

    `中文名 / english_name` changes both names at once. Raises `NotRenamed`.
    """
    used = snapshot.names.at(file, offset)
    if used is None or used.to is None or not _is_own(snapshot, used.to):
        raise NotRenamed("这个名称不是在这里声明的 / not declared here")
    names = snapshot.names.declarations[used.to][1]
    changes = _pairs(used, names, new)
    for written in changes.values():
        if not written:
            raise NotRenamed("名称不能为空 / a name cannot be empty")
        clash = snapshot.names.by_name.get((used.to[0], written))
        if used.to[0] not in ("field", "code") and clash not in (None, used.to):
            raise NotRenamed(f"“{written}”已有 / `{written}` is taken")
    edits: dict[str, list[lsp.TextEdit]] = {}
    for name, one in snapshot.names.references(used.to):
        if one.name.text in changes:
            edits.setdefault(uri_of(name), []).append(_edit(snapshot.sources[name], one.name, changes[one.name.text]))
    for source in others.values():
        found = [edit for old, written in changes.items() for edit in _in_text(source, old, written, used.to[0])]
        if found:
            edits[uri_of(source.name)] = found
    return lsp.WorkspaceEdit(changes=edits)


def _pairs(used: Used, names: tuple[Name, ...], new: str) -> dict[str, str]:
    """Old names and what they become."""
    first, slash, second = (part.strip() for part in new.partition("/"))
    if slash and len(names) == 2:
        return {names[0].text: first, names[1].text: second}
    return {used.name.text: new.strip().strip("「」")}


def _edit(source: Source, name: Name, new: str) -> lsp.TextEdit:
    return lsp.TextEdit(range_of(source, name.span), new if is_plain_name(new) else f"「{new}」")


def _in_text(source: Source, old: str, new: str, kind: str) -> Iterator[lsp.TextEdit]:
    """The name in a file of cases or waivers: as a key of a mapping, or as the value of `rule`."""
    at = source.text.find(old)
    while at >= 0:
        end = at + len(old)
        before, after = source.text[:at][-60:].rpartition("\n")[2], source.text[end : end + 1]
        is_key = after == ":" and (not before.strip() or before.rstrip()[-1:] in "{,-" or before.endswith('"'))
        is_rule = kind == "rule" and before.strip().endswith("rule:") and after in ("\n", "", "\r")
        if is_key or is_rule:
            yield lsp.TextEdit(range_of(source, Span(source.name, at, end)), new)
        at = source.text.find(old, end)


# ---- actions -----------------------------------------------------------------------------------------------------


def actions(snapshot: Snapshot, file: str, start: int, end: int, cases: Source | None) -> list[lsp.CodeAction]:
    """What can be done at a range: every fix of what is wrong there, and what is of use on a declaration."""
    tongue = tongue_of(snapshot, file)
    found: list[lsp.CodeAction] = []
    wrongs = diagnostics_of(snapshot, file)
    for one, diagnostic in zip(snapshot.by_file.get(file, ()), wrongs, strict=True):
        if one.fix is None or not (one.span.start <= end and start <= one.span.end):
            continue
        edit = edit_of(snapshot, one.fix)
        if edit is not None:
            title = one.fix.title.say(tongue)
            found.append(
                lsp.CodeAction(
                    title, kind=lsp.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit, is_preferred=one.fix.safety == "safe"
                )
            )
    decl = decl_at(snapshot, file, start)
    if decl is not None and decl.span.start <= start <= decl.span.end:
        found += _on_declaration(snapshot, file, start, end, tongue, cases)
    return found


def _on_declaration(snapshot: Snapshot, file: str, start: int, end: int, tongue: Tongue, cases: Source | None) -> Iterator[lsp.CodeAction]:
    decl = decl_at(snapshot, file, start)
    source, tree = snapshot.sources[file], snapshot.trees[file]
    assert decl is not None
    rename = Renaming(snapshot.model, snapshot.registry, tongue.other, (tree,), frozenset())
    text = print_decl(decl, tongue.other, rename)
    lead = Span(file, decl.span.start, decl.span.end)
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    yield lsp.CodeAction(_OTHER.say(tongue), kind=lsp.CodeActionKind.RefactorRewrite, edit=_replacing(source, lead, body))
    named = name_of(decl)
    if decl.head.zh is not None and decl.head.en is None:
        point = Span(file, name_span(decl).end, name_span(decl).end)
        words = Both("加上英文名", "add the English name").say(tongue)
        yield lsp.CodeAction(words, kind=lsp.CodeActionKind.QuickFix, edit=_replacing(source, point, " / english_name"))
    for part in decl.parts:
        if isinstance(part, Requirement) and end > start and part.expr.span.start <= start and end <= part.expr.span.end:
            name, frame = _NEW_TERM[tongue]
            shape = next((source.slice(one.shape.span) for one in decl.parts if hasattr(one, "shape") and hasattr(one, "owner")), "…")
            made = frame.format(shape=shape, expr=source.text[start:end].strip())
            edit = lsp.WorkspaceEdit(
                changes={
                    uri_of(file): [
                        lsp.TextEdit(range_of(source, Span(file, decl.span.start, decl.span.start)), made + "\n"),
                        lsp.TextEdit(range_of(source, Span(file, start, end)), name),
                    ]
                }
            )
            yield lsp.CodeAction(_TERM.say(tongue), kind=lsp.CodeActionKind.RefactorExtract, edit=edit)
    if decl.kind == "rule" and named is not None:
        yield from _case_action(source, named[0], tongue, cases)


def _replacing(source: Source, span: Span, text: str) -> lsp.WorkspaceEdit:
    return lsp.WorkspaceEdit(changes={uri_of(source.name): [lsp.TextEdit(range_of(source, span), text)]})


def _case_action(source: Source, rule: str, tongue: Tongue, cases: Source | None) -> Iterator[lsp.CodeAction]:
    """A case to be filled in: into the file beside the rule, or into a new one."""
    line = "  - 新用例: {given: {}, want: fail}\n" if tongue is Tongue.ZH else "  - new case: {given: {}, want: fail}\n"
    uri = uri_of(source.name.removesuffix(".gj") + ".cases.yaml")
    if cases is not None:
        end = position_of(cases, len(cases.text))
        edit = lsp.WorkspaceEdit(changes={uri: [lsp.TextEdit(lsp.Range(end, end), line if cases.text.endswith("\n") else "\n" + line)]})
    else:
        start = lsp.Position(0, 0)
        text = f"rule: {rule}\ncases:\n{line}"
        edit = lsp.WorkspaceEdit(
            document_changes=[
                lsp.CreateFile(uri=uri, options=lsp.CreateFileOptions(ignore_if_exists=True)),
                lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri=uri), [lsp.TextEdit(lsp.Range(start, start), text)]),
            ]
        )
    yield lsp.CodeAction(_CASE.say(tongue), kind=lsp.CodeActionKind.QuickFix, edit=edit)
