"""Runs `guiju test`: compiles the rules, runs their cases and their mutants, and says what the cases miss.

0 all cases hold · 1 a case does not hold, or a rule is below `--min-score` · 2 nothing could be run.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from guiju.commands.author.test_report import is_draft, proof_lines, proof_plain, summary_lines, summary_plain
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.tree import Rule
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import memo_of, read_rules, rule_files, shipped_rules
from guiju.standards.load import load_calendar
from guiju.validators.testing.cases import CaseFile, read_cases
from guiju.validators.testing.coverage import Proof, prove

__all__ = ["TestOptions", "case_files", "read_case_file", "ruleset_for", "run_test"]

_CASES = ".cases.yaml"
# Each round leaves files aside that no longer compile without those left aside before.
_MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOptions:
    """The options of the command."""

    paths: tuple[Path, ...]
    rules: tuple[Path, ...]
    mutants: bool
    min_score: float
    every: bool
    most: int
    json: bool
    color: bool | None


def run_test(options: TestOptions) -> int:
    """The exit code, after everything has been written."""
    paths = options.paths or options.rules or (shipped_rules(),)
    missing = [one for one in paths if not one.exists()]
    if missing:
        eprint(say(f"没有这个文件：{missing[0]}", f"no such file: {missing[0]}"))
        return 2
    broken: set[str] = set()
    ruleset = ruleset_for(paths, options.rules, color=options.color, broken=broken)
    if ruleset is None:
        return 2
    files, whole = _read_all(tuple(one for one in case_files(paths) if not _is_beside(one, broken)), color=options.color)
    whole = whole and not broken
    calendar = load_calendar()
    proofs = tuple(prove(one, ruleset, calendar, mutants=options.mutants) for one in files)
    bare = _without_cases(ruleset, paths, proofs)
    if not proofs and not bare:
        eprint(say("这里没有规则，也没有用例。", "There are no rules and no cases here."))
        return 2
    _write(options, proofs, bare)
    below = [one for one in proofs if one.tried and one.killed < options.min_score * len(one.tried)]
    return 2 if not whole else 1 if below or not all(one.ok for one in proofs) else 0


def _write(options: TestOptions, proofs: tuple[Proof, ...], bare: tuple[Rule, ...]) -> None:
    if options.json:
        drafts, settled = tuple(one for one in proofs if is_draft(one)), tuple(one for one in proofs if not is_draft(one))
        plain = {"rules": [proof_plain(one, TONGUE) for one in proofs], "without_cases": [one.id for one in bare], **summary_plain(settled)}
        plain |= {"drafts": summary_plain(drafts)} if drafts else {}
        put(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", None)
        return
    lines = [line for one in proofs for line in proof_lines(one, TONGUE, every=options.every, most=options.most)]
    lines += summary_lines(proofs, bare, TONGUE, mutants=options.mutants)
    put("\n".join(lines) + "\n", None)


# ---- which files -------------------------------------------------------------------------------------------------------------


def case_files(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files of cases in folders, those named, and those beside rule files named; in a fixed order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob(f"*{_CASES}"))))
        elif path.name.endswith(_CASES):
            found[path] = None
        else:
            beside = path.with_name(path.stem + _CASES)
            found.update({beside: None} if beside.exists() else {})
    return tuple(found)


def read_case_file(path: Path, *, color: bool | None = None) -> CaseFile | None:
    """The cases of a file; None after saying on stderr what is wrong with it."""
    source, _, faults = decode_bytes(path.read_bytes(), path.as_posix())
    if source is None:
        print_diagnostics(faults, {}, color=color)
        return None
    file, found = read_cases(source)
    print_diagnostics(found, {source.name: source}, color=color)
    if file is None:
        eprint(say(f"{path}：要有 rule 和 cases 两项", f"{path}: a file of cases has `rule` and `cases`"))
    return file


def _read_all(paths: tuple[Path, ...], *, color: bool | None) -> tuple[tuple[CaseFile, ...], bool]:
    read = [read_case_file(path, color=color) for path in paths]
    return tuple(one for one in read if one is not None), None not in read


def _targets(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The rule files that are tested: those named, in folders named, or beside cases named."""
    found: list[Path] = []
    for path in paths:
        if path.name.endswith(_CASES):
            beside = path.with_name(path.name.removesuffix(_CASES) + ".gj")
            found += [beside] if beside.exists() else []
        else:
            found += rule_files([path])
    return tuple(dict.fromkeys(one.resolve() for one in found))


