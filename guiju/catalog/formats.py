"""Finds the format of an input, by its bytes and then by its name. A new reader is one line in `READERS`."""

import re
from pathlib import Path

from guiju.catalog.mapping.dcat_terms import CKAN_MARKS
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both

__all__ = ["NEVER", "READERS", "REMOTE", "ReaderEntry", "file_spans_lines", "find_format", "known_formats", "spans_lines", "suffix_format"]


@fast_dataclass(frozen=True, slots=True)
class ReaderEntry:
    """Where the function of a reader lives, the suffixes that lead to it, and the extra that it needs."""

    module: str
    function: str
    suffixes: tuple[str, ...]
    extra: str | None = None


READERS: dict[str, ReaderEntry] = {
    "yaml": ReaderEntry("guiju.catalog.readers.from_yaml", "read_yaml_file", (".yaml", ".yml")),
    "json": ReaderEntry("guiju.catalog.readers.from_json", "read_json_file", (".json",)),
    "ndjson": ReaderEntry("guiju.catalog.readers.from_ndjson", "read_ndjson_file", (".ndjson", ".jsonl")),
    "excel": ReaderEntry("guiju.catalog.readers.from_excel", "read_excel_file", (".xlsx", ".xlsm", ".xls", ".ods")),
    "parquet": ReaderEntry("guiju.catalog.streams.from_parquet", "read_parquet_file", (".parquet",), extra="big"),
    "ckan": ReaderEntry("guiju.catalog.readers.from_ckan", "read_ckan_file", ()),
    "dcat": ReaderEntry(
        "guiju.catalog.readers.from_dcat", "read_dcat_file", (".ttl", ".n3", ".nt", ".nq", ".rdf", ".owl", ".jsonld"), extra="rdf"
    ),
    "frictionless": ReaderEntry("guiju.catalog.readers.from_frictionless", "read_frictionless_file", ()),
    "word": ReaderEntry("guiju.catalog.readers.from_word", "read_word_file", (".docx", ".docm", ".dotx", ".dotm"), extra="word"),
    "pdf": ReaderEntry("guiju.catalog.readers.from_pdf", "read_pdf_file", (".pdf",), extra="papers"),
    "office": ReaderEntry("guiju.catalog.readers.from_office", "read_office_file", (".doc", ".wps", ".odt", ".rtf"), extra="word"),
    "csv": ReaderEntry("guiju.catalog.readers.from_csv", "read_csv_file", (".csv", ".tsv", ".txt")),
}

# What is no file: an address that begins with the name of its reader.
REMOTE: dict[str, ReaderEntry] = {
    "ckan": ReaderEntry("guiju.catalog.readers.from_ckan_live", "read_ckan_live", ()),
    "sqlite": ReaderEntry("guiju.catalog.readers.from_sql", "read_sqlite", ()),
    "postgresql": ReaderEntry("guiju.catalog.readers.from_postgresql", "read_postgresql", (), extra="sql"),
    "postgres": ReaderEntry("guiju.catalog.readers.from_postgresql", "read_postgresql", (), extra="sql"),
}

_SUFFIXES = {suffix: format for format, entry in READERS.items() for suffix in entry.suffixes}
# What is known and not read, and why.
NEVER = {
    "wps": Both("这是 WPS 表格的旧格式", "it is an old format of WPS"),
    "xml": Both("这是网页或 XML，不是 RDF/XML", "it is a page or XML, and no RDF/XML"),
}
_WPS = (".et", ".ett")
_CKAN = tuple(f'"{word}"'.encode() for word in sorted(CKAN_MARKS))
_OPEN_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{][ \t]*\r?\n")
_BOM = b"\xef\xbb\xbf"
_MARKUP = re.compile(rb"<(?:\?xml|!--|!doctype|[A-Za-z_][\w:.-]*[\s/>])", re.IGNORECASE)
_TABLE_LINE = re.compile(rb"^[^\r\n]*[,\t;|][^\r\n]*\r?\n")
_YAML_LINE = re.compile(rb"^(?:---|- |[^\s:#,\t]{1,200}:(?:\s|$))", re.MULTILINE)


def known_formats() -> str:
    """The suffixes that are read, for a message."""
    return " ".join(_SUFFIXES)


