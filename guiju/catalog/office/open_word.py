"""Opens Word documents, those with macros and those whose relationships lead nowhere among them: both hold text that can be read.

Nothing of a macro is run, and nothing outside of the file is asked for.
"""

import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

__all__ = ["TYPES", "kept_type", "open_word"]

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Documents with macros, and templates: the text is the same.
_ALIKE = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
TYPES = "[Content_Types].xml"


def open_word(data: bytes) -> Any:
    """The document; a zip that was checked before. Errors of the library are the caller's."""
    try:
        return Document(BytesIO(data))
    except (KeyError, ValueError):
        return Document(BytesIO(_mended(data)))


def kept_type(before: bytes, after: bytes) -> bytes:
    """The list of types that was written anew, with the type that the document had."""
    had = next((one.encode() for one in _ALIKE if one.encode() in before), None)
    return after if had is None else after.replace(_MAIN.encode(), had)


def _mended(data: bytes) -> bytes:
    """The package under the type of a plain document, without relationships to parts that it lacks."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        names = set(old.namelist())
        for info in old.infolist():
            part = old.read(info.filename)
            if info.filename == TYPES:
                for type in _ALIKE:
                    part = part.replace(type.encode(), _MAIN.encode())
            elif info.filename.endswith(".rels"):
                part = _leading(part, info.filename, names)
            made.writestr(info.filename, part)
    return out.getvalue()


def _leading(part: bytes, name: str, names: set[str]) -> bytes:
    """The relationships that lead to a part of the file or out of it."""
    root = parse_xml(part)
    folder = name.rpartition("_rels/")[0]
    for one in list(root):
        if one.get("TargetMode") != "External" and _target(one, folder) not in names:
            root.remove(one)
    return bytes(serialize_part_xml(root))


def _target(one: Any, folder: str) -> str:
    said = str(one.get("Target", ""))
    if said.startswith("/"):
        return said[1:]
    steps = folder.split("/")[:-1]
    for step in said.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
