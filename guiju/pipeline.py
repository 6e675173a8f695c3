"""The table of contents: every arrow in order, by name; read this file first.

    read ─▶ compile (lex, parse, check, lower, seal) ─▶ validate (plan, run, judge) ─▶ report ─▶ write

This module alone knows all folders below it. It touches files and the cache; the clock, the environment and the terminal belong to
the commands above it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import guiju
from guiju.catalog.records.model import Input, Submission
from guiju.catalog.streams.stream import NotAStream, RecordStream
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.ruleset import LANGUAGE_VERSION, Ruleset, RulesetFault
from guiju.dsl.ruleset_cache import from_cache, to_cache
from guiju.reports.from_findings import report_of
from guiju.reports.model import Provenance, Report
from guiju.reports.titles import titles_of
from guiju.standards.own.own_records import own_records
from guiju.store.cache import Cache, digest_of
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.progress import Progress
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Tongue
from guiju.validators.engines.engine import Engine
from guiju.validators.findings.model import Finding, Tally
from guiju.validators.findings.waivers import Waiver, apply_waivers, waived_tally
from guiju.validators.validate import Outcome, validate

# From so many records on, writing the checker costs less than it saves (benchmarks/bench_engines.py).
_GENERATED_FROM = 60
# The sealed form, kept by earlier ones under `ruleset`, is another.
_KIND = "kept-ruleset"
_PACKAGE = os.path.dirname(guiju.__file__)
_OURS = os.path.join(_PACKAGE, "")
_REGISTRY = os.path.join(_PACKAGE, "standards", "registry.json")
# What makes a ruleset out of rule texts: while somebody works on it, it differs without being another version.
_COMPILER = tuple(os.path.join(_PACKAGE, name) for name in ("diagnostics", "dsl", "standards", "terms"))

__all__ = ["Compiled", "NothingRead", "check", "check_lines", "check_submission", "memo_of", "read_rules", "rule_files", "shipped_rules"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What came of some rule files: the ruleset, unless there were errors, and everything said about the text."""

    ruleset: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]


def memo_of(environ: dict[str, str]) -> Cache:
    """The cache of this user: GUIJU_CACHE (empty: none), else XDG_CACHE_HOME, else the home's cache folder."""
    if "GUIJU_CACHE" in environ:
        return Cache(Path(environ["GUIJU_CACHE"]) if environ["GUIJU_CACHE"] else None)
    base = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME", ""), ".cache")
    return Cache(Path(base) / "guiju" if os.path.isabs(base) else None)


def shipped_rules() -> Path:
    """The folder of the rules that come with this package."""
    return Path(guiju.__file__).parent / "rules"


def rule_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The rule files named, and those in the folders named, in a fixed order."""
    return tuple(map(Path, _names(paths)))


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in paths:
        # Compared part by part, as paths are.
        names = sorted(_below(str(path), ".gj"), key=lambda name: name.split(os.sep)) if path.is_dir() else [str(path)]
        found.update(dict.fromkeys(names))
    return tuple(found)


def _below(folder: str, suffix: str) -> Iterator[str]:
    """The files of that suffix in a folder and in those below it; links to folders are not followed."""
    # Hundreds of names are looked at in every run: as objects they took three times as long.
    try:
        entries = list(os.scandir(folder))
    except PermissionError:
        return
    for entry in entries:
        name = entry.name if folder == os.curdir else entry.path
        if entry.name.endswith(suffix):
            yield name
        if entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            yield from _below(name, suffix)


def read_rules(paths: Iterable[Path], memo: Cache) -> Compiled:
    """Arrows 1 to 6: rule files in, a sealed ruleset out; from the cache when nothing has changed.

    Raises OSError for a file that cannot be opened.
    """
    names = _names(paths)
    # Files of the package that look untouched are not read again, nor is anything compiled; an author's own are known by content
    # alone: size and times can be set back. Reading the shipped 700 would take thirty milliseconds, looking at them takes three.
    here = os.getcwd()
    compiler = [_REGISTRY, *own_records(), *(name for folder in _COMPILER for name in sorted(_below(folder, ".py")))]
    files = [*compiler, *(os.path.join(here, name) for name in names)]
    # Read once: what is compiled is what was looked at.
    own = {file: Path(file).read_bytes() for file in files if not file.startswith(_OURS)}
    looks = digest_of(
        [guiju.__version__.encode(), *map(os.fsencode, files), *(own[file] if file in own else _look(file) for file in files)]
    )
    seen = memo.load("ruleset-look", looks)
    if seen is not None and (known := _kept(memo, seen.decode())) is not None:
        return Compiled(ruleset=known, diagnostics=(), sources={})
    read = ((Path(name), own.get(os.path.join(here, name))) for name in names)
    texts = [(_shown(file), file.read_bytes() if data is None else data) for file, data in read]
    digest = digest_of(
        [
            guiju.__version__.encode(),
            LANGUAGE_VERSION.encode(),
            *(Path(name).read_bytes() for name in compiler),
            *(part for name, data in texts for part in (name.encode(), data)),
        ]
    )
    memo.save("ruleset-look", looks, digest.encode())
    known = _kept(memo, digest)
    if known is not None:
        return Compiled(ruleset=known, diagnostics=(), sources={})
    compiled = _compile(texts)
    if compiled.ruleset is not None and not any(one.level is Level.WARNING and one.code[0] != "H" for one in compiled.diagnostics):
        kept = to_cache(compiled.ruleset)
        if kept is not None:
            memo.save(_KIND, digest, kept)
    return compiled


class NothingRead(ValueError):
    """There was nothing to check, or the rules do not compile; `diagnostics` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(f"{one.code} {one.headline(Tongue.EN)}" for one in diagnostics[:5]) or "there was nothing to check")
        self.diagnostics = diagnostics


