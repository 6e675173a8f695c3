"""What is wrong or seldom meant in rule files, and the files with what can be mended mended.

The faults are the compiler's; here they are kept to the files asked about, and the edits of their fixes are carried out.
"""

from dataclasses import dataclass

from guiju.author.lint_patterns import pattern_faults
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic, Edit, Safety
from guiju.diagnostics.source import Source
from guiju.dsl.compile import Memo, compile_model
from guiju.dsl.model.guidance.check_guidance import unguided
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.syntax.from_text import parse
from guiju.standards.registry import Registry

__all__ = ["Mended", "beside_compiling", "lint", "mend", "rules_in"]

_MOST_ROUNDS = 8
_GRAVITY = (Level.ERROR, Level.WARNING, Level.HINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The files after mending, how many fixes were carried out, and what is still said of them."""

    files: tuple[Source, ...]
    done: int
    diagnostics: tuple[Diagnostic, ...]


def lint(files: tuple[Source, ...], around: tuple[Source, ...], registry: Registry, *, memo: Memo | None = None) -> tuple[Diagnostic, ...]:
    """Everything said of these files among the others, in the order of files and places."""
    model, _, found = compile_model((*around, *files), registry, memo=memo)
    order = {one.name: at for at, one in enumerate(files)}
    said = [one for one in (*found, *beside_compiling(model, files)) if one.span.file in order]
    return tuple(sorted(said, key=lambda one: (order[one.span.file], one.span.start, one.span.end)))


def beside_compiling(model: CheckedModel, files: tuple[Source, ...]) -> tuple[Diagnostic, ...]:
    """What lint says of a checked model beside what the compiler says: shapes without guidance, patterns that cannot be."""
    fields = frozenset(f"{shape.id}.{field.id}" for shape in model.vocabulary.shapes for field in shape.fields)
    return (*unguided(model), *pattern_faults(files, fields))


def rules_in(files: tuple[Source, ...], memo: Memo) -> int:
    """How many rules these files declare; what was parsed before is not parsed again."""
    trees = {name: tree for (name, _), (tree, _) in memo.items()}
    return sum(1 for one in files for decl in (trees.get(one.name) or parse(one)[0]).decls if decl.kind == "rule")


def mend(files: tuple[Source, ...], around: tuple[Source, ...], registry: Registry, *, unsafe: bool) -> Mended:
    """The files with every safe fix carried out, with `unsafe` those too that may change the meaning.

    A round of fixes that brings more errors than it mends is taken back, and mending stops there.
    """
    memo: Memo = {}
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    found = lint(files, around, registry, memo=memo)
    done = 0
    for _ in range(_MOST_ROUNDS):
        fixes = tuple(one for one in found if one.fix is not None and one.fix.safety in allowed)
        changed, count = _carried_out(files, fixes)
        if not count:
            break
        after = lint(changed, around, registry, memo=memo)
        if _errors(after) > _errors(found):
            break
        files, found, done = changed, after, done + count
    return Mended(files=files, done=done, diagnostics=found)


def _errors(found: tuple[Diagnostic, ...]) -> int:
    return sum(1 for one in found if one.level is Level.ERROR)


def _carried_out(files: tuple[Source, ...], found: tuple[Diagnostic, ...]) -> tuple[tuple[Source, ...], int]:
    """The files after those fixes that touch no place twice; gravest first, so that a hint never stands in an error's way."""
    taken: dict[str, list[Edit]] = {one.name: [] for one in files}
    count = 0
    for one in sorted(found, key=lambda one: (_GRAVITY.index(one.level), one.span.start)):
        edits = one.fix.edits if one.fix is not None else ()
        if edits and all(edit.span.file in taken and _is_free(edit, taken[edit.span.file]) for edit in edits):
            for edit in edits:
                taken[edit.span.file].append(edit)
            count += 1
    return tuple(Source(one.name, _edited(one.text, taken[one.name])) for one in files), count


def _is_free(edit: Edit, others: list[Edit]) -> bool:
    return all(edit.span.end < one.span.start or one.span.end < edit.span.start for one in others)


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda one: one.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
