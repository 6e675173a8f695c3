"""Declarations become tables by name: code lists, readings, shapes, and where everything was declared.

What holds expressions (parameters, terms, tables, rules) is only noted here; it is checked when all names are known.
"""

from guiju.diagnostics.diagnostic import Label
from guiju.diagnostics.span import Span
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.checks.collect_shapes import collect_shapes
from guiju.dsl.model.guidance.collect_guidance import add_guidance
from guiju.dsl.model.names.context import DiagnosticSink, fold_name
from guiju.dsl.model.names.declared import Collected, doc_of, name_of, name_span, named, parts_of, said, word_of
from guiju.dsl.model.names.tree import Declared, Module
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tokens import DECLARATIONS, PARTS, WORDS, kinds_by_word
from guiju.terms.shape import CodeEntry, CodeList, Reading
from guiju.terms.tongue import Both, Tongue

__all__ = ["collect", "unknown_word", "words_known"]


# ---- declaring ---------------------------------------------------------------------------------------------------


def collect(files: tuple[syn.SyntaxFile, ...], found: DiagnosticSink) -> Collected:
    """All declarations of all files, names first, then what the vocabulary says."""
    made = Collected()
    by_kind: dict[str, list[tuple[str, Both, syn.Decl]]] = made.waiting
    for file in files:
        for decl in file.decls:
            _declare(made, decl, by_kind, found)
    for id, name, decl in by_kind.get("codelist", []):
        _add_codes(made, _code_list(id, name, decl, found))
    for id, name, decl in by_kind.get("reading", []):
        _add_reading(made, _reading(id, name, decl, found))
    collect_shapes(made, found)
    add_guidance(made, found)
    for _, name, decl in by_kind.get("framework", []):
        lines = tuple(ir.Collect(number=one.number, kinds=one.kinds) for one in decl.parts if isinstance(one, syn.CollectLine))
        made.frameworks.append(ir.Framework(code=decl.head.code or "", name=name, about=said(decl, "about"), collects=lines))
    _modules(made, files, found)
    return made


# Which kinds share one space of names; rules may be declared again as further versions.
_SPACE = {
    "shape": "type",
    "register": "type",
    "codelist": "type",
    "reading": "reading",
    "parameter": "value",
    "term": "value",
    "table": "table",
    "judged": "judged",
    "framework": "framework",
    "profile": "profile",
    "guidance": "guidance",
}


def _declare(made: Collected, decl: syn.Decl, by_kind: dict[str, list[tuple[str, Both, syn.Decl]]], found: DiagnosticSink) -> None:
    if decl.kind in ("module", "use"):
        return
    named = name_of(decl)
    if named is None and decl.kind == "framework" and decl.head.code:
        named = decl.head.code, Both(decl.head.code, decl.head.code)
    if named is None:
        return
    id, name = named
    span = name_span(decl)
    if decl.kind == "framework":
        id = decl.head.code or id
    space = _SPACE.get(decl.kind)
    if space is not None:
        first = _clash(made, space, decl.kind, id, name)
        if first is not None:
            words = DECLARATIONS[decl.kind]
            label = Label(first.span, Both("先在这里", "first here"))
            shown = name.zh if decl.tongue is Tongue.ZH else name.en
            found.report("N002", span, kind=Both(words.zh[0], words.en[0]), name=shown, labels=(label,))
            return
    one = Declared(kind=decl.kind, id=id, name=name, span=span, tongue=decl.tongue)
    made.declared.append(one)
    if space is not None:
        for spelled in _spellings(decl.kind, id, name):
            made.spelled.setdefault((space, spelled), one)
    by_kind.setdefault(decl.kind, []).append((id, name, decl))
    made.by_id.setdefault((decl.kind, id), (name, decl))


def _clash(made: Collected, space: str, kind: str, id: str, name: Both) -> Declared | None:
    """What was declared first under one of these spellings; looked up, since a file may repeat thousands."""
    firsts = [first for spelled in _spellings(kind, id, name) if (first := made.spelled.get((space, spelled))) is not None]
    return firsts[0] if firsts else None


def _spellings(kind: str, id: str, name: Both) -> tuple[str, ...]:
    return (id,) if kind == "framework" else tuple(dict.fromkeys((id, fold_name(name.zh), fold_name(name.en))))


def _modules(made: Collected, files: tuple[syn.SyntaxFile, ...], found: DiagnosticSink) -> None:
    versions: dict[str, str] = {}
    for file in files:
        for decl in file.decls:
            named = name_of(decl) if decl.kind == "module" else None
            if named is not None:
                uses = tuple(_use(one) for one in file.decls if one.kind == "use" and name_of(one) is not None)
                made.modules.append(Module(name=named[1], version=decl.head.version or "", uses=uses))
                for spelled in (named[0], named[1].zh, named[1].en):
                    versions[fold_name(spelled)] = decl.head.version or ""
    for file in files:
        for decl in file.decls:
            if decl.kind != "use" or name_of(decl) is None:
                continue
            name, written = _use(decl)
            now = versions.get(fold_name(name))
            if now is None:
                near = nearest(name, versions)
                help = Both(f"是不是“{near}”？", f"did you mean `{near}`?") if near else None
                found.report("N014", name_span(decl), name=name, help=help)
            elif written and now and written != now:
                found.report("N015", name_span(decl), name=name, found=now, written=written)