def suffix_format(name: str) -> str | None:
    """The format that a file's name promises; None for an unknown suffix."""
    lower = name.lower()
    if lower.endswith(_WPS):
        return "wps"
    return next((format for suffix, format in _SUFFIXES.items() if lower.endswith(suffix)), None)


def spans_lines(head: bytes) -> bool:
    """Whether the first object or list of a text continues on further lines, so that the file is no NDJSON."""
    return _OPEN_LINE.match(head) is not None


def file_spans_lines(path: Path) -> bool:
    """The same for a file. Its reader says why it cannot be opened."""
    try:
        with path.open("rb") as file:
            return spans_lines(file.read(4096))
    except OSError:
        return False


def find_format(name: str, data: bytes) -> str | None:
    """The format by its first bytes where they are unmistakable, else by its name, else by how it begins."""
    promised = suffix_format(name)
    if data.startswith(b"PK\x03\x04") and promised not in ("excel",):
        if b"xl/workbook" in data or b"opendocument.spreadsheet" in data[:200]:
            return "excel"
        # A Word file under another name is one still.
        return "word" if b"word/document.xml" in data else _SUFFIXES.get(_suffix(name))
    if promised in ("wps", "office"):
        return promised
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"\xd0\xcf\x11\xe0") and promised != "excel":
        return "excel"
    if promised == "excel" and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"\x09")):
        # Portals hand out text under the name .xls; what cannot be text is left to the reader of workbooks, which says so.
        return "csv" if _looks_like_table(data) or _is_wide_text(data) else promised
    if promised == "json" and _looks_like_lines(data):
        return "ndjson"
    if promised == "ndjson" and spans_lines(data[:4096]):
        return "json"
    return _finer(promised or _guess(data), data)


def _finer(format: str | None, data: bytes) -> str | None:
    """JSON with the keys of CKAN or JSON-LD, and XML that is RDF, have readers of their own."""
    head = data[:65_536]
    if format == "json":
        if _looks_like_ckan(data[:262_144]):
            return "ckan"
        if _looks_like_ld(head):
            return "dcat"
        return "frictionless" if b'"resources"' in head and (b'"fields"' in head or b"data-package" in head) else format
    return "dcat" if format is None and b"<rdf:RDF" in head else format


def _looks_like_ckan(head: bytes) -> bool:
    """Resources, and two more of CKAN's words."""
    return b'"resources"' in head and sum(mark in head for mark in _CKAN) >= 2


def _looks_like_ld(head: bytes) -> bool:
    return b'"@context"' in head and (b'"@graph"' in head or b'"@type"' in head)


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def _guess(data: bytes) -> str | None:
    text = data[:65_536].removeprefix(_BOM).lstrip()
    if b"\0" in text:
        return None
    if text[:1] in (b"{", b"["):
        return "ndjson" if _looks_like_lines(data) else "json"
    if text[:1] == b"<" and _MARKUP.match(text):
        # Lines of a page or of XML may look like YAML; what is RDF is found by its own words.
        return None if b"<rdf:RDF" in text else "xml"
    if _YAML_LINE.match(text):
        return "yaml"
    if _looks_like_table(data):
        return "csv"
    return "yaml" if _YAML_LINE.search(text) else None


def _is_wide_text(data: bytes) -> bool:
    """Whether the bytes are a table in UTF-16, as Excel writes "Unicode text"."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    # Their own bytes say little: 名 holds one that ends a line.
    return _looks_like_table(data[:65_536].decode("utf-16", "ignore").encode("utf-8", "ignore"))


def _looks_like_lines(data: bytes) -> bool:
    """Whether each of the first lines is an object of its own."""
    lines = [line.strip() for line in data[:1_000_000].removeprefix(_BOM).split(b"\n") if line.strip()][:3]
    if data[:1_000_000].count(b"\n") and len(data) > 1_000_000:
        lines = lines[:2]
    return len(lines) >= 2 and all(line.startswith(b"{") and line.endswith(b"}") for line in lines[:2])


def _looks_like_table(data: bytes) -> bool:
    text = data[:65_536].removeprefix(_BOM)
    return b"\0" not in text and not text.lstrip().startswith(b"<") and _TABLE_LINE.match(text) is not None