def check(
    *files: str | os.PathLike[str],
    as_of: date,
    profile: str | None = None,
    kind: str | None = None,
    add_rules: Iterable[str | os.PathLike[str]] = (),
) -> Report:
    """What `guiju check` finds in files and folders, for a program that embeds it. Raises NothingRead.

    `as_of` is the day where the material does not name its own; `profile` and `kind` are ids or names, found out where not given.
    """
    from guiju.catalog.read import read
    from guiju.standards.load_tables import load_calendar

    compiled = read_rules([shipped_rules(), *map(Path, add_rules)], memo_of(dict(os.environ)))
    if compiled.ruleset is None:
        raise NothingRead(compiled.diagnostics)
    submission = read(files, compiled.ruleset.vocabulary, kind=kind)
    if not submission.records:
        raise NothingRead(submission.diagnostics)
    day = submission.submitted or as_of
    return check_submission(compiled.ruleset, submission, as_of=day, calendar=load_calendar(), profile=profile)


def check_submission(
    ruleset: Ruleset,
    submission: Submission,
    *,
    as_of: date,
    calendar: Calendar,
    show_passed: bool = False,
    waivers: Sequence[Waiver] | None = None,
    engine: str = "auto",
    memo: Cache | None = None,
    progress: Progress | None = None,
    profile: str | None = None,
) -> Report:
    """Arrows 7 to 10: a sealed ruleset and a submission in, a report out; the same whatever the engine.

    With `memo` only what can have changed since these inputs were last checked is judged again.
    """
    written = any(one.shape == "written_document" for one in submission.records)
    submission = _with_standings(submission, as_of) if written else submission
    run_by = _engine(engine, len(submission.records) + (_elements(submission) if written else 0))
    if memo is not None:
        names = "\0".join(os.path.abspath(one.file) for one in submission.inputs)
        from guiju.store.incremental import Incremental

        run_by = Incremental(memo, names, guiju.__version__, run_by)
    outcome = validate(
        ruleset,
        submission,
        as_of=as_of,
        calendar=calendar,
        show_passed=show_passed,
        engine=run_by,
        progress=progress,
        profile=profile,
    )
    judged, tally = _without_unread(outcome, submission) if written else (outcome.findings, outcome.tally)
    findings, told = apply_waivers(judged, waivers or (), as_of, plan=outcome.plan, records=submission.records)
    return report_of(
        ruleset,
        findings,
        waived_tally(tally, findings),
        provenance=provenance_of(ruleset, calendar, as_of),
        inputs=submission.inputs,
        diagnostics=submission.diagnostics,
        headers=submission.headers,
        waivers=None if waivers is None else told,
        taken=outcome.taken,
        titles=titles_of(outcome.plan, submission.records, calendar),
    )


