"""Word documents out of scripts, laid out as offices do it: with styles or without, numbered by hand or by Word, as a form of tables."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.documents.scripts import Script

__all__ = ["converted", "word_of", "written"]

_INLINE = re.compile(r"(\{\{.*?\}\}|\{\+.*?\+\}|\{-.*?-\}|\{!.*?\}|%%.*?%%|\[\^.*?\])")
_LIST, _HEADINGS = "77", "78"


class _Made:
    def __init__(self, style: str) -> None:
        self.document = Document()
        self.style = style
        self.notes: list[str] = []
        self.comments: list[tuple[Any, str]] = []

    def paragraph(self, text: str, owner: Any = None) -> Any:
        made = (owner or self.document).add_paragraph()
        for part in _INLINE.split(text):
            if part:
                self.put(made, part)
        return made

    def put(self, paragraph: Any, part: str) -> None:
        if part.startswith("{{"):
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:r><w:t/></w:r></w:sdtContent></w:sdt>")
            next(control.iter(qn("w:t"))).text = part[2:-2]
            paragraph._p.append(control)
        elif part.startswith(("{+", "{-")):
            kind, text = ("ins", "t") if part[1] == "+" else ("del", "delText")
            change = parse_xml(f'<w:{kind} {nsdecls("w")} w:id="900" w:author="甲"><w:r><w:{text}/></w:r></w:{kind}>')
            next(change.iter(qn(f"w:{text}"))).text = part[2:-2]
            paragraph._p.append(change)
        elif part.startswith("{!"):
            self.comments.append((paragraph, part[2:-1]))
        elif part.startswith("%%"):
            paragraph.add_run(part[2:-2]).font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif part.startswith("[^"):
            self.notes.append(part[2:-1])
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(self.notes) + 1))
            paragraph.add_run()._r.append(reference)
        else:
            # Word itself parts a line into runs at any place; WPS does it at every change of script.
            size = 3 if self.style == "wps" else max(1, len(part) // 2)
            for begin in range(0, len(part), size):
                paragraph.add_run(part[begin : begin + size])

    def heading(self, text: str, level: int) -> None:
        if self.style == "styled":
            self.document.add_heading(text, level)
        elif self.style == "auto":
            made = self.document.add_heading(text, level)
            made._p.get_or_add_pPr().append(_numbering(_HEADINGS, level - 1))
        elif self.style == "custom":
            made = self.paragraph(text)
            made.style = self.custom(level)
        else:
            made = self.paragraph(text)
            for run in made.runs:
                run.bold = self.style in ("bold", "decimal", "wps")
                run.font.size = Pt(18 - 2 * level)

    def custom(self, level: int) -> Any:
        name = f"{'一二三四'[level - 1]}级标题"
        if name not in [one.name for one in self.document.styles]:
            style = self.document.styles.add_style(name, 1)
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level - 1))
            style.element.get_or_add_pPr().append(outline)
        return self.document.styles[name]

    def table(self, rows: Sequence[Sequence[str]], *, repeated: bool = False) -> None:
        width = max(map(len, rows))
        table = self.document.add_table(rows=0, cols=width)
        table.style = "Table Grid"
        for row in rows:
            table.add_row()
            for column, text in enumerate(row):
                cell = table.cell(len(table.rows) - 1, column)
                if text == "<":
                    table.cell(len(table.rows) - 1, column - 1).merge(cell)
                elif text == "^":
                    table.cell(len(table.rows) - 2, column).merge(cell)
                elif text.startswith("[["):
                    self.nested(cell, text[2:-2])
                else:
                    cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
                    self.paragraph(text, cell)
        if repeated:
            mark = OxmlElement("w:tblHeader")
            table.rows[0]._tr.get_or_add_trPr().append(mark)

    def nested(self, cell: Any, text: str) -> None:
        rows = [[one.strip() for one in row.split(";")] for row in text.split("/")]
        inner = cell.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, said in enumerate(row):
                inner.cell(at, column).text = said
        cell.add_paragraph()

    def box(self, text: str) -> None:
        shape = (
            '<w:r %s xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:300pt;height:60pt"><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t/></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        run = parse_xml(shape % nsdecls("w"))
        next(run.iter(qn("w:t"))).text = text
        self.document.add_paragraph()._p.append(run)

    def finish(self) -> bytes:
        for paragraph, text in self.comments:
            self.document.add_comment(paragraph.runs, text=text, author="甲", initials="甲")
        if self.style == "auto" or self.document.element.body.xpath(".//w:numPr"):
            _put_numbering(self.document)
        if self.notes:
            body = "".join(
                f'<w:footnote w:id="{at + 2}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>' for at, text in enumerate(self.notes)
            )
            blob = f"<w:footnotes {nsdecls('w')}>{body}</w:footnotes>".encode()
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            part = Part(PackURI("/word/footnotes.xml"), kind, blob, self.document.part.package)
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _numbering(list_: str, level: int) -> Any:
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def _put_numbering(document: Any) -> None:
    """Lists numbered by Word: 第一章, 1.1, 1.1.1 of headings, and 1) 2) of paragraphs."""
    levels = ("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:isLgl/><w:lvlText w:val="{text}"/></w:lvl>'
        if at
        else f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    for id, inner in (
        (_HEADINGS, made),
        (_LIST, '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'),
    ):
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'))


def word_of(script: Script, *, faulty: bool) -> bytes:
    """The script as a .docx."""
    made = _Made(script.style)
    if head := script.header(faulty=faulty):
        made.document.sections[0].header.paragraphs[0].text = head
    rows: list[list[str]] = []
    split = False
    for line in [*script.told(faulty=faulty), ""]:
        if line.startswith("|"):
            rows.append([one.strip() for one in line.strip().strip("|").split("|")])
            continue
        if rows:
            made.table(rows, repeated=split)
            rows = []
        if line == "@split":
            split = True
            made.document.add_paragraph()
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            made.heading(line.lstrip("# ").strip(), level)
        elif line.startswith("! "):
            made.paragraph(line[2:]).alignment = 1
        elif line.startswith("~ "):
            text, _, page = line[2:].strip().rpartition(" ")
            made.document.add_paragraph(f"{text}\t{page}")
        elif line.startswith("> "):
            made.box(line[2:])
        elif line.startswith("* "):
            made.paragraph(line[2:])._p.get_or_add_pPr().append(_numbering(_LIST, 0))
        elif line.strip():
            made.paragraph(line)
    return made.finish()


def converted(data: bytes, format: str) -> bytes:
    """A .docx as LibreOffice saves it in another format; .wps is what WPS calls its .doc."""
    if format == "docx":
        return data
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(data)
        asked = "doc" if format == "wps" else format
        words = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            asked,
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
        return (Path(folder) / "out" / f"paper.{asked}").read_bytes()


def written(script: Script, folder: Path, *, faulty: bool) -> Path:
    """The document in a folder, in the format that the script asks for."""
    file = folder / f"{script.name}{'_faulty' if faulty else ''}.{script.format}"
    made = word_of(script, faulty=faulty)
    kept = folder / f"{file.stem}.made"
    # LibreOffice takes seconds: what was converted before is used again where nothing has changed.
    if not file.exists() or not kept.exists() or kept.read_bytes() != _text_of(made):
        file.write_bytes(converted(made, script.format))
        kept.write_bytes(_text_of(made))
    return file


def _text_of(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in sorted(archive.namelist()) if name.startswith("word/") and name.endswith(".xml"))
