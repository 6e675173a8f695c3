"""The rule texts that an editor works on: open ones as they stand in it, the others from the disk, the shipped ones around them.

A `Snapshot` is what the compiler says of all of them at one moment. It is made when it is asked for, and only what changed is
parsed and checked again.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from guiju.author.lint import beside_compiling
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.compile import Memo, compile_model
from guiju.dsl.ir.passes import run_passes
from guiju.dsl.ir.tree import Rule
from guiju.dsl.model.check_memo import CheckMemo
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.ruleset import LANGUAGE_VERSION, Ruleset
from guiju.dsl.syntax.from_text import Memo as ChunkMemo
from guiju.dsl.syntax.from_text import parse_cached
from guiju.dsl.syntax.tree import SyntaxFile
from guiju.language_server.names import NameIndex
from guiju.standards.registry import Registry

__all__ = ["RuleWorkspace", "Snapshot"]

_MOST_BYTES = 4_000_000
_MOST_FILES = 20_000


class Snapshot:
    """All texts, their trees, the checked model and what is wrong, as of one moment; `own` are the texts of the author, the others
    came with the package."""

    def __init__(
        self,
        *,
        sources: dict[str, Source],
        trees: dict[str, SyntaxFile],
        model: CheckedModel,
        diagnostics: tuple[Diagnostic, ...],
        registry: Registry,
        own: frozenset[str],
    ) -> None:
        self.sources = sources
        self.trees = trees
        self.model = model
        self.diagnostics = diagnostics
        self.registry = registry
        self.own = own

    @cached_property
    def by_file(self) -> dict[str, list[Diagnostic]]:
        """What is wrong, by file."""
        found: dict[str, list[Diagnostic]] = {}
        for one in self.diagnostics:
            found.setdefault(one.span.file, []).append(one)
        for said in found.values():
            said.sort(key=lambda one: (one.span.start, one.span.end))
        return found

    @cached_property
    def ruleset(self) -> Ruleset:
        """The rules that have no fault, as pages about them ask for them; terms are not written out, and nothing is sealed."""
        return self._of(tuple(one.rule for one in self.model.rules))

    def rules_of(self, files: frozenset[str]) -> Ruleset:
        """The rules of these files and those to which they yield, ready to be run."""
        wanted = {one.rule.id: one.rule for one in self.model.rules if one.span.file in files and not one.rule.implicit}
        waiting = [id for one in wanted.values() for id in one.yields_to]
        by_id = {one.rule.id: one.rule for one in self.model.rules}
        while waiting:
            id = waiting.pop()
            if id not in wanted and id in by_id:
                wanted[id] = by_id[id]
                waiting += by_id[id].yields_to
        versions = tuple(one.rule for one in self.model.rules if one.rule.id in wanted)
        return self._of(run_passes(versions, self.model.terms, self.model.tables, self.model.parameters))

    def _of(self, rules: tuple[Rule, ...]) -> Ruleset:
        model = self.model
        return Ruleset(
            rules=rules,
            judged=model.judged,
            parameters=model.parameters,
            vocabulary=model.vocabulary,
            frameworks=model.frameworks,
            terms=(),
            language_version=LANGUAGE_VERSION,
            registry_date=self.registry.as_of,
            registry_digest=self.registry.digest,
            sources=(),
            profiles=model.profiles,
        )

    @cached_property
    def names(self) -> NameIndex:
        """Where every name is declared and used."""
        return NameIndex(self.model, self.trees)


class RuleWorkspace:
    """The texts and the latest snapshot of them. Names of texts are paths with forward slashes."""

    def __init__(self, registry: Registry, shipped: tuple[Source, ...] = ()) -> None:
        self.registry = registry
        self.shipped = shipped
        self.saved: dict[str, Source] = {}
        self.open: dict[str, Source] = {}
        self._parsed: Memo = {}
        self._checked = CheckMemo()
        self._chunks: dict[str, ChunkMemo] = {}
        self._latest: Snapshot | None = None
        self._last: Snapshot | None = None

    def add_folder(self, folder: Path) -> None:
        """The rule files of a folder and of those below it; links are not followed, and there are limits to size and number."""
        for path in sorted(_rule_files(folder)):
            self.reload(path)

    def reload(self, path: Path) -> None:
        """A file as it now is on the disk; one that is gone or cannot be read as text is left out."""
        name = path.as_posix()
        try:
            text = path.read_bytes()[: _MOST_BYTES + 1].decode("utf-8-sig") if path.stat().st_size <= _MOST_BYTES else None
        except (OSError, UnicodeDecodeError):
            text = None
        if text is None:
            self.saved.pop(name, None)
        else:
            self.saved[name] = Source(name, text.replace("\r\n", "\n"))
        self._latest = None

    def put(self, name: str, text: str) -> None:
        """A text as it stands in the editor."""
        self.open[name] = Source(name, text)
        self._latest = None

    def close(self, name: str) -> None:
        """The editor lets go of a text; what is on the disk counts again."""
        self.open.pop(name, None)
        self._latest = None

    def snapshot(self) -> Snapshot:
        """What is said of all texts now."""
        if self._latest is None:
            own = {**self.saved, **self.open}
            sources = (*self._around(own), *own.values())
            model, trees, found = compile_model(sources, self.registry, memo=self._parsed, checked=self._checked)
            self._forget(sources)
            self._latest = Snapshot(
                sources={one.name: one for one in sources},
                trees={one.name: one for one in trees},
                model=model,
                diagnostics=(*found, *beside_compiling(model, tuple(own.values()))),
                registry=self.registry,
                own=frozenset(own),
            )
            self._last = self._latest
        return self._latest

    def while_typing(self, name: str) -> Snapshot:
        """Like `snapshot`, for questions that come with every keystroke: this text as it now is, the model as it last was."""
        if self._latest is not None or self._last is None or name not in self.open:
            return self.snapshot()
        source = self.open[name]
        tree, _ = parse_cached(source, self._chunks.setdefault(name, {}))
        last = self._last
        return Snapshot(
            sources={**last.sources, name: source},
            trees={**last.trees, name: tree},
            model=last.model,
            diagnostics=last.diagnostics,
            registry=last.registry,
            own=last.own | {name},
        )

    def _around(self, own: dict[str, Source]) -> Iterable[Source]:
        """The shipped texts, unless the author works on them himself."""
        return (one for one in self.shipped if not any(name.endswith(f"/rules/{one.name}") for name in own))

    def _forget(self, sources: tuple[Source, ...]) -> None:
        """Trees of texts that are no more are let go of once they are many."""
        if len(self._parsed) > 2 * len(sources) + 1000:
            self._parsed.clear()


def _rule_files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.rglob("*.gj"):
        if len(found) >= _MOST_FILES:
            break
        if not path.is_symlink() and path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            found.append(path)
    return found
