"""Judges the files and writes the letters; a form that cannot be written here is a sentence and exit code 2."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from guiju.commands.judging import JudgedFiles, day_of, judge_files
from guiju.commands.outlet import note, write
from guiju.commands.tongue import TONGUE, say
from guiju.reports.escape import token
from guiju.reports.letter import Letter
from guiju.reports.notices import notices_of, summary_of
from guiju.reports.refused import FormRefused
from guiju.standards.load_tables import load_calendar

__all__ = ["write_notices", "write_summary"]

_FORMS = ("docx", "pdf")


def write_notices(asked: dict[str, Any], folder: Path, workdays: int, form: str) -> int:
    """A letter for each department into the folder; 0 when there is none to write, 1 when there are."""
    if form not in _FORMS:
        note(say(f"没有“{form}”这种信函格式；有 docx、pdf", f"no such form of letters: {form}; there are docx and pdf"))
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
        if not _wrote(one.letter, judged, file):
            return 2
        note(say(f"{file}：{one.findings} 处", f"{file}: {one.findings}"))
    if not notices:
        note(say("没有须整改的事项。", "There is nothing to mend."))
    return 1 if notices else 0


def write_summary(asked: dict[str, Any], file: Path) -> int:
    """The page for leaders into the file."""
    if file.suffix.lower().removeprefix(".") not in _FORMS:
        note(say("文件名要以 .docx 或 .pdf 结尾", "the file's name ends in .docx or .pdf"))
        return 2
    judged = _judged(asked)
    if judged is None:
        return 2
    return 0 if _wrote(summary_of(judged.report, TONGUE), judged, file) else 2


def _judged(asked: dict[str, Any]) -> JudgedFiles | None:
    words = {**asked, "as_of": day_of(asked["as_of"])}
    return judge_files(words.pop("files"), **words)


def _wrote(letter: Letter, judged: JudgedFiles, file: Path) -> bool:
    try:
        data = _writer(file.suffix)(letter, judged)
        file.parent.mkdir(parents=True, exist_ok=True)
        write(data, file)
    except FormRefused as refused:
        note(refused.words.say(TONGUE))
    except ModuleNotFoundError as error:
        note(say(f"还需要安装 {error.name}。", f"The package {error.name} is needed."))
    except OSError as error:
        note(say(f"写不了文件 {file}：", f"cannot write {file}: ") + (error.strerror or str(error)))
    else:
        return True
    return False


def _writer(suffix: str) -> Callable[[Letter, JudgedFiles], bytes]:
    # Each writer brings a library of its own; only the one that is asked for is loaded.
    if suffix.lower() == ".pdf":
        pdf = import_module("guiju.reports.to_pdf").letter_to_pdf
        return lambda letter, judged: pdf(letter, (judged.as_of.year, judged.as_of.month, judged.as_of.day))
    docx = import_module("guiju.reports.to_docx").letter_to_docx
    return lambda letter, judged: docx(letter, datetime.combine(judged.as_of, datetime.min.time()))
