"""A report as PDF/A-1b with embedded Chinese fonts and a contents page; the only importer of typst.

The letter is handed over as data: nothing that a document says is ever markup. Fonts come from the folders in GUIJU_FONTS
or from the system; no font is shipped, and none is fetched. A character that no font here can draw is written by its number.
"""

import json
import re
from functools import cache
from typing import Any, Literal

import typst

from guiju.reports.layout.escape import visible
from guiju.reports.layout.letters.letter import Block, Cell, Heading, Letter, Lit, Paragraph, leads_in
from guiju.reports.layout.letters.report_letter import letter_of
from guiju.reports.layout.page_text import font_folders, template
from guiju.reports.model import Report
from guiju.reports.refused import FormRefused
from guiju.terms.tongue import Both, Tongue

__all__ = ["chinese_fonts", "letter_to_pdf", "to_pdf"]

# Of each list the first that is there: the fonts of official letters, then free ones.
_SONG = (
    "FangSong_GB2312",
    "仿宋_GB2312",
    "FangSong",
    "仿宋",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "SimSun",
    "Noto Sans CJK SC",
)
_HEI = ("SimHei", "黑体", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "Noto Serif CJK SC")
_KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "AR PL UKai CN", "TW-Kai")
_TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋")

# What typst says of words that no font can draw, quoted as Rust quotes a string.
_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_QUOTED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ROUNDS = 6
_DOUBTFUL = re.compile("[^\x00-\x7e\u00b7\u2013-\u2026\u3000-\u30ff\u4e00-\u9fa5\uff00-\uff5e]")
# Words without a place to break would run out of their cell; a break that nobody sees is put into them.
_LONG = re.compile(r"[^\s\u2e80-\U0003ffff]{25,}")
_STEP = 12
# A row of more words than a page can hold must be let over the edge of a page.
_MOST_IN_ROW = 900

_NO_FONT = Both(
    "这台机器上没有中文字体，不能生成 PDF：装上 fonts-noto-cjk，或者用环境变量 GUIJU_FONTS 指明字体文件夹",
    "there is no font for Chinese on this machine, so no PDF can be made: install fonts-noto-cjk, or name a folder of fonts in GUIJU_FONTS",
)


def to_pdf(report: Report, tongue: Tongue) -> bytes:
    """The letter of the report as PDF/A-1b. Raises FormRefused where there is no Chinese font."""
    day = report.provenance.as_of
    return letter_to_pdf(letter_of(report, tongue), (day.year, day.month, day.day))


def letter_to_pdf(letter: Letter, made: tuple[int, int, int]) -> bytes:
    """Any letter as PDF/A-1b; `made` is written into it as its day of making."""
    body, headings = chinese_fonts()
    if not body:
        raise FormRefused(_NO_FONT)
    told = json.dumps(_plain(letter, made), ensure_ascii=False)
    faces = {"body": body, "heading": headings or body, "second": _known(_KAI) or body, "title": _known(_TITLE) or body}
    fonts = json.dumps(faces, ensure_ascii=False)
    return _compiled(_drawable(told, fonts), fonts, "a-1b")


def _drawable(told: str, fonts: str) -> str:
    """The letter with a number for each character that no font here can draw.

    Only under PDF/A-2 does typst say which those are; under PDF/A-1 it sets an empty glyph, which no archive should take.
    """
    for _ in range(_ROUNDS):
        try:
            _compiled(told, fonts, "a-2b")
        except typst.TypstError as error:
            undrawn = _undrawn(error.diagnostic)
            if not undrawn:
                raise
            told = told.translate(undrawn)
        else:
            return told
    return told.translate({ord(one): _number(one) for one in _DOUBTFUL.findall(told)})


def _plain(letter: Letter, made: tuple[int, int, int]) -> dict[str, Any]:
    return {
        "title": visible(letter.title),
        "notice": visible(letter.notice),
        "about": [visible(one) for one in letter.about],
        "addressee": visible(letter.addressee),
        "body": [_block(one, sticky=leads_in(letter.body, at)) for at, one in enumerate(letter.body)],
        "attachments": [visible(one) for one in letter.attachments],
        "day": letter.day,
        "footer": visible(letter.footer),
        "made": list(made),
        "lang": letter.tongue.value,
        "contents": Both("目　录", "Contents").say(letter.tongue) if letter.contents else "",
        "attached": Both("附件：", "Attached: ").say(letter.tongue),
        "signature": Both("（署名、印章）", "(signature, seal)").say(letter.tongue),
    }


def _compiled(told: str, fonts: str, standard: Literal["a-1b", "a-2b"]) -> bytes:
    written = typst.compile(
        template("letter.typ").encode(),
        format="pdf",
        sys_inputs={"letter": told, "fonts": fonts},
        font_paths=typst.Fonts(font_paths=font_folders()),
        pdf_standards=standard,
    )
    assert isinstance(written, bytes)
    return written


def _undrawn(said: str) -> dict[int, str]:
    """The characters that typst could not draw, each with its number in words."""
    words = "".join(_QUOTED.sub(lambda found: chr(int(found[1], 16)), one) for one in _UNDRAWN.findall(said))
    return {ord(one): _number(one) for one in words if not one.isascii()}


def _number(char: str) -> str:
    # Where even the brackets cannot be drawn, plain ones do.
    return {"⟨": "<", "⟩": ">"}.get(char, f"⟨U+{ord(char):04X}⟩")


def chinese_fonts() -> tuple[list[str], list[str]]:
    """The families for body and headings that are here, in the order of preference."""
    return _known(_SONG), _known(_HEI)


def _known(wanted: tuple[str, ...]) -> list[str]:
    families = _families()
    return [one for one in wanted if one in families]


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts(font_paths=font_folders()).families())


def _block(block: Block, *, sticky: bool) -> dict[str, object]:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": _broken(text)}
        case Paragraph(text=text):
            return {"kind": "paragraph", "text": _broken(text), "sticky": sticky}
        case _:
            rows = [{"cells": [_cell(one) for one in row], "breaks": _is_long(row)} for row in block.rows]
            return {"kind": "table", "header": [visible(one) for one in block.header], "rows": rows, "widths": list(block.widths)}


def _cell(cell: Cell) -> dict[str, str] | str:
    return {"text": visible(cell.text), "light": cell.light} if isinstance(cell, Lit) else _broken(cell)


def _is_long(row: tuple[Cell, ...]) -> bool:
    return any(isinstance(one, str) and len(one) > _MOST_IN_ROW for one in row)


def _broken(text: str) -> str:
    def breaks(found: re.Match[str]) -> str:
        return "\u200b".join(found[0][at : at + _STEP] for at in range(0, len(found[0]), _STEP))

    return _LONG.sub(breaks, visible(text))
