"""What stands above a declaration: its cases and how they come out, how often it is used, and a way to try it on a document."""

from lsprotocol import types as lsp

from guiju.diagnostics.source import Source
from guiju.dsl.model.names.declared import name_of, name_span
from guiju.language_server.cases import results_of
from guiju.language_server.names import declared_in
from guiju.language_server.positions import range_of
from guiju.language_server.to_protocol import tongue_of, uri_of
from guiju.language_server.workspace import Snapshot
from guiju.terms.tongue import Both, Tongue

__all__ = ["code_lenses"]

_USED = Both("用到 {n} 处", "used in {n} places")
_PASS = Both("用例 {mark} {good}/{all}", "cases {mark} {good}/{all}")
_NONE = Both("没有用例", "no cases")
_TRY = Both("在文件上求值…", "evaluate on a document…")


def code_lenses(snapshot: Snapshot, file: str, cases: Source | None) -> list[lsp.CodeLens]:
    """The lenses of a text; `cases` is the file of cases beside it."""
    tree, source, tongue = snapshot.trees.get(file), snapshot.sources[file], tongue_of(snapshot, file)
    found: list[lsp.CodeLens] = []
    for decl in tree.decls if tree is not None else ():
        named = name_of(decl)
        if named is None:
            continue
        range = range_of(source, name_span(decl))
        if decl.kind == "rule":
            found.append(
                lsp.CodeLens(range, lsp.Command(_cases(snapshot, cases, tongue), "guiju.runCases", arguments=[uri_of(file), named[0]]))
            )
            found.append(lsp.CodeLens(range, lsp.Command(_TRY.say(tongue), "guiju.evaluate", arguments=[uri_of(file), named[0]])))
        else:
            to = next((one for one, _ in declared_in(decl)), None)
            if to is None:
                continue
            used = sum(1 for _, one in snapshot.names.references(to) if one.role != "declared")
            found.append(
                lsp.CodeLens(range, lsp.Command(_USED.say(tongue).format(n=used), "guiju.references", arguments=[uri_of(file), named[0]]))
            )
    return found


def _cases(snapshot: Snapshot, cases: Source | None, tongue: Tongue) -> str:
    results = results_of(snapshot, cases) if cases is not None else ()
    if not results:
        return _NONE.say(tongue)
    good = sum(one.ok for one in results)
    return _PASS.say(tongue).format(mark="✓" if good == len(results) else "✗", good=good, all=len(results))
