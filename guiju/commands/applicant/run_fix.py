"""Runs `guiju fix`: reads, corrects a copy, reads the copy again, and only then writes it.

0 written, or nothing to correct · 1 there is something to correct and nothing was written · 2 it could not be done.
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from guiju.catalog.formats import REMOTE, find_format
from guiju.catalog.read import read
from guiju.catalog.records.model import Submission
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import colours, eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import MOST_BYTES
from guiju.forms.annotate.reading_account import spot
from guiju.forms.files.words import WORDS
from guiju.forms.fix.mended_copy import MENDABLE, Mended, Mending, NotMended, mended_copy, unmendable_words
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both, counted

__all__ = ["FixOptions", "run_fix"]

_AT_SOURCE = Both("数据库和门户只读不改，请在原处改", "databases and portals are only read; mend it at its source")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions:
    """The options of the command."""

    file: str
    output: Path | None
    diff: bool
    unsafe: bool
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    kind: str | None
    encoding: str | None
    stdin_name: str
    color: bool | None


def run_fix(options: FixOptions) -> int:
    """Runs the command and returns its exit code."""
    fault = _fault_of(options)
    if fault is not None:
        eprint(fault)
        return 2
    ruleset = rules_or_complain(options.rules, options.add_rules, color=options.color)
    if ruleset is None:
        return 2
    stdin = sys.stdin.buffer.read(MOST_BYTES + 1) if options.file == "-" else None
    submission = _read(options, ruleset.vocabulary, (options.file,), stdin)
    print_diagnostics(submission.diagnostics, {one.name: one for one in submission.sources}, color=options.color)
    if not submission.records or any(one.level is Level.ERROR for one in submission.diagnostics):
        eprint(say("没有读通，不改。", "It was not read whole, so nothing is mended."))
        return 2
    data = stdin if stdin is not None else Path(options.file).read_bytes()
    [given] = submission.inputs
    format = find_format(given.file, data) or given.format
    if format not in MENDABLE:
        eprint(unmendable_words(given.file, format).say(TONGUE))
        return 2
    if hashlib.sha256(data).hexdigest() != given.sha256:
        eprint(say("文件在读的时候变了，请再试一次。", "The file changed while it was read; try again."))
        return 2
    how = Mending(
        stamp=today(),
        tongue=TONGUE,
        unsafe=options.unsafe,
        to=None if options.output is None else str(options.output),
        kind=options.kind,
        encoding=options.encoding,
        paint=_paint if colours(None) else str,
    )
    try:
        return _hand_over(options, mended_copy(data, given, submission, ruleset.vocabulary, how))
    except NotMended as none:
        eprint(none.words.say(TONGUE))
        return 2


def _fault_of(options: FixOptions) -> str | None:
    if ":" in options.file and options.file.partition(":")[0] in REMOTE:
        return say(f"{_AT_SOURCE.zh}。", f"{_AT_SOURCE.en}.")
    if options.file != "-" and Path(options.file).is_dir():
        return say("一次改一个文件。", "One file is mended at a time.")
    return None


def _read(options: FixOptions, vocabulary: Vocabulary, files: tuple[str, ...], stdin: bytes | None) -> Submission:
    return read(files, vocabulary, encoding=options.encoding, kind=options.kind, stdin=stdin, stdin_name=options.stdin_name)


def _paint(line: str) -> str:
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line


def _hand_over(options: FixOptions, mended: Mended) -> int:
    for one in mended.left[:20]:
        where = f"{spot(one.place)} {one.note.raw}"
        eprint(say(f"没有改（原处写的不是这个值）：{where}", f"not mended (its place holds something else): {where}"))
    if not mended.done:
        eprint(say("没有可以改的。", "There is nothing to mend."))
        return 0
    if options.diff or options.output is None:
        put(mended.diff, None)
    safe = sum(1 for one in mended.done if one.safe)
    if options.output is None:
        eprint(say(f"可以改 {len(mended.done)} 处；用 -o 写出副本。", f"{len(mended.done)} things can be mended; write the copy with -o."))
        return 1
    put(mended.data, options.output)
    if mended.lost:
        parts = ("、" if TONGUE == "zh" else ", ").join(part.say(TONGUE) for part in mended.lost)
        eprint(WORDS["copy_lost"].say(TONGUE).format(what=parts))
    unsure = len(mended.done) - safe
    asked = say(f"，其中 {unsure} 处请人核对", f", of which {unsure} need looking at") if unsure else ""
    eprint(
        say(
            f"{options.output}：改了 {len(mended.done)} 处{asked}。",
            f"{options.output}: {counted(len(mended.done), 'thing')} mended{asked}.",
        )
    )
    return 0
