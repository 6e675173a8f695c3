"""A Word document given back with comments at the very words; every other part of the file is the original's, byte for byte.

Only the main text, the comments, and the two lists that name the comments are written anew.
"""

import copy
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.run import Run

from guiju.catalog.office.open_word import TYPES, kept_type, open_word
from guiju.forms.annotate.remark_words import AUTHOR, remark_words
from guiju.forms.annotate.remarks import Marking
from guiju.terms.tongue import Both

__all__ = ["mark_word", "says_the_same"]

_ELSEWHERE = Both("（此处说的是{part}里的“{words}”）", "(this is about “{words}” in the {part})")
_NEAR = Both("（说的是这附近的“{words}”）", "(this is about “{words}” near by)")
_WHOLE = Both("（说的是整份文稿）", "(this is about the whole document)")
_P, _R, _T = qn("w:p"), qn("w:r"), qn("w:t")
_NEW = ("word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels")
_MOST = 2_000
_KEPT = tuple(
    qn(f"w:{name}")
    for name in ("delText", "ins", "del", "tbl", "tr", "tc", "drawing", "pict", "pStyle", "sectPr", "instrText", "hyperlink")
)


def mark_word(data: bytes, marking: Marking) -> bytes:
    """The document with one comment for each remark, the gravest first at its place."""
    document = open_word(data)
    paragraphs = list(document.element.body.iter(_P))
    for remark in marking.remarks[:_MOST]:
        place = next((one for one in remark.places if one.file == marking.file), None)
        number = place.paragraph or 0 if place else 0
        words = place.words or "" if place else ""
        runs, exact = _runs_at(paragraphs, number, words)
        if not runs:
            continue
        note = ""
        # What stands in a header, a box or a field is remarked on at the nearest words, and the remark says so.
        if not exact:
            said = _WHOLE if not words else _ELSEWHERE if place is not None and place.sheet else _NEAR
            note = said.say(marking.tongue).format(part=(place.sheet if place else "") or "", words=words)
        comment = document.add_comment(
            runs=runs, text=remark_words(remark, marking, note), author=AUTHOR.say(marking.tongue), initials="规"
        )
        # The day of judgement, so that the same report gives the same bytes.
        comment._comment_elm.date = datetime(marking.as_of.year, marking.as_of.month, marking.as_of.day, tzinfo=UTC)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as original:
        plain = "word/document.xml" in original.namelist()
    for part in document.part.package.iter_parts() if plain else ():
        # Pictures are taken from the original: to fold them here as well would cost seconds.
        if part.partname.startswith("/word/media/"):
            part._blob = b""
    document.save(out)
    made = _spliced(data, out.getvalue())
    if not says_the_same(data, made):
        raise RuntimeError("a marked copy says something else than its original")
    return made


def says_the_same(original: bytes, copy_: bytes) -> bool:
    """Whether two Word files differ in nothing but comments: their words to the character, their changes, and every other part."""
    with zipfile.ZipFile(BytesIO(original)) as old, zipfile.ZipFile(BytesIO(copy_)) as new:
        names = set(new.namelist())
        if any(name not in names or (name not in _NEW and old.read(name) != new.read(name)) for name in old.namelist()):
            return False
        if "word/document.xml" not in names:
            return True
        return _said(old.read("word/document.xml")) == _said(new.read("word/document.xml"))


def _said(part: bytes) -> list[tuple[str, str]]:
    """The words of each paragraph, those deleted apart, and every change and picture in its order."""
    found: list[tuple[str, str]] = []
    for one in parse_xml(part).iter(_P, _T, *_KEPT):
        kind = one.tag.rpartition("}")[2]
        if kind in ("t", "delText") and found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + (one.text or ""))
        else:
            found.append((kind, one.text or "" if kind in ("t", "delText") else ""))
    return found


def _runs_at(paragraphs: Sequence[Any], number: int, words: str) -> tuple[list[Run], bool]:
    """The runs that hold the words, cut free of what stands around them, and true; else those of the paragraph or the nearest."""
    if not paragraphs:
        return [], False
    at = min(max(number - 1, 0), len(paragraphs) - 1)
    if number:
        found = _cut_out(paragraphs[at], words.strip()) if words.strip() else []
        if found:
            return [Run(one, None) for one in found], True  # type: ignore[arg-type]
    for step in range(len(paragraphs)):
        for other in (at + step, at - step):
            if 0 <= other < len(paragraphs) and (runs := _plain_runs(paragraphs[other])):
                ends = [runs[0], runs[-1]] if len(runs) > 1 else [runs[0]]
                return [Run(one, None) for one in ends], number > 0 and step == 0 and not words  # type: ignore[arg-type]
    return [], False


def _plain_runs(paragraph: Any) -> list[Any]:
    """The runs that stand in the paragraph itself and hold text."""
    return [one for one in paragraph.iterchildren(_R) if any((text.text or "") for text in one.iterchildren(_T))]


def _cut_out(paragraph: Any, words: str) -> list[Any]:
    runs = _plain_runs(paragraph)
    text = "".join(_text(one) for one in runs)
    start = text.find(words)
    if start < 0:
        return []
    found: list[Any] = []
    at, end = 0, start + len(words)
    for run in runs:
        size = len(_text(run))
        inner = max(start - at, 0), min(end - at, size)
        at += size
        if inner[0] < inner[1]:
            found.append(_piece(run, *inner))
    return found


def _text(run: Any) -> str:
    return "".join(one.text or "" for one in run.iterchildren(_T))


def _piece(run: Any, start: int, end: int) -> Any:
    """The run from start to end, parted from the rest; the whole of a run that holds more than one plain text."""
    texts = [one for one in run.iterchildren() if one.tag != qn("w:rPr")]
    if len(texts) != 1 or texts[0].tag != _T or (start == 0 and end == len(_text(run))):
        return run
    whole = texts[0].text or ""
    for part, add in ((whole[:start], run.addprevious), (whole[end:], run.addnext)):
        if part:
            other = copy.deepcopy(run)
            _put(next(other.iterchildren(_T)), part)
            add(other)
    _put(texts[0], whole[start:end])
    return run


def _put(text: Any, said: str) -> None:
    text.text = said
    if said != said.strip():
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _spliced(original: bytes, written: bytes) -> bytes:
    """The original file with those parts that hold comments taken from the written one."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(original)) as old, zipfile.ZipFile(BytesIO(written)) as new, zipfile.ZipFile(out, "w") as made:
        main = next((name for name in old.namelist() if name == "word/document.xml"), None)
        if main is None:
            return written  # the main part has another name: what the library wrote is whole
        names = set(new.namelist())
        for info in old.infolist():
            taken = new.read(info.filename) if info.filename in _NEW and info.filename in names else old.read(info.filename)
            if info.filename == TYPES:
                taken = kept_type(old.read(TYPES), taken)
            made.writestr(info, taken, compress_type=info.compress_type)
        for name in _NEW:
            if name in names and name not in old.namelist():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                made.writestr(info, new.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
