"""Documents in the styles that offices use, made when they are asked for; nothing of them is kept."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document

__all__ = ["STYLES", "paper"]

STYLES = ("styled", "outline", "chinese", "decimal", "bold", "plain")
_LONG = "本项目按照统筹规划、共建共享、业务协同、安全可靠的原则组织实施，建设内容与需求相适应，资金由财政安排，运行维护费用列入部门预算。"


def _number(style: str, chapter: int, part: int = 0) -> str:
    han = "一二三四五六七八九十"
    if style in ("styled", "outline"):
        return f"第{han[chapter - 1]}章 " if not part else f"{chapter}.{part} "
    if style in ("chinese", "bold"):
        return f"{han[chapter - 1]}、" if not part else f"（{han[part - 1]}）"
    return f"第{han[chapter - 1]}章 " if not part else f"{chapter}.{part} "


def _heading(document: Any, style: str, text: str, level: int) -> None:
    if style == "styled":
        document.add_heading(text, level)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = style in ("bold", "chinese", "decimal")
    if style == "outline":
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        paragraph._p.get_or_add_pPr().append(outline)


def paper(
    style: str,
    extra: Sequence[str] = (),
    *,
    rows: Sequence[Sequence[str]] = (),
    chapters: Sequence[str] = ("项目概况", "建设方案", "投资估算", "结论"),
) -> bytes:
    """A report of that style: a cover, chapters with two parts each, the extra paragraphs and the table in the third."""
    document = Document()
    document.add_paragraph("滨湖路智慧照明项目可行性研究报告")
    cover = document.add_table(rows=0, cols=2)
    for label, value in (
        ("项目名称", "滨湖路智慧照明项目"),
        ("申报单位", "武汉市城乡建设局"),
        ("总投资", "500.00万元"),
        ("编制日期", "2026年1月10日"),
    ):
        cells = cover.add_row().cells
        cells[0].text, cells[1].text = label, value
    for chapter, title in enumerate(chapters, 1):
        _heading(document, style, _number(style, chapter) + title, 1)
        for part in (1, 2):
            _heading(document, style, _number(style, chapter, part) + f"{title}之{part}", 2)
            document.add_paragraph(f"{title}的第 {part} 部分：{_LONG}")
        if chapter == 2:
            document.add_paragraph(
                "本项目安全保护等级为第二级，编制商用密码应用方案并开展密评；数据共享通过平台进行；绩效目标见绩效指标表。"
            )
        if chapter == 3:
            for text in extra:
                document.add_paragraph(text)
            if rows:
                table = document.add_table(rows=0, cols=len(rows[0]))
                for row in rows:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()
