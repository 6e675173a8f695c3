"""Judges the files and writes the letters; a form that cannot be written here is a sentence and exit code 2."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from guiju.commands.shared.check_files import CheckedFiles, check_files, day_of
from guiju.commands.terminal.terminal import eprint, tell_unwritten, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.layout.escape import token
from guiju.reports.layout.letters.letter import Letter
from guiju.reports.layout.letters.notices import Notice, notices_of, summary_of
from guiju.reports.refused import FormRefused
from guiju.standards.load_tables import load_calendar

__all__ = ["write_notices", "write_summary"]

_FORMS = ("docx", "pdf")


def write_notices(asked: dict[str, Any], folder: Path, workdays: int, form: str) -> int:
    """A letter for each department into the folder, with its annex; 0 when there is none to write, 1 when there are."""
    if form not in _FORMS:
        eprint(say(f"没有“{form}”这种信函格式；有 docx、pdf", f"no such form of letters: {form}; there are docx and pdf"))
        return 2
    if folder.suffix.lower().removeprefix(".") in _FORMS and not folder.is_dir():
        eprint(
            say(
                f"-o 要的是文件夹，每个单位一封信写在里面：{folder}", f"-o takes a folder, into which goes a letter for each unit: {folder}"
            )
        )
        return 2
    judged = _judged(asked)
    if judged is None:
        return 2
    notices = notices_of(judged.report, TONGUE, calendar=load_calendar(), workdays=workdays)
    taken: dict[str, int] = {}
    for one in notices:
        name = token(one.department) if one.department else say("未写明单位", "no-unit")
        taken[name] = taken.get(name, 0) + 1
        file = folder / f"{name}{'' if taken[name] == 1 else f'-{taken[name]}'}.{form}"
        if not _wrote(one.letter, judged, file) or (one.listed and not _listed(one, judged, file.with_suffix(".xlsx"))):
            return 2
        eprint(say(f"{file}：{one.findings} 处", f"{file}: {one.findings}"))
    if not notices:
        eprint(say("没有须整改的事项。", "There is nothing to mend."))
    return 1 if notices else 0


def write_summary(asked: dict[str, Any], file: Path) -> int:
    """The page for leaders into the file."""
    if file.suffix.lower().removeprefix(".") not in _FORMS:
        eprint(say("文件名要以 .docx 或 .pdf 结尾", "the file's name ends in .docx or .pdf"))
        return 2
    judged = _judged(asked)
    if judged is None:
        return 2
    return 0 if _wrote(summary_of(judged.report, TONGUE), judged, file) else 2


def _listed(notice: Notice, judged: CheckedFiles, file: Path) -> bool:
    """Whether the annex of a notice could be written: its findings as a workbook."""
    from guiju.reports.writers.to_excel import annex_to_excel

    try:
        write(annex_to_excel(judged.report, notice.listed, TONGUE), file)
    except OSError as error:
        tell_unwritten(error, file)
        return False
    return True


def _judged(asked: dict[str, Any]) -> CheckedFiles | None:
    words = {**asked, "as_of": day_of(asked["as_of"])}
    return check_files(words.pop("files"), **words)


def _wrote(letter: Letter, judged: CheckedFiles, file: Path) -> bool:
    try:
        data = _writer(file.suffix)(letter, judged)
        file.parent.mkdir(parents=True, exist_ok=True)
        write(data, file)
    except FormRefused as refused:
        eprint(refused.words.say(TONGUE))
    except ModuleNotFoundError as error:
        eprint(say(f"还需要安装 {error.name}。", f"The package {error.name} is needed."))
    except OSError as error:
        tell_unwritten(error, file)
    else:
        return True
    return False


def _writer(suffix: str) -> Callable[[Letter, CheckedFiles], bytes]:
    # Each writer brings a library of its own; only the one that is asked for is loaded.
    if suffix.lower() == ".pdf":
        from guiju.reports.writers.to_pdf import letter_to_pdf

        return lambda letter, judged: letter_to_pdf(letter, (judged.as_of.year, judged.as_of.month, judged.as_of.day))
    from guiju.reports.writers.to_docx import letter_to_docx

    return lambda letter, judged: letter_to_docx(letter, datetime.combine(judged.as_of, datetime.min.time()))