def check_lines(
    ruleset: Ruleset,
    inputs: Sequence[RecordStream],
    *,
    as_of: date,
    calendar: Calendar,
    kind: str | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
    on: str | None = None,
    keys: int | None = None,
    profile: str | None = None,
) -> Report | None:
    """The report that `check_submission` gives of these inputs, out of a pass over their lines; None where they must be read whole.

    Beyond so many `keys` of rules that look beyond one record, keys go to a disk. RunFailed as `validate_stream`.
    """
    from guiju.validators.engines.joins.operators import KEYS
    from guiju.validators.streaming.faults import NotStreamable
    from guiju.validators.validate_stream import validate_stream

    try:
        digests = [one.digest() for one in inputs]
        found = validate_stream(
            ruleset,
            inputs,
            as_of=as_of,
            calendar=calendar,
            workers=workers,
            kind=kind,
            progress=progress,
            on=on,
            keys=KEYS if keys is None else keys,
            profile=profile,
        )
    except (NotStreamable, NotAStream, OSError):
        return None
    if not all(found.subjects):
        return None  # whoever reads it whole also says why there is nothing
    held = zip(inputs, digests, found.subjects, strict=True)
    return report_of(
        ruleset,
        found.outcome.findings,
        found.outcome.tally,
        provenance=provenance_of(ruleset, calendar, as_of),
        inputs=tuple(_input(one, digest, subjects) for one, digest, subjects in held),
        diagnostics=found.diagnostics,
        headers=found.headers,
        taken=found.outcome.taken,
    )


def _input(one: RecordStream, digest: tuple[str, int], subjects: tuple[tuple[str, int], ...]) -> Input:
    sha256, size = digest
    return Input(file=one.name, sha256=sha256, format=one.format, encoding=one.encoding, subjects=subjects, size=size)


def _with_standings(submission: Submission, as_of: date) -> Submission:
    """The submission, the citations of its documents told apart by the registry."""
    from guiju.validators.cited import with_standings

    return with_standings(submission, as_of)


def _without_unread(outcome: Outcome, submission: Submission) -> tuple[tuple[Finding, ...], Tally]:
    """What was found, without what a text is held to have left out only because nobody read it there."""
    from guiju.validators.unread import records_of_documents, without_unread

    return without_unread(outcome.findings, outcome.tally, records_of_documents(submission.records))


def _elements(submission: Submission) -> int:
    """What the lists of documents hold, as so many records: an element is judged by some twenty rules, a record by hundreds."""
    held = (len(value) for one in submission.records for value in one.value.values() if isinstance(value, list))
    return sum(held) // 20


def _engine(name: str, records: int) -> Engine | None:
    """The engine of that name; None is the interpreter, which for few records is done before a checker is written."""
    if name == "interpreter" or (name == "auto" and records < _GENERATED_FROM):
        return None
    from guiju.validators.engines.compiled.run import CompiledEngine

    return CompiledEngine()


def provenance_of(ruleset: Ruleset, calendar: Calendar, as_of: date) -> Provenance:
    """Versions and digests of everything that a verdict rests on."""
    return Provenance(
        package=guiju.__version__,
        language=ruleset.language_version,
        ruleset=ruleset.digest,
        registry_date=ruleset.registry_date.isoformat(),
        registry=ruleset.registry_digest,
        calendar=_calendar_digest(calendar),
        as_of=as_of,
    )


def _compile(texts: list[tuple[str, bytes]]) -> Compiled:
    sources: dict[str, Source] = {}
    faults: list[Diagnostic] = []
    for name, data in texts:
        source, _, complaints = decode_bytes(data, name)
        faults += complaints
        if source is not None:
            sources[name] = source
    if len(sources) < len(texts):
        return Compiled(ruleset=None, diagnostics=tuple(faults), sources=sources)
    # The compiler and the registry are loaded only when something must be compiled: a run on a kept ruleset never needs it.
    from guiju.dsl.compile import compile_rules
    from guiju.standards.load import load_registry

    ruleset, diagnostics = compile_rules(tuple(sources.values()), load_registry())
    return Compiled(ruleset=ruleset, diagnostics=(*faults, *diagnostics), sources=sources)


def _look(file: str) -> bytes:
    """Marks that cannot be the same of a file that was changed: ctime is among them, which no program sets back."""
    status = os.stat(file)
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}".encode()


def _kept(memo: Cache, digest: str) -> Ruleset | None:
    kept = memo.load(_KIND, digest)
    try:
        return None if kept is None else from_cache(kept)
    except RulesetFault:
        return None  # a cache is only a copy: what is damaged is made anew


def _calendar_digest(calendar: Calendar) -> str:
    days = (",".join(sorted(day.isoformat() for day in group)) for group in (calendar.off, calendar.work))
    return digest_of([",".join(map(str, calendar.years)).encode(), *(part.encode() for part in days)])


def _shown(file: Path) -> str:
    """The name under which messages speak of a rule file: below the shipped rules by its place there."""
    try:
        return file.resolve().relative_to(shipped_rules()).as_posix()
    except ValueError:
        return file.as_posix()