def _without_cases(ruleset: Ruleset, paths: tuple[Path, ...], proofs: tuple[Proof, ...]) -> tuple[Rule, ...]:
    proved = {one.rule.id for one in proofs if one.rule is not None}
    targets = {_name(one) for one in _targets(paths)}
    bare = {one.id: one for one in ruleset.rules if not one.implicit and one.source[0] in targets and one.id not in proved}
    return tuple(bare.values())


def _name(file: Path) -> str:
    """A rule file as rules name their source."""
    try:
        return file.relative_to(shipped_rules().resolve()).as_posix()
    except ValueError:
        return file.as_posix()


# ---- the ruleset -------------------------------------------------------------------------------------------------------------


def _is_beside(cases: Path, broken: set[str]) -> bool:
    """Whether a file of cases is about a rule file that does not compile."""
    return _name(cases.with_name(cases.name.removesuffix(_CASES) + ".gj").resolve()) in broken


_ALONE = "What is declared here the shipped rules declare too, so the rules here are compiled without them."


def _declared_elsewhere(diagnostics: tuple[Diagnostic, ...], here: set[str]) -> bool:
    """Whether something is declared here and in another file."""
    twice = [one for one in diagnostics if one.code in ("N002", "N026")]
    return any(one.span.file in here and any(label.span.file not in here for label in one.labels) for one in twice)


def ruleset_for(paths: tuple[Path, ...], rules: tuple[Path, ...], *, color: bool | None, broken: set[str] | None = None) -> Ruleset | None:
    """The rules to test with; None after saying why there are none.

    Files that do not compile are left aside: one author's slip does not stop the others. Of those under test what is wrong is
    said, and their names are put into `broken`; without it they stop the test. Rules that declare what the shipped ones declare
    too stand on their own.
    """
    targets = _targets(paths)
    around = [one for path in rules or (shipped_rules(),) for one in rule_files([path])]
    beside = [one.resolve() for path in targets if not rules for one in rule_files([path.parent])]
    files = list(dict.fromkeys(one.resolve() for one in (*around, *beside, *targets)))
    aside = 0
    for _ in range(_MOST_ROUNDS):
        try:
            compiled = read_rules(files, memo_of(dict(os.environ)))
        except OSError as error:
            eprint(say(f"规则文件打不开：{error.filename}", f"cannot open the rule file {error.filename}") + f" ({error.strerror})")
            return None
        if compiled.ruleset is not None:
            if aside:
                eprint(say(f"有 {aside} 个规则文件通不过编译，没有用上。", f"rule files that do not compile and were left aside: {aside}."))
            return compiled.ruleset
        faulty = {one.span.file for one in compiled.diagnostics if one.level is Level.ERROR}
        own = {_name(one) for one in targets}
        alone = [one for one in files if _name(one) in own or one in beside]
        if not rules and len(alone) < len(files) and _declared_elsewhere(compiled.diagnostics, {_name(one) for one in alone}):
            eprint(say("这里声明了随附规则里已有的名称，所以不与随附规则一起编译。", _ALONE))
            files = alone
            continue
        wrong = faulty - own
        if not wrong:
            if broken is None or len(own - broken - faulty) == 0:
                break
            told = tuple(one for one in compiled.diagnostics if one.level is Level.ERROR)
            print_diagnostics(told, compiled.sources, color=color)
            broken |= faulty
            files = [one for one in files if _name(one) not in faulty]
            continue
        left = [one for one in files if _name(one) not in wrong]
        aside += len(files) - len(left)
        files = left
    print_diagnostics(tuple(one for one in compiled.diagnostics if one.level is Level.ERROR), compiled.sources, color=color)
    return None
