"""`--annotate`: each input given back as a marked copy; the suffix of the output chooses its form, and the original is only read.

Several inputs go to a folder. Word of what a copy may lack goes to stderr.
"""

import hashlib
from pathlib import Path

from guiju.catalog.records.model import Input, Submission
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.forms.annotate.marked_copy import BOOKS, OWN_FORM, marked_copy, marking_of
from guiju.reports.model import Report
from guiju.terms.tongue import Tongue

__all__ = ["annotate", "annotate_fault"]


def annotate_fault(to: Path, files: tuple[str, ...]) -> str | None:
    """Why no copy can be written there; None where it can."""
    if _is_folder(to, files):
        return None
    if to.suffix.lower() not in (*BOOKS, *(one for suffixes in OWN_FORM.values() for one in suffixes)):
        return say(f"标注副本的后缀应是 .xlsx，或与原件相同：{to}", f"a marked copy ends in .xlsx or in the suffix of the original: {to}")
    return None


def _is_folder(to: Path, files: tuple[str, ...]) -> bool:
    return to.is_dir() or len(files) > 1 or any(Path(file).is_dir() for file in files)


def annotate(
    report: Report,
    submission: Submission,
    to: Path,
    files: tuple[str, ...],
    stdin: bytes | None,
    *,
    tongue: Tongue = TONGUE,
    quiet: bool = False,
) -> bool:
    """Whether every input was given back marked."""
    folder = _is_folder(to, files)
    if folder:
        to.mkdir(parents=True, exist_ok=True)
    done = True
    taken: set[Path] = set()
    for one in submission.inputs:
        target = _free(to / _copy_name(one), taken) if folder else to
        taken.add(target)
        done = _annotate_one(report, submission, one, target, stdin, tongue, quiet=quiet) and done
    return done


def _copy_name(one: Input) -> str:
    path = Path(one.file)
    suffix = ".xlsx" if one.format in ("excel", "csv") and path.suffix.lower() != ".xlsm" else path.suffix
    suffix = ".docx" if one.format == "office" else suffix
    return f"{path.stem}-{say('标注', 'marked')}{suffix}"


def _free(target: Path, taken: set[Path]) -> Path:
    found, number = target, 2
    while found in taken:
        found, number = target.with_stem(f"{target.stem}-{number}"), number + 1
    return found


def _annotate_one(
    report: Report, submission: Submission, one: Input, to: Path, stdin: bytes | None, tongue: Tongue, *, quiet: bool
) -> bool:
    data = _again(one, stdin)
    if data is None:
        gone = f"“{one.file}”在检查之后变了或没有了，没有标注。", f"`{one.file}` has changed or gone since the check; it is not marked."
        eprint(say(*gone))
        return False
    marking = marking_of(report, submission, one, tongue)
    with bar(quiet=quiet) as progress:
        made = marked_copy(data, one, submission.headers, marking, to.suffix, progress)
    for words in made.told:
        eprint(words.say(TONGUE))
    if made.data is None:
        return False
    write(made.data, to)
    eprint(say(f"标注副本：{to}（{made.remarks} 处）", f"marked copy: {to} ({made.remarks} remarks)"))
    return True


def _again(one: Input, stdin: bytes | None) -> bytes | None:
    """The bytes that were checked, and no others."""
    path = Path(one.file)
    try:
        data = path.read_bytes() if path.is_file() else stdin
    except OSError:
        return None
    return data if data is not None and hashlib.sha256(data).hexdigest() == one.sha256 else None
