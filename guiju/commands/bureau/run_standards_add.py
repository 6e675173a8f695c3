"""What `guiju standards add` does: asks for what a record must say, writes it beside the project, and never one that is not valid.

0 written · 2 something was not said, or what was said does not make a record; nothing is then written.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from guiju.author.standards_words import LEVELS
from guiju.commands.terminal.project import FILE, project_file
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put, tell_unwritten, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.source import Source
from guiju.diagnostics.suggest import nearest
from guiju.standards.confidence import Confidence
from guiju.standards.load import load_registry, shipped_registry
from guiju.standards.model import InstrumentLevel, Nature
from guiju.standards.own.join_records import RecordsFault, join_records
from guiju.standards.own.new_record import Told, id_of, written
from guiju.standards.own.own_records import own_records, records_folder
from guiju.terms.time.dates import parse_iso
from guiju.terms.tongue import Both

__all__ = ["Said", "add_record"]

_CATEGORY = "WH-0901"
_K = TypeVar("_K", Nature, Confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the flags say; None is asked for."""

    number: str | None = None
    title: str | None = None
    title_en: str | None = None
    body: str | None = None
    level: str | None = None
    nature: str | None = None
    issued: str | None = None
    in_force: str | None = None
    until: str | None = None
    clauses: tuple[str, ...] | None = None
    confidence: str | None = None
    category: str | None = None
    id: str | None = None
    replaces: tuple[str, ...] = ()


class _Refused(Exception):
    """What was said does not make a record; the sentence says why."""


def add_record(said: Said) -> int:
    """The exit code, after the record has been written."""
    try:
        told = _told(said)
    except _Refused as refused:
        eprint(str(refused))
        return 2
    folder, new_project = _folder()
    path = folder / f"{told.id}.yaml"
    text = written(told)
    if path.exists():
        eprint(say(f"{path} 已经有了，没有改动。", f"{path} is there already; nothing was written."))
        return 2
    others = tuple(source for name in own_records() if (source := decode_bytes(Path(name).read_bytes(), name)[0]) is not None)
    mine = Source(str(path), text)
    try:
        join_records(shipped_registry(), (*others, mine))
    except RecordsFault as fault:
        print_diagnostics(fault.diagnostics, {one.name: one for one in fault.sources})
        return 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write(text, path, fresh=True)
        if new_project is not None:
            write(_PROJECT.say(TONGUE), new_project, fresh=True)
            put(f"{new_project}\n", None)
    except OSError as error:
        tell_unwritten(error, error.filename or path)
        return 2
    put(f"{path}\n", None)
    label = told.number or f"《{told.title}》"
    eprint(say(f"现在可以写：依据 {label} 第…条", f"It may be cited now: cites {label} art …"))
    return 0


_PROJECT = Both(
    "# 规矩的项目设置；guiju config 说明哪些在起作用。旁边的 standards/ 是本单位自己的文件登记。\n",
    "# The settings of a project of Guiju; `guiju config` says which hold. standards/ beside it has records of its own.\n",
)


def _folder() -> tuple[Path, Path | None]:
    """Where records are put, and the settings file that is to be made, since without one they would not be found."""
    if (folder := records_folder()) is not None:
        return folder, None
    project = project_file(Path())
    return (project.parent / "standards", None) if project is not None else (Path("standards"), Path(FILE))


def _told(said: Said) -> Told:
    registry = load_registry()
    number = _asked(said.number, Both("编号或文号（没有就空着）", "Number (blank where it has none)"), needed=False)
    title = _asked(said.title, Both("名称", "Title in Chinese"))
    body = _asked(said.body, Both("发布机关", "Issuing body"))
    told = Told(
        id=said.id or id_of(number, registry.by_id.keys()),
        number=number,
        title=title.strip("《》"),
        title_en=said.title_en or "",
        body=body,
        level=_level(
            _asked(said.level, Both("层级（" + "、".join(one.zh for one in LEVELS.values()) + "）", "Level (" + ", ".join(LEVELS) + ")"))
        ),
        nature=_one_of(Nature, said.nature, "--nature") if said.nature else None,
        issued=_day(
            _asked(said.issued, Both("公布日（YYYY-MM-DD，不知道就空着）", "Day of publication (blank if not known)"), needed=False)
        ),
        in_force=_day(_asked(said.in_force, Both("施行日（不知道就空着）", "First day in force (blank if not known)"), needed=False)),
        until=_day(_asked(said.until, Both("失效日（没有就空着）", "Last day in force (blank if none)"), needed=False)),
        category=said.category or _CATEGORY,
        confidence=_confidence(said),
        clauses=_clauses(said),
        replaces=said.replaces,
    )
    return replace(told, ended=bool(told.until) and told.until < registry.as_of.isoformat())


def _asked(said: str | None, words: Both, *, needed: bool = True) -> str:
    if said is None:
        eprint(words.say(TONGUE) + say("：", ": "))
        line = sys.stdin.readline()
        if not line and needed:
            raise _Refused(say(f"没有说：{words.zh}", f"not said: {words.en}"))
        said = line
    if needed and not said.strip():
        raise _Refused(say(f"不能空着：{words.zh}", f"must not be blank: {words.en}"))
    return said.strip()


def _level(text: str) -> InstrumentLevel:
    for level, names in LEVELS.items():
        if text.casefold() in (level.value, names.zh, names.en.casefold()):
            return level
    known = {name: level for level, names in LEVELS.items() for name in (names.zh, names.en, level.value)}
    near = nearest(text, known)
    all_of = Both("、".join(one.zh for one in LEVELS.values()), ", ".join(LEVELS))
    hint = Both(f"是不是“{near}”？", f"is `{near}` meant?") if near else Both(f"可写：{all_of.zh}", f"known: {all_of.en}")
    raise _Refused(say(f"没有“{text}”这一层级；{hint.zh}", f"no level {text!r}; {hint.en}"))


def _one_of(kind: type[_K], text: str, flag: str) -> _K:
    if text not in list(kind):
        raise _Refused(say(f"{flag} 没有“{text}”；可写：{'、'.join(kind)}", f"{flag}: no {text!r}; known: {', '.join(kind)}"))
    return kind(text)


def _confidence(said: Said) -> str:
    text = said.confidence
    if text is None:
        answer = _asked(None, Both("以上是照原文写的吗（是/否）", "Is this written with the text before you (yes/no)"), needed=False)
        text = Confidence.VERIFIED_IN_TEXT if answer.casefold() in ("是", "y", "yes") else Confidence.MEMORY
    return str(_one_of(Confidence, text, "--confidence"))


def _day(text: str) -> str:
    if text and parse_iso(text) is None:
        raise _Refused(say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01"))
    return text


def _clauses(said: Said) -> tuple[tuple[str, str], ...]:
    lines = list(said.clauses) if said.clauses is not None else []
    while said.clauses is None:
        line = _asked(None, Both("条款（第七条：内容；空行结束）", "A clause (第七条: what it says; a blank line ends)"), needed=False)
        if not line:
            break
        lines.append(line)
    return tuple(_clause(line) for line in lines)


def _clause(line: str) -> tuple[str, str]:
    for mark in ("：", ":", "="):
        place, found, says = line.partition(mark)
        if found and place.strip() and says.strip():
            return place.strip(), says.strip()
    raise _Refused(say(f"条款写作“第七条：内容”，不是“{line}”", f"a clause is written `第七条: what it says`, not {line!r}"))
