"""A report as PDF/A-2b with embedded Chinese fonts and a contents page; the one door of typst.

The letter is handed over as data: nothing that a document says is ever markup. Fonts come from the folders in GUIJU_FONTS
or from the system; no font is shipped, and none is fetched.
"""

import json
from functools import cache

import typst

from guiju.reports.escape import visible
from guiju.reports.letter import Block, Heading, Letter, Paragraph, letter_of
from guiju.reports.model import Report
from guiju.reports.page_text import font_folders, template
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


_NO_FONT = Both(
    "这台机器上没有中文字体，不能生成 PDF：装上 fonts-noto-cjk，或者用环境变量 GUIJU_FONTS 指明字体文件夹",
    "there is no font for Chinese on this machine, so no PDF can be made: install fonts-noto-cjk, or name a folder of fonts in GUIJU_FONTS",
)


def to_pdf(report: Report, tongue: Tongue) -> bytes:
    """The letter of the report as PDF/A-2b. Raises FormRefused where there is no Chinese font."""
    day = report.provenance.as_of
    return letter_to_pdf(letter_of(report, tongue), (day.year, day.month, day.day))


def letter_to_pdf(letter: Letter, made: tuple[int, int, int]) -> bytes:
    """Any letter as PDF/A-2b; `made` is written into it as its day of making."""
    song, hei = chinese_fonts()
    if not song:
        raise FormRefused(_NO_FONT)
    told = {
        "title": visible(letter.title),
        "notice": visible(letter.notice),
        "addressee": visible(letter.addressee),
        "body": [_block(one) for one in letter.body],
        "attachments": [visible(one) for one in letter.attachments],
        "day": letter.day,
        "footer": visible(letter.footer),
        "made": list(made),
        "lang": letter.tongue.value,
        "contents": Both("目　录", "Contents").say(letter.tongue) if letter.contents else "",
        "attached": Both("附件：", "Attached: ").say(letter.tongue),
        "signature": Both("（署名、印章）", "(signature, seal)").say(letter.tongue),
    }
    inputs = {
        "letter": json.dumps(told, ensure_ascii=False),
        "song": json.dumps(song, ensure_ascii=False),
        "hei": json.dumps(hei or song, ensure_ascii=False),
    }
    written = typst.compile(
        template("letter.typ").encode(),
        format="pdf",
        sys_inputs=inputs,
        font_paths=typst.Fonts(font_paths=font_folders()),
        pdf_standards="a-2b",
    )
    assert isinstance(written, bytes)
    return written


@cache
def chinese_fonts() -> tuple[list[str], list[str]]:
    """The families for body and headings that are here, in the order of preference."""
    known = set(typst.Fonts(font_paths=font_folders()).families())
    return [one for one in _SONG if one in known], [one for one in _HEI if one in known]


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": visible(text)}
        case Paragraph(text=text):
            return {"kind": "paragraph", "text": visible(text)}
        case _:
            rows = [[visible(cell) for cell in row] for row in block.rows]
            return {"kind": "table", "header": [visible(one) for one in block.header], "rows": rows, "widths": list(block.widths)}
