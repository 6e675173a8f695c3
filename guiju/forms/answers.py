"""Answers to screening questions as a file: what a document suggests, to be confirmed by people, and read back.

- 问题: 公共场所图像采集        the field of 项目方案
  建议: 是                       what the words suggest; nothing where they suggest nothing
  出处: 5.3.2 视频图像采集       where
  原文: 安装摄像机 60 台         the words
  答案:                          是, 否, 不适用 or a value; empty: not confirmed, and nothing is concluded from it
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from guiju.catalog.records.model import Record, Submission
from guiju.catalog.records.place import Locator, Place
from guiju.diagnostics.diagnostic import Diagnostic, complain
from guiju.diagnostics.located_yaml import read_yaml
from guiju.diagnostics.source import Source
from guiju.diagnostics.span import Span
from guiju.terms.fact import Path
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both, Tongue

__all__ = ["Answer", "answers_text", "read_answers", "with_answers"]

_SHAPE = "project"
_HEAD = Both(
    "# 规矩：请逐条确认。“答案”写 是、否、不适用或者一个值；空着的不作数，与它有关的规则无法判定。\n"
    "# 写好以后：guiju check {files} --answers 本文件\n",
    "# Guiju: please confirm one by one. 答案 is 是 (yes), 否 (no), 不适用 (not applicable) or a value.\n"
    "# What is left empty does not count, and rules that hang on it are undetermined. Then: guiju check {files} --answers THIS-FILE\n",
)
_KEYS = ("问题", "建议", "出处", "原文", "答案")
_NO_LIST = Both("应当是一个列表，每项有“问题”和“答案”", "it should be a list whose items have 问题 and 答案")


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question that somebody answered, or has not answered (None), and where that stands."""

    field: str
    value: str | None
    place: Place


def answers_text(submission: Submission, questions: Sequence[str], vocabulary: Vocabulary, tongue: Tongue) -> str:
    """The file to be completed: first what the documents suggest, then the questions of which they say nothing."""
    shape = vocabulary.shape(_SHAPE)
    names = {one.id: one.name.zh for one in shape.fields}
    lines = [_HEAD.say(tongue).format(files=" ".join(one.file for one in submission.inputs))]
    told: set[str] = set()
    for record in submission.records:
        for at, one in enumerate(record.value.get("proposals", ()) if record.shape == "written_document" else ()):
            place = record.locator.place(("proposals", at))
            told.add(one["field"])
            where = (place.heading or "").split(" › ")[-1] + (f"（第 {place.page} 页）" if place.page else "")
            lines += _item(one["field"], one["answer"], where, one["label"])
    for id in questions:
        name = names.get(id, id)
        answered = any(record.shape == _SHAPE and record.value.get(id) not in (None, "") for record in submission.records)
        if name not in told and not answered:
            lines += _item(name, "", "", "")
    return "\n".join(lines) + "\n"


def _item(field: str, answer: str, where: str, words: str) -> list[str]:
    said = dict(zip(_KEYS, (field, answer, where, words, ""), strict=True))
    return [f"{'- ' if key == _KEYS[0] else '  '}{key}: {_quoted(value)}".rstrip() for key, value in said.items()]


def _quoted(text: str) -> str:
    plain = text.replace("\n", " ").strip()
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"' if plain else ""


def read_answers(source: Source, vocabulary: Vocabulary) -> tuple[tuple[Answer, ...], tuple[Diagnostic, ...]]:
    """The answers of a file, by the id of their field; what is no question of the rules is told."""
    node, found = read_yaml(source)
    if node is None:
        return (), found
    shape = vocabulary.shape(_SHAPE)
    ids = {spelled: one.id for one in shape.fields for spelled in (one.id, one.name.zh, one.name.en)}
    answers: list[Answer] = []
    faults = list(found)
    for item in node.items:
        parts = {str(entry.key.plain()): entry.value for entry in item.entries}
        question = parts.get("问题")
        if question is None:
            faults.append(complain("D141", item.span, name=source.name, why=_NO_LIST))
            continue
        name = str(question.plain())
        if name not in ids:
            why = Both(f"项目方案没有“{name}”这个字段", f"项目方案 has no field `{name}`")
            faults.append(complain("D141", question.span, name=source.name, why=why))
            continue
        given = parts.get("答案")
        value = None if given is None else given.plain()
        line, column = source.line_column(item.span.start)
        said = {True: "是", False: "否"}.get(value, value) if isinstance(value, bool) else value
        text = None if said is None or str(said).strip() == "" else str(said).strip()
        answers.append(Answer(field=ids[name], value=text, place=Place(file=source.name, line=line, column=column)))
    if not node.items:
        faults.append(complain("D141", Span(source.name, 0, 0), name=source.name, why=_NO_LIST))
    waiting = sum(1 for one in answers if one.value is None)
    if waiting:
        faults.append(complain("D142", Span(source.name, 0, 0), n=str(waiting), all=str(len(answers))))
    return tuple(answers), tuple(faults)


def with_answers(submission: Submission, answers: Sequence[Answer]) -> Submission:
    """The submission, its 项目方案 holding what was confirmed; what a document itself states is not overwritten."""
    confirmed = {one.field: one for one in answers if one.value is not None}
    if not confirmed:
        return submission
    records = list(submission.records)
    at = next((number for number, one in enumerate(records) if one.shape == _SHAPE), None)
    if at is None:
        number = max((one.number for one in records), default=-1) + 1
        records.append(_filled(Record(shape=_SHAPE, value={}, locator=_Nowhere(), number=number), confirmed))
    else:
        records[at] = _filled(records[at], confirmed)
    return replace(submission, records=tuple(records))


def _filled(record: Record, confirmed: dict[str, Answer]) -> Record:
    own = {field: one for field, one in confirmed.items() if record.value.get(field) in (None, "", [])}
    value: dict[str, Any] = {**record.value, **{field: one.value for field, one in own.items()}}
    return replace(record, value=value, locator=_Answered(inner=record.locator, places={field: one.place for field, one in own.items()}))


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """The places of a record of which some fields were answered in a file."""

    inner: Locator
    places: dict[str, Place]

    def place(self, path: Path) -> Place:
        return self.places[str(path[0])] if path and str(path[0]) in self.places else self.inner.place(path)


class _Nowhere:
    def place(self, path: Path) -> Place:
        return Place(file="")
