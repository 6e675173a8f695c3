"""What `guiju lint` does: draw what is said of each file, count it, and mend what may be mended.

0 nothing worse than hints · 1 errors or warnings · 2 a file could not be read or written.
"""

import json
from collections import Counter
from pathlib import Path

from guiju.author.lint import lint, mend, rules_in
from guiju.commands.shared.rule_texts import RuleText, read_texts, write_in_place
from guiju.commands.shared.vocabulary_files import context_of
from guiju.commands.terminal.terminal import colours, eprint, put, spoken_of, terminal_width, written_in
from guiju.commands.terminal.tongue import CHOSEN, TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.render import draw_all
from guiju.diagnostics.source import Source
from guiju.dsl.compile import Memo
from guiju.standards.load import load_registry
from guiju.terms.tongue import Both

__all__ = ["run_lint"]


def run_lint(
    paths: list[Path],
    *,
    rules: tuple[Path, ...],
    add_rules: tuple[Path, ...],
    fix: bool,
    unsafe: bool,
    hints: bool,
    form: str,
    color: bool | None,
) -> int:
    """The exit code, after everything has been written."""
    texts, whole = read_texts(paths, color=color)
    if not texts:
        return 2
    try:
        others = context_of(texts, rules, add_rules)
    except OSError as error:
        eprint(say(f"规则文件打不开：{error.filename}", f"cannot open the rule file {error.filename}") + f" ({error.strerror})")
        return 2
    files = tuple(one.source for one in texts)
    memo: Memo = {}
    if fix:
        made = mend(files, others, load_registry(), unsafe=unsafe)
        whole = _write_back(texts, made.files) and whole
        eprint(say(f"改了 {made.done} 处。", f"{made.done} mended."))
        files, found = made.files, made.diagnostics
    else:
        found = lint(files, others, load_registry(), memo=memo)
    shown = tuple(one for one in found if hints or one.level is not Level.HINT)
    put(_written(shown, (*others, *files), form, color), None)
    if not fix and any(one.fix is not None for one in shown) and form == "text":
        eprint(say("加 --fix 可以改掉其中有把握的。", "With --fix, those that are safe are mended."))
    if not shown and form == "text":
        eprint(_nothing(rules_in(files, memo)).say(TONGUE if CHOSEN else written_in(files[0])))
    return 2 if not whole else 1 if any(one.level is not Level.HINT for one in found) else 0


def _nothing(rules: int) -> Both:
    return Both(f"没有发现问题（{rules} 条规则）。", f"Nothing is wrong ({rules} {'rule' if rules == 1 else 'rules'}).")


def _write_back(texts: tuple[RuleText, ...], files: tuple[Source, ...]) -> bool:
    whole = True
    for before, after in zip(texts, files, strict=True):
        if before.path is not None and before.source.text != after.text:
            whole = write_in_place(before.path, after.text) and whole
    return whole


def _written(found: tuple[Diagnostic, ...], sources: tuple[Source, ...], form: str, color: bool | None) -> str:
    by_name = {one.name: one for one in sources}
    match form:
        case "json":
            return json.dumps([_plain(one, by_name) for one in found], ensure_ascii=False, indent=2) + "\n"
        case "statistics":
            counts = sorted(Counter(one.code for one in found).items(), key=lambda pair: (-pair[1], pair[0]))
            return "".join(f"{count:>6}  {code} {TABLE[code].slug}\n" for code, count in counts)
        case _:
            drawn = draw_all(found, by_name, tongue=lambda one: spoken_of(one, by_name), colour=colours(color), width=terminal_width())
            return f"{drawn}\n" if drawn else ""


def _plain(one: Diagnostic, sources: dict[str, Source]) -> dict[str, object]:
    line, column = sources[one.span.file].line_column(one.span.start)
    tongue = spoken_of(one, sources)
    return {
        "code": one.code,
        "slug": one.slug,
        "level": one.level.value,
        "file": one.span.file,
        "line": line,
        "column": column,
        "message": one.headline(tongue),
        "help": one.help.say(tongue) if one.help is not None else None,
        "fix": one.fix.safety.value if one.fix is not None else None,
    }
