"""What a workbook holds that a copy made by rewriting it may lose; found by the names of its parts."""

import re
import zipfile
from io import BytesIO

from guiju.terms.tongue import Both

__all__ = ["lost_parts"]

_PARTS: tuple[tuple[re.Pattern[str], Both], ...] = (
    (re.compile(r"^xl/vbaProject\.bin$"), Both("宏", "macros")),
    (re.compile(r"^xl/(?:activeX|ctrlProps)/"), Both("窗体控件", "form controls")),
    (re.compile(r"^xl/(?:slicers|slicerCaches|timelines)/"), Both("切片器", "slicers")),
    (re.compile(r"^xl/embeddings/"), Both("嵌入的对象", "embedded objects")),
    (re.compile(r"^xl/diagrams/"), Both("SmartArt 图形", "SmartArt")),
    (re.compile(r"^xl/(?:threadedComments|persons)/"), Both("批注的回复", "replies to comments")),
    (re.compile(r"^xl/(?:queryTables|connections)"), Both("外部数据连接", "connections to outside data")),
    (re.compile(r"^xl/richData/"), Both("单元格内的图片", "pictures inside cells")),
    (re.compile(r"^_xmlsignatures/"), Both("数字签名", "digital signatures")),
    (re.compile(r"^customXml/"), Both("自定义 XML", "custom XML")),
)
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp|grpSp)\b")
_EXTENSION = re.compile(rb"<(?:x14:dataValidations|x14:conditionalFormattings|x14:sparklineGroups)\b")
_LOOKED_AT = 8 * 1024 * 1024


def lost_parts(data: bytes, *, keep_macros: bool = False) -> tuple[Both, ...]:
    """The sorts of things that the copy may lack; none for what is no zipped workbook."""
    found: dict[Both, None] = {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                for pattern, words in _PARTS:
                    if pattern.search(name) and not (keep_macros and name.endswith("vbaProject.bin")):
                        found[words] = None
                if name.startswith("xl/drawings/drawing") and _SHAPE.search(_head(archive, name)):
                    found[Both("图形和文本框", "shapes and text boxes")] = None
                if name.startswith("xl/worksheets/sheet") and _EXTENSION.search(_tail(archive, name)):
                    found[Both("新版 Excel 的下拉选项、条件格式或迷你图", "newer drop-downs, conditional formats or sparklines")] = None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return ()
    return tuple(found)


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_LOOKED_AT)


def _tail(archive: zipfile.ZipFile, name: str) -> bytes:
    """The end of a part, where extensions stand; the part is read through in bounded memory."""
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(1 << 20):
            tail = (tail + chunk)[-_LOOKED_AT:]
    return tail