def _use(decl: syn.Decl) -> tuple[str, str]:
    named = decl.head.zh or decl.head.en
    return (named.text if named else "", decl.head.version or "")


# ---- code lists and readings -------------------------------------------------------------------------------------


def _code_list(id: str, name: Both, decl: syn.Decl, found: DiagnosticSink) -> CodeList:
    entries: list[CodeEntry] = []
    seen: dict[str, tuple[str, Span]] = {}
    for part in decl.parts:
        if not isinstance(part, syn.CodeLine):
            continue
        zh, en = part.zh.text, part.en.text
        for spelled in dict.fromkeys((fold_name(part.code), fold_name(zh or en))):
            first = seen.get(spelled)
            if (first is not None and first[0] != part.code) or (first is not None and spelled == fold_name(part.code)):
                at = part.code_span if spelled == fold_name(part.code) else part.zh.span
                found.report("N002", at, kind=_CODE, name=spelled, labels=(Label(first[1], Both("先在这里", "first here")),))
            seen.setdefault(spelled, (part.code, part.code_span))
        start, end = part.start.value if part.start else None, part.end.value if part.end else None
        if start is not None and end is not None and end < start:
            found.report("T026", part.span, start=str(start), end=str(end))
        entries.append(
            CodeEntry(
                code=part.code,
                name=named(zh or en, en or zh, part.title),
                id=fold_name(en or zh),
                aliases=part.aliases,
                start=start,
                end=end,
            )
        )
    cites = tuple(part.text for part in decl.parts if isinstance(part, syn.Cite))
    labels_only, ordered = (any(True for _ in parts_of(decl, kind)) for kind in ("labels_only", "ordered"))
    return CodeList(id=id, name=name, entries=tuple(entries), labels_only=labels_only, ordered=ordered, cites=cites, doc=doc_of(decl))


_CODE = Both("代码", "code")


def _add_codes(made: Collected, codes: CodeList) -> None:
    made.codes.append(codes)
    for spelled in (codes.id, codes.name.zh, codes.name.en):
        made.names.codes[fold_name(spelled)] = codes


def _reading(id: str, name: Both, decl: syn.Decl, found: DiagnosticSink) -> Reading:
    known = kinds_by_word(WORDS["dates"])
    dates: list[str] = []
    for part in parts_of(decl, "dates"):
        for word, span in zip(part.words, part.word_spans, strict=True):
            kind = known.get(word)
            if kind is None:
                unknown_word(found, "dates", word, span, tuple(known))
            else:
                dates.append(kind[0])
    money = word_of(decl, "money_unit")
    return Reading(
        id=id,
        name=name,
        blank=word_of(decl, "blank") or (),
        not_applicable=word_of(decl, "not_applicable_words") or (),
        pending=word_of(decl, "pending_words") or (),
        dates=tuple(dict.fromkeys(dates)),
        true=word_of(decl, "true_words") or (),
        false=word_of(decl, "false_words") or (),
        money_unit=money[0] if money else None,
        fold_width=word_of(decl, "fold_width") is not None,
    )


def words_known(decl: syn.Decl, part: str, found: DiagnosticSink) -> tuple[str, ...]:
    """The words of a closed vocabulary in the parts of that kind, each once; any other is complained of."""
    known = kinds_by_word(WORDS[part])
    kinds: list[str] = []
    for one in parts_of(decl, part):
        for word, span in zip(one.words, one.word_spans, strict=True):
            if word in known:
                kinds.append(known[word][0])
            else:
                unknown_word(found, part, word, span, tuple(known))
    return tuple(dict.fromkeys(kinds))


def unknown_word(found: DiagnosticSink, part: str, word: str, span: Span, known: tuple[str, ...]) -> None:
    """A word that its part does not know, with the nearest that it does."""
    near = nearest(word, known)
    chinese = [one for one in known if not one.isascii()]
    english = [one for one in known if one.isascii()]
    help = (
        Both(f"是不是“{near}”？", f"did you mean `{near}`?")
        if near
        else Both("可以写：" + "、".join(chinese or english), "it knows: " + ", ".join(english or chinese))
    )
    spelled = PARTS[part]
    found.report("N020", span, part=Both(spelled.zh[0], spelled.en[0]), word=word, help=help)


def _add_reading(made: Collected, reading: Reading) -> None:
    made.readings.append(reading)
    for spelled in (reading.id, reading.name.zh, reading.name.en):
        made.names.readings[fold_name(spelled)] = reading
