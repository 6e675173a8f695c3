"""Whether names have an English display name beside the id, in rules that show any."""

from collections.abc import Iterator

from guiju.diagnostics.diagnostic import Edit, Fix
from guiju.diagnostics.span import Span
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.syntax import tree as syn
from guiju.terms.display import is_spelled, spelled, title_of
from guiju.terms.tongue import Both

__all__ = ["check_display_names"]

_NAMED = frozenset({"shape", "register", "codelist", "term", "table", "parameter", "rule", "judged"})
_TITLED = frozenset({"rule", "judged"})
_HELP = Both("写在英文名后面，加引号", "in quotation marks behind the English name")


def check_display_names(files: tuple[syn.SyntaxFile, ...], found: DiagnosticSink) -> None:
    """A hint on each name without a display name, where the rules that are written together show names at all.

    An id that is an English word by itself needs none, unless it is the name of a rule.
    """
    names = [one for file in files for decl in file.decls for one in _names(decl)]
    if not any(title is not None for _, title, _ in names):
        return
    for name, title, is_title in names:
        if title is None and (is_title or not is_spelled(name.text)):
            made = title_of(name.text) if is_title else spelled(name.text)
            point = Span(name.span.file, name.span.end, name.span.end)
            fix = Fix(Both(f'写上 "{made}"', f'write "{made}"'), (Edit(point, f' "{made}"'),))
            found.report("H053", name.span, name=name.text, help=_HELP, fix=fix)


def _names(decl: syn.Decl) -> Iterator[tuple[syn.Name, str | None, bool]]:
    """The English names of a declaration and its lines that have a Chinese one too; whether it is read as a heading."""
    head = decl.head
    if decl.kind in _NAMED and head.zh is not None and head.en is not None and head.en.text:
        yield head.en, head.title, decl.kind in _TITLED
    for part in decl.parts:
        if isinstance(part, syn.FieldLine | syn.CodeLine) and part.en.text.isascii() and part.en.span != part.zh.span:
            yield part.en, part.title, False
